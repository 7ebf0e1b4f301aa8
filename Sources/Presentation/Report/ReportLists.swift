internal import AccessModel
internal import Diagnostics
internal import Reconciliation

// What waits, what ends, what nobody declares, and what is wrong.

extension AccessReport {
    var pendingSection: ReportSection {
        var body: HTML = ""
        if waiting.isEmpty {
            body = "<p class=\"empty\">Nobody is waited for.</p>\n"
        } else {
            let people = waitingPeople
            body = ReportTable(
                "pending", "People who have not accepted",
                ["Person", "Where", "Invitation", "Good until"], rows: people.map(\.html)
            ).folding(
                "<b>\(counted(waiting.count, "place"))</b> <small>not accepted yet</small>",
                rows: people.count)
        }
        if undelivered > 0 {
            body += """
                <p class="alarm">\(counted(undelivered, "letter")) in the outbox: \
                \(undelivered == 1 ? "it has" : "they have") not left.</p>

                """
        }
        return ReportSection(id: "pending", title: "Pending", body: body)
    }

    /// One line for all places in which a person waits in the same way.
    private var waitingPeople: [WaitingPerson] {
        Dictionary(grouping: waiting) { waiting in
            WaitingPerson(
                email: waiting.scope.email, state: waiting.state, until: waiting.expiresAt,
                places: [])
        }
        .map { person, places in
            var person = person
            person.places = places.map(\.scope.address.location)
            return person
        }
        .sorted { ($0.email, $0.places[0]) < ($1.email, $1.places[0]) }
    }

    var expiringSection: ReportSection {
        ReportSection(
            id: "expiring", title: "Expiring within \(Self.horizonInDays) days", body: expiringBody)
    }

    private var expiringBody: HTML {
        guard let endings else { return Self.unknown }
        guard !endings.isEmpty else {
            return "<p class=\"empty\">No declared access ends by then.</p>\n"
        }
        let rows = endings.map { ending -> HTML in
            """
            <tr data-m="expiring"><th scope="row">\(address: ending.address.whose)</th>\
            <td>\(value: ending.address.location)</td><td>\(ending.expiry.cell)</td></tr>

            """
        }
        return ReportTable(
            "endings", "Access that ends, soonest first", ["Person", "Where", "Ends"], rows: rows
        ).folding(
            "<b>\(counted(endings.count, "place"))</b> <small>soonest first</small>",
            rows: endings.count)
    }

    var unmanagedSection: ReportSection {
        ReportSection(id: "unmanaged", title: "Unmanaged", body: unmanagedBody)
    }

    private var unmanagedBody: HTML {
        guard let unmanaged else { return Self.unknown }
        guard !unmanaged.isEmpty else {
            return "<p class=\"empty\">Everybody in the store is declared.</p>\n"
        }
        let rows = unmanaged.map { address -> HTML in
            """
            <tr data-m="unmanaged"><th scope="row">\(address: address.whose)</th>\
            <td>\(value: address.location)</td></tr>

            """
        }
        return ReportTable(
            "unmanaged", "In the store, in no manifest, and left alone", ["Person", "Where"],
            rows: rows
        ).folding(
            "<b>\(counted(unmanaged.count, "place"))</b> <small>in no manifest</small>",
            rows: unmanaged.count)
    }

    private static let unknown: HTML =
        "<p class=\"empty\">Not known: the manifests are invalid.</p>\n"

    var findingsSection: ReportSection {
        var body: HTML = "<p class=\"empty\">Nothing to complain about.</p>\n"
        if !plan.findings.isEmpty {
            let settings = plan.findings.filter(\.isAboutSettings)
            let others = plan.findings.filter { !$0.isAboutSettings }
            let rows = (settings + others.filter(\.isError) + others.filter { !$0.isError })
                .map(\.row)
            body = ReportTable(
                "findings",
                "Findings of every stage: what weakens protection, then errors, then warnings",
                ["Finding", "About", "What is wrong", "Where"], rows: rows
            ).folding("<b>\(plan.findings.counts)</b>", rows: rows.count)
            body += "<p class=\"note\"><code>muster explain CODE</code> has a page on each.</p>\n"
        }
        return ReportSection(id: "findings", title: "Findings", body: body)
    }
}

private struct WaitingPerson: Hashable {
    var email: EmailAddress
    var state: String
    var until: Instant?
    var places: [String]

    var html: HTML {
        let list = places.map { "<li>\(value: $0)</li>" as HTML }
        let badge: HTML =
            state == "live" ? Badge.pending : "<span class=\"badge expiring\">\(state)</span>"
        let end: HTML = until.map { "\($0)" } ?? "<span class=\"mute\">\u{2013}</span>"
        return """
            <tr><th scope="row">\(address: email.canonical)</th>\
            <td><ul class="people">\(list)</ul></td><td>\(badge)</td><td>\(end)</td></tr>

            """
    }
}

extension ResolvedDiagnostic {
    fileprivate var row: HTML {
        let place: HTML =
            location.map { "<code>\($0.file):\(String($0.line)):\(String($0.column))</code>" }
            ?? "<span class=\"mute\">\u{2013}</span>"
        let help: HTML = help.map { "<small>\(value: $0)</small>" } ?? ""
        return """
            <tr><td>\(isError ? Badge.error : Badge.warning) <code>\(code)</code></td>\
            <th scope="row">\(address: subject)</th><td>\(value: message)\(help)</td>\
            <td>\(place)</td></tr>

            """
    }
}

extension Address {
    /// The person, or the thing itself.
    var whose: String { person?.canonical ?? text }

    /// Where the person is.
    var location: String { tenant?.text ?? identity?.text ?? "" }
}
