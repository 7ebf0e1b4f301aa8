internal import AccessModel
internal import Planning
internal import Reconciliation

/// What one change does, in words: a head, and the lists that it carries.
struct ChangePhrase: Hashable {
    struct List: Hashable {
        var label: String
        var values: [String]
    }

    var head: Phrase
    var lists: [List]

    init(_ head: Phrase, _ lists: [List] = []) {
        self.head = head
        self.lists = lists.filter { !$0.values.isEmpty }
    }

    /// All in one: `invite (permissions a, b; role c)`.
    var inline: Phrase {
        guard !lists.isEmpty else { return head }
        let parts = lists.map { list -> Phrase in
            "\(words: list.label) \(list.values.map { "\($0)" as Phrase }.joined(", "))"
        }
        return "\(head) (\(parts.joined("; ")))"
    }

    init(_ action: Action) {
        switch action {
        case .createPermission(let permission): self.init("\(created: permission.title)")
        case .createRole(let role):
            self.init("\(created: role.title)\(words: role.sensitive ? ", sensitive" : "")")
        case .createTenant(let tenant):
            self.init(
                "\(created: tenant.title), \(words: tenant.environment.rawValue)",
                [.roles(tenant.availableRoles)])
        case .enableRole(_, let role): self.init("make role \(role.text) available")
        case .createIdentity(let identity):
            self.init("\(created: identity.title) in tenant \(identity.tenant.text)")
        case .inviteAdmin(_, _, let grants, let new):
            self.init("invite\(new.introduction)", grants.lists)
        case .addAdmin(_, _, let grants): self.init("add", grants.lists)
        case .addIdentityUser(_, _, let user, let new):
            self.init(
                "add\(words: user.admin ? " as admin" : "")\(words: user.switching)"
                    + (new?.introduction ?? Phrase()),
                [.roles(user.roles)])

        case .updatePermission(_, let before, let after):
            self.init(.updates([("title", before.title, after.title)]))
        case .updateRole(_, let before, let after): self.init(.update(before, after))
        case .updateTenant(_, let before, let after): self.init(.update(before, after))
        case .updateIdentity(_, let before, let after): self.init(.update(before, after))
        case .updateProfile(_, let before, let after): self.init(.update(before, after))
        case .grantPermission(_, _, let name): self.init("grant permission \(name.text)")
        case .revokePermission(_, _, let name): self.init("revoke permission \(name.text)")
        case .assignRole(_, _, let name): self.init("assign role \(name.text)")
        case .unassignRole(_, _, let name): self.init("unassign role \(name.text)")
        case .setIdentityAdmin: self.init("make admin")
        case .unsetIdentityAdmin: self.init("make no longer admin")
        case .setIdentityRoles(_, _, let before, let after):
            self.init("set the roles", .edits(from: before, to: after))
        case .enableIdentityUser: self.init("enable")
        case .disableIdentityUser: self.init("disable")
        case .blockAccount: self.init("block")
        case .unblockAccount: self.init("unblock")
        case .resendInvitation(_, let generation):
            self.init("send the invitation again (generation \(words: String(generation + 1)))")

        case .removeAdmin(_, _, let grants): self.init("remove", grants.lists)
        case .removeIdentityUser(_, _, let user):
            self.init("remove\(words: user.admin ? ", an admin" : "")", [.roles(user.roles)])
        case .deleteAccount: self.init("delete the account")
        case .disableRole(_, let role): self.init("make role \(role.text) unavailable")
        case .deleteIdentity, .deleteTenant, .deleteRole, .deletePermission: self.init("delete")
        }
    }
}

extension ChangePhrase.List {
    /// "role a" or "roles a, b".
    static func roles<Tag>(_ names: SortedSet<Name<Tag>>) -> Self {
        Self(label: names.count == 1 ? "role" : "roles", values: names.map(\.text))
    }

    static func permissions(_ names: SortedSet<PermissionName>) -> Self {
        Self(label: names.count == 1 ? "permission" : "permissions", values: names.map(\.text))
    }
}

extension [ChangePhrase.List] {
    fileprivate static func edits(from old: SortedSet<Label>, to new: SortedSet<Label>) -> Self {
        let gone = old.subtracting(new).map(\.text)
        let come = new.subtracting(old).map(\.text)
        return [.init(label: "add", values: come), .init(label: "drop", values: gone)]
    }
}

extension Grants {
    var lists: [ChangePhrase.List] { [.permissions(permissions), .roles(roles)] }
}

extension NewIdentityUser {
    fileprivate var switching: String { enabled.map { $0 ? ", enabled" : ", disabled" } ?? "" }
}

extension NewAccount {
    /// Who gets the new account: " Ann Bee, +31*****678".
    var introduction: Phrase {
        let name = [profile.firstName, profile.lastName].compactMap { $0 }.joined(separator: " ")
        var phrase: Phrase = name.isEmpty ? Phrase() : " \(name)"
        if let mobile = profile.mobile {
            phrase = "\(phrase)\(words: name.isEmpty ? " " : ", ")\(maskedMobile(mobile))"
        }
        return automation ? "\(phrase), a pipeline's account" : phrase
    }
}

extension Phrase {
    fileprivate static func updates(
        _ fields: [(name: String, old: String?, new: String?)]
    ) -> Phrase {
        fields.compactMap { field -> Phrase? in
            guard field.old != nil || field.new != nil else { return nil }
            let old: Phrase = field.old.map { "\"\($0)\"" } ?? "none"
            let new: Phrase = field.new.map { "\"\($0)\"" } ?? "none"
            return "\(words: field.name) \(old) -> \(new)"
        }.joined(", ")
    }

    fileprivate static func update(_ before: RoleFields, _ after: RoleFields) -> Phrase {
        updates([
            ("rename", before.name?.text, after.name?.text), ("title", before.title, after.title),
            ("description", before.description, after.description),
            ("application", before.application, after.application),
            ("sensitive", before.sensitive.map(String.init), after.sensitive.map(String.init)),
        ])
    }

    fileprivate static func update(_ before: TenantFields, _ after: TenantFields) -> Phrase {
        updates([
            ("rename", before.name?.text, after.name?.text), ("title", before.title, after.title),
            ("environment", before.environment?.rawValue, after.environment?.rawValue),
        ])
    }

    fileprivate static func update(_ before: IdentityFields, _ after: IdentityFields) -> Phrase {
        updates([
            ("rename", before.code?.text, after.code?.text),
            ("tenant", before.tenant?.text, after.tenant?.text),
            ("title", before.title, after.title),
        ])
    }

    fileprivate static func update(_ before: Profile, _ after: Profile) -> Phrase {
        updates([
            ("first name", before.firstName, after.firstName),
            ("last name", before.lastName, after.lastName),
            ("mobile", before.mobile.map(maskedMobile), after.mobile.map(maskedMobile)),
            ("language", before.language, after.language),
        ])
    }
}

extension Phrase.StringInterpolation {
    /// `create`, and the title in quotes where there is one.
    fileprivate mutating func appendInterpolation(created title: String) {
        pieces.append(.words("create"))
        if !title.isEmpty { pieces += [.words(" \""), .value(title), .words("\"")] }
    }
}
