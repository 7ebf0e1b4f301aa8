# Case 15. A user of an identity keeps the account when the last tenant goes; with both it goes once, at the end.
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
file identities.yaml
    kind: Identity
    code: io.acme.plant1
    tenant: production
    users: []
end
$ muster apply --operator --yes
file people.jsonl
    {"email": "ann@acme.example", "firstName": "Ann", "lastName": "Bee", "mobile": "+31612345671", "tenant": "production", "permissions": ["invite_admins", "assign_permissions", "assign_roles"], "roles": []}
    {"email": "bob@acme.example", "firstName": "Bob", "lastName": "Cole", "mobile": "+31612345672", "tenant": "production", "permissions": [], "roles": ["access_read"]}
    {"email": "bob@acme.example", "identity": "io.acme.plant1", "admin": false}
end
$ muster import people.jsonl --operator
file identities.yaml
    kind: Identity
    code: io.acme.plant1
    tenant: production
    users:
      - { email: bob@acme.example }
end
file people.yaml
    kind: Members
    tenant: production
    admins:
      - { email: ann@acme.example, permissions: [invite_admins, assign_permissions, assign_roles] }
end
file check.py
    import json, sys

    plan = json.load(sys.stdin)
    steps = [(c["kind"], c["address"]) for c in plan["changes"]]
    expected = [
        ("removeAdmin", "production/bob@acme.example"),
    ]
    assert steps == expected, steps
    print("in this order")
end
$ sh -c 'muster plan --operator --format json | python3 check.py'
out> in this order
file identities.yaml
    kind: Identity
    code: io.acme.plant1
    tenant: production
    users: []
end
file check.py
    import json, sys

    plan = json.load(sys.stdin)
    steps = [(c["kind"], c["address"]) for c in plan["changes"]]
    expected = [
        ("removeIdentityUser", "identity:io.acme.plant1/bob@acme.example"),
        ("removeAdmin", "production/bob@acme.example"),
        ("deleteAccount", "account:bob@acme.example"),
    ]
    assert steps == expected, steps
    print("in this order")
end
$ sh -c 'muster plan --operator --format json | python3 check.py'
out> in this order
