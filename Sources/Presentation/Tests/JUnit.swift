internal import AccessModel
internal import Diagnostics
package import Reconciliation

extension TestReport {
    /// JUnit's XML, as CI systems read it: a `testsuite` for each policy and access test in each
    /// state, a `testcase` for each check. Invalid manifests are a suite of errors.
    package var junit: String {
        let failed = checks.count { !$0.passes }
        let errors = findings.filter(\.isError)
        let totals: XMLAttributes = [
            ("name", "muster test"), ("tests", "\(checks.count + errors.count)"),
            ("failures", "\(failed)"), ("errors", "\(errors.count)"), ("time", "0"),
        ]
        let suites =
            groups.map { $0.element(at: at.text) }
            + (errors.isEmpty ? [] : [errors.element(at: at.text)])
        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
            + XMLElement("testsuites", totals, .elements(suites)).text()
    }
}

extension TestReport.Group {
    /// Unique over both states, with dots where CI systems fold.
    private var className: String { "\(state.rawValue).\(kind.rawValue).\(name)" }

    fileprivate func element(at time: String) -> XMLElement {
        XMLElement(
            "testsuite",
            suite(
                className, tests: checks.count, failures: checks.count { !$0.passes }, errors: 0,
                at: time) + place(location),
            .elements(checks.map { $0.element(className) }))
    }
}

extension TestReport.Check {
    fileprivate func element(_ className: String) -> XMLElement {
        var parts: [XMLElement] = []
        if let first = failures.first {
            let more = failures.count > 1 ? " And \(failures.count - 1) more." : ""
            let lines =
                ["expected: \(expected)"] + shownFailures.map(\.headline)
                + [hiddenFailures].compactMap { $0 }
            parts.append(
                XMLElement(
                    "failure",
                    [
                        ("message", "\(first.subject): \(first.sentence)\(more)"),
                        ("type", first.code),
                    ], .lines(lines)))
        }
        if !remarks.isEmpty { parts.append(XMLElement("system-out", [], .lines(remarks))) }
        return XMLElement(
            "testcase",
            [("classname", className), ("name", "\(number) \(expected)"), ("time", "0")]
                + place(location), .elements(parts))
    }
}

extension [ResolvedDiagnostic] {
    fileprivate func element(at time: String) -> XMLElement {
        let cases = map { finding in
            XMLElement(
                "testcase",
                [
                    ("classname", "manifests"),
                    ("name", "\(finding.location.map { $0.text + " " } ?? "")\(finding.code)"),
                    ("time", "0"),
                ] + place(finding.location),
                .elements([
                    XMLElement(
                        "error",
                        [
                            ("message", "\(finding.subject): \(finding.sentence)"),
                            ("type", finding.code),
                        ], .lines([finding.headline]))
                ]))
        }
        return XMLElement(
            "testsuite",
            suite("manifests", tests: count, failures: 0, errors: count, at: time),
            .elements(cases))
    }
}

private func suite(
    _ name: String, tests: Int, failures: Int, errors: Int, at time: String
) -> XMLAttributes {
    [
        ("name", name), ("tests", "\(tests)"), ("failures", "\(failures)"),
        ("errors", "\(errors)"), ("skipped", "0"), ("time", "0"), ("timestamp", time),
    ]
}

private func place(_ location: Location?) -> XMLAttributes {
    location.map { [("file", $0.file), ("line", "\($0.line)")] } ?? []
}
