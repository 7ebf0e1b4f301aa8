# An entry past its end is removed, by `--expired` alone if need be.
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
    {"email": "bob@acme.example", "firstName": "Bob", "lastName": "Cole", "mobile": "+31612345672", "tenant": "production", "permissions": [], "roles": ["access_read"]}
end
$ muster import people.jsonl --operator
file people.yaml
    kind: Members
    tenant: production
    admins:
      - { email: ann@acme.example, permissions: [invite_admins, assign_permissions, assign_roles] }
      - { email: bob@acme.example, roles: [access_read], expires: 2027-03-31 }
end
$ muster plan --operator --detailed-exitcode
$ muster plan --operator --at 2027-04-01
out> bob@acme.example
$ muster plan --operator --at 2027-03-31 --detailed-exitcode
env MUSTER_CLOCK=2027-03-31T23:59:59Z
$ muster plan --operator --detailed-exitcode
env MUSTER_CLOCK=2027-04-01T00:00:00Z
file more.yaml
    kind: Members
    tenant: production
    admins:
      - { email: cat@acme.example, roles: [access_read] }
    ---
    kind: Admin
    email: cat@acme.example
    firstName: Cat
    lastName: Dorn
    mobile: "+31612345673"
end
$ muster apply --operator --yes --expired
$ muster plan --operator --format json
out> production/cat@acme.example
!out> "removeAdmin"
