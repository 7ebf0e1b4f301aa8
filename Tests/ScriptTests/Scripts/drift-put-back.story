# What was put back by hand is no drift, and --all tells of it all the same.
env MUSTER_CLOCK=2026-11-22T10:00:00Z
file muster.yaml
    kind: Project
    name: acme-access
    store: sqlite:.muster/store.db
    invitations:
      from: Acme Access <access@acme.example>
      acceptURL: https://access.acme.example/accept
end
file catalogue.yaml
    kind: Permission
    name: see_reports
    title: See reports
    ---
    kind: Role
    name: access_read
    title: Read
    ---
    kind: Role
    name: access_write
    title: Write
    sensitive: true
    ---
    kind: Tenant
    name: production
    title: Production
    availableRoles: [access_read, access_write]
    ---
    kind: Tenant
    name: partners
    title: Partners
    management: additive
    availableRoles: [access_read]
    ---
    kind: Tenant
    name: legacy
    title: Legacy
    availableRoles: [access_read]
    ---
    kind: Identity
    code: io.acme.plant1
    tenant: production
    title: Plant 1
    users:
      - { email: joe@client.example, admin: true, roles: [facility-manager] }
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
      - tenant: partners
        roles: [access_read]
      - tenant: legacy
        roles: [access_read]
end
$ muster apply --operator --yes
$ sqlite3 .muster/store.db "UPDATE tenants SET title = 'x' WHERE name = 'production'"
$ muster drift
exit 2
$ sqlite3 .muster/store.db "UPDATE tenants SET title = 'Production' WHERE name = 'production'"
$ muster drift
out> No drift: the store is as Muster left it.
!out> tenant:production
$ muster drift --all
out> Put back by hand in the meantime: no drift
out> ~ tenant:production: changed and put back
out> 2 times from
$ muster drift --all --format json
out> "standing": "reverted"
out> "times": 2
out> "differs": false
$ muster drift --all --format markdown
out> put back by hand in the meantime: no drift
# What agrees with the manifests is told once; an apply with nothing to do settles it.
$ sqlite3 .muster/store.db "INSERT INTO roles VALUES ('extra', '', '', '', 0)"
$ muster drift
exit 2
out> left alone: nothing declares it
$ muster apply --operator --yes
out> Applied as run 2: 0 changes.
$ muster drift
$ muster apply --operator --yes
!out> Applied as run
