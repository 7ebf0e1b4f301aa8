internal import AccessModel
internal import Diagnostics
internal import Manifests
package import Reconciliation

// Who holds a right, for programs and for spreadsheets.
extension WhoCanAnswer {
    /// `muster.who-can/1`
    package var json: String {
        JSON.object([
            .init("format", "muster.who-can/1"),
            .init("project", .string(project)),
            .init("store", .string(origin.id)),
            .init("serial", .integer(origin.serial)),
            .init("at", .string(at.text)),
            .init("manifestsValid", .bool(manifestsValid)),
            .init("tenant", .string(tenant.text)),
            .init("grants", .array(parts.map(json))),
        ]).text
    }

    private func json(_ part: Part) -> JSON {
        [
            "kind": .string(part.grant.word), "name": .string(part.grant.name),
            "available": .bool(!part.isUnavailable),
            "holders": .array(part.holders.map(json)),
            "notApplied": .strings(part.toCome.map(\.canonical)),
        ]
    }

    private func json(_ holder: Holder) -> JSON {
        [
            "email": .string(holder.email.canonical), "group": .string(holder.group.rawValue),
            "state": .string(holder.state.rawValue), "blocked": .bool(holder.blocked),
            "pending": .bool(holder.pending), "expires": .optional(holder.expires?.text),
            "expiresSoon": .bool(isSoon(holder)), "standing": .string(holder.standing.word),
            "declarations": .array(holder.declarations.map(\.json)),
        ]
    }

    /// One row a holder, under a header.
    package var csv: String {
        let header = [
            "tenant", "kind", "name", "email", "group", "state", "blocked", "pending", "expires",
            "expiresSoon", "standing", "source",
        ]
        let rows = parts.flatMap { part in
            part.holders.map { holder in
                [
                    tenant.text, part.grant.word, part.grant.name, holder.email.canonical,
                    holder.group.rawValue, holder.state.rawValue, "\(holder.blocked)",
                    "\(holder.pending)", holder.expires?.text ?? "", "\(isSoon(holder))",
                    holder.standing.word,
                    holder.declarations.map {
                        "\($0.location.file):\($0.location.line):\($0.location.column)"
                    }.joined(separator: " "),
                ]
            }
        }
        return commaSeparated([header] + rows)
    }

    private func isSoon(_ holder: Holder) -> Bool { holder.expires?.isSoon(at: at) ?? false }
}
