# Six removals of ten need a word of their own, and it goes into the saved plan.
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
    {"email": "bob@acme.example", "firstName": "Bob", "lastName": "Cole", "mobile": "+31612345672", "tenant": "production", "permissions": [], "roles": ["access_read"]}
    {"email": "cat@acme.example", "firstName": "Cat", "lastName": "Dorn", "mobile": "+31612345673", "tenant": "production", "permissions": [], "roles": ["access_read"]}
    {"email": "dan@acme.example", "firstName": "Dan", "lastName": "Egli", "mobile": "+31612345674", "tenant": "production", "permissions": [], "roles": ["access_read"]}
    {"email": "eve@acme.example", "firstName": "Eve", "lastName": "Frey", "mobile": "+31612345675", "tenant": "production", "permissions": [], "roles": ["access_read"]}
    {"email": "fay@acme.example", "firstName": "Fay", "lastName": "Gale", "mobile": "+31612345676", "tenant": "production", "permissions": [], "roles": ["access_read"]}
    {"email": "gus@acme.example", "firstName": "Gus", "lastName": "Hahn", "mobile": "+31612345677", "tenant": "production", "permissions": [], "roles": ["access_read"]}
    {"email": "hal@acme.example", "firstName": "Hal", "lastName": "Iver", "mobile": "+31612345678", "tenant": "production", "permissions": [], "roles": ["access_read"]}
    {"email": "ida@acme.example", "firstName": "Ida", "lastName": "Jung", "mobile": "+31612345679", "tenant": "production", "permissions": [], "roles": ["access_read"]}
    {"email": "jim@acme.example", "firstName": "Jim", "lastName": "Kerr", "mobile": "+31612345680", "tenant": "production", "permissions": [], "roles": ["access_read"]}
end
$ muster import people.jsonl --operator
file people.yaml
    kind: Members
    tenant: production
    admins:
      - { email: ann@acme.example, permissions: [invite_admins, assign_permissions, assign_roles] }
      - { email: bob@acme.example, roles: [access_read] }
      - { email: cat@acme.example, roles: [access_read] }
      - { email: dan@acme.example, roles: [access_read] }
end
$ muster plan --operator
exit 3
all> error[E273]
$ muster apply --operator --yes
exit 3
$ muster apply --operator --yes --allow-removals 5
exit 3
$ muster plan --operator --allow-removals 6 --out plan.json
$ muster apply plan.json --operator
$ muster plan --operator --detailed-exitcode
