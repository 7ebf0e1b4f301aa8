internal import Diagnostics

extension ValidationPage {
    /// The result as a comment on a pull request, cut at 60,000 bytes.
    package func markdown(limit: Int = 60_000) -> String {
        var text = "### \(Markdown.entities(summary))\n\n"
        let errors = findings.filter(\.isError)
        let sorted = errors + findings.filter { !$0.isError }
        for (index, finding) in sorted.enumerated() {
            let block = Markdown.block(finding.text()) + "\n"
            if text.utf8.count + block.utf8.count > limit - 200 {
                let rest = counted(sorted.count - index, "finding")
                return text + "> **Cut: \(rest) more.** `muster validate` shows all.\n"
            }
            text += block
        }
        return text
    }
}
