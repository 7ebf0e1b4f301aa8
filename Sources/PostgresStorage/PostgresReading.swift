internal import AccessModel
internal import SQLStorage
internal import Storage

/// What the store and the reader read alike. (The domain has an `Actor` of its own.)
protocol PostgresReading: _Concurrency.Actor {
    var handle: PostgresHandle { get }
}

extension PostgresReading {
    package func snapshot(project: String) throws(StoreError) -> ObservedState {
        try handle.read { (session) throws(SQLFailure) in try session.snapshot(project: project) }
    }

    package func survey(
        project: String, knowing entries: [IdentityCode: StoreSurvey.Entry]?
    ) throws(StoreError) -> StoreSurvey? {
        try handle.read { (session) throws(SQLFailure) in
            if let entries { return try session.survey(project: project, knowing: entries) }
            return try session.survey(project: project)
        }
    }

    package func rosters(
        of identities: Set<IdentityCode>
    ) throws(StoreError) -> [IdentityCode: Roster] {
        try handle.read { (session) throws(SQLFailure) in try session.rosters(of: identities) }
    }

    package func state(
        _ survey: StoreSurvey, people: Set<EmailAddress>, declared: [IdentityCode: [EmailAddress]]
    ) throws(StoreError) -> ObservedState {
        try handle.read { (session) throws(SQLFailure) in
            try session.state(survey, people: people, declared: declared)
        }
    }

    package func mark() throws(StoreError) -> StoreMark? {
        try handle.mark()
    }

    package func invitation(tokenHash: String) throws(StoreError) -> Invitation? {
        try handle.read { (session) throws(SQLFailure) in
            try session.invitation(tokenHash: tokenHash)
        }
    }

    package func run(plan: String) throws(StoreError) -> RunRecord? {
        try handle.read { (session) throws(SQLFailure) in try session.run(plan: plan) }
    }

    package func runs(limit: Int) throws(StoreError) -> [RunRecord] {
        try handle.read { (session) throws(SQLFailure) in try session.runs(limit: limit) }
    }

    package func runs(numbered numbers: Set<Int64>) throws(StoreError) -> [RunRecord] {
        try handle.read { (session) throws(SQLFailure) in try session.runs(numbered: numbers) }
    }

    package func audit(_ selection: AuditSelection) throws(StoreError) -> [AuditEntry] {
        try handle.read { (session) throws(SQLFailure) in try session.audit(selection) }
    }

    package func foreignRecords() throws(StoreError) -> [ForeignRecord] {
        try handle.read { (session) throws(SQLFailure) in try session.foreignRecords() }
    }

    package func outbox(_ selection: OutboxSelection) throws(StoreError) -> [OutboxEntry] {
        try handle.read { (session) throws(SQLFailure) in try session.outbox(selection) }
    }

    package func standing(
        of invitations: Set<String>
    ) throws(StoreError) -> [String: InvitationStanding] {
        try handle.read { (session) throws(SQLFailure) in try session.standing(of: invitations) }
    }

    package func outboxFigures() throws(StoreError) -> OutboxFigures {
        try handle.read { (session) throws(SQLFailure) in try session.outboxFigures() }
    }

    package func identity() throws(StoreError) -> StoreIdentity {
        try handle.read { (session) throws(SQLFailure) in try session.identity() }
    }

    package func verifyAudit(
        expecting head: String? = nil
    ) throws(StoreError) -> AuditVerification {
        try handle.read { (session) throws(SQLFailure) in try session.verifyAudit(expecting: head) }
    }
}
