# Letters that were held back are listed, and leave when they are told to.
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
$ muster apply --operator --yes --no-deliver
$ muster outbox list
out> ann@acme.example
$ muster plan --operator --detailed-exitcode
$ muster outbox flush --operator
$ sh -c 'ls .muster/mail/new | wc -l'
out> 1
$ muster outbox list
!out> ann@acme.example
$ muster outbox flush --operator
$ sh -c 'ls .muster/mail/new | wc -l'
out> 1
