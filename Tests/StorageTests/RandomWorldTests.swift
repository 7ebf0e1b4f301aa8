import AccessModel
import Planning
import Storage
import Support
import Testing

@Suite("Random steps") struct RandomWorldTests {
    @Test(
        "leave a store and memory with the same snapshot", arguments: 1...12,
        Subject.Kind.shared)
    func agree(seed: Int, _ kind: Subject.Kind) async throws {
        var dice = Dice(seed: seed)
        let memory = Subject(.memory)
        let subject = Subject(kind)
        try await makeSmallWorld(memory.store)
        try await makeSmallWorld(subject.store)
        var accepted = 0
        for turn in 0..<60 {
            let steps = (0..<Int.random(in: 1...3, using: &dice)).map { step(&dice, turn * 8 + $0) }
            let acceptance = dice.pick(InvitationSettings.Acceptance.allCases)
            let before = try await memory.store.snapshot(project: "acme")
            let first = await outcome {
                try await memory.store.commit(steps, acceptance: acceptance)
            }
            let second = await outcome {
                try await subject.store.commit(steps, acceptance: acceptance)
            }
            #expect(first == second, "seed \(seed), turn \(turn): \(steps)")
            let after = try await subject.store.snapshot(project: "acme")
            #expect(
                comparable(after)
                    == comparable(try await memory.store.snapshot(project: "acme")),
                "seed \(seed), turn \(turn): \(steps)")
            guard first else { continue }
            accepted += 1
            var simulated = before
            for case .change(let change, _) in steps {
                simulated.apply(change.action, acceptance: acceptance)
            }
            if steps.allSatisfy({ if case .change = $0 { true } else { false } }) {
                simulated.invitations = after.invitations
                simulated.origin = after.origin
                #expect(comparable(simulated) == comparable(after), "seed \(seed), turn \(turn)")
            }
        }
        #expect(accepted > 10)
        #expect(try await subject.store.verifyAudit(expecting: nil).broken == nil)
        #expect(
            try await subject.store.verifyAudit(expecting: nil).entries
                == (try await memory.store.verifyAudit(expecting: nil).entries))
    }

    private func outcome(_ body: () async throws -> CommitOutcome) async -> Bool {
        do {
            _ = try await body()
            return true
        } catch StoreError.failed {
            return false
        } catch {
            Issue.record(error)
            return false
        }
    }

    private func step(_ dice: inout Dice, _ number: Int) -> Step {
        let who = email(dice.pick(["ann", "joe", "kim", "lee"]))
        let tenant: TenantName = dice.pick(["prod", "t2"])
        let code: IdentityCode = dice.pick(["io.acme", "io.two"])
        let scope = dice.pick([Scope.membership(tenant, who), .identityUser(code, who)])
        switch Int.random(in: 0..<12, using: &dice) {
        case 0:
            return .issue(
                invitation("i\(dice.pick([1, 2, number]))", scope), tokenHash: "t\(number)")
        case 1: return .invitation(scope, dice.pick([.revoked, .accepted, .closed]))
        case 2: return .join(scope)
        case 3: return .activate(who, filling: Profile(firstName: "F", language: "nl"))
        case 4:
            return .membership(
                tenant, who, Membership(grants: Grants(roles: ["read"]), pending: false))
        case 5: return .user(code, who, IdentityUser(roles: ["x"]))
        default: return change(action(&dice, who, tenant, code))
        }
    }

    private func action(
        _ dice: inout Dice, _ who: EmailAddress, _ tenant: TenantName, _ code: IdentityCode
    ) -> Action {
        let role: RoleName = dice.pick(["read", "write", "look"])
        let other: RoleName = dice.pick(["read", "write", "look"])
        let permission = dice.pick(PermissionName.builtIn)
        let grants = Grants(permissions: [permission], roles: dice.pick([[], [role]]))
        let profile = Profile(firstName: dice.pick([nil, "A"]), mobile: dice.pick([nil, "+31"]))
        let flag = Bool.random(using: &dice)
        let user = NewIdentityUser(admin: flag, roles: ["r"], enabled: dice.pick([nil, false]))
        let all: [Action] = [
            .createRole(Role(name: role, title: "t")), .deleteRole(Role(name: role)),
            .updateRole(
                role, before: RoleFields(name: other),
                after: RoleFields(name: role, sensitive: flag)),
            .createTenant(Tenant(name: tenant, availableRoles: [role])),
            .deleteTenant(Tenant(name: tenant)),
            .updateTenant(
                tenant, before: TenantFields(name: dice.pick(["prod", "t2"])),
                after: TenantFields(name: tenant, environment: .nonProduction)),
            .enableRole(tenant, role), .disableRole(tenant, role),
            .createIdentity(Identity(code: code, tenant: tenant)),
            .deleteIdentity(Identity(code: code, tenant: tenant)),
            .updateIdentity(
                code, before: IdentityFields(code: dice.pick(["io.acme", "io.two"])),
                after: IdentityFields(code: code, tenant: tenant)),
            .inviteAdmin(tenant, who, grants, NewAccount(profile: profile, automation: flag)),
            .addAdmin(tenant, who, grants), .removeAdmin(tenant, who, grants),
            .grantPermission(tenant, who, permission), .revokePermission(tenant, who, permission),
            .assignRole(tenant, who, role), .unassignRole(tenant, who, role),
            .addIdentityUser(code, who, user, dice.pick([nil, NewAccount(profile: profile)])),
            .setIdentityAdmin(code, who), .unsetIdentityAdmin(code, who),
            .setIdentityRoles(code, who, before: [], after: ["b", "a"]),
            .enableIdentityUser(code, who), .disableIdentityUser(code, who),
            .removeIdentityUser(
                code, who, IdentityUserEntry(admin: false, roles: [], enabled: true)),
            .updateProfile(who, before: Profile(), after: profile), .blockAccount(who),
            .unblockAccount(who), .deleteAccount(who, profile),
        ]
        return dice.pick(all)
    }
}
