internal import Diagnostics
internal import Planning
internal import Reconciliation

/// Sections as aligned lines: symbol, step, mark, who, what, remarks, source.
struct PlanLayout {
    private let style: Style
    private let verbose: Bool
    private let stepWidth: Int
    private let subjectWidth: Int
    private let phraseWidth: Int
    private let remarkWidth: Int

    /// A phrase that is longer has its lists on lines of their own.
    private static let widestPhrase = 56
    private static let widestSubject = 36
    private static let lineWidth = 100

    init(sections: [PlanSection], style: Style, verbose: Bool) {
        self.style = style
        self.verbose = verbose
        let rows = sections.flatMap(\.rows)
        func widest(_ width: (PlanRow) -> Int) -> Int { rows.map(width).max() ?? 0 }
        stepWidth = widest { Self.steps($0).count }
        subjectWidth = widest { row in
            let width = displayWidth(of: Self.subject(row))
            return width > Self.widestSubject ? 0 : width
        }
        phraseWidth = widest { displayWidth(of: Self.firstLine($0)) }
        remarkWidth = widest { displayWidth(of: Self.remarks($0)) }
    }

    func text(of section: PlanSection) -> String {
        var text = style.painted(section.place.title.text, .bold)
        text += style.painted("  " + Self.counts(section), .dim) + "\n"
        var last: String?
        for row in section.rows {
            let subject = Self.subject(row)
            text += line(row, subject: subject == last ? "" : subject)
            text += details(row)
            last = row.isFolded ? nil : subject
        }
        return text
    }

    /// "+3 ~1 -2"
    private static func counts(_ section: PlanSection) -> String {
        [ChangeKind.Symbol.add, .change, .remove].compactMap { symbol in
            let count = section.rows.reduce(0) { $0 + ($1.symbol == symbol ? $1.steps.count : 0) }
            return count == 0 ? nil : symbol.rawValue + grouped(count)
        }.joined(separator: " ")
    }

    private func line(_ row: PlanRow, subject: String) -> String {
        let ink: Style.Ink =
            switch row.symbol {
            case .add: .green
            case .change: .yellow
            case .remove: .red
            }
        let first = Self.firstLine(row)
        var text = "  " + style.painted(row.symbol.rawValue, ink) + " "
        text += style.painted(Self.steps(row).paddedLeft(to: stepWidth), .dim) + " "
        text += style.painted(row.isMarked ? "!" : " ", row.privileged ? .boldYellow : .boldRed)
        text += " " + subject.padded(to: subjectWidth) + "  "
        var tail = Self.remarks(row).padded(to: remarkWidth)
        if let source = row.source {
            tail += (remarkWidth > 0 ? "  " : "") + style.painted(source.shortText, .dim)
        }
        tail = tail.trimmedRight
        text += row.destructive ? style.painted(first, .red) : first
        if !tail.isEmpty {
            let missing = max(0, phraseWidth - displayWidth(of: first))
            text += String(repeating: " ", count: missing + 2) + tail
        }
        return text.trimmedRight + "\n"
    }

    /// What does not fit on the line: lists, the people of a folded row, and what verbose adds.
    private func details(_ row: PlanRow) -> String {
        let indent = 2 + 2 + stepWidth + 3 + subjectWidth + 4
        var text = ""
        if !Self.isInline(row) {
            for list in row.phrase.lists {
                text += wrapped(list.values, label: list.label, indent: indent)
            }
        }
        if row.isFolded {
            let shown = row.destructive ? row.subjects : Array(row.subjects.prefix(3))
            let rest = row.subjects.count - shown.count
            let more = rest > 0 ? ["and \(grouped(rest)) more (--verbose shows all)"] : []
            text += wrapped(shown + more, label: "", indent: 2 + 2 + stepWidth + 3)
        }
        guard verbose else { return text }
        if let comment = row.comment {
            text += String(repeating: " ", count: indent)
            text += style.painted("reason: \(escapedForTerminal(comment))", .dim) + "\n"
        }
        if !row.dependsOn.isEmpty {
            text += String(repeating: " ", count: indent)
            text += style.painted("after step \(stepRanges(row.dependsOn))", .dim) + "\n"
        }
        return text
    }

    private func wrapped(_ values: [String], label: String, indent: Int) -> String {
        let label = label.isEmpty ? "" : label.padded(to: 12)
        let width = max(30, Self.lineWidth - indent - label.count)
        var lines: [String] = [""]
        for (index, value) in values.enumerated() {
            let item = escapedForTerminal(value) + (index < values.count - 1 ? "," : "")
            let last = lines[lines.count - 1]
            if last.isEmpty {
                lines[lines.count - 1] = item
            } else if displayWidth(of: last) + 1 + displayWidth(of: item) <= width {
                lines[lines.count - 1] += " " + item
            } else {
                lines.append(item)
            }
        }
        return lines.enumerated().map { index, line in
            String(repeating: " ", count: indent)
                + (index == 0 ? label : "".padded(to: label.count))
                + line + "\n"
        }.joined()
    }

    private static func steps(_ row: PlanRow) -> String {
        let ranges = stepRanges(row.steps)
        return ranges.count <= 12 ? ranges : "\(row.steps[0])...\(row.steps[row.steps.count - 1])"
    }

    private static func subject(_ row: PlanRow) -> String {
        row.isFolded
            ? grouped(row.subjects.count) + " users" : escapedForTerminal(row.subjects[0])
    }

    private static func isInline(_ row: PlanRow) -> Bool {
        displayWidth(of: row.phrase.inline.text) <= widestPhrase
    }

    private static func firstLine(_ row: PlanRow) -> String {
        isInline(row) ? row.phrase.inline.text : row.phrase.head.text
    }

    private static func remarks(_ row: PlanRow) -> String { row.remarks.joined(", ").text }
}
