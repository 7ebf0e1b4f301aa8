# Accepting an invitation does not make a saved plan stale.
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
$ muster plan --operator --out plan.json
$ muster invitation accept $ANN
$ muster apply plan.json --operator
$ muster plan --operator --detailed-exitcode
