internal import SQLStorage
internal import Storage

extension PostgresHandle {
    /// What everybody can see in a server changes only when a transaction that has written ends, in
    /// whatever database, by whatever program: then the snapshot that is given is another one.
    ///
    /// Its numbers are never used again by the same server while it runs. What a crash may take
    /// back, and what was put back from a copy, is told apart by when the server was started and by
    /// its last checkpoint. All of it may be read by any role.
    func mark() throws(StoreError) -> StoreMark? {
        try ask { (connection) throws(SQLFailure) in
            try connection.first(
                """
                SELECT concat_ws(' ', 'postgres', s.system_identifier, d.oid,
                extract(epoch FROM pg_catalog.pg_postmaster_start_time()),
                c.checkpoint_lsn, pg_catalog.pg_current_snapshot())
                FROM pg_catalog.pg_control_system() s, pg_catalog.pg_control_checkpoint() c,
                pg_catalog.pg_database d WHERE d.datname = pg_catalog.current_database()
                """
            ) { StoreMark($0.text(0)) }
        }
    }
}
