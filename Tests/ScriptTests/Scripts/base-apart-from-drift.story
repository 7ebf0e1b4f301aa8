# In a pull request: what this branch does, apart from what the store has drifted, without store or secret.
env MUSTER_CLOCK=2026-11-22T10:00:00Z
file muster.yaml
    kind: Project
    name: acme-access
    store: postgres://nobody@db.acme.example/access
    invitations:
      from: Acme Access <access@acme.example>
      acceptURL: https://access.acme.example/accept
end
file access.yaml
    kind: Role
    name: access_read
    ---
    kind: Role
    name: access_write
    ---
    kind: Tenant
    name: production
    availableRoles: [access_read, access_write]
end
file people.yaml
    kind: Admin
    email: ann@acme.example
    firstName: Ann
    lastName: Bee
    mobile: "+31612345671"
    memberships:
      - tenant: production
        permissions: [invite_admins, assign_permissions, assign_roles]
end
file bob.yaml
    kind: Members
    tenant: production
    admins:
      - { email: bob@acme.example, roles: [access_read] }
      - { email: cat@acme.example, permissions: [invite_admins] }
end
$ git init -q -b main
$ git add .
$ git -c user.name=x -c user.email=x@acme.example commit -qm first
$ git checkout -qb change
file bob.yaml
    kind: Members
    tenant: production
    admins:
      - { email: bob@acme.example, permissions: [invite_admins], roles: [access_write] }
      - { email: dora@acme.example, roles: [access_read] }
    ---
    kind: Admin
    email: dora@acme.example
    firstName: Dora
    lastName: Frey
    mobile: "+31612345674"
end
$ muster plan --base main
out> bob@acme.example  gains: invite_admins; role access_write on production
out>                   loses: role access_read on production
out> cat@acme.example  loses: membership, invite_admins on production
!out> ann@acme.example
out> Cannot be applied: it is for another time or another base.
# Somebody with an account is Activated there, so that the change is judged as it will be.
$ muster plan --base main --as ann@acme.example
out> assign role access_write
$ muster plan --base main --as bob@acme.example
exit 3
out> E210
file check.py
    import json, sys
    plan = json.load(sys.stdin)
    assert plan["applicable"] is False and plan["base"]["store"] is None, plan["base"]
    people = {effect["person"] for effect in plan["effects"]}
    assert people == {"bob@acme.example", "cat@acme.example", "dora@acme.example"}, people
    print("as described")
end
$ sh -c 'muster plan --base main --format json | python3 check.py'
out> as described
$ muster plan --base main --out plan.json
$ muster apply plan.json --operator
exit 3
$ ls -A
!out> .muster
