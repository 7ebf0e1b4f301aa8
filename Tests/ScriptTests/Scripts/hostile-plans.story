# A plan file that is none, of another version, of another store, or too large is refused unread.
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
$ muster plan --operator --out plan.json
$ cp -a plan.json kept.json
$ sh -c 'sed "s,muster.plan/1,muster.plan/2," plan.json > next.json'
$ muster apply next.json --operator
exit 65
err> error[E304]: next.json: its format is `muster.plan/2`, and this muster knows `muster.plan/1`.
$ sh -c 'truncate -s 1G large.json'
$ muster apply large.json --operator
exit 65
err> large.json: it is larger than 128 MiB.
$ sh -c 'mkfifo pipe.json'
$ muster apply pipe.json --operator
exit 65
err> pipe.json: it is no file
$ sh -c ': > empty.json; echo "{}" > object.json; echo "[" > open.json'
$ muster apply empty.json --operator
exit 65
err> this is no plan file
$ muster apply object.json --operator
exit 65
err> this is no plan file
$ muster apply open.json --operator
exit 65
err> this is no plan file
$ sh -c 'test ! -e .muster'
# The store that another plan began is not the one that this plan knows.
$ sh -c 'printf -- "---\nkind: Role\nname: other\n" >> access.yaml'
$ muster apply --operator --yes
$ sh -c 'sha256sum .muster/store.db > before'
$ muster apply kept.json --operator
exit 4
err> error[E301]
$ sh -c 'sha256sum -c before'
