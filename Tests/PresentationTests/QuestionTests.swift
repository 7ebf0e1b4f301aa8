import AccessModel
import Diagnostics
import Manifests
import Presentation
import Reconciliation
import Testing

@Suite("Answers about people")
struct QuestionTests {
    @Test("a cell is quoted where it must be, and never a formula")
    func cells() {
        let rows = [
            ["a", "b,c", "d\"e", ""], ["=1+1", "+1", "-1", "@x"], ["a=b", "'=", "=a,b", "é"],
            ["line\nend", "\u{1B}[31m", "\u{202E}x", "\t=1"],
        ]
        #expect(
            commaSeparated(rows) == """
                a,"b,c","d""e",\r
                '=1+1,'+1,'-1,'@x\r
                a=b,'=,"'=a,b",é\r
                line\\u{a}end,\\u{1b}[31m,\\u{202e}x,\\u{9}=1\r

                """)
    }

    @Test("what git says of lines is read, a commit's facts from where it comes first")
    func blame() {
        let first = String(repeating: "a", count: 40)
        let nobody = String(repeating: "0", count: 40)
        let output = """
            \(first) 3 3 1
            author Jo Doe
            author-mail <jo@acme.example>
            author-time 1795364797
            author-tz +0100
            committer Bot
            committer-time 1
            summary Give Ann production
            boundary
            filename people.yaml
            \tkind: Admin
            \(nobody) 4 4 1
            author Not Committed Yet
            author-time 1795364800
            summary Version of people.yaml from people.yaml
            previous \(first) people.yaml
            filename people.yaml
            \tauthor-time 5
            \(first) 9 7 1
            \temail: ann@acme.example

            """
        let known = LineOrigin(
            commit: LineOrigin.Commit(
                id: first, author: "Jo Doe", at: Instant(seconds: 1_795_364_797),
                summary: "Give Ann production"), isCutOff: true)
        #expect(
            Blame(Array(output.utf8)).lines == [
                3: known, 4: LineOrigin(commit: nil), 7: known,
            ])
        #expect(Blame(Array("fatal: no such path".utf8)).lines == [:])
        #expect(Blame([]).lines == [:])
    }

    @Test("text from the store, the manifests and git is escaped for a terminal")
    func hostile() {
        let evil = "x\u{1B}[2J\u{202E}\n"
        let place = DeclaredPlace(
            location: Location(file: evil, line: 1, column: 2), document: .members,
            bundle: .init(name: evil, location: Location(file: evil, line: 3, column: 4)),
            line: LineOrigin(
                commit: .init(id: evil, author: evil, at: Instant(seconds: 0), summary: evil)))
        let change = ForeignChange(
            address: .project, before: nil, after: [:], at: Instant(seconds: 0), by: evil)
        let answer = WhyAnswer(
            project: evil, origin: .init(id: evil, serial: 1), person: email(evil),
            now: Instant(seconds: 0),
            places: [
                HeldPlace(
                    scope: .membership(TenantName(evil), email(evil)), newName: evil, held: true,
                    standing: .renaming(email(evil)), reason: evil, grantedBy: email(evil),
                    rights: [
                        HeldRight(
                            kind: .role(RoleName(evil)), held: true, standing: .declared,
                            declarations: [place], origin: .outside(change)),
                        HeldRight(
                            kind: .label(Label(evil)), held: false, standing: .notApplied,
                            takenAway: change),
                    ])
            ])
        for text in [answer.text(verbose: true), answer.json] {
            let controls = text.unicodeScalars.filter {
                $0.value < 0x20 && $0 != "\n" || $0.value == 0x202E
            }
            #expect(controls.isEmpty)
        }
        #expect(answer.text(verbose: true).split(separator: "\n").count == 10)
        let holder = WhoCanAnswer.Holder(
            email: email(evil), group: .active, state: .activated,
            standing: .renaming(email(evil)), declarations: [place])
        let holders = WhoCanAnswer(
            project: evil, origin: .init(id: evil, serial: 1), tenant: TenantName(evil),
            at: Instant(seconds: 0),
            parts: [
                .init(grant: .role(RoleName(evil)), holders: [holder], toCome: [email(evil)])
            ])
        for text in [holders.text(), holders.json, holders.csv] {
            let controls = text.unicodeScalars.filter {
                $0.value < 0x20 && $0 != "\n" && $0 != "\r" || $0.value == 0x202E
            }
            #expect(controls.isEmpty)
        }
        #expect(holders.text().split(separator: "\n").count == 4)
    }
}
