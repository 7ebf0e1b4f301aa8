package import AccessModel

// Declarations as entries of documents. What a manifest says by default is left out.

extension DesiredPermission {
    package var entries: [YAMLValue.Entry] {
        [
            .init("kind", .text(Kind.permission.rawValue)),
            .init("name", .text(permission.name.text)),
            .init("title", .text(permission.title)),
        ]
    }
}

extension DesiredRole {
    package var entries: [YAMLValue.Entry] {
        var entries: [YAMLValue.Entry] = [
            .init("kind", .text(Kind.role.rawValue)), .init("name", .text(role.name.text)),
        ]
        entries.addText("title", role.title)
        entries.addText("description", role.description)
        entries.addText("application", role.application)
        if role.sensitive { entries.append(.init("sensitive", .word("true"))) }
        return entries
    }
}

extension DesiredTenant {
    package var entries: [YAMLValue.Entry] {
        var entries: [YAMLValue.Entry] = [
            .init("kind", .text(Kind.tenant.rawValue)), .init("name", .text(name.text)),
        ]
        entries.addText("title", title)
        entries.append(.init("environment", .text(environment.rawValue)))
        if let availableRoles {
            entries.append(.init("availableRoles", .names(availableRoles.map(\.text))))
        }
        if let minDelegatedAdmins {
            entries.append(.init("minDelegatedAdmins", .word("\(minDelegatedAdmins)")))
        }
        return entries
    }
}

extension DesiredAdmin {
    package func entries(with memberships: [DesiredMembership]) -> [YAMLValue.Entry] {
        var entries: [YAMLValue.Entry] = [
            .init("kind", .text(Kind.admin.rawValue)), .init("email", .text(email.spelling)),
        ]
        entries.addText("firstName", profile.firstName ?? "")
        entries.addText("lastName", profile.lastName ?? "")
        entries.addText("mobile", profile.mobile ?? "")
        entries.addText("language", profile.language ?? "")
        if let blocked { entries.append(.init("blocked", .word("\(blocked)"))) }
        if automation { entries.append(.init("automation", .word("true"))) }
        if !memberships.isEmpty {
            entries.append(
                .init(
                    "memberships",
                    .list(memberships.map(\.itemOfPerson))))
        }
        return entries
    }
}

extension DesiredMembership {
    /// As an item of a Members document.
    package var item: YAMLValue { .flow([.init("email", .text(email.spelling))] + grants.entries) }

    /// As an item of an Admin document.
    package var itemOfPerson: YAMLValue {
        .block([.init("tenant", .text(tenant.text))] + grants.entries)
    }
}

extension Grants {
    /// The lists that hold something; both, empty, when none does.
    package var entries: [YAMLValue.Entry] {
        let both = permissions.isEmpty && roles.isEmpty
        var entries: [YAMLValue.Entry] = []
        if both || !permissions.isEmpty {
            entries.append(.init("permissions", .names(permissions.map(\.text))))
        }
        if both || !roles.isEmpty { entries.append(.init("roles", .names(roles.map(\.text)))) }
        return entries
    }
}

extension DesiredIdentity {
    package func entries(with users: [DesiredIdentityUser]) -> [YAMLValue.Entry] {
        var entries: [YAMLValue.Entry] = [
            .init("kind", .text(Kind.identity.rawValue)), .init("code", .text(code.text)),
            .init("tenant", .text(tenant.text)),
        ]
        entries.addText("title", title)
        entries.append(.init("users", .list(users.map(\.item))))
        return entries
    }
}

extension DesiredIdentityUser {
    package var item: YAMLValue {
        var entries: [YAMLValue.Entry] = [.init("email", .text(email.spelling))]
        if admin { entries.append(.init("admin", .word("true"))) }
        if !roles.isEmpty { entries.append(.init("roles", .names(roles.map(\.text)))) }
        if let enabled { entries.append(.init("enabled", .word("\(enabled)"))) }
        return .flow(entries)
    }
}

extension [YAMLValue.Entry] {
    mutating func addText(_ key: String, _ text: String) {
        if !text.isEmpty { append(.init(key, .text(text))) }
    }
}
