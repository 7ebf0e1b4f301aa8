internal import AccessModel
package import Storage

/// Copies a whole store to a place where none is: everything that is kept, by whatever version, row
/// by row, as it is. Nobody's actions: neither a run nor an entry of the audit is made.
///
/// - Parameter underTestClock: Only a store that was made so may be written.
/// - Throws: `.taken`; `.damaged` when the source cannot be copied without hiding what is wrong
///   with it, or the copy is not the same.
package func copyStore(
    from source: some SQLCopySource, to target: some SQLCopyTarget, underTestClock: Bool
) throws(StoreError) -> CopyOutcome {
    // Before anything is made on the other side.
    try source.asItIs { (session) throws(SQLFailure) in
        try session.reading { () throws(SQLFailure) in
            guard try session.meta().underTestClock || !underTestClock else {
                throw .store(.clock)
            }
        }
    }
    return try target.making { (writer) throws(SQLFailure) -> CopyOutcome in
        do throws(StoreError) {
            return try source.asItIs { (reader) throws(SQLFailure) -> CopyOutcome in
                try StoreCopy(
                    reader: reader, writer: writer, source: source.place, target: target.place
                ).outcome()
            }
        } catch {
            throw .store(error)
        }
    }
}

private struct StoreCopy {
    let reader: SQLSession
    let writer: SQLSession
    let source: String
    let target: String

    /// Both transactions from begin to end; the writer's is the last to end.
    func outcome() throws(SQLFailure) -> CopyOutcome {
        try onTarget { () throws(SQLFailure) in try writer.writing(copied) }
    }

    private func copied() throws(SQLFailure) -> CopyOutcome {
        var meta: SQLSession.Meta?
        var left: [String] = []
        var rows: [CopyOutcome.Table] = []
        var read = ""
        try onSource { () throws(SQLFailure) in
            let found = try reader.meta()
            meta = found
            try reader.requireParts(of: found.version)
            left = try triggersLeft(found)
            try makeTables(found.version)
            (rows, read) = try copyRows(found.version)
        }
        guard let meta else { throw .other("nothing was read") }
        let written = try onTarget { () throws(SQLFailure) in
            try writer.contentDigest(in: meta.version)
        }
        guard read == written else {
            throw .store(
                .damaged(source, reason: "what was written is not what was read; nothing is"))
        }
        let digest = try onTarget { () throws(SQLFailure) in try finish(meta, written) }
        return CopyOutcome(
            source: source, target: target,
            identity: StoreIdentity(
                origin: meta.origin, keyFingerprint: meta.keyFingerprint,
                underTestClock: meta.underTestClock),
            rows: rows, digest: digest,
            movedFrom: meta.version < writer.schema.newest ? meta.version : nil,
            leftTriggers: left)
    }

    /// One transaction. What fails is named here, for the other side's names are within.
    private func onSource(_ body: () throws(SQLFailure) -> Void) throws(SQLFailure) {
        do { try reader.reading(body) } catch { throw .store(error.storeError(at: source)) }
    }

    private func onTarget<Value>(
        _ body: () throws(SQLFailure) -> Value
    ) throws(SQLFailure) -> Value {
        do { return try body() } catch { throw .store(error.storeError(at: target)) }
    }

    /// A store whose record is switched off has changes that nobody wrote down; a copy, whose
    /// recorder is whole, would look as if there were none.
    private func triggersLeft(_ meta: SQLSession.Meta) throws(SQLFailure) -> [String] {
        if let fault = try reader.dialect.engineFaults(reader.connection).first {
            throw .damaged(fault)
        }
        guard meta.version == reader.schema.newest else { return [] }
        let isHeld = try reader.connection.first("SELECT 1 FROM writer") { _ in true } == true
        var left: [String] = []
        for fault in try reader.dialect.recorderFaults(reader.connection)
            + (isHeld ? [RecorderFault.held] : [])
        {
            switch fault {
            case .unknown(let name): left.append(name)
            case .missing, .altered, .held, .unrecorded, .historyAltered, .serial, .unsealed:
                throw .damaged(
                    "its recorder of others' changes is not whole, which a copy would hide; "
                        + "`muster store check` tells more")
            }
        }
        return left
    }

    /// As the version of the source had them, so that its rows fit.
    private func makeTables(_ version: Int) throws(SQLFailure) {
        try onTarget { () throws(SQLFailure) in
            let schema = Schema(versions: Array(writer.schema.versions.prefix(version)))
            try schema.migrate(writer.connection, writer.dialect, from: 0)
            try writer.connection.run("INSERT INTO writer (run) VALUES (1)", [])
            // Rows that the schema begins with.
            for table in StoredTable.all.reversed() where table.since <= version {
                try writer.connection.run("DELETE FROM \(table.name)", [])
            }
        }
    }

    private func copyRows(
        _ version: Int
    ) throws(SQLFailure) -> (rows: [CopyOutcome.Table], digest: String) {
        var digest = ContentDigest()
        var rows: [CopyOutcome.Table] = []
        for table in StoredTable.all where table.since <= version {
            digest.begin(table, in: version)
            let columns = table.columns(in: version).count
            var waiting = WaitingRows(table.insertion(in: version))
            try reader.connection.query(
                table.selection(in: version), []
            ) { row throws(SQLFailure) in
                digest.add(row, columns: columns)
                waiting.add(table.values(row, in: version))
                guard waiting.isFull else { return }
                try onTarget { () throws(SQLFailure) in try waiting.write(to: writer.connection) }
            }
            try onTarget { () throws(SQLFailure) in try waiting.write(to: writer.connection) }
            rows.append(.init(name: table.name, count: digest.end()))
            guard table.isNumbered else { continue }
            let last = try reader.dialect.lastNumber(reader.connection, table.name)
            try onTarget { () throws(SQLFailure) in
                try writer.connection.settle()
                try writer.dialect.continueAfter(last, writer.connection, table.name)
            }
        }
        return (rows, digest.text)
    }

    /// Moves the copy forward, and takes the mark of Muster's own writes away.
    private func finish(_ meta: SQLSession.Meta, _ written: String) throws(SQLFailure) -> String {
        try writer.schema.migrate(writer.connection, writer.dialect, from: meta.version)
        try writer.connection.run("DELETE FROM writer", [])
        guard meta.version < writer.schema.newest else { return written }
        return try writer.contentDigest(in: writer.schema.newest)
    }
}
