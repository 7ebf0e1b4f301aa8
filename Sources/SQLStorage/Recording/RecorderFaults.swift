internal import AccessModel
internal import Storage

extension SQLSession {
    /// Why the records may not tell everything that others did. Within a transaction.
    ///
    /// - Parameters:
    ///   - open: The records that no run has settled.
    ///   - known: What the rows amount to that were read just now.
    func recorderFaults(
        _ open: [ForeignRecord], known: [TableSum] = []
    ) throws(SQLFailure) -> [RecorderFault] {
        var faults = try dialect.recorderFaults(connection)
        if try connection.first("SELECT 1 FROM writer", [], { _ in true }) != nil {
            faults.append(.held)
        }
        guard let recording = try recording() else { return faults + [.unsealed] }
        // A store that was just moved forward: nothing is known of what Muster left.
        guard !recording.isNew else { return try hasSealedRun() ? faults + [.unsealed] : faults }
        let expected = try seals() + AccessSums(of: open)
        let found = try sums(of: .everything, known: known)
        faults += (expected - found).parts.keys.sorted().map { .unrecorded($0) }
        if try history("resolved IS NOT NULL") != recording.history {
            faults.append(.historyAltered)
        }
        if let missing = try unexplained(since: recording) { faults.append(.serial(missing)) }
        return faults
    }

    /// A run of this version sealed what it left; one of version 1 has no digest.
    private func hasSealedRun() throws(SQLFailure) -> Bool {
        try connection.first(
            "SELECT 1 FROM runs WHERE digest IS NOT NULL AND kind IN ('apply', 'import')", [],
            { _ in true }) != nil
    }

    /// How many moves of the serial have no record, negative when it was set back.
    ///
    /// One move has one record, or two when a key changed; or all records of a transaction.
    private func unexplained(since recording: Recording) throws(SQLFailure) -> Int64? {
        let moves = try meta().origin.serial - recording.serial
        let records =
            try connection.first(
                "SELECT count(*) FROM foreign_changes WHERE position > $1",
                [.integer(recording.position)]
            ) { $0.integer(0) } ?? 0
        if moves > records { return moves - records }
        let least = dialect.movesSerialForEachRow ? (records + 1) / 2 : min(records, 1)
        return moves < least ? moves - least : nil
    }

    /// Puts the recorder back as the schema makes it; what others added stays. Within a commit.
    func rearm() throws(SQLFailure) {
        let isWhole = try dialect.recorderFaults(connection).allSatisfy {
            if case .unknown = $0 { true } else { false }
        }
        guard !isWhole else { return }
        try removeRecorder()
        for statement in RecordedTable.all.flatMap(dialect.recorder) {
            try connection.execute(statement)
        }
    }

    /// Within a commit.
    func removeRecorder() throws(SQLFailure) {
        for statement in RecordedTable.all.flatMap(dialect.recorderRemoval) {
            try connection.execute(statement)
        }
    }
}
