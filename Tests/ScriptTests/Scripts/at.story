# `--at` moves the clock of the desired state, warnings about ends included; what is elsewhere wrong is a note.
env MUSTER_CLOCK=2026-11-22T10:00:00Z
file muster.yaml
    kind: Project
    name: acme-access
    store: sqlite:.muster/store.db
end
file access.yaml
    kind: Role
    name: access_read
    ---
    kind: Tenant
    name: production
    availableRoles: [access_read]
    ---
    kind: Tenant
    name: staging
    availableRoles: [access_read]
    ---
    kind: Members
    tenant: production
    admins:
      - { email: cat@acme.example, roles: [access_read], expires: 2026-12-01 }
    ---
    kind: Admin
    email: cat@acme.example
    firstName: Cat
    lastName: Dorn
    mobile: "+31612345673"
end
$ muster apply --operator --yes
$ muster plan --operator
out> W145
$ muster plan --operator --at 2026-12-02
out> expired
!out> W145
file people.jsonl
    {"email": "bob@acme.example", "firstName": "Bob", "lastName": "Cole", "mobile": "+31612345672", "tenant": "staging", "permissions": ["invite_admins"], "roles": []}
end
$ muster import people.jsonl --operator
file more.yaml
    kind: Members
    tenant: staging
    admins:
      - { email: bob@acme.example, roles: [access_read] }
end
$ muster plan --operator --tenant production --format json
out> "kind": "outOfScope"
out> E271
out> "applicable": true
