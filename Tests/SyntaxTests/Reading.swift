import Diagnostics
import Syntax

/// A small file as it is read, in forms that tests compare.
struct Reading {
    let tree: SyntaxTree
    /// `line:column code subject: message`
    let complaints: [String]
    let diagnostics: [Diagnostic]
    private let map: SourceMap

    init(_ text: String, limits: Limits = Limits()) {
        self.init(bytes: Array(text.utf8), limits: limits)
    }

    init(bytes: [UInt8], limits: Limits = Limits()) {
        let file = SourceFile(path: "a.yaml", bytes: bytes)
        var map = SourceMap()
        let id = map.add(file)
        (tree, diagnostics) = parse(file, as: id, limits: limits)
        self.map = map
        let sources = map
        complaints = diagnostics.map { diagnostic in
            let place = diagnostic.span.map(sources.location(of:))
            return "\(place?.line ?? 0):\(place?.column ?? 0) \(diagnostic.code) "
                + "\(diagnostic.subject): \(diagnostic.message)"
        }
    }

    /// `line:column code` of each complaint.
    var codes: [String] {
        complaints.map { $0.split(separator: " ").prefix(2).joined(separator: " ") }
    }

    /// All documents in flow style, plain scalars bare, others in quotes.
    var shape: String { tree.documents.map(shape(of:)).joined(separator: " --- ") }

    /// The bytes of the file that a node's span covers.
    func source(of node: Node) -> String {
        let bytes = map[node.span.file].bytes
        return String(decoding: bytes[Int(node.span.start)..<Int(node.span.end)], as: UTF8.self)
    }

    private func shape(of node: Node) -> String {
        switch node.kind {
        case .scalar: node.style == .plain ? node.text : "\"\(node.text)\""
        case .sequence: "[" + node.elements.map(shape(of:)).joined(separator: ", ") + "]"
        case .mapping:
            "{"
                + node.entries.map { shape(of: $0.key) + ": " + shape(of: $0.value) }
                .joined(separator: ", ") + "}"
        }
    }
}
