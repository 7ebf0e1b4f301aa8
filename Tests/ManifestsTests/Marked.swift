import AccessModel
import Diagnostics
import Manifests
import Syntax
import Testing

/// The present of all tests here.
let now = Instant(rfc3339: "2026-11-22T10:00:00Z")!

/// A small project that is clean; tests put their own files beside it.
let clean = [
    "muster.yaml": "kind: Project\nname: acme\n",
    "world.yaml": """
    kind: Role
    name: read
    ---
    kind: Role
    name: write
    sensitive: true
    ---
    kind: Tenant
    name: production
    availableRoles: [read, write]
    ---
    kind: Tenant
    name: stage
    """,
]

/// Manifests with marks where something should be said: `«E101»titel: x` expects E101 right there.
struct Marked {
    let files: [SourceFile]
    /// `file:line:column code`, sorted.
    let expected: [String]

    init(_ texts: [String: String]) {
        var files: [SourceFile] = []
        var expected: [String] = []
        for (path, text) in texts {
            var plain = String.UnicodeScalarView()
            var line = 1
            var column = 1
            var rest = text.unicodeScalars[...]
            while let scalar = rest.popFirst() {
                if scalar == "«" {
                    let code = rest.prefix { $0 != "»" }
                    rest = rest.dropFirst(code.count + 1)
                    expected.append("\(path):\(line):\(column) \(String(code))")
                    continue
                }
                plain.append(scalar)
                column = scalar == "\n" ? 1 : column + 1
                line += scalar == "\n" ? 1 : 0
            }
            files.append(SourceFile(path: path, bytes: Array(String(plain).utf8)))
        }
        self.files = files
        self.expected = expected.sorted()
    }

    var loaded: LoadedManifests { load(files, limits: Limits(), now: now) }
}

extension LoadedManifests {
    /// `file:line:column code`, sorted.
    var said: [String] {
        diagnostics.map { diagnostic in
            let place = diagnostic.span.map { sources.location(of: $0) }
            return
                "\(place?.file ?? ""):\(place?.line ?? 0):\(place?.column ?? 0) \(diagnostic.code)"
        }.sorted()
    }

    /// The sentences with one code.
    func sentences(_ code: String) -> [String] {
        diagnostics.filter { $0.code == code }.map { sources.resolved($0) }
            .map { "\($0.subject): \($0.sentence)" }
    }

    /// `file:line:column` of an address.
    func place(of address: Address) -> String? {
        provenance[address].map { sources.location(of: $0) }
            .map { "\($0.file):\($0.line):\($0.column)" }
    }
}

/// Loads the text as `a.yaml` beside the clean project, and expects what its marks say and no more.
@discardableResult
func check(
    _ text: String, beside others: [String: String] = clean,
    at location: SourceLocation = #_sourceLocation
) -> LoadedManifests {
    let marked = Marked(others.merging(["a.yaml": text]) { $1 })
    let loaded = marked.loaded
    #expect(loaded.said == marked.expected, sourceLocation: location)
    return loaded
}

func email(_ text: String) -> EmailAddress {
    EmailAddress(canonical: text.lowercased(), spelling: text)
}
