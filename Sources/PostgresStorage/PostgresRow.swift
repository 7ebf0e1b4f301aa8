internal import CLibPQ
internal import SQLStorage

/// The row that an answer is read from; one object for all of them.
final class PostgresRow: SQLRow {
    private let pq: LibPQ.Functions
    private var result: OpaquePointer?
    private var number: Int32 = 0

    init(_ pq: LibPQ.Functions) { self.pq = pq }

    func stand(on number: Int32, of result: OpaquePointer) {
        self.number = number
        self.result = result
    }

    private func value(_ column: Int) -> UnsafeBufferPointer<UInt8> {
        let start = UnsafeRawPointer(pq.getvalue(result, number, Int32(column)))
        return UnsafeBufferPointer(
            start: start?.assumingMemoryBound(to: UInt8.self),
            count: Int(pq.getlength(result, number, Int32(column))))
    }

    func bytes(_ column: Int) -> UnsafeBufferPointer<UInt8>? {
        pq.getisnull(result, number, Int32(column)) == 0 ? value(column) : nil
    }

    func text(_ column: Int) -> String { String(decoding: value(column), as: UTF8.self) }

    func optionalText(_ column: Int) -> String? {
        pq.getisnull(result, number, Int32(column)) == 1 ? nil : text(column)
    }

    /// A decimal number, which is how the server writes one; a boolean is 1 or 0.
    func integer(_ column: Int) -> Int64 { decimal(value(column)) }
}

/// What the server writes for a number or a boolean; 0 for nothing.
func decimal(_ bytes: UnsafeBufferPointer<UInt8>) -> Int64 {
    var number: Int64 = 0
    var isNegative = false
    for byte in bytes {
        switch byte {
        case UInt8(ascii: "-"): isNegative = true
        case UInt8(ascii: "t"): return 1
        case UInt8(ascii: "f"): return 0
        default: number = number &* 10 &+ Int64(byte &- UInt8(ascii: "0"))
        }
    }
    return isNegative ? -number : number
}
