# Invitations of a shared store need their key from the environment, and are accepted there.
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
env MUSTER_INVITATION_KEY=
$ muster apply --operator --yes
exit 1
err> error[E305]: invitation key: it is missing: set MUSTER_INVITATION_KEY.
$ muster plan --as ann@acme.example
exit 1
err> there is no store there
env MUSTER_INVITATION_KEY=0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
$ muster apply --operator --yes
$ muster outbox list
out> The outbox is empty.
token TOKEN ann@acme.example .muster/mail
$ muster invitation accept $TOKEN
$ muster status
out> 1 activated, 0 invited
$ muster plan --operator --detailed-exitcode
