import AccessModel

/// Puts into a letter what the store knows of a person's places.
struct LetterWriting {
    let project: Project
    /// With what has ended, and who has left.
    let before: ObservedState
    /// With what is new.
    let after: ObservedState
    let actor: Actor
    let now: Instant

    func letter(
        id: String, to email: EmailAddress, _ kind: MailKind, about scopes: [Scope],
        ended: [Scope] = [], _ invitations: [Scope: Invitation] = [:], expiresAt: Instant? = nil
    ) -> Letter {
        let account = account(email)
        let new = scopes.compactMap { place($0, in: after, invitations[$0]) }
        let old = ended.compactMap { place($0, in: before) }
        return Letter(
            id: id, recipient: email, recipientName: account?.profile.fullName,
            kind: kind, language: account?.profile.language ?? project.invitations.language,
            inviter: inviter, replyTo: replyTo,
            places: kind == .removed ? old : new,
            ended: kind == .removed || old.isEmpty ? nil : old, expiresAt: expiresAt,
            queuedAt: now)
    }

    private func account(_ email: EmailAddress) -> Account? {
        after.accounts[email] ?? before.accounts[email]
    }

    private var inviter: String {
        guard let email = actor.email else { return project.name }
        return account(email)?.profile.fullName ?? email.spelling
    }

    /// Nobody reads what a pipeline gets.
    private var replyTo: EmailAddress? {
        guard let email = actor.email, account(email)?.automation != true else {
            return nil
        }
        return email
    }

    private func place(
        _ scope: Scope, in observed: ObservedState, _ invitation: Invitation? = nil
    ) -> Letter.Place? {
        switch scope {
        case .membership(let tenant, let email):
            guard let grants = observed.membership(of: email, in: tenant)?.grants else {
                return nil
            }
            return Letter.Place(
                kind: .tenant, name: tenant.text,
                title: title(observed.tenants[tenant]?.title, tenant.text),
                permissions: grants.permissions.map {
                    title(observed.permissions[$0]?.title, $0.text)
                },
                roles: grants.roles.map { title(observed.roles[$0]?.title, $0.text) },
                invitation: invitation?.id, generation: invitation?.generation ?? 0)
        case .identityUser(let code, let email):
            guard let user = observed.user(email, of: code) else { return nil }
            return Letter.Place(
                kind: .identity, name: code.text,
                title: title(observed.identities[code]?.title, code.text),
                roles: user.roles.map(\.text), admin: user.admin, invitation: invitation?.id,
                generation: invitation?.generation ?? 0)
        }
    }

    private func title(_ title: String?, _ name: String) -> String {
        title.flatMap { $0.isEmpty ? nil : $0 } ?? name
    }
}

extension Profile {
    /// `nil` when neither name is known.
    var fullName: String? {
        let parts = [firstName, lastName].compactMap(\.self).filter { !$0.isEmpty }
        return parts.isEmpty ? nil : parts.joined(separator: " ")
    }
}
