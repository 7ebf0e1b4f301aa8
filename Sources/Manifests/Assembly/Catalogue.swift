internal import AccessModel
internal import Diagnostics

/// What other documents refer to, by name: the first declaration of each.
struct Catalogue {
    /// A bundle with the grants that are known.
    struct Bundle {
        var grants: [Grant]
        var span: Span
        /// Its place among the bundles of the project, in the order of the text.
        var number: Int32
    }

    private(set) var permissions: [PermissionName: PermissionManifest] = [:]
    private(set) var roles: [RoleName: RoleManifest] = [:]
    private(set) var tenants: [TenantName: TenantManifest] = [:]
    private(set) var identities: [IdentityCode: IdentityManifest] = [:]
    private(set) var bundles: [Name<BundleTag>: Bundle] = [:]

    init(_ documents: Documents, _ findings: inout Findings) {
        for it in firstDeclarations(
            of: documents.permissions, by: \.declared.permission.name, at: \.span,
            about: { .address(.permission($0.declared.permission.name)) }, &findings)
        {
            permissions[it.declared.permission.name] = it
        }
        for it in firstDeclarations(
            of: documents.roles, by: \.declared.role.name, at: \.span,
            about: { .address(.role($0.declared.role.name)) }, &findings)
        {
            roles[it.declared.role.name] = it
        }
        for it in firstDeclarations(
            of: documents.tenants, by: \.declared.name, at: \.span,
            about: { .address(.tenant($0.declared.name)) }, &findings)
        {
            tenants[it.declared.name] = it
        }
        for it in firstDeclarations(
            of: documents.identities, by: \.declared.code, at: \.span,
            about: { .address(.identity($0.declared.code)) }, &findings)
        {
            identities[it.declared.code] = it
        }
        addBundles(of: documents, &findings)
        checkTenants(&findings)
        checkEarlierNames(documents, &findings)
    }

    private mutating func addBundles(of documents: Documents, _ findings: inout Findings) {
        for it in firstDeclarations(
            of: documents.bundles, by: \.name.value, at: \.name.span, about: \.subject, &findings)
        {
            let permissions = it.permissions.filter { known($0, about: it.subject, &findings) }
            let roles = it.roles.filter { known($0, about: it.subject, &findings) }
            bundles[it.name.value] = Bundle(
                grants: permissions.map { .permission($0.value) } + roles.map { .role($0.value) },
                span: it.name.span, number: Int32(bundles.count))
        }
    }

    /// The bundles by their numbers.
    var bundlesInOrder: [Declaration.Bundle] {
        bundles.sorted { $0.value.number < $1.value.number }
            .map { Declaration.Bundle(name: $0.key.text, span: $0.value.span) }
    }

    /// The references that tenants and identities make themselves.
    private func checkTenants(_ findings: inout Findings) {
        for (name, tenant) in tenants.sorted(by: { $0.key < $1.key }) {
            for role in tenant.availableRoles {
                _ = known(role, about: .address(.tenant(name)), &findings)
            }
        }
        for (code, identity) in identities.sorted(by: { $0.key < $1.key }) {
            let subject = Subject.address(.identity(code))
            if identity.declared.presence == .present {
                _ = known(identity.tenant, about: subject, &findings)
            } else if tenants[identity.tenant.value] == nil {
                report("E133", "tenant", identity.tenant, about: subject, &findings) {
                    tenants.keys.map(\.text)
                }
            }
        }
    }

    private func checkEarlierNames(_ documents: Documents, _ findings: inout Findings) {
        checkFormerly(
            documents.roles.map { (.address(.role($0.declared.role.name)), $0.formerly) },
            declared: roles.mapValues(\.span), &findings)
        checkFormerly(
            documents.tenants.map { (.address(.tenant($0.declared.name)), $0.formerly) },
            declared: tenants.mapValues(\.span), &findings)
        checkFormerly(
            documents.identities.map { (.address(.identity($0.declared.code)), $0.formerly) },
            declared: identities.mapValues(\.span), &findings)
    }
}

// Looking up: E120, E133, E134, E135, E137 for what is unknown or about to be deleted.
extension Catalogue {
    func known(
        _ name: Located<PermissionName>, about subject: Subject, _ findings: inout Findings
    ) -> Bool {
        if let declared = permissions[name.value] {
            if declared.declared.presence == .present { return true }
            findings.add(
                .absent(
                    "E134", "permission", name.value.text, about: subject, at: name.span,
                    declared: declared.span))
            return false
        }
        if PermissionName.builtIn.contains(name.value) { return true }
        report("E134", "permission", name, about: subject, &findings) {
            permissions.keys.map(\.text) + PermissionName.builtIn.map(\.text)
        }
        return false
    }

    func known(
        _ name: Located<RoleName>, about subject: Subject, _ findings: inout Findings
    ) -> Bool {
        if let declared = roles[name.value] {
            if declared.declared.presence == .present { return true }
            findings.add(
                .absent(
                    "E120", "role", name.value.text, about: subject, at: name.span,
                    declared: declared.span))
            return false
        }
        report("E120", "role", name, about: subject, &findings) { roles.keys.map(\.text) }
        return false
    }

    func known(
        _ name: Located<TenantName>, about subject: Subject, _ findings: inout Findings
    ) -> Bool {
        if let declared = tenants[name.value] {
            if declared.declared.presence == .present { return true }
            findings.add(
                .absent(
                    "E133", "tenant", name.value.text, about: subject, at: name.span,
                    declared: declared.span))
            return false
        }
        report("E133", "tenant", name, about: subject, &findings) { tenants.keys.map(\.text) }
        return false
    }

    func known(
        _ code: Located<IdentityCode>, about subject: Subject, _ findings: inout Findings
    ) -> Bool {
        if let declared = identities[code.value] {
            if declared.declared.presence == .present { return true }
            findings.add(
                .absent(
                    "E137", "identity", code.value.text, about: subject, at: code.span,
                    declared: declared.span))
            return false
        }
        report("E137", "identity", code, about: subject, &findings) {
            identities.keys.map(\.text)
        }
        return false
    }

    func bundle(
        _ name: Located<Name<BundleTag>>, about subject: Subject, _ findings: inout Findings
    ) -> Bundle? {
        if let bundle = bundles[name.value] { return bundle }
        report("E135", "bundle", name, about: subject, &findings) { bundles.keys.map(\.text) }
        return nil
    }

    /// Says that a name is unknown, unless a file that is broken may declare it.
    private func report<Tag>(
        _ code: String, _ sort: String, _ name: Located<Name<Tag>>, about subject: Subject,
        _ findings: inout Findings, among names: () -> [String]
    ) {
        if findings.isFull(name.span.file) || findings.mayBeDeclared(name.value.text) { return }
        let near = findings.suggestion(for: name.value.text, among: names)
        findings.add(
            .unknown(code, sort, name.value.text, about: subject, at: name.span, near: near))
    }

    /// A bare name is a permission if there is one of this name, else a role (E120, E134).
    func grant(
        _ reference: GrantReference, about subject: Subject, _ findings: inout Findings
    ) -> Grant? {
        let permission = PermissionName(reference.name)
        let isPermission =
            switch reference.sort {
            case .permission: true
            case .role: false
            case .either:
                permissions[permission] != nil || PermissionName.builtIn.contains(permission)
            }
        if isPermission {
            let name = Located(permission, at: reference.span)
            return known(name, about: subject, &findings) ? .permission(permission) : nil
        }
        let role = RoleName(reference.name)
        if reference.sort == .either, roles[role] == nil {
            let name = Located(role, at: reference.span)
            report("E120", "permission or role", name, about: subject, &findings) {
                roles.keys.map(\.text) + permissions.keys.map(\.text)
                    + PermissionName.builtIn.map(\.text)
            }
            return nil
        }
        let name = Located(role, at: reference.span)
        return known(name, about: subject, &findings) ? .role(role) : nil
    }
}
