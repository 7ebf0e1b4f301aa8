package import AccessModel

extension Project {
    /// This project with the guards, the delivery and the invitation settings that a store keeps as
    /// last applied: the reverse of `DesiredState.settings`. What the store does not keep stays.
    package func restating(_ settings: [String: String]) -> Project {
        var project = self
        func text(_ key: String, _ field: WritableKeyPath<Project, String?>) {
            guard let value = settings[key] else { return }
            project[keyPath: field] = value.isEmpty ? nil : value
        }
        func number(_ key: String) -> Int? { settings[key].flatMap { Int($0) } }
        text("delivery", \.delivery)
        text("invitations.from", \.invitations.from)
        text("invitations.acceptURL", \.invitations.acceptURL)
        if project.delivery == Project.defaultDelivery { project.delivery = nil }
        if let seconds = settings["invitations.expireAfter"].flatMap(durationSeconds) {
            project.invitations.expireAfter = seconds
        }
        if let count = number("invitations.resendAfterExpiry") {
            project.invitations.resendAfterExpiry = count
        }
        if let word = settings["invitations.joinMail"]
            .flatMap(InvitationSettings.JoinMail.init(rawValue:))
        {
            project.invitations.joinMail = word
        }
        if let word = settings["invitations.removedMail"]
            .flatMap(InvitationSettings.RemovedMail.init(rawValue:))
        {
            project.invitations.removedMail = word
        }
        if let word = settings["invitations.acceptance"]
            .flatMap(InvitationSettings.Acceptance.init(rawValue:))
        {
            project.invitations.acceptance = word
        }
        if let language = settings["invitations.language"] {
            project.invitations.language = language
        }
        project.guards.restate(settings)
        return project
    }
}

extension Guards {
    fileprivate mutating func restate(_ settings: [String: String]) {
        if let value = settings["guards.maxRemovals"].flatMap(Allowance.init(text:)) {
            maxRemovals = value
        }
        if let value = settings["guards.maxRevocations"].flatMap(Allowance.init(text:)) {
            maxRevocations = value
        }
        if let value = settings["guards.maxMails"].flatMap({ Int($0) }) { maxMails = value }
        // One is kept for a floor that nobody stated, too.
        if let value = settings["guards.minDelegatedAdmins"].flatMap({ Int($0) }) {
            minDelegatedAdmins = value == 1 ? nil : value
        }
        if let value = settings["guards.minIdentityAdmins"].flatMap({ Int($0) }) {
            minIdentityAdmins = value == 1 ? nil : value
        }
        if let value = settings["guards.requiredAdmins"] {
            requiredAdmins = SortedSet(
                value.split(separator: ",").compactMap {
                    try? EmailAddress.parse(String($0)).get()
                })
        }
    }
}

extension Guards.Allowance {
    /// `count 5, percent 25`
    fileprivate init?(text: String) {
        let parts = text.split(separator: ",").map { $0.split(separator: " ") }
        guard parts.count == 2, parts[0].count == 2, parts[1].count == 2, parts[0][0] == "count",
            parts[1][0] == "percent", let count = Int(parts[0][1]), let percent = Int(parts[1][1])
        else { return nil }
        self.init(count: count, percent: percent)
    }
}
