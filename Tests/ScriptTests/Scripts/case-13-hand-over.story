# Case 13. A hand-over to somebody active works in one run, to somebody new it takes two.
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
    {"email": "bob@acme.example", "firstName": "Bob", "lastName": "Cole", "mobile": "+31612345672", "tenant": "staging", "permissions": ["invite_admins", "assign_permissions", "assign_roles"], "roles": []}
    {"email": "eve@acme.example", "firstName": "Eve", "lastName": "Frey", "mobile": "+31612345675", "tenant": "staging", "permissions": ["invite_admins", "assign_permissions", "assign_roles"], "roles": []}
end
$ muster import people.jsonl --operator
file stage.yaml
    kind: Members
    tenant: staging
    admins:
      - { email: bob@acme.example, permissions: [invite_admins, assign_permissions, assign_roles] }
      - { email: eve@acme.example, permissions: [invite_admins, assign_permissions, assign_roles] }
end
file people.yaml
    kind: Members
    tenant: production
    admins:
      - { email: bob@acme.example, permissions: [invite_admins, assign_permissions, assign_roles] }
end
file check.py
    import json, sys

    plan = json.load(sys.stdin)
    steps = [(c["kind"], c["address"]) for c in plan["changes"]]
    expected = [
        ("addAdmin", "production/bob@acme.example"),
        ("removeAdmin", "production/ann@acme.example"),
        ("deleteAccount", "account:ann@acme.example"),
    ]
    assert steps == expected, steps
    print("in this order")
end
$ sh -c 'muster plan --operator --format json | python3 check.py'
out> in this order
file people.yaml
    kind: Members
    tenant: production
    admins:
      - { email: cat@acme.example, permissions: [invite_admins, assign_permissions, assign_roles] }
    ---
    kind: Admin
    email: cat@acme.example
    firstName: Cat
    lastName: Dorn
    mobile: "+31612345673"
end
$ muster plan --operator
exit 3
all> error[E271]
