# A plan saved into something that is no file is written to it, and replaces nothing.
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
file people.yaml
    kind: Admin
    email: ann@acme.example
    firstName: Ann
    lastName: Bee
    mobile: "+31612345671"
    memberships:
      - tenant: production
        permissions: [invite_admins, assign_permissions, assign_roles]
end
$ sh -c 'mkfifo pipe; cat pipe > copy & muster plan --operator --out pipe; wait'
$ sh -c 'test -p pipe'
$ rm pipe
$ muster apply copy --operator
out> Applied as run 1
$ muster plan --operator --out .
exit 1
err> the plan cannot be saved
