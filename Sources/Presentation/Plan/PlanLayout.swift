internal import AccessModel
internal import Diagnostics
internal import Planning
internal import Reconciliation

/// Sections as aligned lines: symbol, step, mark, who, what, remarks, source.
struct PlanLayout {
    private let sections: [PlanSection]
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

    init(_ sections: [PlanSection], style: Style, verbose: Bool) {
        self.sections = sections
        self.style = style
        self.verbose = verbose
        // The cells are made once more for the text: those of a million rows would fill the memory.
        let widest = values(of: sections.indices, inParallel: Self.areMany(sections)) { number in
            var widest = (step: 0, subject: 0, phrase: 0, remark: 0)
            for row in sections[number].rows {
                let cells = Cells(row)
                widest.step = max(widest.step, cells.steps.count)
                if cells.subjectWidth <= Self.widestSubject {
                    widest.subject = max(widest.subject, cells.subjectWidth)
                }
                widest.phrase = max(widest.phrase, cells.phraseWidth)
                widest.remark = max(widest.remark, cells.remarkWidth)
            }
            return widest
        }
        stepWidth = widest.map(\.step).max() ?? 0
        subjectWidth = widest.map(\.subject).max() ?? 0
        phraseWidth = widest.map(\.phrase).max() ?? 0
        remarkWidth = widest.map(\.remark).max() ?? 0
    }

    private static func areMany(_ sections: [PlanSection]) -> Bool {
        sections.reduce(0) { $0 + $1.rows.count } > 1_000
    }

    /// What stands in the columns of a row, and how wide it is.
    private struct Cells {
        let steps: String
        let subject: String
        let subjectWidth: Int
        /// The phrase, all of it or its beginning.
        let phrase: String
        let phraseWidth: Int
        let isInline: Bool
        let remarks: String
        let remarkWidth: Int

        init(_ row: PlanRow) {
            let ranges = stepRanges(row.steps)
            steps =
                ranges.count <= 12
                ? ranges : "\(row.steps[0])...\(row.steps[row.steps.count - 1])"
            subject =
                row.isFolded
                ? grouped(row.subjects.count) + " users" : escapedForTerminal(row.subjects[0])
            subjectWidth = displayWidth(of: subject)
            let inline = row.phrase.inline.text
            let inlineWidth = displayWidth(of: inline)
            isInline = inlineWidth <= PlanLayout.widestPhrase
            phrase = isInline ? inline : row.phrase.head.text
            phraseWidth = isInline ? inlineWidth : displayWidth(of: phrase)
            remarks = row.remarks.joined(", ").text
            remarkWidth = displayWidth(of: remarks)
        }
    }

    var text: String {
        values(of: sections.indices, inParallel: Self.areMany(sections), text(ofSection:))
            .joined(separator: "\n")
    }

    private func text(ofSection number: Int) -> String {
        let section = sections[number]
        var text = style.painted(section.place.title.text, .bold)
        text += style.painted("  " + Self.counts(section), .dim) + "\n"
        var last: String?
        for row in section.rows {
            let cells = Cells(row)
            append(row, cells, subject: cells.subject == last ? "" : cells.subject, to: &text)
            text += details(row, cells)
            last = row.isFolded ? nil : cells.subject
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

    private func append(
        _ row: PlanRow, _ cells: Cells, subject: String, to page: inout String
    ) {
        let ink: Style.Ink =
            switch row.symbol {
            case .add: .green
            case .change: .yellow
            case .remove: .red
            }
        var text = "  " + style.painted(row.symbol.rawValue, ink) + " "
        text += style.painted(cells.steps.paddedLeft(to: stepWidth), .dim) + " "
        text += style.painted(row.isMarked ? "!" : " ", row.privileged ? .boldYellow : .boldRed)
        text += " " + subject.padded(to: subjectWidth) + "  "
        var tail = cells.remarks.padded(to: remarkWidth)
        if let source = row.source {
            tail += (remarkWidth > 0 ? "  " : "") + style.painted(source.shortText, .dim)
        }
        tail = tail.trimmedRight
        text += row.destructive ? style.painted(cells.phrase, .red) : cells.phrase
        if !tail.isEmpty {
            let missing = max(0, phraseWidth - cells.phraseWidth)
            text += String(repeating: " ", count: missing + 2) + tail
        }
        page += text.trimmedRight + "\n"
    }

    /// What does not fit on the line: lists, the people of a folded row, and what verbose adds.
    private func details(_ row: PlanRow, _ cells: Cells) -> String {
        let indent = 2 + 2 + stepWidth + 3 + subjectWidth + 4
        var text = ""
        if !cells.isInline {
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
}
