package import AccessModel
import Planning
package import Storage

/// Records people who already have access: the operator's, without mail, as one audited run.
package struct Importer: Sendable {
    let store: any Store
    let context: RunContext

    package init(store: any Store, context: RunContext) {
        self.store = store
        self.context = context
    }

    package struct Outcome: Hashable, Sendable {
        package var accounts = 0
        package var memberships = 0
        package var users = 0
        /// Places that the store had already, just so.
        package var known = 0
        package var run: Int64?

        package init() {}
    }

    package enum Problem: Error, Sendable {
        case store(StoreError)
        case lines([ImportProblem])
    }

    /// All or nothing. The lock must be held.
    package func take(
        _ people: [ImportedPerson], project: Project
    ) async throws(Problem) -> Outcome {
        let observed: ObservedState
        do { observed = try await store.snapshot(project: project.name) } catch {
            throw .store(error)
        }
        var draft = ImportDraft(observed: observed)
        for person in people { draft.add(person) }
        draft.settle()
        guard draft.problems.isEmpty else { throw .lines(draft.problems) }
        var outcome = draft.outcome
        let steps = draft.steps
        guard !steps.isEmpty else { return outcome }
        let commit = Commit(
            run: context.run(.import, project: project.name), base: observed.origin,
            underTestClock: context.underTestClock, steps: steps)
        do { outcome.run = try await store.commit(commit).run } catch { throw .store(error) }
        return outcome
    }
}

/// What an import comes to, line by line.
private struct ImportDraft {
    let observed: ObservedState
    private(set) var problems: [ImportProblem] = []
    private(set) var outcome = Importer.Outcome()
    private var accounts: [EmailAddress: Account] = [:]
    private var memberships: [Scope: Membership] = [:]
    private var users: [Scope: IdentityUser] = [:]
    private var order: [Scope] = []
    /// Where each place is first spoken of.
    private var lines: [Scope: Int] = [:]

    init(observed: ObservedState) { self.observed = observed }

    /// Accounts first, then their places, in the file's order.
    var steps: [Step] {
        accounts.values.sorted { $0.email < $1.email }.map(Step.account)
            + order.compactMap { scope in
                switch scope {
                case .membership(let tenant, let email):
                    memberships[scope].map { .membership(tenant, email, $0) }
                case .identityUser(let code, let email):
                    users[scope].map { .user(code, email, $0) }
                }
            }
    }

    mutating func add(_ person: ImportedPerson) {
        guard !person.tenants.isEmpty || !person.identities.isEmpty else {
            return problem(person, "names no tenant and no identity.")
        }
        let account = account(of: person)
        for (name, place) in person.tenants.sorted(by: { $0.key < $1.key }) {
            add(person, TenantName(name), place, account)
        }
        for (code, place) in person.identities.sorted(by: { $0.key < $1.key }) {
            add(person, IdentityCode(code), place, account)
        }
    }

    private mutating func account(of person: ImportedPerson) -> Account {
        if let known = accounts[person.email] ?? observed.accounts[person.email] {
            if known.state != person.state {
                problem(person, "is \(known.state.rawValue) already, not \(person.state.rawValue).")
            }
            if person.blocked, !known.blocked {
                problem(person, "is not blocked; block it in the store first.")
            }
            if accounts[person.email] != nil {
                if let field = person.profile.contradiction(with: known.profile) {
                    problem(person, "has another \(field) on an earlier line.")
                }
                accounts[person.email]?.profile = person.profile.overridden(by: known.profile)
            }
            return known
        }
        let account = Account(
            email: person.email, profile: person.profile, state: person.state,
            blocked: person.blocked, automation: person.automation)
        accounts[person.email] = account
        outcome.accounts += 1
        return account
    }

    private mutating func add(
        _ person: ImportedPerson, _ tenant: TenantName, _ place: ImportedPerson.Place,
        _ account: Account
    ) {
        guard let known = observed.tenants[tenant] else {
            return problem(
                person,
                "is put in the tenant \(tenant), which the store does not have; "
                    + "apply it first.")
        }
        let permissions = place.permissions.map { PermissionName($0) }
        let roles = place.roles.map { RoleName($0) }
        for name in permissions where observed.permissions[name] == nil {
            return problem(
                person, "is given the permission \(name), which the store does not have.")
        }
        for name in roles where !known.availableRoles.contains(name) {
            return problem(
                person, "is given the role \(name), which is not available on \(tenant).")
        }
        let scope = Scope.membership(tenant, person.email)
        let membership = Membership(
            grants: Grants(permissions: SortedSet(permissions), roles: SortedSet(roles)),
            pending: account.state == .invited)
        if let earlier = memberships[scope] {
            let grants = Grants(
                permissions: earlier.grants.permissions.union(membership.grants.permissions),
                roles: earlier.grants.roles.union(membership.grants.roles))
            memberships[scope]?.grants = grants
        } else {
            memberships[scope] = membership
            order.append(scope)
            lines[scope] = person.line
        }
    }

    /// Once all lines are read, as several may speak of one place: what the store has already is
    /// not written again.
    mutating func settle() {
        var missing: [Scope] = []
        for scope in order {
            switch scope {
            case .membership(let tenant, let email):
                guard let present = observed.membership(of: email, in: tenant) else {
                    missing.append(scope)
                    outcome.memberships += 1
                    continue
                }
                if present.grants != memberships[scope]?.grants {
                    problem(scope, "is a member of \(tenant) already, with other grants.")
                }
            case .identityUser(let code, let email):
                guard let present = observed.user(email, of: code) else {
                    missing.append(scope)
                    outcome.users += 1
                    continue
                }
                if present.entry != users[scope]?.entry {
                    problem(scope, "is a user of \(code) already, with other rights.")
                }
            }
            outcome.known += 1
        }
        order = missing
        problems.sort { $0.line < $1.line }
    }

    private mutating func add(
        _ person: ImportedPerson, _ code: IdentityCode, _ place: ImportedPerson.Place,
        _ account: Account
    ) {
        guard observed.identities[code] != nil else {
            return problem(
                person,
                "is put in the identity \(code), which the store does not have; "
                    + "apply it first.")
        }
        let labels = place.roles.map { Label($0) }
        if let bad = labels.first(where: { $0.text.contains(",") }) {
            return problem(person, "is given the role \(bad), which has a comma.")
        }
        let scope = Scope.identityUser(code, person.email)
        let user = IdentityUser(
            admin: place.admin, roles: SortedSet(labels), enabled: place.enabled,
            pending: account.state == .invited)
        if users[scope] == nil {
            users[scope] = user
            order.append(scope)
            lines[scope] = person.line
        } else {
            problem(person, "is a user of \(code) on an earlier line.")
        }
    }

    private mutating func problem(_ scope: Scope, _ message: String) {
        problems.append(
            ImportProblem(line: lines[scope] ?? 1, message: "\(scope.email) \(message)"))
    }

    private mutating func problem(_ person: ImportedPerson, _ message: String) {
        problems.append(ImportProblem(line: person.line, message: "\(person.email) \(message)"))
    }
}

extension Profile {
    /// The first field of which both say something, and not the same.
    fileprivate func contradiction(with other: Profile) -> String? {
        func differ(_ field: KeyPath<Profile, String?>) -> Bool {
            self[keyPath: field] != nil && other[keyPath: field] != nil
                && self[keyPath: field] != other[keyPath: field]
        }
        return [
            ("firstName", \.firstName), ("lastName", \.lastName), ("mobile", \.mobile),
            ("language", \.language),
        ].first { differ($0.1) }?.0
    }
}
