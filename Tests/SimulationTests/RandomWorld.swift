import AccessModel
import Planning
import Support

extension Dice {
    mutating func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &self) < percent }

    mutating func some<Element>(of elements: [Element], _ percent: Int) -> [Element] {
        elements.filter { _ in chance(percent) }
    }
}

/// Makes random manifests over a few names, so that people meet in many places.
struct WorldMaker {
    var dice: Dice
    static let people = ["a", "b", "c", "d", "e", "f", "me"]
    static let tenants = ["production", "stage"]
    static let identities = ["plant1", "plant2"]
    static let roles = ["r1", "r2", "r3"]

    init(seed: Int) { dice = Dice(seed: seed) }

    private var permissions: [PermissionName] { PermissionName.builtIn }

    /// A manifest: what the project declares from now on.
    mutating func manifests() -> DesiredState {
        var desired = DesiredState(project: project())
        desired.permissions = Permission.builtIn.map { DesiredPermission(permission: $0) }
        desired.roles = Self.roles.map { DesiredRole(role: Role(name: RoleName($0))) }
        for name in Self.tenants { declareTenant(name, &desired) }
        for code in Self.identities { declareIdentity(code, &desired) }
        for name in Self.people {
            guard dice.chance(97) else { continue }
            desired.admins.append(
                DesiredAdmin(
                    email: .of(name), formerly: dice.chance(8) ? [.of("old-" + name)] : [],
                    profile: dice.chance(98) ? .of(name) : Profile(firstName: "Other"),
                    blocked: name != "me" && dice.chance(15) ? dice.chance(50) : nil,
                    automation: name == "f" && dice.chance(50)))
        }
        if dice.chance(20) {
            let rule = [
                PolicyRule.mutuallyExclusive([.of("r1"), .of("r2")]),
                .maxHolders(.of("r3"), count: 2), .minHolders(.of("I"), count: 1),
            ].randomElement(using: &dice)
            desired.policies = rule.map { [Policy(name: "p", rules: [$0])] } ?? []
        }
        return desired.inOrder
    }

    private mutating func project() -> Project {
        var project = Project(name: "acme-access")
        project.guards.maxRemovals = Guards.Allowance(count: 100, percent: 100)
        project.guards.maxRevocations = Guards.Allowance(count: 100, percent: 100)
        project.invitations.acceptance = dice.chance(20) ? .required : .implicit
        project.invitations.joinMail = dice.chance(20) ? .silent : .send
        project.invitations.removedMail = dice.chance(20) ? .send : .silent
        return project
    }

    private mutating func declareTenant(_ name: String, _ desired: inout DesiredState) {
        let tenant = TenantName(name)
        guard dice.chance(92) else {
            guard dice.chance(50) else { return }
            desired.tenants.append(
                DesiredTenant(name: tenant, presence: .absent(cascade: dice.chance(80))))
            return
        }
        let available = SortedSet(dice.some(of: Self.roles, 75).map { RoleName($0) })
        desired.tenants.append(
            DesiredTenant(
                name: tenant, title: dice.chance(20) ? "New" : "", availableRoles: available,
                management: [.authoritative, .authoritative, .authoritative, .additive, .observe]
                    .randomElement(using: &dice) ?? .authoritative))
        for person in Self.people + ["old-a"] where dice.chance(person == "old-a" ? 10 : 60) {
            desired.memberships.append(membership(of: person, in: tenant, available))
        }
        if dice.chance(90) {
            desired.memberships.removeAll { $0.tenant == tenant && $0.email == .of("me") }
            desired.memberships.append(
                DesiredMembership(
                    tenant: tenant, email: .of("me"),
                    grants: Grants(permissions: SortedSet(permissions))))
        }
    }

    private mutating func membership(
        of person: String, in tenant: TenantName, _ available: SortedSet<RoleName>
    ) -> DesiredMembership {
        DesiredMembership(
            tenant: tenant, email: .of(person),
            grants: Grants(
                permissions: SortedSet(dice.some(of: permissions, 60)),
                roles: SortedSet(dice.some(of: Array(available), 40))),
            expires: dice.chance(8) ? .of(dice.chance(50) ? "2026-01-01" : "2027-01-01") : nil,
            grantedBy: dice.chance(4) ? .of(Self.people.randomElement(using: &dice) ?? "a") : nil)
    }

    /// The same manifests after a pull request that changes some people's places.
    mutating func edited(_ desired: DesiredState) -> DesiredState {
        var desired = desired
        desired.memberships.removeAll { $0.email != .of("me") && dice.chance(15) }
        desired.identityUsers.removeAll { $0.email != .of("me") && dice.chance(15) }
        for tenant in desired.tenants where tenant.presence == .present {
            for person in dice.some(of: Self.people, 20) where person != "me" || dice.chance(10) {
                desired.memberships.removeAll {
                    $0.tenant == tenant.name && $0.email == .of(person)
                }
                desired.memberships.append(
                    membership(of: person, in: tenant.name, tenant.availableRoles ?? []))
            }
        }
        for identity in desired.identities where identity.presence == .present {
            for person in dice.some(of: Self.people, 20) where person != "me" {
                desired.identityUsers.removeAll {
                    $0.identity == identity.code && $0.email == .of(person)
                }
                desired.identityUsers.append(user(person, of: identity.code))
            }
        }
        return desired.inOrder
    }

    private mutating func user(_ person: String, of identity: IdentityCode) -> DesiredIdentityUser {
        DesiredIdentityUser(
            identity: identity, email: .of(person), admin: dice.chance(person == "me" ? 90 : 40),
            roles: SortedSet(dice.some(of: ["x", "Y"], 40).map { Label($0) }),
            enabled: person != "me" && dice.chance(20) ? dice.chance(60) : nil)
    }

    private mutating func declareIdentity(_ code: String, _ desired: inout DesiredState) {
        let tenants = desired.tenants.filter { $0.presence == .present }.map(\.name)
        guard let tenant = tenants.randomElement(using: &dice), dice.chance(85) else { return }
        let identity = IdentityCode(code)
        desired.identities.append(
            DesiredIdentity(
                code: identity, tenant: tenant,
                management: dice.chance(80) ? .authoritative : .additive))
        for person in Self.people where dice.chance(person == "me" ? 95 : 35) {
            desired.identityUsers.append(user(person, of: identity))
        }
    }
}

extension DesiredState {
    /// As the loader leaves it: every list by its key.
    var inOrder: DesiredState {
        var world = World()
        world.desired = self
        return world.sorted().desired
    }

    /// The same declarations as if other files and documents had been read first.
    func shuffled(_ dice: inout Dice) -> DesiredState {
        var state = self
        state.permissions.shuffle(using: &dice)
        state.roles.shuffle(using: &dice)
        state.tenants.shuffle(using: &dice)
        state.admins.shuffle(using: &dice)
        state.memberships.shuffle(using: &dice)
        state.identities.shuffle(using: &dice)
        state.identityUsers.shuffle(using: &dice)
        return state.inOrder
    }
}
