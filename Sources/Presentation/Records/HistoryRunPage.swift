internal import AccessModel
internal import Diagnostics
internal import Planning
package import Reconciliation
internal import Storage

/// What `history RUN` prints: one run in full. Mobiles are masked.
package struct HistoryRunPage: Sendable {
    private let history: RunHistory

    package init(_ history: RunHistory) { self.history = history }

    package func text(style: Style = .plain) -> String {
        let run = history.run
        var rows = [
            ["time", run.at.words], ["kind", run.kind.rawValue], ["actor", run.actor],
            ["project", run.project], ["user", run.systemUser], ["host", run.host],
        ]
        if let ci = run.ci { rows.append(["CI run", ci]) }
        if let commit = run.commit { rows.append(["commit", commit]) }
        if let plan = run.plan { rows.append(["plan", plan]) }
        rows += [["changes", String(run.changes)], ["letters", String(run.letters)]]
        let head = style.painted("Run \(run.number)", .bold) + "\n"
        let facts = Table([.init(""), .init("")], rows: rows).text(style: style, indent: 2)
        guard !history.entries.isEmpty else { return head + facts }
        let entries = history.entries.map { line($0, style) }.joined()
        return head + facts + "\n" + style.painted("Audit entries", .bold) + "\n" + entries
    }

    private func line(_ past: PastEntry, _ style: Style) -> String {
        let entry = past.entry
        var text = "  \(entry.sequence)  \(past.symbol) " + escapedForTerminal(entry.address)
        text += "  " + past.phrase.inline.text
        if let reason = entry.reason.map(Self.words), reason != Reason.declared.words {
            text += style.painted(" (\(escapedForTerminal(reason)))", .dim)
        }
        if entry.actor != history.run.actor {
            text += style.painted(" (by \(escapedForTerminal(entry.actor)))", .dim)
        }
        text += "\n"
        if let comment = entry.comment {
            text += style.painted("       \"\(escapedForTerminal(comment))\"", .dim) + "\n"
        }
        return text
    }

    private static func words(_ reason: String) -> String {
        Reason(rawValue: reason)?.words ?? reason
    }

    package var json: String {
        JSON.object([
            .init("format", "muster.run/1"), .init("run", history.run.fullJSON),
            .init("entries", .array(history.entries.map(\.json))),
        ]).maskingMobiles.text
    }
}

extension PastEntry {
    fileprivate var json: JSON {
        [
            "sequence": .integer(entry.sequence), "actor": .string(entry.actor),
            "address": .string(entry.address), "kind": .string(entry.kind),
            "reason": .optional(entry.reason), "before": before, "after": after,
            "comment": .optional(entry.comment), "words": .string(phrase.inline.text),
        ]
    }

    fileprivate var symbol: String {
        switch step {
        case .change(let action): action.kind.symbol.rawValue
        case .account, .membership, .user: "+"
        case .activation, .joining, .invitation, .unknown: "~"
        case .forgetting: "-"
        }
    }

    /// What was done, in the words of plans.
    fileprivate var phrase: ChangePhrase {
        switch step {
        case .change(let action): ChangePhrase(action)
        case .account(let account):
            ChangePhrase(
                "record the account\(NewAccount(account).introduction), "
                    + "\(words: account.state.rawValue)\(words: account.blocked ? ", blocked" : "")"
            )
        case .membership(_, _, let grants): ChangePhrase("record as a member", grants.lists)
        case .user(_, _, let user):
            ChangePhrase(
                "record as a user\(words: user.admin ? ", an admin" : "")"
                    + "\(words: user.enabled ? "" : ", disabled")", [.roles(user.roles)])
        case .activation: ChangePhrase("accept: the account is activated")
        case .joining: ChangePhrase("accept: the place is taken")
        case .invitation(_, let state): ChangePhrase("the invitation is \(words: state.rawValue)")
        case .forgetting: ChangePhrase("erase personal data")
        case .unknown: ChangePhrase("\(entry.kind)")
        }
    }
}

extension NewAccount {
    fileprivate init(_ account: Account) {
        self.init(profile: account.profile, automation: account.automation)
    }
}
