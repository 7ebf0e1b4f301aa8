internal import Diagnostics
package import Reconciliation

/// What `apply` says at its end.
package struct ApplySummary: Sendable {
    package var result: ApplyOutcome
    package var plan: String
    package var changes: Int
    package var round: Postman.Round
    package var delivers: Bool
    /// Where letters lie when the project names no delivery of its own.
    package var mailFolder: String?

    package init(
        result: ApplyOutcome, plan: String, changes: Int, round: Postman.Round,
        delivers: Bool, mailFolder: String?
    ) {
        self.result = result
        self.plan = plan
        self.changes = changes
        self.round = round
        self.delivers = delivers
        self.mailFolder = mailFolder
    }

    package func text(style: Style = .plain) -> String {
        var text =
            switch result {
            case .applied(let run, let head):
                style.painted("Applied", .boldGreen)
                    + " as run \(run): \(counted(changes, "change")). Audit head \(head).\n"
            case .alreadyApplied(let run):
                "This plan was already applied, as run \(run). Nothing was sent.\n"
            case .nothingToDo: "Nothing to apply.\n"
            }
        if delivers { text += round.text(mailFolder: mailFolder) }
        return text
    }

    package var json: String {
        let (name, run): (String, JSON) =
            switch result {
            case .applied(let run, _): ("applied", .integer(run))
            case .alreadyApplied(let run): ("already applied", .integer(run))
            case .nothingToDo: ("nothing to do", .null)
            }
        var head: String?
        if case .applied(_, let auditHead) = result { head = auditHead }
        return JSON.object([
            .init("format", "muster.apply/1"),
            .init("result", .string(name)),
            .init("run", run),
            .init("plan", .string(plan)),
            .init("auditHead", .optional(head)),
            .init("changes", .integer(changes)),
            .init(
                "mail",
                [
                    "sent": .integer(round.sent), "left": .integer(round.left),
                    "undeliverable": .integer(round.undeliverable),
                    "elsewhere": .integer(round.elsewhere),
                    "obsolete": .integer(round.obsolete),
                ]),
        ]).text
    }
}

extension Postman.Round {
    /// What became of the letters, one line each; nothing when there were none.
    package func text(mailFolder: String?) -> String {
        var text = ""
        if sent > 0 {
            text +=
                mailFolder.map {
                    "\(counted(sent, "letter")) \(sent == 1 ? "is" : "are") in \($0); "
                        + "nobody has received \(sent == 1 ? "it" : "them").\n"
                } ?? "\(counted(sent, "letter")) delivered.\n"
        }
        if obsolete > 0 {
            let they = obsolete == 1 ? "it" : "they"
            text +=
                "\(counted(obsolete, "letter")) not sent, for what \(they) told of has ended.\n"
        }
        if elsewhere > 0 {
            text +=
                "\(counted(elsewhere, "letter")) \(elsewhere == 1 ? "is" : "are") being sent by "
                + "another run.\n"
        }
        if left + undeliverable > 0 { text += complaint + "\n" }
        return text
    }

    package var complaint: String {
        var parts: [String] = []
        if left > 0 {
            parts.append(
                "\(counted(left, "letter")) left in the outbox; `muster outbox flush` tries again.")
        }
        if undeliverable > 0 { parts.append("\(counted(undeliverable, "letter")) undeliverable.") }
        if let reason = reasons.last {
            parts.append("The last reason: \(escapedForTerminal(reason)).")
        }
        return parts.joined(separator: " ")
    }
}
