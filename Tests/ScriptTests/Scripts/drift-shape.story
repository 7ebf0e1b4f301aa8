# What others changed is told in the shapes that changes have: a grant's value, a flag as a boolean.
env MUSTER_CLOCK=2026-11-22T10:00:00Z
file muster.yaml
    kind: Project
    name: acme-access
    store: sqlite:.muster/store.db
    invitations:
      from: Acme Access <access@acme.example>
      acceptURL: https://access.acme.example/accept
end
file access.yaml
    kind: Role
    name: access_read
    ---
    kind: Tenant
    name: production
    availableRoles: [access_read]
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
end
$ muster apply --operator --yes
$ sqlite3 .muster/store.db "DELETE FROM membership_roles; UPDATE accounts SET blocked = 1"
file check.py
    import json, sys
    plan = json.load(sys.stdin)
    drift = {entry["address"]: entry for entry in plan["drift"]}
    role = drift["production/ann@acme.example#role:access_read"]
    assert (role["before"], role["after"]) == ("access_read", None), role
    account = drift["account:ann@acme.example"]
    assert account["before"]["blocked"] is False and account["after"]["blocked"] is True, account
    assert {change["reason"] for change in plan["changes"]} == {"drift"}, plan["changes"]
    print("as described")
end
$ sh -c 'muster plan --operator --format json | python3 check.py'
out> as described
$ muster plan --operator --out plan.json
$ muster apply plan.json --operator
out> Applied as run 2
$ muster plan --operator --detailed-exitcode
