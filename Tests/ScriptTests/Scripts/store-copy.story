# A copied store is the same store: every command answers alike, and the links still open.
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
token link ann@acme.example .muster/mail
$ sqlite3 .muster/store.db "UPDATE tenants SET title = 'By hand'"
$ muster store copy sqlite:.muster/store.db sqlite:new/.muster/store.db
exit 64
err> who acts?
$ muster store copy sqlite:.muster/store.db sqlite:new/.muster/store.db --as ann@acme.example
exit 3
$ muster store copy sqlite:.muster/store.db oracle:x --operator
exit 64
$ muster store copy sqlite:.muster/store.db sqlite:.muster/store.db --operator
exit 64
$ muster store copy sqlite:gone.db sqlite:new/.muster/store.db --operator
exit 1
err> there is no store there
$ sh -c 'test ! -e new'
$ muster store copy sqlite:.muster/store.db sqlite:new/.muster/store.db --operator
out> Copied store
out> Read back and compared: sha256:
out> The copy has no invitation key yet. Copy $WORK/.muster/invitation.key to $WORK/new/.muster/invitation.key
out> Both are one store now, with one id
!out> +31
$ ls new/.muster
out> store.db
!out> lock
$ muster store copy sqlite:.muster/store.db sqlite:new/.muster/store.db --operator
exit 1
err> there is something already
file same.sh
    for command in 'plan --operator --format json' 'drift --all --format json' 'drift --all' \
        'history' 'history 1 --format json' 'audit verify' 'status --operator' 'why ann@acme.example' \
        'store check --format json' 'outbox list' 'invitation list' 'export --operator'; do
        muster $command >a 2>&1; echo $? >>a
        muster $command --store sqlite:$1 >b 2>&1; echo $? >>b
        cmp a b || { echo "$command"; cat a b; exit 1; }
    done
    echo all alike
end
$ sh same.sh new/.muster/store.db
out> all alike
$ muster store copy sqlite:new/.muster/store.db sqlite:.muster/back.db --operator --format json
out> "format": "muster.store-copy/1"
out> "standing": "fits"
$ sh same.sh .muster/back.db
out> all alike
$ muster store check --store sqlite:.muster/back.db
$ cp .muster/invitation.key new/.muster/invitation.key
$ muster invitation accept $link --store sqlite:new/.muster/store.db
out> Welcome
$ sqlite3 .muster/store.db "DROP TRIGGER accounts_update"
$ muster store copy sqlite:.muster/store.db sqlite:off.db --operator
exit 6
err> recorder
$ sh -c 'test ! -e off.db'
$ sqlite3 .muster/back.db "UPDATE meta SET test_clock = 0"
$ muster store copy sqlite:.muster/back.db sqlite:clock.db --operator
exit 64
err> MUSTER_CLOCK
