import CLibYAML
import Diagnostics

/// Builds the arena of a `SyntaxTree` from events, one mapping or sequence on a stack per level.
struct TreeBuilder {
    /// A mapping or sequence that is being read.
    struct Frame {
        var node: Int32
        /// Where its children begin in `pending`.
        var base: Int
        /// What there was of `links` and `pool` before it.
        var links: Int
        var pool: Int
        var anchor: String?
        var weight = Weight()
        /// Where its last child ends.
        var end: Int
    }

    /// A child that was refused and reported: it is left out of its parent.
    static let refused: Int32 = -1

    let text: CheckedText
    let limits: Limits
    var findings: Findings
    var nodes: [SyntaxTree.Flat] = []
    var links: [Int32] = []
    var pool: [UInt8] = []
    var roots: [Int32] = []
    var frames: [Frame] = []
    var pending: [Int32] = []
    var anchors: [String: Anchor] = [:]
    var document = 0
    /// How many roots are those of documents that have been read to their end.
    var finished = 0
    var expanded = Weight(nodes: 0, bytes: 0)
    /// The scalar read last, which most mistakes come right after.
    var lastScalar: Int32?
    let reader: (any ListReader)?
    /// Whether the reader wants the entries of the list that is open.
    var isRead = false
    /// How many nodes the reader has taken.
    var taken = 0

    init(
        _ text: CheckedText, limits: Limits, findings: Findings, reader: (any ListReader)? = nil
    ) {
        self.text = text
        self.limits = limits
        self.findings = findings
        self.reader = reader
        guard reader == nil else { return }
        nodes.reserveCapacity(text.bytes.count / 8)
        links.reserveCapacity(text.bytes.count / 8)
    }

    /// Reads all documents. What follows a syntax error or an exceeded limit is not read.
    mutating func read(_ bytes: UnsafeBufferPointer<UInt8>) {
        var reader = EventReader(bytes, from: text.start, isASCII: text.isASCII)
        while !findings.isFull {
            guard reader.next() else {
                let failure = reader.failure()
                explain(failure.problem, at: failure.at, context: failure.contextAt)
                break
            }
            guard take(&reader, bytes), hasRoom() else { break }
        }
        roots.removeLast(roots.count - finished)
    }

    private mutating func hasRoom() -> Bool {
        let excess: String
        if nodes.count + taken > limits.nodes {
            excess = "holds more than \(limits.nodes) values"
        } else if document > limits.documents {
            excess = "holds more than \(limits.documents) documents"
        } else if anchors.count > limits.aliasNodes {
            excess = "names more than \(limits.aliasNodes) anchors"
        } else {
            return true
        }
        let end = Int(nodes.last?.start ?? 0)
        findings.add("E116", "file", "it \(excess).", help: "Split it.", at: end..<end)
        return false
    }

    /// False when nothing is to be read after this event.
    private mutating func take(
        _ reader: inout EventReader, _ bytes: UnsafeBufferPointer<UInt8>
    ) -> Bool {
        let event = reader.event
        let start = reader.offset(of: event.pointee.start_mark)
        let end = reader.offset(of: event.pointee.end_mark)
        switch event.pointee.type {
        case YAML_SCALAR_EVENT:
            return takeScalar(event.pointee.data.scalar, start, end, bytes)
        case YAML_ALIAS_EVENT:
            return takeAlias(String(yaml: event.pointee.data.alias.anchor), start..<end)
        case YAML_SEQUENCE_START_EVENT:
            let data = event.pointee.data.sequence_start
            return open(.sequence, anchor: data.anchor, tag: data.tag, start, bytes)
        case YAML_MAPPING_START_EVENT:
            let data = event.pointee.data.mapping_start
            return open(.mapping, anchor: data.anchor, tag: data.tag, start, bytes)
        case YAML_SEQUENCE_END_EVENT, YAML_MAPPING_END_EVENT:
            // Where a block ends libyaml's mark is at whatever follows.
            close(flowEnd: end > start ? end : nil, bytes)
        case YAML_DOCUMENT_START_EVENT:
            let tags = event.pointee.data.document_start.tag_directives
            if tags.start != tags.end { refuseTagDirective(start..<end) }
            document += 1
        case YAML_DOCUMENT_END_EVENT:
            finished = roots.count
        case YAML_STREAM_END_EVENT:
            return false
        default:
            break
        }
        return true
    }

    /// Puts a finished node, or `refused`, where it belongs.
    mutating func place(_ index: Int32, weight: Weight, end: Int) {
        guard !frames.isEmpty else {
            guard index != Self.refused else { return }
            let node = nodes[Int(index)]
            // `---` with nothing behind it.
            if node.kind == .scalar, node.style == .plain, node.count == 0 { return }
            roots.append(index)
            return
        }
        pending.append(index)
        frames[frames.count - 1].weight.add(child: weight)
        frames[frames.count - 1].end = end
    }

    private mutating func open(
        _ kind: Node.Kind, anchor: UnsafeMutablePointer<UInt8>?,
        tag: UnsafeMutablePointer<UInt8>?, _ start: Int, _ bytes: UnsafeBufferPointer<UInt8>
    ) -> Bool {
        let hasProperties = anchor != nil || tag != nil
        let content = hasProperties ? contentStart(start, bytes) : start
        if let tag { check(tag: String(yaml: tag), on: kind, at: start) }
        guard frames.count < limits.nesting else {
            findings.add(
                "E116", "nesting", "lists and mappings are nested deeper than \(limits.nesting).",
                help: "Write it flatter.", at: content..<(content + 1))
            return false
        }
        let index = Int32(nodes.count)
        nodes.append(.init(kind: kind, start: Int32(content), end: Int32(content)))
        let name = anchor.map { String(yaml: $0) }
        frames.append(
            Frame(
                node: index, base: pending.count, links: links.count, pool: pool.count,
                anchor: name, end: content))
        if let name {
            anchors[name] = Anchor(
                node: index, place: start..<content, document: document, isOpen: true)
        }
        if kind == .sequence, frames.count == 2 { offerList(at: content, bytes) }
        return true
    }

    private mutating func close(flowEnd: Int?, _ bytes: UnsafeBufferPointer<UInt8>) {
        let frame = frames.removeLast()
        if frames.count == 1 { isRead = false }
        let end = flowEnd ?? frame.end
        nodes[Int(frame.node)].end = Int32(max(end, Int(nodes[Int(frame.node)].start)))
        switch nodes[Int(frame.node)].kind {
        case .sequence: finishSequence(frame)
        case .mapping, .scalar: finishMapping(frame)
        }
        pending.removeLast(pending.count - frame.base)
        if let name = frame.anchor {
            // A second anchor of the same name inside is the one that counts.
            if anchors[name]?.node == frame.node {
                anchors[name]?.isOpen = false
                anchors[name]?.weight = frame.weight
            }
        }
        if handOver(frame, end: end, bytes) { return }
        place(frame.node, weight: frame.weight, end: end)
    }

    private mutating func finishSequence(_ frame: Frame) {
        let first = links.count
        for child in pending[frame.base...] {
            if child == Self.refused {
                nodes[Int(frame.node)].isIncomplete = true
            } else {
                links.append(child)
            }
        }
        nodes[Int(frame.node)].first = Int32(first)
        nodes[Int(frame.node)].count = Int32(links.count - first)
    }

    /// A scalar's text.
    func textOf(_ index: Int32) -> String {
        let node = nodes[Int(index)]
        return node.text(in: node.isPooled ? pool : text.bytes)
    }
}

extension String {
    /// From a NUL-terminated name that libyaml made.
    init(yaml bytes: UnsafeMutablePointer<UInt8>) {
        self = String(cString: UnsafePointer(bytes))
    }
}
