package import Diagnostics

/// The documents of a file, with what is wrong with them: at most 20 diagnostics, in the file's
/// order.
///
/// Every mistake that can be told without the others is reported, and what was understood is in
/// the tree: parts that were refused are left out and make their parents `isIncomplete`; a document
/// with a syntax error is left out as a whole, with all that follow it. Errors: E100 syntax and
/// encoding, E103 duplicate keys, E108 characters, E116 limits.
///
/// - Parameter reader: What it takes is not in the tree.
package func parse(
    _ file: SourceFile, as id: FileID, limits: Limits = Limits(),
    handing reader: (any ListReader)? = nil
) -> (tree: SyntaxTree, diagnostics: [Diagnostic]) {
    var findings = Findings(file: id)
    if file.bytes.count > limits.fileBytes {
        findings.add(
            "E116", "file", "it has \(file.bytes.count) bytes, more than \(limits.fileBytes).",
            help: "Split it.", at: 0..<0)
        return (SyntaxTree(file: id, bytes: []), findings.sorted)
    }
    guard let text = checkedText(of: file.bytes, into: &findings) else {
        return (SyntaxTree(file: id, bytes: []), findings.sorted)
    }
    var builder = TreeBuilder(text, limits: limits, findings: findings, reader: reader)
    text.bytes.withUnsafeBufferPointer { builder.read($0) }
    let tree = SyntaxTree(
        file: id, bytes: text.bytes, nodes: builder.nodes, links: builder.links,
        pool: builder.pool, roots: builder.roots)
    return (tree, builder.findings.sorted)
}
