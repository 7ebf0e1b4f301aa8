import AccessModel
import Planning
import Storage
import Testing

/// The laws that every store keeps.
@Suite("Every store") struct StorageConformance {
    @Test("is absent before its first commit", arguments: Subject.Kind.allCases)
    func absent(_ kind: Subject.Kind) async throws {
        let subject = Subject(kind)
        await #expect {
            _ = try await subject.store.snapshot(project: "acme")
        } throws: {
            if case StoreError.absent = $0 { true } else { false }
        }
        let outcome = try await subject.store.commit([])
        #expect(outcome.origin == .init(id: "id-1", serial: 0))
        let state = try await subject.store.snapshot(project: "acme")
        #expect(comparable(state) == comparable(ObservedState(origin: outcome.origin)))
    }

    @Test("shows a commit as the simulation of its steps", arguments: Subject.Kind.allCases)
    func smallWorld(_ kind: Subject.Kind) async throws {
        let subject = Subject(kind)
        try await makeSmallWorld(subject.store)
        let state = try await subject.store.snapshot(project: "acme")
        #expect(state.origin == .init(id: "id-1", serial: 1))
        #expect(state.accounts[email("ann")]?.state == .invited)
        #expect(state.accounts[email("ann")]?.email.spelling == "ANN@acme.example")
        #expect(
            state.memberships["prod"]?[email("ann")]
                == Membership(
                    grants: Grants(permissions: [.inviteAdmins, .assignRoles], roles: ["read"]),
                    pending: true))
        #expect(
            state.identityUsers["io.acme"]?[email("joe")]
                == IdentityUser(admin: true, roles: ["a", "b"], pending: true))
        #expect(state.invitations.count == 2)
        let run = try #require(try await subject.store.runs(limit: 5).first)
        #expect(run.number == 1 && run.changes == 6 && run.letters == 0)
    }

    @Test(
        "in SQL tells whoever watches how far it has come",
        arguments: Subject.Kind.shared)
    func watched(_ kind: Subject.Kind) async throws {
        let subject = Subject(kind)
        let writing = WorkCount()
        try await WorkCount.$watched.withValue(writing) { try await makeSmallWorld(subject.store) }
        let steps = try #require(writing.counts.last)
        #expect(steps.unit == .steps && steps.done > 0 && steps.done == steps.total)
        let reading = WorkCount()
        let state = try await WorkCount.$watched.withValue(reading) {
            try await subject.store.snapshot(project: "acme")
        }
        let users = state.identityUsers.values.reduce(0) { $0 + $1.count }
        let rows = state.accounts.count + users + state.invitations.count
        #expect(rows > 0 && reading.counts == [.init(.rows, done: rows, total: rows)])
    }

    @Test("tells what happened in a run and to an object", arguments: Subject.Kind.allCases)
    func audited(_ kind: Subject.Kind) async throws {
        let store = Subject(kind).store
        try await makeSmallWorld(store)
        let all = try await store.audit(.run(1))
        #expect(all.map(\.sequence) == [1, 2, 3, 4, 5, 6])
        #expect(try await store.audit(.run(2)) == [])
        let ann = try await store.audit(.objects([.membership("prod", email("ann"))]))
        #expect(ann.map(\.kind) == ["inviteAdmin"] && ann.allSatisfy { all.contains($0) })
        let role = Address.availableRole("prod", "read")
        let tenant = try await store.audit(.objects([.tenant("prod"), role]))
        #expect(tenant == all.filter { $0.address.hasPrefix("tenant:prod") })
        #expect(try await store.runs(numbered: [1, 7]).map(\.number) == [1])
    }

    @Test("refuses a base that is not the present", arguments: Subject.Kind.allCases)
    func stale(_ kind: Subject.Kind) async throws {
        let subject = Subject(kind)
        try await makeSmallWorld(subject.store)
        for base in [nil, .init(id: "id-1", serial: 0), .init(id: "other", serial: 1)]
            as [ObservedState.Origin?]
        {
            await #expect(throws: StoreError.stale) {
                _ = try await subject.store.commit(
                    Commit(run: makeRun(), base: base, steps: [change(.blockAccount(email("ann")))])
                )
            }
        }
        #expect(
            try await subject.store.snapshot(project: "").accounts[email("ann")]?.blocked == false)
    }

    @Test("moves its serial for access and nothing else", arguments: Subject.Kind.allCases)
    func serial(_ kind: Subject.Kind) async throws {
        let subject = Subject(kind)
        try await makeSmallWorld(subject.store)
        let scope = Scope.membership("prod", email("ann"))
        func serial(_ steps: [Step], settings: [String: String]? = nil) async throws -> Int64 {
            try await subject.store.commit(steps, settings: settings).origin.serial
        }
        #expect(try await serial([], settings: ["a": "b"]) == 1)
        #expect(try await serial([.letter(letter("l1"))]) == 1)
        try await subject.store.recordDelivery([.init(letter: "l1", at: noon, result: .sent)])
        #expect(try await serial([.activate(email("ann"), filling: Profile())]) == 2)
        #expect(try await serial([.join(scope), .invitation(scope, .accepted)]) == 3)
        #expect(
            try await serial([.issue(invitation("1", scope, generation: 2), tokenHash: "h3")]) == 4)
    }

    @Test("does all of a commit or nothing", arguments: Subject.Kind.allCases)
    func atomic(_ kind: Subject.Kind) async throws {
        let subject = Subject(kind)
        try await makeSmallWorld(subject.store)
        let before = comparable(try await subject.store.snapshot(project: "acme"))
        let ann = email("ann")
        let wrong: [Action] = [
            .createRole(Role(name: "read")), .createTenant(Tenant(name: "prod")),
            .enableRole("prod", "none"), .disableRole("prod", "read"),
            .deleteRole(Role(name: "read")),
            .deletePermission(Permission(name: .inviteAdmins)),
            .deleteTenant(Tenant(name: "prod")), .deleteAccount(ann, Profile()),
            .addAdmin("prod", email("nobody"), Grants()), .addAdmin("prod", ann, Grants()),
            .assignRole("prod", ann, "none"), .grantPermission("prod", ann, "none"),
            .grantPermission("prod", email("joe"), .assignRoles),
            .setIdentityAdmin("io.acme", ann), .blockAccount(email("nobody")),
            .createIdentity(Identity(code: "x", tenant: "none")),
            .addIdentityUser("none", ann, NewIdentityUser(admin: false, roles: []), nil),
            .updateRole("none", before: RoleFields(title: "a"), after: RoleFields(title: "b")),
            .updateRole(
                "write", before: RoleFields(name: "read"), after: RoleFields(name: "write")),
        ]
        for action in wrong {
            await #expect("\(action)") {
                try await subject.store.commit([
                    change(.createRole(Role(name: "fresh"))), .letter(letter("l9")), change(action),
                ])
            } throws: {
                if case StoreError.failed = $0 { true } else { false }
            }
        }
        #expect(comparable(try await subject.store.snapshot(project: "acme")) == before)
        #expect(try await subject.store.outbox().isEmpty)
        #expect(try await subject.store.verifyAudit(expecting: nil).broken == nil)
    }

    @Test("fills in only what a person has not said", arguments: Subject.Kind.allCases)
    func activation(_ kind: Subject.Kind) async throws {
        let subject = Subject(kind)
        try await makeSmallWorld(subject.store)
        let ann = email("ann")
        try await subject.store.commit([
            .activate(ann, filling: Profile(firstName: "Eve", lastName: "Bee", mobile: "+1"))
        ])
        #expect(
            try await subject.store.snapshot(project: "acme").accounts[ann]
                == Account(
                    email: ann,
                    profile: Profile(firstName: "Ann", lastName: "Bee", mobile: "+3161"),
                    state: .activated))
    }

    @Test(
        "lets an existing account wait where acceptance is required",
        arguments: Subject.Kind.allCases)
    func pending(_ kind: Subject.Kind) async throws {
        let subject = Subject(kind)
        try await makeSmallWorld(subject.store)
        let ann = email("ann")
        let bot = email("bot")
        try await subject.store.commit(
            [
                .activate(ann, filling: Profile()), change(.createTenant(Tenant(name: "t2"))),
                change(.addAdmin("t2", ann, Grants())),
                change(.inviteAdmin("t2", bot, Grants(), NewAccount(automation: true))),
            ], acceptance: .required)
        let state = try await subject.store.snapshot(project: "acme")
        #expect(state.memberships["t2"]?[ann]?.pending == true)
        #expect(state.memberships["t2"]?[bot]?.pending == false)
        #expect(state.accounts[bot]?.state == .activated)
    }

    @Test("moves everything that hangs on a renamed thing", arguments: Subject.Kind.allCases)
    func renames(_ kind: Subject.Kind) async throws {
        let subject = Subject(kind)
        try await makeSmallWorld(subject.store)
        let ann = email("ann")
        try await subject.store.commit(
            [],
            managed: [
                .tenant("prod"), .role("read"), .identity("io.acme"), .membership("prod", ann),
                .grant("prod", ann, .role("read")), .availableRole("prod", "read"),
                .identityUser("io.acme", email("joe")), .policy("p", rule: 2), .tenant("live"),
            ])
        try await subject.store.commit([
            change(
                .updateTenant(
                    "live", before: TenantFields(name: "prod"), after: TenantFields(name: "live"))),
            change(
                .updateRole(
                    "look", before: RoleFields(name: "read"), after: RoleFields(name: "look"))),
            change(
                .updateIdentity(
                    "io.new", before: IdentityFields(code: "io.acme"),
                    after: IdentityFields(code: "io.new"))),
        ])
        let state = try await subject.store.snapshot(project: "acme")
        #expect(state.tenants["live"]?.availableRoles == ["look", "write"])
        #expect(state.memberships["live"]?[ann]?.grants.roles == ["look"])
        #expect(state.identities["io.new"]?.tenant == "live")
        #expect(state.invitations[.membership("live", ann)]?.id == "1")
        #expect(state.invitations[.identityUser("io.new", email("joe"))]?.id == "2")
        #expect(
            state.managed == [
                .tenant("live"), .role("look"), .identity("io.new"), .membership("live", ann),
                .grant("live", ann, .role("look")), .availableRole("live", "look"),
                .identityUser("io.new", email("joe")), .policy("p", rule: 2),
            ])
    }

    @Test(
        "keeps one live invitation of a scope and closes it with the scope",
        arguments: Subject.Kind.allCases)
    func invitations(_ kind: Subject.Kind) async throws {
        let subject = Subject(kind)
        try await makeSmallWorld(subject.store)
        let scope = Scope.membership("prod", email("ann"))
        func find(_ hash: String) async throws -> Invitation? {
            try await subject.store.invitation(tokenHash: hash)
        }
        #expect(try await find("h1")?.state == .live)
        try await subject.store.commit([
            change(.resendInvitation(scope, generation: 1)),
            .issue(invitation("1", scope, generation: 2, resends: 1), tokenHash: "h1b"),
        ])
        #expect(try await find("h1") == nil)
        #expect(try await find("h1b")?.generation == 2)
        try await subject.store.commit([.issue(invitation("3", scope), tokenHash: "h4")])
        #expect(try await find("h1b")?.state == .closed)
        #expect(try await subject.store.snapshot(project: "acme").invitations[scope]?.id == "3")
        try await subject.store.commit([.invitation(scope, .revoked)])
        #expect(try await find("h4")?.state == .revoked)
        try await subject.store.commit([
            .issue(invitation("3", scope, generation: 2), tokenHash: "h5")
        ])
        try await subject.store.commit([change(.removeAdmin("prod", email("ann"), Grants()))])
        #expect(try await find("h5")?.state == .closed)
        try await subject.store.commit([
            change(.deleteIdentity(Identity(code: "io.acme", tenant: "prod")))
        ])
        #expect(try await find("h2")?.state == .closed)
    }

    @Test("keeps letters until they left or were dropped", arguments: Subject.Kind.allCases)
    func outbox(_ kind: Subject.Kind) async throws {
        let subject = Subject(kind)
        let store = subject.store
        try await makeSmallWorld(store)
        let outcome = try await store.commit(
            ["a", "b", "c", "d"].map { .letter(letter($0)) }, run: makeRun(.resend))
        #expect(try await store.runs(limit: 1).first?.letters == 4)
        #expect(
            try await store.outbox().first == OutboxEntry(letter: letter("a"), run: outcome.run))
        let later = noon.adding(seconds: 60)
        try await store.recordDelivery([
            .init(letter: "a", at: noon, result: .sent),
            .init(letter: "b", at: noon, result: .failed(reason: "no route", retryAt: later)),
            .init(letter: "c", at: noon, result: .undeliverable(reason: "no such user")),
        ])
        let left = try await store.outbox()
        #expect(left.map(\.letter.id) == ["b", "c", "d"])
        #expect(left[0].attempts == 1 && left[0].nextAttempt == later)
        #expect(left[0].lastError == "no route" && !left[0].undeliverable && left[1].undeliverable)
        #expect(try await store.invitation(tokenHash: "h1")?.state == .undeliverable)
        #expect(try await store.dropLetters(["a", "b", "x"], run: makeRun(.drop)) == 1)
        #expect(try await store.outbox().map(\.letter.id) == ["c", "d"])
        #expect(try await store.runs(limit: 1).first?.kind == .drop)
        #expect(try await store.snapshot(project: "acme").origin?.serial == 1)
        #expect(try await store.verifyAudit(expecting: nil).broken == nil)
    }

    @Test("leaves nothing of a write that was only rehearsed", arguments: Subject.Kind.allCases)
    func rehearsal(_ kind: Subject.Kind) async throws {
        let store = Subject(kind).store
        await #expect(throws: StoreError.self) { try await store.rehearse() }
        try await makeSmallWorld(store)
        let before = try await store.snapshot(project: "acme")
        try await store.rehearse()
        try await store.rehearse()
        let after = try await store.snapshot(project: "acme")
        #expect(after.origin == before.origin)
        #expect(after.accounts.map(\.value) == before.accounts.map(\.value))
        #expect(after.recorderFaults.isEmpty && after.foreignChanges.isEmpty)
        #expect(try await store.verifyAudit(expecting: nil).broken == nil)
    }

    @Test("lets one sender at a time have a letter", arguments: Subject.Kind.allCases)
    func claims(_ kind: Subject.Kind) async throws {
        let subject = Subject(kind)
        let store = subject.store
        try await makeSmallWorld(store)
        try await store.commit(["a", "b", "c", "d"].map { .letter(letter($0)) })
        func claim(
            _ letters: [String], _ name: String, after seconds: Int64 = 0, ended: [String] = []
        ) async throws -> Set<String> {
            let at = noon.adding(seconds: seconds)
            return try await store.claimLetters(
                LetterClaim(
                    letters: letters, claimant: name, at: at, until: at.adding(seconds: 60),
                    ended: ended))
        }
        #expect(try await claim(["a", "b", "x"], "one") == ["a", "b"])
        #expect(try await claim(["a", "b", "c"], "two") == ["c"])
        #expect(try await store.outbox().map(\.claimant) == ["one", "one", "two", nil])
        // Again by the same one it prolongs; a recorded letter is free, and so is a lapsed claim.
        #expect(try await claim(["a", "b"], "one", after: 50) == ["a", "b"])
        #expect(try await claim(["a"], "two", after: 59) == ["c"])
        #expect(try await claim(["a"], "two", after: 60) == [])
        try await store.recordDelivery([
            .init(letter: "a", at: noon, result: .sent),
            .init(
                letter: "b", at: noon,
                result: .failed(reason: "no", retryAt: noon, outage: true)),
        ])
        #expect(try await claim(["a", "b"], "two", after: 60) == ["b"])
        #expect(try await claim(["b", "c"], "three", after: 119) == ["c"])
        #expect(try await claim(["b", "c"], "three", after: 120) == ["b", "c"])
        #expect(try await claim(["c", "d"], "four", after: 121, ended: ["three"]) == ["c", "d"])
        let left = try await store.outbox()
        #expect(left.map(\.outages) == [1, 0, 0] && left.map(\.attempts) == [1, 0, 0])
        try await store.recordDelivery([
            .init(letter: "d", at: noon, result: .undeliverable(reason: "no such user"))
        ])
        #expect(try await claim(["d"], "five", after: 900) == [])
        #expect(try await store.snapshot(project: "acme").origin?.serial == 1)
    }

    @Test(
        "finds a run by its plan and keeps settings and the key's print",
        arguments: Subject.Kind.allCases)
    func records(_ kind: Subject.Kind) async throws {
        let subject = Subject(kind)
        let store = subject.store
        defer { withExtendedLifetime(subject) {} }
        let outcome = try await store.commit(
            Commit(
                run: makeRun(plan: "sha256:aa"), base: nil, newStoreID: "n", underTestClock: true,
                steps: [], settings: ["guards": "x"], keyFingerprint: "f0"))
        _ = try await store.commit(
            Commit(run: makeRun(), base: outcome.origin, underTestClock: true, steps: []))
        #expect(try await store.run(plan: "sha256:aa")?.number == 1)
        #expect(try await store.run(plan: "sha256:bb") == nil)
        #expect(try await store.runs(limit: 9).map(\.number) == [2, 1])
        #expect(try await store.identity().keyFingerprint == "f0")
        #expect(try await store.snapshot(project: "acme").settings == ["guards": "x"])
    }

    @Test("refuses the test clock when it began without", arguments: Subject.Kind.allCases)
    func clock(_ kind: Subject.Kind) async throws {
        let subject = Subject(kind)
        let base = try await subject.store.commit([]).origin
        await #expect(throws: StoreError.clock) {
            _ = try await subject.store.commit(
                Commit(run: makeRun(), base: base, underTestClock: true, steps: []))
        }
    }

    @Test("has one lock, and says who holds it", arguments: Subject.Kind.allCases)
    func lock(_ kind: Subject.Kind) async throws {
        let subject = Subject(kind)
        let holder = LockHolder(
            actor: "ann@acme.example", systemUser: "ann", host: "h", process: 7, since: noon)
        let lock = try await subject.store.lock(holder: holder, timeout: 0)
        await #expect(throws: StoreError.locked(holder)) {
            _ = try await subject.store.lock(holder: holder, timeout: 0)
        }
        await lock.release()
        let second = try await subject.store.lock(holder: holder, timeout: 0)
        await second.release()
        if kind == .sqlite { #expect(Subject.names(in: subject.folder).isEmpty) }
    }

    @Test("chains its audit entries", arguments: Subject.Kind.allCases)
    func audit(_ kind: Subject.Kind) async throws {
        let subject = Subject(kind)
        try await makeSmallWorld(subject.store)
        let outcome = try await subject.store.commit([change(.blockAccount(email("ann")))])
        let verification = try await subject.store.verifyAudit(expecting: nil)
        #expect(verification == AuditVerification(entries: 7, head: outcome.auditHead))
    }
}
