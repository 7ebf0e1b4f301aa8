internal import AccessModel
internal import Reconciliation
package import Storage

extension ForgetOutcome {
    /// What `audit forget` says. The address is not repeated: this may end in a log.
    package var text: String {
        guard let run else {
            return "The store has nothing of that person; its file is rewritten.\n"
        }
        var parts = [
            counted(entries, "audit entry", "audit entries"), counted(runs, "run"),
            counted(letters, "letter"), counted(invitations, "invitation"),
        ]
        if foreignChanges > 0 { parts.append(counted(foreignChanges, "recorded change")) }
        return """
            Erased as run \(run): \(parts.joined(separator: ", ")).
            The person is \(pseudonym.canonical) from now on. Audit head \(auditHead).
            Letters that were sent, backups, logs and git are outside the store.

            """
    }

    package var json: String {
        JSON.object([
            .init("format", "muster.forget/1"), .init("run", run.map(JSON.integer) ?? .null),
            .init("pseudonym", run == nil ? .null : .string(pseudonym.canonical)),
            .init("entries", .integer(entries)), .init("runs", .integer(runs)),
            .init("letters", .integer(letters)), .init("invitations", .integer(invitations)),
            .init("foreignChanges", .integer(foreignChanges)),
            .init("auditHead", .string(auditHead)),
        ]).text
    }
}
