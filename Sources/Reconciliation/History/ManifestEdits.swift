import AccessModel
import Diagnostics
import Manifests
import Planning

/// What must change in the manifests with an undo: whatever the next plan would do because of it.
///
/// The next plan is computed, so that nothing is asked of manifests that are as they should be.
struct ManifestEdits {
    let undo: [Change]
    let declared: DesiredState
    let observed: ObservedState
    let now: Instant

    func edits(in loaded: LoadedManifests) -> [ManifestEdit] {
        guard !undo.isEmpty else { return [] }
        var after = observed
        for change in undo {
            after.apply(change.action, acceptance: declared.project.invitations.acceptance)
        }
        let known = Set(changes(to: declared, from: observed).map(\.action))
        let asked = changes(to: declared, from: after).filter { !known.contains($0.action) }
        let deletions = asked.filter(\.action.kind.isOfAbsence)
        // What the declarations ask for once they delete no more.
        let kept = declared.keeping(Set(deletions.map(\.address)))
        let next =
            deletions.isEmpty
            ? asked
            : deletions
                + changes(to: kept, from: after).filter { !known.contains($0.action) }
        let people = Set(undo.compactMap(\.address.person))
        var told: Set<Address> = []
        var edits: [ManifestEdit] = []
        for change in next {
            guard change.address.person.map(people.contains) ?? true,
                let edit = edit(for: change.action, in: loaded)
            else { continue }
            told.insert(change.address)
            edits.append(edit)
        }
        // Somebody whose declaration lacks the details for a new account is in no plan.
        for change in undo where !told.contains(change.address) {
            guard declares(change), let edit = edit(forRedoing: change.action, in: loaded) else {
                continue
            }
            edits.append(edit)
        }
        edits += editsOfRenames(from: after, told: told, in: loaded)
        var lines: Set<ManifestEdit> = []
        return edits.sorted { ($0.address, $0.message) < ($1.address, $1.message) }
            .filter { edit in
                // One line may speak for several places, and is changed once.
                var line = edit
                line.address = ""
                return edit.location == nil || lines.insert(line).inserted
            }
    }

    /// An earlier address that is back cannot stay an earlier address (E131); and one that is there
    /// only until the new one is active goes with the new one's declaration.
    private func editsOfRenames(
        from after: ObservedState, told: Set<Address>, in loaded: LoadedManifests
    ) -> [ManifestEdit] {
        var edits: [ManifestEdit] = []
        for admin in declared.admins {
            for old in admin.formerly {
                let left = undo.compactMap { remaining($0.action, of: admin.email, old, in: after) }
                let returns = undo.contains { $0.address.person == old && after.hasPlace(old) }
                guard returns || !left.isEmpty else { continue }
                edits += left.filter { !told.contains($0.address) }
                    .compactMap { edit(for: $0, in: loaded) }
                edits.append(
                    ManifestEdit(
                        address: Address.account(admin.email).text,
                        message: "take `\(old.spelling)` out of `formerly`",
                        location: loaded.location(of: .account(admin.email))))
            }
        }
        return edits
    }

    /// What the next plan does to the earlier address once the new one is not declared there.
    private func remaining(
        _ action: Action, of new: EmailAddress, _ old: EmailAddress, in after: ObservedState
    ) -> Action? {
        switch action {
        case .removeAdmin(let tenant, new, _):
            after.membership(of: old, in: tenant).map { .removeAdmin(tenant, old, $0.grants) }
        case .removeIdentityUser(let code, new, _):
            after.user(old, of: code).map { .removeIdentityUser(code, old, $0.entry) }
        default: nil
        }
    }

    /// The operator's plan.
    private func changes(to desired: DesiredState, from state: ObservedState) -> [Change] {
        plan(
            PlanRequest(
                desired: desired, observed: state, actor: .platformOperator, now: now)
        ).changes
    }

    private func declares(_ change: Change) -> Bool {
        switch change.action {
        case .removeAdmin(let tenant, let email, _):
            declared.memberships.contains { membership in
                membership.tenant == tenant && membership.email == email
                    && membership.expires.map { $0 > now } ?? true
            }
        case .removeIdentityUser(let code, let email, _):
            declared.identityUsers.contains { user in
                user.identity == code && user.email == email
                    && user.expires.map { $0 > now } ?? true
            }
        default: false
        }
    }

    private func edit(forRedoing action: Action, in loaded: LoadedManifests) -> ManifestEdit? {
        switch action {
        case .removeAdmin(let tenant, let email, let grants):
            edit(for: .addAdmin(tenant, email, grants), in: loaded)
        case .removeIdentityUser(let code, let email, let user):
            edit(
                for: .addIdentityUser(
                    code, email, NewIdentityUser(admin: user.admin, roles: user.roles), nil),
                in: loaded)
        default: nil
        }
    }

    /// - Parameter action: of the next plan.
    private func edit(for action: Action, in loaded: LoadedManifests) -> ManifestEdit? {
        guard var advice = ManifestAdvice(against: action) else { return nil }
        if let end = declared.endedEntry(of: action.address, at: now) {
            return ManifestEdit(
                address: end.text, message: "write a later `expires`, or none",
                location: loaded.location(of: end))
        }
        let entry = loaded.identityAdminsEntry(behind: action)
        if declared.cascades(at: action.address) {
            advice.message += " and `cascade`"
        } else if entry != nil, let person = action.address.person {
            advice.message =
                "take `\(person.spelling)` out of the tenant's `identityAdmins`, "
                + "which makes an admin of each of its identities"
        } else if let place = action.address.place, declared.cascades(at: place) {
            advice.message += ", unless the document still has it"
        }
        let change = Change(action: action, actor: .platformOperator, reason: .declared)
        return ManifestEdit(
            address: action.address.text, message: advice.message,
            location: entry ?? loaded.source(of: change), yaml: advice.yaml)
    }
}

extension LoadedManifests {
    /// Where the tenant's `identityAdmins` alone make the admin whom an action makes.
    fileprivate func identityAdminsEntry(behind action: Action) -> Location? {
        let admins: [Declaration]
        switch action {
        case .addIdentityUser(let code, let email, let user, _) where user.admin:
            guard
                provenance.declarations(of: .identityUser(code, email))
                    .contains(where: { $0.document == .identityAdmins })
            else { return nil }
            admins = provenance.adminDeclarations(of: code, email)
        case .setIdentityAdmin(let code, let email):
            admins = provenance.adminDeclarations(of: code, email)
        default: return nil
        }
        guard let first = admins.first, admins.allSatisfy({ $0.document == .identityAdmins })
        else { return nil }
        return sources.location(of: first.span)
    }
}
