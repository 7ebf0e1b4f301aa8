import AccessModel
import Manifests
import Planning
import Syntax

extension Adopter {
    /// Turns one change of the plan round: what it would do to the store is done to the manifests.
    mutating func adopt(_ change: Change) {
        let address = change.address
        switch change.action {
        case .removeAdmin(let tenant, let email, let grants):
            declare(DesiredMembership(tenant: tenant, email: email, grants: grants))
        case .removeIdentityUser(let code, let email, let user):
            declare(
                DesiredIdentityUser(
                    identity: code, email: email, admin: user.admin, roles: user.roles,
                    enabled: user.enabled ? nil : false))
        case .inviteAdmin, .addAdmin, .addIdentityUser: remove(address)
        case .revokePermission(let tenant, let email, let name):
            give(name.text, "permissions", .membership(tenant, email), address)
        case .unassignRole(let tenant, let email, let name):
            give(name.text, "roles", .membership(tenant, email), address)
        case .grantPermission(let tenant, let email, let name):
            take(name.text, "permissions", .membership(tenant, email), address)
        case .assignRole(let tenant, let email, let name):
            take(name.text, "roles", .membership(tenant, email), address)
        case .disableRole(let tenant, let role):
            guard let place = index.documents[.tenant(tenant)] else { return }
            add(.text(role.text), to: "availableRoles", of: place, about: address)
        case .enableRole(let tenant, let role):
            remove(
                role.text, from: "availableRoles", of: index.documents[.tenant(tenant)],
                about: address)
        case .blockAccount, .unblockAccount, .updateProfile: adoptPerson(change)
        case .setIdentityAdmin, .unsetIdentityAdmin, .setIdentityRoles, .enableIdentityUser,
            .disableIdentityUser:
            adoptUser(change)
        case .updatePermission, .updateRole, .updateTenant, .updateIdentity: adoptFields(change)
        case .createPermission, .createRole, .createTenant, .createIdentity:
            leave(
                address,
                "it was deleted in the store: take its document out by hand, or apply puts it back")
        case .deleteIdentity, .deleteTenant, .deleteRole, .deletePermission, .deleteAccount,
            .resendInvitation:
            break
        }
    }

    private mutating func give(
        _ name: String, _ key: String, _ membership: Address, _ address: Address
    ) {
        guard let item = index.items[membership] else { return }
        add(.text(name), to: key, of: item.place, about: address)
    }

    private mutating func take(
        _ name: String, _ key: String, _ membership: Address, _ address: Address
    ) {
        remove(name, from: key, of: index.items[membership]?.place, about: address)
    }

    private mutating func adoptPerson(_ change: Change) {
        guard let email = change.address.person else { return }
        let place = index.documents[.account(email)]
        switch change.action {
        case .blockAccount: set("blocked", to: .word("false"), in: place, about: change.address)
        case .unblockAccount: set("blocked", to: .word("true"), in: place, about: change.address)
        case .updateProfile(_, let before, let after):
            for (key, field) in [
                ("firstName", \Profile.firstName), ("lastName", \.lastName), ("mobile", \.mobile),
                ("language", \.language),
            ] where after[keyPath: field] != nil {
                if let value = before[keyPath: field] {
                    set(key, to: .text(value), in: place, about: change.address)
                } else {
                    leave(change.address, "the store has no \(key) any more: take it out by hand")
                }
            }
        default: return
        }
    }

    private mutating func adoptUser(_ change: Change) {
        let place = index.items[change.address]?.place
        func isAdminOfTenant(_ code: IdentityCode) -> Bool {
            // `identityAdmins` of the tenant makes one whatever the entry says.
            place?.node["admin"]?.text != "true"
        }
        switch change.action {
        case .setIdentityAdmin(let code, _) where isAdminOfTenant(code):
            leave(change.address, "take it out of the tenant's `identityAdmins` by hand")
        case .setIdentityAdmin:
            set("admin", to: .word("false"), in: place, about: change.address)
        case .unsetIdentityAdmin:
            set("admin", to: .word("true"), in: place, about: change.address)
        case .enableIdentityUser:
            set("enabled", to: .word("false"), in: place, about: change.address)
        case .disableIdentityUser:
            set("enabled", to: .word("true"), in: place, about: change.address)
        case .setIdentityRoles(_, _, let before, let after):
            guard let place else { return leave(change.address, "declare the user by hand") }
            for role in after.subtracting(before) {
                remove(role.text, from: "roles", of: place, about: change.address)
            }
            for role in before.subtracting(after) {
                add(.text(role.text), to: "roles", of: place, about: change.address)
            }
        default: return
        }
    }

    private mutating func adoptFields(_ change: Change) {
        let place = index.documents[change.address]
        func fields(_ pairs: [(String, String?)]) {
            for case (let key, let value?) in pairs {
                set(key, to: .text(value), in: place, about: change.address)
            }
        }
        switch change.action {
        case .updatePermission(_, let before, _): fields([("title", before.title)])
        case .updateRole(_, let before, _):
            fields([
                ("title", before.title), ("description", before.description),
                ("application", before.application),
            ])
            if let sensitive = before.sensitive {
                set("sensitive", to: .word("\(sensitive)"), in: place, about: change.address)
            }
        case .updateTenant(_, let before, _):
            fields([("title", before.title), ("environment", before.environment?.rawValue)])
        case .updateIdentity(_, let before, _):
            fields([("title", before.title), ("tenant", before.tenant?.text)])
        default: return
        }
    }

    // MARK: - What no change speaks of

    /// Entries that somebody took away in the store and that a rule refuses to put back, as the
    /// person's account went with them.
    mutating func adoptRefused(_ plan: Plan) {
        let planned = Set(plan.changes.map(\.address))
        for foreign in observed.foreignChanges where foreign.before != nil && foreign.after == nil {
            let address = foreign.address
            guard !planned.contains(address), !observed.contains(address),
                index.items[address] != nil, isManaged(address)
            else { continue }
            remove(address)
        }
    }

    private func isManaged(_ address: Address) -> Bool {
        if let tenant = address.tenant {
            return desired.tenants.contains { $0.name == tenant && $0.management != .observe }
        }
        return desired.identities.contains {
            $0.code == address.identity && $0.management != .observe
        }
    }

    /// Permissions, roles, tenants and identities that the store has and nothing declares, and the
    /// members and users whom an additive declaration left alone.
    mutating func adoptUndeclared(_ plan: Plan) {
        let layout = ManifestLayout(people: 0)
        let earlier = earlierNames
        let permissions = Set(desired.permissions.map(\.permission.name))
            .union(PermissionName.builtIn)
        for permission in restated.permissions
        where !permissions.contains(permission.permission.name) {
            write(permission.entries, to: layout.permissions)
        }
        let roles = Set(desired.roles.map(\.role.name))
        for role in restated.roles
        where !roles.contains(role.role.name) && !earlier.contains(.role(role.role.name)) {
            write(role.entries, to: layout.roles)
        }
        let tenants = Set(desired.tenants.map(\.name))
        let newTenants = restated.tenants.filter {
            !tenants.contains($0.name) && !earlier.contains(.tenant($0.name))
        }
        for tenant in newTenants {
            write(tenant.entries, to: layout.tenant(tenant.name))
            for membership in restated.memberships where membership.tenant == tenant.name {
                declare(membership)
            }
        }
        let identities = Set(desired.identities.map(\.code))
        let known = tenants.union(newTenants.map(\.name))
        for identity in restated.identities
        where !identities.contains(identity.code) && !earlier.contains(.identity(identity.code))
            && known.contains(identity.tenant)
        {
            let users = restated.identityUsers.filter { $0.identity == identity.code }
            write(identity.entries(with: users), to: layout.identity(identity.code))
        }
        for note in plan.notes where note.kind == .unmanaged {
            if let tenant = note.address.tenant, let email = note.address.person,
                let membership = observed.membership(of: email, in: tenant)
            {
                declare(
                    DesiredMembership(tenant: tenant, email: email, grants: membership.grants))
            } else if let user = restated.identityUsers.first(where: {
                .identityUser($0.identity, $0.email) == note.address
            }) {
                declare(user)
            }
        }
    }

    /// What a declared rename will take the name from.
    private var earlierNames: Set<Address> {
        Set(
            desired.roles.flatMap { $0.formerly.map { .role($0) } }
                + desired.tenants.flatMap { $0.formerly.map { .tenant($0) } }
                + desired.identities.flatMap { $0.formerly.map { .identity($0) } })
    }
}
