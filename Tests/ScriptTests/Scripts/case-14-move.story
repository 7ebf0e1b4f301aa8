# Case 14. A move between tenants keeps the account.
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
    ---
    kind: Tenant
    name: staging
    availableRoles: [access_read]
end
$ muster apply --operator --yes
file people.jsonl
    {"email": "ann@acme.example", "firstName": "Ann", "lastName": "Bee", "mobile": "+31612345671", "tenant": "production", "permissions": ["invite_admins", "assign_permissions", "assign_roles"], "roles": []}
    {"email": "eve@acme.example", "firstName": "Eve", "lastName": "Frey", "mobile": "+31612345675", "tenant": "staging", "permissions": ["invite_admins", "assign_permissions", "assign_roles"], "roles": []}
    {"email": "bob@acme.example", "firstName": "Bob", "lastName": "Cole", "mobile": "+31612345672", "tenant": "staging", "permissions": [], "roles": ["access_read"]}
end
$ muster import people.jsonl --operator
file stage.yaml
    kind: Members
    tenant: staging
    admins:
      - { email: eve@acme.example, permissions: [invite_admins, assign_permissions, assign_roles] }
end
file people.yaml
    kind: Members
    tenant: production
    admins:
      - { email: ann@acme.example, permissions: [invite_admins, assign_permissions, assign_roles] }
      - { email: bob@acme.example, roles: [access_read] }
end
file check.py
    import json, sys

    plan = json.load(sys.stdin)
    steps = [(c["kind"], c["address"]) for c in plan["changes"]]
    expected = [
        ("addAdmin", "production/bob@acme.example"),
        ("removeAdmin", "staging/bob@acme.example"),
    ]
    assert steps == expected, steps
    print("in this order")
end
$ sh -c 'muster plan --operator --format json | python3 check.py'
out> in this order
$ muster plan --operator --format json
out> "mail": "join"
