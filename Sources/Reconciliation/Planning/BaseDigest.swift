import AccessModel
import Crypto
import Planning

/// a digest of what a plan read of the tenants and identities that it changes and of the
/// accounts that it touches, without Invited and Activated: an acceptance does not make it stale.
func baseDigest(of changes: [Change], in observed: ObservedState) -> String {
    var digest = BaseDigest(observed: observed)
    var scope = BaseScope()
    for change in changes { scope.add(change.action) }
    digest.add(scope)
    return digest.text
}

/// The things whose state a plan rests on, by the names that the store had.
private struct BaseScope {
    var permissions: Set<PermissionName> = []
    var roles: Set<RoleName> = []
    var tenants: Set<TenantName> = []
    var identities: Set<IdentityCode> = []
    var accounts: Set<EmailAddress> = []
    /// Those whose account may go with their last place.
    var leavers: Set<EmailAddress> = []
    var invitations: Set<Scope> = []

    mutating func add(_ action: Action) {
        let address = action.address
        if let tenant = address.tenant { tenants.insert(tenant) }
        if let code = address.identity { identities.insert(code) }
        if let email = address.person { accounts.insert(email) }
        switch action {
        case .createPermission(let permission), .deletePermission(let permission):
            permissions.insert(permission.name)
        case .updatePermission(let name, _, _): permissions.insert(name)
        case .createRole(let role), .deleteRole(let role): roles.insert(role.name)
        case .updateRole(let name, let before, _): roles.formUnion([name, before.name ?? name])
        case .enableRole(_, let role), .disableRole(_, let role): roles.insert(role)
        case .updateTenant(_, let before, _):
            if let name = before.name { tenants.insert(name) }
        case .updateIdentity(_, let before, let after):
            if let code = before.code { identities.insert(code) }
            for tenant in [before.tenant, after.tenant] {
                if let tenant { tenants.insert(tenant) }
            }
        case .createIdentity(let identity): tenants.insert(identity.tenant)
        case .resendInvitation(let scope, _): invitations.insert(scope)
        case .removeAdmin(_, let email, _), .removeIdentityUser(_, let email, _),
            .deleteAccount(let email, _), .unblockAccount(let email):
            leavers.insert(email)
        default: break
        }
    }
}

private struct BaseDigest {
    let observed: ObservedState
    private var hash = SHA256()

    init(observed: ObservedState) { self.observed = observed }

    var text: String { "sha256:" + hexadecimal(hash.finalize()) }

    mutating func add(_ scope: BaseScope) {
        for name in scope.permissions.sorted() {
            line("permission", name.text, observed.permissions[name]?.title)
        }
        for name in scope.roles.sorted() {
            let role = observed.roles[name]
            line(
                "role", name.text, role?.title, role?.description, role?.application,
                role.map { "\($0.sensitive)" })
        }
        for name in scope.tenants.sorted() { add(name) }
        for code in scope.identities.sorted() { add(code) }
        for email in scope.accounts.sorted() {
            let account = observed.accounts[email]
            let profile = account?.profile
            line(
                "account", email.canonical, account.map { "\($0.blocked) \($0.automation)" },
                profile?.firstName, profile?.lastName, profile?.mobile, profile?.language)
        }
        // The last place of somebody is a matter of all the others.
        let elsewhere = observed.places(
            of: scope.leavers, besides: scope.tenants, scope.identities)
        for email in scope.leavers.sorted() {
            line("leaver", email.canonical, "\(elsewhere[email, default: 0] > 0)")
        }
        for scope in scope.invitations.sorted() {
            let invitation = observed.invitations[scope]
            // What was revoked, declined or joined meanwhile must not be sent again.
            line(
                "invitation", scope.address.text, invitation?.id,
                invitation.map { "\($0.generation) \($0.state.rawValue)" },
                "\(observed.isPending(scope))")
        }
    }

    private mutating func add(_ name: TenantName) {
        let tenant = observed.tenants[name]
        line("tenant", name.text, tenant?.title, tenant?.environment.rawValue)
        line("roles", tenant?.availableRoles.map(\.text).joined(separator: " "))
        for (email, membership) in (observed.memberships[name] ?? [:]).sorted(by: {
            $0.key < $1.key
        }) {
            line(
                "member", email.canonical,
                membership.grants.permissions.map(\.text).joined(separator: " "),
                membership.grants.roles.map(\.text).joined(separator: " "))
        }
    }

    private mutating func add(_ code: IdentityCode) {
        let identity = observed.identities[code]
        line(
            "identity", code.text, identity?.tenant.text, identity?.title,
            identity.map { "\($0.system)" })
        for (email, user) in (observed.identityUsers[code] ?? [:]).sorted(by: { $0.key < $1.key }) {
            line(
                "user", email.canonical, "\(user.admin) \(user.enabled)",
                user.roles.map(\.text).joined(separator: ","))
        }
    }

    /// Each part with its length, so that no two lists of parts look the same.
    private mutating func line(_ parts: String?...) {
        var text = ""
        for part in parts { text += part.map { "\($0.utf8.count):\($0)" } ?? "-" }
        hash.update(data: Array((text + "\n").utf8))
    }
}
