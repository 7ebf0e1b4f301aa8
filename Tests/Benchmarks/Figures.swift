import Glibc

/// One line of the table: what was measured, and what it is compared with.
struct Figure {
    enum Unit: String { case seconds, bytes }

    var work: String
    var measured: Double
    var unit = Unit.seconds
    /// What the yardstick is called, and what it measured.
    var yardstick: (name: String, measured: Double)?
    /// The highest ratio to the yardstick; without one, the highest measure.
    var aim: Double

    var ratio: Double { yardstick.map { measured / max($0.measured, 1e-9) } ?? measured }
    var isReached: Bool { ratio <= aim }
}

extension Figure {
    static func text(of figures: [Figure]) -> String {
        let head = ["work", "measured", "yardstick", "ratio", "aim", ""]
        let rows = [head] + figures.map(\.cells)
        let widths = head.indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
        return rows.map { row in
            var line = ""
            for (cell, width) in zip(row, widths) {
                line += cell + String(repeating: " ", count: width - cell.count + 2)
            }
            while line.last == " " { line.removeLast() }
            return line + "\n"
        }.joined()
    }

    private var cells: [String] {
        [
            work, amount(measured), yardstick.map { "\($0.name) \(amount($0.measured))" } ?? "",
            yardstick == nil ? "" : "× " + decimal(ratio, 2),
            yardstick == nil ? amount(aim) : "× " + decimal(aim, 2),
            isReached ? "reached" : "missed",
        ]
    }

    private func amount(_ value: Double) -> String {
        switch unit {
        case .bytes: decimal(value / 1e6, 1) + " MB"
        case .seconds where value < 0.1: decimal(value * 1e3, 1) + " ms"
        case .seconds: decimal(value, 2) + " s"
        }
    }

    /// One object for each figure, in the table's order.
    static func json(of figures: [Figure]) -> String {
        let objects = figures.map { figure in
            var parts = [
                "\"work\": \"\(figure.work)\"", "\"unit\": \"\(figure.unit.rawValue)\"",
                "\"measured\": \(decimal(figure.measured, 6))",
            ]
            if let yardstick = figure.yardstick {
                parts.append("\"yardstick\": \"\(yardstick.name)\"")
                parts.append("\"yardstickMeasured\": \(decimal(yardstick.measured, 6))")
                parts.append("\"ratio\": \(decimal(figure.ratio, 4))")
            }
            parts.append("\"aim\": \(decimal(figure.aim, 4))")
            parts.append("\"reached\": \(figure.isReached)")
            return "  {" + parts.joined(separator: ", ") + "}"
        }
        return "[\n" + objects.joined(separator: ",\n") + "\n]\n"
    }
}

func decimal(_ value: Double, _ digits: Int) -> String {
    var scale = 1.0
    for _ in 0..<digits { scale *= 10 }
    let whole = Int((abs(value) * scale).rounded())
    let sign = value < 0 && whole > 0 ? "-" : ""
    guard digits > 0 else { return sign + "\(whole)" }
    let text = String(whole)
    let padded = String(repeating: "0", count: max(0, digits + 1 - text.count)) + text
    return sign + padded.dropLast(digits) + "." + padded.suffix(digits)
}
