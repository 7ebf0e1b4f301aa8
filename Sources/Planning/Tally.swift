import AccessModel

/// Counts what a plan comes to.
struct Tally {
    let request: PlanRequest
    let changes: [Change]
    let notes: [PlanNote]

    init(_ request: PlanRequest, changes: [Change], notes: [PlanNote]) {
        self.request = request
        self.changes = changes
        self.notes = notes
    }

    func summary() -> PlanSummary {
        var summary = PlanSummary()
        for change in changes {
            switch change.kind.symbol {
            case .add: summary.add += 1
            case .change: summary.change += 1
            case .remove: summary.remove += 1
            }
        }
        summary.mails = changes.mailRecipients.count
        summary.awaiting =
            notes.count { $0.kind == .awaiting }
            + request.observed.settled.values.reduce(0) { $0 + $1.awaiting }
        summary.unmanaged = notes.count { $0.kind == .unmanaged }
        summary.unchanged = unchanged()
        return summary
    }

    /// Declared things that are in the store and that no change touches.
    private func unchanged() -> Int {
        var touched: Set<Address> = []
        for change in changes {
            // Nobody who comes has been counted; there may be a million of them.
            if change.kind == .addIdentityUser { continue }
            switch change.address {
            case .grant(let tenant, let email, _): touched.insert(.membership(tenant, email))
            case .availableRole(let tenant, _): touched.insert(.tenant(tenant))
            default: touched.insert(change.address)
            }
        }
        let observed = request.observed
        let scope = Selected(request, observed: observed)
        func isUnchanged(_ address: Address) -> Bool {
            scope.contains(address) && observed.contains(address) && !touched.contains(address)
        }
        let desired = request.desired
        return desired.permissions.count { isUnchanged(.permission($0.permission.name)) }
            + desired.roles.count { isUnchanged(.role($0.role.name)) }
            + desired.tenants.count { isUnchanged(.tenant($0.name)) }
            + desired.identities.count { isUnchanged(.identity($0.code)) }
            + desired.memberships.count { isUnchanged(.membership($0.tenant, $0.email)) }
            + unchangedUsers(in: scope, touched)
            + observed.settled.values.reduce(0) { $0 + $1.users }
    }

    /// There may be a million.
    private func unchangedUsers(in scope: Selected, _ touched: Set<Address>) -> Int {
        let users = request.desired.identityUsers
        return valuesOfPortions(of: users.indices) { unchanged(users[$0], in: scope, touched) }
            .reduce(0, +)
    }

    /// The users of one identity come together.
    private func unchanged(
        _ users: ArraySlice<DesiredIdentityUser>, in scope: Selected, _ touched: Set<Address>
    ) -> Int {
        let countsAll = touched.isEmpty && scope.isEverything
        var code: IdentityCode?
        var present: SortedTable<EmailAddress, IdentityUser> = [:]
        return users.count { user in
            if user.identity != code {
                code = user.identity
                present = request.observed.identityUsers[user.identity] ?? [:]
                present.lookAlone()
            }
            guard present[user.email] != nil else { return false }
            if countsAll { return true }
            let address = Address.identityUser(user.identity, user.email)
            return scope.contains(address) && !touched.contains(address)
        }
    }
}
