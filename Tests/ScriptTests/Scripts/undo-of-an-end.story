# The undo of a removal that an end asked for asks for another end, and for no second declaration.
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
    availableRoles: [read]
    ---
    kind: Identity
    code: io.acme.plant1
    tenant: stage
    users:
      - { email: kim@client.example, expires: 2026-11-30 }
end
file people.yaml
    kind: Members
    tenant: stage
    admins:
      - { email: ann@acme.example, roles: [read], expires: 2026-11-30 }
      - { email: bob@acme.example, roles: [read] }
    ---
    kind: Admin
    email: ann@acme.example
    firstName: Ann
    lastName: Bee
    mobile: "+31612345671"
    ---
    kind: Admin
    email: bob@acme.example
    firstName: Bob
    lastName: Coe
    mobile: "+31612345672"
    expires: 2026-11-30
end
$ muster apply --operator --yes
env MUSTER_CLOCK=2026-12-02T10:00:00Z
$ muster apply --operator --expired --yes --allow-permission-extinction
$ muster undo 2 --operator --out undo.json
out> people.yaml:14:8: account:bob@acme.example: write a later `expires`, or none
out> access.yaml:12:14: identity:io.acme.plant1/kim@client.example: write a later `expires`, or none
out> people.yaml:4:14: stage/ann@acme.example: write a later `expires`, or none
!out> declare it again
$ muster apply undo.json --operator
$ sed -i s/2026-11-30/2027-11-30/ people.yaml access.yaml
$ muster plan --operator --detailed-exitcode
