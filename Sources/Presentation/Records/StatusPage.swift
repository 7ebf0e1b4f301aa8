internal import AccessModel
internal import Diagnostics
internal import Planning
package import Reconciliation
internal import Storage

extension StatusReport {
    package func text(style: Style = .plain) -> String {
        var text = style.painted("Project \(project)", .bold)
        text += ", store \(origin.id), serial \(origin.serial)\n\n"
        text += Table(
            [.init(""), .init("", .right), .init("")],
            rows: [
                [
                    "tenants", "\(counts.tenants)",
                    "with \(counted(counts.memberships, "membership"))",
                ],
                [
                    "identities", "\(counts.identities)",
                    "with \(counted(counts.identityUsers, "user"))",
                ],
                [
                    "accounts", "\(counts.accounts)",
                    "\(counts.activated) activated, \(counts.accounts - counts.activated) invited, "
                        + "\(counts.blocked) blocked",
                ],
                ["roles", "\(counts.roles)", ""],
            ]
        ).text(style: style, indent: 2)
        text += section("Pending", pending, style, row)
        text += section("Expired or not accepted", expired, style, row)
        text += section("Overdue (apply --expired removes them)", overdue, style) { [$0.text] }
        text += section("Unmanaged", unmanaged, style) { [$0.text] }
        text += section("Undelivered mail", undelivered, of: undeliveredCount, style, row)
        if foreignChanges > 0 {
            text +=
                "\n\(counted(foreignChanges, "change")) outside Muster; "
                + "muster drift tells which.\n"
        }
        for finding in findings {
            text += "\n" + style.painted("warning[\(finding.code)]", .yellow)
            text += ": \(escapedForTerminal(finding.message)) \(finding.help ?? "")\n"
        }
        if let run = lastRun {
            text += "\nLast run: \(run.number), \(run.kind.rawValue) "
            text +=
                "by \(escapedForTerminal(run.actor)) at \(run.at) "
                + "(\(counted(run.changes, "change")), "
                + "\(counted(run.letters, "letter")))\n"
        }
        if manifestsAreBroken {
            text +=
                "\nThe manifests are invalid, so overdue and unmanaged are not known: "
                + "run validate.\n"
        }
        return text
    }

    package var json: String {
        JSON.object([
            .init("format", "muster.status/1"),
            .init("project", .string(project)),
            .init("store", .string(origin.id)),
            .init("serial", .integer(origin.serial)),
            .init(
                "counts",
                [
                    "tenants": .integer(counts.tenants), "roles": .integer(counts.roles),
                    "accounts": .integer(counts.accounts), "activated": .integer(counts.activated),
                    "blocked": .integer(counts.blocked),
                    "memberships": .integer(counts.memberships),
                    "identities": .integer(counts.identities),
                    "identityUsers": .integer(counts.identityUsers),
                ]),
            .init("pending", .array(pending.map(json))),
            .init("expired", .array(expired.map(json))),
            .init("overdue", .strings(overdue.map(\.text))),
            .init("unmanaged", .strings(unmanaged.map(\.text))),
            .init("undelivered", .array(undelivered.map(\.json))),
            .init("foreignChanges", .integer(foreignChanges)),
            .init(
                "findings",
                .array(
                    findings.map {
                        ["code": .string($0.code), "message": .string($0.message)]
                    })),
            .init("lastRun", lastRun?.json ?? .null),
            .init("manifestsValid", .bool(!manifestsAreBroken)),
        ]).text
    }

    /// So many of each list are shown to people.
    package static let shown = 50

    private func section<Item>(
        _ title: String, _ items: [Item], of count: Int? = nil, _ style: Style,
        _ row: (Item) -> [String]
    ) -> String {
        let count = count ?? items.count
        let rows = items.prefix(Self.shown).map(row)
        guard !rows.isEmpty else { return "" }
        let columns = rows[0].map { _ in Table.Column("") }
        let more = count - rows.count
        return "\n" + style.painted("\(title): \(count)", .bold) + "\n"
            + Table(columns, rows: rows).text(style: style, indent: 2)
            + (more > 0 ? "  … and \(more) more; --format json has them all\n" : "")
    }

    private func row(_ waiting: Waiting) -> [String] {
        [waiting.address.text, waiting.state, waiting.expiresAt.map { "until \($0)" } ?? ""]
    }

    private func row(_ entry: OutboxEntry) -> [String] {
        [
            String(entry.letter.id.prefix(12)), entry.letter.spelling, entry.letter.kind,
            entry.state,
        ]
    }

    private func json(_ waiting: Waiting) -> JSON {
        [
            "address": .string(waiting.address.text), "state": .string(waiting.state),
            "expiresAt": .optional(waiting.expiresAt?.text),
        ]
    }
}

extension RunRecord {
    var json: JSON {
        [
            "run": .integer(number), "kind": .string(kind.rawValue), "actor": .string(actor),
            "at": .string(at.text), "commit": .optional(commit), "plan": .optional(plan),
            "changes": .integer(changes), "letters": .integer(letters),
            "systemUser": .string(systemUser), "host": .string(host), "ci": .optional(ci),
        ]
    }
}

extension OutboxEntry {
    /// What keeps it from leaving.
    var state: String {
        let reason = lastError.map { ": \($0)" } ?? ""
        if undeliverable { return "undeliverable\(reason)" }
        guard attempts > 0 else { return "not sent yet" }
        let next = nextAttempt.map { ", next \($0)" } ?? ""
        return "\(counted(attempts, "try", "tries"))\(next)\(reason)"
    }

    var json: JSON {
        [
            "id": .string(letter.id), "recipient": .string(letter.recipient),
            "kind": .string(letter.kind), "queuedAt": .string(letter.queuedAt),
            "run": .integer(run), "attempts": .integer(attempts),
            "nextAttempt": .optional(nextAttempt?.text), "lastError": .optional(lastError),
            "undeliverable": .bool(undeliverable),
        ]
    }
}
