import AccessModel
import Planning
import Support
import Testing

/// What a plan says when the store's record of others' changes cannot be trusted, and to whom.
@Suite("Others' changes in a plan") struct RecorderTests {
    @Test(
        "A record that cannot be trusted is W286, one for each sort of fault, whatever is selected")
    func untrusted() {
        let world = World(store: "", declared: "").with {
            $0.observed.recorderFaults = [
                .missing("a"), .missing("b"), .missing("c"), .missing("d"), .missing("e"),
                .unrecorded(AccessPart(.roleGrant, scope: "production")), .held, .serial(-2),
            ]
            $0.selection = PlanRequest.Selection(tenants: [TenantName("production")])
        }
        let findings = plan(world.request).findings.filter { $0.code == "W286" }
        #expect(
            findings.map(\.message) == [
                "the recorder is off: triggers are gone (a, b, c and 2 more).",
                "changes are not recorded in roles of members of production: the recorder was "
                    + "off or its records were altered.",
                "the recorder is off: the mark of Muster's own writes was left in the store.",
                "the serial was set back by 2.",
            ])
    }

    @Test("R-42: details of an account are for those who may invite where it is a member")
    func veiled() {
        let ann = EmailAddress.of("a")
        let change = ForeignChange(
            address: .account(ann), before: ["firstName": "Ann", "blocked": "false"],
            after: ["firstName": "Eve", "blocked": "true", "mobile": "+316"],
            at: Instant.of("2026-11-22T10:00:00Z"))
        func told(_ reader: String, _ world: World) -> [String: String]? {
            let actor: Actor = reader == "operator" ? .platformOperator : .person(.of(reader))
            return [change].veiled(for: actor, in: world.observed)[0].after
        }
        let world = World(store: "a[r]; b{P}; c{I}", declared: "")
        #expect(told("operator", world) == change.after)
        #expect(told("c", world) == change.after)
        #expect(told("a", world) == change.after)
        #expect(
            told("b", world) == [
                "firstName": "withheld, another", "blocked": "true", "mobile": "withheld",
            ])
    }
}
