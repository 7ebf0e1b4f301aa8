# A result that nobody could read is not a success, and what is done is not called failed.
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
$ sh -c 'muster plan --operator > /dev/full'
exit 1
err> standard output cannot be written
$ sh -c 'muster apply --operator --yes > /dev/full'
exit 1
$ sh -c 'test ! -e .muster/store.db'
$ sh -c 'muster apply --operator --yes --format json > /dev/full'
exit 7
err> It is done
$ sh -c 'muster apply --operator --yes --format json'
out> nothing to do
$ sh -c 'muster --help > /dev/full'
exit 1
$ muster --version
out> 0.
