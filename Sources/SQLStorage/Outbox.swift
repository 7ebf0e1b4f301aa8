internal import FoundationEssentials
internal import AccessModel
package import Storage

extension SQLSession {
    static func letter(
        _ json: String, _ decoder: JSONDecoder
    ) throws(SQLFailure) -> Letter {
        do {
            return try decoder.decode(Letter.self, from: Data(json.utf8))
        } catch {
            throw .damaged("a letter in the outbox cannot be read")
        }
    }

    /// Takes those letters in hand that nobody else has; gives back all that the claimant has.
    package func claimLetters(_ claim: LetterClaim) throws(SQLFailure) -> Set<String> {
        try writing { () throws(SQLFailure) in
            let version = try meta().version
            return try marked { () throws(SQLFailure) in
                try schema.migrate(connection, dialect, from: version)
                for claimant in claim.ended {
                    try connection.run(
                        """
                        UPDATE outbox SET claimant = NULL, claimed_until = NULL WHERE claimant = $1
                        """, [.text(claimant)])
                }
                let me = SQLValue.text(claim.claimant)
                for id in claim.letters {
                    try connection.run(
                        """
                        UPDATE outbox SET claimant = $1, claimed_until = $2
                        WHERE id = $3 AND sent_at IS NULL AND undeliverable = 0
                        AND (claimant IS NULL OR claimant = $1 OR claimed_until <= $4)
                        """, [me, .text(claim.until.text), .text(id), .text(claim.at.text)])
                }
                var held: Set<String> = []
                try connection.query(
                    """
                    SELECT id FROM outbox
                    WHERE claimant = $1 AND claimed_until > $2 AND sent_at IS NULL
                    """, [me, .text(claim.at.text)]
                ) { held.insert($0.text(0)) }
                return held
            }
        }
    }

    /// Records that letters left, or why one did not.
    package func recordDelivery(_ results: [DeliveryRecord]) throws(SQLFailure) {
        guard !results.isEmpty else { return }
        try writing { () throws(SQLFailure) in
            let version = try meta().version
            try marked { () throws(SQLFailure) in
                try schema.migrate(connection, dialect, from: version)
                for result in results { try record(result) }
            }
        }
    }

    private func record(_ delivery: DeliveryRecord) throws(SQLFailure) {
        let id = SQLValue.text(delivery.letter)
        switch delivery.result {
        case .sent:
            try connection.run(
                """
                UPDATE outbox SET attempts = attempts + 1, sent_at = $1, next_attempt = NULL,
                claimant = NULL, claimed_until = NULL
                WHERE id = $2 AND sent_at IS NULL
                """, [.text(delivery.at.text), id])
        case .failed(let reason, let retryAt, let outage):
            try connection.run(
                """
                UPDATE outbox SET attempts = attempts + 1, last_error = $1, next_attempt = $2,
                outages = outages + $3, claimant = NULL, claimed_until = NULL
                WHERE id = $4 AND sent_at IS NULL
                """, [.text(reason), .text(retryAt.text), .flag(outage), id])
        case .postponed(let reason, let retryAt):
            try connection.run(
                """
                UPDATE outbox SET last_error = $1, next_attempt = $2,
                claimant = NULL, claimed_until = NULL
                WHERE id = $3 AND sent_at IS NULL
                """, [.text(reason), .text(retryAt.text), id])
        case .obsolete:
            try connection.run("DELETE FROM outbox WHERE id = $1 AND sent_at IS NULL", [id])
        case .undeliverable(let reason):
            let json = try connection.first(
                "SELECT letter FROM outbox WHERE id = $1 AND sent_at IS NULL", [id]
            ) { $0.text(0) }
            guard let json else { return }
            try connection.run(
                """
                UPDATE outbox SET attempts = attempts + 1, last_error = $1, next_attempt = NULL,
                undeliverable = 1, claimant = NULL, claimed_until = NULL WHERE id = $2
                """, [.text(reason), id])
            for place in try Self.letter(json, JSONDecoder()).places {
                guard let invitation = place.invitation else { continue }
                // Only the generation that the letter told of: a newer link is not its business.
                try connection.run(
                    """
                    UPDATE invitations SET state = 'undeliverable'
                    WHERE id = $1 AND generation = $2 AND state = 'live'
                    """, [.text(invitation), .number(place.generation)])
            }
        }
    }

    /// Removes letters without sending them, as a run; gives back how many there were.
    package func dropLetters(_ ids: [String], run: RunRecord) throws(SQLFailure) -> Int {
        try writing { () throws(SQLFailure) in
            let version = try meta().version
            return try marked { () throws(SQLFailure) in
                try schema.migrate(connection, dialect, from: version)
                var run = run
                (run.number, run.changes, run.letters) = (try nextRun(), 0, 0)
                try insert(run)
                var dropped = 0
                for id in Set(ids).sorted() {
                    dropped += try connection.changed(
                        "DELETE FROM outbox WHERE id = $1 AND sent_at IS NULL", [.text(id)])
                }
                return dropped
            }
        }
    }
}
