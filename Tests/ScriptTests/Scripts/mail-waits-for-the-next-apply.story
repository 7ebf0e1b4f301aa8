# Letters that could not be delivered leave with the next apply, soon as it may be.
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
    ---
    kind: Tenant
    name: production
    availableRoles: [access_read, access_write]
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
end
$ sh -c 'mkdir -m 700 .muster && touch .muster/mail'
$ muster apply --operator --yes
exit 5
out> 1 letter left in the outbox
$ rm .muster/mail
$ muster apply --operator --yes
out> Nothing to apply.
out> 1 letter is in .muster/mail
$ sh -c 'ls .muster/mail/new | wc -l'
out> 1
