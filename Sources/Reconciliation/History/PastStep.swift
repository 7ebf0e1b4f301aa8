package import AccessModel
package import Planning
package import Storage

/// What one audit entry says was done, as a value again.
package enum PastStep: Hashable, Sendable {
    case change(Action)
    /// By an import; what was there before is not in the entry.
    case account(Account)
    case membership(TenantName, EmailAddress, Grants)
    case user(IdentityCode, EmailAddress, IdentityUserEntry)
    /// A person accepted, and the account became Activated.
    case activation(EmailAddress, Profile)
    /// A person accepted one more place.
    case joining(Scope)
    /// Somebody ended an invitation by hand, or declined it.
    case invitation(Scope, Invitation.State)
    /// Personal data went: the person's, and of the entry or run that the address names.
    case forgetting
    /// An entry that a later version wrote, or whose content does not fit its kind.
    case unknown
}

/// An audit entry with its states as values.
package struct PastEntry: Hashable, Sendable {
    package var entry: AuditEntry
    package var step: PastStep
    package var before: JSON
    package var after: JSON

    package init(_ entry: AuditEntry) {
        self.entry = entry
        before = entry.before.map(Self.value) ?? .null
        after = entry.after.map(Self.value) ?? .null
        step = Self.step(entry, before, after)
    }

    private static func value(_ text: String) -> JSON {
        switch JSONReader.value(of: Array(text.utf8)) {
        case .success(let value): value
        case .failure: .string(text)
        }
    }

    private static func step(_ entry: AuditEntry, _ before: JSON, _ after: JSON) -> PastStep {
        if Forgetting.kinds.contains(entry.kind) { return .forgetting }
        guard let address = Address(planText: entry.address) else { return .unknown }
        if let kind = ChangeKind(rawValue: entry.kind) {
            return Action(
                kind, address, before: before.asPlanned(kind), after: after.asPlanned(kind)
            ).map(PastStep.change) ?? .unknown
        }
        switch (entry.kind, address) {
        case ("recordAccount", .account(let email)):
            return .account(
                Account(
                    email: email, profile: Profile(audited: after["profile"]),
                    state: after["state"]?.string.flatMap(Account.State.init) ?? .activated,
                    blocked: after["blocked"]?.bool ?? false,
                    automation: after["automation"]?.bool ?? false))
        case ("recordMembership", .membership(let tenant, let email)):
            return .membership(tenant, email, Grants(audited: after))
        case ("recordIdentityUser", .identityUser(let code, let email)):
            return .user(code, email, IdentityUserEntry(audited: after))
        case ("activateAccount", .account(let email)):
            return .activation(email, Profile(audited: after["profile"]))
        case ("join", .membership(let tenant, let email)):
            return .joining(.membership(tenant, email))
        case ("join", .identityUser(let code, let email)):
            return .joining(.identityUser(code, email))
        case ("setInvitation", .membership(let tenant, let email)):
            return invitation(.membership(tenant, email), after)
        case ("setInvitation", .identityUser(let code, let email)):
            return invitation(.identityUser(code, email), after)
        default: return .unknown
        }
    }

    private static func invitation(_ scope: Scope, _ after: JSON) -> PastStep {
        after["state"]?.string.flatMap(Invitation.State.init(rawValue:))
            .map { .invitation(scope, $0) } ?? .unknown
    }
}

extension JSON {
    /// The audit's shape as the plan's: there a pipeline's account is told within the profile, and
    /// a deleted account is its profile. What was erased is empty.
    fileprivate func asPlanned(_ kind: ChangeKind) -> JSON {
        guard case .object(var members) = self else { return self }
        switch kind {
        case .deleteAccount: return self["profile"] ?? .object([])
        case .inviteAdmin, .addIdentityUser:
            var profile = self["profile"]?.members ?? (kind == .inviteAdmin ? [] : nil)
            if let automation = self["automation"] {
                profile?.append(Member("automation", automation))
            }
            members.removeAll { $0.key == "profile" || $0.key == "automation" }
            if let profile { members.append(Member("profile", .object(profile))) }
            return .object(members)
        default: return self
        }
    }
}

extension Profile {
    fileprivate init(audited json: JSON?) {
        self.init(
            firstName: json?["firstName"]?.string, lastName: json?["lastName"]?.string,
            mobile: json?["mobile"]?.string, language: json?["language"]?.string)
    }
}

extension Grants {
    fileprivate init(audited json: JSON) {
        func names<Tag>(_ key: String) -> SortedSet<Name<Tag>> {
            SortedSet((json[key]?.array ?? []).compactMap { $0.string.map { Name<Tag>($0) } })
        }
        self.init(permissions: names("permissions"), roles: names("roles"))
    }
}

extension IdentityUserEntry {
    fileprivate init(audited json: JSON) {
        self.init(
            admin: json["admin"]?.bool ?? false,
            roles: SortedSet(
                (json["roles"]?.array ?? []).compactMap { $0.string.map { Label($0) } }),
            enabled: json["enabled"]?.bool ?? true)
    }
}
