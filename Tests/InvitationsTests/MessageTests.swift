import AccessModel
import Invitations
import Testing

private let sender = Mailbox(
    name: "Acme Access",
    address: EmailAddress(canonical: "access@acme.example", spelling: "access@acme.example"))

private func testKey() -> InvitationKey {
    guard let key = try? InvitationKey(bytes: Array(0..<32)) else {
        preconditionFailure("32 bytes are enough")
    }
    return key
}

private let key = testKey()

private func address(_ text: String) -> EmailAddress {
    guard case .success(let address) = EmailAddress.parse(text) else {
        preconditionFailure("\(text) is an address")
    }
    return address
}

private func letter(
    to recipient: String = "Ann@acme.example", name: String? = "Ann Bee",
    kind: MailKind = .createAccount, inviter: String = "Olga Ops", places: [Letter.Place]? = nil,
    expires: String? = "2026-11-29T10:00:00Z"
) -> Letter {
    Letter(
        id: "00112233445566778899aabbccddeeff", recipient: address(recipient),
        recipientName: name, kind: kind, language: "en", inviter: inviter,
        replyTo: address("olga@acme.example"), places: places ?? [production, plant],
        expiresAt: expires.flatMap(Instant.init(rfc3339:)),
        queuedAt: Instant(rfc3339: "2026-11-22T10:00:00Z")!)
}

private let production = Letter.Place(
    kind: .tenant, name: "production", title: "Production", permissions: ["Invite/remove admins"],
    roles: ["Read access"], invitation: "aaaa", generation: 1)
private let plant = Letter.Place(
    kind: .identity, name: "io.acme.plant1", title: "Plant 1", admin: true, invitation: "bbbb",
    generation: 3)

private func composed(_ letter: Letter, acceptURL: String? = "https://a.example/accept")
    -> OutgoingMessage
{
    message(for: letter, from: sender, acceptURL: acceptURL, key: key, store: "store")
}

private func seen(_ letter: Letter, acceptURL: String? = "https://a.example/accept") throws
    -> [String: String]
{
    let fields = try #require(try PythonMail.read(composed(letter, acceptURL: acceptURL).bytes))
    #expect(fields["status"] == "0", "\(fields)")
    #expect(fields["defects"] == "[]")
    #expect(fields["parts"] == "text/plain,text/html")
    #expect(fields["type"] == "multipart/alternative")
    return fields
}

@Suite("Messages")
struct MessageTests {
    @Test("a mail program sees who writes, to whom, when and about what")
    func header() throws {
        let fields = try seen(letter())
        #expect(fields["subject"] == "Olga Ops invites you to Production and 1 more")
        #expect(fields["from-name"] == "Acme Access")
        #expect(fields["from-address"] == "access@acme.example")
        #expect(fields["to-name"] == "Ann Bee")
        #expect(fields["to-address"] == "Ann@acme.example")
        #expect(fields["date"] == "2026-11-22T10:00:00+00:00")
        #expect(fields["message-id"] == "<00112233445566778899aabbccddeeff@acme.example>")
        #expect(fields["reply-to"] == "Olga Ops <olga@acme.example>")
        #expect(fields["auto-submitted"] == "auto-generated")
        #expect(fields["mime-version"] == "1.0")
    }

    @Test("a new account has one link for all its places, until when and what it opens")
    func createAccount() throws {
        let fields = try seen(letter())
        let link =
            "https://a.example/accept/"
            + key.token(store: "store", invitation: "aaaa", generation: 1)
        let other = key.token(store: "store", invitation: "bbbb", generation: 3)
        for part in ["text/plain", "text/html"] {
            let text = try #require(fields[part]).replacing("<bdi>", with: "")
                .replacing("</bdi>", with: "")
            #expect(text.contains(link))
            #expect(!text.contains(other))
            for phrase in [
                "Olga Ops invites you", "Production", "tenant production", "Invite/remove admins",
                "Role: Read access", "Plant 1", "identity io.acme.plant1", "administer its users",
                "29 November 2026, 10:00 UTC", "Hello Ann Bee",
            ] {
                #expect(text.contains(phrase), "\(part) lacks \(phrase)")
            }
        }
    }

    @Test("whoever has an account and must accept gets a link for each place that asks")
    func joinWithAcceptance() throws {
        let text = try #require(seen(letter(kind: .join))["text/plain"])
        for (invitation, generation) in [("aaaa", 1), ("bbbb", 3)] {
            let token = key.token(store: "store", invitation: invitation, generation: generation)
            #expect(text.contains("https://a.example/accept/" + token))
        }
    }

    @Test("whoever has joined already gets no link")
    func joinWithout() throws {
        var place = production
        place.invitation = nil
        let fields = try seen(letter(kind: .join, places: [place], expires: nil))
        #expect(fields["subject"] == "You now have access to Production")
        #expect(fields["text/plain"]?.contains("http") == false)
        #expect(fields["text/html"]?.contains("<a ") == false)
        #expect(fields["text/plain"]?.contains("UTC") == false)
    }

    @Test("without an accept page the letter has the token alone")
    func withoutURL() throws {
        let text = try #require(seen(letter(), acceptURL: nil)["text/plain"])
        #expect(
            text.contains(
                "\n" + key.token(store: "store", invitation: "aaaa", generation: 1) + "\n"))
    }

    @Test("a slash at the end of the accept page is not doubled")
    func slash() throws {
        let text = try #require(
            seen(letter(), acceptURL: "https://a.example/accept/")["text/plain"])
        #expect(!text.contains("accept//"))
    }

    @Test(
        "names of any alphabet and length arrive as they are",
        arguments: [
            "Łódź Żółć", "Александра Константиновна Преображенская-Воскресенская", "李小龍",
            "Acme, Inc.",
            "O\"Neil \\ Sons", "=?UTF-8?Q?x?=", "Ann (Bee) <x@y>", "🙂 Ann", "a@b",
            String(repeating: "long ", count: 39) + "name", String(repeating: "x", count: 200),
        ])
    func names(name: String) throws {
        var place = production
        place.title = name
        let fields = try seen(letter(name: name, inviter: name, places: [place]))
        #expect(fields["to-name"] == name)
        #expect(fields["to-address"] == "Ann@acme.example")
        #expect(fields["subject"] == "\(name) invites you to \(name)")
        let words = fields["text/plain"]?.split(whereSeparator: \.isWhitespace)
        #expect(words?.joined(separator: " ").contains("Hello \(name),") == true)
    }

    @Test(
        "no name can add a header, a recipient or a part",
        arguments: [
            "Ann\r\nBcc: eve@evil.example", "Ann\nBcc: eve@evil.example\n\nHi",
            "Ann\rBcc: eve@evil.example",
            "Ann\u{0}", "Ann\u{85}Bcc: eve@evil.example", "Ann\u{2028}Bcc: eve@evil.example",
            "Ann\u{1b}[2J", "\u{202e}nnA", "Ann>, Eve <eve@evil.example",
            "\", Eve <eve@evil.example>",
            "--=_muster_00112233445566778899aabbccddeeff--", "\r\n", "",
        ])
    func hostileNames(name: String) throws {
        var place = production
        place.title = name
        place.roles = [name]
        place.permissions = [name]
        let fields = try seen(letter(name: name, inviter: name, places: [place]))
        #expect(
            fields["names"]
                == "From,To,Reply-To,Subject,Date,Message-ID,Auto-Submitted,MIME-Version,"
                + "Content-Type")
        #expect(fields["to-count"] == "1")
        #expect(fields["to-address"] == "Ann@acme.example")
        let bytes = composed(letter(name: name, inviter: name, places: [place])).bytes
        #expect(bytes.allSatisfy { $0 == 0x0A || (0x20...0x7E).contains($0) })
    }

    @Test("names in HTML keep their direction to themselves")
    func directions() throws {
        var place = production
        place.title = "مختبر (3)"
        let letter = letter(name: "ليلى", inviter: "דנה", places: [place])
        let text = try #require(seen(letter)["text/html"])
        for name in ["ليلى", "דנה", "مختبر (3)"] {
            #expect(text.contains("<bdi>\(name)</bdi>"), "\(name)")
        }
        let body = try #require(text.split(separator: "<body").last)
        #expect(!body.replacing(/<bdi>[^<]*<\/bdi>/, with: "").contains("3)"))
    }

    @Test("HTML in names is text")
    func html() throws {
        var place = production
        place.title = "<script>alert('1')</script>"
        let text = try #require(seen(letter(name: "\"><img src=x>", places: [place]))["text/html"])
        #expect(!text.contains("<script") && !text.contains("<img"))
        #expect(text.contains("&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;"))
    }

    @Test("an address that is not ASCII keeps its local part and has its domain in A-labels")
    func international() throws {
        let sent = composed(letter(to: "jos\u{e9}@b\u{fc}cher.example", name: nil))
        let text = String(decoding: sent.bytes, as: UTF8.self)
        #expect(text.contains("\nTo: jos\u{e9}@xn--bcher-kva.example\n"))
    }

    @Test("the same letter gives the same bytes, in lines that every mail system takes")
    func deterministic() {
        let long = String(repeating: "é", count: 150)
        for text in ["Ann", long] {
            let sent = composed(letter(name: text, inviter: text))
            #expect(sent == composed(letter(name: text, inviter: text)))
            #expect(sent.bytes.split(separator: 0x0A).allSatisfy { $0.count <= 998 })
            #expect(!sent.bytes.contains(0x0D))
            let header = sent.bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
                .prefix { !$0.isEmpty }
            #expect(header.allSatisfy { $0.count <= 78 })
        }
    }

    @Test("every day of a week has its name")
    func weekdays() throws {
        for (date, day) in [
            ("2026-11-22", "Sun, 22 Nov 2026"), ("2024-02-29", "Thu, 29 Feb 2024"),
            ("1970-01-01", "Thu, 01 Jan 1970"), ("1969-12-31", "Wed, 31 Dec 1969"),
            ("2027-01-01", "Fri, 01 Jan 2027"),
        ] {
            var one = letter()
            one.queuedAt = date + "T09:08:07Z"
            let text = String(decoding: composed(one).bytes, as: UTF8.self)
            #expect(text.contains("\nDate: \(day) 09:08:07 +0000\n"))
        }
    }

    @Test("a mailbox is read with its name, its quotes and its address")
    func mailboxes() throws {
        #expect(try Mailbox.parse("Acme Access <access@acme.example>").get() == sender)
        #expect(try Mailbox.parse("a@x.example").get().name == nil)
        #expect(try Mailbox.parse("<a@x.example>").get().name == nil)
        #expect(
            try Mailbox.parse("\"Acme, \\\"Inc\\\"\" <a@x.example>").get().name == "Acme, \"Inc\"")
        for text in [
            "", "Acme", "Acme <a>", "Acme <a@x.example> b", "A\n <a@x.example>",
            "A <a@b@x.example>",
        ] {
            #expect(throws: EmailProblem.self) { try Mailbox.parse(text).get() }
        }
    }
}
