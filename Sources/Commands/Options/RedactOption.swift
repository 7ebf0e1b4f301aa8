import ArgumentParser
import Diagnostics
import Presentation
import Reconciliation

/// `--redact`, of the commands whose results go into public logs.
struct RedactOption: ParsableArguments {
    @Flag(
        help: ArgumentHelp(
            "Replace names, texts and files by pseudonyms, for public logs.",
            discussion: "Domains, codes, kinds, counts and built-in permissions stay. Pseudonyms "
                + "are made under MUSTER_REDACT_KEY and the same in each run; without it they are "
                + "random."))
    var redact = false

    /// What makes the pseudonyms; `nil` when nothing is to be replaced.
    var redaction: Redaction? {
        guard redact else { return nil }
        let key = variable("MUSTER_REDACT_KEY").map { Array($0.utf8) } ?? []
        return Redaction(key: key.isEmpty ? Self.random() : key) { code in
            Explanations.page(for: code)?.title
        }
    }

    /// Remarks name files, and have no structure to replace names in.
    func quieted(_ options: GlobalOptions) -> GlobalOptions {
        guard redact else { return options }
        var options = options
        options.quiet = true
        return options
    }

    /// Does the work. What stops it is a sentence that may quote anything: with `--redact` only its
    /// codes are said.
    func withoutWords(_ work: () async throws -> Void) async throws {
        do {
            try await work()
        } catch let stop as Stop {
            guard redact, let message = stop.message else { throw stop }
            throw Stop(stop.status, error: Self.said(of: message, stop.status))
        }
    }

    private static func said(of message: String, _ status: ExitStatus) -> String {
        var codes: [String] = []
        for match in message.matches(of: /(error|warning)\[([EW][0-9]{3})\]/) {
            let code = String(match.output.2)
            if !codes.contains(code) { codes.append(code) }
        }
        let what = codes.isEmpty ? "exit \(status.rawValue)" : codes.joined(separator: ", ")
        return "stopped (\(what)); --redact leaves out why, so run it without --redact to see."
    }

    private static func random() -> [UInt8] {
        var source = SystemRandomNumberGenerator()
        return (0..<32).map { _ in source.next() }
    }
}
