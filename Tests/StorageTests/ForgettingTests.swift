import AccessModel
import Planning
import SQLStorage
import SQLiteStorage
import Storage
import Testing

/// A person who came, acted, was written to and about, and went.
private let mary = EmailAddress(
    canonical: "mary.wynd@gone.example", spelling: "Mary.Wynd@Gone.example")
private let traces = [
    "mary.wynd", "gone.example", "Marigold", "Wyndham", "31698765432", "Goldie",
]

private func makeRunOfMary() -> RunRecord {
    RunRecord(
        kind: .apply, actor: mary.canonical, at: noon, project: "acme", systemUser: "mary.wynd",
        host: "marigold-laptop")
}

private func marysLetter(_ id: String) -> Letter {
    Letter(
        id: id, recipient: mary, recipientName: "Marigold Wyndham", kind: .createAccount,
        language: "en", inviter: "ops", places: [], expiresAt: nil, queuedAt: noon)
}

private func makeLife(_ store: any Store) async throws {
    try await makeSmallWorld(store)
    let profile = Profile(
        firstName: "Marigold", lastName: "Wyndham", mobile: "+31698765432", language: "fy")
    var fromMary = letter("l2")
    fromMary.inviter = "Marigold Wyndham"
    try await store.commit([
        .change(
            Change(
                action: .inviteAdmin(
                    "prod", mary, Grants(roles: ["read"]), NewAccount(profile: profile)),
                actor: .platformOperator, reason: .declared), comment: "Marigold stands in"),
        .issue(invitation("3", .membership("prod", mary)), tokenHash: "h3"),
        .letter(marysLetter("l1")), .letter(marysLetter("l3")),
    ])
    try await store.recordDelivery([.init(letter: "l1", at: noon, result: .sent)])
    try await store.commit([
        change(.updateProfile(mary, before: profile, after: Profile(firstName: "Goldie"))),
        .activate(mary, filling: profile),
    ])
    try await store.commit(
        [
            .change(
                Change(
                    action: .assignRole("prod", email("ann"), "write"), actor: .person(mary),
                    reason: .declared), comment: "asked by wyndham"),
            change(.setIdentityRoles("io.acme", email("joe"), before: ["a", "b"], after: [])),
            .letter(fromMary),
        ], run: makeRunOfMary())
    try await store.recordDelivery([
        .init(
            letter: "l2", at: noon,
            result: .failed(reason: "550 ask mary.wynd@gone.example", retryAt: noon))
    ])
}

private func removeMary(_ store: any Store) async throws {
    try await store.commit([
        change(.removeAdmin("prod", mary, Grants(roles: ["read"]))),
        change(.deleteAccount(mary, Profile(firstName: "Goldie", mobile: "+31698765432"))),
    ])
}

extension Store {
    fileprivate func forget(_ person: EmailAddress) async throws -> ForgetOutcome {
        let outcome = try await forget(
            ForgetRequest(person: person, run: makeRun(.forget)))
        try await reclaim()
        return outcome
    }
}

@Suite("Forgetting a person") struct ForgettingTests {
    @Test("leaves the history without the person", arguments: Subject.Kind.allCases)
    func everywhere(_ kind: Subject.Kind) async throws {
        let store = Subject(kind).store
        try await makeLife(store)
        try await removeMary(store)
        let head = try await store.verifyAudit(expecting: nil).head
        let before = try await store.snapshot(project: "acme")
        let outcome = try await store.forget(mary)
        // The sent letter is in an SQL store only.
        #expect([2, 3].contains(outcome.letters))
        #expect(outcome.entries == 6 && outcome.runs == 1 && outcome.invitations == 1)
        let name = "forgotten-1@forgotten.invalid"
        #expect(outcome.pseudonym.canonical == name && outcome.run == 6)

        let runs = try await store.runs(limit: 10)
        #expect(
            runs.map(\.actor) == ["operator", "operator", name]
                + Array(repeating: "operator", count: 3))
        var told = "\(runs) \(try await store.outbox())"
        for run in runs { told += "\(try await store.audit(.run(run.number)))" }
        for trace in traces { #expect(!told.lowercased().contains(trace.lowercased()), "\(trace)") }
        #expect(
            try await store.audit(.run(2)).map { [$0.address, $0.after ?? "", $0.comment ?? ""] }
                == [["prod/\(name)", #"{"permissions":[],"roles":["read"]}"#, ""]])
        let ofMary = try await store.audit(.run(4))
        #expect(ofMary.map(\.actor) == [name, "operator"])

        let verification = try await store.verifyAudit(expecting: head)
        #expect(verification.broken == nil && verification.containsExpected == true)
        #expect(verification.erased == 6)
        var after = try await store.snapshot(project: "acme")
        after.invitations = before.invitations
        #expect(comparable(after) == comparable(before))
        let again = try await store.forget(mary)
        #expect(again.run == nil && again.isEmpty)
    }

    @Test("is refused while there is an account", arguments: Subject.Kind.allCases)
    func withAccess(_ kind: Subject.Kind) async throws {
        let store = Subject(kind).store
        try await makeLife(store)
        await #expect(throws: StoreError.self) { _ = try await store.forget(mary) }
        #expect(try await store.runs(limit: 1).first?.number == 4)
    }

    @Test("tells one forgotten person from another", arguments: Subject.Kind.allCases)
    func two(_ kind: Subject.Kind) async throws {
        let store = Subject(kind).store
        try await makeLife(store)
        try await removeMary(store)
        try await store.commit([
            change(.removeAdmin("prod", email("ann"), Grants())),
            change(.deleteAccount(email("ann"), Profile())),
        ])
        let first = try await store.forget(mary)
        // Ann stands in an entry that has lost its actor already.
        let second = try await store.forget(email("ann"))
        #expect(second.pseudonym.canonical == "forgotten-2@forgotten.invalid")
        #expect(second.entries == 4)
        let entry = try await store.audit(.run(4))[0]
        #expect(entry.actor == first.pseudonym.canonical)
        #expect(entry.address == "prod/\(second.pseudonym.canonical)#role:write")
        let verification = try await store.verifyAudit(expecting: nil)
        #expect(verification.broken == nil && verification.erased == 9)
    }

    @Test("leaves no byte of the person in the store's folder")
    func bytesOnDisk() async throws {
        let subject = Subject(.sqlite)
        try await makeLife(subject.store)
        try console(subject.path, "UPDATE accounts SET language = 'nl' WHERE first_name = 'Goldie'")
        try await removeMary(subject.store)
        func found() -> [String] {
            let content = Subject.names(in: subject.folder).map { name in
                String(decoding: bytes(subject.folder + "/" + name), as: UTF8.self).lowercased()
            }.joined()
            return traces.filter { content.contains($0.lowercased()) }
        }
        #expect(found() == traces)
        let outcome = try await subject.store.forget(mary)
        #expect(outcome.foreignChanges == 1)
        #expect(found() == [])
    }

    @Test("takes a comment away for a name, and not for a part of a word")
    func comments() {
        let ali = email("ali")
        var erasure = Erasure(ali, number: 1)
        erasure.learn(
            from: AuditEntry(
                sequence: 1, run: 1, actor: "operator", address: "prod/\(ali.canonical)",
                kind: "inviteAdmin", after: #"{"profile":{"firstName":"Al","lastName":"de Wit"}}"#))
        for text in ["Al is ill", "asked by ALI@acme.example", "(al)", "for Mr De Wit."] {
            #expect(erasure.speaks(text), "\(text)")
        }
        for text in ["approval of all", "made with de Witte"] {
            #expect(!erasure.speaks(text), "\(text)")
        }
        #expect(erasure.isPerson("Al de Wit") && !erasure.isPerson("Al de Witte"))
    }

    @Test("works on a chain of version 1, which still verifies")
    func versionOne() async throws {
        let subject = Subject(.sqlite)
        try await makeLife(subject.store)
        try await removeMary(subject.store)
        try await subject.makeVersionOne()
        let store = SQLiteStore(path: subject.path)
        let verification = try await store.verifyAudit(expecting: nil)
        #expect(verification.broken == nil && verification.erased == 0)
        _ = try await store.forget(mary)
        let after = try await store.verifyAudit(expecting: verification.head)
        #expect(after.broken == nil && after.containsExpected == true && after.erased == 6)
        // Joe's entry of Mary's run is whole, and vouched for.
        for edit in [
            "UPDATE audit SET after = 'x' WHERE kind = 'setIdentityRoles'",
            "UPDATE runs SET actor = 'ann@acme.example' WHERE number = 4",
        ] {
            let copy = Subject(.sqlite)
            write(bytes(subject.path), to: copy.path)
            try console(copy.path, edit)
            #expect(try await copy.store.verifyAudit(expecting: nil).broken != nil, "\(edit)")
        }
    }

    @Test("The chain of version 1 is what it was")
    func pinned() {
        let chain = AuditChain(hash: SHA256Digest.hexadecimal)
        let run = RunRecord(
            number: 1, kind: .apply, actor: "operator",
            at: Instant(rfc3339: "2026-11-22T10:00:00Z")!, project: "acme-access",
            systemUser: "root", host: "vm",
            plan: "sha256:b6ea2eec450614309bdfbc73e27ba1ae057eae5f6336b11803373a1d664e044a",
            changes: 3, letters: 1)
        let entry = AuditEntry(
            sequence: 1, run: 1, actor: "operator", address: "role:access_read",
            kind: "createRole", reason: "declared",
            after: #"{"application":"","description":"","sensitive":false,"title":""}"#)
        let link = chain.link(
            entry, after: AuditChain.start, run: chain.seal(SealedRun(run: run, grain: nil)),
            salt: "61e7d1e0aa22a83dabc9e7371b9fe3af")
        #expect(
            link
                == .init(
                    digest: "58a1aa57b9b02b8b9ec9d115ffb2397fe590239e8e1fbd37249c84863b881ee9",
                    hash: "0b1180e712edb31701dd44f3e7a7986d5a482d341e1180ea83d0f3544b4da0e9"))
    }
}

/// Edits of a log in which somebody was forgotten.
@Suite("A tampered audit log with erased entries") struct ErasedTamperingTests {
    @Test("is found out: 1,000 random edits, and every cut tail when the head is known")
    func found() async throws {
        let store = Subject(.memory).store
        try await makeLife(store)
        try await removeMary(store)
        let chain = try await TamperedChain(of: store, forgetting: mary)
        let whole = chain.verification(expecting: "")
        #expect(whole.broken == nil && whole.erased == 6 && whole.entries > 20)
        var dice = SystemRandomNumberGenerator()
        for number in 1...1_000 {
            var edited = chain
            edited.edit(&dice)
            if edited == chain { continue }
            let verification = edited.verification(expecting: whole.head)
            #expect(
                verification.broken != nil || verification.containsExpected == false,
                "edit \(number): \(edited.difference(from: chain))")
        }
    }
}

extension Subject {
    /// Rewrites the store as version 1 had it: the actor in the seal, one digest for an entry.
    fileprivate func makeVersionOne() async throws {
        let chain = AuditChain(hash: SHA256Digest.hexadecimal)
        var sql = "DROP INDEX audit_by_run; DROP INDEX audit_by_address;"
        sql += "DROP TABLE seals; DROP TABLE recording;"
        for column in ["outages", "claimant", "claimed_until"] {
            sql += "ALTER TABLE outbox DROP COLUMN \(column);"
        }
        var head = AuditChain.start
        for run in try await store.runs(limit: 100).reversed() {
            let seal = chain.seal(SealedRun(run: run, grain: nil))
            for entry in try await store.audit(.run(run.number)) {
                let link = chain.link(entry, after: head, run: seal, salt: "s")
                sql += """
                    UPDATE audit SET salt = 's', digest = '\(link.digest)', previous = '\(head)',
                    hash = '\(link.hash)' WHERE sequence = \(entry.sequence);
                    """
                head = link.hash
            }
        }
        sql += """
            ALTER TABLE runs DROP COLUMN salt; ALTER TABLE runs DROP COLUMN digest;
            UPDATE meta SET schema_version = 1;
            """
        try console(sql)
    }
}
