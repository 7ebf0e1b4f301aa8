# Apply waits no longer than it is told, also for those who lock the file without asking.
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
file more.yaml
    kind: Role
    name: role_broker_read
end
$ sh -c '(echo "BEGIN EXCLUSIVE;"; sleep 8) | sqlite3 .muster/store.db & sleep 1; timeout 6 muster apply --operator --yes --lock-timeout 1s; code=$?; kill $!; exit $code'
exit 4
err> error[E302]: store: somebody else is writing to it.
$ muster apply --operator --yes
