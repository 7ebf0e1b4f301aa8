# Drift is accepted by editing the manifests: the lines that it is about, and no others.
env MUSTER_CLOCK=2026-11-22T10:00:00Z
file muster.yaml
    kind: Project
    name: acme-access
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
    kind: Bundle
    name: readers
    roles: [access_read]
    ---
    kind: Tenant
    name: production   # ours
    availableRoles: [access_read, access_write]
end
file people.yaml
    # Ann owns it.
    kind: Admin
    email: ann@acme.example
    firstName: Ann
    lastName: Bee
    mobile: "+31612345671"
    memberships:
      - tenant: production
        permissions: [invite_admins, assign_permissions, assign_roles]
        roles:
          - access_read   # to see what others see
    ---
    kind: Members
    tenant: production
    admins:
      - { email: bob@acme.example, roles: [access_read], reason: support }   # since May
      - { email: cy@acme.example, bundles: [readers] }
    ---
    kind: Admin
    email: bob@acme.example
    firstName: Bob
    lastName: Lee
    mobile: "+31612345672"
    ---
    kind: Admin
    email: cy@acme.example
    firstName: Cy
    lastName: Dee
    mobile: "+31612345673"
end
$ muster apply --operator --yes
$ muster export --adopt
out> Nothing to adopt: the manifests have all that the store has.
$ sqlite3 .muster/store.db "DELETE FROM membership_roles WHERE email = 'bob@acme.example'; INSERT INTO membership_roles VALUES ('production', 'ann@acme.example', 'access_write'); INSERT INTO accounts SELECT 'dee@acme.example', 'Dee@acme.example', 'Dee', 'Fox', '+31612345674', '', 'Activated', 0, 0; INSERT INTO memberships VALUES ('production', 'dee@acme.example', 0); INSERT INTO membership_permissions VALUES ('production', 'dee@acme.example', 'invite_admins')"
file pending.yaml
    kind: Role
    name: access_audit
end
$ chmod 640 people.yaml
$ muster export --adopt
out> people.yaml
out> 12 +       - access_write
out> 1 change of the manifests still to apply
$ sh -c 'stat -c %a people.yaml'
out> 640
$ cat people.yaml
out> # Ann owns it.
out> - access_read   # to see what others see
out> - { email: bob@acme.example, roles: [], reason: support }   # since May
out> - { email: Dee@acme.example, permissions: [invite_admins] }
$ muster plan --operator
out> access_audit
out> Plan: 1 to add, 0 to change, 0 to remove; no mail.
$ muster apply --operator --yes

# What a bundle gives cannot be taken out of one person's lines.
$ sqlite3 .muster/store.db "DELETE FROM membership_roles WHERE email = 'cy@acme.example'"
$ muster export --adopt
exit 2
out> production/cy@acme.example#role:access_read: take it out by hand: a bundle gives it.
out> people.yaml:18:
out> 1 thing must be changed by hand.
$ muster export --adopt --format json
exit 2
out> "format": "muster.adoption/1"
out> "line": 18

# Manifests that do not load are no place to write to.
file broken.yaml
    kind: Rolle
end
$ muster export --adopt
exit 65
err> error[E101]
