# A recorder that was switched off, or whose records were altered, is found out; a whole apply begins anew.
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
$ cp .muster/store.db good.db
# Triggers are gone.
$ sqlite3 .muster/store.db "DROP TRIGGER accounts_update; UPDATE accounts SET blocked = 1 WHERE email = 'ann@acme.example'"
$ muster drift
exit 2
out> warning[W286]: project: the recorder is off: triggers are gone (accounts_update).
out> warning[W286]: project: changes are not recorded in accounts: the recorder was off or its records were altered.
out> No change is recorded, but the record cannot be trusted.
$ muster plan --operator
out> warning[W286]
$ muster status
out> warning[W286]: the recorder is off: triggers are gone (accounts_update).
$ muster status --format json
out> "code": "W286"
$ muster apply --operator --yes
$ muster drift
out> No drift
$ sqlite3 .muster/store.db "UPDATE accounts SET blocked = 1 WHERE email = 'ann@acme.example'"
$ muster drift
exit 2
out> account:ann@acme.example: blocked "false" -> "true"
!out> W286
# A trigger was made to look away.
$ cp good.db .muster/store.db
$ sqlite3 .muster/store.db "DROP TRIGGER roles_insert; CREATE TRIGGER roles_insert AFTER INSERT ON roles BEGIN SELECT 1; END"
$ muster drift --format github
exit 2
out> ::warning file=muster.yaml,line=2,col=7,title=W286::project: the recorder was altered: triggers are not as Muster made them (roles_insert).
out> ::notice title=Drift::No change is recorded, but the record cannot be trusted.
# The mark of Muster's own writes was left there.
$ cp good.db .muster/store.db
$ sqlite3 .muster/store.db "INSERT INTO writer VALUES (1); DELETE FROM membership_roles WHERE tenant = 'partners'"
$ muster drift --format markdown
exit 2
out> changes are not recorded in roles of members of partners
out> the mark of Muster's own writes was left in the store
# Records were deleted, and the serial set back.
$ cp good.db .muster/store.db
$ sqlite3 .muster/store.db "UPDATE tenants SET title = 'x'; DELETE FROM foreign_changes"
$ muster drift --format json
exit 2
out> changes are not recorded in tenants
out> the serial counts 3 more than is recorded
$ sqlite3 .muster/store.db "UPDATE meta SET serial = 0"
$ muster drift --format sarif
exit 2
out> "ruleId": "W286"
out> the serial was set back by 1
# Triggers were dropped and put back as they were.
$ cp good.db .muster/store.db
$ sh -c "sqlite3 .muster/store.db \"SELECT sql || ';' FROM sqlite_master WHERE name = 'membership_permissions_insert'\" > trigger.sql"
$ sqlite3 .muster/store.db "DROP TRIGGER membership_permissions_insert; INSERT INTO membership_permissions VALUES ('production', 'ann@acme.example', 'see_reports')"
$ sqlite3 .muster/store.db ".read trigger.sql"
$ muster drift
exit 2
out> changes are not recorded in permissions of members of production
!out> triggers are
# Records were altered.
$ cp good.db .muster/store.db
$ sqlite3 .muster/store.db "UPDATE tenants SET title = 'x' WHERE name = 'legacy'; UPDATE foreign_changes SET after = before"
$ muster drift
exit 2
out> changes are not recorded in tenants
# The seal was taken off as if the store had just been moved forward.
$ cp good.db .muster/store.db
$ sqlite3 .muster/store.db "UPDATE tenants SET title = 'x'; DELETE FROM foreign_changes; DELETE FROM seals; UPDATE recording SET serial = -1"
$ muster drift
exit 2
out> warning[W286]: project: it is not known any more what Muster left in the store.
