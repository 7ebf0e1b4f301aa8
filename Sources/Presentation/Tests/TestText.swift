internal import AccessModel
internal import Diagnostics
package import Reconciliation

extension TestReport {
    /// A line for each policy and access test, and for each of its rules and expectations; below
    /// one that failed, what is otherwise. Then a line with the counts.
    package func text(style: Style = .plain) -> String {
        guard isValid else {
            return findings.text(style: style) + "\n"
                + style.painted("Not run: \(findings.counts).", .boldRed) + "\n"
        }
        let width = groups.reduce(0) { widest, group in
            max(widest, group.shownPlaces.map(displayWidth(of:)).max() ?? 0)
        }
        var text = ""
        for state in State.allCases {
            let groups = groups.filter { $0.state == state }
            guard !groups.isEmpty else { continue }
            text += style.painted(title(of: state), .bold) + "\n"
            text += groups.map { $0.lines(style, width) }.joined() + "\n"
        }
        return text + style.painted(summary, passes ? .boldGreen : .boldRed) + "\n"
    }

    private func title(of state: State) -> String {
        switch state {
        case .desired: "The desired state"
        case .live: "The store" + (store.map { ", serial \($0.serial)" } ?? "")
        }
    }

    /// "Passed: 8 checks." or "FAILED: 2 of 8 checks."
    package var summary: String {
        let all = checks.count
        guard all > 0 else { return "Nothing to check: no policies and no access tests." }
        let failed = checks.count { !$0.passes }
        return failed == 0
            ? "Passed: \(counted(all, "check"))."
            : "FAILED: \(grouped(failed)) of \(counted(all, "check"))."
    }
}

extension TestReport.Check {
    /// A rule may be broken by a hundred thousand people; JSON has them all.
    private static let shown = 20

    var shownFailures: ArraySlice<ResolvedDiagnostic> { failures.prefix(Self.shown) }

    var hiddenFailures: String? {
        let rest = failures.count - Self.shown
        return rest > 0 ? "… and \(grouped(rest)) more; --format json has them all" : nil
    }
}

extension TestReport.Group {
    fileprivate var shownPlaces: [String] {
        ([location] + checks.map(\.location)).map { $0?.text ?? "" }
    }

    fileprivate func lines(_ style: Style, _ width: Int) -> String {
        func line(_ passes: Bool, _ place: String, _ said: String) -> String {
            let status = style.painted(passes ? "ok    " : "FAILED", passes ? .green : .boldRed)
            return "\(status)  \(place.padded(to: width))  \(said)\n"
        }
        let places = shownPlaces
        let noun = kind == .policy ? "policy" : "access test"
        var text = line(passes, places[0], "\(noun) \(escapedForTerminal(name))")
        for (check, place) in zip(checks, places.dropFirst()) {
            let remark = check.remarks.isEmpty ? "" : " (\(check.remarks.joined(separator: ", ")))"
            text += line(
                check.passes, place,
                "  \(check.number) \(escapedForTerminal(check.expected + remark))")
            for failure in check.shownFailures {
                text += "          " + failure.headline(style: style) + "\n"
            }
            if let rest = check.hiddenFailures { text += "          \(rest)\n" }
        }
        return text
    }
}
