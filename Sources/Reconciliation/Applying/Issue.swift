import AccessModel
import Crypto
import Invitations
import Planning
import Storage

/// The invitations and letters that a plan's changes bring with them.
///
/// One letter per person; one link in it for a new account, one per place that an existing
/// account must accept.
struct Issue {
    let store: String
    private let changes: [Change]
    private let project: Project
    private let observed: ObservedState
    private let key: InvitationKey?
    private let context: RunContext
    private(set) var invitations: [Scope: Invitation] = [:]
    private(set) var steps: [Step] = []

    var keyFingerprint: String? { invitations.isEmpty ? nil : key?.fingerprint }

    init(
        changes: [Change], project: Project, observed: ObservedState, store: String,
        key: InvitationKey?, context: RunContext
    ) {
        self.changes = changes
        self.project = project
        self.store = store
        self.key = key
        self.context = context
        var after = observed
        for change in changes {
            after.apply(change.action, acceptance: project.invitations.acceptance)
        }
        self.observed = after
        invite(observed.invitations)
        write()
    }

    // MARK: - Invitations

    private mutating func invite(_ earlier: Invitations) {
        let expires = context.now.adding(seconds: project.invitations.expireAfter)
        for change in changes {
            switch change.action {
            case .inviteAdmin(let tenant, let email, _, _), .addAdmin(let tenant, let email, _):
                guard observed.membership(of: email, in: tenant)?.pending == true else { continue }
                add(
                    Invitation(
                        id: context.newID(), scope: .membership(tenant, email), expiresAt: expires))
            case .addIdentityUser(let code, let email, _, _):
                guard observed.user(email, of: code)?.pending == true else { continue }
                add(
                    Invitation(
                        id: context.newID(), scope: .identityUser(code, email), expiresAt: expires))
            case .resendInvitation(let scope, let generation):
                var invitation =
                    earlier[scope]
                    ?? Invitation(
                        id: context.newID(), scope: scope, generation: 0, expiresAt: expires)
                invitation.generation = generation + 1
                invitation.state = .live
                invitation.expiresAt = expires
                invitation.automaticResends =
                    change.reason == .invitationExpired ? invitation.automaticResends + 1 : 0
                add(invitation)
            default: continue
            }
        }
    }

    private mutating func add(_ invitation: Invitation) {
        guard let key else { preconditionFailure("links need the invitation key") }
        let token = key.token(
            store: store, invitation: invitation.id, generation: invitation.generation)
        invitations[invitation.scope] = invitation
        steps.append(.issue(invitation, tokenHash: tokenHash(token)))
    }

    // MARK: - Letters

    private mutating func write() {
        var people: [EmailAddress: [Int]] = [:]
        for (index, change) in changes.enumerated() where change.mail != nil {
            guard let email = change.address.person else { continue }
            people[email, default: []].append(index)
        }
        for email in people.keys.sorted() {
            let changes = (people[email] ?? []).map { self.changes[$0] }
            let scopes = changes.compactMap(\.scope).sorted()
            let kind: MailKind =
                changes.contains { $0.mail == .createAccount } ? .createAccount : .join
            steps.append(.letter(letter(to: email, kind, scopes)))
        }
    }

    private func letter(to email: EmailAddress, _ kind: MailKind, _ scopes: [Scope]) -> Letter {
        let profile = observed.accounts[email]?.profile
        let first = scopes.compactMap { invitations[$0] }.first
        return Letter(
            id: first.map(letterID) ?? context.newID(), recipient: email,
            recipientName: profile?.fullName, kind: kind,
            language: profile?.language ?? project.invitations.language, inviter: inviter,
            places: scopes.compactMap(place), expiresAt: first?.expiresAt, queuedAt: context.now)
    }

    /// Constant for a generation of an invitation, and with it the Message-ID.
    private func letterID(_ invitation: Invitation) -> String {
        let text = "\(store) \(invitation.id) \(invitation.generation)"
        return hexadecimal(SHA256.hash(data: Array(text.utf8)).prefix(16))
    }

    private var inviter: String {
        guard let email = context.actor.email else { return project.name }
        return observed.accounts[email]?.profile.fullName ?? email.spelling
    }

    private func place(_ scope: Scope) -> Letter.Place? {
        let invitation = invitations[scope]
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

extension Change {
    /// The place that a letter about this change tells of.
    var scope: Scope? {
        switch action {
        case .resendInvitation(let scope, _): return scope
        default: break
        }
        switch address {
        case .membership(let tenant, let email): return .membership(tenant, email)
        case .identityUser(let code, let email): return .identityUser(code, email)
        default: return nil
        }
    }
}
