internal import AccessModel
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
            guard !people.hasForeignLetters else { return nil }
            try readMemberships(into: &state)
            try readIdentities(into: &state)
            try readInvitations(" WHERE kind = 'membership'", into: &state)
            var rosters = SurveyedRosters(people: people, invitations: try surveyInvitations())
            let users = try surveyUsers(&rosters)
            // A snapshot says what is wrong with users of nothing.
            guard rosters.entries.keys.allSatisfy({ state.identities[$0] != nil }) else {
                return nil
            }
            try readProject(project, into: &state)
            try readRecords(into: &state, known: [accounts, users])
            return StoreSurvey(state: state, entries: rosters.entries, users: rosters.users)
        }
    }

    /// The newest of each user's.
    private func surveyInvitations() throws(SQLFailure) -> MarkTable<SurveyedInvitation> {
        var found = MarkTable<SurveyedInvitation>(SurveyedInvitation(position: -1, until: nil))
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
            found.update(mark(row.bytes(2), row.bytes(3))) { known in
                if known.position <= invitation.position { known = invitation }
            }
        }
        return found
    }

    private func surveyUsers(_ rosters: inout SurveyedRosters) throws(SQLFailure) -> TableSum {
        var sum = TableSum(.identityUsers)
        let watched = watched
        try connection.query(sum.orderedSelection(), []) { row in
            sum.add(row)
            watched?.advance(.rows)
            rosters.add(row)
        }
        rosters.finish()
        return sum
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
    private enum Standing { case unknown, plain, member }

    private var standings = MarkTable<Standing>(.unknown)
    private(set) var hasForeignLetters = false

    mutating func addMember(_ email: UnsafeBufferPointer<UInt8>?) {
        standings.update(mark(email)) { $0 = .member }
    }

    /// - Returns: Whether the account is a member's.
    mutating func add(account row: any SQLRow) -> Bool {
        let email = row.bytes(0)
        if email?.contains(where: { $0 >= 0x80 }) ?? true { hasForeignLetters = true }
        let isBlocked = row.flag(7)
        var isMember = false
        standings.update(mark(email)) { standing in
            if standing == .member { isMember = true } else if !isBlocked { standing = .plain }
        }
        return isMember
    }

    /// - Parameter mark: Of an address.
    func isPlain(_ mark: Int) -> Bool { standings[mark] == .plain }
}

/// Users as they come from the table, in the order of its key.
private struct SurveyedRosters {
    private let people: SurveyedPeople
    private let invitations: MarkTable<SurveyedInvitation>
    private(set) var entries: [IdentityCode: StoreSurvey.Entry] = [:]
    private(set) var users = 0
    private var code: String?
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

    /// The columns: identity, email, admin, roles, enabled, pending.
    mutating func add(_ row: any SQLRow) {
        users += 1
        if code.map({ !row.holds($0, 0) }) ?? true {
            finish()
            code = row.text(0)
        }
        settled.users += 1
        let isPending = row.flag(5)
        if isPending {
            settled.awaiting += 1
            if waiters.count < StoreSurvey.waiters {
                waiters.append(EmailAddress(canonical: row.text(1)))
            }
        }
        guard row.flag(4), !row.flag(2), let email = row.bytes(1), let roles = row.bytes(3),
            Roster.canHold(email, roles: roles)
        else { return others.append(EmailAddress(canonical: row.text(1))) }
        marks.append((mark(email), isPending ? mark(row.bytes(0), email) : nil))
        roster.add(email, roles: roles)
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
            entries[IdentityCode(code)] = StoreSurvey.Entry(
                roster: summary, users: settled, others: others, waiters: waiters)
        }
        (roster, settled, others, waiters) = (Roster(), SettledUsers(users: 0), [], [])
        marks.removeAll(keepingCapacity: true)
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
