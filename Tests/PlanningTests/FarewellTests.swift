import AccessModel
import Planning
import Support
import Testing

/// Telling people that their access has ended.
@Suite("Letters that access has ended") struct FarewellTests {
    private func told(_ world: World) -> World {
        world.with { $0.desired.project.invitations.removedMail = .send }
    }

    @Test("removals are silent unless the project says otherwise")
    func silent() {
        let world = World(actor: "operator", store: "a; z{I,P,R}", declared: "z{I,P,R}")
        #expect(world.mails == [])
        #expect(told(world).mails == ["production/a removed"])
        #expect(told(world).plan.summary.mails == 1)
    }

    @Test("R-16: nobody is told who was still to accept, is blocked, a pipeline or renamed")
    func nobody() {
        let pending = World(
            actor: "operator", store: "a I; b B; c; z{I,P,R}", declared: "z{I,P,R}"
        ).with { $0.observed.accounts[.of("c")]?.automation = true }
        #expect(told(pending).plan.changes.filter { $0.kind == .removeAdmin }.count == 3)
        #expect(told(pending).mails == [])
        let renamed = World(actor: "operator", store: "a; b; z{I,P,R}", declared: "b; z{I,P,R}")
            .person("b", formerly: "a")
        #expect(told(renamed).plan.changes.contains { $0.reason == .renamed })
        #expect(told(renamed).mails == [])
    }

    @Test("users of identities are told, and one mail tells of all")
    func users() {
        let world = World(actor: "operator", store: "a; z{I,P,R}", declared: "z{I,P,R}")
            .identity("plant", store: "a; b", declared: "")
        #expect(
            told(world).mails == [
                "identity:plant/a removed", "identity:plant/b removed", "production/a removed",
            ])
        #expect(told(world).plan.summary.mails == 2)
    }

    @Test("who gains one place and loses another counts as one mail")
    func moved() {
        let world = World(actor: "operator", store: "a; z{I,P,R}", declared: "z{I,P,R}")
            .tenant("stage", store: "z{I,P,R}", declared: "a; z{I,P,R}")
        #expect(told(world).mails == ["production/a removed", "stage/a join"])
        #expect(told(world).plan.summary.mails == 1)
    }

    @Test("the guard counts these mails, and one who may not invite learns nothing by them")
    func guarded() {
        let world = told(World(store: "a; b", declared: "")).with {
            $0.desired.project.guards.maxMails = 1
        }
        #expect(world.outcome.contains("E280 project"))
        let stranger = told(World(store: "me{P}; a", declared: "me{P}"))
        #expect(stranger.outcome.contains("E211 production/a"))
        #expect(stranger.mails == [])
    }

    @Test("turning it on is told, also where the store does not know the setting")
    func setting() {
        let world = told(World(actor: "operator", store: "z{I,P,R}", declared: "z{I,P,R}")).with {
            $0.observed.settings = $0.desired.settings
            $0.observed.settings["invitations.removedMail"] = nil
        }
        #expect(world.outcome == ["W224 project"])
    }
}

extension World {
    fileprivate var mails: [String] {
        plan.changes.compactMap { change in
            change.mail.map { "\(change.address) \($0.rawValue)" }
        }.map { $0.replacing("@x.example", with: "") }.sorted()
    }
}
