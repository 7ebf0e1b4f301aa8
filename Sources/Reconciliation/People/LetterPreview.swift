package import AccessModel
package import Invitations
import Planning

/// A letter as it would go out now. Nothing is written, and its link opens nothing.
package struct LetterPreview: Sendable {
    /// Stands where a token would be; it has not even the shape of one.
    package static let token = "PREVIEW-AND-NO-TOKEN"

    package enum Problem: Error, Hashable, Sendable {
        case unknown(EmailAddress)
        /// There is nothing that such a letter would tell of.
        case noPlace(EmailAddress, kind: String)
        /// The actor may not know what the person has.
        case notForActor(EmailAddress)
    }

    private let project: Project
    private let actor: Actor
    private let now: Instant

    package init(project: Project, actor: Actor, now: Instant) {
        self.project = project
        self.actor = actor
        self.now = now
    }

    /// To nobody: an example.
    package func example(_ kind: LetterKind) -> Letter {
        .example(
            kind, language: project.invitations.language, validFor: project.invitations.expireAfter,
            asks: project.invitations.acceptance == .required, at: now)
    }

    /// To somebody of the store.
    ///
    /// - Parameter kind: when it is left out, what the person would get: an invitation as long as
    ///   there is no account that works.
    package func letter(
        to email: EmailAddress, _ kind: LetterKind?, in observed: ObservedState
    ) -> Result<Letter, Problem> {
        guard let account = observed.accounts[email] else {
            // A stranger learns of nobody who has an account, nor of nobody who has none.
            return .failure(actor == .platformOperator ? .unknown(email) : .notForActor(email))
        }
        let kind = kind ?? (account.state == .invited ? .createAccount : .join)
        let pending = observed.pendingScopes(of: email)
        let scopes =
            kind == .createAccount || kind == .join && !pending.isEmpty
            ? pending : observed.scopes(of: email)
        let known = scopes.filter { observed.mayInvite(actor, to: $0) }
        guard !known.isEmpty else {
            let tells =
                actor == .platformOperator
                || observed.scopes(of: email).contains { observed.mayInvite(actor, to: $0) }
            return .failure(tells ? .noPlace(email, kind: kind.rawValue) : .notForActor(email))
        }
        let opens = kind == .removed ? [] : known.filter(pending.contains)
        let invitations = Dictionary(
            uniqueKeysWithValues: opens.map { scope in
                (
                    scope,
                    observed.invitations[scope] ?? Invitation(id: "", scope: scope, expiresAt: now)
                )
            })
        let letter = LetterWriting(
            project: project, before: observed, after: observed, actor: actor, now: now
        ).letter(
            id: String(repeating: "0", count: 32), to: account.email, kind.mail,
            about: kind == .removed ? [] : known, ended: kind == .removed ? known : [],
            invitations,
            expiresAt: opens.isEmpty ? nil : now.adding(seconds: project.invitations.expireAfter))
        return .success(letter)
    }

    package func content(of letter: Letter, _ templates: LetterTemplates) -> LetterContent {
        LetterContent(
            letter, acceptURL: project.invitations.acceptURL, templates: templates
        ) { _, _ in Self.token }
    }

    package func message(for letter: Letter, saying content: LetterContent) -> OutgoingMessage {
        Invitations.message(for: letter, from: project.sender, saying: content)
    }
}

extension ObservedState {
    /// Every place of one person, sorted.
    fileprivate func scopes(of email: EmailAddress) -> [Scope] {
        let memberships = memberships.keys.filter { membership(of: email, in: $0) != nil }
            .map { Scope.membership($0, email) }
        let users = identityUsers.keys.filter { user(email, of: $0) != nil }
            .map { Scope.identityUser($0, email) }
        return (memberships + users).sorted()
    }
}
