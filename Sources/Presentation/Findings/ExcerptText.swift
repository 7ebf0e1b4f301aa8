internal import Diagnostics

/// A line of source as it can be shown, and where the marked part stands in it.
struct ShownExcerpt: Equatable {
    /// Escaped, tabs expanded, cut around the mark.
    var line: String
    /// Columns of the terminal before the mark.
    var indent: Int
    /// Columns that the mark covers, at least 1.
    var width: Int

    private static let tab = 4

    private struct Cell {
        var text: String
        var width: Int
        /// What the cell counts for when the line is cut: marks of no width are not free.
        var cost: Int { max(1, width) }
    }

    init(_ excerpt: Excerpt, limit: Int = 100) {
        let cells = Self.cells(of: excerpt.line)
        let start = min(max(0, excerpt.column - 1), cells.count)
        let end = min(start + max(1, excerpt.width), cells.count)
        let (from, to) = Self.window(cells, start: start, end: end, limit: limit)
        let ellipsis = from > 0 ? "..." : ""
        let marked = cells[start..<min(end, max(start, to))]
        line = ellipsis + cells[from..<to].map(\.text).joined() + (to < cells.count ? "..." : "")
        indent = ellipsis.count + cells[from..<start].reduce(0) { $0 + $1.width }
        width = max(1, marked.reduce(0) { $0 + $1.width })
    }

    private static func cells(of line: String) -> [Cell] {
        var cells: [Cell] = []
        var column = 0
        for scalar in line.unicodeScalars {
            let text: String
            if scalar == "\t" {
                text = String(repeating: " ", count: tab - column % tab)
            } else {
                text = escapedForTerminal(String(scalar))
            }
            let cell = Cell(text: text, width: displayWidth(of: text))
            column += cell.width
            cells.append(cell)
        }
        return cells
    }

    /// What of a long line is shown: the mark, with more of what comes before than after it.
    private static func window(
        _ cells: [Cell], start: Int, end: Int, limit: Int
    ) -> (from: Int, to: Int) {
        let total = cells.reduce(0) { $0 + $1.cost }
        guard total > limit else { return (0, cells.count) }
        var to = start
        var cost = 0
        while to < end, cost < limit * 3 / 4 {
            cost += cells[to].cost
            to += 1
        }
        var from = start
        let before = (limit - cost) * 2 / 3
        var taken = 0
        while from > 0, taken < before {
            from -= 1
            taken += cells[from].cost
        }
        cost += taken
        while to < cells.count, cost < limit {
            cost += cells[to].cost
            to += 1
        }
        while from > 0, cost < limit {
            from -= 1
            cost += cells[from].cost
        }
        return (from, to)
    }
}
