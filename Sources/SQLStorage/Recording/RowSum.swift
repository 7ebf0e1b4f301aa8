internal import Crypto

/// The sum of the SHA-256 hashes of rows, in four lanes of 64 bits.
///
/// A row can be added and taken away without a look at the others, and their order means nothing.
/// It tells whether somebody changed rows behind the recorder's back, not whether somebody who
/// knows this code did: whoever can write the store can write its sums too. For that there is the
/// audit chain, whose head is kept elsewhere.
struct RowSum: Hashable {
    private var lanes: SIMD4<UInt64> = .zero

    static let zero = RowSum()

    var isZero: Bool { lanes == .zero }

    mutating func add(_ row: String) { lanes &+= Self.hash(row) }
    mutating func subtract(_ row: String) { lanes &-= Self.hash(row) }
    static func + (a: Self, b: Self) -> Self { RowSum(lanes: a.lanes &+ b.lanes) }
    static func - (a: Self, b: Self) -> Self { RowSum(lanes: a.lanes &- b.lanes) }

    private init(lanes: SIMD4<UInt64> = .zero) { self.lanes = lanes }

    private static func hash(_ row: String) -> SIMD4<UInt64> {
        var row = row
        let digest = row.withUTF8 { SHA256.hash(data: UnsafeRawBufferPointer($0)) }
        return digest.withUnsafeBytes { $0.loadUnaligned(as: SIMD4<UInt64>.self) }
    }

    /// Four numbers in hexadecimal digits.
    var text: String {
        (0..<4).map { String(lanes[$0].littleEndian, radix: 16) }.joined(separator: "-")
    }

    init?(text: String) {
        let parts = text.split(separator: "-").compactMap { UInt64($0, radix: 16) }
        guard parts.count == 4 else { return nil }
        for (place, part) in parts.enumerated() { lanes[place] = UInt64(littleEndian: part) }
    }

    /// A value with its length, so that no two rows look the same.
    static func part(_ value: String?) -> String {
        value.map { "\($0.unicodeScalars.count):\($0);" } ?? "-;"
    }
}
