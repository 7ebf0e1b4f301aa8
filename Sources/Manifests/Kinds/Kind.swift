/// The kinds of documents: what `kind:` may say.
package enum Kind: String, Hashable, Sendable, CaseIterable {
    case project = "Project"
    case permission = "Permission"
    case role = "Role"
    case bundle = "Bundle"
    case tenant = "Tenant"
    case admin = "Admin"
    case members = "Members"
    case identity = "Identity"
    case identityUsers = "IdentityUsers"
    case policy = "Policy"
    case accessTest = "AccessTest"

    var record: Record {
        switch self {
        case .project: ProjectManifest.record
        case .permission: PermissionManifest.record
        case .role: RoleManifest.record
        case .bundle: BundleManifest.record
        case .tenant: TenantManifest.record
        case .admin: AdminManifest.record
        case .members: MembersManifest.record
        case .identity: IdentityManifest.record
        case .identityUsers: IdentityUsersManifest.record
        case .policy: PolicyManifest.record
        case .accessTest: AccessTestManifest.record
        }
    }
}
