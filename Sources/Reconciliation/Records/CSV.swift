/// The rows of a CSV text (RFC 4180): a header, then one place a row. Lists are separated by spaces
/// or semicolons.
func csvRows(_ text: String) -> [(line: Int, result: Result<ImportRow, RowError>)] {
    var records: [(line: Int, fields: [String])]
    switch csvRecords(text) {
    case .success(let read): records = read
    case .failure(let problem):
        return [(problem.line, .failure(RowError(message: problem.message)))]
    }
    guard !records.isEmpty else { return [] }
    var header = records.removeFirst()
    header.fields = header.fields.map(fieldName)
    let unknown = header.fields.filter { !ImportRow.fields.contains($0) }
    var columns: Set<String> = []
    let twice = header.fields.first { !columns.insert($0).inserted }
    guard unknown.isEmpty, twice == nil, header.fields.contains("email") else {
        let message =
            unknown.first.map { "there is no column \(shortened($0))." }
            ?? twice.map { "the column \($0) is there twice." }
            ?? "the column email is missing."
        return [(header.line, .failure(RowError(message: message)))]
    }
    return records.map { record in
        guard record.fields.count == header.fields.count else {
            let message =
                "\(record.fields.count) fields, and the header has \(header.fields.count)."
            return (record.line, .failure(RowError(message: message)))
        }
        return (
            record.line,
            row(Dictionary(zip(header.fields, record.fields), uniquingKeysWith: { $1 }))
        )
    }
}

/// The field that a heading means: `first_name`, `First Name` and `firstName` are one.
private func fieldName(_ heading: String) -> String {
    // What is no header at all may be of any length.
    heading.utf8.count > 40 ? heading : fieldNames[folded(heading)] ?? heading
}

private func folded(_ heading: String) -> String {
    heading.lowercased().filter { !" _-".contains($0) }
}

private let fieldNames = Dictionary(
    ImportRow.fields.map { (folded($0), $0) }, uniquingKeysWith: min)

private func row(_ values: [String: String]) -> Result<ImportRow, RowError> {
    func text(_ field: String) -> String? { values[field].flatMap { $0.isEmpty ? nil : $0 } }
    func list(_ field: String) -> [String]? {
        text(field).map { $0.split(whereSeparator: { " ;,".contains($0) }).map(String.init) }
    }
    func flag(_ field: String) throws(RowError) -> Bool? {
        switch text(field) {
        case .none: return nil
        case "true": return true
        case "false": return false
        case .some(let other): throw RowError(message: "\(field) is \(other), not true or false.")
        }
    }
    do throws(RowError) {
        return .success(
            ImportRow(
                email: text("email") ?? "", spelling: text("spelling"),
                firstName: text("firstName"), lastName: text("lastName"), mobile: text("mobile"),
                language: text("language"), state: text("state"), blocked: try flag("blocked"),
                automation: try flag("automation"), tenant: text("tenant"),
                permissions: list("permissions"), roles: list("roles"), identity: text("identity"),
                admin: try flag("admin"), enabled: try flag("enabled")))
    } catch {
        return .failure(error)
    }
}

private func shortened(_ text: String) -> String {
    text.unicodeScalars.count > 60
        ? String(String.UnicodeScalarView(text.unicodeScalars.prefix(57))) + "..." : text
}

/// Splits into records; quoted fields may hold commas, quotes and line ends.
private func csvRecords(
    _ text: String
) -> Result<[(line: Int, fields: [String])], ImportProblem> {
    var records: [(line: Int, fields: [String])] = []
    var fields: [String] = []
    var field = String.UnicodeScalarView()
    var isQuoted = false
    var quote = 1
    var line = 1
    var start = 1
    func isEmptyRecord() -> Bool { fields.isEmpty && field.isEmpty }
    func end() {
        if !isEmptyRecord() { records.append((start, fields + [String(field)])) }
        fields = []
        field = String.UnicodeScalarView()
    }
    var scalars = Array(text.unicodeScalars)[...]
    if scalars.first == "\u{FEFF}" { scalars = scalars.dropFirst() }
    while let scalar = scalars.popFirst() {
        switch (scalar, isQuoted) {
        case ("\"", true):
            if scalars.first == "\"" {
                field.append(scalars.removeFirst())
            } else {
                isQuoted = false
            }
        case ("\"", false) where field.isEmpty: (isQuoted, quote) = (true, line)
        case (",", false):
            fields.append(String(field))
            field = String.UnicodeScalarView()
        case ("\n", false):
            end()
            line += 1
            start = line
        case ("\r", false): break
        default:
            if scalar == "\n" { line += 1 }
            field.append(scalar)
        }
    }
    guard !isQuoted else {
        return .failure(ImportProblem(line: quote, message: "a quoted field has no end."))
    }
    end()
    return .success(records)
}
