import FoundationEssentials
import Glibc
import Support
import Testing

/// What `examples/deploy` hands out.
@Suite("The files for running the service") struct DeployTests {
    private static let folder =
        URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .path(percentEncoded: false) + "examples/deploy/"

    private func text(_ name: String) throws -> String {
        String(decoding: try Data(contentsOf: URL(filePath: Self.folder + name)), as: UTF8.self)
    }

    @Test("the unit is what systemd understands, where it is at hand, and closes what it can")
    func unit() throws {
        let unit = try text("muster-serve.service")
        for setting in [
            "NoNewPrivileges=yes", "ProtectSystem=strict", "ProtectHome=yes", "PrivateTmp=yes",
            "PrivateDevices=yes", "CapabilityBoundingSet=", "MemoryDenyWriteExecute=yes",
            "SystemCallFilter=@system-service", "RestrictAddressFamilies=", "User=muster",
        ] {
            #expect(unit.contains("\n\(setting)"), "\(setting)")
        }
        guard access("/usr/bin/systemd-analyze", X_OK) == 0 else { return }
        let folder = TemporaryFolder()
        let copy = folder.path + "/muster-serve.service"
        // The program need not be installed here.
        let runnable = unit.replacing("/usr/local/bin/muster", with: "/usr/bin/env")
        try Data(runnable.utf8).write(to: URL(filePath: copy))
        let check = try Child(
            "/usr/bin/systemd-analyze", ["verify", "--man=no", copy], below: folder.path,
            environment: [:])
        let exit = check.wait()
        #expect(exit == 0 && !check.err.contains("muster-serve.service"), "\(check.err)")
    }

    @Test("every option that the files pass is one of the command's")
    func options() throws {
        let folder = TemporaryFolder()
        let child = try Child("muster", ["serve", "--help"], below: folder.path, environment: [:])
        #expect(child.wait() == 0)
        let help = child.out
        let files = try text("muster-serve.service") + text("Containerfile") + text("README.md")
        let lines = files.split(separator: "\n").filter {
            $0.hasPrefix("ExecStart=") || $0.hasPrefix("CMD ") || $0.contains("--tls-cert")
        }
        let options = lines.flatMap { $0.matches(of: /--[a-z][a-z-]+/).map { String($0.output) } }
        #expect(options.count >= 9)
        #expect(options.filter { !help.contains($0) } == [])
    }

    @Test("the image has no compiler, no root, and both programs beside each other")
    func image() throws {
        let stages = try text("Containerfile").split(separator: "\nFROM ")
        #expect(stages.count == 3)
        let last = String(try #require(stages.last))
        #expect(last.hasPrefix("docker.io/library/debian:"))
        #expect(last.contains("\nUSER 10001:10001\n"))
        #expect(last.contains("COPY --from=build /programs/ /usr/local/bin/"))
        #expect(stages[1].contains("--product muster \\") && stages[1].contains("muster-serve"))
        #expect(last.contains("\nSTOPSIGNAL SIGTERM\n"))
    }
}
