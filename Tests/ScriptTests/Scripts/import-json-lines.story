# People who already have access are recorded without mail.
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
    {"email": "Ann@acme.example", "firstName": "Ann", "lastName": "Bee", "mobile": "+31612345671", "memberships": [{"tenant": "production", "permissions": ["invite_admins", "assign_permissions", "assign_roles"], "roles": []}]}
    {"email": "bob@acme.example", "tenant": "production", "roles": ["access_read"]}
    {"email": "bob@acme.example", "firstName": "Bob", "lastName": "Cole", "tenant": "production", "permissions": ["invite_admins"]}
end
$ muster import people.jsonl --operator
$ muster outbox list
!out> acme.example
file people.yaml
    kind: Members
    tenant: production
    admins:
      - { email: ann@acme.example, permissions: [invite_admins, assign_permissions, assign_roles] }
      - { email: bob@acme.example, permissions: [invite_admins], roles: [access_read] }
end
$ muster plan --operator --detailed-exitcode
$ muster import people.jsonl
exit 64
$ muster import people.jsonl --as ann@acme.example
exit !0
# Readers do not agree on which of two equal keys counts.
file twice.jsonl
    {"email": "eve@acme.example", "memberships": [{"tenant": "production", "roles": ["access_read"], "roles": ["access_write"]}]}
end
$ muster import twice.jsonl --operator
exit 65
err> twice.jsonl:1: error: a key is there twice, at byte 105 of the line.
err> Nothing was imported.
