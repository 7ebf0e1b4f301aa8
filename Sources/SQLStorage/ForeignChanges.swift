internal import FoundationEssentials
internal import AccessModel
internal import Planning
package import Storage

extension SQLSession {
    /// All that others changed, settled or not, in the order in which it happened.
    package func foreignRecords() throws(SQLFailure) -> [ForeignRecord] {
        try reading { () throws(SQLFailure) in
            _ = try meta()
            return try foreignRecords("1 = 1")
        }
    }

    /// - Parameter condition: Words of our own, never text from outside.
    func foreignRecords(_ condition: String) throws(SQLFailure) -> [ForeignRecord] {
        var records: [ForeignRecord] = []
        try connection.query(
            """
            SELECT kind, first, second, third, before, after, at, who, position, resolved
            FROM foreign_changes WHERE \(condition) ORDER BY position
            """, []
        ) { row throws(SQLFailure) in
            guard let key = AddressKey(row), let at = Instant(rfc3339: row.text(6)) else {
                throw .damaged("a recorded change cannot be read")
            }
            records.append(
                ForeignRecord(
                    position: row.integer(8), address: key.address,
                    before: try Self.fields(row.optionalText(4)),
                    after: try Self.fields(row.optionalText(5)), at: at, by: row.optionalText(7),
                    resolved: row.optionalText(9).flatMap { Int64($0) }))
        }
        return records
    }

    static func fields(_ json: String?) throws(SQLFailure) -> [String: String]? {
        guard let json else { return nil }
        do {
            let fields = try JSONDecoder().decode(
                [String: String?].self, from: Data(json.utf8))
            return fields.compactMapValues { $0 }
        } catch {
            throw .damaged("a recorded change cannot be read")
        }
    }

    func hasForeignChanges() throws(SQLFailure) -> Bool {
        try connection.first(
            "SELECT 1 FROM foreign_changes WHERE resolved IS NULL LIMIT 1"
        ) { _ in true } ?? false
    }

    /// Within a commit: Muster has written these objects, or has looked at everything.
    func resolveForeignChanges(by step: Step, run: Int64) throws(SQLFailure) {
        for address in step.writtenAddresses {
            let key = AddressKey(address)
            try resolve(
                "kind = $2 AND first = $3 AND second = $4 AND third = $5", key.values, run)
            switch key.kind {
            case .membership:
                try resolve(
                    """
                    kind IN ('permissionGrant', 'roleGrant') AND first = $2 AND second = $3
                    """, [.text(key.names[0]), .text(key.names[1])], run)
            case .tenant where step.deletes:
                try resolve(
                    """
                    kind IN ('availableRole', 'membership', 'permissionGrant', 'roleGrant')
                    AND first = $2
                    """, [.text(key.names[0])], run)
            case .identity where step.deletes:
                try resolve("kind = 'identityUser' AND first = $2", [.text(key.names[0])], run)
            default: break
            }
        }
    }

    func resolveAllForeignChanges(run: Int64) throws(SQLFailure) { try resolve("1 = 1", [], run) }

    private func resolve(
        _ condition: String, _ parameters: [SQLValue], _ run: Int64
    ) throws(SQLFailure) {
        try connection.run(
            "UPDATE foreign_changes SET resolved = $1 WHERE resolved IS NULL AND \(condition)",
            [.integer(run)] + parameters)
    }
}

extension Step {
    /// The objects that the step leaves as Muster wants them.
    fileprivate var writtenAddresses: [Address] {
        switch self {
        case .change(let change, _):
            switch change.action {
            case .resendInvitation: []
            case .inviteAdmin(_, let email, _, _), .addIdentityUser(_, let email, _, .some):
                [change.address, .account(email)]
            default: [change.address]
            }
        case .account(let account): [.account(account.email)]
        case .membership(let tenant, let email, _): [.membership(tenant, email)]
        case .user(let code, let email, _): [.identityUser(code, email)]
        // Acceptance says nothing about what others did to the same place.
        case .activate, .join, .invitation, .issue, .letter: []
        }
    }

    fileprivate var deletes: Bool {
        guard case .change(let change, _) = self else { return false }
        return change.kind == .deleteTenant || change.kind == .deleteIdentity
    }
}
