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

    let permissions: Declared<PermissionTag, PermissionManifest>
    let roles: Declared<RoleTag, RoleManifest>
    let tenants: Declared<TenantTag, TenantManifest>
    let identities: Declared<IdentityTag, IdentityManifest>
    private(set) var bundles: [Name<BundleTag>: Bundle] = [:]

    init(_ documents: Documents, _ findings: inout Findings) {
        let permissions = firstDeclarations(
            of: documents.permissions, by: \.declared.permission.name, at: \.span,
            about: { .address(.permission($0.declared.permission.name)) }, &findings)
        self.permissions = Declared(permissions) { $0.declared.permission.name }
        let roles = firstDeclarations(
            of: documents.roles, by: \.declared.role.name, at: \.span,
            about: { .address(.role($0.declared.role.name)) }, &findings)
        self.roles = Declared(roles) { $0.declared.role.name }
        let tenants = firstDeclarations(
            of: documents.tenants, by: \.declared.name, at: \.span,
            about: { .address(.tenant($0.declared.name)) }, &findings)
        self.tenants = Declared(tenants) { $0.declared.name }
        let identities = firstDeclarations(
            of: documents.identities, by: \.declared.code, at: \.span,
            about: { .address(.identity($0.declared.code)) }, &findings)
        self.identities = Declared(identities) { $0.declared.code }
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
        for tenant in tenants.inOrder {
            let subject = Subject.address(.tenant(tenant.declared.name))
            for role in tenant.availableRoles {
                if findings.isFull(role.span.file) { break }
                _ = known(role, about: subject, &findings)
            }
        }
        for identity in identities.inOrder where !findings.isFull(identity.span.file) {
            let subject = Subject.address(.identity(identity.declared.code))
            if identity.declared.presence == .present {
                _ = known(identity.tenant, about: subject, &findings)
            } else if tenants[identity.tenant.value] == nil {
                report("E133", "tenant", identity.tenant, about: subject, &findings) {
                    tenants.names
                }
            }
        }
    }

    private func checkEarlierNames(_ documents: Documents, _ findings: inout Findings) {
        checkFormerly(
            documents.roles.filter { !$0.formerly.isEmpty }
                .map { (.address(.role($0.declared.role.name)), $0.formerly) },
            declared: { roles[$0]?.span }, &findings)
        checkFormerly(
            documents.tenants.filter { !$0.formerly.isEmpty }
                .map { (.address(.tenant($0.declared.name)), $0.formerly) },
            declared: { tenants[$0]?.span }, &findings)
        checkFormerly(
            documents.identities.filter { !$0.formerly.isEmpty }
                .map { (.address(.identity($0.declared.code)), $0.formerly) },
            declared: { identities[$0]?.span }, &findings)
    }
}

// Looking up: E120, E133, E134, E135, E137 for what is unknown or about to be deleted.
extension Catalogue {
    func known(
        _ name: Located<PermissionName>, about subject: Subject, _ findings: inout Findings
    ) -> Bool {
        if let place = permissions.place(of: name.value) {
            if permissions.rows[place].declared.presence == .present { return true }
            findings.add(
                .absent(
                    "E134", "permission", name.value.text, about: subject, at: name.span,
                    declared: permissions.rows[place].span))
            return false
        }
        if PermissionName.builtIn.contains(name.value) { return true }
        report("E134", "permission", name, about: subject, &findings) {
            permissions.names + PermissionName.builtIn.map(\.text)
        }
        return false
    }

    func known(
        _ name: Located<RoleName>, about subject: Subject, _ findings: inout Findings
    ) -> Bool {
        if let place = roles.place(of: name.value) {
            if roles.rows[place].declared.presence == .present { return true }
            findings.add(
                .absent(
                    "E120", "role", name.value.text, about: subject, at: name.span,
                    declared: roles.rows[place].span))
            return false
        }
        report("E120", "role", name, about: subject, &findings) { roles.names }
        return false
    }

    func known(
        _ name: Located<TenantName>, about subject: Subject, _ findings: inout Findings
    ) -> Bool {
        if let place = tenants.place(of: name.value) {
            if tenants.rows[place].declared.presence == .present { return true }
            findings.add(
                .absent(
                    "E133", "tenant", name.value.text, about: subject, at: name.span,
                    declared: tenants.rows[place].span))
            return false
        }
        report("E133", "tenant", name, about: subject, &findings) { tenants.names }
        return false
    }

    func known(
        _ code: Located<IdentityCode>, about subject: Subject, _ findings: inout Findings
    ) -> Bool {
        if let place = identities.place(of: code.value) {
            if identities.rows[place].declared.presence == .present { return true }
            findings.add(
                .absent(
                    "E137", "identity", code.value.text, about: subject, at: code.span,
                    declared: identities.rows[place].span))
            return false
        }
        report("E137", "identity", code, about: subject, &findings) {
            identities.names
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
                roles.names + permissions.names + PermissionName.builtIn.map(\.text)
            }
            return nil
        }
        let name = Located(role, at: reference.span)
        return known(name, about: subject, &findings) ? .role(role) : nil
    }
}
