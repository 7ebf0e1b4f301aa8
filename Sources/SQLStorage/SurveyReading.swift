package import AccessModel
package import Storage

extension SQLSession {
    /// One look at every row, of which users of identities are not made: what they amount to.
    ///
    /// - Returns: `nil` where some account's address has letters beyond ASCII, for newcomers may
    ///   collide with it wherever it is; and where rows refer to what is not there.
    package func survey(project: String) throws(SQLFailure) -> StoreSurvey? {
        try reading { () throws(SQLFailure) in
            var state = ObservedState(origin: try meta().origin)
            try readCatalogue(into: &state)
            if let watched { watched.begin(.rows, of: try rowCount()) }
            var people = SurveyedPeople()
            try connection.query("SELECT DISTINCT email FROM memberships", []) { row in
                people.addMember(row.bytes(0))
            }
            let accounts = try readAccounts(into: &state) { row in people.add(account: row) }
            people.finish()
            guard !people.hasForeignLetters else { return nil }
            try readMemberships(into: &state)
            try readIdentities(into: &state)
            try readInvitations(" WHERE kind = 'membership'", into: &state)
            var rosters = SurveyedRosters(people: people, invitations: try surveyInvitations())
            let users = try surveyUsers(&rosters)
            // A snapshot says what is wrong with users of nothing.
            guard !rosters.hasGaps,
                rosters.entries.keys.allSatisfy({ state.identities[$0] != nil })
            else { return nil }
            try readProject(project, into: &state)
            try readRecords(into: &state, known: [accounts, users])
            return StoreSurvey(state: state, entries: rosters.entries)
        }
    }

    /// The same, where the users are as they were found before, and the recorder without faults.
    package func survey(
        project: String, knowing entries: [IdentityCode: StoreSurvey.Entry]
    ) throws(SQLFailure) -> StoreSurvey {
        try reading { () throws(SQLFailure) in
            var state = ObservedState(origin: try meta().origin)
            try readCatalogue(into: &state)
            _ = try readAccounts(
                " WHERE email IN (SELECT email FROM memberships)", into: &state)
            try readMemberships(into: &state)
            try readIdentities(into: &state)
            try readInvitations(" WHERE kind = 'membership'", into: &state)
            try readProject(project, into: &state)
            state.foreignChanges = try openForeignChanges()
            return StoreSurvey(state: state, entries: entries)
        }
    }

    /// The newest of each user's.
    private func surveyInvitations() throws(SQLFailure) -> MarkTable<SurveyedInvitation> {
        var found = MarkTable<SurveyedInvitation>(SurveyedInvitation(position: -1, until: nil))
        var some: [(mark: Int, invitation: SurveyedInvitation)] = []
        var end = (text: "", instant: Instant(seconds: 0))
        let watched = watched
        // In whatever order, so that no engine has to look for rows by an index or to sort them.
        try connection.query(
            "SELECT id, kind, first, second, state, expires_at, position FROM invitations", []
        ) { row throws(SQLFailure) in
            guard !row.holds("membership", 1) else { return }
            watched?.advance(.rows)
            if end.text.isEmpty || !row.holds(end.text, 5) {
                let text = row.text(5)
                guard let instant = Instant(rfc3339: text) else {
                    throw .damaged("invitation \(row.text(0)) cannot be read")
                }
                end = (text, instant)
            }
            let invitation = SurveyedInvitation(
                position: row.integer(6), until: row.holds("live", 4) ? end.instant : nil)
            some.append((mark(row.bytes(2), row.bytes(3)), invitation))
            if some.count == atOnce { found.add(&some) }
        }
        found.add(&some)
        return found
    }

    private func surveyUsers(_ rosters: inout SurveyedRosters) throws(SQLFailure) -> TableSum {
        var sum = TableSum(.identityUsers)
        let watched = watched
        try connection.query(sum.orderedSelection(), []) { row in
            let user = SurveyedUser(row)
            sum.add(user.hash, beginning: rosters.add(user) ? user.identity : nil)
            watched?.advance(.rows)
        }
        rosters.finish()
        return sum
    }
}

/// How many of many things are looked for or put into far places of memory in one go: the processor
/// waits for several of them at once.
private let atOnce = 64

/// The columns of a user, each asked for once.
private struct SurveyedUser {
    let identity: UnsafeBufferPointer<UInt8>?
    let email: UnsafeBufferPointer<UInt8>?
    let isAdmin: Bool
    let roles: UnsafeBufferPointer<UInt8>?
    let isEnabled: Bool
    let isPending: Bool

    init(_ row: any SQLRow) {
        identity = row.bytes(0)
        email = row.bytes(1)
        isAdmin = row.flag(2)
        roles = row.bytes(3)
        isEnabled = row.flag(4)
        isPending = row.flag(5)
    }

    /// As `TableSum` makes it of the row.
    var hash: RowHash {
        var hash = RowHash()
        hash.add(identity)
        hash.add(email)
        hash.add(flag: isAdmin)
        hash.add(roles)
        hash.add(flag: isEnabled)
        hash.add(flag: isPending)
        return hash
    }
}

/// What an invitation has to do with whether something is to be said of a user.
private struct SurveyedInvitation {
    var position: Int64
    /// An optional one takes twice the memory.
    private let end: Int64

    init(position: Int64, until: Instant?) {
        self.position = position
        end = until?.microseconds ?? .min
    }

    /// `nil`: it is not live.
    var until: Instant? { end == .min ? nil : Instant(microseconds: end) }
}

/// Who has an account and is nothing but a user of identities: there may be a million.
private struct SurveyedPeople {
    private var members: Set<Int> = []
    private var plain = MarkTable<Void>(())
    private var some: [Int] = []
    private(set) var hasForeignLetters = false

    mutating func addMember(_ email: UnsafeBufferPointer<UInt8>?) { members.insert(mark(email)) }

    /// - Returns: Whether the account is a member's.
    mutating func add(account row: any SQLRow) -> Bool {
        let email = row.bytes(0)
        if email?.contains(where: { $0 >= 0x80 }) ?? true { hasForeignLetters = true }
        let mark = mark(email)
        if members.contains(mark) { return true }
        if !row.flag(7) { some.append(mark) }
        if some.count == atOnce { finish() }
        return false
    }

    /// There are no more.
    mutating func finish() {
        for mark in some { plain.update(mark) { _ in } }
        some.removeAll(keepingCapacity: true)
    }

    /// - Parameter mark: Of an address.
    func isPlain(_ mark: Int) -> Bool { plain.contains(mark) }
}

/// Users as they come from the table, in the order of its key.
private struct SurveyedRosters {
    private let people: SurveyedPeople
    private let invitations: MarkTable<SurveyedInvitation>
    private(set) var entries: [IdentityCode: StoreSurvey.Entry] = [:]
    /// Something is not there that the schema has everywhere.
    private(set) var hasGaps = false
    private var code: [UInt8]?
    private var roster = Roster()
    /// What is to be found out of those in the roster; all at once, for each has to be looked for
    /// in far places of memory.
    private var marks: [(person: Int, invitation: Int?)] = []
    private var settled = SettledUsers(users: 0)
    private var others: [EmailAddress] = []
    private var waiters: [EmailAddress] = []

    init(people: SurveyedPeople, invitations: MarkTable<SurveyedInvitation>) {
        self.people = people
        self.invitations = invitations
    }

    /// - Returns: Whether it is the first one of an identity.
    mutating func add(_ user: SurveyedUser) -> Bool {
        guard let identity = user.identity, let email = user.email, let roles = user.roles else {
            hasGaps = true
            return false
        }
        let isFirst = code.map { !$0.elementsEqual(identity) } ?? true
        if isFirst {
            finish()
            code = Array(identity)
        }
        settled.users += 1
        if user.isPending {
            settled.awaiting += 1
            if waiters.count < StoreSurvey.waiters { waiters.append(EmailAddress(bytes: email)) }
        }
        if user.isEnabled, !user.isAdmin, Roster.canHold(email, roles: roles) {
            marks.append((mark(email), user.isPending ? mark(identity, email) : nil))
            roster.add(email, roles: roles)
        } else {
            others.append(EmailAddress(bytes: email))
        }
        return isFirst
    }

    /// Whoever turns out not to be plain is among the others.
    private mutating func lookAtPeople() {
        var places: Set<Int> = []
        for (place, mark) in marks.enumerated() {
            if !people.isPlain(mark.person) {
                places.insert(place)
            } else if let invitation = mark.invitation {
                if let until = invitations[invitation].until {
                    settled.until = settled.until.map { min($0, until) } ?? until
                } else {
                    places.insert(place)
                }
            }
        }
        guard !places.isEmpty else { return }
        others += roster.remove(at: places).map { EmailAddress(canonical: $0) }
    }

    /// There are no more of this identity.
    mutating func finish() {
        lookAtPeople()
        // A key names nobody twice.
        if let code, let summary = roster.summary(SHA256Digest.hexadecimal) {
            entries[IdentityCode(String(decoding: code, as: UTF8.self))] = StoreSurvey.Entry(
                roster: summary, users: settled, others: others, waiters: waiters)
        }
        (roster, settled, others, waiters) = (Roster(), SettledUsers(users: 0), [], [])
        marks.removeAll(keepingCapacity: true)
    }
}

extension MarkTable<SurveyedInvitation> {
    /// The newest of each mark stays.
    fileprivate mutating func add(_ some: inout [(mark: Int, invitation: SurveyedInvitation)]) {
        for (mark, invitation) in some {
            update(mark) { known in
                if known.position <= invitation.position { known = invitation }
            }
        }
        some.removeAll(keepingCapacity: true)
    }
}

extension EmailAddress {
    fileprivate init(bytes: UnsafeBufferPointer<UInt8>) {
        self.init(canonical: String(decoding: bytes, as: UTF8.self))
    }
}

/// A hash of texts. It has a seed of this process, so that nobody can make two the same.
private func mark(
    _ first: UnsafeBufferPointer<UInt8>?, _ second: UnsafeBufferPointer<UInt8>? = nil
) -> Int {
    var hash = RowHash(seed: seed)
    hash.add(first)
    hash.add(second)
    return Int(truncatingIfNeeded: hash.lanes[0] ^ hash.lanes[1])
}

private let seed = SIMD2<UInt64>.random(in: .min ... .max)
