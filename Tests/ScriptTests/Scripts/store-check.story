# The check of a store tells what is damaged where, and ends with 6.
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
$ muster store check
exit 1
err> there is no store there
$ muster apply --operator --yes
$ muster store check
out> ok      the engine's own check
out> ok      one account per canonical e-mail
out> ok      at most one live invitation per scope and account
out> ok      raw tokens are not stored
out> ok      the audit chain verifies
out> Content sha256:
!out> FAILED
save head audit head ([0-9a-f]{64})
$ muster store check --head $head
$ muster store check --head 00
exit 6
out> FAILED  the audit chain verifies
out> the head 00 is not in it
$ muster store check --format markdown
exit 64
file check.py
    import json, sys
    page = json.load(sys.stdin)
    assert page["format"] == "muster.store-check/1" and page["good"] is (sys.argv[1] == "good"), page
    print(" ".join(check["check"] for check in page["checks"] if check["result"] != "ok") or "none")
end
$ sh -c 'muster store check --format json | python3 check.py good'
out> none
$ sqlite3 .muster/store.db "UPDATE accounts SET blocked = 1"
$ sh -c 'muster store check --format json | python3 check.py good'
out> none
$ cp .muster/store.db good.db
$ chmod 600 good.db
$ sqlite3 .muster/store.db "DELETE FROM tenant_roles; UPDATE audit SET actor = 'eve' WHERE sequence = 1; UPDATE invitations SET token_hash = 'a token'"
$ muster store check
exit 6
out> membership_roles production/ann@acme.example/access_read names a row of tenant_roles that is not there.
out> FAILED  a member's roles are available on the tenant
out> production/ann@acme.example has the role access_read, which is not available on the tenant.
out> FAILED  raw tokens are not stored
out> FAILED  the audit chain verifies
out> entry 1: its content was changed.
out> ok      the sequence of the audit has no gap
$ sh -c 'muster store check --format json | python3 check.py bad'
out> engine references roles tokens chain
$ sqlite3 good.db "DROP TRIGGER accounts_update; DROP INDEX audit_by_run"
$ muster store check --store sqlite:good.db
exit 6
out> index audit_by_run is gone.
out> triggers are gone (accounts_update).
$ sh -c 'head -c 5000 .muster/store.db > cut.db; chmod 600 cut.db'
$ muster store check --store sqlite:cut.db
exit 6
out> FAILED  the engine's own check
out> it is cut
out> unknown the audit chain verifies
$ sqlite3 good.db "UPDATE accounts SET spelling = 'x' || char(27) || '[31m', email = 'x' || char(27) || '[31m'"
$ muster store check --store sqlite:good.db
exit 6
out> x\u{1b}[31m
