package import AccessModel
package import Manifests
import Planning

/// The answer to `muster who-can`: everyone who holds a permission or role on a tenant.
package struct WhoCanAnswer: Sendable {
    /// In the order in which they are shown.
    package enum Group: String, Hashable, Sendable, CaseIterable, Comparable {
        /// Activated, not blocked, without an end.
        case active
        /// The same, with an end that is declared.
        case expiring
        /// Waits to be accepted, and gives nothing until then.
        case pending
        case blocked
        /// Past its declared end at the instant that is asked about.
        case expired

        package static func < (a: Self, b: Self) -> Bool {
            allCases.firstIndex(of: a)! < allCases.firstIndex(of: b)!
        }
    }

    package struct Holder: Hashable, Sendable {
        package var email: EmailAddress
        package var group: Group
        package var state: Account.State
        package var blocked: Bool
        package var pending: Bool
        package var expires: Instant?
        package var standing: Standing
        package var declarations: [DeclaredPlace]

        package init(
            email: EmailAddress, group: Group, state: Account.State, blocked: Bool = false,
            pending: Bool = false, expires: Instant? = nil, standing: Standing,
            declarations: [DeclaredPlace] = []
        ) {
            self.email = email
            self.group = group
            self.state = state
            self.blocked = blocked
            self.pending = pending
            self.expires = expires
            self.standing = standing
            self.declarations = declarations
        }
    }

    /// One permission or role of the name that was asked about.
    package struct Part: Sendable {
        package var grant: Grant
        /// A role that is not available on the tenant.
        package var isUnavailable: Bool
        /// By group, then by address.
        package var holders: [Holder]
        /// Declared, and not yet in the store; by address.
        package var toCome: [EmailAddress]

        package init(
            grant: Grant, isUnavailable: Bool = false, holders: [Holder],
            toCome: [EmailAddress] = []
        ) {
            self.grant = grant
            self.isUnavailable = isUnavailable
            self.holders = holders
            self.toCome = toCome
        }
    }

    package var project: String
    package var origin: ObservedState.Origin
    package var tenant: TenantName
    /// The clock of the desired state.
    package var at: Instant
    /// `--at` was given.
    package var isElsewhen: Bool
    /// The permission, then the role, where both have the name.
    package var parts: [Part]
    package var manifestsValid: Bool

    package init(
        project: String, origin: ObservedState.Origin, tenant: TenantName, at: Instant,
        isElsewhen: Bool = false, parts: [Part], manifestsValid: Bool = true
    ) {
        self.project = project
        self.origin = origin
        self.tenant = tenant
        self.at = at
        self.isElsewhen = isElsewhen
        self.parts = parts
        self.manifestsValid = manifestsValid
    }
}

/// What a question about a permission or role is asked of.
package struct WhoCanQuestion: Sendable {
    package var name: String
    package var tenant: TenantName
    package var project: Project
    package var loaded: LoadedManifests
    package var now: Instant
    /// `--at`
    package var at: Instant?

    package init(
        name: String, tenant: TenantName, project: Project, loaded: LoadedManifests, now: Instant,
        at: Instant? = nil
    ) {
        self.name = name
        self.tenant = tenant
        self.project = project
        self.loaded = loaded
        self.now = now
        self.at = at
    }

    /// Who holds it in the store; when each right ends is what the manifests say.
    package func answer(from observed: ObservedState) -> WhoCanAnswer {
        let declared = DeclaredPlaces(loaded, observed: observed, at: at ?? now)
        return WhoCanAnswer(
            project: project.name,
            origin: observed.origin ?? ObservedState.Origin(id: "", serial: 0), tenant: tenant,
            at: at ?? now, isElsewhen: at != nil,
            parts: grants(in: observed).map { part(of: $0, observed, declared) },
            manifestsValid: declared != nil)
    }

    /// The permission and the role of the name, as far as the store or the manifests have them.
    private func grants(in observed: ObservedState) -> [Grant] {
        let (permission, role) = (PermissionName(name), RoleName(name))
        var grants: [Grant] = []
        if observed.permissions[permission] != nil
            || loaded.desired?.permissions.contains(where: { $0.permission.name == permission })
                ?? false
        {
            grants.append(.permission(permission))
        }
        if observed.roles[role] != nil
            || loaded.desired?.roles.contains(where: { $0.role.name == role }) ?? false
        {
            grants.append(.role(role))
        }
        return grants
    }

    private func part(
        of grant: Grant, _ observed: ObservedState, _ declared: DeclaredPlaces?
    ) -> WhoCanAnswer.Part {
        let members = observed.memberships[tenant] ?? [:]
        let home = declared?.tenant(tenant)?.name ?? tenant
        var entries: [EmailAddress: DesiredMembership] = [:]
        for entry in declared?.desired.memberships ?? [] where entry.tenant == home {
            entries[entry.email] = entry
        }
        let holders = members.compactMap { email, member -> WhoCanAnswer.Holder? in
            guard member.grants.contains(grant), let account = observed.accounts[email] else {
                return nil
            }
            return holder(account, member, of: grant, entries, declared)
        }
        let wanted = declared?.declared(grant) ?? grant
        let toCome = entries.values.filter { entry in
            entry.grants.contains(wanted)
                && members[entry.email]?.grants.contains(grant) != true
                && declared?.end(entry.expires, of: entry.email).map { $0 > (at ?? now) } ?? true
        }
        return WhoCanAnswer.Part(
            grant: grant, isUnavailable: isUnavailable(grant, observed),
            holders: holders.sorted { ($0.group, $0.email) < ($1.group, $1.email) },
            toCome: toCome.map(\.email).sorted())
    }

    private func holder(
        _ account: Account, _ member: Membership, of grant: Grant,
        _ entries: [EmailAddress: DesiredMembership], _ declared: DeclaredPlaces?
    ) -> WhoCanAnswer.Holder {
        var holder = WhoCanAnswer.Holder(
            email: account.email, group: .active, state: account.state, blocked: account.blocked,
            pending: member.pending, standing: .unknown)
        if let declared {
            let entry = entries[account.email]
            let desired = declared.tenant(tenant)
            let wanted = declared.declared(grant)
            holder.expires = declared.end(entry?.expires, of: account.email)
            let place = declared.standing(
                held: true, declared: entry != nil, ends: holder.expires, of: account.email,
                management: desired?.management,
                isAbsent: desired.map { $0.presence != .present } ?? false,
                successor: declared.successor(of: account.email).flatMap {
                    entries[$0] == nil ? nil : $0
                })
            holder.standing =
                place.flatMap {
                    DeclaredPlaces.standing(
                        held: true, declared: entry?.grants.contains(wanted) ?? false, in: $0,
                        management: desired?.management)
                } ?? .unknown
            let address = entry.map { Address.grant($0.tenant, $0.email, wanted) }
            holder.declarations = address.map { declared.places(of: $0) } ?? []
        }
        holder.group = group(account, member, holder.expires)
        return holder
    }

    private func group(
        _ account: Account, _ member: Membership, _ expires: Instant?
    ) -> WhoCanAnswer.Group {
        if let expires, expires <= at ?? now { return .expired }
        if account.blocked { return .blocked }
        if member.pending || account.state == .invited { return .pending }
        return expires == nil ? .active : .expiring
    }

    private func isUnavailable(_ grant: Grant, _ observed: ObservedState) -> Bool {
        guard case .role(let role) = grant, let tenant = observed.tenants[tenant] else {
            return false
        }
        return !tenant.availableRoles.contains(role)
    }
}
