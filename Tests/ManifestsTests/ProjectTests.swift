import AccessModel
import Diagnostics
import Manifests
import Syntax
import Testing

@Suite("What a project sets")
struct ProjectTests {
    private let world = ["world.yaml": "kind: Role\nname: read\n"]

    private func project(_ fields: String) -> LoadedManifests {
        check(
            "",
            beside: world.merging(["muster.yaml": "kind: Project\nname: acme\n" + fields]) { $1 })
    }

    @Test("all settings are read")
    func everything() {
        let project = project(
            """
            store: sqlite:.muster/store.db
            invitations:
              from: Acme Access <access@acme.example>
              acceptURL: https://access.acme.example/accept
              expireAfter: 12h
              resendAfterExpiry: 0
              joinMail: silent
              removedMail: send
              acceptance: required
              language: pt-BR
            delivery: maildir:.muster/mail
            ignore: [drafts/**]
            guards:
              maxRemovals: { count: 3, percent: 10 }
              maxRevocations: { percent: 20 }
              maxMails: 7
              minDelegatedAdmins: 2
              minIdentityAdmins: 0
              requiredAdmins: [BreakGlass@acme.example]
            limits: { nesting: 10 }
            """
        ).desired?.project
        #expect(
            project
                == Project(
                    name: "acme", store: "sqlite:.muster/store.db",
                    invitations: InvitationSettings(
                        from: "Acme Access <access@acme.example>",
                        acceptURL: "https://access.acme.example/accept", expireAfter: 43_200,
                        resendAfterExpiry: 0, joinMail: .silent, removedMail: .send,
                        acceptance: .required, language: "pt-BR"),
                    delivery: "maildir:.muster/mail", ignore: ["drafts/**"],
                    guards: Guards(
                        maxRemovals: .init(count: 3, percent: 10),
                        maxRevocations: .init(count: 10, percent: 20), maxMails: 7,
                        minDelegatedAdmins: 2, minIdentityAdmins: 0,
                        requiredAdmins: [email("breakglass@acme.example")]),
                    limits: ["nesting": 10]))
        #expect(project.map { Limits().lowered(by: $0.limits).nesting } == 10)
    }

    @Test("a setting left out has its default")
    func defaults() {
        #expect(project("").desired?.project == Project(name: "acme"))
        #expect(project("limits: {}\nguards: {}\n").desired?.project == Project(name: "acme"))
    }

    @Test("a password in a URL is refused, where it stands")
    func passwords() {
        _ = project("store: postgres://ann:«E113»secret@db.example/access\n")
        _ = project("store: postgres://db.example/access?password=«E113»secret\n")
        _ = project("delivery: smtp://ann:«E113»secret@mail.example\n")
        _ = project("store: postgres://ann@db.example/access\ndelivery: smtps://mail.example:465\n")
    }

    @Test("stores, deliveries and pages are of known kinds")
    func schemes() {
        for text in ["mysql://x", "store.db", "\"sqlite:\""] {
            _ = project("store: «E102»\(text)\n")
        }
        for text in ["ftp://x", "\"maildir:\""] { _ = project("delivery: «E102»\(text)\n") }
        _ = project("delivery: \"sendmail:\"\n")
        for text in ["access.acme.example", "https://", "https://x/?a", "\"https://x/ y\""] {
            _ = project("invitations: { acceptURL: «E102»\(text) }\n")
        }
    }

    @Test("numbers and durations are in range before anything is computed")
    func ranges() {
        for text in ["-1", "1.5", "007", "\"5\"", "99999999999999999999"] {
            _ = project("guards: { maxMails: «E102»\(text) }\n")
        }
        _ = project("guards: { maxRemovals: { percent: «E102»101 } }\n")
        for text in ["7", "7 days", "0d", "1w", "99999999999d", "36526d", "-1d"] {
            _ = project("invitations: { expireAfter: «E102»\(text) }\n")
        }
    }

    @Test("the sender is a mailbox")
    func sender() {
        _ = project("invitations: { from: «E104»Acme <acme> }\n")
        _ = project("invitations: { from: access@acme.example }\n")
    }

    @Test("limits can only be lowered")
    func limits() {
        _ = project("limits: { nesting: «E116»65 }\n")
        _ = project("limits: { «E101»depth: 5 }\n")
    }

    @Test("the settings alone are read without the other documents")
    func settingsAlone() {
        let text = "kind: Role\nnam: x\n---\nkind: Project\nname: acme\nignore: [a, b]\n"
        let loaded = loadProject(
            SourceFile(path: "muster.yaml", bytes: Array(text.utf8)), limits: Limits(), now: now)
        #expect(loaded.project?.ignore == ["a", "b"])
        #expect(loaded.diagnostics.isEmpty)
        let empty = loadProject(
            SourceFile(path: "muster.yaml", bytes: Array("# nothing\n".utf8)), limits: Limits(),
            now: now)
        #expect(empty.project == nil)
        #expect(empty.diagnostics.map(\.code) == ["E107"])
    }
}
