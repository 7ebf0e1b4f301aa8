internal import AccessModel
internal import Diagnostics
internal import Planning
internal import Reconciliation

/// The changes of a plan as people read them: by tenant or identity, then by person.
struct PlanSection: Hashable, Sendable {
    enum Place: Hashable, Comparable, Sendable {
        case catalogue
        case tenant(String)
        case identity(String)
        case accounts
    }

    var place: Place
    var rows: [PlanRow]
}

/// A change, or many alike ones of one identity.
struct PlanRow: Hashable, Sendable {
    var symbol: ChangeKind.Symbol
    var steps: [Int]
    /// The people, or the thing, that it is about; more than one only in a folded row.
    var subjects: [String]
    var phrase: ChangePhrase
    /// Why, by whom, which mail: what is not as usual.
    var remarks: [Phrase]
    var source: Location?
    var comment: String?
    var dependsOn: [Int]
    var privileged: Bool
    var destructive: Bool
    /// Sorts the thing itself before its people.
    var isAboutPerson: Bool

    var isFolded: Bool { subjects.count > 1 }
    var isMarked: Bool { privileged || destructive }
}

extension PlanReport {
    /// More alike changes of one identity than this are shown as one row.
    static let foldAbove = 50

    func sections(folding: Bool) -> [PlanSection] {
        var places: [PlanSection.Place: [Int]] = [:]
        for (index, change) in plan.changes.enumerated() {
            places[change.address.place, default: []].append(index)
        }
        let sorted = places.sorted { $0.key < $1.key }
        return values(of: sorted.indices, inParallel: plan.changes.count > 1_000) { number in
            let place = sorted[number].key
            var rows = sorted[number].value.map { row(of: plan.changes[$0], at: $0) }
            if folding, case .identity = place { rows = Self.folded(rows) }
            rows.sort { a, b in
                if a.isFolded != b.isFolded { return a.isFolded }
                if a.isAboutPerson != b.isAboutPerson { return !a.isAboutPerson }
                return (a.subjects[0], a.steps[0]) < (b.subjects[0], b.steps[0])
            }
            return PlanSection(place: place, rows: rows)
        }
    }

    private func row(of change: Change, at index: Int) -> PlanRow {
        var remarks: [Phrase] = []
        if change.reason != .declared { remarks.append("\(words: change.reason.words)") }
        if let mail = change.mail { remarks.append("mail: \(words: mail.rawValue)") }
        if change.actor != plan.actor { remarks.append("by \(change.actor.text)") }
        if let removal = earlierRemovals[change.address] {
            remarks.append("removed \(words: removal.words)")
        }
        return PlanRow(
            symbol: change.kind.symbol, steps: [change.id],
            subjects: [change.address.subject], phrase: ChangePhrase(change.action),
            remarks: remarks, source: index < sources.count ? sources[index] : nil,
            comment: index < comments.count ? comments[index] : nil, dependsOn: change.dependsOn,
            privileged: change.privileged, destructive: change.destructive,
            isAboutPerson: change.address.person != nil)
    }

    /// Privileged changes are never folded: a person is behind each.
    private static func folded(_ rows: [PlanRow]) -> [PlanRow] {
        struct Likeness: Hashable {
            var symbol: ChangeKind.Symbol
            var phrase: ChangePhrase
            var remarks: [Phrase]
        }
        func likeness(_ row: PlanRow) -> Likeness? {
            row.privileged || !row.isAboutPerson
                ? nil : Likeness(symbol: row.symbol, phrase: row.phrase, remarks: row.remarks)
        }
        var alike: [Likeness: [PlanRow]] = [:]
        for row in rows {
            if let likeness = likeness(row) { alike[likeness, default: []].append(row) }
        }
        alike = alike.filter { $0.value.count > foldAbove }
        let single = rows.filter { row in likeness(row).map { alike[$0] == nil } ?? true }
        let many = alike.values.map { rows in
            var folded = rows[0]
            folded.steps = rows.flatMap(\.steps).sorted()
            folded.subjects = rows.flatMap(\.subjects).sorted()
            folded.source = rows.compactMap(\.source).min {
                ($0.file, $0.line, $0.column) < ($1.file, $1.line, $1.column)
            }
            folded.comment = nil
            folded.dependsOn = []
            return folded
        }
        return many.sorted { $0.steps[0] < $1.steps[0] } + single
    }
}

extension PlanSection.Place {
    /// "tenant production"
    var title: Phrase {
        switch self {
        case .catalogue: "catalogue"
        case .tenant(let name): "tenant \(name)"
        case .identity(let code): "identity \(code)"
        case .accounts: "accounts"
        }
    }
}

extension Reason {
    var words: String {
        switch self {
        case .declared, .undeclared, .drift, .expired, .cascade, .renamed, .requested: rawValue
        case .invitationExpired: "invitation expired"
        case .lastMembership: "last membership"
        }
    }
}

extension Address {
    fileprivate var place: PlanSection.Place {
        switch self {
        case .project, .permission, .role, .policy, .accessTest: .catalogue
        case .tenant(let name), .availableRole(let name, _), .membership(let name, _),
            .grant(let name, _, _):
            .tenant(name.text)
        case .identity(let code), .identityUser(let code, _): .identity(code.text)
        case .account: .accounts
        }
    }

    /// What it is about, within its section.
    fileprivate var subject: String {
        if let person { return person.canonical }
        return switch self {
        case .permission(let name): "permission \(name)"
        case .role(let name): "role \(name)"
        case .tenant, .availableRole: "(tenant)"
        case .identity: "(identity)"
        default: text
        }
    }
}
