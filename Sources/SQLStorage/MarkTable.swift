/// Values by hashes that are as good as what they stand for. A dictionary would hash them again,
/// and take twice the memory: there may be a million.
struct MarkTable<Value> {
    private struct Slot {
        /// 0 where nothing is.
        var mark: Int
        var value: Value
    }

    private let initial: Value
    /// A power of two of them.
    private var slots: [Slot]
    private var count = 0

    /// - Parameter initial: The value of what is not there.
    init(_ initial: Value) {
        self.initial = initial
        slots = Array(repeating: Slot(mark: 0, value: initial), count: 64)
    }

    subscript(mark: Int) -> Value { slots[place(of: mark)].value }

    func contains(_ mark: Int) -> Bool { slots[place(of: mark)].mark != 0 }

    mutating func update(_ mark: Int, _ body: (inout Value) -> Void) {
        var place = place(of: mark)
        if slots[place].mark == 0 {
            count += 1
            if count * 3 > slots.count * 2 {
                grow()
                place = self.place(of: mark)
            }
            slots[place].mark = Self.nonzero(mark)
        }
        body(&slots[place].value)
    }

    /// Where a mark is, or belongs.
    private func place(of mark: Int) -> Int {
        let mark = Self.nonzero(mark)
        var place = mark & (slots.count - 1)
        while slots[place].mark != 0, slots[place].mark != mark {
            place = (place + 1) & (slots.count - 1)
        }
        return place
    }

    private mutating func grow() {
        let old = slots
        slots = Array(repeating: Slot(mark: 0, value: initial), count: old.count * 2)
        for slot in old where slot.mark != 0 { slots[place(of: slot.mark)] = slot }
    }

    private static func nonzero(_ mark: Int) -> Int { mark == 0 ? 1 : mark }
}
