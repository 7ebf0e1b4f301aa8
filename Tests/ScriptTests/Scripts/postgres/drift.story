# What others change in a shared store is told with the role and the program that did it.
env MUSTER_CLOCK=2026-11-22T10:00:00Z
env MUSTER_STORE=$SERVER&schema=$SCHEMA
env MUSTER_INVITATION_KEY=0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
file muster.yaml
    kind: Project
    name: acme-access
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
$ muster plan --operator
out> invite Ann Bee
$ psql -qX $SERVER -c "SELECT nspname FROM pg_namespace WHERE nspname = '$SCHEMA'"
out> (0 rows)
$ muster apply --operator --yes
out> Applied as run 1
$ muster plan --operator --detailed-exitcode
$ psql -qX $SERVER -c "SET search_path TO $SCHEMA; SET application_name TO 'night shift'; DELETE FROM membership_roles; UPDATE accounts SET blocked = 1"
file check.py
    import json, sys
    plan = json.load(sys.stdin)
    drift = {entry["address"]: entry for entry in plan["drift"]}
    role = drift["production/ann@acme.example#role:access_read"]
    assert (role["before"], role["after"]) == ("access_read", None), role
    account = drift["account:ann@acme.example"]
    assert account["before"]["blocked"] is False and account["after"]["blocked"] is True, account
    assert {entry["by"] for entry in drift.values()} == {"muster (night shift)"}, drift
    assert {change["reason"] for change in plan["changes"]} == {"drift"}, plan["changes"]
    print("as described")
end
$ sh -c 'muster plan --operator --format json | python3 check.py'
out> as described
$ muster plan --operator
out> muster (night shift)
$ muster plan --operator --out plan.json
$ muster apply plan.json --operator
out> Applied as run 2
$ muster apply plan.json --operator
out> lready applied
$ muster plan --operator --detailed-exitcode
$ muster audit verify
