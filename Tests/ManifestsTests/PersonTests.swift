import AccessModel
import Diagnostics
import Manifests
import Syntax
import Testing

@Suite("What is written about people")
struct PersonTests {
    private let details = "firstName: Ann\nlastName: Bee\nmobile: \"+31612345678\"\n"

    @Test(
        "an address that is none is refused",
        arguments: [
            "ann", "Ann Bee <ann@acme.example>", "mailto:ann@acme.example",
            "'\"ann\"@acme.example'",
            "ann@[192.0.2.1]", "ann@acme", "a b@acme.example", "a..b@acme.example",
            "'@acme.example'",
        ])
    func badAddress(_ text: String) {
        check("kind: Admin\nemail: «E104»\(text)\n")
        check("kind: Admin\nemail: \" Ann@ACME.example \"\n")
    }

    @Test("a display name is refused with the bare address suggested")
    func displayName() {
        let loaded = check("kind: Admin\nemail: «E104»Ann Bee <ann@acme.example>\n")
        #expect(loaded.sentences("E104").first?.hasSuffix("Write ann@acme.example.") == true)
    }

    @Test("characters that cannot be seen are refused in names and addresses")
    func hiddenCharacters() {
        check("kind: Admin\nemail: «E108»a\u{200B}nn@acme.example\n")
        check("kind: Admin\nemail: ann@acme.example\nfirstName: «E108»A\u{00AD}nn\n")
        check("kind: Role\nname: «E108»ro\u{FF4C}e\n")
        check("kind: Role\nname: «E108»r\u{043E}le\n")
    }

    @Test("several alphabets in one word of a name are a warning")
    func mixedScripts() {
        check("kind: Admin\nemail: ann@acme.example\nfirstName: «W108»\u{0410}nn\n")
        check("kind: Admin\nemail: ann@acme.example\nfirstName: \u{0410}\u{043D}\u{043D}\u{0430}\n")
    }

    @Test("a mobile is E.164, with the likely form suggested")
    func mobile() {
        func mobile(_ text: String) -> String {
            "kind: Admin\nemail: a@acme.example\nmobile: \(text)\n"
        }
        for text in [
            "0612345678", "+0612345678", "+31 6 1234 5678",
            "\"\(String(repeating: "1", count: 16))\"",
        ] {
            check(mobile("«E106»" + text))
        }
        #expect(
            check(mobile("«E106»0031 6-1234.5678")).sentences("E106").first?
                .hasSuffix("Write `\"+31612345678\"`.") == true)
        #expect(
            check(mobile("«E106»\"+31 (0)6 12345678\"")).sentences("E106").first?
                .hasSuffix("Write `\"+31612345678\"`.") == true)
        check(mobile("«W105»+31612345678"))
        check(mobile("\"+31612345678\""))
    }

    @Test("what is derived cannot be declared")
    func derived() {
        check(
            """
            kind: Admin
            email: ann@acme.example
            automation: true
            «E112»delegatedAdmin: true
            «E112»accountId: 12
            «E112»id: 12
            «E112»status: Activated
            «E112»state: Invited
            memberships:
              - { tenant: stage, roles: [read], «E112»state: Activated }
            ---
            kind: Identity
            code: io.acme
            tenant: stage
            users: [{ email: joe@client.example, «E112»status: Invited }]
            """)
    }

    @Test("a new admin needs names and a mobile, once for each person")
    func newAdmin() {
        let memberships =
            "memberships: [{ tenant: stage, roles: [read] }, "
            + "{ tenant: production, roles: [read] }]\n"
        let loaded = check(
            "kind: Admin\nemail: «W130»ann@acme.example\nfirstName: Ann\n" + memberships)
        #expect(
            loaded.sentences("W130") == [
                "account:ann@acme.example: has no `lastName` or `mobile`, which a new admin needs. "
                    + "Add them, unless the account exists already."
            ])
        check("kind: Admin\nemail: ann@acme.example\n\(details)\(memberships)")
        check("kind: Admin\nemail: ann@acme.example\nautomation: true\n\(memberships)")
        check("kind: Admin\nemail: ann@acme.example\n")
        check(
            "kind: Members\ntenant: stage\nadmins: [{ email: ann@acme.example, roles: [read] }]\n")
    }

    @Test("a pipeline's account has no names and no mobile")
    func automation() {
        check(
            "kind: Admin\nemail: bot@acme.example\nautomation: true\nfirstName: «E102»Bot\n"
                + "mobile: «E102»\"+31612345678\"\n")
    }

    @Test("a membership that names no list gives nothing; an empty list is said on purpose")
    func emptyMembership() {
        check("kind: Members\ntenant: stage\nadmins: [{ email: «W134»ann@acme.example }]\n")
        for list in ["permissions", "roles", "bundles"] {
            check(
                "kind: Members\ntenant: stage\n"
                    + "admins: [{ email: ann@acme.example, \(list): [] }]\n")
        }
        check(
            "kind: Members\ntenant: stage\n"
                + "admins: [{ email: ann@acme.example, permissions: [invite_admins] }]\n")
    }

    @Test("a role named admin on someone who is not is a warning")
    func adminByLabel() {
        check(
            """
            kind: Identity
            code: io.acme
            tenant: stage
            users:
              - { email: «W141»joe@client.example, roles: [admin] }
              - { email: kim@client.example, admin: true, roles: [admin] }
            """)
    }

    @Test("roles of users are text without commas")
    func labels() {
        let loaded = check(
            """
            kind: Identity
            code: io.acme
            tenant: stage
            users:
              - { email: joe@client.example, roles: [«E142»"a,b", " Night shift ", no] }
              - { email: kim@client.example, roles: [a, «E138»a] }
            """)
        #expect(loaded.desired?.identityUsers.first?.roles.map(\.text) == ["Night shift", "no"])
    }

    @Test("addresses that systems take for the same collide")
    func collisions() {
        let loaded = check(
            "kind: Admin\nemail: mike@x.example\n---\n"
                + "kind: Admin\nemail: «E136»m\u{0131}ke@x.example\n"
        )
        #expect(loaded.sentences("E136").count == 1)
    }

    @Test("addresses that look alike are a warning")
    func lookAlikes() {
        check("kind: Admin\nemail: paul@x.example\n---\nkind: Admin\nemail: «W136»pau1@x.example\n")
        check("kind: Admin\nemail: paul@x.example\n---\nkind: Admin\nemail: paula@x.example\n")
    }
}
