internal import Storage

extension SQLSession {
    /// What a failure comes from. Statements that are right on the tables that Muster made fail on
    /// tables that somebody has changed, in an engine's own words; this names what was changed.
    ///
    /// Not within a transaction.
    package func explained(_ failure: SQLFailure) -> SQLFailure {
        switch failure {
        case .other(let reason), .constraint(let reason), .damaged(let reason):
            alteration.map { .damaged("\($0) (\(reason))") } ?? failure
        case .busy, .conflict, .lost, .full, .readOnly, .store: failure
        }
    }

    /// How the schema differs from what this version makes, in words; `nil` when it does not.
    private var alteration: String? {
        let version = try? reading { () throws(SQLFailure) in try meta().version }
        // One that is older is moved before anything else is done with it.
        guard version == nil || version == schema.newest else { return nil }
        let problems = try? reading { () throws(SQLFailure) in
            try dialect.schemaFaults(connection, schema)
        }
        let words = (problems ?? []).compactMap(\.alteration)
        guard !words.isEmpty else { return nil }
        let more = words.count > 3 ? "; and \(words.count - 3) more" : ""
        return words.prefix(3).joined(separator: "; ") + more
    }
}

extension IntegrityProblem {
    fileprivate var alteration: String? {
        switch self {
        case .missing(let part): "\(part) is gone"
        case .altered(let part): "\(part) is not as Muster made it"
        case .unexpected(let part): "\(part) was not made by Muster"
        case .engine, .failed, .notReached, .recorder, .dangling, .value, .notCanonical, .twice,
            .liveTwice, .unavailable, .stray, .tokenHash, .gap, .brokenChain, .headNotFound:
            nil
        }
    }
}
