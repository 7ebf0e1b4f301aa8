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
    private let before: ObservedState
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
        before = observed
        var after = observed
        for change in changes {
            after.apply(change.action, acceptance: project.invitations.acceptance)
        }
        self.observed = after
        invite(observed.invitations)
        write()
    }

    // MARK: - Invitations

    private mutating func invite(_ earlier: NewestInvitations) {
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
            let kinds = Set(changes.compactMap(\.mail))
            let kind = [MailKind.createAccount, .join].first(where: kinds.contains) ?? .removed
            let scopes = changes.filter { $0.mail != .removed }.compactMap(\.scope).sorted()
            let ended = changes.filter { $0.mail == .removed }.compactMap(\.scope).sorted()
            steps.append(.letter(letter(to: email, kind, scopes, ended: ended)))
        }
    }

    private func letter(
        to email: EmailAddress, _ kind: MailKind, _ scopes: [Scope], ended: [Scope]
    ) -> Letter {
        let first = scopes.compactMap { invitations[$0] }.first
        return LetterWriting(
            project: project, before: before, after: observed, actor: context.actor,
            now: context.now
        ).letter(
            id: first.map(letterID) ?? context.newID(), to: email, kind, about: scopes,
            ended: ended, invitations, expiresAt: first?.expiresAt)
    }

    /// Constant for a generation of an invitation, and with it the Message-ID.
    private func letterID(_ invitation: Invitation) -> String {
        let text = "\(store) \(invitation.id) \(invitation.generation)"
        return hexadecimal(SHA256.hash(data: Array(text.utf8)).prefix(16))
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
