# An expired invitation is sent again, and the old link is dead.
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
$ muster apply --operator --yes
token OLD ann@acme.example .muster/mail
env MUSTER_CLOCK=2026-12-01T10:00:00Z
$ muster plan --operator --detailed-exitcode
exit 2
out> ann@acme.example
$ muster invitation accept $OLD
exit 3
$ muster apply --operator --yes
token NEW ann@acme.example .muster/mail
$ muster invitation accept $OLD
exit 3
$ muster invitation accept $NEW
$ muster plan --operator --detailed-exitcode
