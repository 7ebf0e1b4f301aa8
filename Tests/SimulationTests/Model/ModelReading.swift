import AccessModel
import Planning

// The product's answers in the model's words, for comparing.
extension Model {
    /// What a store shows.
    init(_ state: ObservedState) {
        roles = Set(state.roles.keys.map(\.text))
        for tenant in state.tenants.values {
            titles[tenant.name.text] = tenant.title
            offers[tenant.name.text] = Set(tenant.availableRoles.map(\.text))
        }
        for identity in state.identities.values {
            homes[Address.identity(identity.code).text] = identity.tenant.text
        }
        for account in state.accounts.values {
            people[account.email.canonical] = Person(
                isActivated: account.state == .activated, isBlocked: account.blocked,
                isMachine: account.automation, profile: account.profile)
        }
        func offer(_ scope: Scope, _ isPending: Bool) -> Offer? {
            guard isPending, let invitation = state.invitations[scope] else { return nil }
            return Offer(
                state: invitation.state.rawValue, generation: invitation.generation,
                expires: invitation.expiresAt, resends: invitation.automaticResends)
        }
        for (tenant, members) in state.memberships {
            for (email, member) in members {
                seats[Spot(place: tenant.text, person: email.canonical)] = Seat(
                    permissions: Set(member.grants.permissions.map(\.text)),
                    roles: Set(member.grants.roles.map(\.text)),
                    offer: offer(.membership(tenant, email), member.pending))
            }
        }
        for (code, users) in state.identityUsers {
            for (email, user) in users {
                let place = Address.identity(code).text
                seats[Spot(place: place, person: email.canonical)] = Seat(
                    roles: Set(user.roles.map(\.text)), isAdmin: user.admin,
                    isEnabled: user.enabled, offer: offer(.identityUser(code, email), user.pending))
            }
        }
    }

    /// Every fact as a line.
    var facts: Set<String> {
        var facts = roles.map { "role \($0)" } + titles.map { "tenant \($0.key) “\($0.value)”" }
        facts += offers.flatMap { tenant, roles in roles.map { "\(tenant) offers \($0)" } }
        facts += homes.map { "\($0.key) of \($0.value)" } + people.map { "\($0.key) \($0.value)" }
        for (spot, seat) in seats {
            facts.append(
                "\(spot.text) \(seat.permissions.sorted()) \(seat.roles.sorted())"
                    + (seat.isAdmin ? " admin" : "") + (seat.isEnabled ? "" : " off"))
            guard let offer = seat.offer else { continue }
            facts.append(
                "\(spot.text) waits: \(offer.state) \(offer.generation) "
                    + "until \(offer.expires.text), sent again \(offer.resends)")
        }
        return Set(facts)
    }

    /// What one has and the other has not.
    func differences(from product: Model) -> [String] {
        facts.subtracting(product.facts).sorted().map { "only the model: " + $0 }
            + product.facts.subtracting(facts).sorted().map { "only the product: " + $0 }
    }
}

extension Change {
    var line: String {
        "\(kind.rawValue) \(address.text) by \(actor.text)"
            + (mail.map { ", " + $0.rawValue } ?? "")
    }

    /// Where a rule refuses a plan, strangers are not told who has an account.
    var discreetLine: String { Self.discreet(kind.rawValue, address.text) }

    static func discreet(_ kind: String, _ address: String) -> String {
        (kind == "inviteAdmin" ? "addAdmin" : kind) + " " + address
    }
}

// The invariants of RULES section 7, and what they say of invitations.
extension ObservedState {
    var faults: [String] {
        var faults = brokenInvariants(self, during: nil)
        for (scope, invitation) in invitations where invitation.state == .live {
            let isPending =
                switch scope {
                case .membership(let tenant, let email):
                    membership(of: email, in: tenant)?.pending
                case .identityUser(let code, let email): user(email, of: code)?.pending
                }
            if isPending != true { faults.append("\(scope.address) has a live link to nothing") }
        }
        return faults.sorted()
    }
}
