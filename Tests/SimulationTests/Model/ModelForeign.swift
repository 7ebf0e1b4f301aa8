import AccessModel
import Planning
import Storage
import Support

// What others do to a store without Muster.
extension ModelledLife {
    private struct Alteration {
        var log: String
        /// As another Muster would do it, in memory.
        var action: Action
        /// As somebody with an SQL console would.
        var words: [String]
    }

    /// Somebody changes the store: an SQL console, or in memory another Muster of another project.
    mutating func foreign() async throws {
        let spots = model.seats.keys.sorted { $0.text < $1.text }
        guard let spot = spots.randomElement(using: &maker.dice) else { return }
        let isUser = spot.place.hasPrefix("identity:")
        let alteration =
            switch Int.random(in: 0..<5, using: &maker.dice) {
            case 0 where isUser: toggleUser(spot)
            case 1 where !isUser: takePermission(spot)
            case 2 where !isUser: giveRole(spot)
            case 3: toggleBlock(spot)
            default: removal(spot)
            }
        guard let alteration else { return }
        log.append("outside: " + alteration.log)
        counts.outcomes["outside", default: 0] += 1
        try await alter(alteration)
    }

    private mutating func toggleUser(_ spot: Model.Spot) -> Alteration? {
        let (code, email) = (spot.code, EmailAddress(canonical: spot.person))
        let isOn = model.seats[spot]?.isEnabled == true
        model.seats[spot]?.isEnabled.toggle()
        return Alteration(
            log: "\(isOn ? "disable" : "enable") \(spot.text)",
            action: isOn
                ? .disableIdentityUser(code, email) : .enableIdentityUser(code, email),
            words: ["UPDATE identity_users SET enabled = 1 - enabled WHERE \(spot.key)"])
    }

    private mutating func takePermission(_ spot: Model.Spot) -> Alteration? {
        let held = model.seats[spot]?.permissions.sorted() ?? []
        guard let name = held.randomElement(using: &maker.dice) else { return nil }
        model.seats[spot]?.permissions.remove(name)
        return Alteration(
            log: "\(spot.text) loses \(name)",
            action: .revokePermission(
                spot.tenant, EmailAddress(canonical: spot.person), PermissionName(name)),
            words: [
                "DELETE FROM membership_permissions WHERE \(spot.key) AND permission = '\(name)'"
            ])
    }

    private mutating func giveRole(_ spot: Model.Spot) -> Alteration? {
        let free = (model.offers[spot.place] ?? []).subtracting(model.seats[spot]?.roles ?? [])
        guard let name = free.sorted().randomElement(using: &maker.dice) else { return nil }
        model.seats[spot]?.roles.insert(name)
        return Alteration(
            log: "\(spot.text) gets \(name)",
            action: .assignRole(spot.tenant, EmailAddress(canonical: spot.person), RoleName(name)),
            words: [
                "INSERT INTO membership_roles VALUES ('\(spot.place)', '\(spot.person)', '\(name)')"
            ])
    }

    private mutating func toggleBlock(_ spot: Model.Spot) -> Alteration? {
        let email = EmailAddress(canonical: spot.person)
        let isBlocked = model.people[spot.person]?.isBlocked ?? false
        model.people[spot.person]?.isBlocked.toggle()
        return Alteration(
            log: "\(isBlocked ? "unblock" : "block") \(spot.person)",
            action: isBlocked ? .unblockAccount(email) : .blockAccount(email),
            words: ["UPDATE accounts SET blocked = 1 - blocked WHERE email = '\(spot.person)'"])
    }

    /// Whoever removes somebody elsewhere takes the invitation along, as Muster does.
    private mutating func removal(_ spot: Model.Spot) -> Alteration? {
        guard model.spots(ofPerson: spot.person).count > 1 else { return nil }
        let email = EmailAddress(canonical: spot.person)
        let isUser = spot.place.hasPrefix("identity:")
        let (table, kind) =
            isUser ? ("identity_users", "identityUser") : ("memberships", "membership")
        let place = isUser ? spot.code.text : spot.place
        let entry = IdentityUserEntry(admin: false, roles: [], enabled: true)
        model.seats[spot] = nil
        return Alteration(
            log: "\(spot.text) is removed",
            action: isUser
                ? .removeIdentityUser(spot.code, email, entry)
                : .removeAdmin(spot.tenant, email, Grants()),
            words: [
                "DELETE FROM \(table) WHERE \(spot.key)",
                "UPDATE invitations SET state = 'closed' WHERE kind = '\(kind)' AND "
                    + "first = '\(place)' AND second = '\(spot.person)' AND state = 'live'",
            ])
    }

    private func alter(_ alteration: Alteration) async throws {
        let memory = stores[0]
        let change = Change(action: alteration.action, actor: .platformOperator, reason: .declared)
        let commit = Commit(
            run: RunRecord(
                kind: .apply, actor: "operator", at: now, project: "another", systemUser: "test",
                host: "test"),
            base: try await snapshot(memory).origin, steps: [.change(change, comment: nil)])
        _ = try await memory.commit(commit)
        guard stores.count > 1 else { return }
        let words = "PRAGMA foreign_keys = 1;" + alteration.words.joined(separator: ";")
        let run = try ProcessRun.of(
            ["sqlite3", "-bail", folder.path + "/store.db", words], in: folder.path, input: "",
            environment: ["PATH": "/usr/bin:/bin"], scratch: folder.path)
        precondition(run.exit == 0, "\(run)")
    }
}

extension Model.Spot {
    fileprivate var tenant: TenantName { TenantName(place) }
    fileprivate var code: IdentityCode { IdentityCode(String(place.dropFirst("identity:".count))) }

    /// The row of the membership or the user.
    fileprivate var key: String {
        place.hasPrefix("identity:")
            ? "identity = '\(code)' AND email = '\(person)'"
            : "tenant = '\(place)' AND email = '\(person)'"
    }
}
