import Diagnostics

extension TreeBuilder {
    /// The node that an alias names. False when the limits on expansion are exceeded.
    mutating func takeAlias(_ name: String, _ place: Range<Int>) -> Bool {
        let subject = "alias `*\(Findings.shown(name))`"
        guard let anchor = anchors[name], anchor.document == document, !anchor.isOpen else {
            refuseAlias(name, anchors[name], at: place)
            self.place(Self.refused, weight: Weight(), end: place.upperBound)
            return true
        }
        expanded.add(child: anchor.weight)
        guard expanded.nodes <= limits.aliasNodes, expanded.bytes <= limits.aliasBytes else {
            let what =
                expanded.nodes > limits.aliasNodes
                ? "\(limits.aliasNodes) nodes" : "\(limits.aliasBytes) bytes of text"
            findings.add(
                "E116", subject, "the file's aliases expand to more than \(what).",
                help: "Use fewer aliases, or a Bundle.", at: place,
                notes: [("the anchor is here", anchor.place)])
            return false
        }
        guard frames.count + anchor.weight.height <= limits.nesting + 1 else {
            findings.add(
                "E116", subject,
                "expanded, lists and mappings are nested deeper than \(limits.nesting).",
                help: "Write it flatter.", at: place)
            return false
        }
        let node = anchor.node ?? Self.refused
        self.place(node, weight: anchor.weight, end: place.upperBound)
        return true
    }

    private mutating func refuseAlias(_ name: String, _ anchor: Anchor?, at place: Range<Int>) {
        let name = Findings.shown(name)
        let subject = "alias `*\(name)`"
        guard let anchor else {
            findings.add(
                "E100", subject, "there is no anchor `&\(name)` before it in this document.",
                help: "Put `&\(name)` before the value that is meant, or quote the text.",
                at: place)
            return
        }
        if anchor.document != document {
            findings.add(
                "E100", subject, "the anchor `&\(name)` is in another document.",
                help: "An alias sees the anchors of its own document only; write the value again.",
                at: place, notes: [("the anchor is here", anchor.place)])
        } else {
            findings.add(
                "E100", subject,
                "it stands inside the value that it names, which would have no end.",
                help: "Write the value without itself.", at: place,
                notes: [("the anchor is here", anchor.place)])
        }
    }
}
