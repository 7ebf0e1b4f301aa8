package import AccessModel

extension DesiredState {
    /// What the store keeps as last applied: what guards it, where mail goes, what must hold.
    package var settings: [String: String] {
        let project = project
        let guards = project.guards
        var settings = [
            "guards.maxRemovals": guards.maxRemovals.text,
            "guards.maxRevocations": guards.maxRevocations.text,
            "guards.maxMails": "\(guards.maxMails)",
            "guards.minDelegatedAdmins": "\(guards.minDelegatedAdmins ?? 1)",
            "guards.minIdentityAdmins": "\(guards.minIdentityAdmins ?? 1)",
            "guards.requiredAdmins": guards.requiredAdmins.map(\.canonical).joined(separator: ", "),
            "delivery": project.delivery ?? Project.defaultDelivery,
            "invitations.from": project.invitations.from ?? "",
            "invitations.acceptURL": project.invitations.acceptURL ?? "",
            "invitations.expireAfter": durationText(project.invitations.expireAfter),
            "invitations.resendAfterExpiry": "\(project.invitations.resendAfterExpiry)",
            "invitations.joinMail": project.invitations.joinMail.rawValue,
            "invitations.removedMail": project.invitations.removedMail.rawValue,
            "invitations.acceptance": project.invitations.acceptance.rawValue,
            "invitations.language": project.invitations.language,
        ]
        for tenant in tenants {
            guard let floor = tenant.minDelegatedAdmins else { continue }
            settings["tenants.\(tenant.name).minDelegatedAdmins"] = "\(floor)"
        }
        for policy in policies {
            settings["policy \(policy.name)"] =
                policy.rules.map { policy.scopeText + $0.text }.sorted().joined(separator: "\n")
        }
        for test in accessTests {
            settings["access test \(test.name)"] =
                test.expectations.map(\.text).sorted().joined(separator: "\n")
        }
        return settings
    }

    /// W224, E224 and W279: what this project would weaken or redirect.
    func settingFindings(_ stored: [String: String], actor: Actor) -> [Finding] {
        guard !stored.isEmpty else { return [] }
        let wanted = settings
        let isOperator = actor == .platformOperator
        var findings: [Finding] = []
        for (key, new) in wanted.sorted(by: { $0.key < $1.key })
        where key.hasPrefix("guards.") || key.hasPrefix("invitations.") || key == "delivery" {
            // Stores from before this setting were silent.
            let usual =
                key == "invitations.removedMail"
                ? InvitationSettings().removedMail.rawValue : nil
            guard let old = stored[key] ?? usual, old != new else { continue }
            findings.append(
                .settingDiffers(key, from: shown(old), to: shown(new), byOperator: isOperator))
        }
        for tenant in tenants {
            let key = "tenants.\(tenant.name).minDelegatedAdmins"
            let fallback = stored["guards.minDelegatedAdmins"]
            guard let old = (stored[key] ?? fallback).flatMap({ Int($0) }),
                let new = Int(wanted[key] ?? wanted["guards.minDelegatedAdmins"] ?? ""), new < old,
                stored[key] != nil || wanted[key] != nil
            else { continue }
            findings.append(
                .settingDiffers(key, from: "\(old)", to: "\(new)", byOperator: isOperator))
        }
        for (key, old) in stored.sorted(by: { $0.key < $1.key })
        where key.hasPrefix("policy ") || key.hasPrefix("access test ") {
            let rules = Set((wanted[key] ?? "").split(separator: "\n"))
            for rule in old.split(separator: "\n") where !rules.contains(rule) {
                findings.append(.ruleGone("\(key) (\(rule))"))
            }
        }
        return findings
    }

    private func shown(_ value: String) -> String { value.isEmpty ? "nothing" : value }
}

extension Guards.Allowance {
    fileprivate var text: String { "count \(count), percent \(percent)" }
}

extension Policy {
    fileprivate var scopeText: String {
        tenants.map { "on " + $0.map(\.text).joined(separator: ", ") + ": " } ?? ""
    }
}

extension PolicyRule {
    fileprivate var text: String {
        switch self {
        case .mutuallyExclusive(let grants):
            "mutuallyExclusive " + grants.map(\.name).sorted().joined(separator: ", ")
        case .maxHolders(let grant, let count): "maxHolders \(grant.name) \(count)"
        case .minHolders(let grant, let count): "minHolders \(grant.name) \(count)"
        case .allowedDomains(let domains):
            "allowedDomains " + domains.sorted().joined(separator: ", ")
        case .requireExpiry(let domains, let within):
            "requireExpiry outside " + domains.sorted().joined(separator: ", ")
                + (within.map { " within \($0)s" } ?? "")
        case .requireReason(let sensitiveOnly):
            sensitiveOnly ? "requireReason sensitive" : "requireReason all"
        }
    }
}

extension AccessTest.Expectation {
    fileprivate var text: String {
        func list(_ grants: [Grant]) -> String {
            grants.map(\.name).sorted().joined(separator: ", ")
        }
        switch self {
        case .holds(let email, let tenant, let holds, let lacks):
            let parts = [("holds", holds), ("lacks", lacks)].filter { !$0.1.isEmpty }
            return "\(email) on \(tenant) "
                + parts.map { "\($0.0) \(list($0.1))" }.joined(separator: " and ")
        case .holders(let tenant, let grant, let holders):
            return "\(grant.name) on \(tenant) held by "
                + holders.map(\.canonical).joined(separator: ", ")
        case .identityAdmins(let code, let admins):
            return "admins of \(code): " + admins.map(\.canonical).joined(separator: ", ")
        }
    }
}
