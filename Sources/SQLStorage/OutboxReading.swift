internal import AccessModel
internal import FoundationEssentials
package import Storage

extension SQLSession {
    /// Letters not yet delivered, oldest first. Decoding one takes longer than reading it, so that
    /// the engine chooses.
    package func outbox(_ selection: OutboxSelection) throws(SQLFailure) -> [OutboxEntry] {
        try reading { () throws(SQLFailure) in
            _ = try meta()
            var entries: [OutboxEntry] = []
            let decoder = JSONDecoder()
            let (condition, limit, parameters) = Self.condition(selection)
            try connection.query(
                """
                SELECT letter, run, attempts, next_attempt, last_error, undeliverable, outages,
                claimant FROM outbox WHERE sent_at IS NULL\(condition) ORDER BY position\(limit)
                """, parameters
            ) { row throws(SQLFailure) in
                let next = row.optionalText(3).flatMap { Instant(rfc3339: $0) }
                if case .open(let due?) = selection, let next, next > due { return }
                entries.append(
                    OutboxEntry(
                        letter: try Self.letter(row.text(0), decoder), run: row.integer(1),
                        attempts: row.number(2), nextAttempt: next,
                        lastError: row.optionalText(4), undeliverable: row.flag(5),
                        outages: row.number(6), claimant: row.optionalText(7)))
            }
            return entries
        }
    }

    /// So much of an instant's text is in its order; a fraction may follow or not.
    private static let wholeSeconds = 19

    /// More of the condition, what comes after the order, and what is bound.
    private static func condition(
        _ selection: OutboxSelection
    ) -> (condition: String, limit: String, parameters: [SQLValue]) {
        switch selection {
        case .all: return ("", "", [])
        case .oldest(let count): return ("", " LIMIT $1", [.number(count)])
        case .open(nil): return (" AND undeliverable = 0", "", [])
        case .open(let due?):
            return (
                """
                 AND undeliverable = 0
                AND (next_attempt IS NULL OR substr(next_attempt, 1, 19) <= $1)
                """, "", [.text(String(due.text.prefix(Self.wholeSeconds)))]
            )
        case .givenUp: return (" AND undeliverable = 1", "", [])
        case .named(let beginnings):
            var parameters: [SQLValue] = []
            var terms: [String] = []
            for beginning in beginnings {
                let place = parameters.count + 1
                terms.append("substr(id, 1, $\(place)) = $\(place + 1)")
                parameters += [.number(beginning.unicodeScalars.count), .text(beginning)]
            }
            let any = terms.isEmpty ? "1 = 0" : terms.joined(separator: " OR ")
            return (" AND (\(any))", "", parameters)
        }
    }

    /// How many letters are not yet delivered, and since when.
    package func outboxFigures() throws(SQLFailure) -> OutboxFigures {
        try reading { () throws(SQLFailure) in
            _ = try meta()
            var figures = OutboxFigures()
            try connection.query(
                """
                SELECT undeliverable, count(*) FROM outbox WHERE sent_at IS NULL
                GROUP BY undeliverable
                """, []
            ) { row in
                if row.flag(0) {
                    figures.undeliverable = row.number(1)
                } else {
                    figures.waiting = row.number(1)
                }
            }
            guard figures.waiting > 0 else { return figures }
            let first = try connection.first(
                """
                SELECT min(substr(at, 1, 19)) FROM runs WHERE number IN
                (SELECT run FROM outbox WHERE sent_at IS NULL AND undeliverable = 0)
                """
            ) { $0.text(0) }
            figures.waitingSince = first.flatMap { Instant(rfc3339: $0 + "Z") }
            return figures
        }
    }
}
