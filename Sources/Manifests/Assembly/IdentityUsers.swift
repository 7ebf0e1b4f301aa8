internal import AccessModel
internal import Diagnostics

/// Users of identities and where each is declared, by identity, then by address.
struct PlacedUsers {
    var users: [DesiredIdentityUser] = []
    var spans: [Span] = []
    /// What makes users admins, in their order; few users are.
    var admins: [PlacedAdmin] = []
}

/// One place that makes a user an admin of the identity.
struct PlacedAdmin {
    /// The user's index.
    var user: Int32
    var span: Span
    /// The tenant's `identityAdmins`, not the user's own entry.
    var isOfTenant: Bool
}

/// The users of Identity and IdentityUsers documents, with the `identityAdmins` of tenants.
func identityUsers(
    of documents: Documents, _ catalogue: Catalogue, _ findings: inout Findings
) -> PlacedUsers {
    var lists: [IdentityCode: [IdentityUserEntry]] = [:]
    // What an absent identity lists goes with it: `cascade` says that this is meant.
    for identity in catalogue.identities.rows where identity.declared.presence == .present {
        let hasAdmins = catalogue.tenants[identity.tenant.value]?.identityAdmins.isEmpty == false
        if identity.users.isEmpty && !hasAdmins { continue }
        lists[identity.declared.code] = identity.users
    }
    for document in documents.identityUsers {
        let subject = Subject.document(
            kind: Kind.identityUsers.rawValue, key: document.identity.value.text)
        if catalogue.known(document.identity, about: subject, &findings) {
            lists[document.identity.value, default: []] += document.users
        }
    }
    var result = PlacedUsers()
    let count = lists.reduce(0) { $0 + $1.value.count }
    result.users.reserveCapacity(count)
    result.spans.reserveCapacity(count)
    for code in lists.keys.sorted() {
        guard let list = lists.removeValue(forKey: code) else { continue }
        let tenant = catalogue.identities[code].flatMap { catalogue.tenants[$0.tenant.value] }
        let admins = tenant?.declared.presence == .present ? tenant?.identityAdmins ?? [] : []
        append(list, of: code, withAdmins: admins, to: &result, &findings)
    }
    return result
}

private func append(
    _ list: [IdentityUserEntry], of code: IdentityCode, withAdmins admins: [Located<EmailAddress>],
    to result: inout PlacedUsers, _ findings: inout Findings
) {
    var order = Array(list.indices)
    let isInOrder = list.indices.dropFirst().allSatisfy { list[$0 - 1].email < list[$0].email }
    if !isInOrder {
        order.sort { a, b in
            let left = list[a].email.canonical
            let right = list[b].email.canonical
            return left != right ? left < right : list[a].span.precedes(list[b].span)
        }
    }
    let listed = admins.isEmpty ? [] : Set(list.map(\.email))
    let missing = admins.filter { !listed.contains($0.value) }.sorted { $0.value < $1.value }
    let tenantAdmins = Dictionary(
        admins.map { ($0.value, $0.span) }, uniquingKeysWith: { first, _ in first })
    func addAdmin(at span: Span, isOfTenant: Bool) {
        result.admins.append(
            PlacedAdmin(
                user: Int32(result.users.count), span: span, isOfTenant: isOfTenant))
    }
    var next = 0
    func addMissing(before email: EmailAddress?) {
        while next < missing.count, email.map({ missing[next].value < $0 }) ?? true {
            addAdmin(at: missing[next].span, isOfTenant: true)
            result.users.append(
                DesiredIdentityUser(identity: code, email: missing[next].value, admin: true))
            result.spans.append(missing[next].span)
            next += 1
        }
    }
    var last: (email: EmailAddress, span: Span)?
    for index in order {
        let entry = list[index]
        if let last, last.email == entry.email {
            if findings.isFull(entry.span.file) { continue }
            findings.add(
                .declaredTwice(
                    .address(.identityUser(code, entry.email)), at: entry.span,
                    first: last.span))
            continue
        }
        last = (entry.email, entry.span)
        addMissing(before: entry.email)
        let tenantSpan = tenantAdmins.isEmpty ? nil : tenantAdmins[entry.email]
        let isAdmin = entry.adminSpan != nil || tenantSpan != nil
        if !isAdmin, entry.roles.contains(where: \.saysAdmin) {
            findings.add(
                .adminByLabel(about: .address(.identityUser(code, entry.email)), at: entry.span))
        }
        if let span = entry.adminSpan { addAdmin(at: span, isOfTenant: false) }
        if let tenantSpan { addAdmin(at: tenantSpan, isOfTenant: true) }
        result.users.append(
            DesiredIdentityUser(
                identity: code, email: entry.email, admin: isAdmin, roles: entry.roles,
                enabled: entry.enabled, expires: entry.expires))
        result.spans.append(entry.span)
    }
    addMissing(before: nil)
}

extension Label {
    /// In whatever letters.
    var saysAdmin: Bool { text.utf8.count == 5 && text.lowercased() == "admin" }
}
