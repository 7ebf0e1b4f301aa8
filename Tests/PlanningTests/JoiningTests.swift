import AccessModel
import Planning
import Support
import Testing

/// Inviting and joining.
@Suite("Inviting and joining") struct JoiningTests {
    @Test(
        "R-13: an identity's user needs the address alone, and an admin all details",
        arguments: [
            Profile(lastName: "Bee", mobile: "+31612345678"),
            Profile(firstName: "A", mobile: "+31612345678"),
            Profile(firstName: "A", lastName: "Bee"),
            Profile(),
        ])
    func details(profile: Profile) {
        let admin = World(store: "", declared: "a").person("a", profile: profile)
        #expect(admin.outcome == ["E231 production/a"])
        let user = World(store: "", declared: "")
            .identity("plant", store: "me admin", declared: "me admin; a")
            .person("a", profile: profile)
        #expect(user.outcome == ["addIdentityUser identity:plant/a, createAccount"])
    }

    @Test("R-16: an expired invitation is not sent again to somebody whom the plan blocks")
    func blockedAndExpired() {
        let world = World(actor: "operator", store: "a{I} I expired; z{I}", declared: "a{I}; z{I}")
        #expect(world.steps == ["resendInvitation production/a, invitationExpired, createAccount"])
        #expect(world.person("a", blocked: true).steps == ["blockAccount account:a"])
    }

    @Test("R-23: nobody is refused in an identity that is only observed, for want of its tenant")
    func blockedInObservedIdentity() {
        let world = World(actor: "operator", store: "a{I} B; z{I,P,R}", declared: "z{I,P,R}")
            .applied()
            .tenant("stage", store: nil, declared: "", management: .observe)
            .identity("plant", of: "stage", store: nil, declared: "a")
        #expect(world.outcome == ["W261 identity:plant/a"])
        #expect(world.notes.contains("observed identity:plant/a"))
    }

    @Test("R-13: a user without a mobile who becomes an admin is a warning")
    func noMobile() {
        let world = World(actor: "operator", store: "z{I,P,R}", declared: "z{I,P,R}; a")
            .identity("plant", store: "a bare", declared: "a")
        #expect(world.outcome == ["addAdmin production/a, join", "W234 production/a"])
    }

    @Test("R-13: the change that makes the account writes the profile, in every scope of the plan")
    func profileOnce() {
        let world = World(actor: "operator", store: "", declared: "a{I}")
            .tenant("stage", store: "", declared: "a").people("a")
        #expect(
            world.outcome == [
                "inviteAdmin production/a, createAccount", "inviteAdmin stage/a, createAccount",
            ])
        #expect(world.plan.summary.mails == 1)
        #expect(world.applied().observed.accounts[.of("a")]?.profile == .of("a"))
        #expect(world.applied().outcome == [])
    }

    @Test("R-14: while invited the profile follows the manifest, and mobiles count")
    func profileOfInvited() {
        let wanted = Profile(firstName: "A", lastName: "Bee", mobile: "+31600000000")
        let world = World(store: "a{I} I", declared: "a{I}").person("a", profile: wanted)
        #expect(
            world.plan.changes.map(\.action) == [
                .updateProfile(
                    .of("a"), before: Profile(mobile: "+31612345678"),
                    after: Profile(mobile: "+31600000000"))
            ])
        #expect(world.outcome == ["updateProfile account:a"])
    }

    @Test("R-15: who is invited elsewhere is added, and the mail still invites")
    func invitedElsewhere() {
        let world = World(store: "", declared: "a").tenant("stage", store: "a I", declared: "a")
        #expect(world.outcome == ["addAdmin production/a, createAccount"])
        #expect(world.applied().notes == ["awaiting production/a", "awaiting stage/a"])
        #expect(world.applied().accepting("a").notes == [])
    }

    @Test("R-15: silent sends only the mail that invites to create an account")
    func silent() {
        let world = World(store: "", declared: "a; b").people("b")
            .tenant("stage", store: "a", declared: "a")
            .with { $0.desired.project.invitations.joinMail = .silent }
        #expect(
            world.outcome == ["addAdmin production/a", "inviteAdmin production/b, createAccount"])
        #expect(world.plan.summary.mails == 1)
    }

    @Test("R-16: one mail per person, none for a grant, a profile or a blocked account")
    func mails() {
        let world = World(
            actor: "operator", store: "z{I,P,R}; c I", declared: "z{I,P,R}; a; b; c[r]"
        )
        .people("a")
        .tenant("stage", store: "b B", declared: "a; b")
        .person("c", profile: Profile(firstName: "Cee"))
        #expect(
            world.outcome
                == [
                    "updateProfile account:c", "addAdmin production/b",
                    "inviteAdmin production/a, createAccount", "assignRole production/c r",
                    "inviteAdmin stage/a, createAccount", "W261 production/b", "W261 stage/b",
                ].sortedAsPlanned)
        #expect(world.plan.summary.mails == 1)
    }

    @Test(
        "R-17: what ended an invitation",
        arguments: [
            ("expired", ["resendInvitation production/a, invitationExpired, createAccount"]),
            ("resent", ["W241 production/a"]), ("declined", ["W242 production/a"]),
            ("undeliverable", ["W243 production/a"]), ("revoked", ["W244 production/a"]), ("", []),
        ])
    func ended(how: String, expected: [String]) {
        #expect(World(store: "a I \(how)", declared: "a").outcome == expected)
        let user = World(actor: "operator", store: "z{I,P,R}", declared: "z{I,P,R}")
            .identity("plant", store: "a I \(how)", declared: "a")
        #expect(
            user.outcome == expected.map { $0.replacing("production/", with: "identity:plant/") })
    }

    @Test("R-17: the project's limit of re-sends")
    func limit() {
        let world = World(store: "a I expired", declared: "a").with {
            $0.desired.project.invitations.resendAfterExpiry = 0
        }
        #expect(world.outcome == ["W241 production/a"])
    }

    @Test("With acceptance required, an existing account waits for its own place")
    func required() {
        let world = World(store: "", declared: "a").tenant("stage", store: "a", declared: "a")
            .with { $0.desired.project.invitations.acceptance = .required }
        #expect(world.outcome == ["addAdmin production/a, join"])
        #expect(world.applied().outcome == [])
        #expect(world.applied().notes == ["awaiting production/a"])
        let later = world.applied().with { $0.now = $0.now.adding(days: 8) }
        #expect(later.outcome == ["resendInvitation production/a, invitationExpired, join"])
    }

    @Test("The whole of an invitation is in its change")
    func wholeEntry() {
        let change = World(store: "", declared: "a{I}[r]").people("a").plan.changes[0]
        #expect(
            change
                == Change(
                    id: 1,
                    action: .inviteAdmin(
                        TenantName("production"), .of("a"),
                        Grants(permissions: [.inviteAdmins], roles: [RoleName("r")]),
                        NewAccount(profile: .of("a"))),
                    actor: .person(.of("me")), reason: .declared, mail: .createAccount,
                    privileged: true))
    }
}

extension [String] {
    /// Steps by the order of those that are ready, where no edge says otherwise: by address.
    fileprivate var sortedAsPlanned: [String] {
        let steps = filter { !$0.hasPrefix("W") && !$0.hasPrefix("E") }
        let address = { (line: String) in line.split(separator: " ")[1].replacing(",", with: "") }
        return steps.sorted { address($0) < address($1) }
            + filter { $0.hasPrefix("W") || $0.hasPrefix("E") }.sorted()
    }
}
