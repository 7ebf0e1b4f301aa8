package import AccessModel

/// Compares two states and says what would make them equal.
///
/// `observed` has renames already applied to it, so that everything below speaks of new names only.
struct Difference {
    let request: PlanRequest
    let desired: DesiredState
    let declarations: Declarations
    let foreign: ForeignIndex
    private(set) var observed: ObservedState
    var draft = Draft()
    /// People about whom nothing is planned, because a rule says why not.
    var refused: Set<EmailAddress> = []

    init(_ request: PlanRequest, _ declarations: Declarations) {
        self.request = request
        desired = request.desired
        observed = request.observed
        self.declarations = declarations
        foreign = ForeignIndex(request.observed.foreignChanges)
    }

    /// The same without what was found so far, for a thread of its own.
    var apart: Self {
        var copy = self
        copy.draft = Draft()
        copy.observed.accounts.lookAlone()
        return copy
    }

    var isOperator: Bool { request.actor == .platformOperator }

    /// The whole difference, without the order and without derived deletions of accounts.
    mutating func compute() -> (draft: Draft, observed: ObservedState) {
        rename()
        refuseNewcomers()
        compareCatalogue()
        compareTenants()
        compareIdentities()
        comparePeople()
        compareManaged()
        tellOfRemovals()
        return (draft, observed)
    }

    // MARK: - Renames

    /// One change for each, with whatever else of the same thing differs.
    private mutating func rename() {
        for role in desired.roles where role.presence == .present {
            let name = role.role.name
            guard observed.roles[name] == nil,
                let old = role.formerly.first(where: { observed.roles[$0] != nil })
            else { continue }
            observed.renameRole(old, to: name)
            var (before, after) =
                observed.roles[name]?.difference(to: role.role) ?? (RoleFields(), RoleFields())
            (before.name, after.name) = (old, name)
            draft.propose(.updateRole(name, before: before, after: after), .renamed)
            observed.roles[name] = role.role
        }
        for tenant in desired.tenants where tenant.presence == .present {
            guard observed.tenants[tenant.name] == nil,
                let old = tenant.formerly.first(where: { observed.tenants[$0] != nil })
            else { continue }
            observed.renameTenant(old, to: tenant.name)
            var (before, after) =
                observed.tenants[tenant.name]?.difference(to: tenant)
                ?? (TenantFields(), TenantFields())
            (before.name, after.name) = (old, tenant.name)
            rename(
                .updateTenant(tenant.name, before: before, after: after), tenant.management)
            observed.tenants[tenant.name]?.title = tenant.title
            observed.tenants[tenant.name]?.environment = tenant.environment
        }
        let codes = Set(desired.identities.map(\.code))
        for identity in desired.identities where identity.presence == .present {
            let old = identity.formerly.first {
                observed.identities[$0] != nil && !codes.contains($0)
            }
            guard let old else { continue }
            if observed.identities[identity.code] != nil {
                draft.findings.append(.codeTaken(identity.code, formerly: old))
                continue
            }
            guard observed.identities[old]?.system == false else {
                draft.findings.append(.systemIdentity(old))
                continue
            }
            observed.renameIdentity(old, to: identity.code)
            var (before, after) =
                observed.identities[identity.code]?.difference(to: identity)
                ?? (IdentityFields(), IdentityFields())
            (before.code, after.code) = (old, identity.code)
            rename(
                .updateIdentity(identity.code, before: before, after: after), identity.management)
            observed.identities[identity.code]?.tenant = identity.tenant
            observed.identities[identity.code]?.title = identity.title
        }
    }

    private mutating func rename(_ action: Action, _ management: Management) {
        var part = Draft()
        part.propose(action, .renamed)
        if management == .observe { draft.observe(part) } else { draft.append(part) }
    }

    // MARK: - What left the manifests

    /// absence never deletes a tenant, an identity, a role or a permission.
    private mutating func compareManaged() {
        let declared = desired.catalogueAddresses
        let deleted = Set(draft.proposals.filter(\.action.unmakes).map(\.action.address))
        for address in request.observed.managed.subtracting(declared).sorted()
        where observed.contains(address) && !deleted.contains(address) {
            draft.findings.append(.leftTheManifests(address))
        }
    }
}

extension DesiredState {
    /// What is declared of the catalogue, tenants and identities.
    var catalogueAddresses: Set<Address> {
        var addresses: Set<Address> = []
        for permission in permissions { addresses.insert(.permission(permission.permission.name)) }
        for role in roles { addresses.insert(.role(role.role.name)) }
        for tenant in tenants { addresses.insert(.tenant(tenant.name)) }
        for identity in identities { addresses.insert(.identity(identity.code)) }
        return addresses
    }

    /// What a complete apply of this state manages from then on.
    package var managedAddresses: Set<Address> {
        var addresses: Set<Address> = []
        for permission in permissions where permission.presence == .present {
            addresses.insert(.permission(permission.permission.name))
        }
        for role in roles where role.presence == .present {
            addresses.insert(.role(role.role.name))
        }
        for tenant in tenants where tenant.presence == .present {
            addresses.insert(.tenant(tenant.name))
        }
        for identity in identities where identity.presence == .present {
            addresses.insert(.identity(identity.code))
        }
        return addresses
    }
}

extension ObservedState {
    /// Whether the catalogue, the tenants or the identities have it.
    package func contains(_ address: Address) -> Bool {
        switch address {
        case .permission(let name): permissions[name] != nil
        case .role(let name): roles[name] != nil
        case .tenant(let name): tenants[name] != nil
        case .identity(let code): identities[code] != nil
        case .membership(let tenant, let email): membership(of: email, in: tenant) != nil
        case .identityUser(let code, let email): user(email, of: code) != nil
        case .account(let email): accounts[email] != nil
        case .availableRole(let tenant, let role):
            tenants[tenant]?.availableRoles.contains(role) ?? false
        case .grant(let tenant, let email, let grant):
            membership(of: email, in: tenant)?.grants.contains(grant) ?? false
        case .project, .policy, .accessTest: false
        }
    }
}
