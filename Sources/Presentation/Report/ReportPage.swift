internal import AccessModel
internal import Diagnostics
internal import Planning
package import Reconciliation

extension AccessReport {
    /// The report as one page that needs nothing else: no server, no network, no script to be
    /// read. Same report, same bytes.
    ///
    /// - Parameter version: of the program, for the last line.
    package func html(version: String) -> [UInt8] {
        var page: HTML = "<!doctype html>\n<html lang=\"en\">\n"
        page += head
        page += "<body>\n<a class=\"skip\" href=\"#access\">Skip to the access</a>\n"
        page += header
        page += navigation
        page += "<main>\n<p class=\"none\" hidden>Nothing on this page matches.</p>\n"
        for section in sections { page += section.html }
        page += "</main>\n"
        page += footer(version)
        page += "</body>\n</html>\n"
        return page.bytes
    }

    /// The policy allows the style and the script below it by their hashes, and nothing else.
    private var head: HTML {
        let style = contentHash(of: ReportStyle.wide.description + ReportStyle.narrow.description)
        let script = contentHash(of: ReportScript.text.description)
        return """
            <head>
            <meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; \
            style-src '\(style)'; script-src '\(script)'; base-uri 'none'; form-action 'none'">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <meta name="referrer" content="no-referrer">
            <meta name="robots" content="noindex">
            <title>Access report: \(project)</title>
            <style>\(HTML(stringLiteral: ReportStyle.wide))\
            \(HTML(stringLiteral: ReportStyle.narrow))</style>
            <script>\(HTML(stringLiteral: ReportScript.text))</script>
            </head>

            """
    }

    private var header: HTML {
        var facts: HTML = "<div><dt>As of</dt><dd>\(at)</dd></div>"
        if let origin {
            facts += "<div><dt>Store</dt><dd><code>\(origin.id)</code></dd></div>"
            facts += "<div><dt>Serial</dt><dd>\(Int(origin.serial))</dd></div>"
        } else {
            facts += "<div><dt>Store</dt><dd>none yet: nobody has access</dd></div>"
        }
        if let commit = plan.manifests.commit {
            facts += "<div><dt>Manifests</dt><dd><code>\(commit)</code></dd></div>"
        }
        return """
            <header>
            <p class="kind">Access report</p>
            <h1><bdi>\(project)</bdi></h1>
            <dl class="facts">\(facts)</dl>
            \(alarm)\(band)</header>

            """
    }

    /// What must not be missed, before any number.
    private var alarm: HTML {
        guard plan.isInvalid || endings == nil else { return "" }
        return """
            <p class="alarm"><strong>The manifests are invalid.</strong> What they would change, \
            what ends and who is unmanaged is not known. \
            <a href="#findings">\(plan.findings.counts)</a></p>

            """
    }

    private var band: HTML {
        func tile(_ link: StaticString, _ value: HTML, _ name: String, _ note: HTML = "") -> HTML {
            """
            <li><a href="\(HTML(stringLiteral: link))"><b>\(value)</b> \(name)\
            <small>\(note)</small></a></li>

            """
        }
        func attention(_ count: Int) -> HTML { count > 0 ? "<i>!</i> \(count)" : "0" }
        let summary = plan.plan.summary
        let overdue = (endings ?? []).count { $0.expiry.urgency == .overdue }
        return """
            <ul class="band" aria-label="Summary">
            \(tile(
                "#access", "\(counts.accounts)", counts.accounts == 1 ? "person" : "people",
                """
                \(counts.activated) activated, \(counts.accounts - counts.activated) invited, \
                \(counts.blocked) blocked
                """))\
            \(tile(
                "#access", "\(counts.memberships)",
                counts.memberships == 1 ? "membership" : "memberships",
                "\(counts.delegated) delegated, in \(counted(tenants.count, "tenant"))"))\
            \(tile(
                "#identities", "\(counts.identityUsers)",
                counts.identityUsers == 1 ? "identity user" : "identity users",
                "of \(counted(identities.count, "identity", "identities"))"))\
            \(tile(
                "#plan",
                endings == nil
                    ? "?" : "+\(summary.add) ~\(summary.change) \u{2212}\(summary.remove)",
                "planned", endings == nil ? "not known" : "add, change, remove"))\
            \(tile("#pending", "\(waiting.count)", "pending", "not accepted yet"))\
            \(tile(
                "#expiring", endings.map { attention($0.count) } ?? "?", "expiring",
                endings == nil
                    ? "not known" : "\(overdue) overdue, within \(Int(Self.horizonInDays)) days"))\
            \(tile(
                "#unmanaged", unmanaged.map { attention($0.count) } ?? "?", "unmanaged",
                unmanaged == nil ? "not known" : "in no manifest"))\
            \(tile("#findings", attention(plan.findings.count), "findings", findingsNote))\
            \(tile("#drift", attention(plan.drift.count), "drift", "changed outside Muster"))\
            </ul>

            """
    }

    private var findingsNote: HTML {
        let errors = plan.findings.count(where: \.isError)
        return "\(counted(errors, "error")), \(counted(plan.findings.count - errors, "warning"))"
    }

    private var navigation: HTML {
        let links = sections.map { section -> HTML in
            "<li><a href=\"#\(HTML(stringLiteral: section.id))\">\(section.title)</a></li>\n"
        }
        return """
            <nav aria-label="Sections"><ul>
            \(links)</ul></nav>
            <search class="find" aria-label="Find">
            <label for="q">Find</label>
            <input id="q" type="search" placeholder="person, tenant, role \u{2026}" \
            autocomplete="off" spellcheck="false">
            <label for="show">Show</label>
            <select id="show">
            <option value="">everyone</option>
            <option value="privileged">privileged</option>
            <option value="pending">pending</option>
            <option value="blocked">blocked</option>
            <option value="expiring">expiring</option>
            <option value="unmanaged">unmanaged</option>
            </select>
            <output id="told" for="q show" aria-live="polite"></output>
            </search>

            """
    }

    private func footer(_ version: String) -> HTML {
        """
        <footer>
        <p>Made by Muster \(version) from the store and the manifests as of \(at). \
        This page names people: keep it as you keep their data.</p>
        </footer>

        """
    }

    private var sections: [ReportSection] {
        [
            accessSection, planSection, recentSection, pendingSection, expiringSection,
            unmanagedSection, findingsSection, identitiesSection, driftSection,
        ]
    }
}

/// A part of the page with its place in the navigation.
struct ReportSection: Sendable {
    var id: StaticString
    var title: String
    var body: HTML

    var html: HTML {
        let id = HTML(stringLiteral: id)
        return """
            <section id="\(id)" aria-labelledby="\(id)-title">
            <h2 id="\(id)-title">\(title)</h2>
            \(body)</section>

            """
    }
}

/// Rows under headings. Rows carry `data-m`, the words that the page can be narrowed by.
struct ReportTable: Sendable {
    /// So many rows are shown at once; more are folded until somebody opens them.
    static let shownRows = 50

    /// How the columns are called on a narrow page; a class of the style.
    var layout: StaticString
    /// What it shows, for those who do not see it.
    var caption: HTML
    var columns: [String]
    /// Whole `<tbody>` elements.
    var bodies: [HTML]

    init(_ layout: StaticString, _ caption: HTML, _ columns: [String], rows: [HTML]) {
        self.init(layout, caption, columns, bodies: ["<tbody>\n\(rows)</tbody>\n"])
    }

    init(_ layout: StaticString, _ caption: HTML, _ columns: [String], bodies: [HTML]) {
        self.layout = layout
        self.caption = caption
        self.columns = columns
        self.bodies = bodies
    }

    var html: HTML {
        let headings = columns.map { "<th scope=\"col\">\($0)</th>" as HTML }
        return """
            <table class="\(HTML(stringLiteral: layout))">
            <caption>\(caption)</caption>
            <thead><tr>\(headings)</tr></thead>
            \(bodies)</table>

            """
    }

    /// The table with a line to open and close it.
    ///
    /// - Parameter id: what other parts of the page link to it by.
    func folding(_ summary: HTML, rows: Int, open: Bool = true, id: HTML = "") -> HTML {
        let open: HTML = open && rows <= Self.shownRows ? " open" : ""
        let name: HTML = id.isEmpty ? "" : " id=\"\(id)\""
        return "<details\(name)\(open)>\n<summary>\(summary)</summary>\n\(html)</details>\n"
    }
}
