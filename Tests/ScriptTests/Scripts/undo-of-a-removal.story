# An undone removal tells what to declare again; pasted, the next plan is empty.
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
end
$ muster import people.jsonl --operator
file people.yaml
    kind: Members
    tenant: production
    admins:
      - { email: ann@acme.example, permissions: [invite_admins, assign_permissions, assign_roles] }
end
file more.jsonl
    {"email": "bob@acme.example", "firstName": "Bob", "lastName": "Cole", "mobile": "+31612345672", "tenant": "production", "permissions": ["assign_roles"], "roles": ["access_read"]}
end
$ muster import more.jsonl --operator
$ muster apply --operator --yes
out> delete the account
$ muster undo 4 --operator --out undo.json
out> in any manifest: production/bob@acme.example: declare it again
out> kind: Members
out> - { email: bob@acme.example, permissions: [assign_roles], roles: [access_read] }
$ muster undo 4 --operator --format json
out> "yaml": "kind: Members\ntenant: production\nadmins:\n
$ muster undo 4 --operator --format markdown
out> declare it again
$ muster apply undo.json --operator
file bob.yaml
    kind: Members
    tenant: production
    admins:
      - { email: bob@acme.example, permissions: [assign_roles], roles: [access_read] }
end
$ muster plan --operator --detailed-exitcode
