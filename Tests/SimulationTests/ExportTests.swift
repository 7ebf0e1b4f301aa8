import AccessModel
import Diagnostics
import Manifests
import Planning
import Reconciliation
import Support
import Syntax
import Testing

@Suite("Exporting a store") struct ExportTests {
    private func load(_ files: [ManifestFile], _ now: Instant) -> LoadedManifests {
        Manifests.load(
            files.map { SourceFile(path: $0.path, bytes: Array($0.text.utf8)) }, limits: Limits(),
            now: now)
    }

    @Test("The operator's plan against an export is empty, whatever the store holds")
    func planIsEmpty() throws {
        var resends = 0
        for seed in 1...300 {
            var maker = WorldMaker(seed: seed)
            let world = maker.store()
            let export = try exported(
                world.observed, as: Project(name: "acme-access"), now: world.now
            ).get()
            let loaded = load(export.files, world.now)
            #expect(!loaded.diagnostics.contains { $0.severity == .error }, "seed \(seed)")
            var read = world
            read.desired = try #require(loaded.desired)
            #expect(read.steps == [], "seed \(seed)")
            // The settings are the store's own, but for those that had to give way.
            let codes = read.plan.findings.map(\.code).filter { $0.dropFirst() == "224" }
            let gaveWay = export.remarks.count { $0.contains("because") && !$0.contains("role") }
            #expect(codes.count <= gaveWay, "seed \(seed)")
            resends += export.remarks.contains { $0.hasPrefix("resendAfterExpiry") } ? 1 : 0

            let one = load([ManifestFile(path: "muster.yaml", text: export.stream)], world.now)
            #expect(one.desired == loaded.desired, "seed \(seed)")
            let again = try exported(
                world.observed, as: Project(name: "acme-access"), now: world.now
            ).get()
            #expect(again.files == export.files, "seed \(seed)")
        }
        #expect(resends > 10)
    }

    @Test("Whatever text a store may hold reads back as itself, without a warning")
    func texts() throws {
        var dice = Dice(seed: 7)
        let letters = Array("abzN019 -_.:#,[]{}&*!|>%@`'\"\\~=+?/<é漢")
        let words = [
            "no", "Yes", "~", "null", "1e3", "0x1F", "1:30", "2024-01-01", "- a", "a: b", "a #b",
            "---", "...", "<<", "=", "true", "FALSE", "+31612345678", ".inf", "'", "\"", "\\", "nO",
            "!!str a", "&a", "*a", "%YAML", "@x", "`", "{}", "[]", "? a", "# a", "on", "1_000",
            "a\u{301}", "é", "O'Neill", "y", "N", " ", " a ", "a ", ": a", "a:", "-", "01",
        ]
        var texts = words
        for _ in 0..<3_000 {
            let length = Int.random(in: 1...6, using: &dice)
            texts.append(
                String((0..<length).map { _ in letters.randomElement(using: &dice) ?? "a" }))
        }
        var observed = ObservedState()
        for (index, text) in texts.enumerated() {
            let name = RoleName("r\(index)")
            let lines = dice.chance(10) ? text + "\n" + text : text
            observed.roles[name] = Role(
                name: name, title: text, description: lines, application: text)
        }
        let export = try exported(observed, as: Project(name: "p"), now: .of("2026-11-22")).get()
        let loaded = load(export.files, .of("2026-11-22"))
        #expect(loaded.diagnostics.map(\.code).filter { !$0.hasPrefix("W107") } == [])
        let roles = Dictionary(
            uniqueKeysWithValues: (loaded.desired?.roles ?? []).map { ($0.role.name, $0.role) })
        for (name, role) in observed.roles { #expect(roles[name] == role) }
    }

    @Test("A hostile address is a harmless file name, and two are never one")
    func fileNames() {
        let layout = ManifestLayout(people: 2)
        let names = ["a/../b", "é", "É", "#a", "a~", "con", "a%2fb", "%61"]
        let paths = names.map { layout.person(.of($0 + "@x.example")) }
        #expect(Set(paths.map { $0.lowercased() }).count == names.count)
        for path in paths {
            let name = path.dropFirst("people/".count)
            #expect(
                name.utf8.allSatisfy {
                    "abcdefghijklmnopqrstuvwxyz0123456789._-@+%".utf8.contains($0)
                })
        }
        #expect(layout.tenant(TenantName("muster")) == "tenants/%6duster.yaml")
        #expect(layout.person(.of("ann@acme.example")) == "people/ann@acme.example.yaml")
        #expect(
            ManifestLayout(people: 1_001).person(.of("ann@acme.example"))
                == "people/an/ann@acme.example.yaml")
    }
}
