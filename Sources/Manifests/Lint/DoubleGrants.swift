internal import AccessModel
internal import Diagnostics

// W150: the same right by two ways. Whoever takes one of them away takes nothing away.

/// Rights of a membership that its own list and a bundle give, or two bundles.
func findDoubleGrants(in documents: Documents, _ findings: inout Findings) {
    var bundles: [Name<BundleTag>: Set<Grant>] = [:]
    for bundle in documents.bundles {
        let permissions = bundle.permissions.map { Grant.permission($0.value) }
        bundles[bundle.name.value] = Set(permissions + bundle.roles.map { .role($0.value) })
    }
    for entry in documents.membershipEntries where !entry.bundles.isEmpty {
        let own =
            entry.permissions.map { Located(Grant.permission($0.value), at: $0.span) }
            + entry.roles.map { Located(Grant.role($0.value), at: $0.span) }
        for grant in own {
            let giver = entry.bundles.first { bundles[$0.value]?.contains(grant.value) ?? false }
            guard let giver else { continue }
            findings.add(.givenByBundle(grant, by: giver, about: entry.subject))
        }
        for (index, bundle) in entry.bundles.enumerated() {
            for earlier in entry.bundles.prefix(index) {
                let both = (bundles[bundle.value] ?? [])
                    .intersection(bundles[earlier.value] ?? []).sorted()
                if both.isEmpty { continue }
                findings.add(
                    .givenByBundles(both, by: bundle, and: earlier, about: entry.subject))
            }
        }
    }
}

/// Identity users with `admin: true` that the tenant's `identityAdmins` make admins already.
func findDoubleAdmins(in documents: Documents, _ findings: inout Findings) {
    var admins: [TenantName: [EmailAddress: Span]] = [:]
    for tenant in documents.tenants where !tenant.identityAdmins.isEmpty {
        for email in tenant.identityAdmins {
            admins[tenant.declared.name, default: [:]][email.value] = email.span
        }
    }
    guard !admins.isEmpty else { return }
    var tenants: [IdentityCode: TenantName] = [:]
    func check(_ users: [IdentityUserEntry], of code: IdentityCode) {
        guard let tenant = tenants[code], let admins = admins[tenant] else { return }
        for user in users where user.admin {
            guard let place = admins[user.email] else { continue }
            findings.add(.adminTwice(.identityUser(code, user.email), at: user.span, list: place))
        }
    }
    for identity in documents.identities { tenants[identity.declared.code] = identity.tenant.value }
    for identity in documents.identities { check(identity.users, of: identity.declared.code) }
    for more in documents.identityUsers { check(more.users, of: more.identity.value) }
}
