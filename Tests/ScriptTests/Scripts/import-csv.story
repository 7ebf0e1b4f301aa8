# The same from a table.
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
$ muster apply --operator --yes
file people.csv
    email,firstName,lastName,mobile,language,state,blocked,tenant,permissions,roles,identity,admin,enabled
    ann@acme.example,Ann,Bee,+31612345671,en,Activated,false,production,"invite_admins, assign_permissions;assign_roles",,,,
    bob@acme.example,Bob,"Cole, jr.",,,,,production,,access_read access_write,,,
end
$ muster import people.csv --operator
file people.yaml
    kind: Members
    tenant: production
    admins:
      - { email: ann@acme.example, permissions: [invite_admins, assign_permissions, assign_roles] }
      - { email: bob@acme.example, roles: [access_read, access_write] }
end
$ muster plan --operator --detailed-exitcode

# Headings as spreadsheets write them mean the same fields; an unknown one is named.
file headings.csv
    Email,First Name,last_name,mobile,tenant,roles
    hal@acme.example,Hal,Ine,+31612345688,production,access_read
end
$ muster import headings.csv --operator
out> 1 membership
file wrong.csv
    email,shoe_size
    hal@acme.example,44
end
$ muster import wrong.csv --operator
exit 65
err> wrong.csv:1: error: there is no column shoe_size.
