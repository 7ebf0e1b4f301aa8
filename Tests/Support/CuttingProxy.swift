import Dispatch
import Glibc
import Synchronization

/// A proxy before the PostgreSQL server that can lose a commit of Muster's, or the answer to it.
///
/// It forwards bytes, and knows as much of the protocol as it takes to see a COMMIT. One loop
/// serves all connections; TLS is not spoken.
package final class CuttingProxy: Sendable {
    package enum Cut: CaseIterable, Sendable {
        /// COMMIT never arrives.
        case before
        /// It was done, and nobody hears of it.
        case after
        /// It was done, and the server says that it breaks down, with a code of its own.
        case panic
    }

    private let listener: Int32
    private let port: UInt16
    private let server: String
    private let armed = Mutex<Cut?>(nil)
    private let isStopped = Mutex(false)
    private let queue = DispatchQueue(label: "cutting proxy")

    package struct CannotListen: Error {}

    package init() throws {
        server = PostgresServer.socket
        let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isBound = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(listener, $0, length) == 0 && listen(listener, 64) == 0
                    && getsockname(listener, $0, &length) == 0
            }
        }
        guard isBound else { throw CannotListen() }
        self.listener = listener
        port = UInt16(bigEndian: address.sin_port)
        queue.async { [self] in serve() }
    }

    /// A store's address by way of the proxy.
    package func address(of store: String) -> String {
        let options = store.split(separator: "&").dropFirst().joined(separator: "&")
        return "postgres://muster@127.0.0.1:\(port)/muster?sslmode=disable&gssencmode=disable&"
            + options
    }

    /// The next commit of a transaction that writes is met by this.
    package func cutNext(_ cut: Cut?) { armed.withLock { $0 = cut } }

    /// Whether the cut has been made.
    package var hasCut: Bool { armed.withLock { $0 == nil } }

    package func stop() {
        isStopped.withLock { $0 = true }
        queue.sync {}
        close(listener)
    }

    // MARK: - The loop

    private func serve() {
        var pairs: [Pair] = []
        while !isStopped.withLock({ $0 }) {
            var polled = [pollfd(fd: listener, events: Int16(POLLIN), revents: 0)]
            for pair in pairs {
                polled.append(pollfd(fd: pair.client, events: Int16(POLLIN), revents: 0))
                polled.append(pollfd(fd: pair.server, events: Int16(POLLIN), revents: 0))
            }
            guard poll(&polled, nfds_t(polled.count), 50) > 0 else { continue }
            var ended: Set<Int> = []
            for index in pairs.indices {
                let (client, server) = (polled[2 * index + 1], polled[2 * index + 2])
                if client.revents != 0, !pairs[index].takeFromClient(nextCut) {
                    ended.insert(index)
                } else if server.revents != 0, !pairs[index].takeFromServer() {
                    ended.insert(index)
                }
            }
            for index in ended { pairs[index].close() }
            pairs = pairs.indices.filter { !ended.contains($0) }.map { pairs[$0] }
            if polled[0].revents != 0, let pair = accepted() { pairs.append(pair) }
        }
        for pair in pairs { pair.close() }
    }

    private func nextCut() -> Cut? {
        armed.withLock { cut in
            defer { cut = nil }
            return cut
        }
    }

    private func accepted() -> Pair? {
        let client = accept(listener, nil, nil)
        guard client >= 0 else { return nil }
        let upstream = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: server.utf8) }
        let isConnected = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(upstream, $0, socklen_t(MemoryLayout<sockaddr_un>.size)) == 0
            }
        }
        let pair = Pair(client: client, server: upstream)
        guard isConnected else {
            pair.close()
            return nil
        }
        return pair
    }
}

/// A client and the server session that it got.
private struct Pair {
    let client: Int32
    let server: Int32
    private var unread: [UInt8] = []
    /// The first message has no type.
    private var hasBegun = false
    /// In a transaction that writes.
    private var isWriting = false
    /// COMMIT is with the server, whose answer meets this.
    private var pending: CuttingProxy.Cut?

    init(client: Int32, server: Int32) { (self.client, self.server) = (client, server) }

    /// Also where a program that another test has started meanwhile, a server perhaps that stays,
    /// has inherited the connection.
    func close() {
        for descriptor in [client, server] {
            shutdown(descriptor, Int32(SHUT_RDWR))
            _ = Glibc.close(descriptor)
        }
    }

    /// - Returns: Whether the connection goes on.
    mutating func takeFromClient(_ nextCut: () -> CuttingProxy.Cut?) -> Bool {
        guard let bytes = received(client) else { return false }
        unread += bytes
        while let message = nextMessage() {
            if isCommit(message), let cut = nextCut() {
                if cut == .before { return false }
                pending = cut
            }
            guard sent(message, to: server) else { return false }
        }
        return true
    }

    func takeFromServer() -> Bool {
        guard let bytes = received(server) else { return false }
        switch pending {
        case nil: return sent(bytes, to: client)
        case .panic:
            _ = sent(Pair.panic, to: client)
            return false
        case .before, .after: return false
        }
    }

    private mutating func nextMessage() -> [UInt8]? {
        let head = hasBegun ? 1 : 0
        guard unread.count >= head + 4 else { return nil }
        let length = unread[head..<head + 4].reduce(0) { $0 << 8 | Int($1) } + head
        guard unread.count >= length else { return nil }
        defer { unread.removeFirst(length) }
        hasBegun = true
        return Array(unread[..<length])
    }

    private mutating func isCommit(_ message: [UInt8]) -> Bool {
        guard message.first == UInt8(ascii: "Q"), message.count > 6 else { return false }
        let text = String(decoding: message[5..<message.count - 1], as: UTF8.self)
        defer { if text.hasPrefix("COMMIT") || text.hasPrefix("ROLLBACK") { isWriting = false } }
        if text.hasPrefix("BEGIN ISOLATION LEVEL READ COMMITTED") { isWriting = true }
        return isWriting && text.hasPrefix("COMMIT")
    }

    private func received(_ descriptor: Int32) -> [UInt8]? {
        var bytes = [UInt8](repeating: 0, count: 65_536)
        let count = read(descriptor, &bytes, bytes.count)
        return count > 0 ? Array(bytes[..<count]) : nil
    }

    private func sent(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes {
                send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { return false }
            rest = rest.dropFirst(count)
        }
        return true
    }

    /// The disk of the write-ahead log is full.
    private static let panic: [UInt8] = {
        let fields = ["SPANIC", "VPANIC", "C53100", "Mcould not write to file \"pg_wal\""]
        let body: [UInt8] = fields.flatMap { Array($0.utf8) + [0] } + [0]
        let length = UInt32(body.count + 4).bigEndian
        return [UInt8(ascii: "E")] + withUnsafeBytes(of: length) { Array($0) } + body
    }()
}
