internal import AccessModel
internal import Diagnostics
internal import Syntax

/// What a diagnostic is about, made into text only when there is something to say.
enum Subject: Sendable {
    case address(Address)
    case document(kind: String, key: String?)
    case file(String)

    var text: String {
        switch self {
        case .address(let address): address.text
        case .document(let kind, let key?): "\(kind) \"\(key.excerpt)\""
        case .document(let kind, nil): kind
        case .file(let path): path
        }
    }
}

/// The diagnostics so far, and what the rules need to know beside the text.
///
/// It keeps at most `roof` of a file, so that a hostile file costs no more memory than a bad one.
struct Findings {
    let limits: Limits
    let now: Instant
    private(set) var diagnostics: [Diagnostic] = []
    private var counts: [Int32: Int] = [:]
    private var dropped: [Int32: Int] = [:]
    private static let roof = 2_000
    /// How many errors of a file, and how many warnings of one code in a file, are shown.
    private static let shown = 20

    init(limits: Limits, now: Instant) {
        self.limits = limits
        self.now = now
    }

    mutating func add(_ diagnostic: Diagnostic) {
        if let file = diagnostic.span?.file.index {
            counts[file, default: 0] += 1
            if counts[file, default: 0] > Self.roof {
                if diagnostic.severity == .error { dropped[file, default: 0] += 1 }
                return
            }
        }
        diagnostics.append(diagnostic)
    }

    /// No more of this file will be kept: then nobody needs to look for a suggestion.
    func isFull(_ file: FileID) -> Bool { counts[file.index, default: 0] >= Self.roof }

    /// All of them by file, position and code; at most 20 errors of a file, the rest as one.
    func sorted(in sources: SourceMap) -> [Diagnostic] {
        let ordered = diagnostics.sorted { a, b in
            guard let left = a.span, let right = b.span else { return a.span == nil && b.span != nil }
            if left.file != right.file { return left.file < right.file }
            if left.start != right.start { return left.start < right.start }
            if a.code != b.code { return a.code < b.code }
            return (left.end, a.subject, a.message) < (right.end, b.subject, b.message)
        }
        var result: [Diagnostic] = []
        var file: [Diagnostic] = []
        for diagnostic in ordered {
            guard let span = diagnostic.span else {
                result.append(diagnostic)
                continue
            }
            if let last = file.last?.span, last.file != span.file {
                result += shown(of: file, in: sources)
                file = []
            }
            let isRepeated = file.last.map {
                $0.span == span && $0.code == diagnostic.code && $0.subject == diagnostic.subject
            }
            if isRepeated != true { file.append(diagnostic) }
        }
        return result + shown(of: file, in: sources)
    }

    private func shown(of file: [Diagnostic], in sources: SourceMap) -> [Diagnostic] {
        guard let id = file.first?.span?.file else { return [] }
        var result: [Diagnostic] = []
        var errors = 0
        var warnings: [String: Int] = [:]
        var firstHidden: Diagnostic?
        var firstHiddenWarning: [String: Diagnostic] = [:]
        for diagnostic in file {
            switch diagnostic.severity {
            case .error:
                errors += 1
                if errors <= Self.shown { result.append(diagnostic) }
                if errors == Self.shown + 1 { firstHidden = diagnostic }
            case .warning:
                let count = warnings[diagnostic.code, default: 0] + 1
                warnings[diagnostic.code] = count
                if count <= Self.shown { result.append(diagnostic) }
                if count == Self.shown + 1 { firstHiddenWarning[diagnostic.code] = diagnostic }
            }
        }
        let path = sources[id].path
        let all = errors + dropped[id.index, default: 0]
        if let firstHidden {
            result.append(.moreErrors(all - Self.shown, in: path, like: firstHidden))
        }
        for (code, diagnostic) in firstHiddenWarning.sorted(by: { $0.key < $1.key }) {
            let hidden = warnings[code, default: 0] - Self.shown
            result.append(.moreWarnings(hidden, in: path, like: diagnostic))
        }
        return result
    }
}

extension String {
    /// The text, or its beginning where it is long.
    var excerpt: String {
        let scalars = unicodeScalars
        guard let end = scalars.index(scalars.startIndex, offsetBy: 80, limitedBy: scalars.endIndex),
            end != scalars.endIndex
        else { return self }
        return String(scalars[..<end]) + "…"
    }
}
