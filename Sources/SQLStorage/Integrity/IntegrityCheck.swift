internal import AccessModel
package import Storage

extension SQLSession {
    /// Looks at everything that must hold (RULES section 7). Nothing that is found, or cannot even
    /// be read, keeps the other checks from being made.
    ///
    /// - Parameter head: A hash that the audit chain should have.
    package func check(expecting head: String?) throws(SQLFailure) -> IntegrityReport {
        var report = IntegrityReport(findings: [])
        // One that is newer is not this program's to judge.
        do throws(SQLFailure) {
            report.origin = try reading { () throws(SQLFailure) in try meta().origin }
        } catch {
            if case .store = error { throw error }
            if case .lost = error { throw error }
        }
        for check in IntegrityReport.Check.allCases {
            report.findings.append(try finding(check, head, &report))
        }
        report.digest = try? reading { () throws(SQLFailure) in
            try contentDigest(in: schema.newest)
        }
        return report
    }

    /// In a transaction of its own, for one that failed is of no more use in some engines.
    private func finding(
        _ check: IntegrityReport.Check, _ head: String?, _ report: inout IntegrityReport
    ) throws(SQLFailure) -> IntegrityReport.Finding {
        var problems: [IntegrityProblem] = []
        do throws(SQLFailure) {
            try reading { () throws(SQLFailure) in
                problems = try self.problems(check, head, &report)
            }
        } catch {
            switch error {
            case .lost, .busy, .conflict, .full: throw error
            case .damaged(let reason), .constraint(let reason), .other(let reason):
                problems.append(.failed(reason))
            case .readOnly: problems.append(.failed("it cannot be read"))
            case .store(let error): problems.append(.failed("\(error)"))
            }
        }
        return IntegrityReport.Finding(check, problems)
    }

    private func problems(
        _ check: IntegrityReport.Check, _ head: String?, _ report: inout IntegrityReport
    ) throws(SQLFailure) -> [IntegrityProblem] {
        switch check {
        case .engine:
            return try dialect.engineFaults(connection).map { .engine($0) }
        case .schema:
            try requireParts(of: meta().version)
            return try dialect.schemaFaults(connection, schema)
        case .recorder: return try recorderProblems { !$0.isState }
        case .state: return try recorderProblems(\.isState)
        case .references: return try StoredTable.all.flatMapThrowing(danglingRows)
        case .values: return try valueProblems()
        case .accounts: return try accountProblems()
        case .places: return try placeProblems()
        case .invitations: return try invitationProblems()
        case .roles: return try roleProblems()
        case .strays: return try strayAccounts()
        case .tokens: return try tokenProblems()
        case .sequence: return try sequenceGaps()
        case .chain:
            let verification = try auditVerification(expecting: head)
            report.auditHead = verification.head
            var problems: [IntegrityProblem] = []
            if let broken = verification.broken { problems.append(.brokenChain(broken)) }
            if let head, verification.containsExpected == false {
                problems.append(.headNotFound(head))
            }
            return problems
        }
    }

    private func recorderProblems(
        _ condition: (RecorderFault) -> Bool
    ) throws(SQLFailure) -> [IntegrityProblem] {
        let faults = try recorderFaults(foreignRecords("resolved IS NULL"))
        var problems = faults.filter(condition).map { IntegrityProblem.recorder($0) }
        guard condition(.unsealed), let recording = try recording() else { return problems }
        let newest = try connection.first("SELECT max(position) FROM foreign_changes") {
            $0.integer(0)
        }
        // Before the first seal the serial is -1; no commit leaves less, or looks further.
        if recording.serial < -1 || recording.position > newest ?? 0 {
            problems.append(.recorder(.unsealed))
        }
        return problems
    }
}

extension RecorderFault {
    /// About what is there, not about how it is written down.
    fileprivate var isState: Bool {
        switch self {
        case .unrecorded: true
        case .missing, .altered, .unknown, .held, .historyAltered, .serial, .unsealed: false
        }
    }
}

extension Sequence {
    func flatMapThrowing<Value>(
        _ values: (Element) throws(SQLFailure) -> [Value]
    ) throws(SQLFailure) -> [Value] {
        var all: [Value] = []
        for element in self { all += try values(element) }
        return all
    }
}
