# Drift tells of each table what others changed there, and what the next plan does about it.
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
$ muster drift
exit 1
err> there is no store there
$ muster apply --operator --yes
$ muster drift
out> No drift: the store is as Muster left it.
$ muster drift --format json
out> "differs": false
out> "drift": []
file edits.sql
    UPDATE permissions SET title = 'x' WHERE name = 'see_reports';
    UPDATE roles SET sensitive = 0 WHERE name = 'access_write';
    INSERT INTO roles VALUES ('extra', '', '', '', 0);
    UPDATE tenants SET title = 'x' WHERE name = 'partners';
    UPDATE tenants SET title = 'x' WHERE name = 'legacy';
    DELETE FROM tenant_roles WHERE tenant = 'production' AND role = 'access_write';
    UPDATE accounts SET blocked = 1, mobile = '+31699999999' WHERE email = 'ann@acme.example';
    INSERT INTO accounts VALUES ('eve@acme.example', 'eve@acme.example', 'Eve', NULL, NULL, NULL, 'Activated', 0, 0);
    INSERT INTO memberships VALUES ('partners', 'eve@acme.example', 0);
    INSERT INTO membership_permissions VALUES ('partners', 'eve@acme.example', 'invite_admins');
    DELETE FROM membership_roles WHERE tenant = 'production';
    INSERT INTO membership_permissions VALUES ('production', 'ann@acme.example', 'see_reports');
    UPDATE memberships SET pending = 0 WHERE email = 'ann@acme.example' AND tenant = 'production';
    UPDATE identities SET title = 'x';
    UPDATE identity_users SET roles = 'x,y';
end
$ sed -i '/^title: Legacy/a management: observe' catalogue.yaml
$ sqlite3 -bail .muster/store.db ".read edits.sql"
$ muster drift
exit 2
out> Changed outside Muster since run 1 (by the operator, 2026-11-22 10:00:00 UTC)
out> ~ permission:see_reports: title "See reports" -> "x"
out> ~ role:access_write: sensitive "true" -> "false" ! privileged
out> the next plan reverts it (updateRole)  catalogue.yaml:10
out> + role:extra: added (sensitive "false")
!out> role:extra: added (sensitive "false") !
out> left alone: nothing declares it
out> ~ tenant:legacy: title "Legacy" -> "x"
out> left alone: it is only observed there
out> - tenant:production#role:access_write: removed
out> the next plan reverts it (enableRole)
out> ~ account:ann@acme.example: blocked "false" -> "true", mobile "+31*****671" -> "+31*****999" ! privileged
out> the next plan reverts it (updateProfile, unblockAccount)
out> + partners/eve@acme.example: added (pending "false")
out> + partners/eve@acme.example#permission:invite_admins: added ! privileged
out> - production/ann@acme.example#role:access_read: removed
out> the next plan reverts it (assignRole)
out> + production/ann@acme.example#permission:see_reports: added ! privileged
out> the next plan reverts it (revokePermission)
out> ~ production/ann@acme.example: pending "true" -> "false" ! privileged
out> ~ identity:io.acme.plant1: title "Plant 1" -> "x"
out> ~ identity:io.acme.plant1/joe@client.example: roles "facility-manager" -> "x,y"
out> the next plan reverts it (setIdentityRoles)
out> the store does not know by whom
out> warning[W285]: 15 objects changed outside Muster; the next plan reverts 9 and leaves 6 alone.
out> muster export --adopt
!out> +31699999999
$ muster plan --operator --out plan.json
$ muster apply plan.json --operator
$ muster drift
out> No drift
!out> changed outside
$ muster drift --all
out> Settled by run 2: no drift any more
out> - production/ann@acme.example#role:access_read: removed
