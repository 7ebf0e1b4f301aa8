internal import AccessModel
internal import Diagnostics
internal import Planning
internal import Reconciliation

// What the manifests would change now: the same sections, words and order as in the plan's text.

extension AccessReport {
    var planSection: ReportSection {
        ReportSection(id: "plan", title: "Plan", body: planBody)
    }

    private var planBody: HTML {
        guard !plan.isInvalid, endings != nil else {
            return """
                <p class="empty">No plan: the manifests are invalid. \
                See <a href="#findings">the findings</a>.</p>

                """
        }
        let assumed: HTML =
            actorIsAssumed
            ? " Nobody was named who acts, so this is what the operator\u{2019}s apply would do."
            : ""
        var body: HTML = "<p><strong>\(plan.summaryLine)</strong></p>\n"
        for caveat in plan.caveats { body += "<p class=\"alarm\">\(sentence: caveat)</p>\n" }
        body += "<p class=\"note\">\(plan.origin.phrase.text)\(assumed)</p>\n"
        body += risks
        for section in plan.sections(folding: true) { body += section.html }
        return body + notes
    }

    private var risks: HTML {
        let blocks = RiskList(plan, folding: false).blocks
        guard !blocks.isEmpty else { return "" }
        let rows = blocks.flatMap { block in block.lines.map { $0.html(of: block) } }
        let title = RiskText.title
        return ReportTable("privileged", "\(title)", ["Who", "What", "Steps"], rows: rows)
            .folding("<b>\(title)</b> <small>\(blocks.count)</small>", rows: rows.count)
    }

    /// What is neither a change nor told elsewhere on the page.
    private var notes: HTML {
        let notes = plan.plan.notes.filter { $0.kind != .awaiting && $0.kind != .unmanaged }
        guard !notes.isEmpty else { return "" }
        let rows = notes.map { note -> HTML in
            """
            <tr><th scope="row">\(address: note.address.text)</th>\
            <td>\(note.kind.words)</td><td>\(value: note.message)</td></tr>

            """
        }
        return ReportTable("notes", "Notes to the plan", ["What", "Note", "More"], rows: rows)
            .folding("<b>Notes</b> <small>\(notes.count)</small>", rows: notes.count)
    }
}

extension RiskBlock.Line {
    fileprivate func html(of block: RiskBlock) -> HTML {
        let own: HTML = mark.map { " <span class=\"badge expiring\">\($0)</span>" } ?? ""
        let earlier: HTML = past.map { "<br><small>\($0)</small>" } ?? ""
        return """
            <tr><th scope="row">\(address: block.subjects[0])</th>\
            <td>\(statement)\(own)\(earlier)</td><td>\(stepRanges(steps))</td></tr>

            """
    }
}

extension HTML {
    static func + (a: HTML, b: HTML) -> HTML { "\(a)\(b)" }
}

extension PlanSection {
    fileprivate var html: HTML {
        let steps = rows.reduce(0) { $0 + $1.steps.count }
        return ReportTable(
            "plan", "Changes of \(place.title)", ["Step", "Who or what", "Change", "Declared at"],
            rows: rows.map(\.html)
        ).folding(
            "<b>\(place.title)</b> <small>\(counted(steps, "change"))</small>", rows: rows.count)
    }
}

extension PlanRow {
    fileprivate var html: HTML {
        let first = subjects.first ?? ""
        let others: HTML =
            isFolded ? " <small>and \(counted(subjects.count - 1, "other"))</small>" : ""
        var remarks = remarks.map { "<li>\($0)</li>" as HTML }
        if destructive { remarks.insert("<li>takes access away</li>", at: 0) }
        if privileged { remarks.insert("<li class=\"strong\">privileged</li>", at: 0) }
        let list: HTML = remarks.isEmpty ? "" : "<ul class=\"chips aside\">\(remarks)</ul>"
        let place: HTML =
            source.map { "<code>\($0.file):\(String($0.line))</code>" }
            ?? "<span class=\"mute\">\u{2013}</span>"
        let reason: HTML = comment.map { "<small>\(value: $0)</small>" } ?? ""
        return """
            <tr><td><b class="symbol" aria-hidden="true">\(symbol.rawValue)</b>\
            <span class="unseen">\(symbol.word)</span> \
            \(stepRanges(steps))</td><th scope="row">\(address: first)\(others)</th>\
            <td>\(phrase.inline)\(list)\(reason)</td><td>\(place)</td></tr>

            """
    }
}

extension ChangeKind.Symbol {
    fileprivate var word: String {
        switch self {
        case .add: "add"
        case .change: "change"
        case .remove: "remove"
        }
    }
}
