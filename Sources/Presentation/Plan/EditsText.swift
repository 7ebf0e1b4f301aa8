internal import Diagnostics
internal import Reconciliation

extension PlanReport {
    /// The manifest lines that must change with an undo; empty for other plans.
    func editsText(_ style: Style) -> String {
        guard let undoing, !undoing.edits.isEmpty else { return "" }
        var text = style.painted(Undoing.title, .bold) + "\n"
        for edit in undoing.edits {
            text += "  " + edit.headline + "\n"
            for line in edit.pasted { text += "      \(escapedForTerminal(line))\n" }
        }
        return text
    }

    /// The same for a comment on a pull request.
    var editsMarkdown: [String] {
        guard let undoing, !undoing.edits.isEmpty else { return [] }
        return undoing.edits.map { edit in
            edit.headline + "\n"
                + edit.pasted.map { "    \(escapedForTerminal($0))\n" }.joined()
        }
    }
}

extension Undoing {
    static let title = "Change in the manifests as well, or the next plan does it again"
}

extension ManifestEdit {
    fileprivate var headline: String {
        let place = location.map { "\($0.file):\($0.line):\($0.column): " } ?? "in any manifest: "
        return escapedForTerminal("\(place)\(address): \(message)")
    }

    fileprivate var pasted: [String] {
        (yaml ?? "").split(separator: "\n").map(String.init)
    }
}
