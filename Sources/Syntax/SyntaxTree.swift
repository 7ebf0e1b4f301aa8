package import Diagnostics
internal import Glibc

/// The documents of one file as trees with positions. It knows nothing about access.
///
/// Nodes lie flat in one array and name their children by ranges of another; a `Node` is a cursor.
/// An alias is the node that it names. A scalar's text is a range of the file wherever the file
/// says it literally, so that most scalars are never copied before someone asks for them.
package final class SyntaxTree: Sendable {
    struct Flat: Sendable {
        var kind: Node.Kind
        var style: Node.Style = .plain
        /// For a scalar: `first` and `count` are a range of `pool` and not of the file.
        var isPooled = false
        /// For a mapping or sequence: a part of it was refused and is not among its children.
        var isIncomplete = false
        var start: Int32
        var end: Int32
        /// Where the scalar's text, or the list of children, begins, and how long it is.
        var first: Int32 = 0
        var count: Int32 = 0
    }

    package let file: FileID
    let bytes: [UInt8]
    let nodes: [Flat]
    /// For a sequence its elements, for a mapping key, value, key, value.
    let links: [Int32]
    /// Texts that are not in the file as they are: escapes, folded lines, other normal forms.
    let pool: [UInt8]
    let roots: [Int32]

    init(
        file: FileID, bytes: [UInt8], nodes: [Flat] = [], links: [Int32] = [], pool: [UInt8] = [],
        roots: [Int32] = []
    ) {
        self.file = file
        self.bytes = bytes
        self.nodes = nodes
        self.links = links
        self.pool = pool
        self.roots = roots
    }

    /// The root nodes of the documents that hold anything, in the file's order.
    package var documents: [Node] { roots.map { Node(tree: self, index: $0) } }
}

/// One node of a tree.
package struct Node: Sendable {
    package enum Kind: UInt8, Sendable { case scalar, sequence, mapping }
    /// How a scalar is written; one that is tagged `!!str` or `!` counts as quoted.
    package enum Style: UInt8, Sendable { case plain, singleQuoted, doubleQuoted, block }

    let tree: SyntaxTree
    let index: Int32

    private var flat: SyntaxTree.Flat { tree.nodes[Int(index)] }

    package var kind: Kind { flat.kind }
    package var style: Style { flat.style }

    /// The bytes of the node in its file, without anchor and tag.
    package var span: Span {
        let flat = flat
        return Span(file: tree.file, start: Int(flat.start), end: Int(flat.end))
    }

    /// A scalar's value, exactly as written (in NFC); empty for other nodes.
    package var text: String {
        let flat = flat
        guard flat.kind == .scalar else { return "" }
        return flat.text(in: flat.isPooled ? tree.pool : tree.bytes)
    }

    /// A plain scalar without any text, `~` or `null`: a key written with no value.
    package var isMissing: Bool {
        let node = flat
        guard node.kind == .scalar, node.style == .plain, node.count <= 4 else { return false }
        return node.count == 0 || ["~", "null", "Null", "NULL"].contains(text)
    }

    /// A part of this mapping or sequence was refused, has been reported and is left out: nothing
    /// should be said about what it lacks.
    package var isIncomplete: Bool { flat.isIncomplete }

    /// A scalar's bytes where they lie, for whoever compares them without a text made of them.
    package func withBytes<Value>(_ body: (UnsafeBufferPointer<UInt8>) -> Value) -> Value {
        let flat = flat
        guard flat.kind == .scalar else { return body(UnsafeBufferPointer(start: nil, count: 0)) }
        return (flat.isPooled ? tree.pool : tree.bytes).withUnsafeBufferPointer {
            body(UnsafeBufferPointer(rebasing: $0[flat.children]))
        }
    }

    /// Is it a scalar that says exactly this?
    package func says(_ text: StaticString) -> Bool {
        let flat = flat
        guard flat.kind == .scalar, flat.count == text.utf8CodeUnitCount else { return false }
        return withBytes { memcmp($0.baseAddress ?? text.utf8Start, text.utf8Start, $0.count) == 0 }
    }

    /// How many elements a sequence has, and twice as many as a mapping has entries.
    package var childCount: Int { Int(flat.count) }

    /// An element of a sequence; of a mapping a key, or the value that comes after it.
    package func child(_ place: Int) -> Node {
        Node(tree: tree, index: tree.links[Int(flat.first) + place])
    }

    package var elements: [Node] {
        let node = flat
        guard node.kind == .sequence else { return [] }
        return tree.links[node.children].map { Node(tree: tree, index: $0) }
    }

    /// Keys are scalars; a duplicate key has been reported and is not among them. What `<<` merges
    /// in comes after the mapping's own entries.
    package var entries: [(key: Node, value: Node)] {
        let node = flat
        guard node.kind == .mapping else { return [] }
        let links = tree.links
        return stride(from: Int(node.first), to: Int(node.first + node.count), by: 2).map {
            (Node(tree: tree, index: links[$0]), Node(tree: tree, index: links[$0 + 1]))
        }
    }
}

extension SyntaxTree.Flat {
    var children: Range<Int> { Int(first)..<Int(first + count) }

    func text(in bytes: [UInt8]) -> String {
        bytes.withUnsafeBufferPointer {
            String(decoding: UnsafeBufferPointer(rebasing: $0[children]), as: UTF8.self)
        }
    }
}
