/// Where in a list each key stands first: numbers alone, for there may be a million keys.
///
/// The keys stay in their list, and whoever asks says how to get at them. A dictionary of names
/// and values would take five times the memory, and every growth of it as much again.
struct Places<Key: Hashable> {
    /// Powers of two; below zero where nobody is.
    private var slots: [Int32] = []
    private var count = 0

    init(expecting count: Int = 0) {
        if count > 0 { slots = Self.empty(for: count) }
    }

    /// The place of the key that is there already; else `nil`, and this place is its place now.
    mutating func insert(_ key: Key, at place: Int, keys: (Int) -> Key) -> Int? {
        if (count + 1) * 2 > slots.count { grow(keys) }
        let slot = slot(of: key, keys)
        if slots[slot] >= 0 { return Int(slots[slot]) }
        slots[slot] = Int32(place)
        count += 1
        return nil
    }

    func find(_ key: Key, keys: (Int) -> Key) -> Int? {
        if count == 0 { return nil }
        let place = slots[slot(of: key, keys)]
        return place >= 0 ? Int(place) : nil
    }

    /// The slot of the key, or the free one where it belongs.
    private func slot(of key: Key, _ keys: (Int) -> Key) -> Int {
        var slot = key.hashValue & (slots.count - 1)
        while slots[slot] >= 0, keys(Int(slots[slot])) != key {
            slot = (slot + 1) & (slots.count - 1)
        }
        return slot
    }

    private mutating func grow(_ keys: (Int) -> Key) {
        let places = slots.filter { $0 >= 0 }
        slots = Self.empty(for: max(8, places.count * 2))
        for place in places { slots[slot(of: keys(Int(place)), keys)] = place }
    }

    private static func empty(for count: Int) -> [Int32] {
        var size = 16
        while size < count * 2 { size *= 2 }
        return [Int32](repeating: -1, count: size)
    }
}

extension Places: Sendable where Key: Sendable {}
