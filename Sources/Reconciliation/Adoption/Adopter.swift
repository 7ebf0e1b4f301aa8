import AccessModel
import Diagnostics
import Manifests
import Planning
import Syntax

/// Collects the edits that take over what a store has.
struct Adopter {
    let loaded: LoadedManifests
    let desired: DesiredState
    let observed: ObservedState
    /// The store as declarations: how its people and things are written.
    let restated: DesiredState
    /// The people of whom the store knows more than the address.
    let people: [EmailAddress: DesiredAdmin]
    let index: ManifestIndex
    /// Would a file there be read with the project?
    private let isManifest: (String) -> Bool
    private(set) var edits: [FileID: [TextEdit]] = [:]
    /// Documents for new files, by path; a file that is there gets them at its end.
    private(set) var documents: [String: [[YAMLValue.Entry]]] = [:]
    private(set) var left: [Adoption.Left] = []
    private var lists: [ListPlace: ListChange] = [:]
    private var listOrder: [ListPlace] = []
    private var newPeople: [EmailAddress: [DesiredMembership]] = [:]
    private var newMembers: [TenantName: [DesiredMembership]] = [:]

    struct ListPlace: Hashable {
        var file: FileID
        var owner: Range<Int>
        var key: String
    }

    struct ListChange {
        var owner: Node
        /// What it is about; all of it must be done by hand when it cannot be done here.
        var addresses: [Address] = []
        var gone: Set<Int> = []
        var items: [YAMLValue] = []
    }

    init(
        _ loaded: LoadedManifests, _ desired: DesiredState, _ observed: ObservedState,
        isManifest: @escaping (String) -> Bool
    ) {
        self.isManifest = isManifest
        self.loaded = loaded
        self.desired = desired
        self.observed = observed
        restated = DesiredState(restating: observed, project: desired.project)
        people = Dictionary(
            restated.admins.map { ($0.email, $0) }, uniquingKeysWith: { first, _ in first })
        index = ManifestIndex(loaded.sources)
    }

    // MARK: - What is told

    mutating func leave(_ address: Address, _ message: String) {
        var span = loaded.provenance[address] ?? index.documents[address]?.node.span
        if span == nil, case .grant(let tenant, let email, _) = address {
            span = loaded.provenance[.membership(tenant, email)]
        }
        if span == nil, let email = address.person {
            span = index.documents[.account(email)]?.node.span
        }
        left.append(
            Adoption.Left(
                address: address, message: message,
                source: span.map(loaded.sources.location(of:))))
    }

    // MARK: - Edits

    mutating func set(
        _ key: String, to value: YAMLValue, in place: ManifestIndex.Place?, about address: Address
    ) {
        guard let place,
            let made = index.editing[place.file]?.setting(key, to: value, in: place.node)
        else { return leave(address, "write `\(key): \(value.inline ?? "")` there by hand") }
        edits[place.file, default: []] += made
    }

    mutating func change(
        list key: String, of owner: Node, in file: FileID, about address: Address,
        _ change: (inout ListChange) -> Void
    ) {
        let place = ListPlace(file: file, owner: owner.range, key: key)
        if lists[place] == nil {
            lists[place] = ListChange(owner: owner)
            listOrder.append(place)
        }
        if var value = lists[place] {
            value.addresses.append(address)
            change(&value)
            lists[place] = value
        }
    }

    mutating func add(
        _ item: YAMLValue, to key: String, of place: ManifestIndex.Place, about address: Address
    ) {
        change(list: key, of: place.node, in: place.file, about: address) { $0.items.append(item) }
    }

    /// Takes an entry out of its list.
    mutating func remove(_ address: Address) {
        guard let item = index.items[address] else {
            return leave(address, "take it out by hand: it follows from another declaration")
        }
        change(list: item.key, of: item.owner, in: item.place.file, about: address) {
            $0.gone.insert(item.index)
        }
    }

    /// Takes a name out of a list of names.
    mutating func remove(
        _ name: String, from key: String, of place: ManifestIndex.Place?, about address: Address
    ) {
        let position = place?.node[key]?.elements.firstIndex { $0.text == name }
        guard let place, let position else {
            return leave(address, "take it out by hand: a bundle gives it")
        }
        change(list: key, of: place.node, in: place.file, about: address) {
            $0.gone.insert(position)
        }
    }

    /// A place of its own that the project leaves out is none: all goes into one file then.
    mutating func write(_ entries: [YAMLValue.Entry], to path: String) {
        documents[isManifest(path) ? path : "adopted.yaml", default: []].append(entries)
    }

    // MARK: - Members

    /// Where the person is declared already, else with the tenant, else in a file of its own.
    mutating func declare(_ membership: DesiredMembership) {
        let address = Address.membership(membership.tenant, membership.email)
        if let person = index.documents[.account(membership.email)] {
            add(membership.itemOfPerson, to: "memberships", of: person, about: address)
        } else if newPeople[membership.email] != nil {
            newPeople[membership.email]?.append(membership)
        } else if let list = index.lists[.tenant(membership.tenant)] {
            add(membership.item, to: "admins", of: list, about: address)
        } else if people[membership.email] != nil {
            newPeople[membership.email] = [membership]
        } else {
            newMembers[membership.tenant, default: []].append(membership)
        }
    }

    mutating func declare(_ user: DesiredIdentityUser) {
        let address = Address.identityUser(user.identity, user.email)
        let document = index.documents[.identity(user.identity)]
        if let document, document.node["users"] != nil {
            add(user.item, to: "users", of: document, about: address)
        } else if let list = index.lists[.identity(user.identity)] {
            add(user.item, to: "users", of: list, about: address)
        } else if let document {
            add(user.item, to: "users", of: document, about: address)
        } else {
            leave(address, "declare the identity first")
        }
    }

    // MARK: - The end

    /// All edits, once everything is collected.
    mutating func finish() {
        for place in listOrder {
            guard let change = lists[place] else { continue }
            let made = index.editing[place.file]?.changing(
                list: place.key, of: change.owner, removing: change.gone, adding: change.items)
            if let made {
                edits[place.file, default: []] += made
            } else {
                for address in change.addresses {
                    leave(
                        address,
                        "change `\(place.key)` by hand: it is written with an alias or a merge "
                            + "key, or shares its line")
                }
            }
        }
        let layout = ManifestLayout(people: max(restated.admins.count, desired.admins.count))
        for email in newPeople.keys.sorted() {
            guard let admin = people[email] else { continue }
            write(admin.entries(with: newPeople[email] ?? []), to: layout.person(email))
        }
        for tenant in newMembers.keys.sorted() {
            write(
                [
                    .init("kind", .text(Kind.members.rawValue)),
                    .init("tenant", .text(tenant.text)),
                    .init("admins", .list((newMembers[tenant] ?? []).map(\.item))),
                ], to: layout.tenant(tenant))
        }
    }
}
