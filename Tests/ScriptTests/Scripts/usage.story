# Wrong usage is 64, and nothing is done.
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
$ muster plan --operator --no-such-option
exit 64
$ muster no-such-command
exit 64
$ muster apply --operator
exit 64
$ muster apply --yes
exit 64
$ muster plan
exit 64
$ muster explain E999
exit 64
$ muster -C /nowhere/at/all validate
exit 64
$ muster plan --as ann
exit 64
err> error: the actor `ann` is no e-mail address: it has no @ with text on both sides.
$ muster --help
out> plan
$ ls -A
!out> .muster
# What is wrong with the actor is said once, and what to write instead.
$ muster plan --as ann
exit 64
err> error: the actor `ann` is no e-mail address: it has no @ with text on both sides. Write it as name@domain.
# What it quotes of the command line is no command to a terminal.
$ sh -c 'muster $(printf "\033[31mred")'
exit 64
err> Error: Unexpected argument '\u{1b}[31mred'
$ sh -c 'muster validate --format $(printf "\342\200\256")'
exit 64
err> '\u{202e}'
