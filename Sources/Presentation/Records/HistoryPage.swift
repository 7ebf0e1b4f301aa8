internal import Diagnostics
internal import Reconciliation
package import Storage

/// What `history` prints: the newest runs, newest first.
package struct HistoryPage: Sendable {
    private let runs: [RunRecord]
    /// Whether the store has runs before these.
    package let hasOlder: Bool

    package init(_ runs: [RunRecord], hasOlder: Bool) {
        self.runs = runs
        self.hasOlder = hasOlder
    }

    package func text(style: Style = .plain) -> String {
        guard !runs.isEmpty else { return "No runs yet.\n" }
        return Table(
            [
                .init("RUN", .right), .init("TIME"), .init("KIND"), .init("ACTOR"),
                .init("COMMIT"), .init("PLAN"), .init("CHANGES", .right),
                .init("LETTERS", .right), .init("WHERE"),
            ],
            rows: runs.map { run in
                [
                    String(run.number), run.at.words, run.kind.rawValue, run.actor,
                    run.shortCommit, run.shortPlan, String(run.changes), String(run.letters),
                    run.place,
                ]
            }
        ).text(style: style)
    }

    package var json: String {
        JSON.object([
            .init("format", "muster.history/1"), .init("runs", .array(runs.map(\.fullJSON))),
            .init("older", .bool(hasOlder)),
        ]).text
    }
}

extension RunRecord {
    /// As git shortens a commit.
    fileprivate var shortCommit: String { commit.map { String($0.prefix(7)) } ?? "-" }

    /// The first digits of the plan's id.
    fileprivate var shortPlan: String {
        guard let plan else { return "-" }
        return String((plan.hasPrefix("sha256:") ? plan.dropFirst(7) : plan[...]).prefix(12))
    }

    /// The CI run, or the system's user and host.
    fileprivate var place: String { ci ?? "\(systemUser)@\(host)" }

    /// Every field.
    var fullJSON: JSON {
        .object((json.members ?? []) + [JSON.Member("project", .string(project))])
    }
}
