import AccessModel
import Diagnostics
import Manifests
import Syntax

/// Where each thing is written, as nodes that can be edited.
struct ManifestIndex {
    /// A document, or an entry of a list.
    struct Place {
        var file: FileID
        var node: Node
    }

    /// An entry, and the list that it stands in: the one under a key of another mapping.
    struct Item {
        var place: Place
        var owner: Node
        var key: String
        var index: Int
    }

    private(set) var editing: [FileID: NodeEditing] = [:]
    private(set) var documents: [Address: Place] = [:]
    private(set) var items: [Address: Item] = [:]
    /// The Members documents of a tenant and the IdentityUsers documents of an identity.
    private(set) var lists: [Address: Place] = [:]

    init(_ sources: SourceMap) {
        for (index, file) in sources.files.enumerated() {
            let id = FileID(index)
            let roots = parse(file, as: id).tree.documents
            editing[id] = NodeEditing(file.bytes, documents: roots)
            for node in roots { add(Place(file: id, node: node)) }
        }
    }

    private mutating func add(_ place: Place) {
        let node = place.node
        guard let kind = node["kind"].flatMap({ Kind(rawValue: $0.text) }) else { return }
        switch kind {
        case .project, .bundle, .policy, .accessTest: break
        case .permission: add(place, "name") { .permission(PermissionName($0)) }
        case .role: add(place, "name") { .role(RoleName($0)) }
        case .tenant: add(place, "name") { .tenant(TenantName($0)) }
        case .admin:
            guard let email = node.email else { return }
            documents[.account(email)] = place
            add(place, "memberships") { entry in
                entry["tenant"].map { .membership(TenantName($0.text), email) }
            }
        case .members:
            guard let tenant = node["tenant"].map({ TenantName($0.text) }) else { return }
            if lists[.tenant(tenant)] == nil { lists[.tenant(tenant)] = place }
            add(place, "admins") { entry in entry.email.map { .membership(tenant, $0) } }
        case .identity:
            guard let code = node["code"].map({ IdentityCode($0.text) }) else { return }
            documents[.identity(code)] = place
            add(place, "users") { entry in entry.email.map { .identityUser(code, $0) } }
        case .identityUsers:
            guard let code = node["identity"].map({ IdentityCode($0.text) }) else { return }
            if lists[.identity(code)] == nil { lists[.identity(code)] = place }
            add(place, "users") { entry in entry.email.map { .identityUser(code, $0) } }
        }
    }

    private mutating func add(_ place: Place, _ key: String, _ address: (String) -> Address) {
        guard let name = place.node[key]?.text else { return }
        documents[address(name)] = place
    }

    private mutating func add(_ place: Place, _ key: String, _ address: (Node) -> Address?) {
        guard let elements = place.node[key]?.elements else { return }
        for (index, entry) in elements.enumerated() {
            guard let address = address(entry) else { continue }
            items[address] = Item(
                place: Place(file: place.file, node: entry), owner: place.node, key: key,
                index: index)
        }
    }
}

extension Node {
    subscript(_ key: String) -> Node? { entries.first { $0.key.text == key }?.value }

    fileprivate var email: EmailAddress? {
        self["email"].flatMap { try? EmailAddress.parse($0.text).get() }
    }
}
