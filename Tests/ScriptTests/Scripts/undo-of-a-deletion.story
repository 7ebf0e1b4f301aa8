# What was deleted is declared again by few words, and whoever is an admin by the tenant is told of the tenant's line.
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
    name: read
    ---
    kind: Tenant
    name: stage
    title: Stage
    availableRoles: [read]
    identityAdmins: [joe@client.example]
    ---
    kind: Tenant
    name: spare
    title: Spare
    availableRoles: [read]
end
file plants.yaml
    kind: Identity
    code: io.acme.plant1
    tenant: stage
    ---
    kind: Identity
    code: io.acme.plant2
    tenant: stage
    users:
      - { email: kim@client.example, roles: [guest] }
end
$ muster apply --operator --yes
token link joe@client.example .muster/mail
$ muster invitation accept $link

# `cascade` goes with `state: absent`, and a field that the shortened document lacks is asked for.
file access.yaml
    kind: Role
    name: read
    ---
    kind: Tenant
    name: stage
    title: Stage
    availableRoles: [read]
    identityAdmins: [joe@client.example, kim@client.example]
    ---
    kind: Tenant
    name: spare
    state: absent
    cascade: true
end
$ muster apply --operator --yes
$ muster undo 3 --operator --out undo.json
out> access.yaml:11:7: tenant:spare: remove `state: absent` and `cascade`
out> access.yaml:11:7: tenant:spare: write `title: Spare`
out> access.yaml:8:38: identity:io.acme.plant1/kim@client.example: take `kim@client.example` out of the tenant's `identityAdmins`
!out> identity:io.acme.plant2/kim@client.example: write
!out> remove this user
$ muster apply undo.json --operator
file access.yaml
    kind: Role
    name: read
    ---
    kind: Tenant
    name: stage
    title: Stage
    availableRoles: [read]
    identityAdmins: [joe@client.example]
    ---
    kind: Tenant
    name: spare
    title: Spare
end
$ muster plan --operator --detailed-exitcode

# A document that goes may still list who was there.
file plants.yaml
    kind: Identity
    code: io.acme.plant1
    tenant: stage
    ---
    kind: Identity
    code: io.acme.plant2
    tenant: stage
    users:
      - { email: kim@client.example, roles: [guest] }
    state: absent
    cascade: true
end
$ muster apply --operator --yes
$ muster undo 5 --operator
out> plants.yaml:6:7: identity:io.acme.plant2: remove `state: absent` and `cascade`
out> identity:io.acme.plant2/kim@client.example: declare it again, unless the document still has it
