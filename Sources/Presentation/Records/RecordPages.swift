internal import AccessModel
internal import Diagnostics
package import Reconciliation
package import Storage

extension Importer.Outcome {
    package var text: String {
        var text =
            "Imported: \(counted(accounts, "account")), \(counted(memberships, "membership")), "
        text += "\(counted(users, "identity user"))"
        if known > 0 { text += "; \(known) already there" }
        return text + (run.map { " (run \($0))" } ?? "; nothing was written") + ".\n"
    }

    package var json: String {
        JSON.object([
            .init("format", "muster.import/1"), .init("accounts", .integer(accounts)),
            .init("memberships", .integer(memberships)), .init("users", .integer(users)),
            .init("known", .integer(known)), .init("run", run.map(JSON.integer) ?? .null),
        ]).text
    }
}

/// What `audit verify` says.
package struct AuditPage: Sendable {
    private let verification: AuditVerification
    private let problem: String?

    package init(_ verification: AuditVerification) {
        self.verification = verification
        problem =
            verification.broken.map { "entry \($0.sequence): \($0.reason)" }
            ?? (verification.containsExpected == false
                ? "the expected head is not in the chain: its end was cut off or rewritten" : nil)
    }

    package var isGood: Bool { problem == nil }

    package var text: String {
        let erased =
            verification.erased > 0 ? " (\(grouped(Int(verification.erased))) erased)" : ""
        let counts =
            "\(counted(Int(verification.entries), "entry", "entries"))\(erased), "
            + "head \(verification.head)"
        guard let problem else { return "The audit chain verifies: \(counts).\n" }
        return "The audit chain does not verify: \(escapedForTerminal(problem)). (\(counts))\n"
    }

    package var json: String {
        JSON.object([
            .init("format", "muster.audit/1"), .init("verifies", .bool(isGood)),
            .init("entries", .integer(verification.entries)),
            .init("erased", .integer(verification.erased)),
            .init("head", .string(verification.head)), .init("problem", .optional(problem)),
        ]).text
    }
}

extension InvitationDesk.Accepted {
    /// What `invitation accept` says.
    package var text: String {
        var text = "Welcome, \(escapedForTerminal(email.spelling)). You have joined:\n"
        for place in places { text += "  \(escapedForTerminal(place.address.text))\n" }
        for address in dropped {
            text += "No longer available, and left out: \(escapedForTerminal(address.text))\n"
        }
        return text
    }
}
