# What later runs did is left alone; an import is undone by removals, an acceptance not at all.
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
file more.jsonl
    {"email": "bob@acme.example", "firstName": "Bob", "lastName": "Cole", "mobile": "+31612345672", "tenant": "production", "permissions": [], "roles": ["access_read"]}
    {"email": "cat@acme.example", "firstName": "Cat", "lastName": "Dorn", "mobile": "+31612345673", "tenant": "production", "permissions": [], "roles": []}
end
$ muster import more.jsonl --operator
file people.yaml
    kind: Members
    tenant: production
    admins:
      - { email: ann@acme.example, permissions: [invite_admins, assign_permissions, assign_roles] }
      - { email: bob@acme.example, roles: [access_write] }
      - { email: cat@acme.example }
      - { email: dan@acme.example, roles: [access_read] }
    ---
    { kind: Admin, email: dan@acme.example, firstName: Dan, lastName: Evers, mobile: "+31612345674" }
end
$ muster apply --operator --yes
token link dan@acme.example .muster/mail
$ muster invitation accept $link
$ muster undo 3 --operator
out> cat@acme.example  remove
out> production/bob@acme.example: holds something else by now, since run 4
!out> bob@acme.example  remove
$ muster undo 5 --operator
exit 3
err> run 5 cannot be undone: it is an acceptance
# The first run made what all stand on.
$ muster undo 1 --operator
out> tenant:production: is in use by others by now
out> No changes. Nothing of run 1 is left to undo.
# Somebody changed the store by hand: that is not undone.
$ sqlite3 .muster/store.db "DELETE FROM memberships WHERE email = 'cat@acme.example'"
$ muster undo 3 --operator
out> production/cat@acme.example: is no member any more
!out> cat@acme.example  remove
