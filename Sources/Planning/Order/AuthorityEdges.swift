import AccessModel

// Edge 2: a grant that gives a step's grantor its authority comes before the step, and the step
// before any loss of that authority.
extension Edges {
    mutating func joinAuthority() {
        let steps = proposals.indices.compactMap {
            index -> (Int, EmailAddress, TenantName, [PermissionName])? in
            guard let tenant = proposals[index].action.address.tenant,
                let judged = judgedActor(proposals[index])
            else { return nil }
            let needed = needed(proposals[index].action)
            return needed.isEmpty ? nil : (index, judged, tenant, needed)
        }
        guard !steps.isEmpty else { return }
        let grantors = Set(steps.map(\.1))
        var gains: [Address: [Int]] = [:]
        var losses: [Address: [Int]] = [:]
        for (index, proposal) in proposals.enumerated() {
            guard let email = proposal.action.address.person, grantors.contains(email) else {
                continue
            }
            // Nobody gets authority from a step that needs the same authority of that person.
            let gives = email != actor.email && email != proposal.grantor
            switch proposal.action {
            case .grantPermission where gives:
                gains[proposal.action.address, default: []].append(index)
            case .inviteAdmin(let tenant, _, let grants, _) where gives,
                .addAdmin(let tenant, _, let grants) where gives:
                for name in grants.permissions {
                    gains[.grant(tenant, email, .permission(name)), default: []].append(index)
                }
            case .unblockAccount: gains[.account(email), default: []].append(index)
            case .revokePermission: losses[proposal.action.address, default: []].append(index)
            case .removeAdmin: losses[proposal.action.address, default: []].append(index)
            case .blockAccount: losses[.account(email), default: []].append(index)
            default: break
            }
        }
        for (index, email, tenant, needed) in steps {
            for name in needed {
                let right = Address.grant(tenant, email, .permission(name))
                for gain in gains[right] ?? [] { add(gain, before: index) }
                for loss in losses[right] ?? [] { add(index, before: loss) }
            }
            for gain in gains[.account(email)] ?? [] { add(gain, before: index) }
            for loss in losses[.account(email)] ?? [] { add(index, before: loss) }
            for loss in losses[.membership(tenant, email)] ?? [] { add(index, before: loss) }
        }
    }

    /// The grantor; or the run's actor where it changes itself (everything else is before that).
    private func judgedActor(_ proposal: Proposal) -> EmailAddress? {
        if let grantor = proposal.grantor { return grantor }
        guard let actor = actor.email, proposal.action.address.person == actor else { return nil }
        return actor
    }

    private func needed(_ action: Action) -> [PermissionName] {
        switch action {
        case .grantPermission(_, _, let name), .revokePermission(_, _, let name):
            return [.assignPermissions, name]
        case .assignRole, .unassignRole: return [.assignRoles]
        case .inviteAdmin(_, _, let grants, _), .addAdmin(_, _, let grants):
            return
                (grants.permissions.isEmpty ? [] : [.assignPermissions] + Array(grants.permissions))
                + (grants.roles.isEmpty ? [] : [.assignRoles])
        default: return []
        }
    }
}
