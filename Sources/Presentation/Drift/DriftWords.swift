internal import AccessModel
internal import Diagnostics
internal import Planning
internal import Reconciliation
internal import Storage

// What every format for people says of drift.
extension DriftReport {
    private var title: Phrase {
        guard let since else { return "Changed outside Muster" }
        let by: Phrase = since.actor == "operator" ? "the operator" : "\(since.actor)"
        let run = "since run \(since.number)"
        return "Changed outside Muster \(words: run) (by \(by), \(words: since.at.words))"
    }

    /// The items by how they stand, each under its title.
    var sections: [(title: Phrase, items: [Item])] {
        var sections: [(title: Phrase, items: [Item])] = []
        for item in items {
            if let last = sections.last?.items.last, last.standing == item.standing {
                sections[sections.count - 1].items.append(item)
            } else {
                sections.append((title(of: item.standing), [item]))
            }
        }
        return sections
    }

    private func title(of standing: Standing) -> Phrase {
        switch standing {
        case .open: title
        case .reverted: "Put back by hand in the meantime: no drift"
        case .settled(let run): "Settled by run \(words: String(run)): no drift any more"
        }
    }

    /// "2 objects changed outside Muster; the next plan reverts 1 and leaves 1 alone."
    var summary: String {
        guard hasDrift else { return "No drift: the store is as Muster left it." }
        var parts: [String] = []
        for course in [Course.revert, .change, .leave] {
            let count = open.count { $0.course == course }
            guard count > 0 else { continue }
            switch course {
            case .revert: parts.append("reverts \(grouped(count))")
            case .change: parts.append("changes \(grouped(count)) otherwise")
            case .leave: parts.append("leaves \(grouped(count)) alone")
            case .unknown: break
            }
        }
        var text =
            open.isEmpty
            ? "No change is recorded" : "\(counted(open.count, "object")) changed outside Muster"
        if !recorder.isEmpty {
            text += open.isEmpty ? ", but " : ", and "
            text += "the record cannot be trusted"
        }
        return text + (parts.isEmpty ? "." : "; the next plan " + parts.listed + ".")
    }

    /// What to do, as far as there is something to do.
    var advice: [String] {
        var lines: [String] = []
        if open.contains(where: { $0.course == .revert || $0.course == .change }) {
            lines.append(
                "muster apply does what is said of the next plan; to keep what is there, "
                    + "muster export --adopt writes it into the manifests.")
        }
        if hasDrift, !refusals.isEmpty {
            lines.append(
                "That plan cannot be applied as it is (\(refusals.joined(separator: ", "))): "
                    + "muster plan shows why.")
        }
        if hasDrift {
            lines.append(
                "The operator's next complete apply settles what is told here: it is no drift "
                    + "afterwards.")
        }
        if !errors.isEmpty {
            lines.append(
                "The manifests are invalid (\(counted(errors.count, "error"))), so what a plan "
                    + "would do is not known: run muster validate.")
        }
        return lines
    }
}

extension [String] {
    /// "a", "a and b", "a, b and c".
    fileprivate var listed: String {
        count < 2 ? joined() : dropLast().joined(separator: ", ") + " and " + self[count - 1]
    }
}

extension DriftReport.Item {
    /// What became of it.
    var outcome: Phrase {
        change.before == change.after ? "changed and put back" : change.phrase
    }

    /// When, how often and by whom.
    var occasion: Phrase {
        let author: Phrase = change.by.map { "by \($0)" } ?? "the store does not know by whom"
        guard change.times > 1 else { return "\(words: change.at.words), \(author)" }
        let times = "\(counted(change.times, "time")) from \(change.firstAt.words) to "
        return "\(words: times + change.at.words), \(author)"
    }

    /// What becomes of it.
    var prospect: Phrase {
        switch standing {
        case .reverted: return "put back by hand in the meantime: no drift"
        case .settled(let run): return "settled by run \(words: String(run)): no drift any more"
        case .open: break
        }
        let steps = kinds.map(\.rawValue).joined(separator: ", ")
        let done = steps.isEmpty ? "" : " (\(steps))"
        let codes = codes.isEmpty ? "" : " [\(codes.joined(separator: ", "))]"
        switch course {
        case .revert: return "the next plan reverts it\(words: done + codes)"
        case .change:
            return "the next plan changes it, but not to what it was\(words: done + codes)"
        case .unknown: return "what a plan would do is not known"
        case .leave: return "left alone: \(words: restraint.words + codes)"
        }
    }

    /// What happened to it, as a mark in front of the address.
    var mark: String {
        if change.before == nil { return change.after == nil ? "~" : "+" }
        return change.after == nil ? "-" : "~"
    }
}

extension DriftReport.Restraint? {
    fileprivate var words: String {
        switch self {
        case .observed: "it is only observed there"
        case .unmanaged: "nothing declares it"
        case .agreed, nil: "the manifests ask for this, or do not speak of it"
        }
    }
}
