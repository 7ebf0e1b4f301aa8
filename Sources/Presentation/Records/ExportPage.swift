internal import AccessModel
package import Diagnostics
internal import Manifests
package import Reconciliation

extension Export {
    /// What was written where, and what to do next.
    package func text(folder: String) -> String {
        var counts: [(folder: String, number: Int)] = []
        for file in files where file.path.utf8.contains(UInt8(ascii: "/")) {
            let name = String(file.path.prefix { $0 != "/" })
            if counts.last?.folder == name {
                counts[counts.count - 1].number += 1
            } else {
                counts.append((name, 1))
            }
        }
        let place = escapedForTerminal(folder)
        let parts = ["muster.yaml"] + counts.map { "\($0.folder)/ (\($0.number))" }
        return """
            Written to \(place): \(parts.joined(separator: ", "))

            Look at it, then:
              muster plan -C \(place) --operator

            """
    }

    /// - Parameter folder: where the files are; without one they are in the result.
    package func json(folder: String?) -> String {
        JSON.object([
            .init("format", "muster.export/1"), .init("project", .string(project.name)),
            .init(
                "base",
                .object([
                    .init("store", .optional(origin?.id)),
                    .init("serial", .integer(origin?.serial ?? 0)),
                ])), .init("folder", .optional(folder)),
            .init(
                "files",
                .array(
                    files.map { file in
                        .object(
                            [.init("path", .string(file.path))]
                                + (folder == nil ? [.init("text", .string(file.text))] : []))
                    })), .init("leftOut", .strings(remarks)),
        ]).text
    }
}

extension Export.Problem {
    package var diagnostics: [ResolvedDiagnostic] {
        switch self {
        case .unwritable(let findings):
            [
                .failure(
                    "the store holds what no manifest may say, so it cannot be written as "
                        + "manifests; correct it in the store.")
            ] + findings
        case .changes(let addresses):
            [
                .failure(
                    "manifests cannot say what the store holds of "
                        + addresses.prefix(5).map(\.text).joined(separator: ", ")
                        + "; correct it in the store.")
            ]
        }
    }
}
