# An undo is checked like any plan: authority, floors, policies of the manifests.
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
file people.jsonl
    {"email": "ann@acme.example", "firstName": "Ann", "lastName": "Bee", "mobile": "+31612345671", "tenant": "production", "permissions": ["invite_admins", "assign_permissions", "assign_roles"], "roles": []}
end
$ muster import people.jsonl --operator
file people.yaml
    kind: Members
    tenant: production
    admins:
      - { email: ann@acme.example, permissions: [invite_admins, assign_permissions, assign_roles] }
end
# Nobody would be left who can act there.
$ muster undo 2 --operator --out undo.json
exit 3
out> error[E271]: production/ann@acme.example
!out> E276
$ muster apply undo.json --operator
exit 3
file people.yaml
    kind: Members
    tenant: production
    admins:
      - { email: ann@acme.example, permissions: [invite_admins, assign_permissions, assign_roles] }
      - { email: bob@acme.example, roles: [access_read] }
    ---
    { kind: Admin, email: bob@acme.example, firstName: Bob, lastName: Cole, mobile: "+31612345672" }
end
$ muster apply --operator --yes
$ muster undo 3 --operator --format junit
exit 64
err> this command has no format junit; it has text, json, markdown, github, sarif.
$ muster undo 3 --operator --format csv
exit 64
err> this command has no format csv
$ muster undo 3 --as eve@acme.example
exit 3
out> error[E210]
file muster.yaml
    kind: Project
    name: acme-access
    store: sqlite:.muster/store.db
    invitations:
      from: Acme Access <access@acme.example>
      acceptURL: https://access.acme.example/accept
    guards:
      requiredAdmins: [bob@acme.example]
end
$ muster undo 3 --operator
exit 3
out> warning[W224]
out> error[E275]
file broken.yaml
    kind: Nonsense
end
$ muster undo 3 --operator
exit 65
