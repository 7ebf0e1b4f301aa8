internal import Diagnostics

/// Rows as RFC 4180 has them: fields with commas or quotes in quotes, lines ended by CR and LF.
///
/// A cell that a spreadsheet would take for a formula gets an apostrophe in front, and what a
/// terminal would act upon is escaped as everywhere.
package func commaSeparated(_ rows: [[String]]) -> String {
    rows.map { $0.map(cell).joined(separator: ",") + "\r\n" }.joined()
}

private func cell(_ text: String) -> String {
    var text = escapedForTerminal(text)
    if let first = text.unicodeScalars.first, "=+-@".unicodeScalars.contains(first) {
        text = "'" + text
    }
    guard text.unicodeScalars.contains(where: { $0 == "," || $0 == "\"" }) else { return text }
    var quoted = ""
    for scalar in text.unicodeScalars {
        if scalar == "\"" { quoted.unicodeScalars.append(scalar) }
        quoted.unicodeScalars.append(scalar)
    }
    return "\"" + quoted + "\""
}
