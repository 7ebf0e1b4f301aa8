# An undo tells nobody more about people than a plan does: no details, and not who has an account (R-42).
env MUSTER_CLOCK=2026-11-22T10:00:00Z
file muster.yaml
    kind: Project
    name: acme-access
    store: sqlite:.muster/store.db
    invitations:
      from: Acme Access <access@acme.example>
      acceptURL: https://access.acme.example/accept
    guards: { maxRemovals: { count: 9, percent: 100 } }
end
file access.yaml
    kind: Role
    name: access_read
    ---
    kind: Tenant
    name: production
    availableRoles: [access_read]
    ---
    kind: Tenant
    name: stage
    management: additive
    availableRoles: [access_read]
end
$ muster apply --operator --yes
file people.jsonl
    {"email": "ann@acme.example", "firstName": "Ann", "lastName": "Bee", "mobile": "+31612345671", "tenant": "production", "permissions": ["invite_admins", "assign_permissions", "assign_roles"]}
    {"email": "rob@acme.example", "firstName": "Rob", "lastName": "Coe", "mobile": "+31612345672", "tenant": "production", "permissions": ["assign_roles"]}
    {"email": "gone@acme.example", "firstName": "Gonzalo", "lastName": "Quist", "mobile": "+31612345673", "tenant": "production", "roles": ["access_read"]}
    {"email": "here@acme.example", "firstName": "Hendrik", "lastName": "Quast", "mobile": "+31612345674", "tenant": "production", "roles": ["access_read"]}
    {"email": "here@acme.example", "tenant": "stage", "roles": ["access_read"]}
end
$ muster import people.jsonl --operator
file people.yaml
    kind: Members
    tenant: production
    admins:
      - { email: ann@acme.example, permissions: [invite_admins, assign_permissions, assign_roles] }
      - { email: rob@acme.example, permissions: [assign_roles] }
end
$ muster apply --operator --yes
$ sqlite3 .muster/store.db "UPDATE accounts SET last_name = 'Quost' WHERE email = 'here@acme.example'"
$ muster undo 3 --as ann@acme.example
out> add (role access_read)
out> invite Gonzalo Quist, +31*****673
out> account:gone@acme.example: the account is gone
$ muster undo 3 --as rob@acme.example --out secret.json
exit 3
out> gone@acme.example  invite (role access_read)
out> here@acme.example  invite (role access_read)
out> error[E211]: production/gone@acme.example
!all> Gonzalo
!all> Qu
!all> the account is gone
$ grep -cE "Gonzalo|Quist|Hendrik|Quast|Quost|3161234567|account is gone" secret.json
exit 1
out> 0
$ muster undo 3 --as stranger@acme.example --format json
exit 3
!all> Gonzalo
!all> Hendrik
!all> Qu
!all> irreversible

# Details that one may not change are not said to be as they were.
file people.yaml
    kind: Members
    tenant: production
    admins:
      - { email: ann@acme.example, permissions: [invite_admins, assign_permissions, assign_roles] }
      - { email: rob@acme.example, permissions: [assign_roles] }
      - { email: new@acme.example, roles: [access_read] }
    ---
    kind: Admin
    email: new@acme.example
    firstName: Nell
    lastName: Dee
    mobile: "+31612345675"
end
$ muster apply --operator --yes
$ sed -i "s/firstName: Nell/firstName: Nelly/" people.yaml
$ muster apply --operator --yes
$ muster undo 5 --as rob@acme.example --out secret.json
exit 3
out> first name "withheld" -> "withheld"
!all> Nell
$ grep -c Nell secret.json
exit 1
$ muster undo 5 --as ann@acme.example
out> first name "Nelly" -> "Nell"
$ muster undo 5 --as stranger@acme.example
out> No changes. Nothing of run 5 is left that stranger@acme.example may undo.
!all> Nell
$ sed -i "s/firstName: Nelly/firstName: Naomi/" people.yaml
$ muster plan --as rob@acme.example
exit 3
out> first name "withheld" -> "Naomi"
!all> Nell
