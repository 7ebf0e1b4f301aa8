import AccessModel

extension Difference {
    mutating func compareIdentities() {
        let isLong = desired.identityUsers.count > 5_000
        let apart = apart
        // What is said of one identity depends on no other. A few at a time: their users may be
        // a million, and so may be what is said of them.
        for start in stride(from: 0, to: desired.identities.count, by: 16) {
            let identities = desired.identities[start...].prefix(16)
            let parts = values(of: identities.indices, inParallel: isLong) { index in
                apart.part(of: identities[index])
            }
            for (identity, part) in zip(identities, parts) {
                if identity.management == .observe || standsNowhere(identity) {
                    draft.observe(part)
                } else {
                    draft.append(part)
                }
            }
        }
    }

    private func part(of identity: DesiredIdentity) -> Draft {
        let alone = apart
        var part = Draft()
        switch identity.presence {
        case .present: alone.compare(identity, &part)
        case .absent(let cascade): alone.delete(identity.code, cascade: cascade, &part)
        }
        return part
    }

    /// Its tenant is only observed, and is not there.
    func standsNowhere(_ identity: DesiredIdentity) -> Bool {
        observed.tenants[identity.tenant] == nil
            && desired.tenants.contains {
                $0.name == identity.tenant && $0.management == .observe
            }
    }

    private func compare(_ wanted: DesiredIdentity, _ part: inout Draft) {
        let code = wanted.code
        guard let current = observed.identities[code] else {
            let identity = Identity(code: code, tenant: wanted.tenant, title: wanted.title)
            let reason = foreign.reason(foreign.vanished(.identity(code)), else: .declared)
            part.propose(.createIdentity(identity), reason)
            return compareUsers(of: wanted, &part)
        }
        guard !current.system else { return part.findings.append(.systemIdentity(code)) }
        if let (before, after) = current.difference(to: wanted) {
            let isDrift = foreign.altered(.identity(code), from: after.texts)
            part.propose(
                .updateIdentity(code, before: before, after: after),
                foreign.reason(isDrift, else: .declared))
        }
        compareUsers(of: wanted, &part)
    }

    private func delete(_ code: IdentityCode, cascade: Bool, _ part: inout Draft) {
        guard let current = observed.identities[code] else { return }
        guard !current.system else { return part.findings.append(.systemIdentity(code)) }
        let users = observed.identityUsers[code]?.count ?? 0
        guard cascade || users == 0 else {
            return part.findings.append(.needsCascade(.identity(code), holding: users, "users"))
        }
        delete(current, .declared, &part)
    }

    private func compareUsers(of identity: DesiredIdentity, _ part: inout Draft) {
        let code = identity.code
        let declared = declarations.users(of: code)
        let current = observed.identityUsers[code] ?? [:]
        var declaredOnes = 0
        for (email, entry) in declared where !entry.expired {
            if let user = current[email] {
                declaredOnes += 1
                compare(user, with: entry.declared, &part)
            } else if !refused.contains(email) {
                add(entry.declared, &part)
            }
        }
        if declaredOnes == current.count { return }
        for email in current.keys {
            let entry = declared[email]
            guard entry?.expired ?? true, let user = current[email] else { continue }
            if entry != nil {
                part.propose(.removeIdentityUser(code, email, user.entry), .expired)
            } else {
                leave(email, user, identity, &part)
            }
        }
    }

    private func add(_ wanted: DesiredIdentityUser, _ part: inout Draft) {
        let (code, email) = (wanted.identity, wanted.email)
        let reason = foreign.reason(foreign.vanished(.identityUser(code, email)), else: .declared)
        let account = observed.accounts[email]
        if let account, isBlocked(account), mayAdd(to: .identity(code)) {
            part.findings.append(.blockedIsDeclared(.identityUser(code, email)))
        }
        let user = NewIdentityUser(
            admin: wanted.admin, roles: wanted.roles, enabled: wanted.enabled)
        part.propose(
            .addIdentityUser(code, email, user, account == nil ? newAccount(email) : nil), reason,
            mail: mailKind(for: email))
    }

    private func compare(
        _ current: IdentityUser, with wanted: DesiredIdentityUser, _ part: inout Draft
    ) {
        let (code, email) = (wanted.identity, wanted.email)
        var address: Address { .identityUser(code, email) }
        func propose(_ action: Action, _ field: String, _ value: String) {
            let isDrift = foreign.altered(address, from: [field: value])
            part.propose(action, foreign.reason(isDrift, else: .declared))
        }
        if current.admin != wanted.admin {
            propose(
                wanted.admin ? .setIdentityAdmin(code, email) : .unsetIdentityAdmin(code, email),
                "admin", wanted.admin ? "true" : "false")
        }
        if current.roles != wanted.roles {
            propose(
                .setIdentityRoles(code, email, before: current.roles, after: wanted.roles), "roles",
                wanted.roles.map(\.text).joined(separator: ","))
        }
        if let enabled = wanted.enabled, enabled != current.enabled {
            propose(
                enabled ? .enableIdentityUser(code, email) : .disableIdentityUser(code, email),
                "enabled", enabled ? "true" : "false")
        }
        let isSame =
            current.admin == wanted.admin && current.roles == wanted.roles
            && (wanted.enabled ?? current.enabled) == current.enabled
        if isNews(email, changing: !isSame) {
            part.findings.append(.blockedIsDeclared(address))
        }
        if current.pending { awaitAnswer(.identityUser(code, email), &part) }
    }

    private func leave(
        _ email: EmailAddress, _ user: IdentityUser, _ identity: DesiredIdentity,
        _ part: inout Draft
    ) {
        let code = identity.code
        if declarations.hasLeft(email) {
            part.propose(.removeIdentityUser(code, email, user.entry), .expired)
        } else if let successor = declarations.successors[email],
            let entry = declarations.users[code]?[successor], !entry.expired,
            !refused.contains(successor)
        {
            if isSettled(successor, in: .identityUser(code, successor)) {
                part.propose(.removeIdentityUser(code, email, user.entry), .renamed)
            } else {
                part.note(
                    .renaming, .identityUser(code, email),
                    "stays until \(successor), the new address, is active")
            }
        } else if identity.management == .authoritative {
            let isDrift = foreign.appeared(.identityUser(code, email))
            part.propose(
                .removeIdentityUser(code, email, user.entry),
                foreign.reason(isDrift, else: .undeclared))
        } else {
            part.note(.unmanaged, .identityUser(code, email), "is not declared, and left alone")
        }
    }
}

extension Identity {
    /// The fields that differ, as they are and as they should be.
    func difference(to wanted: DesiredIdentity) -> (IdentityFields, IdentityFields)? {
        var before = IdentityFields()
        var after = IdentityFields()
        if tenant != wanted.tenant { (before.tenant, after.tenant) = (tenant, wanted.tenant) }
        if title != wanted.title { (before.title, after.title) = (title, wanted.title) }
        return after == IdentityFields() ? nil : (before, after)
    }
}

extension IdentityFields {
    /// As the store's recorder writes fields.
    var texts: [String: String?] {
        var texts: [String: String?] = [:]
        if let tenant { texts["tenant"] = tenant.text }
        if let title { texts["title"] = title }
        return texts
    }
}
