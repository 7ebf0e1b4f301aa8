package import AccessModel
internal import Diagnostics

/// What a file amounts to that declares identities alone and of which there is nothing to say, kept
/// for whoever comes upon a file of the same bytes.
package struct CondensedFile: Hashable, Sendable {
    /// Something that is written in the file, and the bytes at which.
    package struct Written: Hashable, Sendable {
        package var text: String
        package var place: Range<Int>

        package init(_ text: String, at place: Range<Int>) {
            self.text = text
            self.place = place
        }
    }

    /// Somebody who is not plain.
    package struct User: Hashable, Sendable {
        package var email: Written
        package var roles: [String]
        /// Where `admin: true` is written.
        package var admin: Range<Int>?
        package var enabled: Bool?

        package init(email: Written, roles: [String], admin: Range<Int>?, enabled: Bool?) {
            self.email = email
            self.roles = roles
            self.admin = admin
            self.enabled = enabled
        }
    }

    package struct Identity: Hashable, Sendable {
        package var code: Written
        package var tenant: Written
        package var title: String
        package var others: [User]
        /// The plain users.
        package var roster: Roster.Summary
        /// How they are written, five bytes for each.
        package var writings: [UInt8]

        package init(
            code: Written, tenant: Written, title: String, others: [User],
            roster: Roster.Summary, writings: [UInt8]
        ) {
            self.code = code
            self.tenant = tenant
            self.title = title
            self.others = others
            self.roster = roster
            self.writings = writings
        }
    }

    package var identities: [Identity]

    package init(identities: [Identity]) { self.identities = identities }
}

extension CondensedFile {
    /// `nil` where something else is declared, or what time or others may make something of.
    init?(_ documents: Documents) {
        guard documents.others == documents.identities.count, documents.projectSpans.isEmpty
        else { return nil }
        identities = []
        for identity in documents.identities {
            guard let known = Identity(identity) else { return nil }
            identities.append(known)
        }
    }

    /// The documents of a file of these bytes; `nil` for other bytes.
    func documents(in file: FileID, _ bytes: [UInt8]) -> Documents? {
        var documents = Documents()
        documents.others = identities.count
        documents.identities = identities.compactMap { IdentityManifest($0, in: file, bytes) }
        return documents.identities.count == identities.count ? documents : nil
    }
}

extension CondensedFile.Identity {
    fileprivate init?(_ identity: IdentityManifest) {
        guard let plain = identity.condensed, let roster = plain.summary,
            identity.declared.presence == .present, identity.formerly.isEmpty,
            identity.users.allSatisfy({ $0.expires == nil })
        else { return nil }
        self.init(
            code: .init(identity.declared.code.text, at: identity.span.bytes),
            tenant: .init(identity.tenant.value.text, at: identity.tenant.span.bytes),
            title: identity.declared.title,
            others: identity.users.map { user in
                CondensedFile.User(
                    email: .init(user.email.canonical, at: user.span.bytes),
                    roles: user.roles.map(\.text), admin: user.adminSpan?.bytes,
                    enabled: user.enabled)
            },
            roster: roster, writings: plain.writings.bytes)
    }
}

extension IdentityManifest {
    fileprivate init?(_ known: CondensedFile.Identity, in file: FileID, _ bytes: [UInt8]) {
        let writings = Writings(known.writings)
        guard let plain = CondensedUsers(known.roster, writings, in: bytes) else { return nil }
        condensed = plain
        tenant = Located(TenantName(known.tenant.text), at: known.tenant.span(in: file))
        declared = DesiredIdentity(
            code: IdentityCode(known.code.text), tenant: tenant.value, title: known.title,
            formerly: [], management: .authoritative, presence: .present)
        formerly = []
        users = known.others.map { user in
            IdentityUserEntry(
                email: EmailAddress(canonical: user.email.text),
                roles: SortedSet(user.roles.map { Label($0) }), span: user.email.span(in: file),
                adminSpan: user.admin.map { Span($0, in: file) }, enabled: user.enabled)
        }
        span = known.code.span(in: file)
    }
}

extension CondensedFile.Written {
    fileprivate func span(in file: FileID) -> Span { Span(place, in: file) }
}

extension Span {
    init(_ bytes: Range<Int>, in file: FileID) {
        self.init(file: file, start: bytes.lowerBound, end: bytes.upperBound)
    }

    fileprivate var bytes: Range<Int> { Int(start)..<Int(end) }
}
