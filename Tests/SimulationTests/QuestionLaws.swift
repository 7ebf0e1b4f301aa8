import AccessModel
import Manifests
import Reconciliation
import Storage
import Support

/// What the answers about people leave out or make up, of a store that Muster alone has written and
/// that an apply has just made equal to the manifests.
func untruths(
    about store: any Store, _ observed: ObservedState, _ loaded: LoadedManifests, now: Instant
) async throws -> [String] {
    var broken: [String] = []
    let project = Project(name: "acme-access")
    for person in observed.accounts.keys.sorted() {
        let question = WhyQuestion(
            person: person, tenant: nil, project: project, loaded: loaded, now: now)
        guard let plain = question.answer(from: observed) else {
            broken.append("nothing is known of \(person)")
            continue
        }
        let answer = try await question.explained(plain, from: observed, by: store)
        if answer.told != observed.told(of: person) {
            broken.append("the rights of \(person) are \(answer.told)")
        }
        for place in answer.places {
            for right in place.rights {
                let name = "\(place.scope.address) \(right.kind)"
                switch right.origin {
                case .run: if !right.held { broken.append("\(name) is not held, and given") }
                case .outside, .unrecorded: broken.append("\(name) is by no run")
                case nil: if right.held { broken.append("\(name) is by nobody") }
                }
                switch right.standing {
                case .declared, .unmanaged, .observed, .renaming: break
                case .notApplied, .overdue, .undeclared, .unknown:
                    broken.append("\(name) is \(right.standing.word) after an apply")
                }
            }
        }
    }
    for (tenant, members) in observed.memberships {
        for role in ["r1", "r2", "r3"] {
            let answer = WhoCanQuestion(
                name: role, tenant: tenant, project: project, loaded: loaded, now: now
            ).answer(from: observed)
            let holders = members.filter { $0.value.grants.roles.contains(RoleName(role)) }.keys
            let told = answer.parts.flatMap(\.holders).map(\.email)
            if told.sorted() != holders.sorted() {
                broken.append("\(role) on \(tenant) is said to be of \(told)")
            }
        }
    }
    return broken
}

extension WhyAnswer {
    /// The rights that the person holds, in words of the test's own.
    fileprivate var told: [String] {
        places.filter(\.held).flatMap { place in
            place.rights.filter(\.held).map { right in
                let what =
                    switch right.kind {
                    case .member: ""
                    case .permission(let name): " permission \(name)"
                    case .role(let name): " role \(name)"
                    case .user: ""
                    case .identityAdmin: " admin"
                    case .label(let label): " label \(label)"
                    case .enabled(let enabled): enabled ? "" : " disabled"
                    }
                return place.scope.address.text + what
            }
        }.filter { !$0.isEmpty }.reduce(into: Set<String>()) { $0.insert($1) }.sorted()
    }
}

extension ObservedState {
    fileprivate func told(of person: EmailAddress) -> [String] {
        var told: Set<String> = []
        for (tenant, members) in memberships {
            guard let member = members[person] else { continue }
            let place = Address.membership(tenant, person).text
            told.formUnion(member.grants.permissions.map { "\(place) permission \($0)" })
            told.formUnion(member.grants.roles.map { "\(place) role \($0)" })
            if member.grants == Grants() { told.insert(place) }
        }
        for (code, users) in identityUsers {
            guard let user = users[person] else { continue }
            let place = Address.identityUser(code, person).text
            told.insert(place)
            if user.admin { told.insert(place + " admin") }
            if !user.enabled { told.insert(place + " disabled") }
            told.formUnion(user.roles.map { "\(place) label \($0)" })
        }
        return told.sorted()
    }
}
