# Case 25. What was committed and not sent is sent by the next run, whose plan is empty.
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
file keep.yaml
    kind: Members
    tenant: production
    admins:
      - { email: ann@acme.example, permissions: [invite_admins, assign_permissions, assign_roles] }
end
file people.yaml
    kind: Admin
    email: cat@acme.example
    firstName: Cat
    lastName: Dorn
    mobile: "+31612345673"
    memberships:
      - tenant: production
        permissions: [invite_admins]
        roles: [access_read]
end
$ muster apply --operator --yes --no-deliver
$ muster plan --operator --detailed-exitcode
$ muster apply --operator --yes
$ sh -c 'ls .muster/mail/new | wc -l'
out> 1
