# Who holds a right on a tenant, and who will not any more.
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
    kind: Permission
    name: billing
    ---
    kind: Role
    name: billing
    ---
    kind: Role
    name: access_read
    ---
    kind: Role
    name: spare
    ---
    kind: Tenant
    name: production
    management: additive
    availableRoles: [access_read, billing]
end
file people.yaml
    kind: Members
    tenant: production
    admins:
      - { email: ann@acme.example, permissions: [invite_admins, billing], roles: [access_read] }
      - { email: bob@acme.example, roles: [access_read], expires: 2026-11-30 }
      - { email: cat@acme.example, roles: [access_read, billing], expires: 2027-06-30 }
      - { email: dan@acme.example, roles: [access_read], expires: 2026-12-31 }
      - { email: eve@acme.example, roles: [access_read] }
    ---
    kind: Admin
    email: cat@acme.example
    firstName: Cat
    lastName: Dorn
    mobile: "+31612345673"
    expires: 2027-01-31
end
$ cp people.yaml declared.txt
$ rm people.yaml
$ muster apply --operator --yes
file people.jsonl
    {"email": "ann@acme.example", "tenant": "production", "permissions": ["invite_admins", "billing"], "roles": ["access_read"]}
    {"email": "bob@acme.example", "tenant": "production", "roles": ["access_read"]}
    {"email": "cat@acme.example", "tenant": "production", "roles": ["access_read", "billing"]}
    {"email": "dan@acme.example", "tenant": "production", "roles": ["access_read"], "state": "Invited"}
    {"email": "fox@acme.example", "tenant": "production", "roles": ["access_read"], "blocked": true}
end
$ muster import people.jsonl --operator
$ cp declared.txt people.yaml
$ muster who-can access_read --tenant production
out> role access_read on tenant production: 5 holders
out> Active (1)
out>   ann@acme.example                                                                      people.yaml:4
out> Active, with an end (2)
out>   bob@acme.example  until 2026-12-01 00:00:00 UTC (soon)                                people.yaml:5
out>   cat@acme.example  until 2027-02-01 00:00:00 UTC                                       people.yaml:6
out> Pending: waits for acceptance (1)
out> Blocked (1)
out> not declared, and left alone
out> Declared, and not applied yet: eve@acme.example

# The clock of the declarations moves, that of the store does not.
$ muster who-can access_read --tenant production --at 2027-01-20
out> as of 2027-01-20 00:00:00 UTC: 5 holders
out> Active, with an end (1)
out>   cat@acme.example  until 2027-02-01 00:00:00 UTC (soon)
out> Expired by then (2)
out>   bob@acme.example  ended 2026-12-01 00:00:00 UTC
out>   dan@acme.example  ended 2027-01-01 00:00:00 UTC         pending
!out> Pending: waits
!err> those of now

# What was is not what the store answers.
$ muster who-can access_read --tenant production --at 2020-01-01
err> The holders are those of now
err> `muster history` tells what was

# A name that a permission and a role share; a role that nobody can have here.
$ muster who-can billing --tenant production
out> permission billing on tenant production: 1 holder
out> role billing on tenant production: 1 holder
$ muster who-can spare --tenant production
out> role spare on tenant production: nobody
out> The role is not available on this tenant.

file check.py
    import csv, json, subprocess, sys
    def run(*words):
        return subprocess.run(("muster", "who-can") + words, capture_output=True, check=True).stdout
    answer = json.loads(run("access_read", "--tenant", "production", "--format", "json"))
    assert answer["format"] == "muster.who-can/1" and answer["at"] == "2026-11-22T10:00:00Z"
    part, = answer["grants"]
    assert [(h["email"].split("@")[0], h["group"]) for h in part["holders"]] == [
        ("ann", "active"), ("bob", "expiring"), ("cat", "expiring"), ("dan", "pending"),
        ("fox", "blocked")], part
    assert [h["expiresSoon"] for h in part["holders"]] == [False, True, False, False, False]
    assert [h["standing"] for h in part["holders"]] == ["declared"] * 4 + ["unmanaged"]
    assert part["notApplied"] == ["eve@acme.example"] and part["available"] is True
    raw = run("access_read", "--tenant", "production", "--format", "csv").decode()
    assert raw.endswith("\r\n") and "\n" not in raw.replace("\r\n", "")
    rows = list(csv.DictReader(raw.splitlines()))
    assert [row["email"] for row in rows] == [h["email"] for h in part["holders"]]
    assert rows[1]["expires"] == "2026-12-01T00:00:00Z" and rows[1]["source"] == "people.yaml:5:40"
    print("as described")
end
$ python3 check.py
out> as described

# A cell that a spreadsheet would calculate, and one that a terminal would obey.
$ sqlite3 .muster/store.db "INSERT INTO accounts (email, spelling, state, blocked, automation) SELECT column1, column1, 'Activated', 0, 0 FROM (VALUES ('=cmd|x@acme.example'), ('-1,2@acme.example'), ('@sum@acme.example')); INSERT INTO memberships SELECT 'production', email, 0 FROM accounts WHERE spelling GLOB '[-=@]*'; INSERT INTO membership_roles SELECT 'production', email, 'access_read' FROM accounts WHERE spelling GLOB '[-=@]*'"
$ muster who-can access_read --tenant production --format csv
out> ,'=cmd|x@acme.example,
out> ,"'-1,2@acme.example",
out> ,'@sum@acme.example,

# Manifests that are invalid say nothing of ends.
file broken.yaml
    kind: Rol
end
$ muster who-can access_read --tenant production
out> The manifests are invalid, so what ends and what is declared is not known: run validate.
!out> until
$ rm broken.yaml

$ muster who-can acces_read --tenant production
exit 64
err> there is no permission or role acces_read. Did you mean access_read?
$ muster who-can access_read --tenant prod
exit 64
err> there is no tenant prod.
$ muster who-can access_read
exit 64
$ muster who-can access_read --tenant production --at tomorrow
exit 64
err> --at takes a date
$ muster who-can access_read --tenant production --format sarif
exit 64
$ muster plan --operator --format csv
exit 64
err> this command has no format csv
$ muster validate --format csv
exit 64
$ muster status --format csv
exit 64
