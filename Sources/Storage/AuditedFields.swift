internal import AccessModel
internal import Planning

// The fields of each resource, as the audit names them.

extension AuditValue {
    static func flags(_ key: String, _ flag: Bool) -> AuditValue { .fields([key: .flag(flag)]) }
}

extension Role {
    var audited: AuditValue {
        .fields([
            "title": .text(title), "description": .text(description),
            "application": .text(application), "sensitive": .flag(sensitive),
        ])
    }
}

extension Tenant {
    var audited: AuditValue {
        .fields([
            "title": .text(title), "environment": .text(environment.rawValue),
            "availableRoles": .names(availableRoles),
        ])
    }
}

extension Identity {
    var audited: AuditValue { .fields(["tenant": .text(tenant.text), "title": .text(title)]) }
}

extension PermissionFields {
    var audited: AuditValue { .stated(["title": title.map(AuditValue.text)]) }
}

extension RoleFields {
    var audited: AuditValue {
        .stated([
            "name": name.map { .text($0.text) }, "title": title.map(AuditValue.text),
            "description": description.map(AuditValue.text),
            "application": application.map(AuditValue.text),
            "sensitive": sensitive.map(AuditValue.flag),
        ])
    }
}

extension TenantFields {
    var audited: AuditValue {
        .stated([
            "name": name.map { .text($0.text) }, "title": title.map(AuditValue.text),
            "environment": environment.map { .text($0.rawValue) },
        ])
    }
}

extension IdentityFields {
    var audited: AuditValue {
        .stated([
            "code": code.map { .text($0.text) }, "tenant": tenant.map { .text($0.text) },
            "title": title.map(AuditValue.text),
        ])
    }
}
