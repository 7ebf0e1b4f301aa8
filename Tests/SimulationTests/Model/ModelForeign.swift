import AccessModel
import Foundation
import Planning
import Storage
import Support

// What others do to a store without Muster.
extension ModelledLife {
    /// Somebody with an SQL console, or in memory another Muster of another project.
    mutating func foreign() async throws -> [String] {
        let spots = model.seats.keys.sorted { $0.text < $1.text }
        guard let spot = spots.randomElement(using: &maker.dice) else { return [] }
        let email = EmailAddress(canonical: spot.person)
        let isUser = spot.place.hasPrefix("identity:")
        let seat = model.seats[spot] ?? Model.Seat()
        let (place, actions): (String, [Action])
        let words: [String]
        let tenant = TenantName(spot.place)
        let code = IdentityCode(String(spot.place.dropFirst(isUser ? 9 : 0)))
        place = isUser ? code.text : tenant.text
        let key = "tenant = '\(place)' AND email = '\(spot.person)'"
        switch Int.random(in: 0..<5, using: &maker.dice) {
        case 0 where isUser:
            let word = seat.isEnabled ? "disable" : "enable"
            log.append("outside: \(word) \(spot.text)")
            actions = [
                seat.isEnabled ? .disableIdentityUser(code, email) : .enableIdentityUser(code, email)
            ]
            words = [
                "UPDATE identity_users SET enabled = 1 - enabled WHERE identity = '\(place)' "
                    + "AND email = '\(spot.person)'"
            ]
            model.seats[spot]?.isEnabled.toggle()
        case 1 where !isUser:
            guard let name = seat.permissions.sorted().randomElement(using: &maker.dice) else {
                return []
            }
            log.append("outside: \(spot.text) loses \(name)")
            actions = [.revokePermission(tenant, email, PermissionName(name))]
            words = ["DELETE FROM membership_permissions WHERE \(key) AND permission = '\(name)'"]
            model.seats[spot]?.permissions.remove(name)
        case 2 where !isUser:
            let free = (model.offers[place] ?? []).subtracting(seat.roles)
            guard let name = free.sorted().randomElement(using: &maker.dice) else { return [] }
            log.append("outside: \(spot.text) gets \(name)")
            actions = [.assignRole(tenant, email, RoleName(name))]
            words = ["INSERT INTO membership_roles VALUES ('\(place)', '\(spot.person)', '\(name)')"]
            model.seats[spot]?.roles.insert(name)
        case 3:
            let isBlocked = model.people[spot.person]?.isBlocked ?? false
            log.append("outside: \(isBlocked ? "unblock" : "block") \(spot.person)")
            actions = [isBlocked ? .unblockAccount(email) : .blockAccount(email)]
            words = ["UPDATE accounts SET blocked = 1 - blocked WHERE email = '\(spot.person)'"]
            model.people[spot.person]?.isBlocked.toggle()
        default:
            // Whoever removes somebody elsewhere takes the invitation along, as Muster does.
            guard model.spots(ofPerson: spot.person).count > 1 else { return [] }
            log.append("outside: \(spot.text) is removed")
            let entry = IdentityUserEntry(admin: false, roles: [], enabled: true)
            actions = [
                isUser
                    ? .removeIdentityUser(code, email, entry)
                    : .removeAdmin(tenant, email, Grants())
            ]
            let kind = isUser ? "identityUser" : "membership"
            words = [
                "DELETE FROM \(isUser ? "identity_users" : "memberships") WHERE "
                    + "\(isUser ? "identity" : "tenant") = '\(place)' AND email = '\(spot.person)'",
                "UPDATE invitations SET state = 'closed' WHERE kind = '\(kind)' AND "
                    + "first = '\(place)' AND second = '\(spot.person)' AND state = 'live'",
            ]
            model.seats[spot] = nil
        }
        counts.outcomes["outside", default: 0] += 1
        try await alter(actions, words)
        return []
    }

    private func alter(_ actions: [Action], _ words: [String]) async throws {
        let memory = stores[0]
        let commit = Commit(
            run: RunRecord(
                kind: .apply, actor: "operator", at: now, project: "another", systemUser: "test",
                host: "test"),
            base: try await snapshot(memory).origin,
            steps: actions.map {
                .change(Change(action: $0, actor: .platformOperator, reason: .declared), comment: nil)
            })
        _ = try await memory.commit(commit)
        guard stores.count > 1 else { return }
        let run = try ProcessRun.of(
            [
                "sqlite3", "-bail", folder.path + "/store.db",
                "PRAGMA foreign_keys = 1;" + words.joined(separator: ";"),
            ],
            in: folder.path, input: "", environment: ["PATH": "/usr/bin:/bin"],
            scratch: folder.path)
        precondition(run.exit == 0, "\(run)")
    }
}
