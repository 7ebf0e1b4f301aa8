# Every format tells the same drift, escapes what the store says and masks mobiles.
env MUSTER_CLOCK=2026-11-22T10:00:00Z
file muster.yaml
    kind: Project
    name: acme-access
    store: sqlite:.muster/store.db
    invitations:
      from: Acme Access <access@acme.example>
      acceptURL: https://access.acme.example/accept
end
file catalogue.yaml
    kind: Permission
    name: see_reports
    title: See reports
    ---
    kind: Role
    name: access_read
    title: Read
    ---
    kind: Role
    name: access_write
    title: Write
    sensitive: true
    ---
    kind: Tenant
    name: production
    title: Production
    availableRoles: [access_read, access_write]
    ---
    kind: Tenant
    name: partners
    title: Partners
    management: additive
    availableRoles: [access_read]
    ---
    kind: Tenant
    name: legacy
    title: Legacy
    availableRoles: [access_read]
    ---
    kind: Identity
    code: io.acme.plant1
    tenant: production
    title: Plant 1
    users:
      - { email: joe@client.example, admin: true, roles: [facility-manager] }
end
file people.yaml
    kind: Admin
    email: ann@acme.example
    firstName: Ann
    lastName: Bee
    mobile: "+31612345671"
    blocked: false
    memberships:
      - tenant: production
        permissions: [invite_admins, assign_permissions, assign_roles]
        roles: [access_read]
      - tenant: partners
        roles: [access_read]
      - tenant: legacy
        roles: [access_read]
end
$ muster apply --operator --yes
$ sqlite3 .muster/store.db "UPDATE tenants SET title = char(27) || '[2J <b>|@all' || char(10) || '::error::x' WHERE name = 'production'; UPDATE accounts SET mobile = '+31699999999' WHERE email = 'ann@acme.example'"
$ muster drift
exit 2
out> title "Production" -> "\u{1b}[2J <b>|@all\u{a}::error::x"
out> mobile "+31*****671" -> "+31*****999"
$ muster drift --format markdown
exit 2
out> ### 2 objects changed outside Muster; the next plan reverts 2.
out> &lt;b&gt;&#124;&#64;all
!out> <b>
!out> +31699999999
$ muster drift --format github
exit 2
out> ::warning file=catalogue.yaml,line=15,col=7,title=W285::tenant:production: title
out> ::notice title=Drift::2 objects changed outside Muster
!out> +31699999999
$ muster drift --format sarif
exit 2
out> "ruleId": "W285"
out> "uri": "people.yaml"
!out> +31699999999
file check.py
    import json, sys
    drift = json.load(sys.stdin)
    assert drift["format"] == "muster.drift/1" and drift["differs"] is True
    assert sorted(drift) == sorted(["format", "project", "store", "serial", "since", "differs", "drift", "overdue", "refusals", "findings"])
    account, tenant = drift["drift"]
    assert account["address"] == "account:ann@acme.example" and tenant["address"] == "tenant:production"
    assert account["before"]["mobile"] == "+31*****671" and account["after"]["mobile"] == "+31*****999"
    assert account["by"] is None and account["times"] == 1 and account["standing"] == "open"
    assert account["plan"] == {"does": "revert", "kinds": ["updateProfile"], "because": None, "codes": []}
    plan = json.load(open("plan.json"))["drift"]
    assert [sorted(entry) for entry in plan] == [["address", "after", "at", "before", "by", "firstAt", "times"]] * 2
    assert all({**entry, **part} == entry for entry, part in zip([tenant], plan[1:]))
    print("as described")
end
$ muster plan --operator --out plan.json
$ sh -c 'muster drift --format json | python3 check.py'
out> as described
# Whoever may invite nobody where she is learns that a detail changed, and no more (R-42).
$ muster drift --as joe@client.example
exit 2
out> account:ann@acme.example: mobile "withheld" -> "withheld, another"
!out> 671
# Invalid manifests: the drift is told, without what a plan would do.
file people.yaml
    kind: Admni
end
$ muster drift
exit 65
out> what a plan would do is not known
out> tenant:production
err> the manifests are invalid
$ muster drift --format json
exit 65
out> "does": "unknown"
out> "code": "E
$ muster drift --frobnicate
exit 64
$ muster drift --store sqlite:nowhere.db
exit 65
