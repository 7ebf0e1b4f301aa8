package import Diagnostics

/// The documents of one file as trees with positions. It knows nothing about access.
///
/// Nodes lie flat in one array; a `Node` is a cursor into it. An alias is the node that it names.
package final class SyntaxTree: Sendable {
    struct Flat: Sendable {
        var kind: Node.Kind
        var start: Int32
        var end: Int32
        /// The text of a scalar.
        var text: String
        var style: Node.Style
        /// For a sequence its elements, for a mapping key, value, key, value.
        var children: [Int32]
    }

    package let file: FileID
    let nodes: [Flat]
    let roots: [Int32]

    init(file: FileID, nodes: [Flat], roots: [Int32]) {
        self.file = file
        self.nodes = nodes
        self.roots = roots
    }

    /// The root nodes of the documents that hold anything, in the file's order.
    package var documents: [Node] { roots.map { Node(tree: self, index: $0) } }
}

/// One node of a tree.
package struct Node: Sendable {
    package enum Kind: Sendable { case scalar, sequence, mapping }
    package enum Style: Sendable { case plain, singleQuoted, doubleQuoted, block }

    let tree: SyntaxTree
    let index: Int32

    private var flat: SyntaxTree.Flat { tree.nodes[Int(index)] }

    package var kind: Kind { flat.kind }
    package var style: Style { flat.style }
    package var span: Span {
        Span(file: tree.file, start: Int(flat.start), end: Int(flat.end))
    }

    /// A scalar's value, exactly as written (in NFC); empty for other nodes.
    package var text: String { flat.text }

    /// A plain scalar without any text, `~` or `null`: a key written with no value.
    package var isMissing: Bool {
        let node = flat
        return node.kind == .scalar && node.style == .plain
            && (node.text.isEmpty || node.text == "~" || node.text == "null")
    }

    package var elements: [Node] {
        kind == .sequence ? flat.children.map { Node(tree: tree, index: $0) } : []
    }

    /// Keys are scalars; a duplicate key has been reported and is not among them.
    package var entries: [(key: Node, value: Node)] {
        let node = flat
        guard node.kind == .mapping else { return [] }
        return stride(from: 0, to: node.children.count, by: 2).map {
            (Node(tree: tree, index: node.children[$0]), Node(tree: tree, index: node.children[$0 + 1]))
        }
    }
}

/// How much a file may hold before it is refused (`Project.limits`, HOSTILE.md).
package struct Limits: Hashable, Sendable {
    package var fileBytes = 16 << 20
    package var totalBytes = 1 << 30
    package var files = 100_000
    package var nesting = 64
    package var scalarBytes = 64 << 10
    package var keyBytes = 256
    package var nameScalars = 200
    package var aliasNodes = 10_000
    package var aliasBytes = 16 << 20

    package init() {}
}
