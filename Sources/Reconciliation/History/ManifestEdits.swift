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
        let known = Set(changes(from: observed).map(\.action))
        let people = Set(undo.compactMap(\.address.person))
        var told: Set<Address> = []
        var edits: [ManifestEdit] = []
        for change in changes(from: after) where !known.contains(change.action) {
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
        return edits.sorted { ($0.address, $0.message) < ($1.address, $1.message) }
    }

    /// The operator's plan for the manifests as they are.
    private func changes(from state: ObservedState) -> [Change] {
        plan(
            PlanRequest(
                desired: declared, observed: state, actor: .platformOperator, now: now)
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
        guard let advice = Advice(against: action) else { return nil }
        let change = Change(action: action, actor: .platformOperator, reason: .declared)
        return ManifestEdit(
            address: action.address.text, message: advice.message,
            location: loaded.source(of: change), yaml: advice.yaml)
    }
}

/// What to do to the manifests so that they do not ask for an action.
private struct Advice {
    var message: String
    var yaml: String?

    init(_ message: String, _ yaml: String? = nil) {
        self.message = message
        self.yaml = yaml
    }

    init?(against action: Action) {
        switch action {
        case .createPermission, .createRole, .createTenant, .createIdentity:
            self.init("remove this declaration")
        case .deletePermission, .deleteRole, .deleteTenant, .deleteIdentity:
            self.init("remove `state: absent`")
        case .updatePermission(_, let before, _):
            self.init(writing: [("title", before.title)])
        case .updateRole(_, let before, _):
            self.init(writing: [
                ("name", before.name?.text), ("title", before.title),
                ("description", before.description), ("application", before.application),
                ("sensitive", before.sensitive.map { "\($0)" }),
            ])
        case .updateTenant(_, let before, _):
            self.init(writing: [
                ("name", before.name?.text), ("title", before.title),
                ("environment", before.environment?.rawValue),
            ])
        case .updateIdentity(_, let before, _):
            self.init(writing: [
                ("code", before.code?.text), ("tenant", before.tenant?.text),
                ("title", before.title),
            ])
        case .enableRole(_, let role): self.init("take `\(role)` out of `availableRoles`")
        case .disableRole(_, let role): self.init("add `\(role)` to `availableRoles`")
        case .inviteAdmin, .addAdmin: self.init("remove this membership")
        case .addIdentityUser: self.init("remove this user")
        case .removeAdmin(let tenant, let email, let grants):
            self.init("declare it again", membershipYAML(tenant, email, grants))
        case .removeIdentityUser(let code, let email, let user):
            self.init("declare it again", userYAML(code, email, user))
        case .grantPermission(_, _, let name):
            self.init("take `\(name)` out of the permissions and bundles")
        case .revokePermission(_, _, let name): self.init("add `\(name)` to the permissions")
        case .assignRole(_, _, let name): self.init("take `\(name)` out of the roles and bundles")
        case .unassignRole(_, _, let name): self.init("add `\(name)` to the roles")
        case .setIdentityAdmin: self.init("write `admin: false`")
        case .unsetIdentityAdmin: self.init("write `admin: true`")
        case .setIdentityRoles(_, _, let before, _):
            self.init("write `roles: \(yamlList(before))`")
        case .enableIdentityUser: self.init("write `enabled: false`")
        case .disableIdentityUser: self.init("write `enabled: true`")
        case .blockAccount: self.init("write `blocked: false`")
        case .unblockAccount: self.init("write `blocked: true`")
        case .updateProfile(_, _, let after):
            let fields = [
                ("firstName", after.firstName), ("lastName", after.lastName),
                ("mobile", after.mobile), ("language", after.language),
            ].filter { $0.1 != nil }.map { "`\($0.0)`" }
            self.init("write \(fields.joined(separator: ", ")) as before")
        case .deleteAccount, .resendInvitation: return nil
        }
    }

    private init(writing fields: [(String, String?)]) {
        let lines = fields.compactMap { key, value in
            value.map { "`\(key): \($0 == "true" || $0 == "false" ? $0 : yamlScalar($0))`" }
        }
        let isRename = fields.contains { ($0.0 == "name" || $0.0 == "code") && $0.1 != nil }
        self.init(
            "write \(lines.joined(separator: ", "))"
                + (isRename ? ", and take that name out of `formerly`" : ""))
    }
}
