# Pseudonyms for public logs: no name, text, reason, file or line of source, in any format.
env MUSTER_CLOCK=2026-11-22T10:00:00Z
file muster.yaml
    kind: Project
    name: zqproject
    store: sqlite:.muster/zqstore.db
    invitations:
      from: Zqfrom <zqfrom@acme.example>
      acceptURL: https://zqhost.acme.example/zqaccept
end
file zqfolder/zqaccess.yaml
    # zqcomment
    kind: Role
    name: zqrole
    title: Zqtitle
    description: Zqdescription
    application: zqapplication
    sensitive: true
    ---
    kind: Permission
    name: zqpermission
    ---
    kind: Tenant
    name: zqtenant
    title: Zqtitle
    availableRoles: [zqrole] # zqcomment
    ---
    kind: Identity
    code: io.zqcode
    tenant: zqtenant
    users:
      - { email: zquser@client.example, admin: true, roles: [zqlabel] }
    ---
    kind: Policy
    name: zqpolicy
    rules:
      - allowedDomains: [zqdomain.example]
end
file zqpeople.yaml
    kind: Admin
    email: zqann@acme.example
    firstName: Zqfirst
    lastName: Zqlast
    mobile: "+31698765432"
    memberships:
      - tenant: zqtenant
        permissions: [invite_admins, zqpermission]
        roles: [zqrole]
        reason: Zqreason # zqcomment
end
$ sh -c 'for f in text json markdown github sarif; do muster validate --redact --verbose --format $f; muster plan --operator --redact --verbose --format $f; done > all.txt 2>&1'
exit 3
$ grep -ic zq all.txt
exit 1
out> 0
$ grep -c -e 98765 -e '+31' all.txt
exit 1
$ grep -c -e E294 -e invite_admins -e acme.example all.txt
!out> 0
$ muster plan --operator
exit 3
out> zqann
# Errors of every stage, the store's and the arguments'.
file zqbroken.yaml
    kind: Admin
    email: Zq Broken <zqbroken@acme.example> # zqcomment
    zqfield: zqvalue
    ---
    kind: Members
    tenant: zqother
    admins:
      - { email: zqann@acme.example, roles: [zqmissing] }
    ---
    kind: Zqkind
    zqkey: "zqopen
end
$ sh -c 'for f in text json markdown github sarif; do muster validate --redact --verbose --format $f; muster plan --operator --redact --verbose --format $f; muster plan --base zqrevision --redact --format $f; muster plan --as zqactor@acme.example --tenant zqnone --redact; muster plan --operator --redact --store sqlite:zqpeople.yaml; done > all.txt 2>&1'
exit 65
$ rm zqbroken.yaml
$ sh -c 'muster plan --operator --redact --store sqlite:zqpeople.yaml >> all.txt 2>&1'
exit 1
$ sh -c 'muster plan --as zqactor@acme.example --redact >> all.txt 2>&1'
exit 1
$ grep -i zq all.txt
exit 1
$ grep -c stopped all.txt
!out> 0
# One key, one set of names; without a key they are new each time.
env MUSTER_REDACT_KEY=secret
$ sh -c 'muster plan --operator --redact > one.txt; muster plan --operator --redact > two.txt; cmp one.txt two.txt'
env MUSTER_REDACT_KEY=
$ sh -c 'muster plan --operator --redact > two.txt; cmp -s one.txt two.txt'
exit 1
# What is shown cannot be saved or applied.
$ muster plan --operator --redact --out plan.json
exit 64
err> --redact and --out exclude each other
$ ls
!out> plan.json
$ sh -c 'muster plan --operator --redact --format json > shown.json'
exit 3
$ muster apply shown.json --operator
exit 65
