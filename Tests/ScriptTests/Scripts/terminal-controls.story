# What people wrote cannot drive the terminal.
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
    firstName: "An\en"
end
$ muster validate
exit 65
all> error[E108]
$ sh -c 'muster validate 2>&1 | grep -c "$(printf "\033")"'
exit 1
out> 0
