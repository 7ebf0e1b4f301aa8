# A run is undone by a plan, which says what must change in the manifests, and can be undone itself.
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
      - { email: bob@acme.example, roles: [access_read], reason: On call }
    ---
    kind: Admin
    email: bob@acme.example
    firstName: Bob
    lastName: Cole
    mobile: "+31612345672"
end
$ muster apply --as ann@acme.example --yes
$ muster undo 3
exit 64
$ muster undo 3 --as ann@acme.example --out undo.json
out> - 1 ! bob@acme.example  remove (role access_read)  requested
out> people.yaml:5:14: production/bob@acme.example: remove this membership
out> a letter that has left is not called back
out> Undoes run 3
$ sh -c 'stat -c %a undo.json'
out> 600
# Nothing was written yet.
$ muster plan --operator --detailed-exitcode
$ muster apply undo.json --operator
exit 64
$ muster apply undo.json --as ann@acme.example
out> Applied as run 4
$ muster apply undo.json --as ann@acme.example
out> already applied
$ muster history 4
out> remove (role access_read) (requested)
out> "Undo of run 3"
# The manifests still ask for it.
$ muster plan --operator --detailed-exitcode
exit 2
out> invite Bob Cole
# Undone twice, the run is as it was; what no plan can do is said.
$ muster undo 4 --as ann@acme.example --out again.json
out> invite Bob Cole, +31*****672
out> the account is gone; bob@acme.example is invited again
!out> remove this membership
$ muster apply again.json --as ann@acme.example
$ muster plan --operator --detailed-exitcode
# Nothing of it is left, and says so.
$ muster undo 4 --operator
out> production/bob@acme.example: is a member again, since run 5
out> No changes. Nothing of run 4 is left to undo.
$ muster audit verify
