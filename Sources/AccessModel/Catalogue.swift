/// What an admin may do to other admins. Three have meaning to the planner.
package struct Permission: Hashable, Sendable {
    package var name: PermissionName
    package var title: String

    package init(name: PermissionName, title: String = "") {
        self.name = name
        self.title = title
    }

    /// The three that every store holds from its first moment.
    package static let builtIn = [
        Permission(name: .assignPermissions, title: "Assign permissions"),
        Permission(name: .assignRoles, title: "Assign roles"),
        Permission(name: .inviteAdmins, title: "Invite/remove admins"),
    ]
}

/// A right in the administered product; opaque to the planner.
package struct Role: Hashable, Sendable {
    package var name: RoleName
    package var title: String
    package var description: String
    /// For grouping in reports; empty when it belongs to none.
    package var application: String
    /// A sensitive role counts as privileged in plans and reviews.
    package var sensitive: Bool

    package init(
        name: RoleName, title: String = "", description: String = "", application: String = "",
        sensitive: Bool = false
    ) {
        self.name = name
        self.title = title
        self.description = description
        self.application = application
        self.sensitive = sensitive
    }
}

/// A permission or a role, where a rule speaks of either.
package enum Grant: Hashable, Sendable, Comparable {
    case permission(PermissionName)
    case role(RoleName)

    package var name: String {
        switch self {
        case .permission(let name): name.text
        case .role(let name): name.text
        }
    }
}

/// What a membership gives: permissions over other admins, and roles in the product.
package struct Grants: Hashable, Sendable {
    package var permissions: SortedSet<PermissionName>
    package var roles: SortedSet<RoleName>

    package init(permissions: SortedSet<PermissionName> = [], roles: SortedSet<RoleName> = []) {
        self.permissions = permissions
        self.roles = roles
    }

    package func contains(_ grant: Grant) -> Bool {
        switch grant {
        case .permission(let name): permissions.contains(name)
        case .role(let name): roles.contains(name)
        }
    }
}
