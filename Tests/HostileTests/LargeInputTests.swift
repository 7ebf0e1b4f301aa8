import FoundationEssentials
import Support
import Testing

/// Files of a third of a megabyte; of sixteen, within two seconds, with a release build:
///
///     swift build -c release
///     MUSTER_BIN=$PWD/.build/release/muster MUSTER_MEGABYTES=16 swift test --filter LargeInput
@Suite("Large inputs", .serialized)
struct LargeInputTests {
    static let isFull = ProcessInfo.processInfo.environment["MUSTER_MEGABYTES"] == "16"
    static let size = isFull ? 16 << 20 : 384 << 10
    /// A debug build is slower by more than ten times.
    static let seconds = isFull ? 2.0 : 10

    @Test("each is refused soon and in little memory", arguments: LargeInput.all)
    func refused(input: LargeInput) throws {
        let project = try HostileProject()
        try project.write(input.bytes(upTo: Self.size), to: "a.yaml")
        let run = try project.muster("validate")
        #expect(run.exit == 65)
        let first = run.out.split(separator: "\n").first ?? ""
        #expect(first.contains(input.answer))
        #expect(run.out.utf8.count < 40_000)
        #expect(run.seconds < Self.seconds && run.fits(megabytes: 256))
        if Self.isFull {
            print("\(input.name): \(run.seconds) s, \(run.megabytes) MB")
        }
    }

    @Test("a file over the limit is not read, whatever its size")
    func sparse() throws {
        let project = try HostileProject()
        try project.extend("a.yaml", to: 1 << 30)
        let run = try project.muster("validate")
        #expect(run.exit == 65)
        #expect(run.out.hasPrefix("a.yaml:1:1: error[E116]"))
        #expect(run.seconds < Self.seconds && run.fits(megabytes: 64))
    }

    @Test("a list of more than twenty mistakes says how many are left")
    func many() throws {
        let project = try HostileProject()
        let line = "- {email: a#n.acme.example}\n"
        let head = """
            kind: Tenant
            name: production
            ---
            kind: Members
            tenant: production
            admins:

            """
        try project.write(
            LargeInput("", "", head, each: line).bytes(upTo: 2_000), to: "a.yaml")
        let run = try project.muster("validate")
        #expect(run.out.split(separator: "\n").count { $0.contains("error[E104]") } == 20)
        #expect(run.out.contains("more errors that are not shown"))
    }
}

extension LargeInput: CustomTestStringConvertible {
    var testDescription: String { name }
}
