/// A person's own details. A field that is `nil` is not known or not declared.
package struct Profile: Hashable, Sendable {
    package var firstName: String?
    package var lastName: String?
    /// E.164; used for two-factor authentication.
    package var mobile: String?
    package var language: String?

    package init(
        firstName: String? = nil, lastName: String? = nil, mobile: String? = nil,
        language: String? = nil
    ) {
        self.firstName = firstName
        self.lastName = lastName
        self.mobile = mobile
        self.language = language
    }

    package var isEmpty: Bool { self == Profile() }

    /// Enough to start as an admin.
    package var isCompleteForAdmin: Bool { firstName != nil && lastName != nil && mobile != nil }

    /// These details, with every one that `other` states in its place.
    package func overridden(by other: Profile) -> Profile {
        Profile(
            firstName: other.firstName ?? firstName, lastName: other.lastName ?? lastName,
            mobile: other.mobile ?? mobile, language: other.language ?? language)
    }

    /// The fields that `desired` states otherwise than these, as they are and as they should be.
    package func difference(to desired: Profile) -> (before: Profile, after: Profile)? {
        var before = Profile()
        var after = Profile()
        func compare(_ field: WritableKeyPath<Profile, String?>) {
            guard let wanted = desired[keyPath: field], wanted != self[keyPath: field] else {
                return
            }
            before[keyPath: field] = self[keyPath: field]
            after[keyPath: field] = wanted
        }
        compare(\.firstName)
        compare(\.lastName)
        compare(\.mobile)
        compare(\.language)
        return after.isEmpty ? nil : (before, after)
    }
}

/// One person, or one pipeline, by canonical e-mail address.
package struct Account: Hashable, Sendable {
    /// Derived, never declared.
    package enum State: String, Hashable, Sendable, CaseIterable {
        case invited = "Invited"
        case activated = "Activated"
    }

    package var email: EmailAddress
    private var details: ProfileBox
    package var state: State
    package var blocked: Bool
    package var automation: Bool

    package init(
        email: EmailAddress, profile: Profile = Profile(), state: State, blocked: Bool = false,
        automation: Bool = false
    ) {
        self.email = email
        details = ProfileBox(profile)
        self.state = state
        self.blocked = blocked
        self.automation = automation
    }

    package var profile: Profile {
        get { details.profile }
        set { details = ProfileBox(newValue) }
    }

    /// Can act, and counts for floors.
    package var isActive: Bool { state == .activated && !blocked }
}

/// A profile that takes the room of a pointer: most accounts have none.
private struct ProfileBox: Hashable, Sendable, CustomStringConvertible {
    private final class Content: Sendable {
        let profile: Profile
        init(_ profile: Profile) { self.profile = profile }
    }

    private let content: Content?

    init(_ profile: Profile) { content = profile.isEmpty ? nil : Content(profile) }

    var profile: Profile { content?.profile ?? Profile() }
    var description: String { "\(profile)" }

    static func == (a: Self, b: Self) -> Bool {
        a.content === b.content || a.profile == b.profile
    }

    func hash(into hasher: inout Hasher) { hasher.combine(profile) }
}
