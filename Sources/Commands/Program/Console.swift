import Glibc
import Presentation

/// The three standard streams. Results go to standard output, everything else to standard error.
///
/// What cannot be written ends the program: a result that nobody got is no success. A reader that
/// has gone (EPIPE) ends it quietly, as `head` expects.
struct Console: Sendable {
    var color: ColorChoice = .auto
    var isQuiet = false

    enum ColorChoice: String, Sendable, CaseIterable { case auto, always, never }

    var isInputTerminal: Bool { isatty(STDIN_FILENO) == 1 }
    var isErrorTerminal: Bool { isatty(STDERR_FILENO) == 1 }

    /// The style of standard output.
    var style: Style { style(of: STDOUT_FILENO) }

    private func style(of descriptor: Int32) -> Style {
        switch color {
        case .always: .coloured
        case .never: .plain
        case .auto:
            isatty(descriptor) == 1 && (variable("NO_COLOR") ?? "").isEmpty
                && variable("TERM") != "dumb" ? .coloured : .plain
        }
    }

    func result(_ text: String) throws(Stop) {
        try write(Array(text.utf8), to: STDOUT_FILENO)
    }

    /// The result of something that is done, whoever reads of it: that nobody can is no failure of
    /// the work, so it ends neither with "failed" nor with "done".
    func conclusion(_ text: String) throws(Stop) {
        do throws(Stop) {
            try result(text)
        } catch {
            guard let message = error.message else { return }
            throw Stop(.unknownOutcome, message + ". It is done; the same command again tells.")
        }
    }

    /// Progress and remarks; `--quiet` leaves them out.
    func remark(_ text: String) {
        guard !isQuiet else { return }
        complain(text)
    }

    /// Errors are said always, as far as anybody listens.
    func complain(_ text: String) {
        let end = text.hasSuffix("\n") ? "" : "\n"
        try? write(Array((text + end).utf8), to: STDERR_FILENO)
    }

    /// A question on the terminal; `nil` when there is no answer.
    func answer(to question: String) -> String? {
        try? write(Array(question.utf8), to: STDERR_FILENO)
        return readLine(strippingNewline: true)
    }

    private func write(_ bytes: [UInt8], to descriptor: Int32) throws(Stop) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let written = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if written > 0 {
                rest = rest.dropFirst(written)
            } else if errno == EPIPE {
                throw Stop(.failed)
            } else if errno != EINTR {
                let reason = String(cString: strerror(errno))
                throw Stop(.failed, error: "standard output cannot be written: \(reason)")
            }
        }
    }
}

/// A variable of the environment; `nil` when it is not set or not UTF-8.
func variable(_ name: String) -> String? {
    guard let value = getenv(name) else { return nil }
    return String(validatingCString: value)
}
