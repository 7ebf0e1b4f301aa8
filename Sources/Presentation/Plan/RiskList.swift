internal import AccessModel
internal import Planning
internal import Reconciliation

/// The list that comes first in every format for people, a block for each person: power that
/// changes hands, people who come back, things that go, and then other access that ends.
struct RiskList: Hashable {
    var blocks: [RiskBlock]

    /// More people than this with the same losses are one block.
    static let foldAbove = 5

    /// - Parameter folding: people of whom the same is said, and nothing privileged, share a block.
    init(_ report: PlanReport, folding: Bool) {
        var people: [EmailAddress: [PersonEffect]] = [:]
        for effect in report.effects where effect.isNotable {
            people[effect.person, default: []].append(effect)
        }
        let blocks = people.sorted { $0.key < $1.key }.map { RiskBlock($0, $1) }
        let things = report.plan.changes.filter { $0.destructive && $0.address.person == nil }
        let losses = blocks.filter { !$0.privileged && !$0.comesBack }
        // Nobody's gift to itself goes under in a long list.
        self.blocks =
            blocks.filter { $0.privileged && $0.givesItself }
            + blocks.filter { $0.privileged && !$0.givesItself }
            + blocks.filter { !$0.privileged && $0.comesBack }
            + things.map(RiskBlock.init) + (folding ? Self.folded(losses) : losses)
    }

    var isEmpty: Bool { blocks.isEmpty }

    /// The folded ones first. Whoever gives something to itself keeps a block.
    private static func folded(_ blocks: [RiskBlock]) -> [RiskBlock] {
        func statements(_ block: RiskBlock) -> [Phrase]? {
            block.lines.contains { $0.mark != nil } ? nil : block.lines.map(\.statement)
        }
        var alike: [[Phrase]: [RiskBlock]] = [:]
        for block in blocks {
            if let statements = statements(block) { alike[statements, default: []].append(block) }
        }
        alike = alike.filter { $0.value.count > foldAbove }
        let single = blocks.filter { statements($0).map { alike[$0] == nil } ?? true }
        let many = alike.values.map { blocks in
            var folded = blocks[0]
            folded.subjects = blocks.flatMap(\.subjects)
            for line in folded.lines.indices {
                folded.lines[line].steps = blocks.flatMap { $0.lines[line].steps }.sorted()
            }
            return folded
        }
        return many.sorted { $0.subjects[0] < $1.subjects[0] } + single
    }
}

/// One person, several of whom the same is said, or a thing that goes.
struct RiskBlock: Hashable {
    struct Line: Hashable {
        /// "gains: assign_roles; role access_read on production"
        var statement: Phrase
        var steps: [Int]
        /// "granted to itself"
        var mark: String?
        /// "was removed from production on 2026-03-02 by run 12"
        var past: Phrase?
    }

    var subjects: [String]
    var lines: [Line]
    var privileged: Bool

    var isFolded: Bool { subjects.count > 1 }
    var givesItself: Bool { lines.contains { $0.mark != nil } }
    var comesBack: Bool { lines.contains { $0.past != nil } }
    /// Must not be left out where there is no room: only access that ends may.
    var isFirst: Bool { privileged || comesBack || isThing }
    /// No person, but a tenant, a role, an identity.
    var isThing = false
    var steps: [Int] { lines.flatMap(\.steps).sorted() }

    init(_ person: EmailAddress, _ effects: [PersonEffect]) {
        subjects = [person.canonical]
        privileged = effects.contains(where: \.privileged)
        lines =
            RiskStatement.all(of: effects, \.gains, "gains: ", isGain: true)
            + RiskStatement.all(of: effects, \.loses, "loses: ", isGain: false)
    }

    /// A change of a tenant, an identity or the catalogue that takes something away.
    init(_ change: Change) {
        subjects = [change.address.text]
        privileged = false
        isThing = true
        lines = [Line(statement: ChangePhrase(change.action).inline, steps: [change.id])]
    }
}

/// What one person gains, or loses, in one place or in several alike.
private struct RiskStatement {
    private enum Kind: Hashable { case tenant, identity, account }

    private struct Likeness: Hashable {
        var kind: Kind
        var rights: [Right]
        var reasons: [Reason]
        var toItself: Bool
        /// Everybody comes back on a line of its own.
        var comesBackTo: PersonEffect.Place?
    }

    static func all(
        of effects: [PersonEffect], _ rights: (PersonEffect) -> SortedSet<Right>, _ verb: String,
        isGain: Bool
    ) -> [RiskBlock.Line] {
        var order: [Likeness] = []
        var alike: [Likeness: [PersonEffect]] = [:]
        for effect in effects where !rights(effect).isEmpty {
            let likeness = Likeness(
                kind: kind(effect.place), rights: Array(rights(effect)),
                reasons: Array(effect.reasons), toItself: isGain && effect.toItself,
                comesBackTo: isGain && effect.comesBack != nil ? effect.place : nil)
            if alike[likeness] == nil { order.append(likeness) }
            alike[likeness, default: []].append(effect)
        }
        return order.map { likeness in
            let effects = alike[likeness] ?? []
            return RiskBlock.Line(
                statement: "\(words: verb)\(statement(likeness, effects, isGain: isGain))",
                steps: effects.flatMap { isGain ? $0.givingSteps : $0.takingSteps }.sorted(),
                mark: likeness.toItself ? "granted to itself" : nil,
                past: isGain ? effects.first?.past : nil)
        }
    }

    private static func kind(_ place: PersonEffect.Place) -> Kind {
        switch place {
        case .tenant: .tenant
        case .identity: .identity
        case .account: .account
        }
    }

    private static func statement(
        _ likeness: Likeness, _ effects: [PersonEffect], isGain: Bool
    ) -> Phrase {
        let places = effects.map { "\($0.place.name)" as Phrase }.joined(", ")
        let reasons = likeness.reasons.filter { $0 != .declared && $0 != .undeclared }
        let why: Phrase =
            reasons.isEmpty
            ? Phrase() : " (\(words: reasons.map(\.words).joined(separator: ", ")))"
        switch likeness.kind {
        case .tenant: return "\(words(likeness.rights, isGain)) on \(places)" + why
        case .identity: return "\(words(likeness.rights, isGain)) of \(places)" + why
        case .account: return words(likeness.rights, isGain) + why
        }
    }

    /// "membership, assign_roles; role access_read". That one who gains a right is a member goes
    /// without saying, and so do roles that are information only.
    private static func words(_ rights: [Right], _ isGain: Bool) -> Phrase {
        let isBare = rights.allSatisfy { right in
            if case .label = right { true } else { right == .membership }
        }
        var powers: [Phrase] = []
        var roles: [String] = []
        for right in rights {
            switch right {
            case .membership: if isBare || !isGain { powers.append("membership") }
            case .account: powers.append("the account")
            case .access: powers.append("access")
            case .admin: powers.append("admin")
            case .permission(let name): powers.append("\(name.text)")
            case .role(let name): roles.append(name.text)
            case .label: break
            }
        }
        let named = roles.map { "\($0)" as Phrase }.joined(", ")
        let listed: Phrase =
            roles.isEmpty ? Phrase() : "\(words: roles.count == 1 ? "role" : "roles") \(named)"
        return [powers.joined(", "), listed].filter { !$0.isEmpty }.joined("; ")
    }
}

extension PersonEffect {
    fileprivate var past: Phrase? {
        comesBack.map { "was removed from \(place.name) \(words: $0.words)" }
    }
}

extension EarlierRemoval {
    /// "on 2026-03-02 by run 12"
    var words: String { "on \(at.text.prefix(10)) by run \(run)" }
}

extension PersonEffect.Place {
    fileprivate var name: String {
        switch self {
        case .tenant(let name): name.text
        case .identity(let code): code.text
        case .account: "account"
        }
    }
}
