import FoundationEssentials
import Support
import Testing

/// Files that people write by accident or on purpose, one mistake each, and beside each of them
/// what `muster validate` answers.
@Suite("Hostile inputs")
struct InputTests {
    /// What is fine, or a warning: everything else ends with 65.
    static let accepted: Set = [
        "encoding/mark-at-the-start", "encoding/mixed-scripts-in-a-name",
        "encoding/variation-selector-in-a-name", "everyday/crlf",
        "everyday/json-with-trailing-comma", "everyday/mobile-without-quotes",
        "everyday/number-for-a-text", "everyday/tab-after-a-colon", "yaml/date-as-a-name",
        "yaml/date-lower-case-t", "yaml/directive-version-accepted", "yaml/number-for-a-first-name",
        "yaml/number-in-hexadecimal", "yaml/number-of-base-sixty", "yaml/number-with-an-exponent",
        "yaml/tag-accepted", "yaml/true-as-a-name", "yaml/word-no",
    ]

    static let names: [String] = {
        let files = FileManager.default
        return ["everyday", "encoding", "yaml"].flatMap { folder in
            ((try? files.contentsOfDirectory(atPath: HostileProject.inputs + "/" + folder)) ?? [])
                .filter { $0.hasSuffix(".yaml") }.map { folder + "/" + $0.dropLast(5) }.sorted()
        }
    }()

    @Test("each is answered as it says beside it", arguments: names)
    func answer(name: String) throws {
        let project = try HostileProject()
        let file = HostileProject.inputs + "/" + name
        try project.write(Array(try Data(contentsOf: URL(filePath: file + ".yaml"))), to: "a.yaml")
        let run = try project.muster("validate")
        #expect(run.exit == (Self.accepted.contains(name) ? 0 : 65))
        #expect(run.fits(megabytes: 256))
        try Snapshot.compare(run.out, with: file + ".txt")
        #expect(run.err == "")
        #expect(!run.out.unicodeScalars.contains { Self.isForbidden($0) })
    }

    @Test("there are as many as there were")
    func count() {
        #expect(Self.names.count >= 230)
        #expect(Self.accepted.subtracting(Self.names) == [])
    }

    /// A control, or a character that changes the direction of text: never on a terminal.
    private static func isForbidden(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x0A: false
        case 0..<0x20, 0x7F..<0xA0, 0x200B...0x200F, 0x2028...0x202E, 0x2060...0x206F: true
        default: false
        }
    }
}

/// What a test is compared with; `UPDATE_SNAPSHOTS=1` writes it again.
enum Snapshot {
    static func compare(_ text: String, with path: String) throws {
        if ProcessInfo.processInfo.environment["UPDATE_SNAPSHOTS"] == "1" {
            try Data(text.utf8).write(to: URL(filePath: path))
            return
        }
        let expected = try? Data(contentsOf: URL(filePath: path))
        #expect(expected.map { String(decoding: $0, as: UTF8.self) } == text, "\(path)")
    }
}
