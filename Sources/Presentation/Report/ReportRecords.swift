internal import AccessModel
internal import Reconciliation
internal import Storage

// What happened: the last runs, and what others did in between.

extension AccessReport {
    var recentSection: ReportSection {
        var body: HTML = ""
        if runs.isEmpty {
            body = "<p class=\"empty\">No run yet.</p>\n"
        } else {
            body = ReportTable(
                "runs", "The last runs, newest first",
                ["Run", "When", "Who", "Changes", "Letters", "Commit"], rows: runs.map(\.row)
            ).folding(
                "<b>Last runs</b> <small>\(runs.count), newest first</small>", rows: runs.count)
            let told = runs.filter { $0.entries?.isEmpty == false }
            for run in told {
                body += run.details(open: run.record.number == told.first?.record.number)
            }
        }
        return ReportSection(id: "recent", title: "Recent changes", body: body)
    }

    var driftSection: ReportSection {
        var body: HTML = "<p class=\"empty\">Nothing was changed outside Muster.</p>\n"
        if !plan.drift.isEmpty {
            let rows = plan.drift.map { change -> HTML in
                """
                <tr><th scope="row">\(address: change.address.text)</th>\
                <td>\(change.phrase)</td><td>\(change.at)</td>\
                <td>\(value: change.by ?? "not known")</td></tr>

                """
            }
            body = ReportTable(
                "drift", "Changed outside Muster since it last wrote the same thing",
                ["What", "Change", "When", "Who"], rows: rows
            ).folding(
                "<b>\(counted(rows.count, "change"))</b> <small>outside Muster</small>",
                rows: rows.count)
        }
        return ReportSection(id: "drift", title: "Drift", body: body)
    }
}

extension AccessReport.Run {
    fileprivate var row: HTML {
        let commit: HTML =
            record.commit.map { "<code>\(String($0.prefix(12)))</code>" }
            ?? "<span class=\"mute\">\u{2013}</span>"
        let origin: HTML =
            record.ci.map { "<small>\(value: $0)</small>" }
            ?? "<small>\(value: record.systemUser) on \(value: record.host)</small>"
        return """
            <tr><th scope="row">\(String(record.number)) \
            <small>\(record.kind.rawValue)</small></th>\
            <td>\(record.at)</td><td>\(value: record.actor)\(origin)</td>\
            <td>\(record.changes)</td><td>\(record.letters)</td><td>\(commit)</td></tr>

            """
    }

    fileprivate func details(open: Bool) -> HTML {
        let entries = entries ?? []
        let number = String(record.number)
        return ReportTable(
            "entries", "What run \(number) changed", ["What", "Change", "Values", "Who and why"],
            rows: entries.map { $0.row(runBy: record.actor) }
        ).folding(
            """
            <b>Run \(number)</b> <small>\(record.kind.rawValue) by \(value: record.actor), \
            \(record.at), \(counted(entries.count, "change"))</small>
            """, rows: entries.count, open: open)
    }
}

extension AccessReport.Entry {
    fileprivate func row(runBy runner: String) -> HTML {
        var values: HTML = ""
        if let words = before?.words, !words.isEmpty {
            values += "<del>\(value: words)</del> "
        }
        if let words = after?.words, !words.isEmpty { values += "<ins>\(value: words)</ins>" }
        var why: HTML = actor == runner ? "" : "by \(value: actor) "
        if let reason { why += "\(reason) " }
        if let comment { why += "<small>\(value: comment)</small>" }
        return """
            <tr><th scope="row">\(address: address)</th><td>\(kind)</td><td>\(values)</td>\
            <td>\(why)</td></tr>

            """
    }
}

extension JSON {
    /// An audited value as a line: names and what they stand for, without what is empty.
    fileprivate var words: String {
        switch self {
        case .null: ""
        case .bool(let value): value ? "yes" : "no"
        case .integer(let value): "\(value)"
        case .string(let text): text
        case .array(let values): values.map(\.words).joined(separator: ", ")
        case .object(let members):
            members.map { ($0.key, $0.value.words) }.filter { !$0.1.isEmpty }
                .map { "\($0): \($1)" }.joined(separator: "; ")
        }
    }
}
