internal import AccessModel
internal import Planning
internal import Storage

/// What the parts of a store amount to, for comparing them with what Muster left there.
struct AccessSums {
    /// Without parts that amount to nothing.
    private(set) var parts: [AccessPart: RowSum] = [:]

    mutating func change(_ part: AccessPart, _ body: (inout RowSum) -> Void) {
        var sum = parts[part] ?? .zero
        body(&sum)
        parts[part] = sum.isZero ? nil : sum
    }

    static func + (a: Self, b: Self) -> Self {
        var sums = a
        for (part, sum) in b.parts { sums.change(part) { $0 = $0 + sum } }
        return sums
    }

    static func - (a: Self, b: Self) -> Self {
        var sums = a
        for (part, sum) in b.parts { sums.change(part) { $0 = $0 - sum } }
        return sums
    }

    /// What recorded changes make of the sums.
    init(of records: [ForeignRecord]) {
        for record in records {
            let key = AddressKey(record.address)
            guard let table = RecordedTable.all.first(where: { $0.kind == key.kind }),
                let kind = AccessPart.Kind(rawValue: key.kind.rawValue)
            else { continue }
            change(AccessPart(kind, scope: table.isScoped ? key.names[0] : "")) { sum in
                if let before = record.before { sum.subtract(table.row(key.names, before)) }
                if let after = record.after { sum.add(table.row(key.names, after)) }
            }
        }
    }

    init() {}
}

/// What a commit can have changed.
enum Touched {
    /// All rows of these people, in every table.
    case people(Set<EmailAddress>)
    case everything

    init(_ commit: Commit) {
        var people: Set<EmailAddress> = []
        for step in commit.steps {
            switch step {
            case .change(let change, _):
                guard let email = change.address.person else {
                    self = .everything
                    return
                }
                people.insert(email)
            case .account(let account): people.insert(account.email)
            case .membership(_, let email, _), .user(_, let email, _), .activate(let email, _):
                people.insert(email)
            case .join(let scope), .invitation(let scope, _): people.insert(scope.email)
            case .issue, .letter: break
            }
        }
        // One look at everything costs as much as a few thousand at somebody.
        self = people.count > 2_000 ? .everything : .people(people)
    }
}

extension SQLSession {
    /// What the rows in question amount to; settings and managed things always among them.
    func sums(of touched: Touched) throws(SQLFailure) -> AccessSums {
        var sums = AccessSums()
        switch touched {
        case .everything:
            for table in RecordedTable.all { try add(table, "", [], to: &sums) }
        case .people(let people):
            for email in people.sorted() {
                for table in RecordedTable.all {
                    guard let condition = table.ofOnePerson else { continue }
                    try add(table, " WHERE \(condition)", [.text(email.canonical)], to: &sums)
                }
            }
        }
        try add(
            .settings, "SELECT '', \(RecordedTable.parts(of: ["key", "value"])) FROM settings",
            [], to: &sums)
        let managed = RecordedTable.parts(of: ["project", "kind", "first", "second", "third"])
        try add(.managed, "SELECT '', \(managed) FROM managed", [], to: &sums)
        return sums
    }

    private func add(
        _ table: RecordedTable, _ condition: String, _ parameters: [SQLValue],
        to sums: inout AccessSums
    ) throws(SQLFailure) {
        guard let kind = AccessPart.Kind(rawValue: table.kind.rawValue) else { return }
        let scope = table.isScoped ? table.key[0] : "''"
        try add(
            kind, "SELECT \(scope), \(table.row) FROM \(table.name)\(condition)", parameters,
            to: &sums)
    }

    /// - Parameter query: gives scopes and rows. Rows of one scope mostly come together.
    private func add(
        _ kind: AccessPart.Kind, _ query: String, _ parameters: [SQLValue],
        to sums: inout AccessSums
    ) throws(SQLFailure) {
        var scope = ""
        var sum = RowSum.zero
        var found = AccessSums()
        try connection.query(query, parameters) { row in
            let place = row.text(0)
            if place != scope {
                found.change(AccessPart(kind, scope: scope)) { $0 = $0 + sum }
                (scope, sum) = (place, .zero)
            }
            sum.add(row.text(1))
        }
        found.change(AccessPart(kind, scope: scope)) { $0 = $0 + sum }
        sums = sums + found
    }
}

extension RecordedTable {
    /// Its rows are told apart by tenant or identity, the first name of their key.
    var isScoped: Bool {
        switch kind {
        case .availableRole, .membership, .permissionGrant, .roleGrant, .identityUser: true
        case .project, .permission, .role, .tenant, .identity, .account, .policy, .accessTest: false
        }
    }

    /// A row's text, as an expression: each name of the key and each field.
    fileprivate var row: String {
        let flags = Set(columns.filter(\.isFlag).map(\.name))
        return Self.parts(of: key + columns.map(\.name), flags: flags)
    }

    /// The same text of a row that was recorded.
    fileprivate func row(_ names: [String], _ fields: [String: String]) -> String {
        names.prefix(key.count).map(RowSum.part).joined()
            + columns.map { RowSum.part(fields[$0.field]) }.joined()
    }

    fileprivate static func parts(of columns: [String], flags: Set<String> = []) -> String {
        columns.map { column in
            flags.contains(column)
                ? "CASE \(column) WHEN 0 THEN '5:false;' ELSE '4:true;' END"
                : "CASE WHEN \(column) IS NULL THEN '-;' "
                    + "ELSE length(\(column)) || ':' || \(column) || ';' END"
        }.joined(separator: " || ")
    }

    /// Which rows a person has; `nil` where none are anybody's.
    fileprivate var ofOnePerson: String? {
        switch kind {
        case .account, .membership, .identityUser: "email = $1"
        // By their key: the tables have no index by person.
        case .permissionGrant, .roleGrant:
            "email = $1 AND tenant IN (SELECT tenant FROM memberships WHERE email = $1)"
        case .project, .permission, .role, .tenant, .availableRole, .identity, .policy, .accessTest:
            nil
        }
    }
}
