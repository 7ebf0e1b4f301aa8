# A store made without MUSTER_CLOCK is not written under it.
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
$ muster apply --operator --yes
token ANN ann@acme.example .muster/mail
file more.yaml
    kind: Members
    tenant: production
    admins:
      - { email: bob@acme.example, roles: [access_read] }
    ---
    kind: Admin
    email: bob@acme.example
    firstName: Bob
    lastName: Cole
    mobile: "+31612345672"
end
env MUSTER_CLOCK=2026-11-22T10:00:00Z
$ muster apply --operator --yes
exit 64
$ muster invitation accept $ANN
exit 64
$ muster invitation resend ann@acme.example --operator
exit 64
$ muster outbox flush
exit 64
$ muster plan --operator
env MUSTER_CLOCK=
$ muster invitation accept $ANN
