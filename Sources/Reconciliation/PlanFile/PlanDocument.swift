internal import AccessModel
internal import Crypto
package import Diagnostics
internal import Planning

/// A plan as a file: `muster.plan/1`, the format that `plan --out` writes and `apply FILE` reads.
///
/// Its id is the SHA-256 of the file's bytes with the id's own digits as zeros, so that any byte
/// that differs is noticed. With masked mobiles it is for reading only and keeps the same id.
package struct PlanDocument: Sendable {
    package static let format = "muster.plan/1"
    /// Bytes; a file above it is refused before it is read.
    package static let maximumSize = 128 << 20

    /// `sha256:` and 64 lower-case hexadecimal digits.
    package var id: String
    /// The report that was written. Findings have no excerpts, and `plan.findings` is empty: the
    /// sentences are in `findings`.
    package var report: PlanReport

    /// The file of a report, and its id.
    package static func encoded(
        _ report: PlanReport, maskingMobiles: Bool
    ) -> (id: String, bytes: [UInt8]) {
        let clear = bytes(of: report, masked: false)
        let id = PlanFileID(ofFileWithZeros: clear)
        if let redacted = report.redactedID.flatMap(PlanFileID.init) {
            return (redacted.text, redacted.written(into: bytes(of: report, masked: true)))
        }
        return (id.text, id.written(into: maskingMobiles ? bytes(of: report, masked: true) : clear))
    }

    /// The id alone, of a file that is not made.
    package static func id(of report: PlanReport) -> String {
        PlanFileID(written(report, masked: false, hashing: true).finishHash()).text
    }

    /// The whole document, with zeros as its id. Each element of a list is written before the next
    /// one is made: there may be a hundred thousand.
    private static func bytes(of report: PlanReport, masked: Bool) -> [UInt8] {
        written(report, masked: masked, hashing: false).finish()
    }

    private static func written(
        _ report: PlanReport, masked: Bool, hashing: Bool
    ) -> JSONObjectWriter {
        let plan = report.plan
        var object = JSONObjectWriter(masked: masked, hashing: hashing)
        object.write("format", .string(format))
        object.write("id", .string(PlanFileID.zeros))
        object.write("project", .string(report.project))
        object.write(
            "base",
            [
                "store": .optional(report.base.store), "serial": .integer(report.base.serial),
                "digest": .string(report.base.digest),
            ])
        object.write(
            "manifests",
            [
                "digest": .string(report.manifests.digest),
                "commit": .optional(report.manifests.commit),
                "files": .integer(report.manifests.files),
            ])
        object.write("actor", .string(plan.actor.text))
        object.write("at", .string(plan.at.text))
        object.write("allow", plan.allow.json)
        object.write("complete", .bool(plan.complete))
        object.write("applicable", .bool(report.applicable))
        object.write("summary", plan.summary.json)
        object.write("changes", plan.changes.indices) { index in
            plan.changes[index].json(
                source: index < report.sources.count ? report.sources[index] : nil,
                comment: index < report.comments.count ? report.comments[index] : nil)
        }
        object.write("effects", report.effects, inLines: true, element: \.json)
        object.write(
            "notes", plan.notes,
            texts: [
                "kind": \.kind.rawValue, "address": \.address.text, "message": \.message,
            ])
        object.write("drift", report.drift, element: \.json)
        object.write("findings", report.findings, element: \.json)
        if let undoing = report.undoing { object.write("undo", undoing.json) }
        if report.redactedID != nil { object.write("redacted", true) }
        if masked { object.write("masked", true) }
        return object
    }
}

/// The id of a plan file and its place in the file, which is the same in all of them.
struct PlanFileID: Hashable {
    static let zeros = "sha256:" + String(repeating: "0", count: 64)
    /// Every plan file begins with these bytes; the digits follow.
    static let head = Array(
        "{\n  \"format\": \"\(PlanDocument.format)\",\n  \"id\": \"sha256:".utf8)
    private static let place = head.count..<head.count + 64

    private let digits: [UInt8]

    var text: String { "sha256:" + String(decoding: digits, as: UTF8.self) }

    init(ofFileWithZeros bytes: [UInt8]) { self.init(SHA256.hash(data: bytes)) }

    /// The hash of such a file.
    init(_ hash: SHA256.Digest) {
        digits = hash.flatMap { byte in
            [byte >> 4, byte & 15].map { $0 < 10 ? 0x30 + $0 : 0x57 + $0 }
        }
    }

    /// `sha256:` and 64 digits.
    init?(_ text: String) {
        digits = Array(text.utf8.dropFirst("sha256:".utf8.count))
        guard text.hasPrefix("sha256:"), digits.count == Self.place.count else { return nil }
    }

    /// The id that a file states, if it is the right one.
    init?(verifying bytes: [UInt8]) {
        guard bytes.count > Self.place.upperBound, bytes.starts(with: Self.head) else { return nil }
        var cleared = bytes
        cleared.replaceSubrange(Self.place, with: repeatElement(0x30, count: 64))
        self.init(ofFileWithZeros: cleared)
        guard bytes[Self.place].elementsEqual(digits) else { return nil }
    }

    func written(into bytes: [UInt8]) -> [UInt8] {
        var bytes = bytes
        bytes.replaceSubrange(Self.place, with: digits)
        return bytes
    }
}

extension Change {
    func json(source: Location?, comment: String?) -> JSON {
        let states = action.states
        var members: [JSON.Member] = [
            .init("id", .integer(id)),
            .init("kind", .string(kind.rawValue)),
            .init("symbol", .string(kind.symbol.rawValue)),
            .init("address", .string(address.text)),
            .init("actor", .string(actor.text)),
            .init("before", states.before),
            .init("after", states.after),
            .init("reason", .string(reason.rawValue)),
            .init("source", source?.json ?? .null),
            .init("mail", .optional(mail?.rawValue)),
            .init("destructive", .bool(destructive)),
            .init("privileged", .bool(privileged)),
            .init("dependsOn", .array(dependsOn.map { .integer($0) })),
        ]
        if let comment { members.append(.init("comment", .string(comment))) }
        if let person = address.person, person.spelling != person.canonical {
            members.append(.init("spelling", .string(person.spelling)))
        }
        return .object(members)
    }
}

extension Location {
    package var json: JSON {
        ["file": .string(file), "line": .integer(line), "column": .integer(column)]
    }
}

extension Allowances {
    /// Only what was given.
    var json: JSON {
        var members: [JSON.Member] = []
        if let removals { members.append(.init("removals", .integer(removals))) }
        if let revocations { members.append(.init("revocations", .integer(revocations))) }
        if let mails { members.append(.init("mails", .integer(mails))) }
        if selfRemoval { members.append(.init("selfRemoval", true)) }
        if permissionExtinction { members.append(.init("permissionExtinction", true)) }
        return .object(members)
    }
}

extension PlanSummary {
    var json: JSON {
        [
            "add": .integer(add), "change": .integer(change), "remove": .integer(remove),
            "mails": .integer(mails), "unchanged": .integer(unchanged),
            "awaiting": .integer(awaiting), "unmanaged": .integer(unmanaged),
        ]
    }
}

extension ForeignChange {
    /// In the shapes that changes have: a grant is its value, a flag a boolean.
    package var json: JSON {
        [
            "address": .string(address.text), "before": json(before), "after": json(after),
            "at": .string(at.text), "firstAt": .string(firstAt.text), "times": .integer(times),
            "by": .optional(by),
        ]
    }

    private static let flags: Set<String> = [
        "admin", "automation", "blocked", "enabled", "pending", "sensitive", "system",
    ]

    private func json(_ fields: [String: String]?) -> JSON {
        guard let fields else { return .null }
        switch address {
        case .grant(_, _, .permission(let name)): return .string(name.text)
        case .grant(_, _, .role(let name)), .availableRole(_, let name): return .string(name.text)
        default: break
        }
        return .object(
            fields.sorted { $0.key < $1.key }.map { key, value in
                .init(key, Self.flags.contains(key) ? Self.flag(value) : .string(value))
            })
    }

    private static func flag(_ text: String) -> JSON {
        text == "true" ? .bool(true) : text == "false" ? .bool(false) : .string(text)
    }
}

extension ResolvedDiagnostic {
    /// As every JSON format has it: the message is all of it, what is wrong and what to do.
    package var json: JSON {
        var members: [JSON.Member] = [
            .init("code", .string(code)), .init("severity", .string(severity.rawValue)),
            .init("subject", .string(subject)), .init("message", .string(sentence)),
        ]
        if let help { members.append(.init("help", .string(help))) }
        members.append(.init("source", location?.json ?? .null))
        if !notes.isEmpty {
            let notes = notes.map { note -> JSON in
                ["message": .string(note.message), "source": note.location?.json ?? .null]
            }
            members.append(.init("notes", .array(notes)))
        }
        return .object(members)
    }
}
