import AccessModel
import Testing

@Suite("A sorted table")
struct SortedTableTests {
    typealias Table = SortedTable<EmailAddress, Int>

    static func person(_ number: Int) -> EmailAddress {
        EmailAddress(canonical: "p\(String(1_000 + number).dropFirst())@acme.example")
    }

    @Test("is a dictionary whose rows come in the order of their keys, however it was changed")
    func likeADictionary() {
        var dice = SystemRandomNumberGenerator()
        for _ in 0..<200 {
            var table = Table()
            var twin: [EmailAddress: Int] = [:]
            for number in (0..<Int.random(in: 0...20, using: &dice)).map({ $0 * 3 }) {
                table.append(number, for: Self.person(number))
                twin[Self.person(number)] = number
            }
            let untouched = table
            let rows = Self.rows(table)
            for step in 0..<Int.random(in: 0...30, using: &dice) {
                let key = Self.person(Int.random(in: 0...70, using: &dice))
                switch Int.random(in: 0...4, using: &dice) {
                case 0: (table[key], twin[key]) = (nil, nil)
                case 1: table.append(step, for: key); twin[key] = step
                case 2: table.settle()
                default: (table[key], twin[key]) = (step, step)
                }
                #expect(table[key] == twin[key] && table.count == twin.count)
            }
            let wanted = twin.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
            #expect(Self.rows(table) == wanted)
            #expect(table.keys == twin.keys.sorted() && table.isEmpty == twin.isEmpty)
            #expect((0...70).allSatisfy { table[Self.person($0)] == twin[Self.person($0)] })
            #expect(Self.rows(untouched) == rows)
        }
    }

    private static func rows(_ table: Table) -> [String] {
        table.map { "\($0.key) \($0.value)" }
    }

    @Test("finds a person by the bytes of the address, near the last one and far from it")
    func byBytes() {
        var table: SortedTable<EmailAddress, Account> = [:]
        for number in 0..<100 {
            let person = Self.person(number * 2)
            table.append(Account(email: person, state: .invited), for: person)
        }
        for number in Array(0..<200) + [7, 199, 0, 64, 65, 66, 3] {
            var text = Self.person(number).canonical
            let found = text.withUTF8 { table.key($0) }
            #expect(found == (number % 2 == 0 ? Self.person(number) : nil))
        }
        var prefix = "p000@acme.exampl"
        #expect(prefix.withUTF8 { table.key($0) } == nil)
    }

    @Test("an address has its own spelling or none")
    func spelling() {
        let same = EmailAddress(canonical: "ann@acme.example", spelling: "ann@acme.example")
        let other = EmailAddress(canonical: "ann@acme.example", spelling: "Ann@Acme.example")
        let composed = EmailAddress(canonical: "\u{E9}@x.example", spelling: "e\u{301}@x.example")
        #expect(same.spelling == "ann@acme.example" && other.spelling == "Ann@Acme.example")
        #expect(Array(composed.spelling.utf8) == Array("e\u{301}@x.example".utf8))
        #expect(same == other && same.hashValue == other.hashValue)
    }

    @Test("addresses of one look have one hash")
    func likeness() {
        let texts = [
            "rn@x.example", "m@x.example", "vvv@x.example", "wv@x.example", "vw@x.example",
            "l0@x.example", "io@x.example", "1o@x.example", "rrn@x.example", "rm@x.example",
            "v@x.example", "vv@x.example", "w@x.example", "n@x.example", "@rn", "\u{E9}@x.example",
        ].map { EmailAddress(canonical: $0) }
        for a in texts {
            for b in texts {
                #expect((a.lookAlikeHash == b.lookAlikeHash) == (a.lookAlikeKey == b.lookAlikeKey))
            }
        }
    }

    @Test("an invitation keeps its id, whatever it is")
    func invitationIDs() {
        let scope = Scope.membership(TenantName("production"), Self.person(1))
        for id in [
            "0123456789abcdef0000000000000001", String(repeating: "0", count: 32), "one",
            "0123456789ABCDEF0000000000000001", "",
        ] {
            let end = Instant(seconds: 5)
            let invitation = Invitation(id: id, scope: scope, generation: 3, expiresAt: end)
            let other = Invitation(id: "x", scope: scope, expiresAt: end)
            let kept = NewestInvitations([other, invitation])
            #expect(invitation.id == id && kept[scope] == invitation && kept.count == 1)
        }
    }
}
