internal import AccessModel
internal import Diagnostics
package import Reconciliation

extension WhyAnswer {
    /// Every right with the lines that declare it and the run that made it; `verbose` adds what the
    /// commits of the lines say.
    package func text(style: Style = .plain, verbose: Bool = false) -> String {
        let lines = WhyLines(answer: self, style: style, verbose: verbose)
        var text = lines.account
        for place in places { text += "\n" + lines.text(of: place) }
        if places.isEmpty {
            let where_: Phrase = tenant.map { " in tenant \($0.text)" } ?? Phrase()
            text += "\n" + ("No rights" + where_ + ".").text + "\n"
        }
        if !manifestsValid {
            text +=
                "\n"
                + style.painted(
                    "The manifests are invalid, so what declares these rights is not known: "
                        + "run validate.", .boldYellow) + "\n"
        }
        return text
    }
}

private struct WhyLines {
    let answer: WhyAnswer
    let style: Style
    let verbose: Bool

    // MARK: - The person

    var account: String {
        var text = style.painted(escapedForTerminal(answer.person.canonical), .bold)
        guard let account = answer.account else {
            return text + ": no account yet\n" + documentLines
        }
        text += ": " + account.state.rawValue + (account.automation ? ", a pipeline's account" : "")
        if account.blocked { text += ", " + style.painted("blocked", .boldRed) }
        text += "\n"
        if account.blocked {
            text += line("", "nothing below can be used while the account is blocked", .red)
        }
        if let origin = account.blockedBy { text += line("blocked", origin.phrase) }
        switch (account.blocked, account.blockedDeclared) {
        case (true, false):
            text += line("", "declared not to be blocked: the operator's next apply unblocks it")
        case (false, true):
            text += line("", "declared to be blocked, which is not applied yet")
        default: break
        }
        if let origin = account.activated { text += line("activated", origin.phrase) }
        return text + documentLines
    }

    private var documentLines: String {
        var text = ""
        if let document = answer.document {
            text += line("declared", document.phrase)
            if let origin = document.line {
                text += line("written", origin.phrase(verbose: verbose))
            }
        }
        if let expires = answer.expires { text += line("leaves", end(expires)) }
        return text
    }

    // MARK: - A tenant or an identity

    func text(of place: HeldPlace) -> String {
        var text = style.painted(title(of: place).text, .bold)
        let remarks = remarks(on: place)
        if !remarks.isEmpty {
            text += style.painted(": " + remarks.joined("; ").text, .yellow)
        }
        text += "\n"
        if let expires = place.expires, place.standing != .overdue {
            text += line("expires", end(expires))
        }
        if let reason = place.reason { text += line("reason", "\(reason)") }
        if let grantor = place.grantedBy { text += line("grantedBy", "\(grantor.canonical)") }
        for right in place.rights { text += self.text(of: right, in: place) }
        return text
    }

    private func title(of place: HeldPlace) -> Phrase {
        switch place.scope {
        case .membership(let tenant, _): "tenant \(tenant.text)"
        case .identityUser(let code, _):
            "identity \(code.text)" + (place.tenant.map { " of tenant \($0.text)" } ?? Phrase())
        }
    }

    private func remarks(on place: HeldPlace) -> [Phrase] {
        var remarks: [Phrase] = []
        if place.pending { remarks.append(waiting(place.invitation)) }
        if let remark = place.remark { remarks.append(remark) }
        if place.standing == .overdue, let expires = place.expires ?? answer.expires {
            remarks.append("ended \(words: expires.words)")
        }
        if let name = place.newName { remarks.append("the next apply renames it to \(name)") }
        return remarks
    }

    private func waiting(_ invitation: Invitation?) -> Phrase {
        let until = invitation?.expiresAt.words ?? ""
        let state = invitation.state(at: answer.now)
        return switch state {
        case "live": "waits for acceptance until \(words: until)"
        case "expired": "waits for acceptance, and the invitation expired \(words: until)"
        case "revoked", "declined":
            "waits for acceptance, and the invitation was \(words: state)"
        case "undeliverable": "waits for acceptance, and the mail could not be delivered"
        default: "waits for acceptance"
        }
    }

    // MARK: - A right

    private func text(of right: HeldRight, in place: HeldPlace) -> String {
        var text = "  " + style.painted(right.kind.phrase.text, right.held ? .green : .yellow)
        if right.standing != place.standing, let remark = right.remark {
            text += style.painted(": " + remark.text, .yellow)
        }
        text += "\n"
        for declaration in right.declarations {
            text += line("declared", declaration.phrase, indent: 4)
            if let origin = declaration.line {
                text += line("written", origin.phrase(verbose: verbose), indent: 4)
            }
        }
        if let origin = right.origin { text += line("given", origin.phrase, indent: 4) }
        if let change = right.takenAway {
            text += line("taken away", "outside Muster" + change.moment, indent: 4)
        }
        return text
    }

    /// "until 2026-11-30 00:00:00 UTC, in 8 days"
    private func end(_ expires: Instant) -> Phrase {
        let seconds = expires.seconds - answer.now.seconds
        if seconds <= 0 { return "\(words: expires.words), which is past" }
        guard expires.isSoon(at: answer.now) else { return "\(words: expires.words)" }
        let days = Int(seconds / 86_400)
        let distance = days == 0 ? "less than a day" : counted(days, "day")
        return "\(words: expires.words), in \(words: distance)"
    }

    private func line(
        _ label: String, _ phrase: Phrase, _ ink: Style.Ink? = nil, indent: Int = 2
    ) -> String {
        let shown = ink.map { style.painted(phrase.text, $0) } ?? phrase.text
        let head = label.isEmpty ? "" : style.painted(label.padded(to: 11), .dim)
        return String(repeating: " ", count: indent) + head + shown + "\n"
    }
}

extension HeldRight.Kind {
    var phrase: Phrase {
        switch self {
        case .member: "member, without permissions and roles"
        case .permission(let name): "permission \(name.text)"
        case .role(let name): "role \(name.text)"
        case .user: "user"
        case .identityAdmin: "admin of the identity"
        case .label(let label): "informational role \(label.text)"
        case .enabled(let enabled): enabled ? "enabled" : "disabled"
        }
    }
}

extension HeldPlace {
    fileprivate var remark: Phrase? {
        let sort = if case .membership = scope { "tenant" } else { "identity" }
        return switch standing {
        case .unmanaged where management == nil:
            "not managed: the manifests do not declare the \(words: sort)"
        case .unmanaged: "not declared, and left alone: the \(words: sort) is additive"
        case .observed: "the \(words: sort) is only observed: nothing is changed here"
        default: standing.remark
        }
    }
}

extension HeldRight {
    fileprivate var remark: Phrase? {
        switch (kind, standing) {
        case (.enabled, .unmanaged): "not managed by the manifests"
        case (_, .notApplied) where takenAway != nil: "declared, and not in the store"
        case (.enabled, .undeclared): "declared otherwise: the next apply changes it"
        default: standing.remark
        }
    }
}

extension Standing {
    /// What to know of it; nothing of what is as it should be.
    var remark: Phrase? {
        switch self {
        case .declared, .unknown: nil
        case .notApplied: "declared, and not applied yet"
        case .overdue: "past its end: the next apply takes it away"
        case .undeclared: "not declared: the next apply takes it away"
        case .unmanaged: "not declared, and left alone"
        case .observed: "only observed"
        case .renaming(let email): "stays until \(email.canonical), the new address, is active"
        }
    }
}
