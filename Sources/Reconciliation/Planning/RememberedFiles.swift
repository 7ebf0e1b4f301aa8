internal import AccessModel
package import Manifests

/// What manifests amounted to that were read before, by the SHA-256 of their bytes.
package struct RememberedFiles: Sendable {
    /// Bytes; what is larger is not kept.
    package static let maximumSize = 1 << 28
    private static let format = "muster.files/1"

    /// Who read them, with which limits.
    package var question: String
    package private(set) var files: [String: CondensedFile]

    package init(question: String, files: [String: CondensedFile]) {
        self.question = question
        self.files = files
    }

    /// - Parameter files: By path.
    package init(question: String, files: [String: CondensedFile], _ digests: FileDigests) {
        self.init(question: question, files: [:])
        for (path, file) in files {
            if let digest = digests[path] { self.files[digest] = file }
        }
    }

    /// By path, as far as one of the same bytes is known.
    package func files(by digests: FileDigests) -> [String: CondensedFile] {
        var found: [String: CondensedFile] = [:]
        for path in digests.paths {
            if let digest = digests[path], let file = files[digest] { found[path] = file }
        }
        return found
    }
}

// A file of them, behind its checksum: the length of a JSON object, in a line, the object, and how
// the plain users of its identities are written.
extension RememberedFiles {
    package var bytes: [UInt8] {
        let digests = files.keys.sorted()
        let json: JSON = [
            "format": .string(Self.format), "question": .string(question),
            "files": .array(
                digests.map { digest in
                    [
                        "digest": .string(digest),
                        "identities": .array(files[digest]?.identities.map(\.json) ?? []),
                    ]
                }),
        ]
        let text = Array(json.text.utf8)
        var body = Array("\(text.count)\n".utf8) + text
        for digest in digests {
            for identity in files[digest]?.identities ?? [] { body += identity.writings }
        }
        return Checksum.bytes(body)
    }

    package init?(_ bytes: [UInt8]) {
        guard let body = Checksum.body(of: bytes), let end = body.firstIndex(of: 0x0A),
            let length = Int(String(decoding: body[..<end], as: UTF8.self)),
            (0..<body.endIndex - end).contains(length)
        else { return nil }
        let start = end + 1
        var writings = body[(start + length)...]
        guard case .success(let json) = JSONReader.value(of: Array(body[start..<start + length])),
            json["format"]?.string == Self.format, let question = json["question"]?.string,
            let list = json["files"]?.array
        else { return nil }
        var files: [String: CondensedFile] = [:]
        for file in list {
            guard let digest = file["digest"]?.string, let list = file["identities"]?.array
            else { return nil }
            var identities: [CondensedFile.Identity] = []
            for json in list {
                guard let identity = CondensedFile.Identity(json, &writings) else { return nil }
                identities.append(identity)
            }
            files[digest] = CondensedFile(identities: identities)
        }
        self.init(question: question, files: files)
    }
}

extension CondensedFile.Identity {
    fileprivate var json: JSON {
        [
            "code": code.json, "tenant": tenant.json, "title": .string(title),
            "others": .array(others.map(\.json)), "digest": .string(roster.digest),
            "plain": .integer(roster.users), "writings": .integer(writings.count),
        ]
    }

    fileprivate init?(_ json: JSON, _ writings: inout ArraySlice<UInt8>) {
        guard let code = CondensedFile.Written(json["code"]),
            let tenant = CondensedFile.Written(json["tenant"]), let title = json["title"]?.string,
            let list = json["others"]?.array, let digest = json["digest"]?.string,
            let plain = json["plain"]?.integer, let length = json["writings"]?.integer,
            (0...writings.count).contains(Int(length))
        else { return nil }
        let others = list.compactMap(CondensedFile.User.init)
        guard others.count == list.count else { return nil }
        self.init(
            code: code, tenant: tenant, title: title, others: others,
            roster: Roster.Summary(digest: digest, users: Int(plain)),
            writings: Array(writings.prefix(Int(length))))
        writings = writings.dropFirst(Int(length))
    }
}

extension CondensedFile.User {
    fileprivate var json: JSON {
        [
            "email": email.json, "roles": .strings(roles), "admin": admin?.json ?? .null,
            "enabled": enabled.map(JSON.bool) ?? .null,
        ]
    }

    fileprivate init?(_ json: JSON) {
        guard let email = CondensedFile.Written(json["email"]), let roles = json["roles"]?.array
        else { return nil }
        self.init(
            email: email, roles: roles.compactMap(\.string),
            admin: json["admin"].flatMap(Range.init), enabled: json["enabled"]?.bool)
    }
}

extension CondensedFile.Written {
    fileprivate var json: JSON { [.string(text), place.json] }

    fileprivate init?(_ json: JSON?) {
        guard let parts = json?.array, parts.count == 2, let text = parts[0].string,
            let place = Range(parts[1])
        else { return nil }
        self.init(text, at: place)
    }
}

extension Range<Int> {
    fileprivate var json: JSON { [.integer(lowerBound), .integer(upperBound)] }

    fileprivate init?(_ json: JSON) {
        let bounds = json.array?.compactMap { $0.integer.map { Int($0) } } ?? []
        guard bounds.count == 2, bounds[0] >= 0, bounds[0] <= bounds[1], bounds[1] < 1 << 31
        else { return nil }
        self = bounds[0]..<bounds[1]
    }
}
