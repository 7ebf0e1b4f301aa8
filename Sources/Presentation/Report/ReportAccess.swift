internal import AccessModel
internal import Reconciliation

// Who holds what: each tenant with its people, and each identity with its admins.

extension AccessReport {
    var accessSection: ReportSection {
        var body: HTML = ""
        if tenants.isEmpty {
            body = "<p class=\"empty\">No tenants, so nobody is an admin anywhere.</p>\n"
        } else {
            body += overview
            for (index, tenant) in tenants.enumerated() {
                body += tenant.html(id: Self.id(ofTenant: index))
            }
        }
        return ReportSection(id: "access", title: "Access", body: body)
    }

    /// Counted, so that no name gets into a link.
    private static func id(ofTenant index: Int) -> HTML { "tenant-\(String(index + 1))" }

    /// Each tenant in a line: how many hold what matters.
    private var overview: HTML {
        let rows = tenants.enumerated().map { index, access -> HTML in
            let holders = PermissionName.builtIn.map { name -> HTML in
                "<td>\(access.members.count { $0.permissions.contains(name) })</td>"
            }
            return """
                <tr><th scope="row"><a href="#\(Self.id(ofTenant: index))">\
                \(value: access.tenant.name.text)</a></th>\
                <td>\(access.tenant.environment.rawValue)</td>\
                <td>\(access.members.count)</td>\(holders)\
                <td>\(access.members.count { $0.roles.contains(where: \.sensitive) })</td>\
                <td>\(access.members.count { $0.person.standing == .pending })</td>\
                <td>\(access.members.count { $0.person.standing == .blocked })</td></tr>

                """
        }
        return ReportTable(
            "overview", "How many people hold what, by tenant",
            ["Tenant", "Environment", "People"] + PermissionName.builtIn.map(\.text)
                + ["sensitive role", "Pending", "Blocked"], rows: rows
        ).html
    }

    var identitiesSection: ReportSection {
        var body: HTML = ""
        if identities.isEmpty {
            body = "<p class=\"empty\">No identities.</p>\n"
        } else {
            body += """
                <p class="note">Users who are not admins are counted and not listed; \
                <code>muster why EMAIL</code> names every right of a person.</p>

                """
            let byTenant = Dictionary(grouping: identities, by: \.identity.tenant)
            for (tenant, identities) in byTenant.sorted(by: { $0.key < $1.key }) {
                body += ReportTable(
                    "identities", "Identities of \(value: tenant.text)",
                    ["Identity", "Users", "Admins"], rows: identities.map(\.row)
                ).folding(
                    """
                    <b>\(value: tenant.text)</b> <small>\
                    \(counted(identities.count, "identity", "identities")), \
                    \(counted(identities.reduce(0) { $0 + $1.users }, "user"))</small>
                    """, rows: identities.count)
            }
        }
        return ReportSection(id: "identities", title: "Identities", body: body)
    }
}

extension AccessReport.TenantAccess {
    /// Those with permissions first: they decide about the others.
    fileprivate func html(id: HTML) -> HTML {
        let groups: [(String, [AccessReport.Member])] = [
            ("Delegated admins", members.filter(\.isDelegated)),
            ("Roles only", members.filter { !$0.isDelegated }),
        ]
        let bodies = groups.filter { !$0.1.isEmpty }.map { title, members -> HTML in
            """
            <tbody>
            <tr class="group"><th scope="rowgroup" colspan="5">\(title) <small>\
            \(members.count)</small></th></tr>
            \(members.map(\.row))</tbody>

            """
        }
        let title: HTML =
            tenant.title.isEmpty || tenant.title == tenant.name.text
            ? "" : " <span>\(value: tenant.title)</span>"
        let management: HTML = management.map { " \u{b7} \($0.rawValue)" } ?? " \u{b7} not declared"
        let summary: HTML = """
            <b>\(value: tenant.name.text)</b>\(title) <small>\
            \(counted(members.count, "person", "people")), \
            \(members.count(where: \.isDelegated)) delegated \u{b7} \
            \(tenant.environment.rawValue)\(management)</small>
            """
        guard !members.isEmpty else {
            return """
                <details id="\(id)" open><summary>\(summary)</summary>
                <p class="empty">Nobody.</p></details>

                """
        }
        return ReportTable(
            "access", "People of \(value: tenant.name.text)",
            ["Person", "State", "Permissions", "Roles", "Until"], bodies: bodies
        ).folding(summary, rows: members.count, id: id)
    }
}

extension AccessReport.Member {
    fileprivate var row: HTML {
        let until: HTML = expires.map { $0.cell } ?? "<span class=\"mute\">\u{2013}</span>"
        return """
            <tr data-m="\(marks)">\(person.heading)\
            <td>\(person.standing.badge)\(unmanaged ? " \(Badge.unmanaged)" : "" as HTML)</td>\
            <td>\(permissionChips)</td><td>\(roleChips)</td><td>\(until)</td></tr>

            """
    }

    private var marks: HTML {
        var marks: HTML = ""
        if isPrivileged { marks += "privileged " }
        switch person.standing {
        case .active: break
        case .pending: marks += "pending "
        case .blocked: marks += "blocked "
        }
        if let expires, expires.urgency != .later { marks += "expiring " }
        if unmanaged { marks += "unmanaged " }
        return marks
    }

    private var permissionChips: HTML {
        guard !permissions.isEmpty else { return "<span class=\"mute\">\u{2013}</span>" }
        let chips = permissions.map { "<li class=\"strong\">\($0.text)</li>" as HTML }
        return "<ul class=\"chips\">\(chips)</ul>"
    }

    private var roleChips: HTML {
        guard !roles.isEmpty else { return "<span class=\"mute\">\u{2013}</span>" }
        let chips = roles.map { role -> HTML in
            role.sensitive
                ? "<li class=\"strong\">\(role.name.text) <small>sensitive</small></li>"
                : "<li>\(role.name.text)</li>"
        }
        return "<ul class=\"chips\">\(chips)</ul>"
    }
}

extension AccessReport.IdentityAccess {
    fileprivate var row: HTML {
        let title: HTML =
            identity.title.isEmpty ? "" : "<small>\(value: identity.title)</small>"
        var users: HTML = identity.system ? "everyone" : "\(users)"
        if pending > 0 { users += " <small>\(pending) pending</small>" }
        if disabled > 0 { users += " <small>\(disabled) disabled</small>" }
        let names = admins.map { admin -> HTML in
            let state: HTML = admin.standing == .active ? "" : " \(admin.standing.badge)"
            return "<li>\(address: admin.email.canonical)\(state)</li>"
        }
        let list: HTML =
            names.isEmpty
            ? "<span class=\"mute\">none</span>" : "<ul class=\"people\">\(names)</ul>"
        return """
            <tr data-m="\(admins.isEmpty ? "" : "privileged" as HTML)">\
            <th scope="row">\(address: identity.code.text)\(title)</th>\
            <td>\(users)</td><td>\(list)</td></tr>

            """
    }
}

extension AccessReport.Person {
    /// The cell that names a row.
    var heading: HTML {
        var below: HTML = name.isEmpty ? "" : "\(value: name)"
        if automation {
            below += "\(name.isEmpty ? "" : " \u{b7} " as HTML)a pipeline\u{2019}s account"
        }
        return """
            <th scope="row">\(address: email.canonical)\
            \(below.isEmpty ? below : "<small>\(below)</small>")</th>
            """
    }
}
