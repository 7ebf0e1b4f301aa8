internal import AccessModel
internal import Diagnostics
internal import Syntax

/// The documents of all files, each read by itself; what they say of each other comes later.
struct Documents {
    var projects: [ProjectManifest] = []
    var permissions: [PermissionManifest] = []
    var roles: [RoleManifest] = []
    var bundles: [BundleManifest] = []
    var tenants: [TenantManifest] = []
    var admins: [AdminManifest] = []
    var members: [MembersManifest] = []
    var identities: [IdentityManifest] = []
    var identityUsers: [IdentityUsersManifest] = []
    var policies: [PolicyManifest] = []
    var accessTests: [AccessTestManifest] = []
    /// Documents that are no Project, those that could not be read among them.
    var others = 0
    /// The files with a document that does not say what it is, which has been reported.
    var filesWithUnknown: Set<FileID> = []
    /// Where the Project documents begin, even those that could not be read.
    var projectSpans: [Span] = []

    mutating func read(_ tree: SyntaxTree, _ findings: inout Findings) {
        for node in tree.documents where !findings.isFull(tree.file) {
            guard let kind = kind(of: node, &findings) else {
                others += 1
                filesWithUnknown.insert(tree.file)
                continue
            }
            if kind != .project { others += 1 }
            read(node, as: kind, &findings)
        }
    }

    var userCount: Int {
        identities.reduce(0) { $0 + $1.users.count + ($1.condensed?.faces.count ?? 0) }
            + identityUsers.reduce(0) { $0 + $1.users.count }
    }

    /// Takes over those of a file that comes after.
    mutating func add(_ other: Documents) {
        append(other.projects, to: &projects)
        append(other.permissions, to: &permissions)
        append(other.roles, to: &roles)
        append(other.bundles, to: &bundles)
        append(other.tenants, to: &tenants)
        append(other.admins, to: &admins)
        append(other.members, to: &members)
        append(other.identities, to: &identities)
        append(other.identityUsers, to: &identityUsers)
        append(other.policies, to: &policies)
        append(other.accessTests, to: &accessTests)
        others += other.others
        filesWithUnknown.formUnion(other.filesWithUnknown)
        projectSpans += other.projectSpans
    }

    private mutating func read(_ node: Node, as kind: Kind, _ findings: inout Findings) {
        switch kind {
        case .project:
            projectSpans.append(node.span)
            if let it = ProjectManifest(node, &findings) { projects.append(it) }
        case .permission:
            if let it = PermissionManifest(node, &findings) { permissions.append(it) }
        case .role:
            if let it = RoleManifest(node, &findings) { roles.append(it) }
        case .bundle:
            if let it = BundleManifest(node, &findings) { bundles.append(it) }
        case .tenant:
            if let it = TenantManifest(node, &findings) { tenants.append(it) }
        case .admin:
            if let it = AdminManifest(node, &findings) { admins.append(it) }
        case .members:
            if let it = MembersManifest(node, &findings) { members.append(it) }
        case .identity:
            if let it = IdentityManifest(node, &findings) { identities.append(it) }
        case .identityUsers:
            if let it = IdentityUsersManifest(node, &findings) { identityUsers.append(it) }
        case .policy:
            if let it = PolicyManifest(node, &findings) { policies.append(it) }
        case .accessTest:
            if let it = AccessTestManifest(node, &findings) { accessTests.append(it) }
        }
    }
}

/// A list that is the first stays the one that it is: there may be half a million documents.
private func append<Item>(_ other: [Item], to list: inout [Item]) {
    if list.isEmpty { list = other } else { list += other }
}

/// What a document says it is; E101, E102, E107 or E109 where it says nothing of use. What it would
/// declare is then not unknown to others.
func kind(of node: Node, _ findings: inout Findings) -> Kind? {
    let kind = writtenKind(of: node, &findings)
    if kind == nil {
        for (key, value) in node.entries where ["name", "code"].contains(key.text) {
            findings.noteMisread(value.text)
        }
    }
    return kind
}

private func writtenKind(of node: Node, _ findings: inout Findings) -> Kind? {
    let subject = Subject.document(kind: "document", key: nil)
    guard node.kind == .mapping else {
        findings.add(.wrongType(.mapping, node, of: nil, about: subject))
        return nil
    }
    guard let entry = node.entries.first(where: { $0.key.says("kind") }) else {
        let near = node.entries.first { suggestion(for: $0.key.text, among: ["kind"]) != nil }
        if let key = near?.key {
            findings.add(
                .unknownField(
                    key.text, about: subject, at: key.span, suggestion: "kind", fields: []))
        } else if !node.isIncomplete {
            findings.add(.missingField("kind", about: subject, at: node.span))
        }
        return nil
    }
    if entry.value.isMissing {
        let field = Field("kind", .word(Kind.allCases.map(\.rawValue)), required: true, "")
        findings.add(.missingValue(of: field, about: subject, at: entry.key.span))
        return nil
    }
    guard entry.value.kind == .scalar else {
        findings.add(.wrongType(.text, entry.value, of: "kind", about: subject))
        return nil
    }
    if let kind = Kind(rawValue: entry.value.text) { return kind }
    let words = Kind.allCases.map(\.rawValue)
    findings.add(
        .unknownKind(entry.value, suggestion: suggestion(for: entry.value.text, among: words)))
    return nil
}
