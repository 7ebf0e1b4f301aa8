internal import AccessModel
package import Diagnostics
package import Reconciliation

/// What `export --adopt` changed, line by line.
package struct AdoptionPage: Sendable {
    private let adoption: Adoption

    package init(_ adoption: Adoption) { self.adoption = adoption }

    /// One line of a file that went or came, by its number there.
    private struct Line {
        var number: Int
        var sign: String
        var text: String
    }

    package func text(style: Style) -> String {
        var text = ""
        for file in adoption.files {
            let path = escapedForTerminal(file.path)
            text += style.painted(file.before == nil ? "\(path) (new)" : path, .bold) + "\n"
            for line in lines(of: file) {
                let number = String(line.number)
                let space = String(repeating: " ", count: max(0, 5 - number.utf8.count))
                text += "\(space)\(number) \(line.sign) \(escapedForTerminal(line.text))\n"
            }
            text += "\n"
        }
        for left in adoption.left {
            let place = left.source.map { "\($0.file):\($0.line):\($0.column): " } ?? ""
            text += escapedForTerminal("\(place)\(left.address.text): \(left.message).") + "\n"
        }
        if !adoption.left.isEmpty { text += "\n" }
        return text + conclusion + "\n"
    }

    private var conclusion: String {
        var parts: [String] = []
        if adoption.files.isEmpty {
            parts.append(
                adoption.left.isEmpty
                    ? "Nothing to adopt: the manifests have all that the store has."
                    : "No file was changed.")
        } else {
            parts.append("Adopted into \(counted(adoption.files.count, "file")).")
        }
        if !adoption.left.isEmpty {
            parts.append("\(counted(adoption.left.count, "thing")) must be changed by hand.")
        }
        if !adoption.pending.isEmpty {
            parts.append(
                "\(counted(adoption.pending.count, "change")) of the manifests still to apply.")
        }
        return parts.joined(separator: " ")
    }

    package var json: String {
        JSON.object([
            .init("format", "muster.adoption/1"),
            .init(
                "files",
                .array(
                    adoption.files.map { file in
                        .object([
                            .init("path", .string(file.path)),
                            .init("new", .bool(file.before == nil)),
                            .init(
                                "lines",
                                .array(
                                    lines(of: file).map { line in
                                        .object([
                                            .init("number", .integer(line.number)),
                                            .init("sign", .string(line.sign)),
                                            .init("text", .string(line.text)),
                                        ])
                                    })),
                        ])
                    })),
            .init(
                "left",
                .array(
                    adoption.left.map { left in
                        .object([
                            .init("address", .string(left.address.text)),
                            .init("message", .string(left.message)),
                            .init(
                                "source",
                                left.source.map {
                                    .object([
                                        .init("file", .string($0.file)),
                                        .init("line", .integer($0.line)),
                                        .init("column", .integer($0.column)),
                                    ])
                                } ?? .null),
                        ])
                    })), .init("pending", .strings(adoption.pending.map(\.text))),
        ]).text
    }

    private func lines(of file: Adoption.File) -> [Line] {
        let before = file.before.map(Self.lines) ?? []
        let after = Self.lines(file.after)
        var lines = after.difference(from: before).map { change -> Line in
            switch change {
            case .remove(let offset, let text, _):
                Line(number: offset + 1, sign: "-", text: masked(text))
            case .insert(let offset, let text, _):
                Line(number: offset + 1, sign: "+", text: masked(text))
            }
        }
        lines.sort { ($0.number, $1.sign) < ($1.number, $0.sign) }
        return lines
    }

    private static func lines(_ bytes: [UInt8]) -> [String] {
        var lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false).map { line in
            String(decoding: line.last == 0x0D ? line.dropLast() : line, as: UTF8.self)
        }
        if lines.last == "" { lines.removeLast() }
        return lines
    }

    /// The line without the digits of a mobile.
    private func masked(_ line: String) -> String {
        guard let plus = line.firstIndex(of: "+"), line.contains("mobile:") else { return line }
        let digits = line[plus...].prefix { $0 == "+" || $0.isNumber }
        return line[..<plus] + maskedMobile(String(digits)) + line[digits.endIndex...]
    }
}

extension Adoption.Problem {
    package var diagnostics: [ResolvedDiagnostic] {
        switch self {
        case .invalid(let findings): findings
        case .unsafe(let findings, let addresses):
            [
                .failure(
                    "the manifests cannot be edited safely, so nothing was written; "
                        + (addresses.isEmpty
                            ? "correct it in the store."
                            : "change these by hand: "
                                + addresses.map(\.text).joined(separator: ", ")))
            ] + findings
        }
    }
}
