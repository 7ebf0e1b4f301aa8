import AccessModel
import Planning

/// One action of each kind, and the two states that plans and the audit show for it.
let everyAction: [(action: Action, before: String, after: String)] = {
    let tenant = TenantName("production")
    let code = IdentityCode("io.acme.plant1")
    let ann = EmailAddress(canonical: "ann@acme.example", spelling: "Ann@Acme.example")
    let joe = email("joe@client.example")
    let role = Role(
        name: RoleName("access_read"), title: "Read", description: "To look", application: "access",
        sensitive: true)
    let grants = Grants(
        permissions: [.inviteAdmins, .assignRoles], roles: [RoleName("b"), RoleName("a")])
    let profile = Profile(
        firstName: "Ann", lastName: "Bee", mobile: "+31612345678", language: "en")
    let place = Tenant(
        name: tenant, title: "Production", environment: .nonProduction,
        availableRoles: [RoleName("access_read")])
    let identity = Identity(code: code, tenant: tenant, title: "Plant 1")
    let roleEntry =
        #"{"title":"Read","description":"To look","application":"access","sensitive":true}"#
    let tenantEntry =
        #"{"title":"Production","environment":"non-production","availableRoles":["access_read"]}"#
    let identityEntry = #"{"tenant":"production","title":"Plant 1"}"#
    let entry = #"{"permissions":["assign_roles","invite_admins"],"roles":["a","b"]}"#
    let person =
        #"{"firstName":"Ann","lastName":"Bee","mobile":"+31612345678","language":"en"}"#
    let list: [(Action, String, String)] = [
        (.createPermission(Permission(name: .inviteAdmins, title: "I")), "null", #"{"title":"I"}"#),
        (.createRole(role), "null", roleEntry),
        (.createTenant(place), "null", tenantEntry),
        (.enableRole(tenant, RoleName("access_read")), "null", #""access_read""#),
        (.createIdentity(identity), "null", identityEntry),
        (
            .inviteAdmin(tenant, ann, grants, NewAccount(profile: profile)), "null",
            String(entry.dropLast()) + #","profile":\#(person)}"#
        ),
        (.addAdmin(tenant, joe, grants), "null", entry),
        (
            .addIdentityUser(
                code, joe,
                NewIdentityUser(admin: true, roles: [Label("x y")], enabled: false),
                NewAccount(automation: true)), "null",
            #"{"admin":true,"roles":["x y"],"enabled":false,"profile":{"automation":true}}"#
        ),
        (
            .updatePermission(
                .inviteAdmins, before: PermissionFields(title: "I"),
                after: PermissionFields(title: "J")), #"{"title":"I"}"#, #"{"title":"J"}"#
        ),
        (
            .updateRole(
                RoleName("new"), before: RoleFields(name: RoleName("old"), sensitive: false),
                after: RoleFields(name: RoleName("new"), sensitive: true)),
            #"{"name":"old","sensitive":false}"#, #"{"name":"new","sensitive":true}"#
        ),
        (
            .updateTenant(
                tenant, before: TenantFields(title: "A", environment: .production),
                after: TenantFields(title: "B", environment: .nonProduction)),
            #"{"title":"A","environment":"production"}"#,
            #"{"title":"B","environment":"non-production"}"#
        ),
        (
            .updateIdentity(
                code, before: IdentityFields(code: IdentityCode("io.old"), tenant: tenant),
                after: IdentityFields(code: code, tenant: TenantName("stage"))),
            #"{"code":"io.old","tenant":"production"}"#,
            #"{"code":"io.acme.plant1","tenant":"stage"}"#
        ),
        (
            .updateProfile(
                joe, before: Profile(firstName: "Jo"),
                after: Profile(firstName: "Joe", mobile: "+31612345678")),
            #"{"firstName":"Jo","mobile":null}"#, #"{"firstName":"Joe","mobile":"+31612345678"}"#
        ),
        (.grantPermission(tenant, joe, .inviteAdmins), "null", #""invite_admins""#),
        (.revokePermission(tenant, joe, .inviteAdmins), #""invite_admins""#, "null"),
        (.assignRole(tenant, joe, RoleName("a")), "null", #""a""#),
        (.unassignRole(tenant, joe, RoleName("a")), #""a""#, "null"),
        (.setIdentityAdmin(code, joe), #"{"admin":false}"#, #"{"admin":true}"#),
        (.unsetIdentityAdmin(code, joe), #"{"admin":true}"#, #"{"admin":false}"#),
        (
            .setIdentityRoles(code, joe, before: [], after: [Label("b"), Label("a")]),
            #"{"roles":[]}"#, #"{"roles":["a","b"]}"#
        ),
        (.enableIdentityUser(code, joe), #"{"enabled":false}"#, #"{"enabled":true}"#),
        (.disableIdentityUser(code, joe), #"{"enabled":true}"#, #"{"enabled":false}"#),
        (.blockAccount(joe), #"{"blocked":false}"#, #"{"blocked":true}"#),
        (.unblockAccount(joe), #"{"blocked":true}"#, #"{"blocked":false}"#),
        (
            .resendInvitation(.identityUser(code, joe), generation: 1), #"{"generation":1}"#,
            #"{"generation":2}"#
        ),
        (
            .resendInvitation(.membership(tenant, ann), generation: 3), #"{"generation":3}"#,
            #"{"generation":4}"#
        ),
        (.removeAdmin(tenant, joe, grants), entry, "null"),
        (
            .removeIdentityUser(
                code, joe, IdentityUserEntry(admin: false, roles: [], enabled: true)),
            #"{"admin":false,"roles":[],"enabled":true}"#, "null"
        ),
        (.deleteAccount(ann, profile), person, "null"),
        (.disableRole(tenant, RoleName("a")), #""a""#, "null"),
        (.deleteIdentity(identity), identityEntry, "null"),
        (.deleteTenant(place), tenantEntry, "null"),
        (.deleteRole(role), roleEntry, "null"),
        (.deletePermission(Permission(name: .inviteAdmins, title: "I")), #"{"title":"I"}"#, "null"),
    ]
    return list.map { (action: $0.0, before: $0.1, after: $0.2) }
}()
