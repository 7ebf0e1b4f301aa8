import AccessModel
import Manifests
import Planning

/// What to do to the manifests so that they do not ask for an action.
struct ManifestAdvice {
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
            value.map { "`\(key): \($0 == "true" || $0 == "false" ? $0 : scalarText($0))`" }
        }
        let isRename = fields.contains { ($0.0 == "name" || $0.0 == "code") && $0.1 != nil }
        self.init(
            "write \(lines.joined(separator: ", "))"
                + (isRename ? ", and take that name out of `formerly`" : ""))
    }
}
