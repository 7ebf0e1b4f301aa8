package import Invitations
package import Storage

/// What came of a copy: the store, and the key of its links, which is no part of it.
package struct CopyReport: Hashable, Sendable {
    /// Where a store's key is looked for.
    package enum KeyPlace: Hashable, Sendable {
        /// `MUSTER_INVITATION_KEY`
        case variable
        case file(String)
    }

    /// The key that a store meets in its place.
    package enum KeyStanding: Hashable, Sendable {
        /// No link was ever made: any key will do.
        case unused
        case fits
        case other
        case missing
        case unusable(String)
    }

    package struct Key: Hashable, Sendable {
        package var place: KeyPlace
        package var standing: KeyStanding

        /// - Parameter fingerprint: of the store; `nil` before its first link.
        package init(
            _ place: KeyPlace, _ key: Result<InvitationKey, KeyProblem>, fingerprint: String?
        ) {
            self.place = place
            guard let fingerprint else {
                standing = .unused
                return
            }
            switch key {
            case .success(let key): standing = key.fingerprint == fingerprint ? .fits : .other
            case .failure(.missing): standing = .missing
            case .failure(.unusable(let reason)): standing = .unusable(reason)
            case .failure(.other): standing = .other
            }
        }
    }

    package var outcome: CopyOutcome
    package var sourceKey: Key
    package var targetKey: Key

    package init(_ outcome: CopyOutcome, sourceKey: Key, targetKey: Key) {
        self.outcome = outcome
        self.sourceKey = sourceKey
        self.targetKey = targetKey
    }
}
