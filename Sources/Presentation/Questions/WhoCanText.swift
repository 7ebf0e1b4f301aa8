internal import AccessModel
internal import Diagnostics
package import Reconciliation

extension WhoCanAnswer {
    /// A table for each group of holders, those who can use it first.
    package func text(style: Style = .plain) -> String {
        var text = parts.map { self.text(of: $0, style) }.joined(separator: "\n")
        if !manifestsValid {
            text +=
                "\n"
                + style.painted(
                    "The manifests are invalid, so what ends and what is declared is not known: "
                        + "run validate.", .boldYellow) + "\n"
        }
        return text
    }

    private func text(of part: Part, _ style: Style) -> String {
        let title: Phrase =
            "\(words: part.grant.word) \(part.grant.name) on tenant \(tenant.text)"
        let moment = isElsewhen ? ", as of \(at.words)" : ""
        var text = style.painted(title.text + moment, .bold) + ": "
        text += (part.holders.isEmpty ? "nobody" : counted(part.holders.count, "holder")) + "\n"
        if part.isUnavailable { text += "  The role is not available on this tenant.\n" }
        var lines = Self.table(part.holders.map { row($0) }).split(separator: "\n")[...]
        for group in Group.allCases {
            let count = part.holders.count { $0.group == group }
            guard count > 0 else { continue }
            let heading = group.heading(isElsewhen: isElsewhen) + " (\(grouped(count)))"
            text += style.painted(heading, group.ink) + "\n"
            text += lines.prefix(count).map { $0 + "\n" }.joined()
            lines = lines.dropFirst(count)
        }
        if !part.toCome.isEmpty {
            let names = part.toCome.map { "\($0.canonical)" as Phrase }.joined(", ")
            text += ("Declared, and not applied yet: " + names).text + "\n"
        }
        return text
    }

    /// Aligned over all groups, without columns that nobody has anything in.
    private static func table(_ rows: [[String]]) -> String {
        let used = (rows.first ?? []).indices.filter { column in
            rows.contains { !$0[column].isEmpty }
        }
        return Table(used.map { _ in .init("") }, rows: rows.map { row in used.map { row[$0] } })
            .text(indent: 2)
    }

    /// Who, until when, how it stands, and the line that declares it.
    private func row(_ holder: Holder) -> [String] {
        let end = holder.expires.map { expires in
            let mark = holder.group != .expired && expires.isSoon(at: at) ? " (soon)" : ""
            return (expires <= at ? "ended " : "until ") + expires.words + mark
        }
        var remarks: [String] = []
        if holder.pending, holder.group != .pending { remarks.append("pending") }
        if holder.blocked, holder.group != .blocked { remarks.append("blocked") }
        if holder.standing != .overdue, let remark = holder.standing.remark {
            remarks.append(remark.text)
        }
        var sources: [String] = []
        for place in holder.declarations where !sources.contains(place.location.shortText) {
            sources.append(place.location.shortText)
        }
        return [
            holder.email.canonical, end ?? "", remarks.joined(separator: ", "),
            sources.joined(separator: ", "),
        ]
    }
}

extension WhoCanAnswer.Group {
    fileprivate func heading(isElsewhen: Bool) -> String {
        switch self {
        case .active: "Active"
        case .expiring: "Active, with an end"
        case .pending: "Pending: waits for acceptance"
        case .blocked: "Blocked"
        case .expired:
            isElsewhen ? "Expired by then" : "Expired: the next apply takes it away"
        }
    }

    fileprivate var ink: Style.Ink {
        switch self {
        case .active, .expiring: .green
        case .pending: .yellow
        case .blocked, .expired: .red
        }
    }
}

extension Grant {
    var word: String {
        switch self {
        case .permission: "permission"
        case .role: "role"
        }
    }
}
