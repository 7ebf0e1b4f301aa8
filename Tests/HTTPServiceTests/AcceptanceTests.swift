import AccessModel
import Hummingbird
import HummingbirdTesting
import Reconciliation
import Storage
import Testing

@Suite("The pages of an invitation") struct AcceptanceTests {
    private let path = "/accept/" + Home.token

    @Test("a link shows who invites to what, and changes nothing however often it is opened")
    func show() async throws {
        let home = try await Home()
        let before = try await home.observed()
        let runs = try await home.store.runs(limit: 9)
        try await home.visit { client async throws in
            for _ in 0..<3 {
                let page = try await client.get(path)
                #expect(page.status == 200)
                for text in [
                    "acme-access", "Production", "Invite/remove admins", "Read access",
                    "29 November 2026, 10:00 UTC", "<bdi>Ann</bdi>", "+31*****678",
                    "<html lang=\"en\">", "value=\"decline\"",
                ] {
                    #expect(page.body.contains(text), "\(text)")
                }
                #expect(!page.body.contains("+31612345678"))
                #expect(!page.body.contains("<script"))
            }
            #expect(try await client.get(path, method: .head).status == 200)
        }
        #expect(try await home.observed().origin == before.origin)
        #expect(try await home.store.runs(limit: 9) == runs)
    }

    @Test("accepting activates the account, as a run of the person, once")
    func accept() async throws {
        let home = try await Home()
        try await home.visit { client async throws in
            #expect(try await client.post(path, "answer=Decline").status == 400)
            let answer = try await client.post(path, "answer=accept&mobile=%2B49301234567")
            #expect(answer.status == 200)
            #expect(answer.body.contains("You have accepted"))
            #expect(try await client.post(path, "answer=accept").status == 404)
            #expect(try await client.get(path).status == 404)
        }
        let observed = try await home.observed()
        #expect(observed.accounts[Home.ann]?.state == .activated)
        #expect(observed.accounts[Home.ann]?.profile.mobile == "+31612345678")
        #expect(observed.membership(of: Home.ann, in: Home.production)?.pending == false)
        let run = try #require(try await home.store.runs(limit: 1).first)
        #expect(run.kind == .accept && run.actor == "ann@x.example")
    }

    @Test("declining is a run of the person too; the place stays empty and the link is dead")
    func decline() async throws {
        for (path, form) in [(path, "answer=decline"), ("/decline/" + Home.token, "")] {
            let home = try await Home()
            try await home.visit { client async throws in
                let answer = try await client.post(path, form)
                #expect(answer.status == 200)
                #expect(answer.body.contains("You have declined"))
                #expect(try await client.post(self.path).status == 404)
            }
            let observed = try await home.observed()
            let scope = Scope.membership(Home.production, Home.ann)
            #expect(observed.invitations[scope]?.state == .declined)
            #expect(observed.membership(of: Home.ann, in: Home.production)?.pending == true)
            let run = try #require(try await home.store.runs(limit: 1).first)
            #expect(run.kind == .decline && run.actor == "ann@x.example")
        }
    }

    @Test("unknown, used, expired, revoked and malformed tokens have one answer, to the byte")
    func uniform() async throws {
        let collected = Replies()
        func collect(_ home: Home, _ path: String) async throws {
            try await home.visit { client async throws in
                for reply in [
                    try await client.get(path), try await client.post(path, "answer=accept"),
                    try await client.post(path, "answer=decline"),
                ] {
                    await collected.add(reply)
                }
            }
        }
        let used = try await Home()
        try await used.visit { client in _ = try await client.post(path) }
        try await collect(used, path)
        let expired = try await Home()
        expired.set("2026-11-29T10:00:00Z")
        try await collect(expired, path)
        let revoked = try await Home()
        let base = try await revoked.observed().origin
        let scope = Scope.membership(Home.production, Home.ann)
        _ = try await revoked.store.commit(
            Commit(
                run: try await revoked.store.runs(limit: 1)[0], base: base,
                steps: [.invitation(scope, .revoked)]))
        try await collect(revoked, path)
        try await collect(try await Home(), "/accept/" + String(repeating: "U", count: 43))
        try await collect(try await Home(), "/accept/x")
        try await collect(try await Home(), "/accept/%E2%80%AE")
        let answers = await collected.all
        #expect(answers.count == 18)
        #expect(answers.allSatisfy { $0.status == 404 && $0 == answers[0] })
        #expect(answers[0].body.contains("This link is not valid"))
    }

    @Test("what is missing is asked for, and said what is wrong with it")
    func missing() async throws {
        let home = try await Home(profile: Profile(firstName: "Ann"))
        try await home.visit { client async throws in
            let page = try await client.get(path)
            #expect(page.body.contains("name=\"lastName\""))
            #expect(page.body.contains("name=\"mobile\""))
            #expect(!page.body.contains("name=\"firstName\""))
            let wrong = try await client.post(path, "lastName=%3Cb%3E&mobile=0612345678")
            #expect(wrong.status == 422)
            #expect(wrong.body.contains("value=\"&lt;b&gt;\""))
            #expect(wrong.body.contains("aria-invalid=\"true\""))
            #expect(wrong.body.contains("href=\"#mobile\""))
            let hidden = try await client.post(path, "lastName=B%E2%80%AEee&mobile=")
            #expect(hidden.status == 422 && hidden.body.contains("value=\"Bee\""))
            let right = try await client.post(
                path, "firstName=Eve&lastName=Bee&mobile=%2B31+6+1234-5678")
            #expect(right.status == 200)
        }
        #expect(
            try await home.observed().accounts[Home.ann]?.profile
                == Profile(firstName: "Ann", lastName: "Bee", mobile: "+31612345678"))
    }

    @Test("a user of an identity needs no details, and somebody with an account is asked for none")
    func optional() async throws {
        let user = try await Home(profile: Profile(), asAdmin: false)
        try await user.visit { client async throws in
            let page = try await client.get(path)
            #expect(page.body.contains("Plant 1") && page.body.contains("viewer"))
            #expect(page.body.contains("(optional)") && !page.body.contains(" required"))
            #expect(try await client.post(path, "firstName=&lastName=&mobile=").status == 200)
        }
        #expect(try await user.observed().accounts[Home.ann]?.profile == Profile())
        let known = try await Home(state: .activated)
        try await known.visit { client async throws in
            let page = try await client.get(path)
            #expect(page.status == 200)
            #expect(!page.body.contains("Bee") && !page.body.contains("+31"))
            #expect(try await client.post(path, "firstName=Eve").status == 200)
        }
        #expect(try await known.observed().accounts[Home.ann]?.profile.firstName == "Ann")
    }

    @Test("a page is in the account's language, then the browser's, then the project's")
    func language() async throws {
        let german = try await Home(profile: Profile(language: "de-CH"), asAdmin: false)
        try await german.visit { client async throws in
            let page = try await client.get(path, [.acceptLanguage: "en"])
            #expect(page.headers[.contentLanguage] == "de")
            #expect(page.body.contains("lang=\"de\"") && page.body.contains("lädt Sie ein"))
            // Of a token that is not valid nothing is told, not even a language.
            let other = try await client.get("/accept/x", [.acceptLanguage: "en"])
            #expect(other.body.contains("lang=\"en\""))
        }
        let home = try await Home()
        try await home.visit(language: "de") { client async throws in
            #expect(try await client.get(path).headers[.contentLanguage] == "de")
            let wishes = "fr, en;q=0.4, de-AT;q=0.7, xx;q=0"
            #expect(
                try await client.get(path, [.acceptLanguage: wishes]).headers[.contentLanguage]
                    == "de")
            #expect(
                try await client.get(path, [.acceptLanguage: "fr"]).headers[.contentLanguage]
                    == "de")
            #expect(
                try await client.get(path, [.acceptLanguage: "en"]).headers[.contentLanguage]
                    == "en")
        }
    }

    @Test("names keep their direction to themselves, and are shown whole")
    func directions() async throws {
        let long = String(repeating: "ש", count: 200)
        let home = try await Home(
            profile: Profile(firstName: "ليلى", lastName: long, mobile: "+31612345678"),
            title: "مختبر (3)")
        try await home.visit { client async throws in
            let page = try await client.get(path).body
            for text in ["<bdi>ليلى</bdi>", "<bdi>\(long)</bdi>", "<bdi>مختبر (3)</bdi>"] {
                #expect(page.contains(text), "\(text)")
            }
        }
        let asked = try await Home(profile: Profile())
        try await asked.visit { client async throws in
            let form = "firstName=%D9%84&mobile=%2B31612345678&lastName="
            let scalar = "%D7%A9"
            let long = try await client.post(path, form + String(repeating: scalar, count: 201))
            #expect(long.status == 422 && long.body.contains("dir=\"auto\""))
            let right = try await client.post(path, form + String(repeating: scalar, count: 200))
            #expect(right.status == 200)
        }
        #expect(try await asked.observed().accounts[Home.ann]?.profile.lastName == long)
    }

    @Test("text from the store is text on the page")
    func hostile() async throws {
        let home = try await Home(title: "<script>alert(1)</script>\u{202E}\"'&")
        try await home.visit { client async throws in
            let page = try await client.get(path)
            #expect(!page.body.contains("<script"))
            #expect(!page.body.contains("\u{202E}"))
        }
    }
}

private actor Replies {
    var all: [Reply] = []
    func add(_ reply: Reply) { all.append(reply) }
}
