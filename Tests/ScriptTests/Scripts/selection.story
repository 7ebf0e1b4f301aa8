# `--tenant` plans one part, and says that it is one.
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
end
$ muster import people.jsonl --operator
file people.yaml
    kind: Members
    tenant: production
    admins:
      - { email: ann@acme.example, permissions: [invite_admins, assign_permissions, assign_roles] }
      - { email: cat@acme.example, roles: [access_read] }
    ---
    kind: Members
    tenant: staging
    admins:
      - { email: bob@acme.example, permissions: [invite_admins, assign_permissions, assign_roles] }
      - { email: cat@acme.example, roles: [access_read] }
    ---
    kind: Admin
    email: cat@acme.example
    firstName: Cat
    lastName: Dorn
    mobile: "+31612345673"
end
$ muster plan --operator --tenant staging --format json
out> "complete": false
out> staging/cat@acme.example
!out> "address": "production/cat@acme.example"
$ muster plan --operator --tenant staging --out plan.json
$ muster apply plan.json --operator
$ muster plan --operator --detailed-exitcode
exit 2
out> production
