internal import AccessModel
internal import Diagnostics

/// The first declarations of one kind: in the order of the text, and to be asked for by name.
struct Declared<Tag, Item> {
    let rows: [Item]
    private let keys: [Name<Tag>]
    private var places: Places<Name<Tag>>

    init(_ rows: [Item], by name: (Item) -> Name<Tag>) {
        self.rows = rows
        let keys = rows.map(name)
        self.keys = keys
        places = Places(expecting: rows.count)
        for index in keys.indices {
            _ = places.insert(keys[index], at: index) { keys[$0] }
        }
    }

    subscript(name: Name<Tag>) -> Item? { place(of: name).map { rows[$0] } }

    /// Among the rows, for whoever wants to look at a part of one and not to have a copy.
    func place(of name: Name<Tag>) -> Int? { places.find(name) { keys[$0] } }

    var names: [String] { keys.map(\.text) }

    /// By their names. The places are sorted, and no declaration is moved.
    var inOrder: some Sequence<Item> {
        var order = Array(rows.indices)
        let isInOrder = order.dropFirst().allSatisfy { keys[$0 - 1] < keys[$0] }
        if !isInOrder { order.sort { keys[$0] < keys[$1] } }
        return order.lazy.map { rows[$0] }
    }
}
