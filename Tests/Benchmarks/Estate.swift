import Glibc

/// A project of a given size, the same for the same values: identities with users, tenants, and
/// admins with a few memberships each.
struct Estate {
    var users = 1_000_000
    var identities = 1_000
    var tenants = 20
    var admins = 2_000
    /// How many users are changed: a third removed, a third with other roles, a third added.
    var edits = 0
    /// Another seed changes other users.
    var editSeed: UInt64 = 7
    var store = "sqlite:.muster/store.db"

    private static let roles = [
        "access_read", "access_write", "access_user_management", "role_broker_read",
        "role_broker_write",
    ]
    private static let permissions = ["assign_permissions", "assign_roles", "invite_admins"]
    private static let labels = [
        "viewer", "facility-manager", "cleaner", "auditor", "energy-desk", "night-shift",
        "contractor",
    ]
    private static let names = [
        "Ann", "Bo", "Chidi", "Dana", "Eva", "Femi", "Gita", "Hugo", "Ines", "Jun", "Kofi", "Lena",
        "Mara", "Nils", "Olga", "Pia",
    ]

    /// An estate with as many identities and admins as belong to its users.
    init(users: Int) {
        self.users = users
        identities = max(1, users / 1_000)
        admins = max(20, users / 500)
    }

    func write(to folder: String) {
        for part in ["tenants", "admins", "identities"] { makeFolder("\(folder)/\(part)") }
        var project = "kind: Project\nname: estate\nstore: \(store)\ninvitations:\n"
        project += "  from: Estate Access <access@estate.example>\n"
        project += "  acceptURL: https://access.estate.example/accept\n"
        file(project, "\(folder)/muster.yaml")
        let roles = Self.roles.map { "kind: Role\nname: \($0)\ntitle: \($0)\n" }
        file(roles.joined(separator: "---\n"), "\(folder)/catalogue.yaml")
        for tenant in 0..<tenants {
            let available = Self.roles.joined(separator: ", ")
            file(
                "kind: Tenant\nname: t\(tenant)\ntitle: Tenant \(tenant)\n"
                    + "availableRoles: [\(available)]\n",
                "\(folder)/tenants/t\(tenant).yaml")
        }
        writeAdmins(to: folder)
        writeIdentities(to: folder)
    }

    private func writeAdmins(to folder: String) {
        var random = Numbers(seed: 20_261_122)
        for start in stride(from: 0, to: admins, by: 200) {
            let documents = (start..<min(start + 200, admins)).map { admin(number: $0, &random) }
            file(documents.joined(separator: "---\n"), "\(folder)/admins/\(start / 200).yaml")
        }
    }

    /// The first admin of each tenant holds every permission there.
    private func admin(number: Int, _ random: inout Numbers) -> String {
        let home = number % tenants
        let held =
            number < tenants
            ? Self.permissions : Array(Self.permissions.prefix(max(0, random.below(6) - 3)))
        var text = "kind: Admin\nemail: admin\(number)@estate.example\n"
        text +=
            "firstName: \(Self.names[number % 16])\nlastName: \(Self.names[(number + 5) % 16])\n"
        text += "mobile: \"+31610\(100_000 + number)\"\nmemberships:\n"
        for tenant in Set([home, random.below(2) == 0 ? home : random.below(tenants)]).sorted() {
            let roles = Self.roles.prefix(1 + random.below(3)).joined(separator: ", ")
            text += "  - tenant: t\(tenant)\n    roles: [\(roles)]\n"
            if tenant == home, !held.isEmpty {
                text += "    permissions: [\(held.joined(separator: ", "))]\n"
            }
        }
        return text
    }

    private func writeIdentities(to folder: String) {
        var random = Numbers(seed: editSeed)
        var edited: Set<Int> = []
        while edited.count < min(edits, users / 2) {
            let user = random.below(users)
            // The first user of an identity is its admin, and stays.
            if user % (users / identities) != 0 { edited.insert(user) }
        }
        for identity in 0..<identities {
            var text = "kind: Identity\ncode: com.estate.site\(identity)\n"
            text += "tenant: t\(identity % tenants)\ntitle: Site \(identity)\nusers:\n"
            let share = users / identities
            for user in (identity * share)..<((identity + 1) * share) {
                text += line(of: user, isAdmin: user % share == 0, isEdited: edited.contains(user))
            }
            file(text, "\(folder)/identities/site\(identity).yaml")
        }
    }

    private func line(of user: Int, isAdmin: Bool, isEdited: Bool) -> String {
        let address = "user\(user).\(Self.names[user % 16].lowerASCII)@client\(user % 97).example"
        let (first, second) = (Self.labels[user % 7], Self.labels[user / 7 % 7])
        var roles = user % 3 == 0 && first != second ? "\(first), \(second)" : first
        var further = ""
        if isEdited {
            switch user % 3 {
            case 0: return ""
            case 1: roles = "night-shift, relief"
            default: further = "  - { email: new\(user)@client.example, roles: [viewer] }\n"
            }
        }
        let admin = isAdmin ? ", admin: true" : ""
        return further + "  - { email: \(address)\(admin), roles: [\(roles)] }\n"
    }

    /// A file that has these bytes already is left as it is, with its times.
    private func file(_ text: String, _ path: String) {
        if !bytes(of: path).elementsEqual(text.utf8) { save(text, as: path) }
    }
}

/// SplitMix64: numbers that look random and are the same on every machine.
struct Numbers {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func below(_ bound: Int) -> Int {
        state &+= 0x9E37_79B9_7F4A_7C15
        var word = state
        word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
        word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
        return Int((word ^ (word >> 31)) % UInt64(bound))
    }
}

extension String {
    fileprivate var lowerASCII: String {
        String(decoding: utf8.map { (0x41...0x5A).contains($0) ? $0 + 32 : $0 }, as: UTF8.self)
    }
}
