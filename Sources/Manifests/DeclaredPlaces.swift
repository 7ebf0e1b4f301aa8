internal import AccessModel
internal import Diagnostics

/// Where each thing that has a document, a rule or an expectation of its own is declared.
///
/// A table for each kind: addresses of all kinds in one table take thrice the memory.
struct DeclaredPlaces: Sendable {
    /// A part of a document, counted from 1; 0 is the document.
    private struct Numbered: Hashable, Sendable {
        var name: String
        var number: Int
    }

    private var project: Span?
    private var permissions = SpanTable<PermissionName>()
    private var roles = SpanTable<RoleName>()
    private var tenants = SpanTable<TenantName>()
    private var availableRoles: [TenantName: SpanTable<RoleName>] = [:]
    private var identities = SpanTable<IdentityCode>()
    private var accounts = SpanTable<EmailAddress>()
    private var rules = SpanTable<Numbered>()
    private var expectations = SpanTable<Numbered>()

    /// `nil` for what lies in a list of a document, too.
    subscript(address: Address) -> Span? {
        switch address {
        case .project: project
        case .permission(let name): permissions[name]
        case .role(let name): roles[name]
        case .tenant(let name): tenants[name]
        case .availableRole(let tenant, let role): availableRoles[tenant]?[role]
        case .identity(let code): identities[code]
        case .account(let email): accounts[email]
        case .policy(let name, let rule): rules[Numbered(name: name, number: rule ?? 0)]
        case .accessTest(let name, let number):
            expectations[Numbered(name: name, number: number ?? 0)]
        case .membership, .grant, .identityUser: nil
        }
    }

    mutating func set(_ span: Span, for address: Address) {
        switch address {
        case .project: project = span
        case .permission(let name): permissions.set(span, for: name)
        case .role(let name): roles.set(span, for: name)
        case .tenant(let name): tenants.set(span, for: name)
        case .availableRole(let tenant, let role):
            availableRoles[tenant, default: SpanTable()].set(span, for: role)
        case .identity(let code): identities.set(span, for: code)
        case .account(let email): accounts.set(span, for: email)
        case .policy(let name, let rule):
            rules.set(span, for: Numbered(name: name, number: rule ?? 0))
        case .accessTest(let name, let number):
            expectations.set(span, for: Numbered(name: name, number: number ?? 0))
        case .membership, .grant, .identityUser: break
        }
    }
}
