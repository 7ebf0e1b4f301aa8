# A rename and the catalogue are undone as well; what only the operator may do is refused to others.
env MUSTER_CLOCK=2026-11-22T10:00:00Z
file muster.yaml
    kind: Project
    name: acme-access
    store: sqlite:.muster/store.db
    invitations:
      acceptURL: https://access.acme.example/accept
end
file access.yaml
    kind: Role
    name: reader
    ---
    kind: Tenant
    name: stage
    title: Stage
    availableRoles: [reader]
    ---
    kind: Identity
    code: io.acme.plant1
    tenant: stage
    users:
      - { email: joe@client.example, admin: true, roles: [facility manager, "a: b"] }
end
$ muster apply --operator --yes
token link joe@client.example .muster/mail
$ muster invitation accept $link
file access.yaml
    kind: Role
    name: read
    formerly: [reader]
    ---
    kind: Tenant
    name: staging
    formerly: [stage]
    title: Staging
    availableRoles: [read]
    ---
    kind: Identity
    code: io.acme.plant1
    tenant: staging
    users:
      - { email: joe@client.example, admin: true }
      - { email: kim@client.example, roles: [guest] }
end
$ muster apply --operator --yes
$ muster undo 3 --as joe@client.example
exit 3
$ muster undo 3 --operator --out undo.json
out> rename "read" -> "reader"
out> rename "staging" -> "stage", title "Staging" -> "Stage"
out> kim@client.example
out> write `name: reader`, and take that name out of `formerly`
out> write `roles: ["a: b", facility manager]`
$ muster apply undo.json --operator
file access.yaml
    kind: Role
    name: reader
    ---
    kind: Tenant
    name: stage
    title: Stage
    availableRoles: [reader]
    ---
    kind: Identity
    code: io.acme.plant1
    tenant: stage
    users:
      - { email: joe@client.example, admin: true, roles: [facility manager, "a: b"] }
end
$ muster plan --operator --detailed-exitcode
