package import AccessModel

/// The files of a project that declares this state, by path.
///
/// Memberships stand with their person; with the tenant where nothing is said of the person. One
/// state gives the same bytes. What `DesiredState(restating:)` leaves out is not written.
///
/// - Parameter comment: the lines that begin `muster.yaml`.
package func manifestFiles(of state: DesiredState, comment: [String] = []) -> [ManifestFile] {
    let layout = ManifestLayout(people: state.admins.count)
    let documented = Set(state.admins.map(\.email))
    let ofPeople = Dictionary(grouping: state.memberships, by: \.email)
    let ofTenants = Dictionary(
        grouping: state.memberships.filter { !documented.contains($0.email) }, by: \.tenant)
    let users = Dictionary(grouping: state.identityUsers, by: \.identity)
    var files: [ManifestFile] = []
    func add(_ path: String, _ documents: [[YAMLValue.Entry]], comment: [String] = []) {
        guard !documents.isEmpty else { return }
        let bodies = documents.map {
            YAMLValue.lines(of: $0).joined(separator: "\n") + "\n"
        }
        let head = comment.map { $0.isEmpty ? "#\n" : "# \($0)\n" }.joined()
        files.append(ManifestFile(path: path, text: head + bodies.joined(separator: "---\n")))
    }
    add(layout.project, [state.project.entries], comment: comment)
    add(layout.permissions, state.permissions.map(\.entries))
    add(layout.roles, state.roles.map(\.entries))
    for tenant in state.tenants {
        let members = (ofTenants[tenant.name] ?? []).map(\.item)
        let list: [YAMLValue.Entry] = [
            .init("kind", .text(Kind.members.rawValue)), .init("tenant", .text(tenant.name.text)),
            .init("admins", .list(members)),
        ]
        add(layout.tenant(tenant.name), [tenant.entries] + (members.isEmpty ? [] : [list]))
    }
    for admin in state.admins {
        add(layout.person(admin.email), [admin.entries(with: ofPeople[admin.email] ?? [])])
    }
    for identity in state.identities {
        add(layout.identity(identity.code), [identity.entries(with: users[identity.code] ?? [])])
    }
    return files.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
}
