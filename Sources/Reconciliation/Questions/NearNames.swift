package import AccessModel
package import Manifests

/// What somebody who asks about a name that is not there may have meant.
///
/// Whoever asks can read the store, or there would be no answer: the suggestion tells nothing that
/// the same person could not read in `status` or in the manifests.
package struct NearNames: Sendable {
    private let observed: ObservedState
    private let desired: DesiredState?

    package init(_ observed: ObservedState, _ loaded: LoadedManifests) {
        self.observed = observed
        desired = loaded.desired
    }

    /// The present address of a person, for an earlier one; else a similar address that is known.
    package func address(for email: EmailAddress) -> EmailAddress? {
        if let admin = desired?.admins.first(where: { $0.formerly.contains(email) }) {
            return admin.email
        }
        var known = Set(observed.accounts.keys)
        known.formUnion(desired?.admins.map(\.email) ?? [])
        known.formUnion(desired?.memberships.map(\.email) ?? [])
        known.formUnion(desired?.identityUsers.map(\.email) ?? [])
        // One half is right, and the other nearly so.
        let sameDomain = known.filter { $0.domain == email.domain }
        if let local = suggestion(
            for: String(email.localPart), among: sameDomain.map { String($0.localPart) })
        {
            return sameDomain.filter { $0.localPart == local }.min()
        }
        let sameName = known.filter { $0.localPart == email.localPart }
        guard
            let domain = suggestion(
                for: String(email.domain), among: sameName.map { String($0.domain) })
        else { return nil }
        return sameName.filter { $0.domain == domain }.min()
    }

    package func hasTenant(_ name: TenantName) -> Bool { tenants.contains(name.text) }

    package func tenant(for name: String) -> String? { suggestion(for: name, among: tenants) }

    package func hasGrant(_ name: String) -> Bool { grants.contains(name) }

    package func grant(for name: String) -> String? { suggestion(for: name, among: grants) }

    private var tenants: Set<String> {
        Set(observed.tenants.keys.map(\.text)).union(desired?.tenants.map(\.name.text) ?? [])
    }

    private var grants: Set<String> {
        Set(observed.permissions.keys.map(\.text)).union(observed.roles.keys.map(\.text))
            .union(desired?.permissions.map(\.permission.name.text) ?? [])
            .union(desired?.roles.map(\.role.name.text) ?? [])
    }
}
