import AccessModel

/// What `RULES.md` says a store is and becomes, once more and as plainly as it can be said: sets,
/// loops and texts, without a word of `Planning`. The simulation compares the product with it.
struct Model: Equatable {
    struct Person: Equatable {
        var isActivated: Bool
        var isBlocked = false
        /// A pipeline's account.
        var isMachine = false
        var profile = Profile()
    }

    /// An invitation that somebody has not answered.
    struct Offer: Hashable {
        var state = "live"
        var generation = 1
        var expires: Instant
        var resends = 0
        /// Tells every link that ever was from every other.
        var number = 0
    }

    /// Somebody's place in a tenant or in an identity.
    struct Seat: Hashable {
        var permissions: Set<String> = []
        var roles: Set<String> = []
        var isAdmin = false
        var isEnabled = true
        /// Has not joined yet.
        var offer: Offer?

        var isEmpty: Bool { permissions.isEmpty && roles.isEmpty }
    }

    /// A place is a tenant's name, or `identity:CODE`.
    struct Spot: Hashable {
        var place: String
        var person: String

        var text: String { "\(place)/\(person)" }
    }

    var roles: Set<String> = []
    var titles: [String: String] = [:]
    /// The roles that each tenant offers.
    var offers: [String: Set<String>] = [:]
    /// The tenant of each identity.
    var homes: [String: String] = [:]
    var people: [String: Person] = [:]
    var seats: [Spot: Seat] = [:]
    /// In a view: whether those who leave a place have one that it does not show.
    private var elsewhere: [String: Bool] = [:]
    private var links = 0

    func spots(of place: String) -> [Spot] {
        seats.keys.filter { $0.place == place }.sorted { $0.person < $1.person }
    }

    func spots(ofPerson person: String) -> [Spot] {
        seats.keys.filter { $0.person == person }.sorted { $0.place < $1.place }
    }

    /// Activated, not Blocked, and joined.
    func isActive(_ spot: Spot) -> Bool {
        guard let seat = seats[spot], let person = people[spot.person] else { return false }
        return person.isActivated && !person.isBlocked && seat.offer == nil
    }

    /// Whose permissions are worth something: count them.
    func activeHolders(of permission: String?, in tenant: String) -> Set<String> {
        Set(
            spots(of: tenant).filter { spot in
                guard isActive(spot), let held = seats[spot]?.permissions else { return false }
                return permission.map { held.contains($0) } ?? !held.isEmpty
            }.map(\.person))
    }

    ///
    func activeAdmins(of identity: String) -> Set<String> {
        Set(
            spots(of: identity).filter {
                isActive($0) && seats[$0]?.isAdmin == true && seats[$0]?.isEnabled == true
            }.map(\.person))
    }
}

// What one step of a plan, an answer to an invitation and time make of the store.
extension Model {
    /// One step of a plan, in the words of the closed list of PRODUCT section 5.
    struct Move: Hashable {
        var kind: String
        var place = ""
        var person = ""
        /// The permission, role, tenant or title that it is about.
        var value = ""
        /// What the person gets, or loses.
        var seat = Seat()
        var by = ""
        /// Who gives and takes, where the membership names somebody.
        var grantor: String?
        var mail: String?

        var address: String {
            switch kind {
            case "createRole": "role:\(value)"
            case "createTenant", "updateTenant", "deleteTenant": "tenant:\(place)"
            case "enableRole", "disableRole": "tenant:\(place)#role:\(value)"
            case "createIdentity", "updateIdentity", "deleteIdentity": place
            case "grantPermission", "revokePermission": "\(place)/\(person)#permission:\(value)"
            case "assignRole", "unassignRole": "\(place)/\(person)#role:\(value)"
            case "updateProfile", "blockAccount", "unblockAccount", "deleteAccount":
                "account:\(person)"
            default: "\(place)/\(person)"
            }
        }

        var line: String { "\(kind) \(address) by \(by)" + (mail.map { ", " + $0 } ?? "") }
        var spot: Spot { Spot(place: place, person: person) }
        var isJoin: Bool { ["inviteAdmin", "addAdmin", "addIdentityUser"].contains(kind) }
    }

    mutating func apply(_ move: Move, _ desired: DesiredState, at now: Instant) {
        let settings = desired.project.invitations
        let end = Instant(seconds: now.seconds + settings.expireAfter)
        switch move.kind {
        case "createRole": roles.insert(move.value)
        case "createTenant":
            (offers[move.place], titles[move.place]) = (move.seat.roles, move.value)
        case "updateTenant": titles[move.place] = move.value
        case "enableRole": offers[move.place]?.insert(move.value)
        case "disableRole": offers[move.place]?.remove(move.value)
        case "deleteTenant": (offers[move.place], titles[move.place]) = (nil, nil)
        case "createIdentity", "updateIdentity": homes[move.place] = move.value
        case "deleteIdentity": homes[move.place] = nil
        case "inviteAdmin", "addAdmin", "addIdentityUser":
            let declared = desired.admins.first { $0.email.canonical == move.person }
            let old = people[move.person]
            let isMachine = declared?.automation ?? false
            let person =
                old
                ?? Person(
                    isActivated: isMachine, isMachine: isMachine,
                    profile: declared?.profile ?? Profile())
            people[move.person] = person
            seats[move.spot] = move.seat
            let mustAnswer = settings.acceptance == .required && !person.isMachine
            if !person.isActivated || (mustAnswer && old != nil) {
                links += 1
                seats[move.spot]?.offer = Offer(expires: end, number: links)
            }
        case "removeAdmin", "removeIdentityUser": seats[move.spot] = nil
        case "deleteAccount": people[move.person] = nil
        case "blockAccount": people[move.person]?.isBlocked = true
        case "unblockAccount": people[move.person]?.isBlocked = false
        case "updateProfile":
            let declared = desired.admins.first { $0.email.canonical == move.person }
            let profile = people[move.person]?.profile.overridden(
                by: declared?.profile ?? Profile())
            people[move.person]?.profile = profile ?? Profile()
        case "resendInvitation": renew(move.spot, until: end, byHand: false)
        default: change(move)
        }
    }

    private mutating func change(_ move: Move) {
        switch move.kind {
        case "grantPermission": seats[move.spot]?.permissions.insert(move.value)
        case "revokePermission": seats[move.spot]?.permissions.remove(move.value)
        case "assignRole": seats[move.spot]?.roles.insert(move.value)
        case "unassignRole": seats[move.spot]?.roles.remove(move.value)
        case "setIdentityAdmin": seats[move.spot]?.isAdmin = true
        case "unsetIdentityAdmin": seats[move.spot]?.isAdmin = false
        case "setIdentityRoles": seats[move.spot]?.roles = move.seat.roles
        case "enableIdentityUser": seats[move.spot]?.isEnabled = true
        case "disableIdentityUser": seats[move.spot]?.isEnabled = false
        default: preconditionFailure("no such kind: \(move.kind)")
        }
    }

    /// a new link, and the old one is dead. By hand the counting begins anew.
    mutating func renew(_ spot: Spot, until end: Instant, byHand: Bool) {
        guard let offer = seats[spot]?.offer else { return }
        links += 1
        seats[spot]?.offer = Offer(
            generation: offer.generation + 1, expires: end,
            resends: byHand ? 0 : offer.resends + 1, number: links)
    }

    /// Whether the link to this place can be answered.
    func canAnswer(_ spot: Spot, at now: Instant) -> Bool {
        guard let offer = seats[spot]?.offer, let person = people[spot.person] else { return false }
        return offer.state == "live" && now < offer.expires && !person.isBlocked
    }

    /// All that waits for a new account; for others the place itself.
    private func answered(by spot: Spot) -> [Spot] {
        guard people[spot.person]?.isActivated == false else { return [spot] }
        return spots(ofPerson: spot.person).filter { seats[$0]?.offer != nil }
    }

    mutating func accept(_ spot: Spot) {
        for place in answered(by: spot) {
            seats[place]?.offer = nil
            if let offered = offers[place.place] { seats[place]?.roles.formIntersection(offered) }
        }
        people[spot.person]?.isActivated = true
    }

    mutating func decline(_ spot: Spot) {
        for place in answered(by: spot) where seats[place]?.offer?.state == "live" {
            seats[place]?.offer?.state = "declined"
        }
    }
}

extension Model {
    /// What a plan with these steps was computed from, of which R-41 speaks: the tenants and
    /// identities that it changes and the accounts that it touches, without Invited and Activated.
    func view(of moves: [Move]) -> Model {
        var view = Model()
        var places = Set(moves.map(\.place))
        for move in moves where ["createIdentity", "updateIdentity"].contains(move.kind) {
            places.formUnion([move.value, homes[move.place] ?? ""])
        }
        for place in places {
            (view.titles[place], view.offers[place]) = (titles[place], offers[place])
            view.homes[place] = homes[place]
            for spot in spots(of: place) {
                view.seats[spot] = seats[spot]
                view.seats[spot]?.offer = nil
            }
        }
        // What is sent again must still be what it was.
        for move in moves where move.kind == "resendInvitation" {
            view.seats[move.spot]?.offer = seats[move.spot]?.offer
        }
        // Their account goes with the last place.
        for move in moves
        where ["removeAdmin", "removeIdentityUser", "deleteAccount", "unblockAccount"]
            .contains(move.kind)
        {
            view.elsewhere[move.person] = spots(ofPerson: move.person).contains {
                !places.contains($0.place)
            }
        }
        for person in Set(moves.map(\.person)) {
            view.people[person] = people[person]
            view.people[person]?.isActivated = true
        }
        return view
    }
}
