package import AccessModel
package import Planning

// What a test compares with: the whole plan as a few short lines.
extension World {
    /// The steps in their order, then the findings: `inviteAdmin production/a, createAccount`,
    /// `E231 production/a`. `@x.example` is left out; so is the reason `declared`.
    package var outcome: [String] {
        let plan = plan
        return plan.changes.map { line(of: $0) } + Self.lines(of: plan.findings)
    }

    /// Only the steps.
    package var steps: [String] { plan.changes.map { line(of: $0) } }

    /// Only the findings, sorted: `E231 production/a`.
    package var findings: [String] { Self.lines(of: plan.findings) }

    /// `awaiting production/a`.
    package var notes: [String] {
        plan.notes.map { "\($0.kind.rawValue) \(Self.short($0.address))" }
    }

    package static func lines(of findings: [Finding]) -> [String] {
        findings.map { "\($0.code) \(short($0.address))" }.sorted()
    }

    private func line(of change: Change) -> String {
        var line = "\(change.kind.rawValue) \(Self.short(change.address))"
        if change.actor != actor { line += " by \(Self.short(change.actor.text))" }
        if change.reason != .declared { line += ", \(change.reason.rawValue)" }
        if let mail = change.mail { line += ", \(mail.rawValue)" }
        return line
    }

    private static func short(_ address: Address) -> String { short(address.text) }

    private static func short(_ text: String) -> String {
        text.replacing("@x.example", with: "")
            .replacing("#permission:assign_permissions", with: " P")
            .replacing("#permission:assign_roles", with: " R")
            .replacing("#permission:invite_admins", with: " I")
            .replacing("#role:", with: " ")
    }
}

// What a store does with a plan, as far as planning can tell.
extension World {
    /// The world after this plan: every step done, invitations kept, settings remembered.
    package func applied() -> World { applying(plan) }

    package func applying(_ plan: Plan) -> World {
        with { world in
            for change in plan.changes { world.apply(change) }
            world.observed.settings = desired.settings
            world.observed.managed = desired.managedAddresses
            world.observed.foreignChanges = []
        }
    }

    /// Does one step as a store does: the change, and what it means for invitations.
    package mutating func apply(_ change: Change) {
        observed.apply(change.action, acceptance: desired.project.invitations.acceptance)
        if case .resendInvitation(let scope, let generation) = change.action {
            observed.invitations[scope]?.generation = generation + 1
            observed.invitations[scope]?.automaticResends += 1
            observed.invitations[scope]?.expiresAt = now.adding(days: 7)
        }
        let waiting = Set(pendingScopes)
        for scope in observed.invitations.keys where !waiting.contains(scope) {
            observed.invitations[scope] = nil
        }
        for scope in waiting where observed.invitations[scope] == nil {
            observed.invitations[scope] = Invitation(
                id: String(repeating: "f", count: 32), scope: scope,
                expiresAt: now.adding(days: 7))
        }
    }

    /// Everybody who is invited and has not accepted, by place.
    package var pendingScopes: [Scope] {
        let members = observed.memberships.flatMap { tenant, members in
            members.filter(\.value.pending).keys.map { Scope.membership(tenant, $0) }
        }
        let users = observed.identityUsers.flatMap { code, users in
            users.filter(\.value.pending).keys.map { Scope.identityUser(code, $0) }
        }
        return (members + users).sorted()
    }

    /// The person accepts: the account is Activated and every place that waited is joined.
    package func accepting(_ name: String) -> World {
        let email = EmailAddress.of(name)
        return with { world in
            world.observed.accounts[email]?.state = .activated
            for scope in pendingScopes where scope.email == email {
                switch scope {
                case .membership(let tenant, _):
                    world.observed.memberships[tenant]?[email]?.pending = false
                case .identityUser(let code, _):
                    world.observed.identityUsers[code]?[email]?.pending = false
                }
                world.observed.invitations[scope] = nil
            }
        }
    }
}
