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
/// It keeps at most `roof` errors of a file, and as many warnings of each code, so that a hostile
/// file costs no more memory than a bad one.
struct Findings {
    let limits: Limits
    let now: Instant
    /// What is right and of no use is told too: `validate --strict`.
    let isStrict: Bool
    private(set) var diagnostics: [Diagnostic] = []
    /// How many of each file there were, those that were not kept included.
    private var errors: [Int32: Int] = [:]
    private var warnings: [Int32: [String: Int]] = [:]
    private var wordsOfBrokenFiles: Set<String> = []
    private var namesOfMisread: Set<String> = []
    /// Some files of the project were not read at all.
    private let hasUnread: Bool
    private(set) var loose: [LooseReferences] = []
    private var labelSets = LabelSets()
    /// How many more names are compared with unknown ones: who misspells thousands, in a project of
    /// thousands, is told for the first of them only what was probably meant.
    private var comparisons = 500_000
    private static let roof = 2_000

    init(limits: Limits, now: Instant, hasUnread: Bool = false, isStrict: Bool = false) {
        self.limits = limits
        self.now = now
        self.isStrict = isStrict
        self.hasUnread = hasUnread
    }

    mutating func add(_ diagnostic: Diagnostic) {
        if let file = diagnostic.span?.file.index {
            let count =
                switch diagnostic.severity {
                case .error: increased(&errors[file, default: 0])
                case .warning: increased(&warnings[file, default: [:]][diagnostic.code, default: 0])
                }
            if count > Self.roof { return }
        }
        diagnostics.append(diagnostic)
    }

    /// No more of this file will be kept: then nobody needs to look for a suggestion.
    func isFull(_ file: FileID) -> Bool {
        diagnostics.count >= Self.roof && errors[file.index, default: 0] >= Self.roof
    }

    /// The name that was probably meant, while few were looked for.
    mutating func suggestion(for name: String, among names: () -> [String]) -> String? {
        if comparisons <= 0 { return nil }
        let names = names()
        comparisons -= names.count
        return Manifests.suggestion(for: name, among: names)
    }

    /// Counts a warning whose text nobody will see: the file has more of this code than are kept.
    /// Where it may be seen yet it is not counted, and is to be added.
    mutating func isTold(_ code: String, at span: Span) -> Bool {
        let file = span.file.index
        guard let count = warnings[file]?[code], count >= Self.roof else { return true }
        warnings[file]?[code] = count + 1
        return false
    }

    var hasErrors: Bool { diagnostics.contains { $0.severity == .error } }

    /// All of them by file, position and code; at most 20 errors of a file, the rest as one.
    func sorted(in sources: SourceMap) -> [Diagnostic] {
        let ordered = diagnostics.sorted(by: isBefore)
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
                    && $0.message == diagnostic.message
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
                if errors <= Diagnostic.shownOfFile { result.append(diagnostic) }
                if errors == Diagnostic.shownOfFile + 1 { firstHidden = diagnostic }
            case .warning:
                let count = warnings[diagnostic.code, default: 0] + 1
                warnings[diagnostic.code] = count
                if count <= Diagnostic.shownOfFile { result.append(diagnostic) }
                if count == Diagnostic.shownOfFile + 1 {
                    firstHiddenWarning[diagnostic.code] = diagnostic
                }
            }
        }
        let path = sources[id].path
        if let firstHidden {
            let all = max(errors, self.errors[id.index, default: 0])
            result.append(
                .moreErrors(
                    all - Diagnostic.shownOfFile, orMore: isFull(id), in: path, like: firstHidden))
        }
        for (code, diagnostic) in firstHiddenWarning.sorted(by: { $0.key < $1.key }) {
            let all = max(warnings[code, default: 0], self.warnings[id.index]?[code] ?? 0)
            let hidden = all - Diagnostic.shownOfFile
            result.append(.moreWarnings(hidden, in: path, like: diagnostic))
        }
        return result.sorted(by: isBefore)
    }
}

extension Findings {
    /// One set for all lists of the same labels.
    mutating func sharedSet(of labels: [Located<Label>]) -> SortedSet<Label> {
        labelSets.set(of: labels.map(\.value.text))
    }

    /// The labels of a list in which nothing is unusual, else `nil` and nothing is said.
    mutating func plainSet(of list: Node) -> SortedSet<Label>? {
        labelSets.set(ofPlain: list, limit: limits.nameScalars)
    }

    /// Takes over what was found in another file.
    mutating func add(_ other: Findings) {
        diagnostics += other.diagnostics
        errors.merge(other.errors, uniquingKeysWith: +)
        warnings.merge(other.warnings) { $0.merging($1, uniquingKeysWith: +) }
        wordsOfBrokenFiles.formUnion(other.wordsOfBrokenFiles)
        namesOfMisread.formUnion(other.namesOfMisread)
        loose += other.loose
    }
}

// What was not read, or not understood, may declare what others refer to: then the reference is no
// mistake that can be told.
extension Findings {
    /// Notes the words of a file that could not be read to its end, of its first megabyte.
    mutating func noteBroken(_ bytes: [UInt8]) {
        let separators = Set(" \t\r\n\"',:[]{}#".utf8)
        for word in bytes.prefix(1 << 20).split(whereSeparator: separators.contains)
        where word.count <= 253 {
            wordsOfBrokenFiles.insert(String(decoding: word, as: UTF8.self))
        }
    }

    /// Notes the key of a document that is refused for another reason.
    mutating func noteMisread(_ name: String) { namesOfMisread.insert(name) }

    /// May something declare the name that was not read to its end or not understood?
    func mayBeDeclared(_ name: String) -> Bool {
        hasUnread || wordsOfBrokenFiles.contains(name) || namesOfMisread.contains(name)
    }

    /// Keeps the references of an entry that is left out.
    mutating func keep(_ references: LooseReferences) { loose.append(references) }
}

private func increased(_ count: inout Int) -> Int {
    count += 1
    return count
}

/// By file, position and code.
private func isBefore(_ a: Diagnostic, _ b: Diagnostic) -> Bool {
    guard let left = a.span, let right = b.span else { return a.span == nil && b.span != nil }
    if left.file != right.file { return left.file < right.file }
    if left.start != right.start { return left.start < right.start }
    if a.code != b.code { return a.code < b.code }
    return (left.end, a.subject, a.message) < (right.end, b.subject, b.message)
}

extension String {
    /// The text, or its beginning where it is long.
    var excerpt: String {
        let scalars = unicodeScalars
        guard
            let end = scalars.index(scalars.startIndex, offsetBy: 80, limitedBy: scalars.endIndex),
            end != scalars.endIndex
        else { return self }
        return String(scalars[..<end]) + "…"
    }
}
