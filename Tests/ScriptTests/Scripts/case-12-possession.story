# Case 12. Permissions are given and taken by their holders only.
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
    {"email": "me@acme.example", "firstName": "Max", "lastName": "Ember", "mobile": "+31612345670", "tenant": "production", "permissions": ["assign_permissions"], "roles": []}
    {"email": "bob@acme.example", "firstName": "Bob", "lastName": "Cole", "mobile": "+31612345672", "tenant": "production", "permissions": ["invite_admins", "assign_permissions", "assign_roles"], "roles": []}
    {"email": "cat@acme.example", "firstName": "Cat", "lastName": "Dorn", "mobile": "+31612345673", "tenant": "production", "permissions": ["assign_roles"], "roles": ["access_read"]}
    {"email": "dan@acme.example", "firstName": "Dan", "lastName": "Egli", "mobile": "+31612345674", "tenant": "production", "permissions": [], "roles": ["access_read"]}
end
$ muster import people.jsonl --operator
file people.yaml
    kind: Members
    tenant: production
    admins:
      - { email: me@acme.example, permissions: [assign_permissions] }
      - { email: bob@acme.example, permissions: [invite_admins, assign_permissions, assign_roles] }
      - { email: cat@acme.example, permissions: [assign_roles], roles: [access_read] }
      - { email: dan@acme.example, permissions: [assign_roles], roles: [access_read] }
end
$ muster plan --as me@acme.example
exit 3
all> error[E212]
file people.yaml
    kind: Members
    tenant: production
    admins:
      - { email: me@acme.example, permissions: [assign_permissions] }
      - { email: bob@acme.example, permissions: [invite_admins, assign_permissions, assign_roles] }
      - { email: cat@acme.example, permissions: [], roles: [access_read] }
      - { email: dan@acme.example, roles: [access_read] }
end
$ muster plan --as me@acme.example
exit 3
all> error[E213]
