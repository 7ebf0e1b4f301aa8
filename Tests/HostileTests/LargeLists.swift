// Lists of the language that are as long as they may be, each with one mistake in every entry, or
// only in the last one.
extension LargeInput {
    private static let person = tenant + "kind: Admin\nemail: a@acme.example\n"
    private static let users =
        tenant + "kind: Identity\ncode: acme.eu\ntenant: production\nusers:\n"
    private static let test = tenant + "kind: AccessTest\nname: t\nexpect:\n"
    private static let policy = tenant + "kind: Policy\nname: p\nrules:\n"
    private static let bundle = tenant + "kind: Bundle\nname: b\n"
    private static let offer = role + "---\nkind: Tenant\nname: t\navailableRoles:"
    private static let member = "- {email: a#n@acme.example, roles: "

    static let ofLists = ofNames + ofMembers + ofPeople + ofChecks

    private static let ofNames = [
        LargeInput("one line of numbers", "error[E1", "a: [", each: "1,", "]\n"),
        LargeInput("one line of bad names", "E102", role + "formerly: [", each: "r#n!,", "]\n"),
        LargeInput("one line of unknown roles", "E120", offer + " [", each: "r#n,", "]\n"),
        LargeInput("list of unknown roles", "E120", offer + "\n", each: "- r#n\n"),
        LargeInput("list of one known role", "E138", offer + "\n", each: "- access_read\n"),
        LargeInput("bundle of unknown roles", "E120", bundle + "roles:\n", each: "- r#n\n"),
        LargeInput(
            "bundle of unknown permissions", "E134", bundle + "permissions:\n", each: "- r#n\n"),
        LargeInput(
            "unknown roles among many", "E120", each: "kind: Role\nname: b#n\n---\n",
            "kind: Tenant\nname: t\navailableRoles: ["
                + (0..<3_000).map { "nope\($0)" }.joined(separator: ",") + "]\n"),
        LargeInput(
            "the last of many roles", "E102", each: "kind: Role\nname: b#n\n---\n",
            "kind: Role\nname: b!\n"),
        LargeInput(
            "one earlier name", "E131", each: "kind: Role\nname: b#n\nformerly: [z]\n---\n"),
        LargeInput(
            "long titles", "E116", each: "kind: Role\nname: b#n\ntitle: \(dots)\n---\n"),
        LargeInput(
            "tenants with an unknown role", "E120", role,
            each: "---\nkind: Tenant\nname: t#n\navailableRoles: [nope]\n"),
        LargeInput(
            "identities of an unknown tenant", "E133", tenant,
            each: "kind: Identity\ncode: acme#n.eu\ntenant: nope\n---\n"),
    ]

    private static let dots = String(repeating: ".", count: 201)

    private static let ofMembers = [
        LargeInput("members as texts", "E102", members, each: "- a#n@acme.example\n"),
        LargeInput("a text for a list", "E102", members, each: member + "access_read}\n"),
        LargeInput("a mapping for a list", "E102", members, each: member + "{x: y}}\n"),
        LargeInput("bad names of roles", "E102", members, each: member + "['a b']}\n"),
        LargeInput("roles twice", "E138", members, each: member + "[r, r]}\n"),
        LargeInput("unknown roles in blocks", "E120", members, each: block),
        LargeInput(
            "misspelt fields", "E101", members, each: "- {email: a#n@acme.example, role: []}\n"),
        LargeInput("bad ends", "E102", members, each: member + "[], expires: 2027-02-30}\n"),
        LargeInput("bad grantors", "E104", members, each: member + "[], grantedBy: x}\n"),
        LargeInput("derived fields", "E112", members, each: member + "[], state: active}\n"),
        LargeInput(
            "members of an unknown tenant", "E133",
            role + "---\nkind: Members\ntenant: nope\nadmins:\n",
            each: member + "[access_read]}\n"),
        LargeInput(
            "the last of many members", "E104", members, each: member + "[access_read]}\n",
            "- {email: x}\n"),
    ]

    private static let block = "- email: a#n@acme.example\n  roles:\n  - x\n"

    private static let ofPeople = [
        LargeInput(
            "unknown tenants of a person", "E133", person + "memberships:\n",
            each: "- {tenant: t#n, roles: [access_read]}\n"),
        LargeInput(
            "people of an unknown tenant", "E133", tenant,
            each: "kind: Admin\nemail: x#n@a.example\nmemberships: [{tenant: nope}]\n---\n"),
        LargeInput(
            "one earlier address", "E131", tenant,
            each: "kind: Admin\nemail: x#n@a.example\nformerly: [z@a.example]\n---\n"),
        LargeInput("bad addresses of users", "E104", users, each: "- {email: a#n.example}\n"),
        LargeInput("one user", "E131", users, each: "- {email: a@b.example}\n"),
        LargeInput(
            "labels with a comma", "E142", users,
            each: "- {email: a#n@b.example, roles: ['a,b']}\n"),
        LargeInput(
            "the last of many users", "E104", users, each: "- {email: a#n@b.example}\n",
            "- {email: x}\n"),
    ]

    private static let ofChecks = [
        LargeInput(
            "expectations of an unknown tenant", "E133", test,
            each: "- {admin: a#n@acme.example, tenant: nope, holds: [access_read]}\n"),
        LargeInput(
            "expectations of an unknown role", "E120", test,
            each: "- {admin: a#n@acme.example, tenant: production, holds: [nope]}\n"),
        LargeInput(
            "expectations of nothing", "E107", test, each: "- {admin: a#n@acme.example}\n"),
        LargeInput(
            "bad holders", "E104",
            test + "- tenant: production\n  role: access_read\n  holders:\n",
            each: "  - a#n\n"),
        LargeInput(
            "policies on an unknown role", "E120", policy,
            each: "- maxHolders: {role: nope#n, count: 2}\n"),
        LargeInput(
            "unknown roles that exclude each other", "E120", policy + "- mutuallyExclusive:\n",
            each: "  - r#n\n"),
    ]
}
