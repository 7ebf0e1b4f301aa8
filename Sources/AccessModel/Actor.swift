/// Who acts in a run. A claim: the store's credentials decide who can write.
package enum Actor: Hashable, Sendable {
    /// The platform's owner.
    case platformOperator
    case person(EmailAddress)

    /// An address, or `operator`.
    package var text: String {
        switch self {
        case .platformOperator: "operator"
        case .person(let email): email.canonical
        }
    }

    package var email: EmailAddress? {
        switch self {
        case .platformOperator: nil
        case .person(let email): email
        }
    }
}
