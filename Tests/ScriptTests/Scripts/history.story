# History lists the runs, newest first, and tells one run in full, with mobiles masked.
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
$ muster history
out> RUN  TIME
out>   3  2026-11-22 10:00:00 UTC  apply   ann@acme.example
out>   2  2026-11-22 10:00:00 UTC  import  operator
out>   1  2026-11-22 10:00:00 UTC  apply   operator
!err> older
$ muster history --limit 1
out> ann@acme.example
!out> import
err> There are older runs: a larger --limit shows them.
$ muster history --limit 1 --quiet
!err> older
$ muster history --limit 3 --format json
out> "older": false
$ muster history --limit 1 --format json
out> "older": true
out> "format": "muster.history/1"
out> "run": 3
!out> "run": 2
$ muster history 3
out> actor    ann@acme.example
out> project  acme-access
out> + production/bob@acme.example  invite Bob Cole, +31*****672 (role access_read)
out> "On call"
!out> +31612345672
$ muster history 3 --format json
out> "kind": "inviteAdmin"
out> "comment": "On call"
out> "mobile": "+31*****672"
!out> +31612345672
$ muster history 2
out> record the account Ann Bee, +31*****671, Activated
out> record as a member (permissions assign_permissions, assign_roles, invite_admins)
# As git: a number that no run has is no wrong usage.
$ muster history 99
exit 1
err> the store has no run 99
$ muster history x
exit 64
$ muster history --limit 0
exit 64
$ muster history 1 --limit 2
exit 64
$ muster history --store sqlite:none.db
exit 1
