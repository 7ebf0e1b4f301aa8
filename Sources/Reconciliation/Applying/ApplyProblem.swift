package import Diagnostics
package import Invitations
package import Storage

/// Why nothing was applied. `Presentation` makes the sentence, `Commands` the exit code.
package enum ApplyProblem: Error, Sendable {
    case store(StoreError)
    /// E301: what the plan was computed from has changed; findings under the lock say more.
    case stale([ResolvedDiagnostic])
    /// A check failed on the live store: E371 and the other rules.
    case refused([ResolvedDiagnostic])
    /// The plan has errors, is for another clock, or compares revisions.
    case notApplicable(String)
    /// The plan was made by somebody else (64).
    case otherActor(plan: String, run: String)
    case key(KeyProblem)
}

/// E305: the invitation key is missing, unusable, or not the one that the store's links were made
/// with.
package enum KeyProblem: Error, Hashable, Sendable {
    case other(expected: String, found: String)
    case missing(String)
    case unusable(String)
}

/// Where the invitation key comes from.
package protocol InvitationKeySource: Sendable {
    /// - Parameter mayCreate: no link was ever made with another key.
    func key(mayCreate: Bool) throws(KeyProblem) -> InvitationKey
}

/// What came of an apply.
package enum ApplyOutcome: Hashable, Sendable {
    case applied(run: Int64, auditHead: String)
    /// This very plan was applied before.
    case alreadyApplied(run: Int64)
    case nothingToDo
}
