internal import Diagnostics

extension Sequence<ResolvedDiagnostic> {
    /// Workflow commands, one line a finding: `::error file=…,line=…,col=…,title=CODE::message`.
    package var annotations: String { map(\.annotation).joined() }
}

extension ResolvedDiagnostic {
    fileprivate var annotation: String {
        let command = isError ? "error" : "warning"
        return workflowCommand(
            command, at: location, title: code,
            message: subject.isEmpty ? sentence : subject + ": " + sentence)
    }
}

/// One workflow command. No text in it can end it early or begin another.
func workflowCommand(
    _ command: String, at location: Location?, title: String, message: String
) -> String {
    workflowCommand(command, at: location, title: title, lines: [message])
}

/// One workflow command whose message has several lines.
func workflowCommand(
    _ command: String, at location: Location?, title: String, lines: [String]
) -> String {
    var properties: [String] = []
    if let location {
        properties.append("file=" + escapedProperty(location.file))
        properties.append("line=\(location.line)")
        properties.append("col=\(location.column)")
    }
    if !title.isEmpty { properties.append("title=" + escapedProperty(title)) }
    let head = properties.isEmpty ? command : command + " " + properties.joined(separator: ",")
    return "::\(head)::\(lines.map(escapedData).joined(separator: "%0A"))\n"
}

private func escapedData(_ text: String) -> String { percentEncoded(text, ["%", "\r", "\n"]) }

private func escapedProperty(_ text: String) -> String {
    percentEncoded(text, ["%", "\r", "\n", ":", ","])
}

private func percentEncoded(_ text: String, _ special: Set<Unicode.Scalar>) -> String {
    var result = ""
    for scalar in escapedForTerminal(text).unicodeScalars {
        if special.contains(scalar) {
            result += "%" + String(scalar.value, radix: 16, uppercase: true).paddedWithZero
        } else {
            result.unicodeScalars.append(scalar)
        }
    }
    return result
}

extension String {
    fileprivate var paddedWithZero: String { utf8.count < 2 ? "0" + self : self }
}
