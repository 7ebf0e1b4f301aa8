import AccessModel
import Planning
import Support

extension WorldMaker {
    /// A store that has lived: applied manifests, half-answered invitations, and then whatever
    /// somebody may have done to it without Muster.
    mutating func store() -> World {
        var world = World(actor: "operator")
        world.observed = ObservedState()
        for _ in 0..<Int.random(in: 0...3, using: &dice) {
            world.desired = manifests()
            world.observed.settings = dice.chance(80) ? world.desired.settings : [:]
            let plan = world.plan
            guard !plan.findings.contains(where: \.isError) else { continue }
            world = world.applying(plan)
            for person in dice.some(of: Self.people, 60) { world = world.accepting(person) }
        }
        alterPeople(&world.observed)
        alterPlaces(&world.observed)
        alterInvitations(&world)
        world.observed.origin = ObservedState.Origin(id: "store", serial: 1)
        return world
    }

    private mutating func alterPeople(_ observed: inout ObservedState) {
        for email in observed.accounts.keys.sorted() {
            if dice.chance(15) { observed.accounts[email]?.blocked.toggle() }
            if dice.chance(10) { observed.accounts[email]?.automation.toggle() }
            if dice.chance(10) { observed.accounts[email]?.profile = Profile() }
            if dice.chance(10) { observed.accounts[email]?.profile.language = "nl" }
        }
        if dice.chance(20) {
            let email = EmailAddress.of("kept")
            observed.accounts[email] = Account(
                email: email, profile: .of("kept"), state: .activated, blocked: true)
        }
    }

    private mutating func alterPlaces(_ observed: inout ObservedState) {
        for tenant in observed.tenants.keys.sorted() {
            if dice.chance(15) {
                observed.tenants[tenant]?.availableRoles.remove(RoleName("r1"))
            }
            if dice.chance(10) { observed.tenants[tenant]?.title = "Renamed: by hand" }
            if dice.chance(10) { observed.memberships[tenant] = nil }
            for email in (observed.memberships[tenant] ?? [:]).keys.sorted() {
                if dice.chance(10) { observed.memberships[tenant]?[email] = nil }
                if dice.chance(10) { observed.memberships[tenant]?[email]?.grants = Grants() }
            }
        }
        for code in observed.identities.keys.sorted() {
            if dice.chance(15) { observed.identities[code]?.system = true }
            for email in (observed.identityUsers[code] ?? [:]).keys.sorted() {
                if dice.chance(20) { observed.identityUsers[code]?[email]?.enabled.toggle() }
            }
        }
        if dice.chance(20) {
            let name = PermissionName("approve")
            observed.permissions[name] = Permission(name: name, title: "Approve: all")
        }
    }

    private mutating func alterInvitations(_ world: inout World) {
        for scope in world.observed.invitations.keys.sorted() {
            let state = Invitation.State.allCases.randomElement(using: &dice) ?? .live
            if dice.chance(40) { world.observed.invitations[scope]?.state = state }
            if dice.chance(30) {
                world.observed.invitations[scope]?.expiresAt = world.now.adding(days: -1)
                world.observed.invitations[scope]?.automaticResends =
                    Int.random(in: 0...4, using: &dice)
            }
            if dice.chance(10) { world.observed.invitations[scope] = nil }
        }
    }
}
