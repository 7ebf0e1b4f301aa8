# Case 9. Who grants and loses the right to grant in one plan, grants first.
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
    kind: Role
    name: access_write
    ---
    kind: Tenant
    name: production
    availableRoles: [access_read, access_write]
end
$ muster apply --operator --yes
file people.jsonl
    {"email": "ann@acme.example", "firstName": "Ann", "lastName": "Bee", "mobile": "+31612345671", "tenant": "production", "permissions": ["invite_admins", "assign_permissions", "assign_roles"], "roles": []}
    {"email": "bob@acme.example", "firstName": "Bob", "lastName": "Cole", "mobile": "+31612345672", "tenant": "production", "permissions": ["invite_admins", "assign_permissions", "assign_roles"], "roles": []}
    {"email": "cat@acme.example", "firstName": "Cat", "lastName": "Dorn", "mobile": "+31612345673", "tenant": "production", "permissions": [], "roles": ["access_read"]}
end
$ muster import people.jsonl --operator
file people.yaml
    kind: Members
    tenant: production
    admins:
      - { email: ann@acme.example, permissions: [invite_admins, assign_permissions, assign_roles] }
      - { email: bob@acme.example, permissions: [invite_admins, assign_roles] }
      - { email: cat@acme.example, permissions: [assign_roles], roles: [access_read], grantedBy: bob@acme.example }
end
file check.py
    import json, sys

    plan = json.load(sys.stdin)
    steps = [(c["kind"], c["address"]) for c in plan["changes"]]
    expected = [
        ("grantPermission", "production/cat@acme.example#permission:assign_roles"),
        ("revokePermission", "production/bob@acme.example#permission:assign_permissions"),
    ]
    assert steps == expected, steps
    print("in this order")
end
$ sh -c 'muster plan --operator --format json | python3 check.py'
out> in this order
$ muster apply --operator --yes
$ muster plan --operator --detailed-exitcode
