# Drift is accepted in files of every shape: comments stay with their entries, and nothing is lost.
env MUSTER_CLOCK=2026-11-22T10:00:00Z
file muster.yaml
    kind: Project
    name: acme-access
    ignore: [catalogue/**]
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
    ---
    kind: Tenant
    name: production
    availableRoles: [access_read, access_write]
    ---
    kind: Tenant
    name: stage
    availableRoles: [access_read, access_write]
    ---
    kind: Identity
    code: io.acme.plant1
    tenant: production
    users:
      - { email: joe@client.example, admin: true, roles: [b, a] }
end
file ann.yaml
    kind: Admin
    email: ann@acme.example
    firstName: Ann
    lastName: Bee
    mobile: "+31612345671"
    memberships:
      - tenant: production
        permissions: [invite_admins, assign_permissions, assign_roles]
        roles:
          - access_read
        # on call since May
    
          # and in the weekends
    # ours
end
file bob.yaml
    kind: Admin
    email: bob@acme.example
    firstName: Bob
    lastName: Lee
    mobile: "+31612345672"
    memberships: [{ tenant: production, roles: [access_read] }]
end
file cy.yaml
    kind: Admin
    email: cy@acme.example
    firstName: Cy
    lastName: Dee
    mobile: "+31612345673"
    "memberships" :
      - tenant: production
        roles: [access_read]
        # his last one
end
file dee.yaml
    kind: Admin
    email: dee@acme.example
    firstName: Dee
    lastName: Fox
    mobile: "+31612345674"
    memberships:
      - tenant: production
        roles: &all [access_read]
      - tenant: stage
        roles: *all
end
$ muster apply --operator --yes
$ sqlite3 .muster/store.db "INSERT INTO memberships SELECT 'stage', email, 0 FROM accounts WHERE email IN ('ann@acme.example', 'bob@acme.example'); INSERT INTO membership_roles SELECT 'stage', email, 'access_read' FROM accounts WHERE email IN ('ann@acme.example', 'bob@acme.example')"
$ sqlite3 .muster/store.db "PRAGMA foreign_keys = ON; DELETE FROM memberships WHERE tenant = 'production' AND email IN ('cy@acme.example', 'dee@acme.example'); DELETE FROM accounts WHERE email = 'cy@acme.example'; INSERT INTO roles VALUES ('audit', 'Audit', '', '', 0)"
# The product writes lists its own way.
$ sqlite3 .muster/store.db "UPDATE identity_users SET roles = 'a, b,'"
$ muster export --adopt
exit 2
out> dee.yaml:7:13: production/dee@acme.example: change `memberships` by hand
out> adopted.yaml (new)
$ cat ann.yaml
out>       - access_read
out>     # on call since May
out>       # and in the weekends
out>   - tenant: stage
out>     roles: [access_read]
out> # ours
$ sh -c 'tail -n 4 ann.yaml'
out>   - tenant: stage
out>     roles: [access_read]
out> # ours
$ cat bob.yaml
out> memberships: [{ tenant: production, roles: [access_read] }, { tenant: stage, roles: [access_read] }]
$ cat cy.yaml
out> "memberships" : []
!out> his last one
$ cat adopted.yaml
out> name: audit
$ muster plan --operator
out> Plan: 1 to add, 0 to change, 0 to remove

# The list of the identity's user says the same as before, in the store's words.
$ muster export --out copy
$ cat copy/identities/io.acme.plant1.yaml
out> roles: [a, b]
$ muster plan -C copy --operator --detailed-exitcode
$ muster export --out copy/muster.yaml
exit 1
err> error: copy/muster.yaml is no folder; nothing was written.
