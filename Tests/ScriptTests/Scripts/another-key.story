# Another invitation key than the store's writes nothing, also when the plan makes no link.
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
$ muster apply --operator --yes --no-deliver
file more.yaml
    kind: Role
    name: role_broker_read
end
env MUSTER_INVITATION_KEY=abababababababababababababababababababababababababababababababab
$ muster apply --operator --yes
exit 1
err> error[E305]
env MUSTER_INVITATION_KEY=
$ muster plan --operator --detailed-exitcode
exit 2
$ muster apply --operator --yes
out> 1 letter is in .muster/mail
# A pipe is no key, and nobody waits for what comes out of it.
$ rm .muster/invitation.key
$ python3 -c 'import os; os.mkfifo(".muster/invitation.key", 0o600)'
file more.yaml
    kind: Admin
    email: bob@acme.example
    firstName: Bob
    lastName: Cole
    mobile: "+31612345672"
    memberships:
      - { tenant: production, roles: [access_read] }
end
$ muster apply --operator --yes
exit 1
err> error[E305]
err> invitation.key is no file
