/// One estate with its store, and the works that are timed on it.
struct Bench {
    let program: String
    let estate: Estate
    let folder: String
    let times: Int

    private var usesFile: Bool { estate.store.hasPrefix("sqlite:") }
    private var store: String { folder + "/.muster" }
    private var backup: String { folder + ".backup" }

    private func muster(_ arguments: String...) -> Run { Run(program, arguments, in: folder) }

    private func apply(changes: Int) -> Run {
        muster(
            "apply", "--operator", "--yes", "--no-deliver", "--allow-mails", "\(2 * changes)",
            "--allow-removals", "\(changes)")
    }

    func figures() throws -> [Figure] {
        note("\(estate.users) users: the yardstick…")
        estate.write(to: folder)
        let scan = try measured(Run(yardsticks, ["scan", folder]))
        note("the first apply…")
        var figures: [Figure] = []
        let first = try measured(apply(changes: estate.users)) { clear() }
        if usesFile {
            let insert = try measured(
                Run(
                    yardsticks,
                    ["insert", store + "/store.db", folder + ".copy"]))
            figures.append(
                Figure(
                    work: "first apply", measured: first.wall,
                    yardstick: ("insert", insert.wall), aim: 3))
        }
        note("plans…")
        figures = try plans(scan) + figures
        return figures + [try editedApply(scan)]
    }

    /// The plan of an estate that has just been applied, with nothing cached.
    func equalPlan() throws -> Cost {
        estate.write(to: folder)
        clear()
        guard apply(changes: estate.users).succeeded() else { throw failed("apply") }
        return try measured(muster("plan", "--operator")) { remove(store + "/cache") }
    }

    private func plans(_ scan: Cost) throws -> [Figure] {
        let size = files(below: folder, endingWith: ".yaml").reduce(0) { $0 + bytes(of: $1).count }
        let plan = muster("plan", "--operator", "--allow-removals", "100")
        let cold = try measured(plan) { remove(store + "/cache") }
        let again = try measured(plan)
        var seed: UInt64 = 100
        let edited = try measured(plan) {
            seed += 1
            edit(100, seed: seed)
        }
        edit(0, seed: 0)
        func figure(_ work: String, _ cost: Cost, _ aim: Double) -> Figure {
            Figure(
                work: work, measured: cost.wall, yardstick: ("scan", scan.wall), aim: aim)
        }
        return [
            figure("cold plan, everything equal", cold, 1.5),
            figure("plan again", again, 0.2),
            figure("plan of 100 edits after that", edited, 0.3),
            Figure(
                work: "memory of the cold plan", measured: cold.memory, unit: .bytes,
                yardstick: ("manifests", Double(size)), aim: 4),
        ]
    }

    /// What the apply of 1,000 edits takes beyond their plan.
    private func editedApply(_ scan: Cost) throws -> Figure {
        note("an apply of 1,000 edits…")
        edit(1_000, seed: 7)
        let plan = try measured(muster("plan", "--operator", "--allow-removals", "1000"))
        // Applied once: every further time it would find nothing to do.
        let restore = usesFile ? { replace(store, by: backup) } : {}
        if usesFile { replace(backup, by: store) }
        let edits = Bench(
            program: program, estate: estate, folder: folder, times: usesFile ? times : 1)
        let cost = try edits.measured(apply(changes: 1_000), before: restore)
        return Figure(
            work: "apply of 1,000 edits beyond its plan", measured: cost.wall - plan.wall,
            yardstick: ("scan", scan.wall), aim: 0.5)
    }

    private func edit(_ count: Int, seed: UInt64) {
        var edited = estate
        edited.edits = count
        edited.editSeed = seed
        edited.write(to: folder)
    }

    /// Takes the store away; one on a server must be a schema that is not there.
    private func clear() { remove(store) }

    private func measured(_ run: Run, before prepare: () -> Void = {}) throws -> Cost {
        guard let cost = run.median(of: times, before: prepare) else {
            throw failed(run.arguments.joined(separator: " "))
        }
        return cost
    }

    private func failed(_ what: String) -> Failure {
        Failure("`\(what)` failed in \(folder).")
    }
}
