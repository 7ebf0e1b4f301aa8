import AccessModel
import Glibc
import Invitations
import MailDelivery
import Testing

private func outgoing(_ text: String = "Subject: x\n\nHello\n", id: String = "aa11@x.example")
    -> OutgoingMessage
{
    let address = EmailAddress(canonical: "ann@x.example", spelling: "ann@x.example")
    return OutgoingMessage(
        envelopeFrom: address, recipient: address, bytes: Array(text.utf8), messageID: id,
        date: Instant(seconds: 1_795_341_600))
}

private func withFolder(_ body: (String) async throws -> Void) async throws {
    let folder = temporaryFolder()
    defer { removeFolder(folder) }
    try await body(folder)
}

private func mode(of path: String) -> UInt32 {
    var status = stat()
    return stat(path, &status) == 0 ? status.st_mode & 0o777 : 0
}

@Suite("Maildir")
struct MaildirTests {
    @Test("a letter arrives in new, complete and private, in folders that are made for it")
    func delivery() async throws {
        try await withFolder { folder in
            let path = folder + "/deep/mail/"
            try await MaildirTransport(path: path).send(outgoing())
            #expect(contents(of: path) == ["cur", "new", "tmp"])
            #expect(contents(of: path + "new") == ["1795341600.aa11.muster"])
            #expect(contents(of: path + "tmp") == [])
            let file = path + "new/1795341600.aa11.muster"
            #expect(read(file) == outgoing().bytes)
            #expect(mode(of: file) == 0o600)
            for part in ["", "new", "tmp", "cur"] { #expect(mode(of: path + part) == 0o700) }
        }
    }

    @Test("a repeat replaces the letter, and adds none")
    func repeated() async throws {
        try await withFolder { folder in
            let transport = MaildirTransport(path: folder + "/m")
            for text in ["half", "whole"] { try await transport.send(outgoing(text)) }
            #expect(contents(of: folder + "/m/new").count == 1)
            #expect(read(folder + "/m/new/1795341600.aa11.muster") == Array("whole".utf8))
            try await transport.send(outgoing("other", id: "bb22@x.example"))
            #expect(contents(of: folder + "/m/new").count == 2)
        }
    }

    @Test(
        "a letter that has been read already does not come again", arguments: ["", ":2,", ":2,RS"])
    func alreadyRead(flags: String) async throws {
        try await withFolder { folder in
            let transport = MaildirTransport(path: folder + "/m")
            try await transport.send(outgoing())
            let name = MaildirTransport.fileName(of: outgoing())
            #expect(rename(folder + "/m/new/" + name, folder + "/m/cur/" + name + flags) == 0)
            try await transport.send(outgoing())
            #expect(contents(of: folder + "/m/new") == [])
            #expect(contents(of: folder + "/m/cur") == [name + flags])
        }
    }

    @Test("what a killed process left of a letter goes when the letter comes again")
    func killed() async throws {
        try await withFolder { folder in
            let transport = MaildirTransport(path: folder + "/m")
            try await transport.send(outgoing(id: "other@x.example"))
            let names = ["aa11@x.example", "bb22@x.example"].map {
                MaildirTransport.fileName(of: outgoing(id: $0))
            }
            for name in names { try write([1], to: folder + "/m/tmp/" + name + ".99999999") }
            try await transport.send(outgoing())
            #expect(contents(of: folder + "/m/tmp") == [names[1] + ".99999999"])
            #expect(contents(of: folder + "/m/new").count == 2)
        }
    }

    @Test("a Message-ID cannot lead out of the folder")
    func fileNames() {
        let name = MaildirTransport.fileName(of: outgoing(id: "../../etc/x:2,S@x"))
        #expect(name == "1795341600.______etc_x_2_S.muster")
    }

    @Test("a file in the folder's place is told, and nothing is written")
    func noFolder() async throws {
        try await withFolder { folder in
            try write([1], to: folder + "/m")
            await #expect(
                throws: DeliveryError.unavailable(
                    reason: "\(folder)/m cannot be used: Not a directory")
            ) {
                try await MaildirTransport(path: folder + "/m").send(outgoing())
            }
            #expect(contents(of: folder) == ["m"])
        }
    }

    @Test("a letter that cannot be written leaves nothing behind")
    func unwritable() async throws {
        try await withFolder { folder in
            let transport = MaildirTransport(path: folder + "/m")
            try await transport.send(outgoing())
            let name = MaildirTransport.fileName(of: outgoing(id: "cc33@x.example"))
            // A folder of the letter's name: the rename is refused, whoever runs this.
            mkdir(folder + "/m/new/" + name, 0o700)
            do throws(DeliveryError) {
                try await transport.send(outgoing(id: "cc33@x.example"))
                Issue.record("it was sent")
            } catch {
                if case .temporary = error {} else { Issue.record(error) }
            }
            #expect(contents(of: folder + "/m/tmp") == [])
        }
    }
}
