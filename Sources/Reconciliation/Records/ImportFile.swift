package import AccessModel
import FoundationEssentials

/// One person of an import, as a line of the file states it.
package struct ImportedPerson: Sendable {
    package struct Place: Hashable, Sendable {
        package var permissions: [String] = []
        package var roles: [String] = []
        package var admin = false
        package var enabled = true

        package init() {}
    }

    package var line: Int
    package var email: EmailAddress
    package var profile = Profile()
    package var state: Account.State = .activated
    package var blocked = false
    package var automation = false
    package var tenants: [String: Place] = [:]
    package var identities: [String: Place] = [:]

    package init(line: Int, email: EmailAddress) {
        self.line = line
        self.email = email
    }
}

/// A line that cannot be taken over: its number, and what is wrong as a sentence.
package struct ImportProblem: Error, Hashable, Sendable {
    package var line: Int
    package var message: String

    package init(line: Int, message: String) {
        self.line = line
        self.message = message
    }
}

/// Reads JSON Lines, one object a line, or CSV (RFC 4180) with a header; the first byte that is no
/// white space decides. Every mistake is reported, and none is taken over.
package func importedPeople(
    _ bytes: [UInt8]
) -> (people: [ImportedPerson], problems: [ImportProblem]) {
    guard let text = String(validating: bytes, as: UTF8.self) else {
        return ([], [ImportProblem(line: 1, message: "the file is not UTF-8.")])
    }
    let isJSON =
        text.unicodeScalars.first { !$0.properties.isWhitespace && $0 != "\u{FEFF}" } == "{"
    let rows = isJSON ? jsonRows(text) : csvRows(text)
    var people: [ImportedPerson] = []
    var problems: [ImportProblem] = []
    for row in rows {
        do {
            people.append(try row.result.get().person(line: row.line))
        } catch {
            problems.append(ImportProblem(line: row.line, message: error.message))
        }
    }
    return (people, problems)
}

struct RowError: Error {
    var message: String
}

/// One row of either format.
struct ImportRow: Codable {
    struct Membership: Codable {
        var tenant: String
        var permissions: [String]?
        var roles: [String]?
    }

    struct IdentityEntry: Codable {
        var identity: String
        var admin: Bool?
        var roles: [String]?
        var enabled: Bool?
    }

    /// `Admin`, where a line is an Admin document; it may be left out.
    var kind: String?
    var email: String
    var spelling: String?
    var firstName: String?
    var lastName: String?
    var mobile: String?
    var language: String?
    var state: String?
    var blocked: Bool?
    var automation: Bool?
    var memberships: [Membership]?
    var identities: [IdentityEntry]?
    // The flat form: one place a row.
    var tenant: String?
    var permissions: [String]?
    var roles: [String]?
    var identity: String?
    var admin: Bool?
    var enabled: Bool?

    static let fields: Set<String> = [
        "kind", "email", "spelling", "firstName", "lastName", "mobile", "language", "state",
        "blocked",
        "automation", "memberships", "identities", "tenant", "permissions", "roles", "identity",
        "admin", "enabled",
    ]

    func person(line: Int) throws(RowError) -> ImportedPerson {
        if let kind, kind != "Admin" {
            throw RowError(message: "kind \(kind) cannot be imported; a line is an Admin.")
        }
        let address: EmailAddress
        switch EmailAddress.parse(spelling ?? email) {
        case .success(let parsed): address = parsed
        case .failure(let problem): throw RowError(message: "email \(email) \(problem.sentence)")
        }
        var person = ImportedPerson(line: line, email: address)
        person.profile = Profile(
            firstName: nonEmpty(firstName), lastName: nonEmpty(lastName), mobile: nonEmpty(mobile),
            language: nonEmpty(language))
        for (field, value) in [
            ("firstName", firstName), ("lastName", lastName), ("language", language),
        ] {
            if let problem = value.flatMap({ textProblem(in: $0, strictness: .name) }) {
                throw RowError(message: "\(field) \(problem.sentence)")
            }
        }
        if let mobile = person.profile.mobile, !isE164(mobile) {
            throw RowError(message: "mobile \(mobile) is not E.164, such as +31612345678.")
        }
        person.state = try accountState()
        person.blocked = blocked ?? false
        person.automation = automation ?? false
        for membership in memberships ?? [] {
            person.add(
                tenant: membership.tenant, membership.permissions ?? [], membership.roles ?? [])
        }
        for entry in identities ?? [] {
            person.add(
                identity: entry.identity, admin: entry.admin ?? false, entry.roles ?? [],
                enabled: entry.enabled ?? true)
        }
        if let tenant = nonEmpty(tenant) {
            person.add(tenant: tenant, permissions ?? [], roles ?? [])
        }
        if let identity = nonEmpty(identity) {
            person.add(
                identity: identity, admin: admin ?? false,
                nonEmpty(tenant) == nil ? roles ?? [] : [],
                enabled: enabled ?? true)
        }
        return person
    }

    private func accountState() throws(RowError) -> Account.State {
        guard let state = nonEmpty(state) else { return .activated }
        switch state.lowercased() {
        case "activated", "active": return .activated
        case "invited", "pending": return .invited
        default: throw RowError(message: "state \(state) is neither Activated nor Invited.")
        }
    }

    private func nonEmpty(_ text: String?) -> String? {
        text.flatMap { $0.isEmpty ? nil : nfc($0) }
    }

    private func isE164(_ text: String) -> Bool {
        let digits = text.utf8.dropFirst()
        return text.utf8.first == UInt8(ascii: "+") && (7...15).contains(digits.count)
            && digits.allSatisfy { (0x30...0x39).contains($0) } && digits.first != 0x30
    }
}

extension ImportedPerson {
    fileprivate mutating func add(tenant: String, _ permissions: [String], _ roles: [String]) {
        tenants[tenant, default: Place()].permissions += permissions
        tenants[tenant, default: Place()].roles += roles
    }

    fileprivate mutating func add(
        identity: String, admin: Bool, _ roles: [String], enabled: Bool
    ) {
        var place = identities[identity] ?? Place()
        place.admin = place.admin || admin
        place.roles += roles.map(nfc)
        place.enabled = enabled
        identities[identity] = place
    }
}

private func jsonRows(_ text: String) -> [(line: Int, result: Result<ImportRow, RowError>)] {
    text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
        .compactMap { index, line in
            let trimmed = line.unicodeScalars.filter { $0 != "\u{FEFF}" && $0 != "\r" }
            guard trimmed.contains(where: { !$0.properties.isWhitespace }) else { return nil }
            let data = Data(String(String.UnicodeScalarView(trimmed)).utf8)
            return (index + 1, jsonRow(data))
        }
}

private func jsonRow(_ data: Data) -> Result<ImportRow, RowError> {
    switch JSONReader.value(of: Array(data)) {
    case .success(.object(let members)):
        let unknown = members.map(\.key).filter { !ImportRow.fields.contains($0) }.sorted()
        if let first = unknown.first {
            return .failure(RowError(message: "there is no field \(first)."))
        }
    case .success: return .failure(RowError(message: "the line is not a JSON object."))
    case .failure(let problem):
        // Readers do not agree on which of two equal keys counts, so that nobody may.
        return .failure(
            RowError(message: "\(problem.reason), at byte \(problem.offset + 1) of the line."))
    }
    do {
        return .success(try JSONDecoder().decode(ImportRow.self, from: data))
    } catch DecodingError.keyNotFound(let key, _) {
        return .failure(RowError(message: "the field \(key.stringValue) is missing."))
    } catch DecodingError.typeMismatch(_, let place), DecodingError.valueNotFound(_, let place) {
        let field = place.codingPath.map(\.stringValue).joined(separator: ".")
        return .failure(RowError(message: "\(field) has the wrong type."))
    } catch {
        return .failure(RowError(message: "the line is not a JSON object."))
    }
}
