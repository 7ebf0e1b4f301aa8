# Files, documents and list order change no byte of the plan.
env MUSTER_CLOCK=2026-11-22T10:00:00Z
file one/muster.yaml
    kind: Project
    name: acme-access
    store: sqlite:.muster/store.db
    invitations:
      from: Acme Access <access@acme.example>
      acceptURL: https://access.acme.example/accept
end
file one/access.yaml
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
file one/people.yaml
    kind: Members
    tenant: production
    admins:
      - { email: ann@acme.example, permissions: [invite_admins, assign_permissions, assign_roles] }
      - { email: bob@acme.example, permissions: [invite_admins], roles: [access_read, access_write] }
    ---
    kind: Admin
    email: ann@acme.example
    firstName: Ann
    lastName: Bee
    mobile: "+31612345671"
    ---
    kind: Admin
    email: bob@acme.example
    firstName: Bob
    lastName: Cole
    mobile: "+31612345672"
end
file two/muster.yaml
    kind: Project
    name: acme-access
    store: sqlite:.muster/store.db
    invitations:
      from: Acme Access <access@acme.example>
      acceptURL: https://access.acme.example/accept
end
file two/a.yaml
    kind: Admin
    email: bob@acme.example
    firstName: Bob
    lastName: Cole
    mobile: "+31612345672"
    ---
    kind: Members
    tenant: production
    admins:
      - { email: bob@acme.example, permissions: [invite_admins], roles: [access_write, access_read] }
      - { email: ann@acme.example, permissions: [assign_roles, assign_permissions, invite_admins] }
end
file two/b.yaml
    kind: Admin
    email: ann@acme.example
    firstName: Ann
    lastName: Bee
    mobile: "+31612345671"
    ---
    kind: Tenant
    name: production
    availableRoles: [access_read, access_write]
end
file two/z/c.yaml
    kind: Role
    name: access_read
    ---
    kind: Role
    name: access_write
end
file strip.py
    import json, sys

    plan = json.load(sys.stdin)
    for change in plan["changes"]:
        del change["source"]
    del plan["id"], plan["manifests"]
    print(json.dumps(plan))
end
$ sh -c 'muster -C one plan --operator --format json | python3 strip.py > one.json'
$ sh -c 'muster -C two plan --operator --format json | python3 strip.py > two.json'
$ cmp one.json two.json
