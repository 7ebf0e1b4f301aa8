package import AccessModel
internal import Storage

extension SQLSession {
    /// Everything a plan needs, from one state.
    package func snapshot(project: String) throws(SQLFailure) -> ObservedState {
        try reading { () throws(SQLFailure) in
            var state = ObservedState(origin: try meta().origin)
            try readCatalogue(into: &state)
            if let watched { watched.begin(.rows, of: try rowCount()) }
            let accounts = try readAccounts(into: &state)
            try readMemberships(into: &state)
            try readIdentities(into: &state)
            let users = try readUsers(into: &state)
            try readInvitations(into: &state)
            try readProject(project, into: &state)
            try readRecords(into: &state, known: [accounts, users])
            return state
        }
    }

    /// What others changed, and why it may not be all.
    ///
    /// - Parameter known: What the rows amount to that were read just now.
    func readRecords(
        into state: inout ObservedState, known: [TableSum]
    ) throws(SQLFailure) {
        let open = try foreignRecords("resolved IS NULL")
        state.foreignChanges = Self.changes(of: open)
        state.recorderFaults = try recorderFaults(open, known: known)
    }

    /// What remains of all that others did.
    func openForeignChanges() throws(SQLFailure) -> [ForeignChange] {
        Self.changes(of: try foreignRecords("resolved IS NULL"))
    }

    private static func changes(of open: [ForeignRecord]) -> [ForeignChange] {
        open.netted.filter { $0.before != $0.after }
    }

    /// For whoever watches how far the reading has come: nobody else pays for the counting.
    var watched: WorkCount? { WorkCount.watched }

    func rowCount() throws(SQLFailure) -> Int {
        var count = 0
        for table in ["accounts", "identity_users", "invitations"] {
            count += try connection.first("SELECT count(*) FROM \(table)") { $0.number(0) } ?? 0
        }
        return count
    }

    func readCatalogue(into state: inout ObservedState) throws(SQLFailure) {
        state.permissions = [:]
        try connection.query("SELECT name, title FROM permissions", []) { row in
            let name = PermissionName(row.text(0))
            state.permissions[name] = Permission(name: name, title: row.text(1))
        }
        try connection.query(
            "SELECT name, title, description, application, sensitive FROM roles", []
        ) { row in
            let name = RoleName(row.text(0))
            state.roles[name] = Role(
                name: name, title: row.text(1), description: row.text(2),
                application: row.text(3), sensitive: row.flag(4))
        }
        try connection.query(
            "SELECT name, title, environment FROM tenants", []
        ) { row throws(SQLFailure) in
            let name = TenantName(row.text(0))
            guard let environment = TenantEnvironment(rawValue: row.text(2)) else {
                throw .damaged("tenant \(name) has an environment that is not known")
            }
            state.tenants[name] = Tenant(name: name, title: row.text(1), environment: environment)
        }
        var available: [TenantName: [RoleName]] = [:]
        try connection.query(
            "SELECT tenant, role FROM tenant_roles ORDER BY tenant, role", []
        ) { row in
            available[TenantName(row.text(0)), default: []].append(RoleName(row.text(1)))
        }
        for (tenant, roles) in available {
            guard state.tenants[tenant] != nil else { throw Self.dangling("tenant \(tenant)") }
            state.tenants[tenant]?.availableRoles = SortedSet(roles)
        }
    }

    /// The columns: email, spelling, first_name, last_name, mobile, language, state, blocked,
    /// automation.
    ///
    /// - Parameter isWanted: Whether a row is made into an account; all rows are summed up.
    func readAccounts(
        _ condition: String = "", _ parameters: [SQLValue] = [], into state: inout ObservedState,
        where isWanted: (any SQLRow) -> Bool = { _ in true }
    ) throws(SQLFailure) -> TableSum {
        var sum = TableSum(.accounts)
        var standing = Account.State.invited
        let watched = watched
        try connection.query(sum.orderedSelection(condition), parameters) {
            row throws(SQLFailure) in
            sum.add(row)
            watched?.advance(.rows)
            if !row.holds(standing.rawValue, 6) {
                guard let other = Account.State(rawValue: row.text(6)) else {
                    throw .damaged("account \(row.text(0)) has a state that is not known")
                }
                standing = other
            }
            guard isWanted(row) else { return }
            let email = row.email(0, spelling: 1)
            let account = Account(
                email: email,
                profile: Profile(
                    firstName: row.optionalText(2), lastName: row.optionalText(3),
                    mobile: row.optionalText(4), language: row.optionalText(5)),
                state: standing, blocked: row.flag(7), automation: row.flag(8))
            state.accounts.append(account, for: email)
        }
        return sum
    }

    func readMemberships(into state: inout ObservedState) throws(SQLFailure) {
        var permissions: [Scope: [PermissionName]] = [:]
        try connection.query(
            "SELECT tenant, email, permission FROM membership_permissions", []
        ) { row in
            permissions[Self.membership(row), default: []].append(PermissionName(row.text(2)))
        }
        var roles: [Scope: [RoleName]] = [:]
        try connection.query("SELECT tenant, email, role FROM membership_roles", []) { row in
            roles[Self.membership(row), default: []].append(RoleName(row.text(2)))
        }
        try connection.query(
            "SELECT tenant, email, pending FROM memberships", []
        ) { row throws(SQLFailure) in
            let scope = Self.membership(row)
            guard case .membership(let tenant, let email) = scope else { return }
            guard let person = state.accounts[email]?.email else {
                throw Self.dangling("account \(email)")
            }
            guard state.tenants[tenant] != nil else { throw Self.dangling("tenant \(tenant)") }
            let grants = Grants(
                permissions: SortedSet(permissions.removeValue(forKey: scope) ?? []),
                roles: SortedSet(roles.removeValue(forKey: scope) ?? []))
            state.memberships[tenant, default: [:]][person] =
                Membership(grants: grants, pending: row.flag(2))
        }
        if let lost = (permissions.keys.map(\.address) + roles.keys.map(\.address)).min() {
            throw Self.dangling("membership \(lost)")
        }
    }

    private static func membership(_ row: any SQLRow) -> Scope {
        let email = row.text(1)
        return .membership(TenantName(row.text(0)), EmailAddress(canonical: email))
    }

    func readIdentities(into state: inout ObservedState) throws(SQLFailure) {
        try connection.query(
            "SELECT code, tenant, title, system FROM identities", []
        ) { row throws(SQLFailure) in
            let code = IdentityCode(row.text(0))
            let tenant = TenantName(row.text(1))
            guard state.tenants[tenant] != nil else { throw Self.dangling("tenant \(tenant)") }
            state.identities[code] = Identity(
                code: code, tenant: tenant, title: row.text(2), system: row.flag(3))
        }
    }

    /// The columns: identity, email, admin, roles, enabled, pending. In the order of the key, so
    /// that the users of one identity come together.
    func readUsers(
        _ condition: String = "", _ parameters: [SQLValue] = [], into state: inout ObservedState
    ) throws(SQLFailure) -> TableSum {
        var sum = TableSum(.identityUsers)
        var code: String?
        var users: SortedTable<EmailAddress, IdentityUser> = [:]
        var labels: [String: SortedSet<Label>] = ["": []]
        var last = (text: "", labels: SortedSet<Label>())
        let watched = watched
        try connection.query(sum.orderedSelection(condition), parameters) {
            row throws(SQLFailure) in
            sum.add(row)
            watched?.advance(.rows)
            if code.map({ !row.holds($0, 0) }) ?? true {
                let identity = row.text(0)
                if let code { state.identityUsers[IdentityCode(code)] = users }
                code = identity
                users = state.identityUsers[IdentityCode(identity)] ?? [:]
                guard state.identities[IdentityCode(identity)] != nil else {
                    throw Self.dangling("identity \(identity)")
                }
            }
            guard let email = row.email(1, among: state.accounts) else {
                throw Self.dangling("account \(row.text(1))")
            }
            if !row.holds(last.text, 3) {
                let joined = row.text(3)
                last = (joined, labels[joined] ?? Self.labels(joined))
                if labels.count < 4_096 { labels[joined] = last.labels }
            }
            users.append(
                IdentityUser(
                    admin: row.flag(2), roles: last.labels, enabled: row.flag(4),
                    pending: row.flag(5)), for: email)
        }
        if let code { state.identityUsers[IdentityCode(code)] = users }
        return sum
    }

    /// Others may write `a, b`: labels are trimmed, and a set.
    static func labels(_ joined: String) -> SortedSet<Label> {
        SortedSet(
            joined.utf8.split(separator: 0x2C).map { Label(trimmingSpaces(String(Substring($0)))) }
                .filter { !$0.text.isEmpty })
    }

    /// Rows of a scope come oldest first, so that the newest one stays.
    func readInvitations(
        _ condition: String = "", _ parameters: [SQLValue] = [], into state: inout ObservedState
    ) throws(SQLFailure) {
        var reader = InvitationRow(people: state.accounts)
        let watched = watched
        try connection.query(
            InvitationRow.selection + condition + " ORDER BY kind, first, second, position",
            parameters
        ) { row throws(SQLFailure) in
            watched?.advance(.rows)
            state.invitations.append(try reader.invitation(row))
        }
    }

    func readProject(
        _ project: String, into state: inout ObservedState
    ) throws(SQLFailure) {
        try connection.query("SELECT key, value FROM settings", []) { row in
            state.settings[row.text(0)] = row.text(1)
        }
        try connection.query(
            "SELECT kind, first, second, third FROM managed WHERE project = $1", [.text(project)]
        ) { row in
            if let key = AddressKey(row) { state.managed.insert(key.address) }
        }
    }

    private static func dangling(_ what: String) -> SQLFailure {
        .damaged("\(what) is referred to and not there")
    }
}
