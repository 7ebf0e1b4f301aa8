internal import AccessModel
internal import Diagnostics

/// What an entry refers to whose own key is wrong. The entry is left out of the desired state; its
/// references are looked up all the same, so that one run tells all mistakes.
struct LooseReferences {
    var subject: Subject
    var permissions: [Located<PermissionName>] = []
    var roles: [Located<RoleName>] = []
    var bundles: [Located<Name<BundleTag>>] = []
    var tenants: [Located<TenantName>] = []
    var grants: [GrantReference] = []
}

extension Catalogue {
    /// Reports the names that nothing declares: E120, E133, E134, E135.
    func check(_ loose: LooseReferences, _ findings: inout Findings) {
        let subject = loose.subject
        for name in loose.permissions { _ = known(name, about: subject, &findings) }
        for name in loose.roles { _ = known(name, about: subject, &findings) }
        for name in loose.bundles { _ = bundle(name, about: subject, &findings) }
        for name in loose.tenants { _ = known(name, about: subject, &findings) }
        for reference in loose.grants { _ = grant(reference, about: subject, &findings) }
    }
}
