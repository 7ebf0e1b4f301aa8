import AccessModel

/// What the manifests ask of a store, in no order: RULES sections 1 to 5, place by place.
///
/// Renames (`formerly:`), titles of the catalogue and `updatePermission` are not in it; the laws of
/// planning have them.
struct ModelPlan {
    let model: Model
    let desired: DesiredState
    /// An address, or `operator`.
    let actor: String
    let now: Instant
    private(set) var moves: [Model.Move] = []
    /// What is wrong with the request as a whole; what a step does wrong is in `ModelRefusals`.
    private(set) var refusals: Set<String> = []

    var isOperator: Bool { actor == "operator" }

    /// - Parameter inForce: The manifests that the operator applied last.
    init(
        _ model: Model, _ desired: DesiredState, actor: String, now: Instant, inForce: DesiredState?
    ) {
        self.init(
            repeating: [], desired, actor: actor, now: now, inForce: inForce, on: model)
        for role in desired.roles where !model.roles.contains(role.role.name.text) {
            add("createRole", value: role.role.name.text)
        }
        for tenant in desired.tenants { plan(tenant) }
        for identity in desired.identities { plan(identity) }
        leaveOutTheRefused()
        for admin in desired.admins { plan(admin) }
        // A block that is lifted ends what kept an account without a place (RULES section 7).
        let leaving = moves.filter { $0.kind.hasPrefix("remove") || $0.kind == "unblockAccount" }
        for person in Set(leaving.map(\.person)) { endAccount(of: person) }
    }

    /// The plan that these steps are, on another state: what apply judges again.
    init(
        repeating moves: [Model.Move], _ desired: DesiredState, actor: String, now: Instant,
        inForce: DesiredState?, on model: Model
    ) {
        (self.model, self.desired, self.actor, self.now) = (model, desired, actor, now)
        self.moves = moves
        guard actor != "operator", let before = inForce?.project else { return }
        if before.guards != desired.project.guards || before.delivery != desired.project.delivery
            || before.invitations != desired.project.invitations
        {
            refusals.insert("E224")
        }
    }

    private mutating func add(
        _ kind: String, _ place: String = "", _ person: String = "", value: String = "",
        seat: Model.Seat = Model.Seat(), by grantor: EmailAddress? = nil
    ) {
        let joins = kind == "inviteAdmin" || kind == "addAdmin"
        moves.append(
            Model.Move(
                kind: kind, place: place, person: person, value: value, seat: seat,
                by: joins ? actor : grantor?.canonical ?? actor, grantor: grantor?.canonical))
    }

    // MARK: - Tenants

    private mutating func plan(_ tenant: DesiredTenant) {
        let name = tenant.name.text
        let wanted = Set((tenant.availableRoles ?? []).map(\.text))
        guard let offered = model.offers[name] else {
            if tenant.presence == .present, tenant.management != .observe {
                add("createTenant", name, value: tenant.title, seat: Model.Seat(roles: wanted))
                planMembers(tenant)
            }
            return
        }
        if case .absent(let cascade) = tenant.presence { return delete(name, cascade) }
        if tenant.management == .observe { return }
        if model.titles[name] != tenant.title { add("updateTenant", name, value: tenant.title) }
        if tenant.availableRoles != nil, wanted != offered {
            //
            if isOperator {
                for role in wanted.subtracting(offered) { add("enableRole", name, value: role) }
                for role in offered.subtracting(wanted) { add("disableRole", name, value: role) }
            } else {
                refusals.insert("E222")
            }
        }
        planMembers(tenant)
    }

    ///
    private mutating func delete(_ name: String, _ cascade: Bool) {
        let homes = model.homes.filter { $0.value == name }.keys
        let left = homes.filter { code in
            !desired.identities.contains {
                Address.identity($0.code).text == code && $0.presence == .present
                    && $0.tenant.text != name
            }
        }
        let isObserved = homes.contains { code in
            !left.contains(code)
                && desired.identities.contains {
                    Address.identity($0.code).text == code && !canHave($0.tenant.text)
                }
        }
        if isObserved || (!cascade && !(model.spots(of: name).isEmpty && left.isEmpty)) {
            refusals.insert("E278")
            return
        }
        for spot in model.spots(of: name) { remove(spot) }
        for code in left {
            for spot in model.spots(of: code) { remove(spot) }
            add("deleteIdentity", code)
        }
        add("deleteTenant", name)
    }

    private mutating func remove(_ spot: Model.Spot) {
        add(
            spot.place.hasPrefix("identity:") ? "removeIdentityUser" : "removeAdmin", spot.place,
            spot.person, seat: model.seats[spot] ?? Model.Seat())
        // Whoever loses what they had is told, where the project wants that.
        guard let person = model.people[spot.person], person.isActivated, !person.isMachine,
            model.seats[spot]?.offer == nil, !isBlocked(spot.person)
        else { return }
        if desired.project.invitations.removedMail == .send {
            moves[moves.count - 1].mail = "removed"
        }
    }

    /// As the plan leaves it.
    private func isBlocked(_ person: String) -> Bool {
        let declared = desired.admins.first { $0.email.canonical == person }
        return (isOperator ? declared?.blocked : nil) ?? model.people[person]?.isBlocked ?? false
    }

    func hasEnded(_ end: Instant?, _ email: EmailAddress) -> Bool {
        [end, desired.admins.first { $0.email == email }?.expires].contains { end in
            end.map { $0 <= now } ?? false
        }
    }

    private mutating func planMembers(_ tenant: DesiredTenant) {
        let name = tenant.name.text
        let declared = desired.memberships.filter { $0.tenant == tenant.name }
        let held = model.spots(of: name)
        if declared.isEmpty, !held.isEmpty, tenant.management == .authoritative {
            refusals.insert("E276")
        }
        for member in declared where !hasEnded(member.expires, member.email) {
            let wanted = Model.Seat(
                permissions: Set(member.grants.permissions.map(\.text)),
                roles: Set(member.grants.roles.map(\.text)))
            let spot = Model.Spot(place: name, person: member.email.canonical)
            guard let seat = model.seats[spot] else {
                join(spot, wanted, member.grantedBy)
                continue
            }
            func each(_ kind: String, _ values: Set<String>) {
                for value in values {
                    add(kind, name, spot.person, value: value, by: member.grantedBy)
                }
            }
            each("grantPermission", wanted.permissions.subtracting(seat.permissions))
            each("revokePermission", seat.permissions.subtracting(wanted.permissions))
            each("assignRole", wanted.roles.subtracting(seat.roles))
            each("unassignRole", seat.roles.subtracting(wanted.roles))
            resend(spot)
        }
        let dropped = Set(
            moves.filter { $0.kind == "disableRole" && $0.place == name }.map(\.value))
        for spot in held {
            let entry = declared.first { $0.email.canonical == spot.person }
            if let entry {
                if hasEnded(entry.expires, entry.email) { remove(spot) }
            } else if tenant.management == .authoritative {
                remove(spot)
            } else {
                //
                for role in dropped.intersection(model.seats[spot]?.roles ?? []) {
                    add("unassignRole", name, spot.person, value: role)
                }
            }
        }
    }

    private mutating func join(_ spot: Model.Spot, _ seat: Model.Seat, _ grantor: EmailAddress?) {
        let kind =
            spot.place.hasPrefix("identity:")
            ? "addIdentityUser" : model.people[spot.person] == nil ? "inviteAdmin" : "addAdmin"
        add(kind, spot.place, spot.person, seat: seat, by: grantor)
        moves[moves.count - 1].mail = mail(to: spot.person)
    }

    ///
    private func mail(to person: String) -> String? {
        let account = model.people[person]
        let declared = desired.admins.first { $0.email.canonical == person }
        if isBlocked(person) || (account?.isMachine ?? declared?.automation ?? false) { return nil }
        guard account?.isActivated == true else { return "createAccount" }
        return desired.project.invitations.joinMail == .silent ? nil : "join"
    }

    /// what expired is sent again, as often as the project allows.
    private mutating func resend(_ spot: Model.Spot) {
        guard let offer = model.seats[spot]?.offer, offer.state == "live", offer.expires <= now,
            offer.resends < desired.project.invitations.resendAfterExpiry,
            !isBlocked(spot.person)
        else { return }
        add("resendInvitation", spot.place, spot.person)
        let isNew = model.people[spot.person]?.isActivated == false
        moves[moves.count - 1].mail = isNew ? "createAccount" : "join"
    }

    // MARK: - Identities and people

    private mutating func plan(_ identity: DesiredIdentity) {
        let code = Address.identity(identity.code).text
        let home = model.homes[code]
        if !canHave(identity.tenant.text) { return }
        if home == nil { add("createIdentity", code, value: identity.tenant.text) }
        if let home, home != identity.tenant.text {
            add("updateIdentity", code, value: identity.tenant.text)
        }
        let declared = desired.identityUsers.filter { $0.identity == identity.code }
        for user in declared where !hasEnded(user.expires, user.email) {
            let spot = Model.Spot(place: code, person: user.email.canonical)
            let roles = Set(user.roles.map(\.text))
            guard let seat = model.seats[spot] else {
                join(
                    spot,
                    Model.Seat(roles: roles, isAdmin: user.admin, isEnabled: user.enabled ?? true),
                    nil)
                continue
            }
            if user.admin != seat.isAdmin {
                add(user.admin ? "setIdentityAdmin" : "unsetIdentityAdmin", code, spot.person)
            }
            if roles != seat.roles {
                add("setIdentityRoles", code, spot.person, seat: Model.Seat(roles: roles))
            }
            if let enabled = user.enabled, enabled != seat.isEnabled {
                add(enabled ? "enableIdentityUser" : "disableIdentityUser", code, spot.person)
            }
            resend(spot)
        }
        for spot in model.spots(of: code) {
            let entry = declared.first { $0.email.canonical == spot.person }
            let isOver = entry.map { hasEnded($0.expires, $0.email) }
            if isOver ?? (identity.management == .authoritative) { remove(spot) }
        }
    }

    /// The tenant is there, or will be.
    private func canHave(_ tenant: String) -> Bool {
        model.offers[tenant] != nil
            || desired.tenants.contains {
                $0.name.text == tenant && $0.presence == .present && $0.management != .observe
            }
    }

    private mutating func plan(_ admin: DesiredAdmin) {
        let email = admin.email.canonical
        guard let person = model.people[email], knows(email) else {
            // to strangers, and before there is an account, all are new.
            if admin.blocked == true, moves.contains(where: { $0.isJoin && $0.person == email }) {
                if isOperator { add("blockAccount", "", email) } else { refusals.insert("E223") }
            }
            return
        }
        if let blocked = admin.blocked, blocked != person.isBlocked {
            if isOperator {
                add(blocked ? "blockAccount" : "unblockAccount", "", email)
            } else {
                refusals.insert("E223")
            }
        }
        //
        if !person.isActivated, person.profile.overridden(by: admin.profile) != person.profile {
            add("updateProfile", "", email)
        }
    }

    /// somebody who cannot be invited gets nothing of this plan.
    private mutating func leaveOutTheRefused() {
        for email in Set(moves.filter(\.isJoin).map(\.person)) {
            let declared = desired.admins.first { $0.email.canonical == email }
            let account = model.people[email]
            let isLone = account?.isBlocked == true && model.spots(ofPerson: email).isEmpty
            let isUnblocked = isOperator && declared?.blocked == false
            // Where the actor may add nobody, the step needs no second reason.
            let isNewAdmin = moves.contains {
                $0.kind == "inviteAdmin" && $0.person == email && adds($0.place)
            }
            let isComplete = declared?.profile.isCompleteForAdmin ?? false
            if isLone, !isUnblocked, mayInvite(email) {
                refusals.insert("E262")
            } else if isNewAdmin, !isComplete, declared?.automation != true {
                refusals.insert("E231")
            } else {
                continue
            }
            moves.removeAll { $0.person == email }
        }
    }

    /// whether the actor can know of this account: both are in one tenant, or the person is
    /// or is declared where the actor adds people.
    private func knows(_ person: String) -> Bool {
        if isOperator || actor == person { return true }
        let members = desired.memberships.filter { $0.email.canonical == person }
        let users = desired.identityUsers.filter { $0.email.canonical == person }
        let held = model.spots(ofPerson: person).map(\.place)
        let places =
            held + members.map(\.tenant.text)
            + users.map { Address.identity($0.identity).text }
        return places.contains(where: adds)
            || held.contains { place in
                !place.hasPrefix("identity:")
                    && model.seats[Model.Spot(place: place, person: actor)] != nil
            }
    }

    /// Whether the actor adds people here by its own right.
    private func adds(_ place: String) -> Bool {
        isOperator || model.activeAdmins(of: place).contains(actor)
            || model.activeHolders(of: "invite_admins", in: place).contains(actor)
    }

    /// nobody else is told what is known of this person.
    private func mayInvite(_ person: String) -> Bool {
        moves.contains { $0.isJoin && $0.person == person && adds($0.place) }
    }

    ///
    private mutating func endAccount(of person: String) {
        let gone = moves.filter { $0.kind.hasPrefix("remove") && $0.person == person }.map(\.spot)
        let isThere =
            model.spots(ofPerson: person).contains { !gone.contains($0) }
            || moves.contains { $0.isJoin && $0.person == person }
        let isUnblocked = moves.contains { $0.kind == "unblockAccount" && $0.person == person }
        let isBlocked = moves.contains { $0.kind == "blockAccount" && $0.person == person }
        let staysBlocked = isBlocked || (model.people[person]?.isBlocked == true && !isUnblocked)
        if isThere || staysBlocked { return }
        moves.removeAll { $0.kind == "updateProfile" && $0.person == person }
        add("deleteAccount", "", person)
    }
}
