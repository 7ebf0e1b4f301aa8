internal import AccessModel

extension MemoryContents {
    mutating func forget(
        _ request: ForgetRequest, chain: AuditChain, salt: () -> String
    ) throws(StoreError) -> ForgetOutcome {
        let person = request.person
        guard access.accounts[person] == nil,
            !access.memberships.values.contains(where: { $0[person] != nil }),
            !access.identityUsers.values.contains(where: { $0[person] != nil })
        else { throw .failed("\(person.canonical) still has access") }
        let earlier = audit.count { $0.entry.kind == Forgetting.person }
        var erasure = Erasure(person, number: earlier + 1)
        for chained in audit { erasure.learn(from: chained.entry) }
        for entry in outbox { erasure.learn(from: entry.letter) }

        var outcome = ForgetOutcome(
            pseudonym: erasure.pseudonym, run: nil,
            auditHead: audit.last?.link.hash ?? AuditChain.start)
        var draft = ForgetDraft(erasure, chain)
        for run in runs { draft.add(run) }
        for chained in audit { draft.add(chained) }
        eraseLetters(erasure, &outcome)
        for place in issued.indices where issued[place].invitation.scope.email == person {
            issued[place].invitation.scope = issued[place].invitation.scope.with(
                erasure.pseudonym)
            outcome.invitations += 1
        }
        managed = managed.mapValues { $0.filter { $0.person != person } }
        (outcome.entries, outcome.runs) = (draft.erasedEntries, draft.runs.count)
        guard !outcome.isEmpty else { return outcome }

        for run in draft.runs { runs[Int(run.run.number) - 1] = run }
        for chained in draft.entries { audit[Int(chained.entry.sequence) - 1] = chained }
        var run = request.run
        run.number = Int64(runs.count) + 1
        let statements = draft.statements(of: run, after: Int64(audit.count))
        (run.changes, run.letters) = (statements.count, 0)
        let sealed = chain.sealed(run, salt: salt())
        let seal = chain.seal(sealed)
        for entry in statements {
            let previous = audit.last?.link.hash ?? AuditChain.start
            let grain = salt()
            let link = chain.link(entry, after: previous, run: seal, salt: grain)
            audit.append(
                ChainedEntry(entry: entry, salt: grain, previous: previous, link: link))
        }
        runs.append(sealed)
        outcome.run = run.number
        outcome.auditHead = audit.last?.link.hash ?? AuditChain.start
        return outcome
    }

    private mutating func eraseLetters(_ erasure: Erasure, _ outcome: inout ForgetOutcome) {
        let count = outbox.count
        outbox.removeAll { $0.letter.recipient == erasure.person.canonical }
        outcome.letters = count - outbox.count
        for place in outbox.indices {
            let number = outbox[place].run
            let project = runs.first { $0.run.number == number }?.run.project ?? ""
            if let letter = erasure.erased(outbox[place].letter, inviter: project) {
                outbox[place].letter = letter
                outcome.letters += 1
            }
            if let error = outbox[place].lastError, erasure.speaks(error) {
                outbox[place].lastError = nil
            }
        }
    }
}
