/// The hash of one row, part by part: two lanes of folded multiplication, for speed.
///
/// A cryptographic one would protect from no more: whoever can write the store can write its sums
/// too. Against those there is the audit chain, whose head is kept elsewhere.
struct RowHash {
    private(set) var lanes: SIMD2<UInt64>

    /// - Parameter seed: Another one than that of the sums, which are kept.
    init(seed: SIMD2<UInt64> = [0x9E37_79B9_7F4A_7C15, 0xD1B5_4A32_D192_ED03]) { lanes = seed }

    /// Nothing and an empty text differ, and no two lists of parts look the same.
    mutating func add(_ part: UnsafeBufferPointer<UInt8>?) {
        guard let part else { return mix(.max) }
        mix(UInt64(part.count))
        let bytes = UnsafeRawBufferPointer(part)
        var place = 0
        while place + 8 <= bytes.count {
            mix(UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: place, as: UInt64.self)))
            place += 8
        }
        var rest: UInt64 = 0
        while place < bytes.count {
            rest |= UInt64(bytes[place]) << UInt64(8 * (place & 7))
            place += 1
        }
        mix(rest)
    }

    mutating func add(_ part: String?) {
        guard var part else { return add(nil as UnsafeBufferPointer<UInt8>?) }
        part.withUTF8 { add($0) }
    }

    /// The word for it, as a record has it.
    mutating func add(flag: Bool) {
        let word: StaticString = flag ? "true" : "false"
        add(UnsafeBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount))
    }

    private mutating func mix(_ word: UInt64) {
        lanes[0] = Self.folded(lanes[0] ^ word, 0xA076_1D64_78BD_642F)
        lanes[1] = Self.folded(lanes[1] &+ word, 0xE703_7ED1_A0B4_28DB)
    }

    private static func folded(_ a: UInt64, _ b: UInt64) -> UInt64 {
        let product = a.multipliedFullWidth(by: b)
        return product.high ^ product.low ^ a
    }
}

/// The sum of the hashes of rows. A row can be added and taken away without a look at the others,
/// and their order means nothing.
struct RowSum: Hashable {
    private var lanes: SIMD2<UInt64> = .zero

    static let zero = RowSum()

    var isZero: Bool { lanes == .zero }

    mutating func add(_ row: RowHash) { lanes &+= row.lanes }
    mutating func subtract(_ row: RowHash) { lanes &-= row.lanes }
    static func + (a: Self, b: Self) -> Self { RowSum(lanes: a.lanes &+ b.lanes) }
    static func - (a: Self, b: Self) -> Self { RowSum(lanes: a.lanes &- b.lanes) }

    private init(lanes: SIMD2<UInt64> = .zero) { self.lanes = lanes }

    /// Two numbers in hexadecimal digits.
    var text: String { String(lanes[0], radix: 16) + "-" + String(lanes[1], radix: 16) }

    init?(text: String) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
            .map { UInt64($0, radix: 16) }
        guard parts.count == 2, let first = parts[0], let second = parts[1] else { return nil }
        lanes = [first, second]
    }
}
