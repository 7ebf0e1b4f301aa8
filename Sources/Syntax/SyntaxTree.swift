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
    @usableFromInline let links: [Int32]
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

    @usableFromInline let tree: SyntaxTree
    @usableFromInline let index: Int32

    @inlinable init(tree: SyntaxTree, index: Int32) {
        self.tree = tree
        self.index = index
    }

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
        return node.count == 0 || says("~") || says("null") || says("Null") || says("NULL")
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

    /// The same of a text that is known later.
    package func says(text: String) -> Bool {
        let flat = flat
        guard flat.kind == .scalar, flat.count == text.utf8.count else { return false }
        var text = text
        return text.withUTF8 { own in withBytes { $0.elementsEqual(own) } }
    }

    /// Of a sequence; none of other nodes.
    package var elements: Elements {
        Elements(tree: tree, links: kind == .sequence ? flat.children : 0..<0)
    }

    /// Of a mapping; none of other nodes. Keys are scalars; a duplicate key has been reported and
    /// is not among them. What `<<` merges in comes after the mapping's own entries.
    package var entries: Entries {
        Entries(tree: tree, links: kind == .mapping ? flat.children : 0..<0)
    }

    /// The elements of a sequence where they lie: a cursor is made of one when it is asked for, by
    /// code of whoever asks, for there may be a million.
    package struct Elements: RandomAccessCollection, Sendable {
        @usableFromInline let tree: SyntaxTree
        @usableFromInline let links: Range<Int>

        @inlinable package var startIndex: Int { 0 }
        @inlinable package var endIndex: Int { links.count }
        @inlinable package subscript(place: Int) -> Node {
            Node(tree: tree, index: tree.links[links.lowerBound + place])
        }
    }

    /// The entries of a mapping where they lie.
    package struct Entries: RandomAccessCollection, Sendable {
        @usableFromInline let tree: SyntaxTree
        @usableFromInline let links: Range<Int>

        @inlinable package var startIndex: Int { 0 }
        @inlinable package var endIndex: Int { links.count / 2 }
        @inlinable package subscript(place: Int) -> (key: Node, value: Node) {
            let first = links.lowerBound + 2 * place
            return (
                Node(tree: tree, index: tree.links[first]),
                Node(tree: tree, index: tree.links[first + 1])
            )
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
