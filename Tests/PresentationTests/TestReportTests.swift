import AccessModel
import Diagnostics
import Presentation
import Reconciliation
import Testing

/// The formats of `muster test`.
@Suite("A test report") struct TestReportTests {
    private func failure(_ message: String, line: Int = 9) -> ResolvedDiagnostic {
        ResolvedDiagnostic(
            code: "E299", severity: .error, subject: "test:reach#expect:2", message: message,
            help: "Correct it.", location: Location(file: "p.yaml", line: line, column: 5))
    }

    private func report(_ failures: [ResolvedDiagnostic], remarks: [String] = []) -> TestReport {
        func check(_ number: Int, _ failures: [ResolvedDiagnostic]) -> TestReport.Check {
            TestReport.Check(
                number: number, address: .accessTest("reach", expectation: number),
                location: Location(file: "p.yaml", line: 7 + number, column: 5),
                expected: "joe@client.example lacks <b>&'\"\u{1B}[31m", failures: failures,
                remarks: number == 1 ? remarks : [])
        }
        return TestReport(
            project: "acme", at: Instant(rfc3339: "2026-11-22T10:00:00Z")!,
            store: ObservedState.Origin(id: "store", serial: 41), findings: [],
            groups: [
                TestReport.Group(
                    state: .live, kind: .accessTest, name: "reach",
                    address: .accessTest("reach", expectation: nil),
                    location: Location(file: "p.yaml", line: 3, column: 7),
                    checks: [check(1, []), check(2, failures)])
            ])
    }

    @Test("as text has a line for each check, what is otherwise below it, and the counts")
    func text() {
        #expect(
            report([failure("joe holds it.")], remarks: ["joe is blocked"]).text() == """
                The store, serial 41
                FAILED  p.yaml:3:7  access test reach
                ok      p.yaml:8:5    1 joe@client.example lacks <b>&'"\\u{1b}[31m (joe is blocked)
                FAILED  p.yaml:9:5    2 joe@client.example lacks <b>&'"\\u{1b}[31m
                          p.yaml:9:5: error[E299]: test:reach#expect:2: joe holds it. Correct it.

                FAILED: 1 of 2 checks.

                """)
        #expect(report([]).text().hasSuffix("\nPassed: 2 checks.\n"))
        let coloured = report([failure("x.")]).text(style: .coloured)
        #expect(coloured.contains("\u{1B}[1;31mFAILED\u{1B}[0m"))
        #expect(!coloured.contains("\u{1B}[31m[31m"))
    }

    @Test("as JUnit has a case for each check, escaped, with what failed in it")
    func junit() {
        let lacks = "joe@client.example lacks &lt;b&gt;&amp;&apos;&quot;\\u{1b}[31m"
        #expect(
            report([failure("a ]]> b."), failure("c.")], remarks: ["joe is <blocked>"]).junit == """
                <?xml version="1.0" encoding="UTF-8"?>
                <testsuites name="muster test" tests="2" failures="1" errors="0" time="0">
                  <testsuite name="live.accessTest.reach" tests="2" failures="1" errors="0" \
                skipped="0" time="0" timestamp="2026-11-22T10:00:00Z" file="p.yaml" line="3">
                    <testcase classname="live.accessTest.reach" name="1 \(lacks)" time="0" \
                file="p.yaml" line="8">
                      <system-out>joe is &lt;blocked&gt;</system-out>
                    </testcase>
                    <testcase classname="live.accessTest.reach" name="2 \(lacks)" time="0" \
                file="p.yaml" line="9">
                      <failure message="test:reach#expect:2: a ]]&gt; b. Correct it. And 1 more." \
                type="E299">expected: \(lacks)
                p.yaml:9:5: error[E299]: test:reach#expect:2: a ]]&gt; b. Correct it.
                p.yaml:9:5: error[E299]: test:reach#expect:2: c. Correct it.</failure>
                    </testcase>
                  </testsuite>
                </testsuites>

                """)
    }

    @Test("shows twenty of what breaks one check, and counts the rest")
    func many() {
        let failures = (1...1_022).map { failure("person \($0) holds it.", line: $0) }
        let text = report(failures).text()
        #expect(text.contains("person 20 holds it") && !text.contains("person 21 holds it"))
        #expect(text.contains("\n          … and 1,002 more; --format json has them all\n"))
        let junit = report(failures).junit
        #expect(junit.contains("And 1021 more.") && !junit.contains("person 21 holds it"))
        #expect(report(failures).json.contains("person 1022 holds it"))
    }

    @Test("of invalid manifests runs nothing, and is no success in any format")
    func invalid() {
        var broken = report([])
        broken.groups = []
        broken.findings = [failure("is wrong.")]
        #expect(!broken.passes)
        #expect(broken.text().hasSuffix("\nNot run: 1 error.\n"))
        #expect(broken.json.contains("\"passed\": false"))
        #expect(broken.junit.contains("tests=\"1\" failures=\"0\" errors=\"1\""))
        #expect(
            broken.junit.contains(
                "<error message=\"test:reach#expect:2: is wrong. Correct it.\" type=\"E299\">"))
        var empty = broken
        empty.findings = []
        #expect(empty.passes)
        #expect(
            empty.text() == "Nothing to check: no policies and no access tests.\n")
    }
}
