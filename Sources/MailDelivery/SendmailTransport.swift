internal import Glibc
internal import Invitations

/// Letters to the machine's own mail system, by the program that every one of them has.
///
/// `sendmail -i -f SENDER -- RECIPIENT` is started without a shell, with the letter on its standard
/// input and without Muster's secrets in its environment. Its exit code is one of `sysexits.h`.
actor SendmailTransport: MailTransport {
    private let program: String
    private let timeout: Int64

    /// - Parameter root: A program below this folder, which people change by pull requests, is
    ///   refused.
    init(program: String, outside root: String, timeout: Int64) throws(DeliveryProblem) {
        guard let path = resolved(program) else {
            throw DeliveryProblem("there is no program \(program)")
        }
        var status = stat()
        guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG, access(path, X_OK) == 0
        else { throw DeliveryProblem("\(program) is no program") }
        guard status.st_mode & 0o022 == 0 else {
            throw DeliveryProblem("\(program) can be changed by others")
        }
        if let root = resolved(root), path.hasPrefix(root.hasSuffix("/") ? root : root + "/") {
            throw DeliveryProblem(
                "\(program) is part of the project, which is no place for programs")
        }
        self.program = program
        self.timeout = timeout
    }

    /// It has a queue of its own.
    nonisolated var lettersPerRecord: Int { 1 }
    func settle() async throws(DeliveryError) {}

    func send(_ message: OutgoingMessage) async throws(DeliveryError) {
        let arguments = [
            program, "-i", "-f", addressForEnvelope(message.envelopeFrom), "--",
            addressForEnvelope(message.recipient),
        ]
        let child: ChildProcess.Ending
        do throws(SystemError) {
            child = try ChildProcess.run(arguments, input: message.bytes, seconds: timeout)
        } catch {
            throw .unavailable(reason: "\(program) cannot be started: \(error)")
        }
        let words = quoted(child.errors)
        let said = words.isEmpty ? "" : ": \(words)"
        switch child.cause {
        case .exit(0): return
        case .exit(let code):
            let reason = "\(program) ended with \(code)\(said)"
            switch code {
            // EX_DATAERR, EX_NOUSER, EX_NOHOST: this letter, for good.
            case 65, 67, 68: throw .permanent(reason: reason)
            // EX_USAGE, EX_NOPERM, EX_CONFIG, and a program that is none.
            case 64, 77, 78, 126, 127: throw .unavailable(reason: reason)
            default: throw .temporary(reason: reason)
            }
        case .signal(let number):
            throw .temporary(reason: "\(program) was ended by signal \(number)\(said)")
        case .timeout:
            throw .temporary(reason: "\(program) did not end within \(timeout) s\(said)")
        }
    }
}

private func resolved(_ path: String) -> String? {
    realpath(path, nil).map { found in
        defer { free(found) }
        return String(cString: found)
    }
}
