# Invitations are listed, revoked and sent again by hand.
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
$ muster invitation list
out> ann@acme.example
$ muster invitation revoke ann@acme.example --operator
$ muster invitation accept $OLD
exit 3
$ muster plan --operator
all> warning[W244]
!out> resendInvitation
$ muster invitation resend ann@acme.example --operator --show-link
all> https://access.acme.example/accept/
save NEW https://access.acme.example/accept/([A-Za-z0-9_-]+)
$ muster invitation accept $OLD
exit 3
$ muster invitation accept $NEW
$ muster plan --operator --detailed-exitcode
!all> W244
