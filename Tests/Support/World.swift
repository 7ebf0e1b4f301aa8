package import AccessModel
package import Planning

/// A small world: what the manifests declare, what the store holds, and who acts.
///
/// The actor is `me@x.example`, who is on every tenant with {I,P,R} in both states unless the test
/// says otherwise; `World(actor: "operator")` has nobody added. Roles and permissions that a test
/// mentions are in both catalogues, and available on the tenant in both states, unless said.
package struct World: Sendable {
    package var actor: Actor
    package var desired = DesiredState(project: Project(name: "acme-access"))
    package var observed = ObservedState(origin: ObservedState.Origin(id: "store", serial: 1))
    package var now = Instant.of("2026-11-22T10:00:00Z")
    package var at: Instant?
    package var allow = Allowances()
    package var selection = PlanRequest.Selection()
    package var onlyExpired = false

    package init(actor: String = "me") {
        self.actor = actor == "operator" ? .platformOperator : .person(.of(actor))
        desired.permissions = Permission.builtIn.map { DesiredPermission(permission: $0) }
    }

    /// A world with one tenant, production.
    package init(actor: String = "me", store: String?, declared: String?) {
        self = World(actor: actor).tenant("production", store: store, declared: declared)
    }

    package func with(_ change: (inout World) -> Void) -> World {
        var world = self
        change(&world)
        return world
    }

    /// Adds a tenant. A side that is `nil` does not have it.
    ///
    /// - Parameter offers: the roles available in the store, separated by spaces.
    /// - Parameter lists: `availableRoles` in the manifest.
    package func tenant(
        _ name: String, store: String?, declared: String?, offers: String? = nil,
        lists: String? = nil, management: Management = .authoritative, floor: Int? = nil,
        formerly: String? = nil, presence: Presence = .present
    ) -> World {
        var held = Entry.all(in: store ?? "")
        var wanted = Entry.all(in: declared ?? "")
        if actor == .person(.of("me")), !(held + wanted).contains(where: { $0.name == "me" }) {
            if store != nil { held.append(Entry("me{I,P,R}")) }
            if declared != nil { wanted.append(Entry("me{I,P,R}")) }
        }
        var world = self
        let named = (held + wanted).flatMap(\.list)
        func roles(_ text: String?) -> SortedSet<RoleName> {
            SortedSet(
                (text?.split(separator: " ").map { String($0) } ?? named).map { RoleName($0) })
        }
        for role in roles(offers).union(roles(lists)).union(roles(nil)) { world.addRole(role.text) }
        for name in (held + wanted).flatMap(\.permissions) { world.addPermission(name) }
        let tenant = TenantName(name)
        if store != nil {
            world.observed.tenants[tenant] = Tenant(name: tenant, availableRoles: roles(offers))
            for entry in held { world.hold(entry, in: tenant) }
        }
        if declared != nil || presence != .present {
            world.desired.tenants.append(
                DesiredTenant(
                    name: tenant, availableRoles: roles(lists),
                    formerly: formerly.map { [TenantName($0)] } ?? [], management: management,
                    minDelegatedAdmins: floor, presence: presence))
            world.desired.memberships += wanted.map { entry in
                DesiredMembership(
                    tenant: tenant, email: entry.email, grants: entry.grants,
                    expires: entry.expires, grantedBy: entry.grantor,
                    reason: entry.value(after: "because"))
            }
        }
        return world.sorted()
    }

    /// Adds an identity. A side that is `nil` does not have it.
    package func identity(
        _ code: String, of tenant: String = "production", storedOf storedTenant: String? = nil,
        store: String?, declared: String?, management: Management = .authoritative,
        formerly: String? = nil, presence: Presence = .present, system: Bool = false
    ) -> World {
        var world = self
        let identity = IdentityCode(code)
        if let store {
            world.observed.identities[identity] = Identity(
                code: identity, tenant: TenantName(storedTenant ?? tenant), system: system)
            for entry in Entry.all(in: store) { world.hold(entry, of: identity) }
        }
        if declared != nil || presence != .present {
            world.desired.identities.append(
                DesiredIdentity(
                    code: identity, tenant: TenantName(tenant),
                    formerly: formerly.map { [IdentityCode($0)] } ?? [], management: management,
                    presence: presence))
            world.desired.identityUsers += Entry.all(in: declared ?? "").map { entry in
                DesiredIdentityUser(
                    identity: identity, email: entry.email, admin: entry.has("admin"),
                    roles: entry.labels,
                    enabled: entry.has("on") ? true : entry.has("off") ? false : nil,
                    expires: entry.expires)
            }
        }
        return world.sorted()
    }

    /// Declares people with all details, the same that `World` gives to accounts in the store.
    package func people(_ names: String) -> World {
        var world = self
        for name in names.split(separator: " ") {
            world.desired.admins.append(
                DesiredAdmin(email: .of(String(name)), profile: .of(String(name))))
        }
        return world.sorted()
    }

    /// Declares one person with whatever an `Admin` document can say.
    package func person(
        _ name: String, profile: Profile? = nil, formerly: String? = nil, blocked: Bool? = nil,
        automation: Bool = false, until: String? = nil
    ) -> World {
        var world = self
        world.desired.admins.append(
            DesiredAdmin(
                email: .of(name), formerly: formerly.map { [.of($0)] } ?? [],
                profile: profile ?? (automation ? Profile() : .of(name)), blocked: blocked,
                automation: automation, expires: until.map { .of($0) }))
        return world.sorted()
    }

    /// A policy on all tenants.
    package func policy(_ rules: PolicyRule...) -> World {
        with { $0.desired.policies.append(Policy(name: "safety", rules: rules)) }
    }

    package func expecting(_ expectations: AccessTest.Expectation...) -> World {
        with { $0.desired.accessTests.append(AccessTest(name: "t", expectations: expectations)) }
    }

    /// Somebody changed this in the store without Muster.
    package func altered(
        _ address: Address, from before: [String: String]?, to after: [String: String]?
    ) -> World {
        with {
            $0.observed.foreignChanges.append(
                ForeignChange(address: address, before: before, after: after, at: now, by: "dba"))
        }
    }

    package var request: PlanRequest {
        PlanRequest(
            desired: desired, observed: observed, actor: actor, now: now, at: at, allow: allow,
            selection: selection, onlyExpired: onlyExpired)
    }

    package var plan: Plan { Planning.plan(request) }
}

extension Profile {
    /// The details that everybody of this name has, in the store and in `people`.
    package static func of(_ name: String) -> Profile {
        let first = name.prefix(1).uppercased() + name.dropFirst().prefix { $0 != "@" }
        return Profile(firstName: first, lastName: "Bee", mobile: "+31612345678")
    }
}

extension World {
    private mutating func addRole(_ name: String) {
        let role = RoleName(name)
        if observed.roles[role] == nil { observed.roles[role] = Role(name: role) }
        if !desired.roles.contains(where: { $0.role.name == role }) {
            desired.roles.append(DesiredRole(role: Role(name: role)))
        }
    }

    private mutating func addPermission(_ name: String) {
        let permission = PermissionName(name)
        guard observed.permissions[permission] == nil else { return }
        observed.permissions[permission] = Permission(name: permission)
        desired.permissions.append(DesiredPermission(permission: Permission(name: permission)))
    }

    private mutating func account(of entry: Entry) -> Account {
        let isInvited = entry.has("I") || entry.has("BI")
        let account =
            observed.accounts[entry.email]
            ?? Account(
                email: entry.email, profile: entry.has("bare") ? Profile() : .of(entry.name),
                state: isInvited ? .invited : .activated, blocked: entry.has("B") || entry.has("BI")
            )
        observed.accounts[entry.email] = account
        return account
    }

    private mutating func invite(_ scope: Scope, _ entry: Entry) {
        let number = String(observed.invitations.count, radix: 16)
        observed.invitations[scope] = Invitation(
            id: String(repeating: "0", count: 32 - number.count) + number, scope: scope,
            state: entry.invitationState,
            expiresAt: now.adding(days: entry.has("expired") || entry.has("resent") ? -1 : 7),
            automaticResends: entry.has("resent") ? 3 : 0)
    }

    private mutating func hold(_ entry: Entry, in tenant: TenantName) {
        let pending = account(of: entry).state == .invited || entry.has("waits")
        observed.memberships[tenant, default: [:]][entry.email] = Membership(
            grants: entry.grants, pending: pending)
        if pending { invite(.membership(tenant, entry.email), entry) }
    }

    private mutating func hold(_ entry: Entry, of identity: IdentityCode) {
        let pending = account(of: entry).state == .invited || entry.has("waits")
        observed.identityUsers[identity, default: [:]][entry.email] = IdentityUser(
            admin: entry.has("admin"), roles: entry.labels, enabled: !entry.has("off"),
            pending: pending)
        if pending { invite(.identityUser(identity, entry.email), entry) }
    }

    /// Lists as the manifests' loader leaves them: sorted by key.
    package func sorted() -> World {
        with {
            $0.desired.permissions.sort { $0.permission.name < $1.permission.name }
            $0.desired.roles.sort { $0.role.name < $1.role.name }
            $0.desired.tenants.sort { $0.name < $1.name }
            $0.desired.admins.sort { $0.email < $1.email }
            $0.desired.memberships.sort { ($0.tenant, $0.email) < ($1.tenant, $1.email) }
            $0.desired.identities.sort { $0.code < $1.code }
            $0.desired.identityUsers.sort { ($0.identity, $0.email) < ($1.identity, $1.email) }
        }
    }
}
