/// How far one letter's dialogue with a relay got, and what the relay said last.
///
/// libcurl speaks; this listens, because libcurl tells neither the text of a refusal nor whom it
/// was for.
struct SMTPDialogue {
    /// In the order in which they come.
    enum Step: Int, Comparable {
        case connecting, hello, startTLS, authentication, sender, recipient, data, end

        static func < (a: Self, b: Self) -> Bool { a.rawValue < b.rawValue }

        /// As the protocol calls it.
        var command: String {
            switch self {
            case .connecting: "the connection"
            case .hello: "EHLO"
            case .startTLS: "STARTTLS"
            case .authentication: "AUTH"
            case .sender: "MAIL FROM"
            case .recipient: "RCPT TO"
            case .data: "DATA"
            case .end: "the letter"
            }
        }
    }

    private(set) var step = Step.connecting
    /// The connection was made for this letter, and not kept from an earlier one.
    private(set) var isNew = false
    private(set) var hasAuthenticated = false
    /// The answer to the last command: 0 when there was none.
    private(set) var code = 0
    private(set) var answer: [UInt8] = []
    /// The goodbye, and its answer, are about nothing.
    private(set) var isOver = false

    private static let commands: [(String, Step)] = [
        ("EHLO", .hello), ("HELO", .hello), ("STARTTLS", .startTLS), ("AUTH", .authentication),
        ("MAIL FROM", .sender), ("RCPT TO", .recipient), ("DATA", .data),
    ]

    mutating func command(_ bytes: [UInt8]) {
        isOver = isOver || bytes.starts(with: "QUIT".utf8)
        if isOver { return }
        // What follows AUTH has no name.
        if let step = Self.commands.first(where: { bytes.starts(with: $0.0.utf8) })?.1 {
            self.step = step
            if step == .hello { isNew = true }
            if step == .authentication { hasAuthenticated = true }
        }
        (code, answer) = (0, [])
    }

    /// The whole letter is on its way; its answer is the next one.
    mutating func letterEnded() {
        step = .end
        (code, answer) = (0, [])
    }

    /// One line, of an answer that may have more.
    mutating func line(_ bytes: [UInt8]) {
        if isOver { return }
        let line = bytes.prefix { $0 != 0x0D && $0 != 0x0A }
        guard line.count >= 3, let code = Int(String(decoding: line.prefix(3), as: UTF8.self)),
            (200...599).contains(code)
        else { return }
        if step == .connecting { isNew = true }
        self.code = code
        guard answer.count < 1024 else { return }
        if !answer.isEmpty { answer.append(0x20) }
        answer += line.dropFirst(4).prefix(1024)
    }

    /// The answer in the relay's own words: `550 5.1.1 No such user`.
    var quotation: String { "\(code) \(quoted(answer))" }
}
