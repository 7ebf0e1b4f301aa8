package import AccessModel

extension Project {
    /// The document of `muster.yaml`: what differs from the defaults.
    package var entries: [YAMLValue.Entry] {
        var entries: [YAMLValue.Entry] = [
            .init("kind", .text(Kind.project.rawValue)), .init("name", .text(name)),
        ]
        entries.addText("store", store ?? "")
        entries.addBlock("invitations", invitations.entries)
        if let delivery, delivery != Self.defaultDelivery { entries.addText("delivery", delivery) }
        entries.addBlock("guards", guards.entries)
        return entries
    }
}

extension InvitationSettings {
    fileprivate var entries: [YAMLValue.Entry] {
        let usual = InvitationSettings()
        var entries: [YAMLValue.Entry] = []
        entries.addText("from", from ?? "")
        entries.addText("acceptURL", acceptURL ?? "")
        if expireAfter != usual.expireAfter {
            entries.addText("expireAfter", durationText(expireAfter))
        }
        if resendAfterExpiry != usual.resendAfterExpiry {
            entries.append(.init("resendAfterExpiry", .word("\(resendAfterExpiry)")))
        }
        if joinMail != usual.joinMail { entries.addText("joinMail", joinMail.rawValue) }
        if removedMail != usual.removedMail { entries.addText("removedMail", removedMail.rawValue) }
        if acceptance != usual.acceptance { entries.addText("acceptance", acceptance.rawValue) }
        if language != usual.language { entries.addText("language", language) }
        return entries
    }
}

extension Guards {
    fileprivate var entries: [YAMLValue.Entry] {
        let usual = Guards()
        var entries: [YAMLValue.Entry] = []
        if maxRemovals != usual.maxRemovals {
            entries.append(.init("maxRemovals", maxRemovals.value))
        }
        if maxRevocations != usual.maxRevocations {
            entries.append(.init("maxRevocations", maxRevocations.value))
        }
        for (key, number) in [
            ("maxMails", maxMails == usual.maxMails ? nil : maxMails),
            ("minDelegatedAdmins", minDelegatedAdmins), ("minIdentityAdmins", minIdentityAdmins),
        ] {
            if let number { entries.append(.init(key, .word("\(number)"))) }
        }
        if !requiredAdmins.isEmpty {
            entries.append(.init("requiredAdmins", .names(requiredAdmins.map(\.spelling))))
        }
        return entries
    }
}

extension Guards.Allowance {
    fileprivate var value: YAMLValue {
        .flow([.init("count", .word("\(count)")), .init("percent", .word("\(percent)"))])
    }
}

extension [YAMLValue.Entry] {
    fileprivate mutating func addBlock(_ key: String, _ entries: [YAMLValue.Entry]) {
        if !entries.isEmpty { append(.init(key, .block(entries))) }
    }
}
