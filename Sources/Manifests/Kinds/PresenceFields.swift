internal import AccessModel
internal import Diagnostics
internal import Syntax

/// `state` and `cascade`, as Permission, Role, Tenant and Identity have them.
enum PresenceFields {
    static let state = Field(
        "state", .word(["present", "absent"]),
        "`present` (default), or `absent`: delete it. Leaving the document out deletes nothing.")
    static let cascade = Field(
        "cascade", .boolean,
        "With `state: absent`: delete it with its members, users or holders too.")
}

extension Fields {
    func presence(_ findings: inout Findings) -> Presence {
        let cascade = boolean(PresenceFields.cascade, &findings)
        if word(PresenceFields.state, &findings) == "absent" {
            return .absent(cascade: cascade ?? false)
        }
        if cascade == true, let node = self[PresenceFields.cascade] {
            findings.add(
                Diagnostic(
                    "E102", subject: subject.text,
                    message: "`cascade` is set on something that is not deleted.",
                    help: "Add `state: absent`, or remove `cascade`.", at: node.span,
                    label: "without `state: absent`"))
        }
        return .present
    }

    /// What the document is called until its key has been read: the key as it is written.
    static func subject(of node: Node, _ kind: Kind, key: Field) -> Subject {
        let written = node.entries.first { $0.key.says(text: key.name) }?.value
        let text = written.flatMap { $0.kind == .scalar && !$0.isMissing ? $0.text : nil }
        return .document(kind: kind.rawValue, key: text)
    }
}
