internal import AccessModel
internal import Diagnostics

/// The first declarations of one kind: in the order of the text, and to be asked for by name.
struct Declared<Tag, Item> {
    let rows: [Item]
    private let name: (Item) -> Name<Tag>
    private var places: Places<Name<Tag>>

    init(_ rows: [Item] = [], by name: @escaping (Item) -> Name<Tag>) {
        self.rows = rows
        self.name = name
        places = Places(expecting: rows.count)
        for index in rows.indices {
            _ = places.insert(name(rows[index]), at: index) { name(rows[$0]) }
        }
    }

    subscript(name: Name<Tag>) -> Item? {
        places.find(name) { self.name(rows[$0]) }.map { rows[$0] }
    }

    var names: [String] { rows.map { name($0).text } }

    /// By their names. The places are sorted, and no declaration is moved.
    var inOrder: some Sequence<Item> {
        let names = rows.map(name)
        var order = Array(rows.indices)
        let isInOrder = order.dropFirst().allSatisfy { names[$0 - 1] < names[$0] }
        if !isInOrder { order.sort { names[$0] < names[$1] } }
        return order.lazy.map { rows[$0] }
    }
}
