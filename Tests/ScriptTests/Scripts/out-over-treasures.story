# A result is written over no store, no key and no manifest.
file muster.yaml
    kind: Project
    name: acme-access
    store: sqlite:.muster/store.db
    invitations:
      from: Acme Access <access@acme.example>
      acceptURL: https://access.acme.example/accept
end
file access.yaml
    kind: Tenant
    name: production
end
$ muster apply --operator --yes
$ sh -c 'printf x > .muster/invitation.key; cp access.yaml before.txt; cp .muster/store.db before.db'
$ muster plan --operator --out .muster/store.db
exit 1
err> it is a database, and is not written over; name another file
$ muster report --operator --out access.yaml
exit 1
err> it is a manifest, and is not written over; name another file
$ muster invitation preview --out .muster/invitation.key
exit 1
err> it is a key, and is not written over; name another file
$ sh -c 'cmp access.yaml before.txt && cmp .muster/store.db before.db && test "$(cat .muster/invitation.key)" = x'
$ muster plan --operator --out saved.plan
$ muster plan --operator --out saved.plan
