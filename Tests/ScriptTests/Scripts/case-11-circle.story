# Case 11. Two who take the right to take from each other: no valid order.
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
    {"email": "bob@acme.example", "firstName": "Bob", "lastName": "Cole", "mobile": "+31612345672", "tenant": "production", "permissions": ["invite_admins", "assign_permissions"], "roles": []}
    {"email": "cat@acme.example", "firstName": "Cat", "lastName": "Dorn", "mobile": "+31612345673", "tenant": "production", "permissions": ["invite_admins", "assign_permissions"], "roles": []}
end
$ muster import people.jsonl --operator
file people.yaml
    kind: Members
    tenant: production
    admins:
      - { email: ann@acme.example, permissions: [invite_admins, assign_permissions, assign_roles] }
      - { email: bob@acme.example, permissions: [invite_admins], grantedBy: cat@acme.example }
      - { email: cat@acme.example, permissions: [invite_admins], grantedBy: bob@acme.example }
end
$ muster plan --operator
exit 3
all> error[E230]
all> bob@acme.example
all> cat@acme.example
