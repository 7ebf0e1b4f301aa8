import AccessModel
import Planning
import Storage
import Testing

@Suite("A long commit") struct LongCommitTests {
    @Test(
        "does all of its steps or nothing, whichever of them is refused",
        arguments: Subject.Kind.shared)
    func atomicAtLength(_ kind: Subject.Kind) async throws {
        let subject = Subject(kind)
        try await makeSmallWorld(subject.store)
        let before = comparable(try await subject.store.snapshot(project: "acme"))
        func steps(refusing place: Int?) -> [Step] {
            (0..<4_001).flatMap { number -> [Step] in
                // Joe is there already.
                let user = NewIdentityUser(admin: false, roles: [])
                let address = number == place ? email("joe") : email("user\(number)")
                return [
                    change(.addIdentityUser("io.acme", address, user, NewAccount())),
                    .letter(letter("letter\(number)", to: address)),
                ]
            }
        }
        for place in [0, 1_500, 4_000] {
            await #expect("\(place)") {
                try await subject.store.commit(steps(refusing: place))
            } throws: {
                if case StoreError.failed = $0 { true } else { false }
            }
            #expect(comparable(try await subject.store.snapshot(project: "acme")) == before)
        }
        try await subject.store.commit(steps(refusing: nil))
        #expect(try await subject.store.outbox().count == 4_001)
        #expect(try await subject.store.verifyAudit(expecting: nil).broken == nil)
        let users = try await subject.store.snapshot(project: "acme").identityUsers["io.acme"]
        #expect(users?.count == 4_002)
    }
}
