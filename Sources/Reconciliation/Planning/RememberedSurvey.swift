package import AccessModel
package import Storage

/// What the users of a store's identities amounted to when they were read last, which holds while
/// the store's mark is the same.
package struct RememberedSurvey: Sendable {
    /// Bytes; what is larger is not kept.
    package static let maximumSize = 1 << 26
    private static let format = "muster.survey/1"

    /// What was looked at, by which program.
    package var question: String
    package var store: StoreMark
    package var entries: [IdentityCode: StoreSurvey.Entry]

    package init(
        question: String, store: StoreMark, entries: [IdentityCode: StoreSurvey.Entry]
    ) {
        self.question = question
        self.store = store
        self.entries = entries
    }

    /// A JSON object behind its checksum.
    package var bytes: [UInt8] {
        let identities = entries.keys.sorted().compactMap { code in
            entries[code].map { $0.json(of: code) }
        }
        let json: JSON = [
            "format": .string(Self.format), "question": .string(question),
            "store": .string(store.text), "identities": .array(identities),
        ]
        return Checksum.bytes(Array(json.text.utf8))
    }

    package init?(_ bytes: [UInt8]) {
        guard let body = Checksum.body(of: bytes),
            case .success(let json) = JSONReader.value(of: Array(body)),
            json["format"]?.string == Self.format,
            let question = json["question"]?.string, let mark = json["store"]?.string,
            let identities = json["identities"]?.array
        else { return nil }
        var entries: [IdentityCode: StoreSurvey.Entry] = [:]
        for identity in identities {
            guard let code = identity["code"]?.string, let entry = StoreSurvey.Entry(identity)
            else { return nil }
            entries[IdentityCode(code)] = entry
        }
        self.init(question: question, store: StoreMark(mark), entries: entries)
    }
}

extension StoreSurvey.Entry {
    fileprivate func json(of code: IdentityCode) -> JSON {
        [
            "code": .string(code.text), "digest": .string(roster.digest),
            "plain": .integer(roster.users), "users": .integer(users.users),
            "awaiting": .integer(users.awaiting), "until": .optional(users.until?.text),
            "others": .array(others.map { .string($0.canonical) }),
            "waiters": .array(waiters.map { .string($0.canonical) }),
        ]
    }

    fileprivate init?(_ json: JSON) {
        func people(_ key: String) -> [EmailAddress] {
            (json[key]?.array ?? []).compactMap { $0.string.map { EmailAddress(canonical: $0) } }
        }
        guard let digest = json["digest"]?.string, let plain = json["plain"]?.integer,
            let users = json["users"]?.integer, let awaiting = json["awaiting"]?.integer
        else { return nil }
        self.init(
            roster: Roster.Summary(digest: digest, users: Int(plain)),
            users: SettledUsers(
                users: Int(users), awaiting: Int(awaiting),
                until: json["until"]?.string.flatMap(Instant.init(rfc3339:))),
            others: people("others"), waiters: people("waiters"))
    }
}
