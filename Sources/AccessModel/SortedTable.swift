/// A dictionary that lies flat, in the order of its keys: for tables of a million rows that are
/// read in order and of which a plan changes few.
///
/// Rows are appended in the order of their keys; what is changed in any other way lies beside them.
/// A look-up is quickest for the row asked for last and for the one after it.
package struct SortedTable<Key: Hashable & Comparable & Sendable, Value: Sendable>: Sendable {
    package typealias Element = (key: Key, value: Value)

    @usableFromInline var rowKeys: [Key] = []
    @usableFromInline var rowValues: [Value] = []
    /// What differs from the rows; `nil` for what is taken away.
    @usableFromInline var edits: [Key: Value?] = [:]
    @usableFromInline var near = LastPlace.ofNobody
    @usableFromInline var number = 0

    @inlinable package init() {}

    @inlinable package var count: Int { number }
    @inlinable package var isEmpty: Bool { number == 0 }

    @inlinable package subscript(key: Key) -> Value? {
        get { found(key) }
        set { set(newValue, for: key) }
    }

    @inlinable func found(_ key: Key) -> Value? {
        if !edits.isEmpty, let edit = edits[key] { return edit }
        return index(of: key).map { rowValues[$0] }
    }

    @inlinable mutating func set(_ value: Value?, for key: Key) {
        let isThere = found(key) != nil
        edits.updateValue(value, forKey: key)
        number += (value == nil ? 0 : 1) - (isThere ? 1 : 0)
    }

    /// Sets the value of a key; it is quick where that is above all others.
    @inlinable package mutating func append(_ value: Value, for key: Key) { add(value, for: key) }

    @inlinable mutating func add(_ value: Value, for key: Key) {
        if !edits.isEmpty { return set(value, for: key) }
        if let last = rowKeys.last, !(last < key) {
            if last == key { rowValues[rowValues.count - 1] = value } else { set(value, for: key) }
            return
        }
        if rowKeys.isEmpty { near = LastPlace() }
        rowKeys.append(key)
        rowValues.append(value)
        number += 1
    }

    /// Remembers the row asked for last apart from other copies, for a thread of its own.
    @inlinable package mutating func lookAlone() { if !rowKeys.isEmpty { near = LastPlace() } }

    @inlinable package mutating func reserveCapacity(_ count: Int) {
        rowKeys.reserveCapacity(count)
        rowValues.reserveCapacity(count)
    }

    /// Puts what was changed among the rows.
    @inlinable package mutating func settle() {
        if edits.isEmpty { return }
        let changed = edits.keys.sorted()
        var table = Self()
        table.reserveCapacity(number)
        var place = 0
        for key in changed {
            while place < rowKeys.count, rowKeys[place] < key {
                table.append(rowValues[place], for: rowKeys[place])
                place += 1
            }
            if place < rowKeys.count, rowKeys[place] == key { place += 1 }
            if let edit = edits[key], let value = edit { table.append(value, for: key) }
        }
        while place < rowKeys.count {
            table.append(rowValues[place], for: rowKeys[place])
            place += 1
        }
        self = table
    }

    @inlinable var settled: Self {
        var table = self
        table.settle()
        return table
    }

    /// The row of a key, whatever the edits say.
    @inlinable func index(of key: Key) -> Int? {
        let guess = near.index
        if guess < rowKeys.count {
            if rowKeys[guess] == key { return guess }
            if guess + 1 < rowKeys.count, rowKeys[guess + 1] == key {
                near.index = guess + 1
                return guess + 1
            }
        }
        var low = 0
        var high = rowKeys.count
        while low < high {
            let middle = (low + high) / 2
            if rowKeys[middle] < key { low = middle + 1 } else { high = middle }
        }
        guard low < rowKeys.count, rowKeys[low] == key else { return nil }
        near.index = low
        return low
    }
}

// What dictionaries have, in the order of the keys.
extension SortedTable: Sequence {
    package struct Iterator: IteratorProtocol {
        @usableFromInline let table: SortedTable
        @usableFromInline var place = 0

        @inlinable init(_ table: SortedTable) { self.table = table }

        @inlinable package mutating func next() -> Element? {
            guard place < table.rowKeys.count else { return nil }
            defer { place += 1 }
            return (table.rowKeys[place], table.rowValues[place])
        }
    }

    @inlinable package func makeIterator() -> Iterator { Iterator(settled) }
    @inlinable package var underestimatedCount: Int { number }

    @inlinable package var keys: [Key] { edits.isEmpty ? rowKeys : settled.rowKeys }
    @inlinable package var values: [Value] { edits.isEmpty ? rowValues : settled.rowValues }

    @inlinable package init(
        _ rows: some Sequence<(Key, Value)>, uniquingKeysWith: (Value, Value) -> Value
    ) {
        self.init()
        for (key, value) in rows {
            self[key] = self[key].map { uniquingKeysWith($0, value) } ?? value
        }
        settle()
    }

    @inlinable package func filter(_ isIncluded: (Element) -> Bool) -> Self {
        var table = Self()
        for row in self where isIncluded(row) { table.append(row.value, for: row.key) }
        return table
    }
}

extension SortedTable: ExpressibleByDictionaryLiteral {
    @inlinable package init(dictionaryLiteral rows: (Key, Value)...) {
        self.init(rows, uniquingKeysWith: { $1 })
    }
}

// The tables of a million rows once more, in terms of their own rows: other modules have no code of
// a generic type made for theirs, and each look-up would ask the runtime what it looks up.
extension SortedTable where Key == EmailAddress, Value == Account {
    package subscript(email: EmailAddress) -> Account? {
        get { found(email) }
        set { set(newValue, for: email) }
    }

    package mutating func append(_ account: Account, for email: EmailAddress) {
        add(account, for: email)
    }

    /// The key that these bytes spell in its canonical form, without a text made of them; where
    /// edits are about, `nil` says nothing.
    package func key(_ bytes: UnsafeBufferPointer<UInt8>) -> EmailAddress? {
        guard edits.isEmpty else { return nil }
        let guess = near.index
        if guess < rowKeys.count {
            if rowKeys[guess].order(to: bytes) == 0 { return rowKeys[guess] }
            if guess + 1 < rowKeys.count, rowKeys[guess + 1].order(to: bytes) == 0 {
                near.index = guess + 1
                return rowKeys[guess + 1]
            }
        }
        var low = 0
        var high = rowKeys.count
        while low < high {
            let middle = (low + high) / 2
            let order = rowKeys[middle].order(to: bytes)
            if order == 0 {
                near.index = middle
                return rowKeys[middle]
            }
            if order < 0 { low = middle + 1 } else { high = middle }
        }
        return nil
    }
}

extension SortedTable where Key == EmailAddress, Value == IdentityUser {
    package subscript(email: EmailAddress) -> IdentityUser? {
        get { found(email) }
        set { set(newValue, for: email) }
    }

    package mutating func append(_ user: IdentityUser, for email: EmailAddress) {
        add(user, for: email)
    }
}
