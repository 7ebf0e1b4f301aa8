# A delivery that this program cannot do is said before anything is written.
env MUSTER_CLOCK=2026-11-22T10:00:00Z
file muster.yaml
    kind: Project
    name: acme-access
    store: sqlite:.muster/store.db
    delivery: webhook+https://hooks.example/muster
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
$ muster plan --operator --out plan.json
$ muster apply plan.json --operator
exit 1
err> cannot deliver by webhook+https
err> MUSTER_WEBHOOK_KEY
$ muster apply --operator --yes
exit 1
$ sh -c 'test ! -e .muster/store.db'
$ muster apply plan.json --operator --no-deliver
file more.yaml
    kind: Role
    name: role_broker_read
end
$ muster apply --operator --yes
exit 5
out> Applied as run 2
