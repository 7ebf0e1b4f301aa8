# `validate --strict` counts warnings, tells what is of no use, and asks the store where there is one.
env MUSTER_CLOCK=2026-10-01T10:00:00Z
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
    kind: Tenant
    name: production
    availableRoles: [access_read]
    ---
    kind: Identity
    code: io.acme.plant1
    tenant: production
    users:
      - { email: joe@client.example, admin: true }
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
# Without a store it is as valid, and only --verbose says what was not looked at.
$ muster validate --strict
out> Valid: 3 files.
!err> pending
$ muster validate --strict --verbose
out> Valid: 3 files.
err> Who has been pending for long is not known
$ muster validate --strict --verbose --store postgres://db.acme.example/none
out> Valid: 3 files.
err> Who has been pending for long is not known
$ muster validate --strict --verbose --store nonsense
out> Valid: 3 files.
err> Who has been pending for long is not known
$ sh -c 'test ! -e .muster'
$ muster apply --operator --yes
token ANN ann@acme.example .muster/mail
env MUSTER_CLOCK=2026-10-31T09:59:59Z
$ muster validate --strict
out> Valid: 3 files.
env MUSTER_CLOCK=2026-10-31T10:00:00Z
$ muster validate
out> Valid: 3 files.
$ muster validate --strict
exit 65
out> people.yaml:7:13: warning[W154]: production/ann@acme.example: has been pending for 30 days, since 2026-10-01T10:00:00Z.
out> access.yaml:12:14: warning[W154]: identity:io.acme.plant1/joe@client.example: has been pending
out> Invalid: 2 warnings in 3 files (--strict).
# It comes in every format.
$ muster validate --strict --format json
exit 65
out> "code": "W154"
$ muster validate --strict --format github
exit 65
out> title=W154
$ muster validate --strict --format sarif
exit 65
out> "ruleId": "W154"
$ muster validate --strict --format markdown
exit 65
out> W154
# A fresh link does not make it younger.
$ muster invitation resend --operator ann@acme.example
$ muster validate --strict
exit 65
out> production/ann@acme.example: has been pending for 30 days
# Who has accepted waits no longer.
token ANN ann@acme.example .muster/mail
$ muster invitation accept $ANN
$ muster validate --strict
exit 65
!out> ann@acme.example
# A store that cannot be read is no fault of the manifests.
$ sh -c 'echo nonsense > broken.db; chmod 600 broken.db'
$ muster validate --strict --verbose --store sqlite:broken.db
out> Valid: 3 files.
err> broken.db
# What is wrong comes first, and a policy's refusal before what only strict readers mind.
file more.yaml
    kind: Bundle
    name: reader
    roles: [acess_read]
end
$ muster validate --strict
exit 65
out> error[E120]
!out> W15
file more.yaml
    kind: Bundle
    name: reader
    roles: [access_read]
    ---
    kind: Policy
    name: p
    rules:
      - minHolders: { role: access_read, count: 1 }
end
$ muster validate --strict
exit 3
out> warning[W151]
out> error[E293]
