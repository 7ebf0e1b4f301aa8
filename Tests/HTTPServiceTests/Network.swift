import AsyncHTTPClient
import NIOCore
import NIOHTTP1

/// What came back, but for its moment.
struct Answer: Equatable, Sendable {
    var status: Int
    var headers: [String]
    var body: String
}

func get(_ url: String) async throws -> Answer {
    try await answer(to: HTTPClientRequest(url: url))
}

func post(_ url: String, _ form: String = "answer=accept") async throws -> Answer {
    var request = HTTPClientRequest(url: url)
    request.method = .POST
    request.headers.add(name: "Content-Type", value: "application/x-www-form-urlencoded")
    request.body = .bytes(ByteBuffer(string: form))
    return try await answer(to: request)
}

func answer(to request: HTTPClientRequest) async throws -> Answer {
    let response = try await HTTPClient.shared.execute(request, timeout: .seconds(60))
    let body = try await response.body.collect(upTo: 1 << 20)
    let headers = response.headers.filter { $0.name.lowercased() != "date" }
        .map { "\($0.name): \($0.value)" }
    return Answer(
        status: Int(response.status.code), headers: headers, body: String(buffer: body))
}

/// So many at once.
func all<Value: Sendable>(
    _ count: Int, _ work: @escaping @Sendable () async throws -> Value
) async throws -> [Value] {
    try await withThrowingTaskGroup(of: Value.self) { group in
        for _ in 0..<count { group.addTask { try await work() } }
        return try await group.reduce(into: []) { $0.append($1) }
    }
}
