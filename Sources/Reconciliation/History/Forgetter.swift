package import AccessModel
import Planning
package import Storage

/// Erases a person's data from what a store keeps of the past, as one audited run of the operator.
package struct Forgetter: Sendable {
    let store: any Store
    let context: RunContext

    package init(store: any Store, context: RunContext) {
        self.store = store
        self.context = context
    }

    package enum Problem: Error, Sendable {
        case store(StoreError)
        /// The person has an account or places; they must be removed first.
        case hasAccess(EmailAddress, [Address])
        /// It stands for somebody who was forgotten before.
        case pseudonym(EmailAddress)
        /// Settings last applied name the person: a required admin, a policy, an access test.
        case named(EmailAddress, settings: [String])
        /// It is erased, but the engine could not rewrite its file.
        case notReclaimed(StoreError)
    }

    /// - Throws: `.hasAccess`, `.named`: why a person cannot be forgotten yet.
    package static func check(
        _ person: EmailAddress, in observed: ObservedState
    ) throws(Problem) {
        guard !Forgetting.isPseudonym(person) else { throw .pseudonym(person) }
        var places: [Address] = []
        for (tenant, members) in observed.memberships where members[person] != nil {
            places.append(.membership(tenant, person))
        }
        for (code, users) in observed.identityUsers where users[person] != nil {
            places.append(.identityUser(code, person))
        }
        if places.isEmpty, observed.accounts[person] != nil { places.append(.account(person)) }
        guard places.isEmpty else { throw .hasAccess(person, places.sorted()) }
        let settings = observed.settings.filter { key, value in
            value.lowercased().contains(person.canonical.lowercased())
                || key.lowercased().contains(person.canonical.lowercased())
        }
        guard settings.isEmpty else { throw .named(person, settings: settings.keys.sorted()) }
    }

    /// The lock must be held. Running it again, when nothing is left, still rewrites the file.
    package func forget(
        _ person: EmailAddress, project: Project
    ) async throws(Problem) -> ForgetOutcome {
        let observed: ObservedState
        do { observed = try await store.snapshot(project: project.name) } catch {
            throw .store(error)
        }
        try Self.check(person, in: observed)
        let outcome: ForgetOutcome
        do {
            outcome = try await store.forget(
                ForgetRequest(person: person, run: context.run(.forget, project: project.name)))
        } catch {
            throw .store(error)
        }
        do { try await store.reclaim() } catch { throw .notReclaimed(error) }
        return outcome
    }
}
