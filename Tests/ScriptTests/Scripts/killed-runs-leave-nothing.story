# What runs left that were killed goes with the next one, and the key and the letters are whole.
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
    kind: Tenant
    name: production
    ---
    kind: Admin
    email: ann@acme.example
    firstName: Ann
    lastName: Bee
    mobile: "+31612345671"
    memberships:
      - tenant: production
        permissions: [invite_admins, assign_permissions, assign_roles]
end
$ mkdir .muster
$ sh -c 'echo half > .muster/invitation.key.99999999.draft'
$ sh -c 'echo half > .muster/store.db.new; echo half > .muster/store.db.lock'
# One that still runs keeps its own.
$ sh -c 'echo half > .muster/invitation.key.1.draft'
$ muster apply --operator --yes
out> Applied as run 1
$ sh -c 'test "$(echo $(ls .muster))" = "invitation.key invitation.key.1.draft mail store.db"'
$ sh -c 'test "$(stat -c %h .muster/store.db .muster/invitation.key | sort -u)" = 1'
$ sh -c 'echo half > plan.json.99999999.draft'
$ muster plan --operator --out plan.json
$ sh -c 'test ! -e plan.json.99999999.draft'
# In a year in which nothing can end later.
env MUSTER_CLOCK=9999-12-31T23:00:00Z
$ muster invitation resend ann@acme.example --operator
$ muster store check
!out> FAILED
