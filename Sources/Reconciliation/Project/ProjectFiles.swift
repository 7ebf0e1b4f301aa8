package import Diagnostics

/// The manifests of a project as they were read, with what could not be read.
package struct ProjectFiles: Sendable {
    /// Sorted by the bytes of their paths; paths are below the project's root.
    package var files: [SourceFile]
    /// Editor leftovers that were passed over, for `--verbose`.
    package var ignored: [String]
    /// E111 for what cannot or may not be read, E116 for limits; without spans.
    package var diagnostics: [Diagnostic]

    package init(
        files: [SourceFile] = [], ignored: [String] = [], diagnostics: [Diagnostic] = []
    ) {
        self.files = files
        self.ignored = ignored
        self.diagnostics = diagnostics
    }

    mutating func refuse(_ path: String, _ message: String, help: String? = nil) {
        diagnostics.append(
            Diagnostic("E111", subject: visible(path), message: message, help: help))
    }

    mutating func exceed(_ path: String, _ message: String, help: String) {
        diagnostics.append(
            Diagnostic("E116", subject: visible(path), message: message, help: help))
    }

    mutating func sort() {
        files.sort { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
        ignored.sort { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        diagnostics.sort { ($0.subject, $0.code) < ($1.subject, $1.code) }
    }
}

/// A name with its control characters as `\u{1b}`.
func visible(_ name: String) -> String {
    var text = String.UnicodeScalarView()
    for scalar in name.unicodeScalars {
        switch scalar.value {
        case 0x00...0x1F, 0x7F...0x9F, 0x2028, 0x2029, 0x061C, 0x200E, 0x200F, 0x202A...0x202E,
            0x2066...0x2069, 0xFEFF:
            text.append(contentsOf: "\\u{\(String(scalar.value, radix: 16))}".unicodeScalars)
        default: text.append(scalar)
        }
    }
    return String(text)
}
