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
                if let before = record.before { sum.subtract(table.hash(key.names, before)) }
                if let after = record.after { sum.add(table.hash(key.names, after)) }
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

/// Names whose rows are asked for at once: a server may be far away.
struct NameGroup {
    let parameters: [SQLValue]
    private var first = 1

    /// Few sizes make few statements; a group that is smaller names its last one again.
    private static let sizes = [1, 8, 64, 512]

    /// - Parameter other: A parameter before them.
    static func groups(of names: [String], after other: String? = nil) -> [NameGroup] {
        let most = sizes[sizes.count - 1]
        return stride(from: 0, to: names.count, by: most).map { start in
            let some = names[start..<min(start + most, names.count)]
            let size = sizes.first { $0 >= some.count } ?? most
            let padding = some.suffix(1).flatMap { Array(repeating: $0, count: size - some.count) }
            let others = [other].compactMap { $0 }
            return NameGroup(
                parameters: (others + some + padding).map { .text($0) }, first: 1 + others.count)
        }
    }

    /// `$1, $2, …`
    var places: String { (first...parameters.count).map { "$\($0)" }.joined(separator: ", ") }
}

extension SQLSession {
    /// What the rows in question amount to; settings and managed things always among them.
    ///
    /// - Parameter known: What tables amount to whose rows somebody has read already.
    func sums(
        of touched: Touched, known: [TableSum] = []
    ) throws(SQLFailure) -> AccessSums {
        var sums = AccessSums()
        switch touched {
        case .everything:
            for table in RecordedTable.all {
                if let found = known.first(where: { $0.table.kind == table.kind }) {
                    sums = sums + found.sums
                } else {
                    try add(table, "", [], to: &sums)
                }
            }
        case .people(let people):
            for group in NameGroup.groups(of: people.map(\.canonical).sorted()) {
                for table in RecordedTable.all {
                    guard let condition = table.condition(of: group) else { continue }
                    try add(table, " WHERE \(condition)", group.parameters, to: &sums)
                }
            }
        }
        try add(.settings, "SELECT key, value FROM settings", 2, to: &sums)
        try add(.managed, "SELECT project, kind, first, second, third FROM managed", 5, to: &sums)
        return sums
    }

    private func add(
        _ kind: AccessPart.Kind, _ query: String, _ columns: Int, to sums: inout AccessSums
    ) throws(SQLFailure) {
        var sum = RowSum.zero
        try connection.query(query, []) { row in
            var hash = RowHash()
            for column in 0..<columns { hash.add(row.bytes(column)) }
            sum.add(hash)
        }
        sums.change(AccessPart(kind)) { $0 = $0 + sum }
    }

    private func add(
        _ table: RecordedTable, _ condition: String, _ parameters: [SQLValue],
        to sums: inout AccessSums
    ) throws(SQLFailure) {
        var found = TableSum(table)
        try connection.query(found.selection + condition, parameters) { row in found.add(row) }
        sums = sums + found.sums
    }
}

/// What the rows of one table amount to, while they are read. Rows of one scope mostly come
/// together.
struct TableSum {
    let table: RecordedTable
    private let kind: AccessPart.Kind?
    private let flags: [Bool]
    private var scope = ""
    private var sum = RowSum.zero
    private var found = AccessSums()

    init(_ table: RecordedTable) {
        self.table = table
        kind = AccessPart.Kind(rawValue: table.kind.rawValue)
        flags = table.key.map { _ in false } + table.columns.map(\.isFlag)
    }

    /// The rows have these columns: the key, then the fields.
    var selection: String {
        let names = table.key + table.columns.map(\.name)
        return "SELECT \(names.joined(separator: ", ")) FROM \(table.name)"
    }

    /// All rows, or those of a condition, in the order of the key.
    func orderedSelection(_ condition: String = "") -> String {
        selection + condition + " ORDER BY " + table.key.joined(separator: ", ")
    }

    mutating func add(_ row: any SQLRow) {
        if table.isScoped, !row.holds(scope, 0) {
            close()
            scope = row.text(0)
        }
        var hash = RowHash()
        for column in flags.indices {
            if flags[column] {
                hash.add(flag: row.flag(column))
            } else {
                hash.add(row.bytes(column))
            }
        }
        sum.add(hash)
    }

    /// The same for somebody who knows where scopes begin.
    mutating func add(_ hash: RowHash, beginning newScope: UnsafeBufferPointer<UInt8>?) {
        if let newScope {
            close()
            scope = String(decoding: newScope, as: UTF8.self)
        }
        sum.add(hash)
    }

    private mutating func close() {
        if let kind { found.change(AccessPart(kind, scope: scope)) { $0 = $0 + sum } }
        sum = .zero
    }

    var sums: AccessSums {
        var all = self
        all.close()
        return all.found
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

    /// The hash of a row as it was recorded: each name of the key and each field.
    fileprivate func hash(_ names: [String], _ fields: [String: String]) -> RowHash {
        var hash = RowHash()
        for name in names.prefix(key.count) { hash.add(name) }
        for column in columns { hash.add(fields[column.field]) }
        return hash
    }

    /// Which rows these people have; `nil` where none are anybody's.
    fileprivate func condition(of group: NameGroup) -> String? {
        switch kind {
        case .account, .membership, .identityUser: "email IN (\(group.places))"
        // By their key: the tables have no index by person.
        case .permissionGrant, .roleGrant:
            """
            (tenant, email) IN
            (SELECT tenant, email FROM memberships WHERE email IN (\(group.places)))
            """
        case .project, .permission, .role, .tenant, .availableRole, .identity, .policy, .accessTest:
            nil
        }
    }
}
