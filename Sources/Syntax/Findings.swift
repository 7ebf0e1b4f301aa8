import Diagnostics

/// What is wrong with one file, up to the number that a person reads.
struct Findings {
    static let most = 20

    let file: FileID
    private var list: [Diagnostic] = []

    init(file: FileID) { self.file = file }

    var isFull: Bool { list.count >= Self.most }
    var isEmpty: Bool { list.isEmpty }

    /// In the order of the file.
    var sorted: [Diagnostic] {
        list.enumerated().sorted {
            ($0.element.span?.start ?? 0, $0.offset) < ($1.element.span?.start ?? 0, $1.offset)
        }.map(\.element)
    }

    mutating func add(
        _ code: String, _ subject: String, _ message: String, help: String? = nil,
        at bytes: Range<Int>, label: String? = nil, notes: [(String, Range<Int>)] = []
    ) {
        let place = span(bytes)
        guard !isFull,
            !list.contains(where: { $0.span == place && $0.code == code && $0.subject == subject })
        else { return }
        list.append(
            Diagnostic(
                code, subject: subject, message: message, help: help, at: place, label: label,
                notes: notes.map { Diagnostic.Note($0.0, at: span($0.1)) }))
    }

    /// A name out of the file as it is shown: never longer than a person reads.
    static func shown(_ name: some StringProtocol) -> String {
        let most = 60
        if name.utf8.count <= most { return String(name) }
        return String(String.UnicodeScalarView(name.unicodeScalars.prefix(most))) + "…"
    }

    private func span(_ bytes: Range<Int>) -> Span {
        Span(file: file, start: bytes.lowerBound, end: bytes.upperBound)
    }
}
