# One apply at a time: a second one says who holds the lock, and goes on when it is free.
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
$ muster apply --operator --yes
file more.yaml
    kind: Role
    name: access_write
end
$ sh -c 'psql -qX "$1" -c "BEGIN; SET search_path TO $2; UPDATE accounts SET blocked = 0; SELECT pg_sleep(4); COMMIT" >held & sleep 1; muster apply --operator --yes --lock-timeout 1s; code=$?; wait; exit $code' sh $SERVER $SCHEMA
exit 4
err> error[E302]: store: somebody else is writing to it.
$ muster apply --operator --yes
out> Applied as run 2
