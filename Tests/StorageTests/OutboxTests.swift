import AccessModel
import Storage
import Testing

@Suite("The outbox of every store") struct OutboxTests {
    @Test(
        "counts letters and gives those that are asked for, and looks into no other",
        arguments: Subject.Kind.allCases)
    func selectedLetters(_ kind: Subject.Kind) async throws {
        let subject = Subject(kind)
        let store = subject.store
        try await makeSmallWorld(store)
        #expect(try await store.outboxFigures() == OutboxFigures())
        let ids = ["aa1", "aa2", "ab1", "b'1", "é1"]
        for (place, id) in ids.enumerated() {
            var run = makeRun(.resend)
            run.at = Instant(microseconds: (noon.seconds - Int64(place)) * 1_000_000 + 500_000)
            try await store.commit([.letter(letter(id))], run: run)
        }
        func selected(_ selection: OutboxSelection) async throws -> [String] {
            try await store.outbox(selection).map(\.letter.id)
        }
        #expect(try await selected(.all) == ids)
        for count in 0...6 {
            #expect(try await selected(.oldest(count)) == Array(ids.prefix(count)))
        }
        #expect(try await selected(.named(["aa", "b'", "ab12"])) == ["aa1", "aa2", "b'1"])
        #expect(try await selected(.named(["é"])) == ["é1"])
        #expect(try await selected(.named([])) == [])
        let since = noon.adding(seconds: -4)
        #expect(
            try await store.outboxFigures()
                == OutboxFigures(waiting: 5, undeliverable: 0, waitingSince: since))
        let half = Instant(microseconds: noon.microseconds + 500_000)
        try await store.recordDelivery([
            .init(letter: "aa1", at: noon, result: .sent),
            .init(letter: "aa2", at: noon, result: .failed(reason: "no", retryAt: half)),
            .init(letter: "ab1", at: noon, result: .failed(reason: "no", retryAt: noon)),
            .init(letter: "é1", at: noon, result: .undeliverable(reason: "no such user")),
        ])
        #expect(try await selected(.open(due: nil)) == ["aa2", "ab1", "b'1"])
        #expect(try await selected(.open(due: noon.adding(seconds: -1))) == ["b'1"])
        #expect(try await selected(.open(due: noon)) == ["ab1", "b'1"])
        #expect(try await selected(.open(due: half)) == ["aa2", "ab1", "b'1"])
        #expect(
            try await store.outboxFigures()
                == OutboxFigures(
                    waiting: 3, undeliverable: 1, waitingSince: noon.adding(seconds: -3)))
        // A letter that nobody can read is in nobody's way.
        guard kind != .memory else { return }
        try subject.console("UPDATE outbox SET letter = '{' WHERE id = 'b''1'")
        #expect(try await selected(.oldest(2)) == ["aa2", "ab1"])
        #expect(try await selected(.named(["a"])) == ["aa2", "ab1"])
        #expect(try await store.outboxFigures().count == 4)
        await #expect(throws: StoreError.self) { _ = try await store.outbox() }
    }

    @Test(
        "postpones letters without a try, drops others, and tells what became of invitations",
        arguments: Subject.Kind.allCases)
    func passedOver(_ kind: Subject.Kind) async throws {
        let subject = Subject(kind)
        let store = subject.store
        try await makeSmallWorld(store)
        try await store.commit(["a", "b"].map { .letter(letter($0)) })
        let told = try #require(try await store.invitation(tokenHash: "h1"))
        func standing(blocked: Bool) -> [String: InvitationStanding] {
            [told.id: InvitationStanding(invitation: told, isBlocked: blocked)]
        }
        #expect(try await store.standing(of: [told.id, "x"]) == standing(blocked: false))
        #expect(try await store.standing(of: []) == [:])
        let later = noon.adding(seconds: 60)
        try await store.recordDelivery([
            .init(letter: "a", at: noon, result: .obsolete),
            .init(letter: "b", at: noon, result: .postponed(reason: "no relay", retryAt: later)),
        ])
        let left = try await store.outbox()
        #expect(left.map(\.letter.id) == ["b"])
        #expect(left[0].attempts == 0 && left[0].outages == 0 && left[0].nextAttempt == later)
        #expect(left[0].lastError == "no relay")
        try await store.recordDelivery([
            .init(letter: "b", at: noon, result: .undeliverable(reason: "no such user"))
        ])
        #expect(try await store.outbox(.givenUp).map(\.letter.id) == ["b"])
        let after = try await store.standing(of: [told.id])
        #expect(after[told.id]?.invitation.state == .undeliverable)
        #expect(try await store.snapshot(project: "acme").origin?.serial == 1)
    }
}
