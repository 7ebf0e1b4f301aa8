import AccessModel
import Storage

/// What the audit says of some objects, under all the names that they have had.
struct RightHistory {
    /// Newest first.
    private let entries: [AuditEntry]
    private let runs: [Int64: RunRecord]
    /// Newest first.
    private let renames: [(rename: Rename, sequence: Int64)]

    init(entries: [AuditEntry], runs: [RunRecord] = []) {
        self.entries = entries.sorted { $0.sequence > $1.sequence }
        self.runs = Dictionary(
            runs.map { ($0.number, $0) }, uniquingKeysWith: { first, _ in first })
        renames = self.entries.compactMap { entry in
            entry.rename.map { ($0, entry.sequence) }
        }
    }

    /// Every name that an object has had, the present one first.
    func names(of address: Address) -> [Address] { chain(of: address).map(\.name) }

    /// The names, newest first, with the entry of the audit before which each was in use.
    private func chain(of address: Address) -> [(name: Address, before: Int64)] {
        var chain = [(name: address, before: Int64.max)]
        for (rename, sequence) in renames {
            let earlier = chain[chain.count - 1].name.preceding(rename)
            if earlier != chain[chain.count - 1].name { chain.append((earlier, sequence)) }
        }
        return chain
    }

    // MARK: - Who made it

    func origin(of kind: HeldRight.Kind, in scope: Scope) -> RightOrigin {
        switch (kind, scope) {
        case (.member, .membership(let tenant, let email)):
            return origin(in: chain(of: .membership(tenant, email))) { entry, _ in
                entry.addsMember ? .made : entry.kind == "removeAdmin" ? .ended : .other
            }
        case (.permission(let name), .membership(let tenant, let email)):
            return origin(of: .permission(name), tenant, email)
        case (.role(let name), .membership(let tenant, let email)):
            return origin(of: .role(name), tenant, email)
        case (_, .identityUser(let code, let email)):
            return origin(in: chain(of: .identityUser(code, email))) { entry, _ in
                entry.effect(on: kind)
            }
        default: return .unrecorded
        }
    }

    private func origin(
        of grant: Grant, _ tenant: TenantName, _ email: EmailAddress
    ) -> RightOrigin {
        // The chain of the grant holds that of the membership, and its own role's.
        let chain = chain(of: .grant(tenant, email, grant))
        return origin(in: chain) { entry, name in
            guard case .grant(_, _, let grant) = name else { return .other }
            if entry.address == name.text {
                switch entry.kind {
                case "grantPermission", "assignRole": return .made
                case "revokePermission", "unassignRole": return .ended
                default: return .other
                }
            }
            if entry.addsMember { return entry.gives(grant) ? .made : .ended }
            return entry.kind == "removeAdmin" ? .ended : .other
        }
    }

    /// What an entry did to a right.
    fileprivate enum Effect { case made, ended, other }

    private func origin(
        in chain: [(name: Address, before: Int64)], effect: (AuditEntry, Address) -> Effect
    ) -> RightOrigin {
        for entry in entries {
            guard let name = chain.last(where: { entry.sequence < $0.before })?.name,
                entry.address == name.text || entry.address == name.whole.text
            else { continue }
            switch effect(entry, name) {
            case .made: return made(by: entry)
            case .ended: return .unrecorded
            case .other: continue
            }
        }
        return .unrecorded
    }

    private func made(by entry: AuditEntry) -> RightOrigin {
        runs[entry.run].map { .run($0, entry) } ?? .unrecorded
    }

    // MARK: - The account

    func activation(of email: EmailAddress) -> RightOrigin? {
        entries.first { entry in
            entry.address == Address.account(email).text
                && (entry.kind == "activateAccount"
                    || entry.kind == "recordAccount"
                        && entry.state["state"]?.string == Account.State.activated.rawValue)
        }.map(made)
    }

    func block(of email: EmailAddress) -> RightOrigin {
        let entry = entries.first { entry in
            entry.address == Address.account(email).text
                && ["blockAccount", "unblockAccount", "recordAccount"].contains(entry.kind)
        }
        guard let entry, entry.state["blocked"]?.bool == true else { return .unrecorded }
        return made(by: entry)
    }

    func deletion(of email: EmailAddress) -> RightOrigin? {
        entries.first {
            $0.address == Address.account(email).text && $0.kind == "deleteAccount"
        }.map(made)
    }
}

extension AuditEntry {
    /// What is, as the entry has it; null where it cannot be read.
    fileprivate var state: JSON { Self.value(after) }

    private static func value(_ text: String?) -> JSON {
        guard let text, case .success(let value) = JSONReader.value(of: Array(text.utf8)) else {
            return .null
        }
        return value
    }

    fileprivate var addsMember: Bool {
        ["inviteAdmin", "addAdmin", "recordMembership"].contains(kind)
    }

    fileprivate func gives(_ grant: Grant) -> Bool {
        let list =
            switch grant {
            case .permission: state["permissions"]
            case .role: state["roles"]
            }
        return list?.array?.contains(.string(grant.name)) ?? false
    }

    fileprivate func effect(on kind: HeldRight.Kind) -> RightHistory.Effect {
        let adds = ["addIdentityUser", "recordIdentityUser"].contains(self.kind)
        if self.kind == "removeIdentityUser" { return .ended }
        switch kind {
        case .user: return adds ? .made : .other
        case .identityAdmin:
            guard let admin = state["admin"]?.bool else { return adds ? .ended : .other }
            return admin ? .made : .ended
        case .label(let label):
            guard let roles = state["roles"]?.array else { return .other }
            guard roles.contains(.string(label.text)) else { return .ended }
            let before = Self.value(self.before)["roles"]?.array ?? []
            return before.contains(.string(label.text)) ? .other : .made
        case .enabled(let wanted):
            // Whoever adds a user without a word about it leaves the user enabled.
            guard let enabled = state["enabled"]?.bool ?? (adds ? true : nil) else { return .other }
            return enabled == wanted ? .made : .ended
        case .member, .permission, .role: return .other
        }
    }

    fileprivate var rename: Rename? {
        let fields: (old: JSON?, new: JSON?)
        switch kind {
        case "updateTenant", "updateRole":
            fields = (Self.value(before)["name"], state["name"])
        case "updateIdentity": fields = (Self.value(before)["code"], state["code"])
        default: return nil
        }
        guard let old = fields.old?.string, let new = fields.new?.string else { return nil }
        return switch kind {
        case "updateTenant": .tenant(TenantName(old), to: TenantName(new))
        case "updateRole": .role(RoleName(old), to: RoleName(new))
        default: .identity(IdentityCode(old), to: IdentityCode(new))
        }
    }
}

extension Address {
    /// The address before the rename.
    fileprivate func preceding(_ rename: Rename) -> Address {
        switch rename {
        case .tenant(let old, let new): following(.tenant(new, to: old))
        case .role(let old, let new): following(.role(new, to: old))
        case .identity(let old, let new): following(.identity(new, to: old))
        }
    }

    /// What this is a part of: a grant's membership.
    fileprivate var whole: Address {
        if case .grant(let tenant, let email, _) = self { return .membership(tenant, email) }
        return self
    }
}
