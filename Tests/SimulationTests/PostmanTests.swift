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

    private func round(_ store: any Store, _ mail: Mail) async throws -> Postman.Round {
        let postman = Postman(
            store: store, transport: mail, keys: FixedKey(), claimant: claimant("me"),
            context: context)
        return try await postman.deliver(for: project)
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
    let settled = Mutex(0)

    func send(_ message: OutgoingMessage) async throws(DeliveryError) {
        tried.withLock { $0.append(message.messageID) }
        if let error = sending.withLock({ $0 }) { throw error }
    }

    let lettersPerRecord = 200

    func settle() async throws(DeliveryError) {
        settled.withLock { $0 += 1 }
        if let error = settling.withLock({ $0 }) { throw error }
    }
}
