# What will break when something expires is told now: which day, which rule, whose entry.
env MUSTER_CLOCK=2026-11-22T10:00:00Z
file muster.yaml
    kind: Project
    name: acme-access
    guards:
      minDelegatedAdmins: 2
      requiredAdmins: [glass@acme.example]
end
file access.yaml
    kind: Role
    name: access_read
    ---
    kind: Tenant
    name: production
    availableRoles: [access_read]
    ---
    kind: Identity
    code: io.acme.plant1
    tenant: production
    users:
      - { email: joe@client.example, admin: true, expires: 2027-05-31 }
end
file people.yaml
    kind: Admin
    email: ann@acme.example
    automation: true
    expires: 2027-03-31
    memberships:
      - tenant: production
        permissions: [invite_admins, assign_permissions]
    ---
    kind: Members
    tenant: production
    admins:
      - { email: glass@acme.example, permissions: [invite_admins, assign_roles], expires: 2027-04-30 }
      - { email: bob@acme.example, permissions: [invite_admins], roles: [access_read], expires: 2026-12-01 }
      - { email: cat@acme.example, permissions: [invite_admins] }
end
file rules.yaml
    kind: Policy
    name: two-hands
    rules:
      - minHolders: { role: access_read, count: 1 }
      - minHolders: { permission: invite_admins, count: 3 }
    ---
    kind: AccessTest
    name: reach
    expect:
      - { admin: glass@acme.example, tenant: production, holds: [assign_roles] }
      - { tenant: production, permission: assign_permissions, holders: [ann@acme.example] }
      - { identity: io.acme.plant1, admins: [joe@client.example] }
end
$ muster validate
out> people.yaml:13:93: warning[W145]: production/bob@acme.example: expires within 14 days, at 2026-12-02T00:00:00Z.
out> people.yaml:13:14: warning[W146]: production/bob@acme.example: when it expires on 2026-12-02T00:00:00Z, nobody holds access_read on production; the policy asks for 1.
out> rules.yaml:4:5: policy:two-hands#rule:1 is declared here
out> people.yaml:6:13: warning[W146]: production/ann@acme.example: when it expires on 2027-04-01T00:00:00Z, nobody holds assign_permissions on production.
out> people.yaml:6:13: warning[W146]: production/ann@acme.example: when it expires on 2027-04-01T00:00:00Z, 2 people hold invite_admins on production; the policy asks for 3.
out> people.yaml:6:13: warning[W146]: production/ann@acme.example: when it expires on 2027-04-01T00:00:00Z, the access test reach fails.
out> rules.yaml:11:5: test:reach#expect:2 is declared here
out> people.yaml:12:14: warning[W146]: production/glass@acme.example: when it expires on 2027-05-01T00:00:00Z, production has fewer than 2 delegated admins.
out> muster.yaml:2:7: project is declared here
out> people.yaml:12:14: warning[W146]: production/glass@acme.example: when it expires on 2027-05-01T00:00:00Z, a required admin leaves production.
out> people.yaml:12:14: warning[W146]: production/glass@acme.example: when it expires on 2027-05-01T00:00:00Z, the access test reach fails.
out> access.yaml:12:14: warning[W146]: identity:io.acme.plant1/joe@client.example: when it expires on 2027-06-01T00:00:00Z, io.acme.plant1 has fewer than 1 admin.
out> access.yaml:12:14: warning[W146]: identity:io.acme.plant1/joe@client.example: when it expires on 2027-06-01T00:00:00Z, the access test reach fails.
# The day has come: what was told is so.
env MUSTER_CLOCK=2027-06-01T00:00:00Z
$ muster validate
exit 3
out> error[E271]: tenant:production: 1 delegated admin declared; the floor is 2.
out> error[E293]
out> error[E299]: test:reach#expect:3
