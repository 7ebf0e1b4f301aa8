import AccessModel
import Invitations
import Planning
import Reconciliation
import Storage
import Support

// What happens in a modelled life.
extension ModelledLife {
    /// One event, of which the dice decide; gives back what the product and the model say
    /// differently.
    mutating func event() async throws -> [String] {
        serials += 1
        counts.events += 1
        let person = WorldMaker.people.randomElement(using: &maker.dice) ?? "a"
        switch inForce == nil ? 0 : Int.random(in: 0..<100, using: &maker.dice) {
        case ..<12:
            log.append("new manifests, applied by the operator")
            desired = maker.manifests()
            settle()
            return try await planned(as: .platformOperator)
        case ..<30:
            let actor = maker.dice.chance(80) ? "me" : person
            log.append("an edit, applied by \(actor)")
            desired = maker.edited(inForce ?? desired)
            settle(like: desired)
            return try await planned(as: .person(.of(actor)))
        case ..<36:
            log.append("an edit, planned by the operator")
            desired = maker.edited(desired)
            settle(like: inForce ?? desired)
            return try await plan(as: .platformOperator)
        case ..<42:
            log.append("a plan by me")
            return try await plan(as: .person(.of("me")))
        case ..<52:
            log.append("a saved plan is applied")
            let newest = maker.dice.chance(60) ? saved.last : nil
            guard let saved = newest ?? saved.randomElement(using: &maker.dice) else { return [] }
            return try await apply(saved)
        case ..<70: return try await answer(person)
        case ..<78:
            let days = Int64.random(in: 1...9, using: &maker.dice)
            log.append("\(days) days pass")
            now = now.adding(days: days)
            return []
        case ..<86: return try await byHand(person)
        case ..<96:
            try await foreign()
            return []
        default: return try await together()
        }
    }

    /// Others than the operator keep the settings.
    private mutating func settle(like other: DesiredState) {
        for index in desired.admins.indices { desired.admins[index].formerly = [] }
        if maker.dice.chance(90) { desired.project = (inForce ?? other).project }
    }

    private mutating func planned(as actor: Actor) async throws -> [String] {
        let count = saved.count
        let broken = try await plan(as: actor)
        guard broken.isEmpty, saved.count > count, let last = saved.last else { return broken }
        if maker.dice.chance(25) {
            log.append("… is not applied yet")
            return []
        }
        let found = try await apply(last)
        if saved.count > 4 { saved.removeFirst() }
        return found
    }

    // MARK: - Answers

    private func token(_ spot: Model.Spot, _ observed: ObservedState) throws -> String? {
        guard let scope = observed.scope(spot), let invitation = observed.invitations[scope],
            let origin = observed.origin
        else { return nil }
        let key = try FixedKey().key(mayCreate: false)
        return key.token(
            store: origin.id, invitation: invitation.id, generation: invitation.generation)
    }

    /// Remembers the links of the present.
    mutating func remember() async throws {
        let observed = try await snapshot(stores[0])
        for (spot, seat) in model.seats {
            guard let offer = seat.offer, let token = try token(spot, observed) else { continue }
            if links[token] == nil { links[token] = (spot, offer.number) }
        }
    }

    /// Somebody answers a link, mostly the newest, or one of those that were.
    private mutating func answer(_ person: String) async throws -> [String] {
        let own = links.keys.sorted().filter { token in
            guard let (spot, number) = links[token] else { return false }
            return model.seats[spot]?.offer?.number == number
        }
        let tokens = maker.dice.chance(75) && !own.isEmpty ? own : links.keys.sorted()
        guard let token = tokens.randomElement(using: &maker.dice),
            let (spot, number) = links[token]
        else { return [] }
        let accepts = maker.dice.chance(85)
        let isNewest = model.seats[spot]?.offer?.number == number
        let isGood = isNewest && model.canAnswer(spot, at: now)
        log.append(
            "\(spot.text) \(accepts ? "accepts" : "declines")\(isNewest ? "" : ", an old link")")
        var broken: [String] = []
        for store in stores {
            let desk = desk(store, .platformOperator)
            let isDone: Bool
            do {
                if accepts {
                    _ = try await desk.accept(token: token)
                } else {
                    _ = try await desk.decline(token: token)
                }
                isDone = true
            } catch {
                isDone = false
            }
            if isDone != isGood { broken.append("the answer is \(isDone ? "" : "not ")taken") }
        }
        counts.outcomes[isGood ? (accepts ? "accept" : "decline") : "dead link", default: 0] += 1
        if isGood { accepts ? model.accept(spot) : model.decline(spot) }
        return broken
    }

    func desk(_ store: any Store, _ actor: Actor) -> InvitationDesk {
        InvitationDesk(
            store: store, keys: FixedKey(), context: context(actor),
            project: (inForce ?? desired).project)
    }

    // MARK: - By hand

    /// R-02: `resend` and `revoke`, by the operator or by somebody who may or may not.
    private mutating func byHand(_ name: String) async throws -> [String] {
        let person = EmailAddress.of(name)
        let actor: Actor =
            maker.dice.chance(40)
            ? .platformOperator
            : .person(.of(WorldMaker.people.randomElement(using: &maker.dice) ?? "me"))
        let resends = maker.dice.chance(60)
        log.append("\(actor.text) \(resends ? "resends" : "revokes") \(name)")
        let open = model.spots(ofPerson: person.canonical).filter { spot in
            guard let offer = model.seats[spot]?.offer else { return false }
            return resends || ["live", "undeliverable"].contains(offer.state)
        }
        let mayAll = open.allSatisfy { spot in
            guard let email = actor.email?.canonical else { return true }
            return spot.place.hasPrefix("identity:")
                ? model.activeAdmins(of: spot.place).contains(email)
                : model.activeHolders(of: "invite_admins", in: spot.place).contains(email)
        }
        let isBlocked = model.people[person.canonical]?.isBlocked ?? true
        let isGood = !open.isEmpty && mayAll && !(resends && isBlocked)
        var broken: [String] = []
        for store in stores {
            let desk = desk(store, actor)
            let isDone: Bool
            do {
                if resends {
                    _ = try await desk.resend(person, in: nil)
                } else {
                    _ = try await desk.revoke(person, in: nil)
                }
                isDone = true
            } catch {
                isDone = false
            }
            if isDone != isGood { broken.append("it is \(isDone ? "" : "not ")done") }
        }
        counts.outcomes[isGood ? (resends ? "resend" : "revoke") : "refused by hand", default: 0] +=
            1
        guard isGood else { return broken }
        let end = Instant(
            seconds: now.seconds + (inForce ?? desired).project.invitations.expireAfter)
        for spot in open {
            if resends {
                model.renew(spot, until: end, byHand: true)
            } else {
                model.seats[spot]?.offer?.state = "revoked"
            }
        }
        return broken
    }

    // MARK: - At the same time

    /// Two applies that do not wait for each other, or one plan twice: one of them comes first, and
    /// the other finds what it finds then, or that the store has moved.
    private mutating func together() async throws -> [String] {
        guard let first = saved.randomElement(using: &maker.dice),
            let second = saved.randomElement(using: &maker.dice)
        else { return [] }
        log.append("two applies at once")
        let (a, b) = (self, self)
        async let one = a.result(of: first.orders[0], as: first.actor, on: stores[0])
        async let other = b.result(of: second.orders[0], as: second.actor, on: stores[0])
        let found = await [one, other]
        let after = Model(try await snapshot(stores[0]))
        for isSwapped in [false, true] {
            var copy = self
            let pair = isSwapped ? [second, first] : [first, second]
            let real = isSwapped ? [found[1], found[0]] : found
            let (outcome, state) = copy.expected(pair[0])
            guard Self.fits(real[0], outcome) else { continue }
            copy.finish(pair[0], outcome, state)
            if real[0] == .applied { copy.applied.insert(pair[0].orders[0].id) }
            let (next, end) = copy.expected(pair[1])
            if Self.fits(real[1], next) {
                copy.finish(pair[1], next, end)
                if real[1] == .applied { copy.applied.insert(pair[1].orders[0].id) }
            } else if real[1] != .stale || outcome != .applied {
                continue
            }
            guard copy.model.differences(from: after).isEmpty else { continue }
            for (place, store) in stores.enumerated().dropFirst() {
                for (saved, real) in zip(pair, real) where real != .stale {
                    _ = await result(of: saved.orders[place], as: saved.actor, on: store)
                }
            }
            self = copy
            counts.outcomes["at once", default: 0] += 1
            return []
        }
        return ["no order of the two explains \(found)"]
    }

    private static func fits(_ found: Outcome, _ expected: Outcome) -> Bool {
        found == expected || (found == .applied && expected == .nothing)
    }
}

extension ObservedState {
    func scope(_ spot: Model.Spot) -> Scope? {
        let email = EmailAddress(canonical: spot.person)
        guard spot.place.hasPrefix("identity:") else {
            return .membership(TenantName(spot.place), email)
        }
        return .identityUser(IdentityCode(String(spot.place.dropFirst("identity:".count))), email)
    }
}
