import ArgumentParser
import Glibc

/// Instructions for each user, which do not depend on how busy the machine is.
///
/// Two estates are counted, and their difference divided by the users between them: what every run
/// costs falls out, and what grows is left.
struct Instructions: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Counts instructions for each user, and fails above the budget.")

    @OptionGroup var place: Place
    @Option(help: "The budget: lines of a work and its instructions for each user.")
    var budget = "Tests/Benchmarks/instructions.txt"
    @Flag(help: "Write what was counted into the budget.") var update = false

    /// Counts vary with the alignment of files and the seed of hashes, by less than this.
    private static let tolerance = 1.05
    private static let sizes = (small: 500, large: 2_000)

    func run() throws {
        let program = try place.builtProgram()
        var counted: [(work: String, each: Double)] = []
        try place.withFolder { folder in
            // valgrind cannot read the debugging information of Swift.
            let program = try stripped(program, to: folder + "/muster")
            let small = try counts(program, folder, users: Self.sizes.small)
            let large = try counts(program, folder, users: Self.sizes.large)
            for (less, more) in zip(small, large) {
                let each = (more.count - less.count) / Double(Self.sizes.large - Self.sizes.small)
                counted.append((less.work, each))
            }
        }
        let allowed = budgets()
        var faults: [String] = []
        for (work, each) in counted {
            let limit = allowed[work]
            print("\(work): \(Int(each)) of \(limit.map { "\(Int($0))" } ?? "no budget")")
            if each > (limit ?? 0) * Self.tolerance { faults.append(work) }
        }
        if update {
            save(counted.map { "\($0.work): \(Int($0.each))\n" }.joined(), as: budget)
        } else if !faults.isEmpty {
            note("More instructions than the budget allows: \(faults.joined(separator: ", ")).")
            note("Find out why; if it must be so, `Benchmarks instructions --update`.")
            throw ExitCode.failure
        }
    }

    private func stripped(_ program: String, to copy: String) throws -> String {
        guard Run("strip", ["-o", copy, program]).succeeded() else {
            throw Failure("`strip` of binutils could not copy the program.")
        }
        return copy
    }

    private func counts(
        _ program: String, _ folder: String, users: Int
    ) throws -> [(work: String, count: Double)] {
        let estate = "\(folder)/\(users)"
        remove(estate)
        Estate(users: users).write(to: estate)
        let apply = [
            "apply", "--operator", "--yes", "--no-deliver", "--allow-mails", "\(2 * users)",
        ]
        return try [
            ("validate", ["validate"]), ("first apply", apply),
            ("equal plan", ["plan", "--operator"]),
        ].map { work, arguments in
            (work, try count(program, arguments, in: estate, "\(folder)/\(users).\(work)"))
        }
    }

    private func count(
        _ program: String, _ arguments: [String], in estate: String, _ output: String
    ) throws -> Double {
        let tool = ["--tool=callgrind", "--callgrind-out-file=\(output)", "--log-file=/dev/null"]
        let run = Run("valgrind", tool + [program] + arguments, in: estate)
        let text = run.succeeded() ? String(decoding: bytes(of: output), as: UTF8.self) : ""
        let lines = text.split(separator: "\n")
        guard
            let line = lines.first(where: { $0.hasPrefix("summary: ") || $0.hasPrefix("totals: ") }
            ),
            let count = Double(line.split(separator: " ")[1])
        else {
            throw Failure("valgrind could not run `\(arguments.joined(separator: " "))`.")
        }
        return count
    }

    private func budgets() -> [String: Double] {
        var found: [String: Double] = [:]
        for line in String(decoding: bytes(of: budget), as: UTF8.self).split(separator: "\n") {
            let parts = line.split(separator: ":")
            guard parts.count == 2 else { continue }
            found[String(parts[0])] = Double(parts[1].drop { $0 == " " })
        }
        return found
    }
}
