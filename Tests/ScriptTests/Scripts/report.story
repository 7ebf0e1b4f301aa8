# The report shows who holds what, what would change, what ends and what is wrong, on one page.
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
    kind: Role
    name: access_write
    sensitive: true
    ---
    kind: Tenant
    name: production
    availableRoles: [access_read, access_write]
    ---
    kind: Tenant
    name: stage
    management: additive
    ---
    kind: Identity
    code: io.acme.plant1
    tenant: production
    users:
      - { email: joe@client.example, admin: true }
      - { email: kim@client.example }
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
        roles: [access_write]
      - { tenant: stage, permissions: [invite_admins] }
    ---
    kind: Admin
    email: bob@acme.example
    firstName: Bob
    lastName: Cole
    mobile: "+31612345672"
    memberships:
      - { tenant: production, roles: [access_read], expires: 2026-12-10 }
end
# Nobody's store is not an empty one, but for the operator.
$ muster report --out early.html
exit 1
err> there is no store there
$ muster report --out early.html --as ann@acme.example
exit 1
$ ls
!out> early.html
$ muster report --out early.html --operator
$ grep -c "none yet: nobody has access" early.html
out> 1
$ ls -a
!out> .muster
$ muster apply --operator --yes
token ANN ann@acme.example .muster/mail
$ muster invitation accept $ANN
$ sqlite3 .muster/store.db "INSERT INTO memberships VALUES ('stage', 'bob@acme.example', 0); UPDATE accounts SET mobile = '+31687654321' WHERE email = 'bob@acme.example'"
$ sed -i "s/roles: .access_read., expires/permissions: [assign_roles], roles: [access_read], expires/" people.yaml
# Reading needs no actor; the plan is then the operator's, and says so.
$ muster report --out report.html
!out> .
err> Saved as report.html
$ ls -l report.html
out> -rw-------
$ sed -n "s/<[^>]*>/ /g; /Nobody was named/p; /2 to change, 0 to remove/p; /delegated, in 2 tenants/p" report.html
out> Nobody was named who acts, so this is what the operator
out> Plan: 0 to add, 2 to change, 0 to remove; no mail.
out> 2 delegated, in 2 tenants
file rows.py
    import html.parser, sys
    class Rows(html.parser.HTMLParser):
        section, row, cell = "", None, False
        def handle_starttag(self, tag, attributes):
            if tag == "section": self.section = dict(attributes)["id"]
            if tag == "tr": self.row = []
            if tag in ("td", "th"): self.row.append("")
            if tag in ("li", "small", "time"): self.handle_data(" ")
        def handle_endtag(self, tag):
            if tag == "tr" and self.row is not None:
                print(self.section, *[" ".join(cell.split()) for cell in self.row], sep=" | ")
                self.row = None
        def handle_data(self, data):
            if self.row: self.row[-1] += data
    Rows().feed(open(sys.argv[1]).read())
end
$ python3 rows.py report.html
out> access | production | production | 2 | 1 | 1 | 1 | 1 | 1 | 0
out> access | ann@acme.example Ann Bee | active | assign_permissions assign_roles invite_admins | access_write sensitive | –
out> access | bob@acme.example Bob Cole | pending | – | access_read | expiring 2026-12-11 00:00:00 UTC
out> access | bob@acme.example Bob Cole | pending unmanaged | – | – | –
out> plan | bob@acme.example | gains: assign_roles on production | 2
out> plan | ~change 2 | bob@acme.example | grant permission assign_roles privileged | people.yaml:18
out> recent | 1 apply | 2026-11-22 10:00:00 UTC | operator
out> recent | production/bob@acme.example | inviteAdmin
out> +31*****672
out> pending | bob@acme.example | production | pending | 2026-11-29 10:00:00 UTC
out> pending | kim@client.example | io.acme.plant1 | pending | 2026-11-29 10:00:00 UTC
out> expiring | bob@acme.example | production | expiring 2026-12-11 00:00:00 UTC
out> unmanaged | bob@acme.example | stage
out> identities | io.acme.plant1 | 2 2 pending | joe@client.example pending
out> drift | account:bob@acme.example | mobile "+31*****672" -> "+31*****321"
out> drift | stage/bob@acme.example | added
!out> 612345672
!out> 687654321
# The same page to the byte, wherever it goes.
$ sh -c 'muster report --out - > again.html && cmp report.html again.html'
# With an actor the plan is judged, and the page is made all the same.
$ muster report --out ann.html --as ann@acme.example
$ grep -c "By ann@acme.example for acme-access" ann.html
out> 1
$ muster report --out bob.html --as bob@acme.example
$ grep -c "E210" bob.html
!out> 0
# Invalid manifests: what the store holds, the findings, and no plan.
$ sed -i "s/firstName: Ann/firstname: Ann/" people.yaml
$ muster report --out invalid.html
err> The manifests are invalid
$ python3 rows.py invalid.html
out> access | ann@acme.example Ann Bee | active
out> findings | error E101
!out> plan |
!out> unmanaged |
$ grep -c "Not known: the manifests are invalid" invalid.html
out> 2
# Usage.
$ muster report
exit 64
err> --out
$ muster report --out x.html --format json
exit 64
$ muster report --out missing/x.html
exit 1
err> the report cannot be saved
$ muster report --out x.html --as ann@acme.example --operator
exit 64
