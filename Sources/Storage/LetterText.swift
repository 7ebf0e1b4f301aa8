package import AccessModel

extension Letter {
    /// The letter as JSON text, which `Codable` reads back. Written by hand: an encoder takes
    /// several times as long, and a first apply writes one letter a person.
    package var json: String {
        AuditValue.stated([
            "id": .text(id), "recipient": .text(recipient), "spelling": .text(spelling),
            "recipientName": recipientName.map(AuditValue.text), "kind": .text(kind),
            "language": .text(language), "inviter": .text(inviter),
            "replyTo": replyTo.map(AuditValue.text),
            "places": .values(places.map(\.value)),
            "ended": ended.map { .values($0.map(\.value)) },
            "expiresAt": expiresAt.map(AuditValue.text),
            "queuedAt": .text(queuedAt),
        ]).json
    }
}

extension Letter.Place {
    fileprivate var value: AuditValue {
        .stated([
            "kind": .text(kind.rawValue), "name": .text(name), "title": .text(title),
            "permissions": .list(permissions), "roles": .list(roles), "admin": .flag(admin),
            "invitation": invitation.map(AuditValue.text), "generation": .number(generation),
        ])
    }
}
