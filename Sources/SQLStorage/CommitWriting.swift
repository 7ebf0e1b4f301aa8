internal import AccessModel
package import Storage

extension SQLSession {
    /// Everything of a commit in one transaction, on a store that is there.
    ///
    /// - Throws: `.store(.stale)` when the store is not the commit's base any more.
    package func commit(_ commit: Commit) throws(SQLFailure) -> CommitOutcome {
        try writing { () throws(SQLFailure) in
            let meta = try meta()
            guard meta.origin == commit.base else { throw .store(.stale) }
            if commit.underTestClock && !meta.underTestClock { throw .store(.clock) }
            return try marked { () throws(SQLFailure) in
                try schema.migrate(connection, dialect, from: meta.version)
                return try write(commit, onto: meta.origin)
            }
        }
    }

    /// A new store with the commit in it, in an empty database.
    package func create(_ commit: Commit) throws(SQLFailure) -> CommitOutcome {
        try writing { () throws(SQLFailure) in
            try schema.migrate(connection, dialect, from: 0)
            // Nobody else sees the rows that a store begins with; asking for each takes its time.
            try removeRecorder()
            return try marked { () throws(SQLFailure) in
                let origin = ObservedState.Origin(id: commit.newStoreID, serial: 0)
                try connection.run(
                    """
                    INSERT INTO meta (one, store_id, schema_version, serial, test_clock)
                    VALUES (1, $1, $2, 0, $3)
                    """,
                    [.text(origin.id), .number(schema.newest), .flag(commit.underTestClock)])
                for permission in Permission.builtIn {
                    try connection.run(
                        "INSERT INTO permissions (name, title) VALUES ($1, $2)",
                        [.text(permission.name.text), .text(permission.title)])
                }
                let outcome = try write(commit, onto: origin)
                try rearm()
                return outcome
            }
        }
    }

    private func write(
        _ commit: Commit, onto base: ObservedState.Origin
    ) throws(SQLFailure) -> CommitOutcome {
        let run = commit.numberedRun(try nextRun())
        var log = try AuditLog(self, insert(run))
        var writer = StepWriter(self, run, commit.acceptance)
        let hasForeignChanges = try hasForeignChanges()
        let isWhole = run.kind == .apply && commit.managed != nil
        let seal = try Seal(self, commit)
        let watched = WorkCount.watched
        watched?.begin(.steps, of: commit.steps.count)
        for step in commit.steps {
            try writer.write(step)
            try log.append(step)
            if hasForeignChanges { try resolveForeignChanges(by: step, run: run.number) }
            watched?.advance(.steps)
        }
        try writer.writeWaiting()
        try log.finish()
        try writeProject(commit)
        if hasForeignChanges, isWhole { try resolveAllForeignChanges(run: run.number) }
        if commit.beginsRecordAnew { try rearm() }
        var origin = base
        if commit.steps.contains(where: \.isAccess) {
            origin.serial += 1
            try connection.run("UPDATE meta SET serial = $1", [.integer(origin.serial)])
        }
        try seal.close(run: run.number, serial: origin.serial)
        return CommitOutcome(run: run.number, origin: origin, auditHead: log.head)
    }

    private func writeProject(_ commit: Commit) throws(SQLFailure) {
        if let settings = commit.settings {
            try connection.run("DELETE FROM settings", [])
            for (key, value) in settings.sorted(by: { $0.key < $1.key }) {
                try connection.run(
                    "INSERT INTO settings (key, value) VALUES ($1, $2)",
                    [.text(key), .text(value)])
            }
        }
        if let managed = commit.managed {
            let project = SQLValue.text(commit.run.project)
            try connection.run("DELETE FROM managed WHERE project = $1", [project])
            var rows = WaitingRows(
                SQLBatch(into: "managed", .named("project kind first second third")))
            for address in managed.sorted() {
                rows.add([project] + AddressKey(address).values)
                if rows.isFull { try rows.write(to: connection) }
            }
            try rows.write(to: connection)
        }
        if let fingerprint = commit.keyFingerprint {
            try connection.run("UPDATE meta SET key_fingerprint = $1", [.text(fingerprint)])
        }
    }

    package func identity() throws(SQLFailure) -> StoreIdentity {
        try reading { () throws(SQLFailure) in
            let meta = try meta()
            return StoreIdentity(
                origin: meta.origin, keyFingerprint: meta.keyFingerprint,
                underTestClock: meta.underTestClock)
        }
    }
}
