/// Takes entries of a list as soon as they have been read, so that no tree has to hold them: a list
/// may have a million.
package protocol ListReader: AnyObject {
    /// Whether it wants the entries of a list that stands at the top of a document.
    ///
    /// - Parameters:
    ///   - key: What the list is the value of.
    ///   - start: The byte of the file where the list begins, by which its node is told.
    ///   - before: The document's entries before it.
    func wants(
        _ key: PassingNode, at start: Int, after before: [(key: PassingNode, value: PassingNode)]
    ) -> Bool

    /// Whether it has taken an entry, which is a mapping; the tree holds those that it leaves.
    func takes(_ entry: PassingNode) -> Bool
}

/// A node of a tree that is being built, good only as long as whoever got it is at work.
package struct PassingNode {
    let nodes: UnsafePointer<SyntaxTree.Flat>
    let links: UnsafePointer<Int32>
    let bytes: UnsafePointer<UInt8>
    let pool: UnsafePointer<UInt8>
    let index: Int32

    private var flat: SyntaxTree.Flat { nodes[Int(index)] }

    package var kind: Node.Kind { flat.kind }
    package var style: Node.Style { flat.style }
    package var isIncomplete: Bool { flat.isIncomplete }

    /// Whether a scalar's text is in the file as it is.
    package var isLiteral: Bool { !flat.isPooled }

    /// The bytes of the node in its file, without anchor and tag.
    package var place: Range<Int> { Int(flat.start)..<Int(flat.end) }

    /// How many children a mapping or a sequence has: of a mapping, keys and values.
    package var count: Int { flat.kind == .scalar ? 0 : Int(flat.count) }

    package subscript(place: Int) -> PassingNode { node(links[Int(flat.first) + place]) }

    func node(_ index: Int32) -> PassingNode {
        PassingNode(nodes: nodes, links: links, bytes: bytes, pool: pool, index: index)
    }

    /// A scalar's text; empty for other nodes.
    package var text: UnsafeBufferPointer<UInt8> {
        let flat = flat
        guard flat.kind == .scalar else { return UnsafeBufferPointer(start: nil, count: 0) }
        return UnsafeBufferPointer(
            start: (flat.isPooled ? pool : bytes) + Int(flat.first), count: Int(flat.count))
    }

    /// Is it a scalar that says exactly this?
    package func says(_ text: StaticString) -> Bool {
        let own = self.text
        return own.count == text.utf8CodeUnitCount && flat.kind == .scalar
            && own.elementsEqual(UnsafeBufferPointer(start: text.utf8Start, count: own.count))
    }
}

extension TreeBuilder {
    /// Asks the reader about a list that begins as a value of the document.
    mutating func offerList(at start: Int, _ bytes: UnsafeBufferPointer<UInt8>) {
        isRead = false
        guard let reader, frames.count == 2, nodes[Int(frames[0].node)].kind == .mapping,
            anchors.isEmpty, pending.count % 2 == 1, !pending.contains(Self.refused)
        else { return }
        isRead = withPassing(bytes) { any in
            let entries = stride(from: 0, to: pending.count - 1, by: 2).map {
                (key: any.node(pending[$0]), value: any.node(pending[$0 + 1]))
            }
            return reader.wants(any.node(pending[pending.count - 1]), at: start, after: entries)
        }
    }

    /// Whether the reader took the entry of this frame, which nothing is left of then.
    mutating func handOver(
        _ frame: Frame, end: Int, _ bytes: UnsafeBufferPointer<UInt8>
    ) -> Bool {
        // What others may refer to stays.
        guard isRead, frames.count == 2, let reader, anchors.isEmpty,
            nodes[Int(frame.node)].kind == .mapping,
            withPassing(bytes, { reader.takes($0.node(frame.node)) })
        else { return false }
        taken += nodes.count - Int(frame.node)
        nodes.removeLast(nodes.count - Int(frame.node))
        links.removeLast(links.count - frame.links)
        pool.removeLast(pool.count - frame.pool)
        lastScalar = nil
        frames[1].weight.add(child: frame.weight)
        frames[1].end = end
        return true
    }

    private func withPassing(
        _ bytes: UnsafeBufferPointer<UInt8>, _ body: (PassingNode) -> Bool
    ) -> Bool {
        nodes.withUnsafeBufferPointer { nodes in
            links.withUnsafeBufferPointer { links in
                pool.withUnsafeBufferPointer { pool in
                    guard let node = nodes.baseAddress, let byte = bytes.baseAddress else {
                        return false
                    }
                    // An empty array has no address; nobody looks into it.
                    return withUnsafePointer(to: 0 as Int32) { none in
                        body(
                            PassingNode(
                                nodes: node, links: links.baseAddress ?? none, bytes: byte,
                                pool: pool.baseAddress ?? byte, index: 0))
                    }
                }
            }
        }
    }
}
