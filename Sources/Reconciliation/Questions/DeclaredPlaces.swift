import AccessModel
import Diagnostics
import Manifests

/// What valid manifests say of tenants, identities and people, asked by the names that the store
/// has: a rename that is declared and not yet applied is looked through.
struct DeclaredPlaces {
    let loaded: LoadedManifests
    let desired: DesiredState
    let at: Instant
    private let tenants: [TenantName: DesiredTenant]
    private let identities: [IdentityCode: DesiredIdentity]
    private let newRoles: [RoleName: RoleName]
    /// Tenants that are only observed, and that the store does not have.
    private let nowhere: Set<TenantName>
    private let people: [EmailAddress: DesiredAdmin]
    private let successors: [EmailAddress: EmailAddress]

    /// `nil` when the manifests have errors.
    init?(_ loaded: LoadedManifests, observed: ObservedState, at: Instant) {
        guard let desired = loaded.desired, !loaded.hasErrors else { return nil }
        self.loaded = loaded
        self.desired = desired
        self.at = at
        var tenants: [TenantName: DesiredTenant] = [:]
        for tenant in desired.tenants { tenants[tenant.name] = tenant }
        for tenant in desired.tenants where observed.tenants[tenant.name] == nil {
            for old in tenant.formerly where tenants[old] == nil { tenants[old] = tenant }
        }
        self.tenants = tenants
        var identities: [IdentityCode: DesiredIdentity] = [:]
        for identity in desired.identities { identities[identity.code] = identity }
        for identity in desired.identities where observed.identities[identity.code] == nil {
            for old in identity.formerly where identities[old] == nil {
                identities[old] = identity
            }
        }
        self.identities = identities
        nowhere = Set(
            desired.tenants.filter { tenant in
                tenant.management == .observe
                    && ([tenant.name] + tenant.formerly).allSatisfy { observed.tenants[$0] == nil }
            }.map(\.name))
        var newRoles: [RoleName: RoleName] = [:]
        for role in desired.roles where observed.roles[role.role.name] == nil {
            for old in role.formerly { newRoles[old] = role.role.name }
        }
        self.newRoles = newRoles
        people = Dictionary(
            desired.admins.map { ($0.email, $0) }, uniquingKeysWith: { first, _ in first })
        successors = Dictionary(
            desired.admins.flatMap { admin in admin.formerly.map { ($0, admin.email) } },
            uniquingKeysWith: { first, _ in first })
    }

    func tenant(_ name: TenantName) -> DesiredTenant? { tenants[name] }
    func identity(_ code: IdentityCode) -> DesiredIdentity? { identities[code] }

    /// An identity whose tenant is only observed, and is not there, can be no more than observed.
    func management(of identity: DesiredIdentity) -> Management {
        nowhere.contains(identity.tenant) ? .observe : identity.management
    }

    func person(_ email: EmailAddress) -> DesiredAdmin? { people[email] }
    /// The person's new address, for an earlier one.
    func successor(of email: EmailAddress) -> EmailAddress? { successors[email] }

    /// The grant by the name that the manifests have for it.
    func declared(_ grant: Grant) -> Grant {
        guard case .role(let name) = grant, let new = newRoles[name] else { return grant }
        return .role(new)
    }

    /// The end of an entry, or that of the whole person where it is nearer.
    func end(_ expires: Instant?, of email: EmailAddress) -> Instant? {
        [expires, people[email]?.expires].compactMap { $0 }.min()
    }

    /// How a membership or a user stands; `nil` for one that is neither held nor, any longer,
    /// declared.
    func standing(
        held: Bool, declared: Bool, ends: Instant?, of email: EmailAddress,
        management: Management?, isAbsent: Bool, successor: EmailAddress?
    ) -> Standing? {
        let hasEnded = (declared ? ends : people[email]?.expires).map { $0 <= at } ?? false
        guard held else {
            if !declared || hasEnded { return nil }
            return management == .observe ? .observed : .notApplied
        }
        if isAbsent { return .undeclared }
        if declared, !hasEnded { return .declared }
        switch management {
        case nil: return .unmanaged
        case .observe: return .observed
        case .additive, .authoritative:
            if hasEnded { return .overdue }
            if let successor { return .renaming(successor) }
            return management == .additive ? .unmanaged : .undeclared
        }
    }

    /// How one right stands in a place whose own standing is known; `nil` for one that is neither
    /// held nor to come.
    static func standing(
        held: Bool, declared: Bool, in place: Standing, management: Management?
    ) -> Standing? {
        switch (place, held, declared) {
        case (_, false, false): nil
        case (.declared, true, true): .declared
        case (.declared, true, false): management == .observe ? .observed : .undeclared
        case (.declared, false, true): management == .observe ? .observed : .notApplied
        case (.notApplied, _, _): .notApplied
        case (.observed, _, _): .observed
        case (_, true, _): place
        case (_, false, true): nil
        }
    }

    /// Every place that declares a right, with its line and column.
    func places(of address: Address) -> [DeclaredPlace] {
        located(loaded.provenance.declarations(of: address))
    }

    /// The declarations with their lines and columns.
    func located(_ declarations: [Declaration]) -> [DeclaredPlace] {
        declarations.map { declaration in
            DeclaredPlace(
                location: loaded.sources.location(of: declaration.span),
                document: declaration.document,
                bundle: declaration.bundle.map {
                    DeclaredPlace.Bundle(
                        name: $0.name, location: loaded.sources.location(of: $0.span))
                })
        }
    }
}
