# What is no store, or somebody else's, is named, and nobody writes to it.
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
$ muster apply --operator --yes
$ cp -a .muster whole
$ sh -c 'echo hello > .muster/store.db'
$ muster apply --operator --yes
exit 1
err> this is no store of Muster: it is no SQLite database
$ sh -c 'test "$(cat .muster/store.db)" = hello'
$ sh -c ': > .muster/store.db'
$ muster apply --operator --yes
exit 1
err> this is no store of Muster: it is empty
$ sh -c 'test ! -s .muster/store.db'
$ sh -c 'head -c 5000 whole/store.db > .muster/store.db; cp .muster/store.db cut.db'
$ muster apply --operator --yes
exit 1
err> this is no store of Muster: it is cut
$ cmp cut.db .muster/store.db
$ cp whole/store.db .muster/store.db
$ sqlite3 .muster/store.db 'UPDATE meta SET schema_version = 99'
$ cp .muster/store.db newer.db
$ muster apply --operator --yes
exit 1
err> error[E303]: store: its schema is version 99
$ cmp newer.db .muster/store.db
$ rm .muster/store.db
$ sqlite3 .muster/store.db 'CREATE TABLE accounts (x)'
$ chmod 600 .muster/store.db
$ muster apply --operator --yes
exit 1
err> it is an SQLite database of something else
$ cp whole/store.db .muster/store.db
$ chmod 660 .muster/store.db
$ muster apply --operator --yes
exit 1
err> error[E306]
$ chmod 600 .muster/store.db
# A writer that was stopped holds the lock; whoever comes waits as long as it is told to.
file stopped.py
    import os, signal, sqlite3, subprocess
    store = sqlite3.connect(".muster/store.db", isolation_level=None)
    store.execute("BEGIN EXCLUSIVE")
    run = subprocess.run(["muster", "apply", "--operator", "--yes", "--lock-timeout", "1s"],
        capture_output=True, text=True)
    print(run.returncode, "error[E302]" in run.stderr, "database is locked" in run.stderr)
end
$ sh -c 'printf -- "---\nkind: Role\nname: access_write\n" >> access.yaml'
$ python3 stopped.py
out> 4 True False
$ muster apply --operator --yes
