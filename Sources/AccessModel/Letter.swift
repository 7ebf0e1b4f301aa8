/// A letter that the outbox holds: everything it says but the link, which needs the invitation key.
///
/// One letter per person and run, also for somebody who gains one place and loses another.
/// It is stored as it is here, so it never holds a token.
package struct Letter: Hashable, Sendable, Codable {
    /// One scope that the letter tells about.
    package struct Place: Hashable, Sendable, Codable {
        package enum Kind: String, Hashable, Sendable, Codable { case tenant, identity }

        package var kind: Kind
        /// The tenant's name or the identity's code.
        package var name: String
        package var title: String
        /// What the person will be able to do, or could, as titles.
        package var permissions: [String]
        package var roles: [String]
        /// Admin of the identity.
        package var admin: Bool
        /// The invitation whose link opens this place; `nil` where nothing is to be accepted.
        package var invitation: String?
        package var generation: Int

        package init(
            kind: Kind, name: String, title: String, permissions: [String] = [],
            roles: [String] = [], admin: Bool = false, invitation: String? = nil,
            generation: Int = 0
        ) {
            self.kind = kind
            self.name = name
            self.title = title
            self.permissions = permissions
            self.roles = roles
            self.admin = admin
            self.invitation = invitation
            self.generation = generation
        }
    }

    /// 32 hexadecimal digits; for an invitation derived from its id and generation, so that the
    /// Message-ID is the same however often the letter is sent.
    package var id: String
    /// Canonical.
    package var recipient: String
    /// As it was written; letters go there.
    package var spelling: String
    package var recipientName: String?
    /// A `MailKind`.
    package var kind: String
    package var language: String
    /// Who invites, for people: a name, or an address.
    package var inviter: String
    /// Where an answer goes: the inviter's address, as it was written, when a person invites.
    package var replyTo: String?
    /// The new ones; in a letter that access has ended, those it has ended to.
    package var places: [Place]
    /// Places that the person lost while gaining others; `nil` for none.
    package var ended: [Place]?
    /// RFC 3339; when the link stops working.
    package var expiresAt: String?
    /// RFC 3339; the letter's date.
    package var queuedAt: String

    package init(
        id: String, recipient: EmailAddress, recipientName: String?, kind: MailKind,
        language: String, inviter: String, replyTo: EmailAddress? = nil, places: [Place],
        ended: [Place]? = nil, expiresAt: Instant?, queuedAt: Instant
    ) {
        self.id = id
        self.recipient = recipient.canonical
        spelling = recipient.spelling
        self.recipientName = recipientName
        self.kind = kind.rawValue
        self.language = language
        self.inviter = inviter
        self.replyTo = replyTo?.spelling
        self.places = places
        self.ended = ended
        self.expiresAt = expiresAt?.text
        self.queuedAt = queuedAt.text
    }
}
