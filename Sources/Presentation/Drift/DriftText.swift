internal import AccessModel
internal import Diagnostics
package import Reconciliation

extension DriftReport {
    /// The report for a terminal: what makes it untrustworthy first, what it amounts to last.
    package func text(style: Style = .plain, verbose: Bool = false) -> String {
        var blocks = [recorder.text(style: style)]
        blocks += sections.map { title, items in
            let shown = verbose || items.count <= Self.most ? items[...] : items.prefix(Self.most)
            let rest = items.count - shown.count
            return style.painted(title.text, .bold) + "\n"
                + shown.map { text(of: $0, style) }.joined()
                + (rest > 0 ? "  ... and \(grouped(rest)) more (--verbose shows all)\n" : "")
        }
        if !overdue.isEmpty {
            blocks.append(
                style.painted("Overdue (apply --expired removes them)", .bold) + "\n"
                    + overdue.map { "  \(escapedForTerminal($0.text))\n" }.joined())
        }
        let ink: Style.Ink = hasDrift ? .boldYellow : .boldGreen
        blocks.append(
            style.painted((open.isEmpty ? "" : "warning[W285]: ") + summary, ink) + "\n"
                + advice.map { style.painted($0, .dim) + "\n" }.joined())
        return blocks.filter { !$0.isEmpty }.joined(separator: "\n")
    }

    private static let most = 50

    private func text(of item: Item, _ style: Style) -> String {
        let change = item.change
        let address = escapedForTerminal(change.address.text)
        var text = "  \(item.mark) " + style.painted(address, item.standing == .open ? .bold : .dim)
        text += ": \(item.outcome.text)"
        if item.isPrivileged { text += style.painted(" ! privileged", .boldYellow) }
        text += "\n      " + style.painted(item.occasion.text, .dim)
        if item.standing == .open { text += "\n      -> " + item.prospect.text }
        if let source = item.source { text += style.painted("  \(source.shortText)", .dim) }
        return text + "\n"
    }
}
