import AccessModel
import Manifests

/// Every place and right of one person, from the store and the manifests; what made them is added
/// later.
struct PersonalRights {
    let person: EmailAddress
    let observed: ObservedState
    /// `nil` when the manifests are invalid.
    let declared: DeclaredPlaces?
    /// `nil`: all tenants, and all identities.
    let tenant: TenantName?

    var places: [HeldPlace] { tenantPlaces + identityPlaces }

    // MARK: - Tenants

    private var tenantPlaces: [HeldPlace] {
        var entries: [TenantName: DesiredMembership] = [:]
        for entry in declared?.desired.memberships ?? [] where entry.email == person {
            entries[entry.tenant] = entry
        }
        var names: Set<TenantName> = []
        for (name, members) in observed.memberships where members[person] != nil {
            names.insert(name)
        }
        let covered = Set(names.compactMap { declared?.tenant($0)?.name })
        names.formUnion(Set(entries.keys).subtracting(covered))
        return names.sorted().filter { isSelected($0) }.compactMap { name in
            let declaredTenant = declared?.tenant(name)
            return place(name, entries[declaredTenant?.name ?? name], declaredTenant)
        }
    }

    private func isSelected(_ name: TenantName) -> Bool {
        tenant == nil || tenant == name || declared?.tenant(name)?.name == tenant
    }

    private func place(
        _ name: TenantName, _ entry: DesiredMembership?, _ desired: DesiredTenant?
    ) -> HeldPlace? {
        let membership = observed.membership(of: person, in: name)
        let expires = entry.flatMap { declared?.end($0.expires, of: person) }
        let standing =
            if let declared {
                declared.standing(
                    held: membership != nil, declared: entry != nil, ends: expires, of: person,
                    management: desired?.management, isAbsent: desired?.isAbsent ?? false,
                    successor: successor(in: desired))
            } else {
                Standing.unknown
            }
        guard let standing else { return nil }
        let held = membership?.grants ?? Grants()
        let wanted = entry?.grants ?? Grants()
        let come = [
            wanted.permissions.map { Grant.permission($0) }, wanted.roles.map { Grant.role($0) },
        ].joined()
        let present = [
            held.permissions.map { Grant.permission($0) }, held.roles.map { Grant.role($0) },
        ].joined()
        let covered = Set(present.map { declared?.declared($0) ?? $0 })
        let all = Array(present) + come.filter { !covered.contains($0) }
        var rights = all.sorted().compactMap { grant in
            right(grant, held.contains(grant), name, entry, standing, desired?.management)
        }
        if rights.isEmpty {
            rights = [
                HeldRight(
                    kind: .member, held: membership != nil, standing: standing,
                    declarations: entry.map { places(of: .membership($0.tenant, person)) } ?? [])
            ]
        }
        return HeldPlace(
            scope: .membership(name, person),
            newName: desired.flatMap { $0.name == name ? nil : $0.name.text },
            held: membership != nil, pending: membership?.pending ?? false,
            invitation: observed.invitations[.membership(name, person)], standing: standing,
            management: desired?.management, expires: expires, reason: entry?.reason,
            grantedBy: entry?.grantedBy, rights: rights)
    }

    private func right(
        _ grant: Grant, _ held: Bool, _ name: TenantName, _ entry: DesiredMembership?,
        _ place: Standing, _ management: Management?
    ) -> HeldRight? {
        let wanted = declared?.declared(grant) ?? grant
        let isDeclared = entry?.grants.contains(wanted) ?? false
        guard
            let standing = DeclaredPlaces.standing(
                held: held, declared: isDeclared, in: place, management: management)
        else { return nil }
        let kind: HeldRight.Kind =
            switch grant {
            case .permission(let name): .permission(name)
            case .role(let name): .role(name)
            }
        return HeldRight(
            kind: kind, held: held, standing: standing,
            declarations: entry.map { places(of: .grant($0.tenant, person, wanted)) } ?? [])
    }

    /// The new address of this person, if it is declared in the same tenant.
    private func successor(in tenant: DesiredTenant?) -> EmailAddress? {
        guard let tenant, let declared, let email = declared.successor(of: person),
            declared.desired.memberships.contains(where: {
                $0.tenant == tenant.name && $0.email == email
            })
        else { return nil }
        return email
    }

    // MARK: - Identities

    private var identityPlaces: [HeldPlace] {
        var entries: [IdentityCode: DesiredIdentityUser] = [:]
        for entry in declared?.desired.identityUsers ?? [] where entry.email == person {
            entries[entry.identity] = entry
        }
        var codes: Set<IdentityCode> = []
        for (code, users) in observed.identityUsers where users[person] != nil {
            codes.insert(code)
        }
        let covered = Set(codes.compactMap { declared?.identity($0)?.code })
        codes.formUnion(Set(entries.keys).subtracting(covered))
        return codes.sorted().compactMap { code in
            let desired = declared?.identity(code)
            let home = observed.identities[code]?.tenant ?? desired?.tenant
            guard home.map(isSelected) ?? (tenant == nil) else { return nil }
            return place(code, home, entries[desired?.code ?? code], desired)
        }
    }

    private func place(
        _ code: IdentityCode, _ home: TenantName?, _ entry: DesiredIdentityUser?,
        _ desired: DesiredIdentity?
    ) -> HeldPlace? {
        let user = observed.user(person, of: code)
        let expires = entry.flatMap { declared?.end($0.expires, of: person) }
        let isSystem = observed.identities[code]?.system ?? false
        let management = desired.flatMap { declared?.management(of: $0) }
        let standing =
            if let declared {
                declared.standing(
                    held: user != nil, declared: entry != nil, ends: expires, of: person,
                    management: isSystem ? nil : management, isAbsent: desired?.isAbsent ?? false,
                    successor: successor(in: desired))
            } else {
                Standing.unknown
            }
        guard let standing else { return nil }
        return HeldPlace(
            scope: .identityUser(code, person), tenant: home,
            newName: desired.flatMap { $0.code == code ? nil : $0.code.text }, held: user != nil,
            pending: user?.pending ?? false,
            invitation: observed.invitations[.identityUser(code, person)], standing: standing,
            management: management, expires: expires,
            rights: rights(user, entry, in: standing, management))
    }

    private func rights(
        _ user: IdentityUser?, _ entry: DesiredIdentityUser?, in place: Standing,
        _ management: Management?
    ) -> [HeldRight] {
        let whole = entry.map { places(of: .identityUser($0.identity, person)) } ?? []
        var rights = [
            HeldRight(kind: .user, held: user != nil, standing: place, declarations: whole)
        ]
        func add(_ kind: HeldRight.Kind, _ held: Bool, _ wanted: Bool, _ places: [DeclaredPlace]) {
            let standing = DeclaredPlaces.standing(
                held: held, declared: wanted, in: place, management: management)
            guard let standing else { return }
            rights.append(
                HeldRight(
                    kind: kind, held: held, standing: standing,
                    declarations: wanted ? places : []))
        }
        let admins = entry.map {
            declared?.loaded.provenance.adminDeclarations(of: $0.identity, person) ?? []
        }
        add(
            .identityAdmin, user?.admin ?? false, entry?.admin ?? false,
            declared?.located(admins ?? []) ?? [])
        let labels = (user?.roles ?? []).union(entry?.roles ?? [])
        for label in labels {
            add(
                .label(label), user?.roles.contains(label) ?? false,
                entry?.roles.contains(label) ?? false, whole)
        }
        if let user, !user.enabled || entry?.enabled == true {
            // Left out it is not managed.
            let isManaged = place == .declared && entry?.enabled != nil
            let standing: Standing? =
                place == .declared && !isManaged
                ? .unmanaged
                : DeclaredPlaces.standing(
                    held: true, declared: entry?.enabled == user.enabled, in: place,
                    management: management)
            rights.append(
                HeldRight(
                    kind: .enabled(user.enabled), held: true, standing: standing ?? place,
                    declarations: entry?.enabled == user.enabled ? whole : []))
        }
        return rights
    }

    private func successor(in identity: DesiredIdentity?) -> EmailAddress? {
        guard let identity, let declared, let email = declared.successor(of: person),
            declared.desired.identityUsers.contains(where: {
                $0.identity == identity.code && $0.email == email
            })
        else { return nil }
        return email
    }

    private func places(of address: Address) -> [DeclaredPlace] {
        declared?.places(of: address) ?? []
    }
}

extension DesiredTenant {
    fileprivate var isAbsent: Bool { presence != .present }
}

extension DesiredIdentity {
    fileprivate var isAbsent: Bool { presence != .present }
}
