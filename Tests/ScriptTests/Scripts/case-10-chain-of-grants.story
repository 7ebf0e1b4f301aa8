# Case 10. A grant that gives the grantor the authority comes first; an invited grantor cannot act.
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
    {"email": "me@acme.example", "firstName": "Max", "lastName": "Ember", "mobile": "+31612345670", "tenant": "production", "permissions": ["invite_admins", "assign_permissions", "assign_roles"], "roles": []}
    {"email": "bob@acme.example", "firstName": "Bob", "lastName": "Cole", "mobile": "+31612345672", "tenant": "production", "permissions": ["invite_admins"], "roles": []}
    {"email": "cat@acme.example", "firstName": "Cat", "lastName": "Dorn", "mobile": "+31612345673", "tenant": "production", "permissions": [], "roles": ["access_read"]}
end
$ muster import people.jsonl --operator
file people.yaml
    kind: Members
    tenant: production
    admins:
      - { email: me@acme.example, permissions: [invite_admins, assign_permissions, assign_roles] }
      - { email: bob@acme.example, permissions: [invite_admins, assign_permissions] }
      - { email: cat@acme.example, permissions: [invite_admins], roles: [access_read], grantedBy: bob@acme.example }
end
file check.py
    import json, sys

    plan = json.load(sys.stdin)
    steps = [(c["kind"], c["address"]) for c in plan["changes"]]
    expected = [
        ("grantPermission", "production/bob@acme.example#permission:assign_permissions"),
        ("grantPermission", "production/cat@acme.example#permission:invite_admins"),
    ]
    assert steps == expected, steps
    print("in this order")
end
$ sh -c 'muster plan --as me@acme.example --format json | python3 check.py'
out> in this order
$ muster apply --as me@acme.example --yes
file people.yaml
    kind: Members
    tenant: production
    admins:
      - { email: me@acme.example, permissions: [invite_admins, assign_permissions, assign_roles] }
      - { email: bob@acme.example, permissions: [invite_admins, assign_permissions] }
      - { email: cat@acme.example, permissions: [invite_admins], roles: [access_read], grantedBy: bob@acme.example }
      - { email: dan@acme.example, permissions: [invite_admins], grantedBy: eve@acme.example }
      - { email: eve@acme.example, permissions: [invite_admins, assign_permissions] }
    ---
    kind: Admin
    email: dan@acme.example
    firstName: Dan
    lastName: Egli
    mobile: "+31612345674"
    ---
    kind: Admin
    email: eve@acme.example
    firstName: Eve
    lastName: Frey
    mobile: "+31612345675"
end
$ muster plan --as me@acme.example
exit 3
all> error[E214]
