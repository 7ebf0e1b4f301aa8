import ArgumentParser
import Glibc

/// The table of speed, size and growth.
struct Table: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Prints the table of speed, size and growth (the default).")

    enum Rival: String, ExpressibleByArgument { case terraform }

    @OptionGroup var place: Place
    @Option(help: "How many identity users the estate has.") var users = 1_000_000
    @Option(help: "How often each work is done; the median counts.") var times = 5
    @Option(help: "Write the figures as JSON to a file, or - for standard output.")
    var json: String?
    @Option(help: "Compare with another program, on 10,000 objects: terraform.") var with: Rival?
    @Option(help: "The store: `sqlite:.muster/store.db`, or a postgres:// address to fill anew.")
    var store = "sqlite:.muster/store.db"

    func run() throws {
        let program = try place.builtProgram()
        try place.withFolder { folder in
            var figures = try Bench(
                program: program, estate: estate(users), folder: folder + "/estate", times: times
            ).figures()
            figures += try growth(program, folder)
            figures += try small(program, folder)
            if with == .terraform { figures += try terraform(program, folder, times: times) }
            if json != "-" { print(Figure.text(of: figures), terminator: "") }
            if let json {
                let text = Figure.json(of: figures)
                if json == "-" { print(text, terminator: "") } else { save(text, as: json) }
            }
        }
    }

    private func estate(_ users: Int) -> Estate {
        var estate = Estate(users: users)
        estate.store = store
        return estate
    }

    /// Ten times the users: the plan's time and memory on the estate against a tenth of it.
    private func growth(_ program: String, _ folder: String) throws -> [Figure] {
        func plan(_ users: Int) throws -> Cost {
            let bench = Bench(
                program: program, estate: estate(users), folder: folder + "/growth", times: times)
            return try bench.equalPlan()
        }
        let (small, large) = (try plan(users / 10), try plan(users))
        return [
            Figure(
                work: "plan of ten times the users", measured: large.processor,
                yardstick: ("a tenth", small.processor), aim: 11),
            Figure(
                work: "memory of ten times the users", measured: large.memory, unit: .bytes,
                yardstick: ("a tenth", small.memory), aim: 11),
        ]
    }

    private func small(_ program: String, _ folder: String) throws -> [Figure] {
        let quickstart = folder + "/quickstart"
        replace(quickstart, by: "examples/quickstart")
        let version = Run(program, ["--version"]).median(of: 10 * times)
        let apply = Run(program, ["apply", "--operator", "--yes", "--no-deliver"], in: quickstart)
        let plan = Run(program, ["plan", "--operator"], in: quickstart)
        guard let version, apply.succeeded(), let plan = plan.median(of: 10 * times) else {
            throw Failure("The quickstart could not be planned.")
        }
        return [
            Figure(work: "muster --version, processor", measured: version.processor, aim: 0.010),
            Figure(work: "plan of quickstart, processor", measured: plan.processor, aim: 0.030),
        ]
    }
}
