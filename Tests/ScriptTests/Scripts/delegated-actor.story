# A delegated admin changes what its permissions allow.
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
    {"email": "me@acme.example", "firstName": "Max", "lastName": "Ember", "mobile": "+31612345670", "tenant": "production", "permissions": ["invite_admins", "assign_roles"], "roles": []}
    {"email": "ann@acme.example", "firstName": "Ann", "lastName": "Bee", "mobile": "+31612345671", "tenant": "production", "permissions": ["invite_admins", "assign_permissions", "assign_roles"], "roles": []}
end
$ muster import people.jsonl --operator
file people.yaml
    kind: Members
    tenant: production
    admins:
      - { email: me@acme.example, permissions: [invite_admins, assign_roles] }
      - { email: ann@acme.example, permissions: [invite_admins, assign_permissions, assign_roles] }
      - { email: bob@acme.example, roles: [access_read] }
    ---
    kind: Admin
    email: bob@acme.example
    firstName: Bob
    lastName: Cole
    mobile: "+31612345672"
end
$ muster apply --as me@acme.example --yes
$ muster plan --as me@acme.example --detailed-exitcode
file people.yaml
    kind: Members
    tenant: production
    admins:
      - { email: me@acme.example, permissions: [invite_admins, assign_roles] }
      - { email: ann@acme.example, permissions: [invite_admins, assign_permissions, assign_roles] }
      - { email: bob@acme.example, permissions: [invite_admins], roles: [access_read] }
    ---
    kind: Admin
    email: bob@acme.example
    firstName: Bob
    lastName: Cole
    mobile: "+31612345672"
end
$ muster plan --as me@acme.example
exit 3
all> error[E211]
$ muster apply --as me@acme.example --yes
exit 3
$ muster plan --as bob@acme.example
exit 3
all> error[E210]
$ muster plan --as nobody@acme.example
exit 3
all> error[E210]
env MUSTER_ACTOR=ann@acme.example
$ muster apply --yes
