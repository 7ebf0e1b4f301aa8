import AccessModel
import Manifests
import Planning

// Documents to paste into a manifest: no more than who is where with which rights. The details of
// a person are in the store.

func membershipYAML(_ tenant: TenantName, _ email: EmailAddress, _ grants: Grants) -> String {
    """
    kind: Members
    tenant: \(scalarText(tenant.text))
    admins:
      - { email: \(scalarText(email.spelling)), permissions: \(yamlList(grants.permissions)), \
    roles: \(yamlList(grants.roles)) }

    """
}

func userYAML(_ code: IdentityCode, _ email: EmailAddress, _ user: IdentityUserEntry) -> String {
    let admin = user.admin ? ", admin: true" : ""
    let enabled = user.enabled ? "" : ", enabled: false"
    return """
        kind: IdentityUsers
        identity: \(scalarText(code.text))
        users:
          - { email: \(scalarText(email.spelling))\(admin), \
        roles: \(yamlList(user.roles))\(enabled) }

        """
}

func yamlList<Tag>(_ names: SortedSet<Name<Tag>>) -> String {
    "[" + names.map { scalarText($0.text) }.joined(separator: ", ") + "]"
}
