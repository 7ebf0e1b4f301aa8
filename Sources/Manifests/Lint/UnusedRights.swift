internal import AccessModel

/// W152: roles and permissions that are declared and then named nowhere: available on no tenant,
/// and in no membership, bundle, policy or test.
///
/// A tenant that does not say which roles it offers may offer any of them, so that in such a
/// project no role is called unused.
func findUnusedRights(in documents: Documents, _ findings: inout Findings) {
    var roles = Set(documents.tenants.flatMap { $0.availableRoles.map(\.value) })
    var permissions = Set(PermissionName.builtIn)
    for entry in documents.membershipEntries {
        roles.formUnion(entry.roles.map(\.value))
        permissions.formUnion(entry.permissions.map(\.value))
    }
    for bundle in documents.bundles {
        roles.formUnion(bundle.roles.map(\.value))
        permissions.formUnion(bundle.permissions.map(\.value))
    }
    for name in documents.grantReferences.map(\.name) {
        roles.insert(RoleName(name))
        permissions.insert(PermissionName(name))
    }
    let isListed = documents.tenants.allSatisfy {
        $0.declared.presence != .present || $0.declared.availableRoles != nil
    }
    for role in documents.roles where isListed && role.declared.presence == .present {
        let name = role.declared.role.name
        if roles.contains(name) { continue }
        findings.add(.unusedRight("role", about: .role(name), at: role.span))
    }
    for permission in documents.permissions where permission.declared.presence == .present {
        let name = permission.declared.permission.name
        if permissions.contains(name) { continue }
        findings.add(.unusedRight("permission", about: .permission(name), at: permission.span))
    }
}

extension Documents {
    /// What policies and access tests name.
    fileprivate var grantReferences: [GrantReference] {
        policies.flatMap { $0.rules.flatMap(\.grants) }
            + accessTests.flatMap { $0.expectations.flatMap(\.grants) }
    }
}

extension ExpectationEntry {
    /// What the expectation is about.
    fileprivate var grants: [GrantReference] {
        switch body {
        case .person(_, _, let holds, let lacks): holds + lacks
        case .holders(_, let grant, _): [grant]
        case .identityAdmins: []
        }
    }
}
