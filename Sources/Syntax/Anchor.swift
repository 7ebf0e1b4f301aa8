/// What `&name` names, with what an alias to it costs.
struct Anchor {
    /// Its node; `nil` when the node was refused.
    var node: Int32?
    /// Where the anchored node is written.
    var place: Range<Int>
    /// The place of its document in the file: an alias in another one cannot see it.
    var document: Int
    /// Still being read: an alias now would make it contain itself.
    var isOpen = false
    var weight = Weight()
}

/// How big a subtree is with its aliases expanded.
struct Weight {
    var nodes = 1
    var bytes = 0
    var height = 1

    mutating func add(child: Weight) {
        nodes += child.nodes
        bytes += child.bytes
        height = max(height, child.height + 1)
    }
}
