# Somebody whom the last settings name is not forgotten before they do not.
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
file muster.yaml
    kind: Project
    name: acme-access
    store: sqlite:.muster/store.db
    guards:
      requiredAdmins: [gone@acme.example]
end
file people.yaml
    kind: Members
    tenant: production
    admins:
      - { email: ann@acme.example, permissions: [invite_admins, assign_permissions, assign_roles] }
end
$ muster apply --operator --yes
$ muster audit forget gone@acme.example --operator --yes
exit 3
err> gone@acme.example stands in what was applied last: guards.requiredAdmins
$ muster audit forget gone --operator --yes
exit 64
$ muster audit forget forgotten-1@forgotten.invalid --operator --yes
exit 3
