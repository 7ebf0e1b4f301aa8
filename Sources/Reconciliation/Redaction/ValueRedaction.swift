internal import AccessModel
internal import Planning

// The values that actions carry, field by field: each is made anew, so that a field that is added
// one day has to be decided about here.
extension Redaction {
    private func title(_ text: String) -> String {
        text.isEmpty ? "" : pseudonyms.name(.title, text)
    }

    private func application(_ text: String) -> String {
        text.isEmpty ? "" : pseudonyms.name(.application, text)
    }

    func redacted(_ grants: Grants) -> Grants {
        Grants(
            permissions: SortedSet(grants.permissions.map(redacted)),
            roles: SortedSet(grants.roles.map(redacted)))
    }

    func redacted(_ labels: SortedSet<Label>) -> SortedSet<Label> {
        SortedSet(labels.map(redacted))
    }

    func redacted(_ profile: Profile) -> Profile {
        Profile(
            firstName: profile.firstName.map { pseudonyms.name(.name, $0) },
            lastName: profile.lastName.map { pseudonyms.name(.name, $0) },
            mobile: profile.mobile.map(pseudonyms.mobile),
            language: profile.language.map { pseudonyms.name(.language, $0) })
    }

    func redacted(_ new: NewAccount) -> NewAccount {
        NewAccount(profile: redacted(new.profile), automation: new.automation)
    }

    func redacted(_ permission: Permission) -> Permission {
        Permission(name: redacted(permission.name), title: title(permission.title))
    }

    func redacted(_ role: Role) -> Role {
        Role(
            name: redacted(role.name), title: title(role.title),
            description: title(role.description), application: application(role.application),
            sensitive: role.sensitive)
    }

    func redacted(_ tenant: Tenant) -> Tenant {
        Tenant(
            name: redacted(tenant.name), title: title(tenant.title),
            environment: tenant.environment,
            availableRoles: SortedSet(tenant.availableRoles.map(redacted)))
    }

    func redacted(_ identity: Identity) -> Identity {
        Identity(
            code: redacted(identity.code), tenant: redacted(identity.tenant),
            title: title(identity.title), system: identity.system)
    }

    func redacted(_ fields: PermissionFields) -> PermissionFields {
        PermissionFields(title: fields.title.map(title))
    }

    func redacted(_ fields: RoleFields) -> RoleFields {
        RoleFields(
            name: fields.name.map(redacted), title: fields.title.map(title),
            description: fields.description.map(title),
            application: fields.application.map(application), sensitive: fields.sensitive)
    }

    func redacted(_ fields: TenantFields) -> TenantFields {
        TenantFields(
            name: fields.name.map(redacted), title: fields.title.map(title),
            environment: fields.environment)
    }

    func redacted(_ fields: IdentityFields) -> IdentityFields {
        IdentityFields(
            code: fields.code.map(redacted), tenant: fields.tenant.map(redacted),
            title: fields.title.map(title))
    }
}
