package import AccessModel
internal import Reconciliation
package import Storage

/// What `invitation list` prints: everything that waits for somebody.
package struct InvitationList: Sendable {
    private let rows: [(scope: Scope, state: String, invitation: Invitation?)]

    package init(_ observed: ObservedState, now: Instant) {
        rows = observed.allPendingScopes.map { scope in
            let invitation = observed.invitations[scope]
            return (scope, invitation.state(at: now), invitation)
        }
    }

    package func text(style: Style = .plain) -> String {
        guard !rows.isEmpty else { return "No open invitations.\n" }
        return Table(
            [.init("ADDRESS"), .init("STATE"), .init("EXPIRES"), .init("GENERATION", .right)],
            rows: rows.map {
                [
                    $0.scope.address.text, $0.state, $0.invitation?.expiresAt.text ?? "",
                    $0.invitation.map { "\($0.generation)" } ?? "",
                ]
            }
        ).text(style: style)
    }

    package var json: String {
        JSON.object([
            .init("format", "muster.invitations/1"),
            .init(
                "invitations",
                .array(
                    rows.map {
                        [
                            "id": .optional($0.invitation?.id),
                            "address": .string($0.scope.address.text),
                            "email": .string($0.scope.email.canonical), "state": .string($0.state),
                            "expiresAt": .optional($0.invitation?.expiresAt.text),
                            "generation": .integer($0.invitation?.generation ?? 0),
                        ]
                    })),
        ]).text
    }
}

/// What `outbox list` prints.
package struct OutboxList: Sendable {
    private let entries: [OutboxEntry]

    package init(_ entries: [OutboxEntry]) { self.entries = entries }

    package func text(style: Style = .plain) -> String {
        guard !entries.isEmpty else { return "The outbox is empty.\n" }
        return Table(
            [
                .init("ID"), .init("TO"), .init("KIND"), .init("QUEUED"), .init("TRIES", .right),
                .init("NEXT TRY"), .init("LAST ERROR"),
            ],
            rows: entries.map {
                [
                    String($0.letter.id.prefix(12)), $0.letter.spelling, $0.letter.kind,
                    $0.letter.queuedAt, String($0.attempts),
                    $0.undeliverable ? "undeliverable" : $0.nextAttempt?.text ?? "now",
                    $0.lastError ?? "",
                ]
            }
        ).text(style: style)
    }

    package var json: String {
        JSON.object([
            .init("format", "muster.outbox/1"),
            .init("letters", .array(entries.map(\.json))),
        ]).text
    }
}
