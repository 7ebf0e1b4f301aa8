/// Where somebody is invited to.
package enum Scope: Hashable, Sendable, Comparable {
    case membership(TenantName, EmailAddress)
    case identityUser(IdentityCode, EmailAddress)

    package var email: EmailAddress {
        switch self {
        case .membership(_, let email), .identityUser(_, let email): email
        }
    }

    /// The address that a resent invitation has in a plan.
    package var address: Address {
        switch self {
        case .membership(let tenant, let email): .membership(tenant, email)
        case .identityUser(let code, let email): .identityUser(code, email)
        }
    }

    package static func < (a: Self, b: Self) -> Bool { a.address < b.address }
}

/// An invitation to one scope; at most one per person and scope is live.
package struct Invitation: Hashable, Sendable {
    package enum State: String, Hashable, Sendable, CaseIterable {
        /// Out, and good until `expiresAt`.
        case live
        case accepted
        case declined
        /// The mail could not be delivered.
        case undeliverable
        /// Taken back by hand; only `invitation resend` re-opens it.
        case revoked
        /// Ended with what it was for, or by an acceptance elsewhere.
        case closed
    }

    /// 128 random bits, as 32 hexadecimal digits.
    package var id: String
    package var scope: Scope
    /// Grows by one with each new link; only the newest link is good.
    package var generation: Int
    package var state: State
    package var expiresAt: Instant
    /// How often it was sent again because it had expired (`resendAfterExpiry`).
    package var automaticResends: Int

    package init(
        id: String, scope: Scope, generation: Int = 1, state: State = .live, expiresAt: Instant,
        automaticResends: Int = 0
    ) {
        self.id = id
        self.scope = scope
        self.generation = generation
        self.state = state
        self.expiresAt = expiresAt
        self.automaticResends = automaticResends
    }

    package func isExpired(at now: Instant) -> Bool { state == .live && expiresAt <= now }
}

/// What a letter about a scope is.
package enum MailKind: String, Hashable, Sendable, CaseIterable {
    /// Invites to create an account.
    case createAccount
    /// Says that one has joined.
    case join
    /// Says that access has ended; only where the project wants that (`removedMail`).
    case removed
}
