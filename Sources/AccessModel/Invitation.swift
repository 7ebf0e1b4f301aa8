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

    package static func < (a: Self, b: Self) -> Bool {
        switch (a, b) {
        case (.membership(let place, let person), .membership(let other, let another))
        where place == other:
            person < another
        case (.identityUser(let place, let person), .identityUser(let other, let another))
        where place == other:
            person < another
        default: a.address < b.address
        }
    }
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

    var number: InvitationNumber
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
        number = InvitationNumber(id)
        self.scope = scope
        self.generation = generation
        self.state = state
        self.expiresAt = expiresAt
        self.automaticResends = automaticResends
    }

    /// 128 random bits, as 32 hexadecimal digits.
    package var id: String {
        get { number.description }
        set { number = InvitationNumber(newValue) }
    }

    /// Sets the id to the text that these bytes are, without making that text.
    package mutating func setID(_ bytes: UnsafeBufferPointer<UInt8>) {
        number = InvitationNumber(bytes) ?? .text(String(decoding: bytes, as: UTF8.self))
    }

    package func isExpired(at now: Instant) -> Bool { state == .live && expiresAt <= now }
}

/// The digits of an id as the bits that they stand for, which take less room.
enum InvitationNumber: Hashable, Sendable, CustomStringConvertible {
    case bits(UInt64, UInt64)
    /// Whatever else is the id of an invitation.
    case text(String)

    init(_ text: String) {
        var digits = text
        self = digits.withUTF8(Self.init) ?? .text(text)
    }

    /// `nil` where these are not 32 digits.
    init?(_ digits: UnsafeBufferPointer<UInt8>) {
        guard digits.count == 32, let high = Self.bits(digits[..<16]),
            let low = Self.bits(digits[16...])
        else { return nil }
        self = .bits(high, low)
    }

    private static func bits(_ digits: Slice<UnsafeBufferPointer<UInt8>>) -> UInt64? {
        var bits: UInt64 = 0
        for digit in digits {
            switch digit {
            case 0x30...0x39: bits = bits << 4 | UInt64(digit - 0x30)
            case 0x61...0x66: bits = bits << 4 | UInt64(digit - 0x57)
            default: return nil
            }
        }
        return bits
    }

    var description: String {
        switch self {
        case .bits(let high, let low): Self.digits(high) + Self.digits(low)
        case .text(let text): text
        }
    }

    private static func digits(_ bits: UInt64) -> String {
        let digits = String(bits, radix: 16)
        return String(repeating: "0", count: 16 - digits.utf8.count) + digits
    }
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
