import AccessModel
import Diagnostics
import Manifests
import Syntax
import Testing

@Suite("What is written in a field")
struct FieldTests {
    @Test("an unknown field is refused with the near one suggested")
    func unknownField() {
        let loaded = check(
            """
            kind: Admin
            email: ann@acme.example
            «E101»firstname: Ann
            «E101»colour: red
            """)
        #expect(
            loaded.sentences("E101").first
                == "account:ann@acme.example: has an unknown field `firstname`. "
                + "Did you mean `firstName`?")
    }

    @Test("an unknown kind is refused with the near one suggested")
    func unknownKind() {
        let loaded = check("kind: «E101»Tennant\nname: x\n")
        #expect(
            loaded.sentences("E101") == [
                "document: has the unknown kind `Tennant`. Did you mean `Tenant`?"
            ])
    }

    @Test("fields of the wrong type are refused")
    func wrongType() {
        check(
            """
            kind: Tenant
            name: t1
            title: «E102»[a]
            availableRoles: «E102»read
            minDelegatedAdmins: «E102»two
            environment: «E102»prod
            management: «E102»{ a: b }
            """)
    }

    @Test("documents that are no mapping or have no kind are refused")
    func noKind() {
        check("«E102»- a\n---\n«E107»name: x\n---\n«E109»kind:\n---\nkind: «E102»[Role]\n")
    }

    @Test(
        "a boolean is true or false and nothing else",
        arguments: ["yes", "no", "True", "on", "1", "\"true\"", "'false'"])
    func boolean(_ text: String) {
        check("kind: Role\nname: r\nsensitive: «E105»\(text)\n")
        check("kind: Role\nname: r\nsensitive: true\n---\nkind: Role\nname: s\nsensitive: false\n")
    }

    @Test("a missing field is named")
    func missingField() {
        let loaded = check("«E107»kind: Tenant\ntitle: x\n---\nkind: Policy\nname: p\nrules: []\n")
        #expect(loaded.sentences("E107") == ["Tenant: has no `name`. Add `name: …`."])
    }

    @Test("two missing fields are two errors")
    func twoMissingFields() {
        #expect(check("«E107»«E107»kind: Identity\ntitle: x\n").diagnostics.count == 2)
    }

    @Test("a key without a value is no empty list", arguments: ["", " ~", " null"])
    func missingValue(_ text: String) {
        check("kind: Tenant\nname: t1\n«E109»availableRoles:\(text)\n")
        check("kind: Tenant\nname: t1\navailableRoles: []\n")
    }

    @Test("an entry without a value and an empty name are missing values")
    func missingEntry() {
        check(
            "kind: Tenant\nname: t1\navailableRoles: [«E109»~]\n---\n"
                + "kind: Admin\nemail: a@acme.example\nfirstName: «E109»\"\"\n")
    }

    @Test(
        "names follow their pattern",
        arguments: ["a b", "-a", "a-", "é", "a/b", String(repeating: "x", count: 129)])
    func badName(_ text: String) {
        check("kind: Role\nname: «E102»\(text)\n")
    }

    @Test(
        "names that follow the pattern are taken",
        arguments: ["a", "A.b:c-d_e", "_x_", String(repeating: "x", count: 128)])
    func goodName(_ text: String) {
        check("kind: Role\nname: \(text)\n")
    }

    @Test("tenants have names of their own pattern", arguments: ["Prod", "a_b", "-a", "a.b"])
    func badTenant(_ text: String) {
        check("kind: Tenant\nname: «E102»\(text)\n")
    }

    @Test(
        "codes of identities are lower case and dot separated",
        arguments: [
            "IO.acme", "io..acme", ".io", "io.acme.", "a b", String(repeating: "x", count: 254),
        ])
    func badCode(_ text: String) {
        check("kind: Identity\ncode: «E143»\(text)\ntenant: stage\n")
        check("kind: Identity\ncode: io.acme.plant-1\ntenant: stage\n")
    }

    @Test("names that other YAML tools read as something else are kept, with a warning")
    func ambiguousNames() {
        let names = ["no", "1e3", "0x1F", "1:30", "2024-01-01", "True", "12", "1_000"]
        for name in names { check("kind: Role\nname: «W106»\(name)\n") }
        for name in names { check("kind: Role\nname: \"\(name)\"\n") }
        for name in ["none", "x12", "nO", "1st", "2024-01-0x"] {
            check("kind: Role\nname: \(name)\n")
        }
        #expect(
            check("kind: Role\nname: «W106»no\n").desired?.roles.map(\.role.name.text)
                == ["no", "read", "write"])
    }

    @Test("a name beyond 200 characters is too long")
    func longName() {
        let name = String(repeating: "é", count: 201)
        check("kind: Admin\nemail: a@acme.example\nfirstName: «E116»\(name)\n")
        check("kind: Admin\nemail: a@acme.example\nfirstName: \(name.dropLast())\n")
    }

    @Test("dates are days of the calendar or instants")
    func dates() {
        for text in ["2024-02-30", "2027-13-01", "0000-01-01", "2027-06-30T24:00:00Z", "tomorrow"] {
            check("kind: Admin\nemail: a@acme.example\nexpires: «E102»\(text)\n")
        }
        let loaded = check(
            "kind: Admin\nemail: a@acme.example\nexpires: 2027-06-30\n---\n"
                + "kind: Admin\nemail: b@acme.example\nexpires: 2027-06-30T12:00:00+02:00\n")
        #expect(
            loaded.desired?.admins.map { $0.expires?.text }
                == ["2027-07-01T00:00:00Z", "2027-06-30T10:00:00Z"])
    }

    @Test("what expires within 14 days is a warning, what has expired is none")
    func expiresSoon() {
        check("kind: Admin\nemail: a@acme.example\nexpires: «W145»2026-12-05\n")
        check("kind: Admin\nemail: a@acme.example\nexpires: 2026-12-06\n")
        check("kind: Admin\nemail: a@acme.example\nexpires: 2026-11-01\n")
    }

    @Test("at most 20 errors of a file are shown, and how many more there are")
    func manyErrors() {
        let text = (1...30).map { "kind: Role\nname: -\($0)\n" }.joined(separator: "---\n")
        let loaded = Marked(clean.merging(["a.yaml": text]) { $1 }).loaded
        #expect(loaded.diagnostics.count == 21)
        #expect(
            loaded.sentences("E116") == [
                "a.yaml: has 10 more errors that are not shown. Fix the first 20 and run again."
            ])
    }

    @Test("warnings never hide an error")
    func manyWarnings() {
        let soon = (1...3_000)
            .map { "  - { email: u\($0)@client.example, expires: 2026-11-30 }\n" }.joined()
        let text =
            "kind: Identity\ncode: io.acme\ntenant: stage\nusers:\n\(soon)"
            + "---\nkind: Role\nname: -x\n"
        let loaded = Marked(clean.merging(["a.yaml": text]) { $1 }).loaded
        #expect(loaded.diagnostics.filter { $0.severity == .error }.map(\.code) == ["E102"])
        #expect(loaded.sentences("W145").count == 21)
    }
}
