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
        var issued: [Invitation] = []
        func add(_ invitation: Invitation) {
            invitations[invitation.scope] = invitation
            issued.append(invitation)
            if issued.count == Self.window { sign(&issued) }
        }
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
        sign(&issued)
    }

    /// So many are made on all processors at once, and no more, so that a million never lie in
    /// memory twice.
    private static let window = 16_384

    private mutating func sign(_ issued: inout [Invitation]) {
        if issued.isEmpty { return }
        guard let key else { preconditionFailure("links need the invitation key") }
        let (store, some) = (store, issued)
        steps += valuesOfPortions(of: some.indices) { portion in
            some[portion].map { invitation in
                let token = key.token(
                    store: store, invitation: invitation.id, generation: invitation.generation)
                return Step.issue(invitation, tokenHash: tokenHash(token))
            }
        }.joined()
        issued.removeAll(keepingCapacity: true)
    }

    // MARK: - Letters

    private mutating func write() {
        var people: [EmailAddress: [Int]] = [:]
        for (index, change) in changes.enumerated() where change.mail != nil {
            guard let email = change.address.person else { continue }
            people[email, default: []].append(index)
        }
        let emails = people.keys.sorted()
        let writing = LetterWriting(
            project: project, before: before, after: observed, actor: context.actor,
            now: context.now)
        let (store, changes, invitations) = (store, changes, invitations)
        steps.reserveCapacity(steps.count + emails.count)
        for start in stride(from: 0, to: emails.count, by: Self.window) {
            // What is random is drawn here, in the order of the addresses.
            let mails = emails[start...].prefix(Self.window).map { email in
                let indices = people[email] ?? []
                let hasLink = indices.contains { link(in: changes[$0]) != nil }
                return (email: email, indices: indices, id: hasLink ? nil : context.newID())
            }
            steps += valuesOfPortions(of: mails.indices) { portion in
                mails[portion].map { mail in
                    let about = Subject(mail.indices.map { changes[$0] })
                    let first = about.scopes.lazy.compactMap { invitations[$0] }.first
                    guard let id = mail.id ?? first.map({ letterID($0, store: store) }) else {
                        preconditionFailure("a letter has a link or a number of its own")
                    }
                    return Step.letter(
                        writing.letter(
                            id: id, to: mail.email, about.kind, about: about.scopes,
                            ended: about.ended, invitations, expiresAt: first?.expiresAt))
                }
            }.joined()
        }
    }

    /// The invitation whose link a letter about a change has.
    private func link(in change: Change) -> Invitation? {
        change.mail == .removed ? nil : change.scope.flatMap { invitations[$0] }
    }

    /// What a letter is about.
    private struct Subject {
        var kind: MailKind
        var scopes: [Scope]
        var ended: [Scope]

        /// - Parameter changes: All of one person's that are told of.
        init(_ changes: [Change]) {
            let kinds = Set(changes.compactMap(\.mail))
            kind = [.createAccount, .join].first(where: kinds.contains) ?? .removed
            scopes = changes.filter { $0.mail != .removed }.compactMap(\.scope).sorted()
            ended = changes.filter { $0.mail == .removed }.compactMap(\.scope).sorted()
        }
    }
}

/// Constant for a generation of an invitation, and with it the Message-ID.
private func letterID(_ invitation: Invitation, store: String) -> String {
    let text = "\(store) \(invitation.id) \(invitation.generation)"
    return hexadecimal(SHA256.hash(data: Array(text.utf8)).prefix(16))
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
