import AccessModel
import Planning

extension Reversal {
    // MARK: - Memberships

    mutating func remove(_ email: EmailAddress, from tenant: TenantName, _ grants: Grants) {
        let address = Address.membership(tenant, email)
        guard let membership = goal.membership(of: email, in: tenant) else {
            return conflict(address, "is no member any more")
        }
        guard membership.grants == grants else {
            return conflict(address, "holds something else by now")
        }
        leave(email)
        change { $0.memberships[tenant]?[email] = nil }
    }

    mutating func restore(_ email: EmailAddress, to tenant: TenantName, _ grants: Grants) {
        let address = Address.membership(tenant, email)
        guard let known = goal.tenants[tenant] else {
            return conflict(address, "there is no such tenant any more")
        }
        guard goal.membership(of: email, in: tenant) == nil else {
            return conflict(address, "is a member again")
        }
        let possible = Grants(
            permissions: SortedSet(grants.permissions.filter { goal.permissions[$0] != nil }),
            roles: grants.roles.intersection(known.availableRoles))
        for name in grants.permissions.subtracting(possible.permissions) {
            conflict(.grant(tenant, email, .permission(name)), "there is no such permission now")
        }
        for name in grants.roles.subtracting(possible.roles) {
            conflict(.grant(tenant, email, .role(name)), "is not available on the tenant now")
        }
        let isPending = begin(email, at: address)
        change {
            $0.memberships[tenant, default: [:]][email] = Membership(
                grants: possible, pending: isPending)
        }
    }

    mutating func set(
        _ grant: Grant, of email: EmailAddress, in tenant: TenantName, to isHeld: Bool
    ) {
        let address = Address.grant(tenant, email, grant)
        guard let membership = goal.membership(of: email, in: tenant) else {
            return conflict(address, "\(email) is no member any more")
        }
        guard membership.grants.contains(grant) != isHeld else {
            return conflict(address, isHeld ? "is held again" : "is not held any more")
        }
        switch grant {
        case .permission(let name):
            guard goal.permissions[name] != nil else {
                return conflict(address, "there is no such permission now")
            }
            change { state in
                if isHeld {
                    state.memberships[tenant]?[email]?.grants.permissions.insert(name)
                } else {
                    state.memberships[tenant]?[email]?.grants.permissions.remove(name)
                }
            }
        case .role(let name):
            guard !isHeld || goal.tenants[tenant]?.availableRoles.contains(name) == true else {
                return conflict(address, "is not available on the tenant now")
            }
            change { state in
                if isHeld {
                    state.memberships[tenant]?[email]?.grants.roles.insert(name)
                } else {
                    state.memberships[tenant]?[email]?.grants.roles.remove(name)
                }
            }
        }
    }

    // MARK: - Identities

    mutating func undoOfUser(_ action: Action) {
        switch action {
        case .addIdentityUser(let code, let email, let user, _):
            remove(
                email, from: code,
                IdentityUserEntry(
                    admin: user.admin, roles: user.roles, enabled: user.enabled ?? true))
        case .removeIdentityUser(let code, let email, let user):
            let address = Address.identityUser(code, email)
            guard goal.identities[code] != nil, goal.user(email, of: code) == nil else {
                return conflict(address, "is a user again, or the identity is gone")
            }
            let isPending = begin(email, at: address)
            change {
                $0.identityUsers[code, default: [:]][email] = IdentityUser(
                    admin: user.admin, roles: user.roles, enabled: user.enabled, pending: isPending)
            }
        case .setIdentityAdmin(let code, let email): set(\.admin, from: true, email, code)
        case .unsetIdentityAdmin(let code, let email): set(\.admin, from: false, email, code)
        case .enableIdentityUser(let code, let email): set(\.enabled, from: true, email, code)
        case .disableIdentityUser(let code, let email): set(\.enabled, from: false, email, code)
        case .setIdentityRoles(let code, let email, let before, let after):
            guard goal.user(email, of: code)?.roles == after else {
                return conflict(.identityUser(code, email), "has other roles by now")
            }
            change { $0.identityUsers[code]?[email]?.roles = before }
        default: preconditionFailure("a change of an identity's user")
        }
    }

    mutating func remove(
        _ email: EmailAddress, from code: IdentityCode, _ entry: IdentityUserEntry
    ) {
        let address = Address.identityUser(code, email)
        guard let user = goal.user(email, of: code) else {
            return conflict(address, "is no user any more")
        }
        guard user.entry == entry else { return conflict(address, "has other rights by now") }
        leave(email)
        change { $0.identityUsers[code]?[email] = nil }
    }

    private mutating func set(
        _ flag: WritableKeyPath<IdentityUser, Bool>, from value: Bool, _ email: EmailAddress,
        _ code: IdentityCode
    ) {
        guard goal.user(email, of: code)?[keyPath: flag] == value else {
            return conflict(.identityUser(code, email), "is not as the run left it")
        }
        change { $0.identityUsers[code]?[email]?[keyPath: flag] = !value }
    }

    // MARK: - Accounts

    /// The account that a place needs; whether its person must accept.
    private mutating func begin(_ email: EmailAddress, at address: Address) -> Bool {
        if let account = goal.accounts[email], !revived.contains(email) {
            let isAsked = past.acceptance == .required && !account.automation
            if account.state == .activated, isAsked {
                impossible(address, "\(email) must accept the place again")
            }
            return account.state == .invited || isAsked
        }
        revive(email)
        guard !past.automation.contains(email) else { return false }
        impossible(
            .account(email),
            "the account is gone; \(email) is invited again, and has access on accepting")
        return true
    }

    /// An account that an import recorded goes with its last place.
    mutating func forget(_ account: Account) {
        guard let present = goal.accounts[account.email],
            present.blocked || goal.hasPlace(account.email)
        else { return }
        impossible(
            .account(account.email),
            present.blocked ? "the account is blocked, and stays" : "the account has other places")
    }

    mutating func restore(_ before: Profile, _ after: Profile, of email: EmailAddress) {
        let address = Address.account(email)
        guard let account = goal.accounts[email] else {
            return conflict(address, "there is no such account any more")
        }
        guard account.state == .invited else {
            return impossible(address, "the details are the person's own since the acceptance")
        }
        guard account.profile.difference(to: after) == nil else {
            return conflict(address, "has other details by now")
        }
        let emptied = [
            ("first name", before.firstName == nil && after.firstName != nil),
            ("last name", before.lastName == nil && after.lastName != nil),
            ("mobile", before.mobile == nil && after.mobile != nil),
            ("language", before.language == nil && after.language != nil),
        ].filter(\.1).map(\.0)
        if !emptied.isEmpty {
            impossible(
                address,
                "there was no \(emptied.joined(separator: ", ")) before, "
                    + "and details are never emptied")
        }
        change { $0.accounts[email]?.profile = account.profile.overridden(by: before) }
    }

    mutating func setBlocked(_ email: EmailAddress, to isBlocked: Bool) {
        guard let account = goal.accounts[email], account.blocked != isBlocked else {
            return conflict(
                .account(email), "is not \(isBlocked ? "unblocked" : "blocked") any more")
        }
        change { $0.accounts[email]?.blocked = isBlocked }
    }
}

extension ObservedState {
    func hasPlace(_ email: EmailAddress) -> Bool {
        memberships.values.contains { $0[email] != nil }
            || identityUsers.values.contains { $0[email] != nil }
    }
}
