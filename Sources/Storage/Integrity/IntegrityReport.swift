package import AccessModel

/// What `store check` found: one finding for each check, in the order of `Check`.
package struct IntegrityReport: Hashable, Sendable {
    /// RULES section 7 and what it rests on.
    package enum Check: String, Hashable, Sendable, CaseIterable {
        /// The engine's own.
        case engine
        /// Tables, columns, keys, indices.
        case schema
        /// What writes down what others change, and what it wrote.
        case recorder
        /// Rows that are named by others are there.
        case references
        /// Every value is one that Muster writes.
        case values
        /// One account per canonical e-mail.
        case accounts
        /// One membership per tenant and account, one user per identity and account.
        case places
        /// At most one live invitation per scope and account.
        case invitations
        /// A member's roles are available on the tenant.
        case roles
        /// No account without a membership or an identity, blocked ones excepted.
        case strays
        /// Raw tokens are never stored.
        case tokens
        /// The audit sequence has no gap.
        case sequence
        /// The hash chain of the audit verifies.
        case chain
        /// Access is what Muster left and others are recorded to have changed since.
        case state
    }

    package struct Finding: Hashable, Sendable {
        package var check: Check
        /// The first of them; at most `limit`.
        package var problems: [IntegrityProblem]
        /// How many there are.
        package var count: Int

        package static let limit = 20

        package init(_ check: Check, _ problems: [IntegrityProblem]) {
            self.check = check
            self.problems = Array(problems.prefix(Self.limit))
            count = problems.count
        }

        package var isGood: Bool { count == 0 }
    }

    package var findings: [Finding]
    /// `nil` when the store does not even say which one it is.
    package var origin: ObservedState.Origin?
    /// Of everything that is kept: equal in two stores with the same content, whatever the engine.
    package var digest: String?
    package var auditHead: String?

    package init(
        findings: [Finding], origin: ObservedState.Origin? = nil, digest: String? = nil,
        auditHead: String? = nil
    ) {
        self.findings = findings
        self.origin = origin
        self.digest = digest
        self.auditHead = auditHead
    }

    /// Of something that cannot be looked into.
    package init(unreadable problems: [String]) {
        self.init(
            findings: Check.allCases.map { check in
                Finding(check, check == .engine ? problems.map { .engine($0) } : [.notReached])
            })
    }

    package var isGood: Bool { findings.allSatisfy(\.isGood) }
}

/// One thing that is wrong with a store. Names of rows are `table key/key`.
package enum IntegrityProblem: Hashable, Sendable {
    /// In the engine's own words.
    case engine(String)
    /// The check could not be made.
    case failed(String)
    /// The store could not be opened far enough.
    case notReached
    /// A part of the schema, such as `index invitations_live`.
    case missing(String)
    case altered(String)
    case unexpected(String)
    case recorder(RecorderFault)
    /// A row names another one that is not there.
    case dangling(row: String, table: String)
    /// A value that Muster does not write: of a row, what it is.
    case value(row: String, what: String)
    case notCanonical(String)
    case twice(String)
    case liveTwice(Scope)
    case unavailable(TenantName, EmailAddress, RoleName)
    case stray(EmailAddress)
    case tokenHash(invitation: String)
    /// Numbers from and to are not there, in a table.
    case gap(String, Int64, Int64)
    case brokenChain(AuditVerification.Break)
    case headNotFound(String)
}
