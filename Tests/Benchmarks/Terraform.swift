import Glibc

/// `terraform plan` of 10,000 built-in resources, with no changes, against as many users.
func terraform(_ program: String, _ folder: String, times: Int) throws -> [Figure] {
    note("terraform…")
    let objects = 10_000
    let project = folder + "/terraform"
    makeFolder(project)
    var text = ""
    for user in 0..<objects {
        text += "resource \"terraform_data\" \"user\(user)\" {\n"
        text += "  input = { email = \"user\(user)@client.example\", roles = [\"viewer\"] }\n}\n"
    }
    save(text, as: project + "/main.tf")
    let apply = ["apply", "-auto-approve", "-input=false", "-no-color"]
    guard Run("terraform", ["init", "-input=false"], in: project).succeeded(),
        Run("terraform", apply, in: project).succeeded(),
        let theirs = Run("terraform", ["plan", "-input=false"], in: project).median(of: times)
    else { throw Failure("terraform could not plan; is it installed?") }
    let ours = try Bench(
        program: program, estate: Estate(users: objects), folder: folder + "/small", times: times
    ).equalPlan()
    return [
        Figure(
            work: "plan of 10,000 objects", measured: ours.wall,
            yardstick: ("terraform", theirs.wall), aim: 0.01),
        Figure(
            work: "memory of 10,000 objects", measured: ours.memory, unit: .bytes,
            yardstick: ("terraform", theirs.memory), aim: 0.1),
    ]
}
