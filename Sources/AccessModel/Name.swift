/// A name of one kind of thing, already checked and in its canonical form (NFC).
///
/// The tag keeps a tenant's name from being used where a role's is asked for. Order is by bytes.
package struct Name<Tag>: Hashable, Comparable, Sendable, CustomStringConvertible {
    package let text: String

    /// Takes the text as it is: whoever builds a name has checked it at the border.
    package init(_ text: String) { self.text = text }

    package var description: String { text }

    package static func < (a: Self, b: Self) -> Bool { a.text < b.text }
}

package enum TenantTag {}
package enum RoleTag {}
package enum PermissionTag {}
package enum IdentityTag {}
package enum LabelTag {}

/// `^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$`
package typealias TenantName = Name<TenantTag>
/// A right in the administered product.
package typealias RoleName = Name<RoleTag>
/// What an admin may do to other admins.
package typealias PermissionName = Name<PermissionTag>
/// Lower case, dot separated, at most 253 bytes.
package typealias IdentityCode = Name<IdentityTag>
/// An informational role of an identity user: text without commas, trimmed, case kept.
package typealias Label = Name<LabelTag>

extension Name where Tag == PermissionTag {
    package static let inviteAdmins = PermissionName("invite_admins")
    package static let assignPermissions = PermissionName("assign_permissions")
    package static let assignRoles = PermissionName("assign_roles")

    /// The three that have meaning to the planner and always exist.
    package static let builtIn = [assignPermissions, assignRoles, inviteAdmins]
}
