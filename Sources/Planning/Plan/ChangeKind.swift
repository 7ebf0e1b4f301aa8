package import AccessModel

/// The closed list of change kinds, in the order that breaks ties between steps.
package enum ChangeKind: String, Hashable, Sendable, CaseIterable {
    case createPermission, createRole, createTenant, enableRole, createIdentity, inviteAdmin
    case addAdmin, addIdentityUser

    case updatePermission, updateRole, updateTenant, updateIdentity, updateProfile
    case grantPermission, revokePermission, assignRole, unassignRole
    case setIdentityAdmin, unsetIdentityAdmin, setIdentityRoles
    case enableIdentityUser, disableIdentityUser, blockAccount, unblockAccount, resendInvitation

    case removeAdmin, removeIdentityUser, deleteAccount, disableRole, deleteIdentity, deleteTenant
    case deleteRole, deletePermission

    package enum Symbol: String, Hashable, Sendable {
        case add = "+"
        case change = "~"
        case remove = "-"
    }

    package var symbol: Symbol {
        switch self {
        case .createPermission, .createRole, .createTenant, .enableRole, .createIdentity,
            .inviteAdmin, .addAdmin, .addIdentityUser:
            .add
        case .updatePermission, .updateRole, .updateTenant, .updateIdentity, .updateProfile,
            .grantPermission, .revokePermission, .assignRole, .unassignRole, .setIdentityAdmin,
            .unsetIdentityAdmin, .setIdentityRoles, .enableIdentityUser, .disableIdentityUser,
            .blockAccount, .unblockAccount, .resendInvitation:
            .change
        case .removeAdmin, .removeIdentityUser, .deleteAccount, .disableRole, .deleteIdentity,
            .deleteTenant, .deleteRole, .deletePermission:
            .remove
        }
    }

    /// Takes something away; goes before gains among the steps that are ready.
    package var isLoss: Bool {
        switch self {
        case .revokePermission, .unassignRole, .unsetIdentityAdmin, .disableIdentityUser,
            .blockAccount:
            true
        default:
            symbol == .remove
        }
    }

    /// Marked as destructive: every `-`, block, disable, revoke, unassign.
    var isDestructive: Bool {
        switch self {
        case .revokePermission, .unassignRole, .disableIdentityUser, .blockAccount: true
        default: symbol == .remove
        }
    }

    /// The place in the closed list.
    package var place: Int { Self.places[self] ?? 0 }

    private static let places = Dictionary(
        uniqueKeysWithValues: allCases.enumerated().map { ($1, $0) })
}

extension Action {
    package var kind: ChangeKind {
        switch self {
        case .createPermission: .createPermission
        case .createRole: .createRole
        case .createTenant: .createTenant
        case .enableRole: .enableRole
        case .createIdentity: .createIdentity
        case .inviteAdmin: .inviteAdmin
        case .addAdmin: .addAdmin
        case .addIdentityUser: .addIdentityUser
        case .updatePermission: .updatePermission
        case .updateRole: .updateRole
        case .updateTenant: .updateTenant
        case .updateIdentity: .updateIdentity
        case .updateProfile: .updateProfile
        case .grantPermission: .grantPermission
        case .revokePermission: .revokePermission
        case .assignRole: .assignRole
        case .unassignRole: .unassignRole
        case .setIdentityAdmin: .setIdentityAdmin
        case .unsetIdentityAdmin: .unsetIdentityAdmin
        case .setIdentityRoles: .setIdentityRoles
        case .enableIdentityUser: .enableIdentityUser
        case .disableIdentityUser: .disableIdentityUser
        case .blockAccount: .blockAccount
        case .unblockAccount: .unblockAccount
        case .resendInvitation: .resendInvitation
        case .removeAdmin: .removeAdmin
        case .removeIdentityUser: .removeIdentityUser
        case .deleteAccount: .deleteAccount
        case .disableRole: .disableRole
        case .deleteIdentity: .deleteIdentity
        case .deleteTenant: .deleteTenant
        case .deleteRole: .deleteRole
        case .deletePermission: .deletePermission
        }
    }

    package var address: Address {
        switch self {
        case .createPermission(let permission), .deletePermission(let permission):
            .permission(permission.name)
        case .updatePermission(let name, _, _): .permission(name)
        case .createRole(let role), .deleteRole(let role): .role(role.name)
        case .updateRole(let name, _, _): .role(name)
        case .createTenant(let tenant), .deleteTenant(let tenant): .tenant(tenant.name)
        case .updateTenant(let name, _, _): .tenant(name)
        case .enableRole(let tenant, let role), .disableRole(let tenant, let role):
            .availableRole(tenant, role)
        case .createIdentity(let identity), .deleteIdentity(let identity): .identity(identity.code)
        case .updateIdentity(let code, _, _): .identity(code)
        case .inviteAdmin(let tenant, let email, _, _), .addAdmin(let tenant, let email, _),
            .removeAdmin(let tenant, let email, _):
            .membership(tenant, email)
        case .grantPermission(let tenant, let email, let name),
            .revokePermission(let tenant, let email, let name):
            .grant(tenant, email, .permission(name))
        case .assignRole(let tenant, let email, let name),
            .unassignRole(let tenant, let email, let name):
            .grant(tenant, email, .role(name))
        case .addIdentityUser(let code, let email, _, _),
            .removeIdentityUser(let code, let email, _), .setIdentityAdmin(let code, let email),
            .unsetIdentityAdmin(let code, let email), .setIdentityRoles(let code, let email, _, _),
            .enableIdentityUser(let code, let email), .disableIdentityUser(let code, let email):
            .identityUser(code, email)
        case .updateProfile(let email, _, _), .blockAccount(let email), .unblockAccount(let email),
            .deleteAccount(let email, _):
            .account(email)
        case .resendInvitation(let scope, _): scope.address
        }
    }
}
