# Several mistakes in one run, each with its place, a caret and a suggestion.
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
    fristName: Ann
    lastName: Bee
    mobile: "0612345671"
    memberships:
      - tenant: prodcution
        permissions: [invite_admin]
end
$ muster validate
exit 65
all> people.yaml:3:1: error[E101]
all> firstName
all> people.yaml:5:9: error[E106]
all> people.yaml:7:13: error[E133]
all> production
all> error[E134]
all> invite_admins
all> fristName: Ann
all> ^
$ muster plan --operator
exit 65
all> error[E101]
$ muster apply --operator --yes
exit 65
$ ls -A
!out> .muster
