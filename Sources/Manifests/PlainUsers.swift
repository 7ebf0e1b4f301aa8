internal import AccessModel
internal import Syntax

/// Takes the plain users of Identity documents, for there may be a million, and keeps what they
/// amount to. It leaves whoever wants a closer look, right or wrong.
final class PlainUsers: ListReader {
    /// The plain ones of each list, by where it begins.
    private(set) var lists: [Int: CondensedUsers] = [:]
    private var start: Int?
    private var list = CondensedUsers()
    private var labels: PlainLabels
    private let digest: Roster.Digest

    /// - Parameter limit: How many bytes a label may have.
    init(limit: Int, _ digest: @escaping Roster.Digest) {
        labels = PlainLabels(limit: limit)
        self.digest = digest
    }

    func wants(
        _ key: PassingNode, at start: Int, after before: [(key: PassingNode, value: PassingNode)]
    ) -> Bool {
        guard key.says("users"),
            before.contains(where: { $0.key.says("kind") && $0.value.says("Identity") })
        else { return false }
        finish()
        self.start = start
        return true
    }

    func takes(_ entry: PassingNode) -> Bool {
        guard !entry.isIncomplete else { return false }
        var email: PassingNode?
        var areRolesEmpty = true
        var isEnabled = false
        for place in stride(from: 0, to: entry.count, by: 2) {
            let (key, value) = (entry[place], entry[place + 1])
            if key.says("email") {
                email = value
            } else if key.says("roles") {
                guard labels.read(value) else { return false }
                areRolesEmpty = value.count == 0
            } else if key.says("admin") {
                guard value.style == .plain, value.says("false") else { return false }
            } else if key.says("enabled") {
                guard value.style == .plain, value.says("true") else { return false }
                isEnabled = true
            } else {
                return false
            }
        }
        guard let email, EmailAddress.isPlainlyCanonical(email.text),
            areRolesEmpty || !labels.sayAdmin,
            let writing = Writing(of: email, isEnabled: isEnabled)
        else { return false }
        if areRolesEmpty {
            list.add(email.text, roles: UnsafeBufferPointer(start: nil, count: 0), writing)
        } else {
            labels.withText { list.add(email.text, roles: $0, writing) }
        }
        return true
    }

    /// There is no more.
    func finish() {
        if let start { lists[start] = closed(list) }
        (start, list) = (nil, CondensedUsers())
    }

    /// A list without users.
    var none: CondensedUsers { closed(CondensedUsers()) }

    private func closed(_ list: CondensedUsers) -> CondensedUsers {
        var list = list
        list.close(digest)
        return list
    }
}

/// Lists of labels as text: sorted, with commas between them. A million users have a few dozen.
private struct PlainLabels {
    private struct Known {
        var written: [UInt8]
        var isPlain: Bool
        var text: [UInt8] = []
        /// One of them is `admin`, in whatever letters.
        var sayAdmin = false
    }

    private static let most = 10_000
    let limit: Int
    private var written: [UInt8] = []
    /// By a hash of what is written.
    private var known: [Int: Known] = [:]
    private var list = Known(written: [], isPlain: true)

    init(limit: Int) { self.limit = limit }

    var sayAdmin: Bool { list.sayAdmin }

    func withText(_ body: (UnsafeBufferPointer<UInt8>) -> Void) {
        list.text.withUnsafeBufferPointer(body)
    }

    /// False for a list in which something is unusual.
    mutating func read(_ labels: PassingNode) -> Bool {
        guard labels.kind == .sequence, !labels.isIncomplete else { return false }
        written.removeAll(keepingCapacity: true)
        for place in 0..<labels.count {
            let text = labels[place].text
            guard !text.isEmpty, !text.contains(UInt8(ascii: ",")) else { return false }
            if place > 0 { written.append(UInt8(ascii: ",")) }
            written.append(contentsOf: text)
        }
        if written == list.written { return list.isPlain }
        var hasher = Hasher()
        written.withUnsafeBytes { hasher.combine(bytes: $0) }
        let hash = hasher.finalize()
        if let known = known[hash], known.written == written {
            list = known
        } else {
            list = Self.known(written, limit)
            if known.count < Self.most { known[hash] = list }
        }
        return list.isPlain
    }

    private static func known(_ written: [UInt8], _ limit: Int) -> Known {
        let labels = written.split(separator: UInt8(ascii: ","))
        let texts = labels.map { String(decoding: $0, as: UTF8.self) }
        let sorted = Set(texts).sorted()
        guard labels.allSatisfy({ isPlain($0) && $0.count <= limit }), sorted.count == texts.count
        else { return Known(written: written, isPlain: false) }
        return Known(
            written: written, isPlain: true, text: Array(sorted.joined(separator: ",").utf8),
            sayAdmin: texts.contains { Label($0).saysAdmin })
    }

    /// What stands for nothing unless it is quoted is not plain either.
    private static func isPlain(_ bytes: ArraySlice<UInt8>) -> Bool {
        LabelSets.isPlain(bytes)
            && !["~", "null", "Null", "NULL"].contains { $0.utf8.elementsEqual(bytes) }
    }
}
