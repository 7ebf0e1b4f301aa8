internal import Diagnostics
package import Reconciliation

extension Array<ResolvedDiagnostic> {
    /// SARIF 2.1.0 with one run, for code scanning.
    package var sarif: JSON {
        let codes = Set(map(\.code)).sorted()
        let places = Dictionary(uniqueKeysWithValues: codes.enumerated().map { ($1, $0) })
        let rules = codes.map { code -> JSON in
            [
                "id": .string(code),
                "shortDescription": [
                    "text": .string(Explanations.page(for: code)?.title ?? "something failed")
                ],
                "help": ["text": .string("muster explain \(code)")],
            ]
        }
        let driver: JSON = ["name": "muster", "rules": .array(rules)]
        let run: JSON = [
            "tool": ["driver": driver],
            "columnKind": "unicodeCodePoints",
            "results": .array(map { $0.sarifResult(ruleIndex: places[$0.code] ?? 0) }),
        ]
        return [
            "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
            "version": "2.1.0",
            "runs": [run],
        ]
    }
}

extension ResolvedDiagnostic {
    fileprivate func sarifResult(ruleIndex: Int) -> JSON {
        // Code scanning refuses a result without a place: the project's own file stands in.
        var place: [JSON.Member] = [
            .init("physicalLocation", location?.sarif(width: excerpt?.width) ?? Self.project)
        ]
        if !subject.isEmpty {
            place.append(.init("logicalLocations", [["fullyQualifiedName": .string(subject)]]))
        }
        var members: [JSON.Member] = [
            .init("ruleId", .string(code)), .init("ruleIndex", .integer(ruleIndex)),
            .init("level", .string(severity.rawValue)),
            .init("message", Self.message(subject.isEmpty ? sentence : "\(subject): \(sentence)")),
            .init("locations", [.object(place)]),
        ]
        let related = notes.enumerated().compactMap { index, note -> JSON? in
            note.location.map { location in
                [
                    "id": .integer(index + 1),
                    "message": Self.message(note.message),
                    "physicalLocation": location.sarif(width: note.excerpt?.width),
                ]
            }
        }
        if !related.isEmpty { members.append(.init("relatedLocations", .array(related))) }
        return .object(members)
    }

    /// Brackets would be an embedded link (SARIF 2.1.0 section 3.11.6).
    private static func message(_ text: String) -> JSON {
        var escaped = ""
        for scalar in escapedForTerminal(text).unicodeScalars {
            if ["[", "]", "\\"].contains(scalar) { escaped += "\\" }
            escaped.unicodeScalars.append(scalar)
        }
        return ["text": .string(escaped)]
    }

    private static let project: JSON = [
        "artifactLocation": ["uri": "muster.yaml"], "region": ["startLine": .integer(1)],
    ]
}

extension Location {
    fileprivate func sarif(width: Int?) -> JSON {
        var region: [JSON.Member] = [
            .init("startLine", .integer(line)), .init("startColumn", .integer(column)),
        ]
        if let width { region.append(.init("endColumn", .integer(column + width))) }
        return [
            "artifactLocation": ["uri": .string(percentEncodedPath)], "region": .object(region),
        ]
    }

    /// The path as a relative reference (RFC 3986).
    private var percentEncodedPath: String {
        var uri = ""
        for byte in file.utf8 {
            switch byte {
            case 0x61...0x7A, 0x41...0x5A, 0x30...0x39, 0x2D, 0x2E, 0x5F, 0x7E, 0x2F:
                uri.unicodeScalars.append(Unicode.Scalar(byte))
            default:
                let digits = String(byte, radix: 16, uppercase: true)
                uri += "%" + (digits.utf8.count < 2 ? "0" : "") + digits
            }
        }
        return uri
    }
}
