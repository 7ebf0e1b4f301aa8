internal import Diagnostics

/// Rows under headings, aligned: what `status`, `invitation list` and `outbox list` print.
package struct Table: Hashable, Sendable {
    package enum Alignment: Hashable, Sendable { case left, right }

    package struct Column: Hashable, Sendable {
        package var title: String
        package var alignment: Alignment

        package init(_ title: String, _ alignment: Alignment = .left) {
            self.title = title
            self.alignment = alignment
        }
    }

    package var columns: [Column]
    package var rows: [[String]]

    package init(_ columns: [Column], rows: [[String]] = []) {
        self.columns = columns
        self.rows = rows
    }

    /// One line a row, cells escaped, columns two spaces apart; nothing when there are no rows.
    package func text(style: Style = .plain, indent: Int = 0) -> String {
        guard !rows.isEmpty else { return "" }
        let cells = rows.map { $0.map(escapedForTerminal) }
        let widths = columns.indices.map { column in
            cells.reduce(displayWidth(of: columns[column].title)) { widest, row in
                max(widest, column < row.count ? displayWidth(of: row[column]) : 0)
            }
        }
        func line(_ cells: [String]) -> String {
            let padded = zip(zip(cells, widths), columns).map { pair, column in
                column.alignment == .left
                    ? pair.0.padded(to: pair.1) : pair.0.paddedLeft(to: pair.1)
            }
            return String(repeating: " ", count: indent) + padded.joined(separator: "  ")
        }
        var text = ""
        if columns.contains(where: { !$0.title.isEmpty }) {
            text += style.painted(line(columns.map(\.title)).trimmedRight, .dim) + "\n"
        }
        for row in cells { text += line(row).trimmedRight + "\n" }
        return text
    }
}
