import AccessModel

/// Which steps the rules refuse, each judged in the state that the earlier ones left.
///
/// The order is the product's: that it is a sound one is what the walk shows.
struct ModelRefusals {
    let plan: ModelPlan
    private(set) var codes: Set<String>
    private(set) var end: Model
    private var nobody: [String: String] = [:]

    init(_ plan: ModelPlan, in order: [Model.Move], from start: Model) {
        self.plan = plan
        codes = plan.refusals
        end = start
        for move in order {
            let refused = reasons(against: move, start)
            let before = end
            end.apply(move, plan.desired, at: plan.now)
            if refused.isEmpty, move.kind != "blockAccount" || !plan.isOperator {
                judge(from: before, to: end)
            }
            codes.formUnion(refused)
        }
        count(order, start)
        judgeDesired()
    }

    private mutating func refuse(_ code: String) { codes.insert(code) }

    // MARK: - Authority, R-01 to R-06

    /// The run's actor and the grantor must each be allowed the step.
    private mutating func reasons(against move: Model.Move, _ start: Model) -> [String] {
        var reasons: [String] = []
        // Of somebody's own details only that the actor can act at all is asked.
        if !plan.isOperator, move.kind == "updateProfile", !isActing(in: end) { return ["E210"] }
        if !plan.isOperator, !["updateProfile", "deleteAccount"].contains(move.kind) {
            if let reason = reasonAgainstActor(move, start) { return [reason] }
            reasons = judge(move, by: plan.actor)
        }
        // The run's actor invites; what comes with it is the grantor's.
        if let grantor = move.grantor, grantor != plan.actor, !(move.isJoin && move.seat.isEmpty) {
            // whoever acts for somebody is there, and active.
            let spot = Model.Spot(place: move.place, person: grantor)
            reasons +=
                end.seats[spot] == nil
                ? ["E216"] : !end.isActive(spot) ? ["E214"] : judge(move, by: grantor)
        }
        return reasons + (wantsMore(than: end.offers[move.place], move) ? ["E221"] : [])
    }

    private func isActing(in model: Model) -> Bool {
        model.people[plan.actor].map { $0.isActivated && !$0.isBlocked } ?? false
    }

    /// who is nobody in a place at one step is nobody there for the rest of the plan.
    private mutating func reasonAgainstActor(_ move: Model.Move, _ start: Model) -> String? {
        let isIdentity = move.place.hasPrefix("identity:")
        let isOperators = !(isIdentity ? !move.person.isEmpty : Self.admins.contains(move.kind))
        let isActing = isActing(in: isOperators ? start : end)
        if isOperators { return isActing ? "E211" : "E210" }
        if let reason = nobody[move.place] { return reason }
        if !isActing {
            nobody[move.place] = "E210"
        } else if isIdentity {
            if !end.activeAdmins(of: move.place).contains(plan.actor) {
                nobody[move.place] = "E281"
            }
        } else if !end.activeHolders(of: nil, in: move.place).contains(plan.actor) {
            nobody[move.place] = "E210"
        }
        return nobody[move.place]
    }

    /// What admins of a tenant may do, if they hold what it needs; all else is the
    /// operator's.
    private static let admins: Set = [
        "inviteAdmin", "addAdmin", "removeAdmin", "resendInvitation", "grantPermission",
        "revokePermission", "assignRole", "unassignRole",
    ]

    private func judge(_ move: Model.Move, by actor: String) -> [String] {
        // only the operator makes an account that nobody activates.
        let isNew = plan.model.people[move.person] == nil && isMachine(move.person)
        let alone = move.isJoin && isNew && actor == plan.actor ? ["E211"] : []
        if move.place.hasPrefix("identity:") { return alone }
        let held = end.seats[Model.Spot(place: move.place, person: actor)]?.permissions ?? []
        var needed: Set<String> = []
        var given: Set<String> = []
        var taken: Set<String> = []
        switch move.kind {
        case "inviteAdmin", "addAdmin":
            if actor == plan.actor { needed.insert("invite_admins") }
            if !move.seat.permissions.isEmpty { needed.insert("assign_permissions") }
            if !move.seat.roles.isEmpty { needed.insert("assign_roles") }
            given = move.seat.permissions
        case "removeAdmin", "resendInvitation": needed = ["invite_admins"]
        case "grantPermission": (needed, given) = (["assign_permissions"], [move.value])
        case "revokePermission": (needed, taken) = (["assign_permissions"], [move.value])
        case "assignRole", "unassignRole": needed = ["assign_roles"]
        default: return ["E211"]
        }
        return alone + (needed.isSubset(of: held) ? [] : ["E211"])
            + (given.isSubset(of: held) ? [] : ["E212"])
            + (taken.isSubset(of: held) ? [] : ["E213"])
    }

    private func isMachine(_ person: String) -> Bool {
        plan.desired.admins.contains { $0.email.canonical == person && $0.automation }
    }

    private func wantsMore(than offered: Set<String>?, _ move: Model.Move) -> Bool {
        let offered = offered ?? []
        return switch move.kind {
        case "inviteAdmin", "addAdmin": !move.seat.roles.isSubset(of: offered)
        case "assignRole": !offered.contains(move.value)
        default: false
        }
    }

    // MARK: - Floors, extinction and policies

    private mutating func judge(from old: Model, to new: Model) {
        for tenant in new.offers.keys where !isDeleted("deleteTenant", tenant) {
            let declared = plan.desired.tenants.first { $0.name.text == tenant }
            let floor =
                declared?.minDelegatedAdmins ?? plan.desired.project.guards.minDelegatedAdmins ?? 1
            let had = old.activeHolders(of: nil, in: tenant).count
            let has = new.activeHolders(of: nil, in: tenant).count
            let isTooFew = has < had && has < floor
            if isTooFew { refuse("E271") }
            // Where the last one goes E271 says it all.
            for permission in ["invite_admins", "assign_permissions", "assign_roles"]
            where !isTooFew {
                if new.activeHolders(of: permission, in: tenant).isEmpty,
                    !old.activeHolders(of: permission, in: tenant).isEmpty
                {
                    refuse("E272")
                }
            }
            for policy in plan.desired.policies {
                for rule in policy.rules { judge(rule, tenant, from: old, to: new) }
            }
        }
        for spot in old.spots(ofPerson: plan.actor)
        where old.seats[spot]?.permissions.isEmpty == false
            && !isDeleted("deleteTenant", spot.place)
        {
            if new.seats[spot]?.permissions.isEmpty ?? true { refuse("E274") }
        }
        let floor = plan.desired.project.guards.minIdentityAdmins ?? 1
        for code in new.homes.keys where !isDeleted("deleteIdentity", code) {
            let (had, has) = (old.activeAdmins(of: code).count, new.activeAdmins(of: code).count)
            if has < had, has < floor { refuse("E282") }
        }
    }

    private func isDeleted(_ kind: String, _ place: String) -> Bool {
        plan.moves.contains { $0.kind == kind && $0.place == place }
    }

    private func holders(_ grant: Grant, _ model: Model, _ tenant: String) -> Set<String> {
        Set(
            model.spots(of: tenant).filter { spot in
                let seat = model.seats[spot] ?? Model.Seat()
                return switch grant {
                case .permission(let name): seat.permissions.contains(name.text)
                case .role(let name): seat.roles.contains(name.text)
                }
            }.map(\.person))
    }

    private mutating func judge(
        _ rule: PolicyRule, _ tenant: String, from old: Model, to new: Model
    ) {
        switch rule {
        case .mutuallyExclusive(let grants):
            func torn(_ model: Model) -> [String] {
                let all = grants.flatMap { holders($0, model, tenant) }
                return Set(all).filter { person in all.count { $0 == person } > 1 }
            }
            if !Set(torn(new)).isSubset(of: torn(old)) { refuse("E291") }
        case .maxHolders(let grant, let count):
            let has = holders(grant, new, tenant).count
            if has > count, has > holders(grant, old, tenant).count { refuse("E292") }
        case .minHolders(let grant, let count):
            func active(_ model: Model) -> Int {
                holders(grant, model, tenant).count {
                    !endsSoon($0, tenant) && model.isActive(Model.Spot(place: tenant, person: $0))
                }
            }
            if active(new) < count, active(new) < active(old) { refuse("E293") }
        default: break
        }
    }

    /// What the manifests declare must not break their own rules, whoever is active: judged as a
    /// step from nothing to all that is declared.
    private mutating func judgeDesired() {
        var declared = Model()
        for member in plan.desired.memberships
        where !plan.hasEnded(member.expires, member.email) {
            let email = member.email.canonical
            declared.people[email] = Model.Person(isActivated: true)
            declared.seats[Model.Spot(place: member.tenant.text, person: email)] = Model.Seat(
                permissions: Set(member.grants.permissions.map(\.text)),
                roles: Set(member.grants.roles.map(\.text)))
        }
        for tenant in plan.desired.tenants where tenant.presence == .present {
            let name = tenant.name.text
            let isWhole = tenant.management == .authoritative
            let floor = tenant.minDelegatedAdmins ?? plan.desired.project.guards.minDelegatedAdmins
            let count = declared.activeHolders(of: nil, in: name).count
            // A tenant in which nobody is declared is E276, or only begun.
            if let floor, isWhole, count < floor, !declared.spots(of: name).isEmpty {
                refuse("E271")
            }
            for rule in plan.desired.policies.flatMap(\.rules) {
                judge(rule, name, from: Model(), to: declared)
                if case .minHolders(let grant, let count) = rule, isWhole,
                    holders(grant, declared, name).count < count
                {
                    refuse("E293")
                }
            }
        }
    }

    /// PRODUCT section 2: whoever leaves within 14 days is no holder to count on.
    private func endsSoon(_ person: String, _ tenant: String) -> Bool {
        let soon = plan.now.adding(days: 14)
        let ends =
            plan.desired.memberships.filter {
                $0.tenant.text == tenant && $0.email.canonical == person
            }.map(\.expires)
            + plan.desired.admins.filter { $0.email.canonical == person }.map(\.expires)
        return ends.contains { end in end.map { $0 <= soon } ?? false }
    }

    // MARK: - The plan as a whole, R-26

    private mutating func count(_ order: [Model.Move], _ start: Model) {
        let guards = plan.desired.project.guards
        for place in Set(order.map(\.place)) {
            let own = order.filter { $0.place == place }
            let spots = start.spots(of: place)
            let isGone = own.contains { ["deleteTenant", "deleteIdentity"].contains($0.kind) }
            let removals = own.count { $0.kind.hasPrefix("remove") && !hasExpired($0) }
            if !isGone, removals > limit(guards.maxRemovals, spots.count) { refuse("E273") }
            let held = spots.reduce(0) { sum, spot in
                let seat = start.seats[spot] ?? Model.Seat()
                return sum + seat.permissions.count + seat.roles.count
            }
            let taken = own.count { ["revokePermission", "unassignRole"].contains($0.kind) }
            if taken > limit(guards.maxRevocations, held) { refuse("E279") }
        }
        if Set(order.filter { $0.mail != nil }.map(\.person)).count > guards.maxMails {
            refuse("E280")
        }
    }

    private func limit(_ allowance: Guards.Allowance, _ present: Int) -> Int {
        max(1, min(allowance.count, present * allowance.percent / 100))
    }

    private func hasExpired(_ move: Model.Move) -> Bool {
        let ends = plan.desired.memberships.filter {
            $0.tenant.text == move.place && $0.email.canonical == move.person
        }.map(\.expires)
        return ends.contains { end in end.map { $0 <= plan.now } ?? false }
    }
}
