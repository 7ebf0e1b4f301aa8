# A person's rename is undone with every line that would bring it back, or take the old address away.
env MUSTER_CLOCK=2026-11-22T10:00:00Z
file muster.yaml
    kind: Project
    name: acme-access
    store: sqlite:.muster/store.db
    invitations:
      from: Acme Access <access@acme.example>
      acceptURL: https://access.acme.example/accept
    guards: { maxRemovals: { count: 9, percent: 100 } }
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
    name: stage
    management: additive
    availableRoles: [access_read]
end
$ muster apply --operator --yes
file people.jsonl
    {"email": "ann@acme.example", "firstName": "Ann", "lastName": "Bee", "mobile": "+31612345671", "tenant": "production", "permissions": ["invite_admins", "assign_permissions", "assign_roles"], "roles": []}
    {"email": "old@acme.example", "firstName": "Olivia", "lastName": "Dee", "mobile": "+31612345672", "tenant": "production", "roles": ["access_read"]}
end
$ muster import people.jsonl --operator
file people.yaml
    kind: Members
    tenant: production
    admins:
      - { email: ann@acme.example, permissions: [invite_admins, assign_permissions, assign_roles] }
      - { email: new@acme.example, roles: [access_read] }
    ---
    kind: Admin
    email: new@acme.example
    formerly: [old@acme.example]
    firstName: Olivia
    lastName: Eff
    mobile: "+31612345672"
end
$ muster apply --operator --yes
token link new@acme.example .muster/mail

# The new address goes; the old one, which nothing else declares, must be declared to stay.
$ muster undo 3 --operator --out undo.json
out> people.yaml:5:14: production/new@acme.example: remove this membership
out> people.yaml:8:8: account:new@acme.example: take `old@acme.example` out of `formerly`
out> production/old@acme.example: declare it again
out>     - { email: old@acme.example, permissions: [], roles: [access_read] }

# Once the new one is active the old one is removed; it cannot come back as an earlier name.
$ muster invitation accept $link
$ muster apply --operator --yes
$ muster undo 5 --operator
out> production/old@acme.example: declare it again
out> people.yaml:8:8: account:new@acme.example: take `old@acme.example` out of `formerly`
!out> remove this membership
$ muster undo 5 --operator --out back.json
$ muster apply back.json --operator
token again old@acme.example .muster/mail
$ muster invitation accept $again

# What the first undo asks for now, done to the letter, leaves nothing to do.
$ muster undo 3 --operator --out undo.json
out> account:new@acme.example: take `old@acme.example` out of `formerly`
$ muster apply undo.json --operator
file people.yaml
    kind: Members
    tenant: production
    admins:
      - { email: ann@acme.example, permissions: [invite_admins, assign_permissions, assign_roles] }
    ---
    kind: Members
    tenant: production
    admins:
      - { email: old@acme.example, permissions: [], roles: [access_read] }
    ---
    kind: Admin
    email: new@acme.example
    formerly: []
    firstName: Olivia
    lastName: Eff
    mobile: "+31612345672"
end
$ muster plan --operator --detailed-exitcode
