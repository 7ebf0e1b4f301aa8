# A role that selects can plan and not apply; one that may write applies; nobody else is let in.
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
$ psql -qX $SERVER -c "CREATE ROLE p_$SCHEMA LOGIN; CREATE ROLE a_$SCHEMA LOGIN; CREATE ROLE x_$SCHEMA LOGIN; GRANT USAGE ON SCHEMA $SCHEMA TO p_$SCHEMA, a_$SCHEMA; GRANT SELECT ON ALL TABLES IN SCHEMA $SCHEMA TO p_$SCHEMA; GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA $SCHEMA TO a_$SCHEMA"
file more.yaml
    kind: Role
    name: access_write
end
env MUSTER_STORE=$SERVER&user=p_$SCHEMA&schema=$SCHEMA
$ muster plan --operator --detailed-exitcode
exit 2
out> access_write
$ muster status
$ muster why ann@acme.example
out> production
$ muster who-can access_read --tenant production
out> ann@acme.example
$ muster drift
$ muster history
$ muster invitation list --operator
$ muster outbox list
$ muster audit verify
$ muster export --out exported
$ muster report --operator --out report.html
$ muster apply --operator --yes
exit 1
err> permission denied for table
env MUSTER_STORE=$SERVER&user=x_$SCHEMA&schema=$SCHEMA
$ muster plan --operator
exit 1
err> permission denied for schema
!out> Plan:
env MUSTER_STORE=$SERVER&user=a_$SCHEMA&schema=$SCHEMA
$ muster apply --operator --yes
out> Applied as run 2
