# The run that made a right is found after grants, renames, expiry and removals.
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
$ muster apply --operator --yes
file people.jsonl
    {"email": "bob@acme.example", "tenant": "production", "roles": ["access_read"]}
    {"email": "cat@acme.example", "tenant": "production", "roles": ["access_read"]}
end
$ muster import people.jsonl --operator
token ANN ann@acme.example .muster/mail
$ muster invitation accept $ANN
file members.yaml
    kind: Members
    tenant: production
    admins:
      - { email: bob@acme.example, roles: [access_read, access_write], expires: 2026-11-30 }
end
$ muster why cat@acme.example
out> tenant production: not declared: the next apply takes it away
out> given      run 2, import by operator
$ muster apply --as ann@acme.example --yes
$ muster why bob@acme.example
out> given      run 2, import by operator
out> given      run 4, apply by ann@acme.example
$ muster why cat@acme.example
exit 1
err> The account was deleted by run 4, apply by ann@acme.example

# Both the tenant and the role get new names; the answer stays the same.
file access.yaml
    kind: Role
    name: access_read
    ---
    kind: Role
    name: access_edit
    formerly: [access_write]
    ---
    kind: Tenant
    name: live
    formerly: [production]
    availableRoles: [access_read, access_edit]
end
$ sed -i "s/production/live/; s/access_write/access_edit/" people.yaml members.yaml
$ muster why bob@acme.example
out> tenant production: the next apply renames it to live
out> role access_write
!out> not declared
!out> not applied
$ muster apply --operator --yes
$ muster why bob@acme.example
out> tenant live
out> role access_edit
out> given      run 2, import by operator
out> given      run 4, apply by ann@acme.example
!out> no run on record

# Past its end, and not yet taken away.
env MUSTER_CLOCK=2026-12-03T10:00:00Z
$ muster why bob@acme.example
out> tenant live: past its end: the next apply takes it away; ended 2026-12-01 00:00:00 UTC
out> role access_edit

# Somebody who gets a new address is found by the old one.
env MUSTER_CLOCK=2026-11-22T10:00:00Z
$ sed -i "s/^email: ann@acme.example/email: ann.bee@acme.example/; s/^mobile:/formerly: [ann@acme.example]|mobile:/" people.yaml
$ sh -c "tr '|' '\\n' < people.yaml > renamed.yaml && rm people.yaml"
$ muster apply --operator --yes
$ muster why ann@acme.example
out> tenant live: stays until ann.bee@acme.example, the new address, is active
