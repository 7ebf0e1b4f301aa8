import AccessModel
import Invitations
import Planning
import Reconciliation
import SQLStorage
import Storage
import Support
import Synchronization
import Testing

/// What becomes of letters when the mail fails.
@Suite("The postman") struct PostmanTests {
    private let noon = Instant(seconds: 1_795_000_000)
    private let project = Project(name: "acme")

    @Test("takes a letter that could still get lost for unsent, and sends it again")
    func unsettled() async throws {
        let store = try await store(letters: 1)
        let mail = Mail()
        mail.settling.withLock { $0 = .unavailable(reason: "no power") }
        let lost = try await round(store, mail)
        #expect(lost.sent == 0 && lost.left == 1 && lost.reasons == ["no power"])
        #expect(try await store.outbox().count == 1)
        mail.settling.withLock { $0 = nil }
        #expect(try await round(store, mail).sent == 1)
        #expect(try await store.outbox().isEmpty)
        #expect(mail.tried.withLock { $0.count == 2 && $0[0] == $0[1] })
    }

    @Test("gives a letter up after its twelfth try")
    func tries() async throws {
        let store = try await store(letters: 1)
        let mail = Mail()
        mail.sending.withLock { $0 = .temporary(reason: "busy") }
        for _ in 1..<12 {
            let round = try await round(store, mail)
            #expect(round.left == 1 && round.undeliverable == 0)
        }
        let last = try await round(store, mail)
        #expect(last.left == 0 && last.undeliverable == 1)
        _ = try await round(store, mail)
        #expect(mail.tried.withLock(\.count) == 12)
    }

    @Test("does not try again what was refused for good")
    func refused() async throws {
        let store = try await store(letters: 1)
        let mail = Mail()
        mail.sending.withLock { $0 = .permanent(reason: "nobody there") }
        #expect(try await round(store, mail).undeliverable == 1)
        #expect(try await round(store, mail).undeliverable == 1)
        #expect(mail.tried.withLock(\.count) == 1)
    }

    @Test("sends every letter once, however many batches they make")
    func batches() async throws {
        let store = try await store(letters: 450)
        let mail = Mail()
        #expect(try await round(store, mail).sent == 450)
        #expect(try await store.outbox().isEmpty)
        #expect(mail.tried.withLock { Set($0).count } == 450)
        #expect(mail.settled.withLock { $0 } == 3)
    }

    @Test("does not give up letters for want of a relay, and stops trying the others")
    func outage() async throws {
        let store = try await store(letters: 3)
        let mail = Mail()
        mail.sending.withLock { $0 = .unavailable(reason: "no relay") }
        for _ in 0..<20 {
            let round = try await round(store, mail)
            #expect(round.left == 3 && round.undeliverable == 0)
        }
        #expect(mail.tried.withLock(\.count) == 20)
        let letters = try await store.outbox()
        // Each in its turn, for one letter may be to blame.
        #expect(letters.map(\.attempts) == [7, 7, 6] && letters.map(\.outages) == [7, 7, 6])
        #expect(letters.allSatisfy { !$0.undeliverable && $0.lastError == "no relay" })
        mail.sending.withLock { $0 = .temporary(reason: "greylisted") }
        #expect(try await round(store, mail).left == 3)
    }

    @Test("lets no letter that always ends the round hold up the others")
    func stumbling() async throws {
        let store = try await store(letters: 6)
        let mail = Mail(lettersPerRecord: 1)
        mail.stumblesOver.withLock { $0 = ["l0", "l1", "l2"] }
        var sent = 0
        for _ in 0..<4 { sent += try await round(store, mail).sent }
        #expect(sent == 3)
        #expect(try await store.outbox().map(\.letter.id) == ["l0", "l1", "l2"])
    }

    @Test("waits longer each time, and as long as it is asked to")
    func backOff() async throws {
        let store = try await store(letters: 1)
        let mail = Mail()
        mail.sending.withLock { $0 = .temporary(reason: "busy") }
        var waits: [Int64] = []
        for _ in 0..<11 {
            _ = try await round(store, mail)
            let next = try #require(try await store.outbox().first?.nextAttempt)
            waits.append((next.seconds - noon.seconds) / 60)
        }
        #expect(waits == [1, 2, 4, 8, 16, 32, 64, 128, 256, 360, 360])
        let other = try await self.store(letters: 1)
        mail.sending.withLock { $0 = .temporary(reason: "busy", retryAfter: 7_200) }
        _ = try await round(other, mail)
        #expect(try await other.outbox().first?.nextAttempt == noon.adding(seconds: 7_200))
    }

    @Test("leaves alone what waits for its next try, when it is told to")
    func due() async throws {
        let store = try await store(letters: 1)
        let mail = Mail()
        mail.sending.withLock { $0 = .temporary(reason: "busy") }
        #expect(try await round(store, mail, onlyDue: true).left == 1)
        mail.sending.withLock { $0 = nil }
        #expect(try await round(store, mail, onlyDue: true) == Postman.Round())
        #expect(try await round(store, mail).sent == 1)
    }

    @Test("leaves letters to the sender who has them, unless that one is gone or its time is up")
    func claims() async throws {
        let store = try await store(letters: 3)
        func claim(_ letter: String, _ name: String) async throws {
            _ = try await store.claimLetters(
                LetterClaim(
                    letters: [letter], claimant: name, at: noon,
                    until: noon.adding(seconds: 1_800)))
        }
        try await claim("l0", "alive")
        try await claim("l1", "dead")
        let mail = Mail()
        let first = try await round(store, mail)
        #expect(first.sent == 2 && first.elsewhere == 1 && first.left == 0)
        #expect(try await store.outbox().map(\.letter.id) == ["l0"])
        let early = try await round(store, mail, after: 1_799)
        #expect(early.sent == 0 && early.elsewhere == 1)
        let late = try await round(store, mail, after: 1_800)
        #expect(late.sent == 1 && late.elsewhere == 0)
    }

    @Test("asks again for its letters when its time is nearly up, and leaves what others took")
    func lapse() async throws {
        let store = try await store(letters: 3)
        let clock = Mutex(noon)
        let mail = Mail()
        // The first letter takes longer than the claim; meanwhile another sender comes by.
        mail.during.withLock {
            $0 = { [noon] in
                let late = clock.withLock { time in
                    time = noon.adding(seconds: Postman.lease + 1)
                    return time
                }
                let claim = LetterClaim(
                    letters: ["l1", "l2"], claimant: "other", at: late,
                    until: late.adding(seconds: 60))
                let held = try await store.claimLetters(claim)
                try await store.recordDelivery([.init(letter: "l1", at: late, result: .sent)])
                #expect(held == ["l1", "l2"])
            }
        }
        let postman = Postman(
            store: store, transport: mail, keys: FixedKey(),
            claimant: Claimant(
                name: "me", hasEnded: { _ in false }, time: { clock.withLock { $0 } }),
            context: context)
        let round = try await postman.deliver(for: project)
        #expect(round.sent == 1 && round.elsewhere == 2 && round.left == 0)
        #expect(mail.tried.withLock(\.count) == 1)
        #expect(try await store.outbox().map(\.letter.id) == ["l2"])
    }

    @Test("stops with the letter in hand when it is asked to, and leaves the others free")
    func cancelled() async throws {
        let store = try await store(letters: 3)
        let mail = Mail(lettersPerRecord: 1)
        mail.stopsAfter.withLock { $0 = 2 }
        let first = try await Task { try await round(store, mail) }.value
        #expect(first.sent == 2 && first.elsewhere == 0 && first.left == 0)
        #expect(try await store.outbox().map(\.letter.id) == ["l2"])
        let other = try await round(store, mail, after: 1)
        #expect(other.sent == 1 && other.elsewhere == 0)
    }

    private func round(
        _ store: any Store, _ mail: Mail, onlyDue: Bool = false, after seconds: Int64 = 0
    ) async throws -> Postman.Round {
        let postman = Postman(
            store: store, transport: mail, keys: FixedKey(),
            claimant: claimant("me \(seconds)", after: seconds), context: context)
        return try await postman.deliver(for: project, onlyDue: onlyDue)
    }

    private func store(letters: Int) async throws -> MemoryStore {
        let store = MemoryStore(hash: SHA256Digest.hexadecimal)
        let steps = (0..<letters).map { number in
            Step.letter(
                Letter(
                    id: "l\(number)", recipient: .of("ann"), recipientName: nil,
                    kind: .join, language: "en", inviter: "acme", places: [], expiresAt: nil,
                    queuedAt: noon))
        }
        _ = try await store.commit(
            Commit(
                run: context.run(.apply, project: project.name), base: nil, newStoreID: "s1",
                steps: steps))
        return store
    }

    private func claimant(_ name: String, after seconds: Int64 = 0) -> Claimant {
        Claimant(
            name: name, hasEnded: { $0.hasPrefix("dead") },
            time: { noon.adding(seconds: seconds) })
    }

    private var context: RunContext {
        RunContext(
            actor: .platformOperator, now: noon, underTestClock: false, systemUser: "test",
            host: "test", process: 1, ci: nil, random: { Array(repeating: 7, count: $0) })
    }
}

/// A transport that does what it is told, and remembers what it was given.
private final class Mail: MailTransport {
    let sending = Mutex<DeliveryError?>(nil)
    let settling = Mutex<DeliveryError?>(nil)
    let tried = Mutex<[String]>([])
    /// The letters at which the relay goes away.
    let stumblesOver = Mutex<Set<String>>([])
    let settled = Mutex(0)
    /// What happens once, while a letter is sent.
    let during = Mutex<(@Sendable () async throws -> Void)?>(nil)
    /// Cancels the sender's task when so many were tried.
    let stopsAfter = Mutex<Int?>(nil)
    let lettersPerRecord: Int

    init(lettersPerRecord: Int = 200) { self.lettersPerRecord = lettersPerRecord }

    func send(_ message: OutgoingMessage) async throws(DeliveryError) {
        let count = tried.withLock { tried in
            tried.append(message.messageID)
            return tried.count
        }
        if count == stopsAfter.withLock({ $0 }) { withUnsafeCurrentTask { $0?.cancel() } }
        let event = during.withLock { event in
            defer { event = nil }
            return event
        }
        do { try await event?() } catch { Issue.record(error) }
        if let error = sending.withLock({ $0 }) { throw error }
        if stumblesOver.withLock({ $0.contains { message.messageID.hasPrefix($0 + "@") } }) {
            throw .unavailable(reason: "gone")
        }
    }

    func settle() async throws(DeliveryError) {
        settled.withLock { $0 += 1 }
        if let error = settling.withLock({ $0 }) { throw error }
    }
}
