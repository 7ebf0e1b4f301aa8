package import AccessModel

/// What the holder of a link is asked: who invites whom to what, and what is still missing.
package struct AcceptanceOffer: Hashable, Sendable {
    package struct Place: Hashable, Sendable {
        package enum Kind: Hashable, Sendable { case tenant, identity }

        package var kind: Kind
        package var name: String
        /// The name again when there is none.
        package var title: String
        /// As people call them.
        package var permissions: [String]
        package var roles: [String]
        /// Administers the users of the identity.
        package var isAdmin: Bool

        package init(
            kind: Kind, name: String, title: String, permissions: [String] = [],
            roles: [String] = [], isAdmin: Bool = false
        ) {
            self.kind = kind
            self.name = name
            self.title = title
            self.permissions = permissions
            self.roles = roles
            self.isAdmin = isAdmin
        }
    }

    /// A detail of a person that the form may ask for.
    package enum Detail: String, Hashable, Sendable, CaseIterable {
        case firstName, lastName, mobile
    }

    package var project: String
    package var inviter: String
    package var email: EmailAddress
    /// The account is not there yet but for its invitation.
    package var isNew: Bool
    /// What is known of the person. An Activated account's details are not shown: they are its own.
    package var profile: Profile
    /// What the form asks for; what is known is never asked.
    package var missing: [Detail]
    /// somebody who starts as an admin needs all of them.
    package var isProfileNeeded: Bool
    package var places: [Place]
    package var expiresAt: Instant
    package var language: String?

    package init(
        project: String, inviter: String, email: EmailAddress, isNew: Bool, profile: Profile,
        missing: [Detail], isProfileNeeded: Bool, places: [Place], expiresAt: Instant,
        language: String?
    ) {
        self.project = project
        self.inviter = inviter
        self.email = email
        self.isNew = isNew
        self.profile = profile
        self.missing = missing
        self.isProfileNeeded = isProfileNeeded
        self.places = places
        self.expiresAt = expiresAt
        self.language = language
    }
}

extension AcceptanceOffer {
    /// - Parameter inviter: whoever issued the invitation; `nil` when nobody knows any more.
    init(
        _ invitation: Invitation, in observed: ObservedState, of project: Project,
        by inviter: Actor?
    ) {
        let email = invitation.scope.email
        let account = observed.accounts[email]
        let isNew = account?.state == .invited
        let scopes = isNew ? observed.pendingScopes(of: email) : [invitation.scope]
        let profile = account?.profile ?? Profile()
        let missing: [Detail] =
            isNew
            ? [
                profile.firstName == nil ? .firstName : nil,
                profile.lastName == nil ? .lastName : nil, profile.mobile == nil ? .mobile : nil,
            ].compactMap(\.self) : []
        self.init(
            project: project.name,
            inviter: observed.name(of: inviter) ?? project.name,
            email: email, isNew: isNew, profile: isNew ? profile : Profile(), missing: missing,
            isProfileNeeded: scopes.contains { observed.startsAsAdmin($0) },
            places: scopes.compactMap(observed.place), expiresAt: invitation.expiresAt,
            language: account?.profile.language)
    }
}

extension ObservedState {
    fileprivate func name(of actor: Actor?) -> String? {
        guard let email = actor?.email else { return nil }
        return accounts[email]?.profile.fullName ?? email.spelling
    }

    /// as an admin of a tenant; of an identity the address is enough (W234).
    fileprivate func startsAsAdmin(_ scope: Scope) -> Bool {
        if case .membership = scope { true } else { false }
    }

    fileprivate func place(_ scope: Scope) -> AcceptanceOffer.Place? {
        switch scope {
        case .membership(let tenant, let email):
            guard let grants = membership(of: email, in: tenant)?.grants else { return nil }
            let available = tenants[tenant]?.availableRoles ?? []
            return AcceptanceOffer.Place(
                kind: .tenant, name: tenant.text,
                title: title(tenants[tenant]?.title, tenant.text),
                permissions: grants.permissions.map { title(permissions[$0]?.title, $0.text) },
                roles: grants.roles.filter { available.contains($0) }
                    .map { title(roles[$0]?.title, $0.text) })
        case .identityUser(let code, let email):
            guard let user = user(email, of: code) else { return nil }
            return AcceptanceOffer.Place(
                kind: .identity, name: code.text,
                title: title(identities[code]?.title, code.text),
                roles: user.roles.map(\.text), isAdmin: user.admin)
        }
    }

    private func title(_ title: String?, _ name: String) -> String {
        title.flatMap { $0.isEmpty ? nil : $0 } ?? name
    }
}
