# A server that is not there is said without the password that was for it, and changes nothing.
env MUSTER_CLOCK=2026-11-22T10:00:00Z
env MUSTER_STORE=$SERVER&schema=$SCHEMA
env MUSTER_INVITATION_KEY=0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
file muster.yaml
    kind: Project
    name: acme-access
    invitations:
      from: Acme Access <access@acme.example>
      acceptURL: https://access.acme.example/accept
end
file access.yaml
    kind: Role
    name: access_read
    ---
    kind: Tenant
    name: production
    availableRoles: [access_read]
end
file people.yaml
    kind: Admin
    email: ann@acme.example
    firstName: Ann
    lastName: Bee
    mobile: "+31612345671"
    blocked: false
    memberships:
      - tenant: production
        permissions: [invite_admins, assign_permissions, assign_roles]
        roles: [access_read]
end
env MUSTER_STORE=postgres://ann:hunter2@/db?host=/nowhere
$ muster plan --operator
exit 1
err> postgres://ann:***@/db?host=/nowhere
err> the store cannot be reached: connection to server on socket "/nowhere/.s.PGSQL.5432" failed
!all> hunter2
$ muster apply --operator --yes
exit 1
!all> hunter2
env MUSTER_STORE=postgres://ann:hun/ter2@host/db
$ muster plan --operator
exit 1
err> written %2F or %40
!all> ter2
env MUSTER_STORE=$SERVER&schema=pg_catalog
$ muster plan --operator
exit 1
err> does not begin with pg_
env MUSTER_STORE=mysql://ann:hunter2@host/db
$ muster plan --operator
exit 64
!all> hunter2
