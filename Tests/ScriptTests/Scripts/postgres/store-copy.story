# A team moves from one machine to a server and back: the same plan, history, drift and audit.
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
    memberships:
      - tenant: production
        permissions: [invite_admins, assign_permissions, assign_roles]
        roles: [access_read]
end
$ muster apply --operator --yes
$ sqlite3 .muster/store.db "UPDATE tenants SET title = 'By hand'"
$ muster store copy sqlite:.muster/store.db $SERVER&schema=$SCHEMA --operator
out> Set MUSTER_INVITATION_KEY to the text in $WORK/.muster/invitation.key for every run.
$ muster store copy sqlite:.muster/store.db $SERVER&schema=$SCHEMA --operator
exit 1
err> there is something already
$ muster store copy $SERVER&schema=$SCHEMA sqlite:.muster/back.db --operator
out> The invitation key in $WORK/.muster/invitation.key is this store's
file same.sh
    for command in 'plan --operator --format json' 'drift --all --format json' 'drift --all' \
        'history' 'history 1 --format json' 'audit verify' 'status --operator' 'why ann@acme.example' \
        'store check --format json' 'outbox list' 'invitation list' 'export --operator'; do
        muster $command >a 2>&1; echo $? >>a
        muster $command --store "$1" >b 2>&1; echo $? >>b
        # An export names the store that it is from.
        sed -i '/^store: /d' a b
        cmp a b || { echo "$command"; cat a b; exit 1; }
    done
    echo all alike
end
$ sh same.sh "$SERVER&schema=$SCHEMA"
out> all alike
$ sh same.sh sqlite:.muster/back.db
out> all alike
$ psql -qX $SERVER -c "SET search_path TO $SCHEMA; UPDATE tenants SET title = 'Again'"
$ muster drift --store $SERVER&schema=$SCHEMA
exit 2
out> tenant:production
$ psql -qX $SERVER -c "SET search_path TO $SCHEMA; SET session_replication_role TO replica; DELETE FROM tenant_roles"
$ muster store check --store $SERVER&schema=$SCHEMA
exit 6
out> FAILED  a member's roles are available on the tenant
