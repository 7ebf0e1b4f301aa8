# Drift in a public log: what changed and how often, with pseudonyms for whom.
env MUSTER_CLOCK=2026-11-22T10:00:00Z
env MUSTER_REDACT_KEY=k
file muster.yaml
    kind: Project
    name: zqproject
end
file access.yaml
    kind: Role
    name: zqrole
    title: Zqtitle
    ---
    kind: Tenant
    name: zqtenant
    title: Zqtitle
    availableRoles: [zqrole]
    ---
    kind: Admin
    email: zqann@acme.example
    firstName: Zqfirst
    lastName: Zqlast
    mobile: "+31698765432"
    memberships:
      - { tenant: zqtenant, permissions: [invite_admins], roles: [zqrole] }
end
$ muster apply --operator --yes
$ sqlite3 .muster/store.db "UPDATE accounts SET first_name = 'Zqother', mobile = '+31698765000'; UPDATE tenants SET title = 'Zqelse'; DELETE FROM membership_roles; INSERT INTO settings VALUES ('zqkey', 'zqvalue'); DROP TRIGGER accounts_insert"
$ sh -c 'for f in text json markdown github sarif; do muster drift --redact --all --verbose --format $f; done > all.txt 2>&1'
exit 2
$ grep -ic zq all.txt
exit 1
$ grep -c -e 98765 -e '+31' all.txt
exit 1
$ muster drift --redact
exit 2
out> @acme.example
out> W286
out> firstName
$ muster drift
exit 2
out> zqann@acme.example
