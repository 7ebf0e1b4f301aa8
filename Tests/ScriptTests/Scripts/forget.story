# Somebody who has left is forgotten: the chain verifies, and the store has no trace.
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
      - { email: Quirin@Gone.example, permissions: [invite_admins], roles: [access_read], reason: For Quirinius }
    ---
    { kind: Admin, email: quirin@gone.example, firstName: Quirinius, lastName: Xylander, mobile: "+31698765432" }
end
$ muster apply --operator --yes
save head Audit head ([0-9a-f]+)
token link Quirin .muster/mail
$ muster invitation accept $link
$ muster audit forget quirin@gone.example --operator
exit 64
err> pass --yes
$ muster audit forget quirin@gone.example --as ann@acme.example --yes
exit 3
$ muster audit forget quirin@gone.example --operator --yes
exit 3
err> quirin@gone.example still has access: production/quirin@gone.example
file people.yaml
    kind: Members
    tenant: production
    admins:
      - { email: ann@acme.example, permissions: [invite_admins, assign_permissions, assign_roles] }
end
$ muster apply --operator --yes
$ sh -c 'strings -a .muster/store.db | grep -qi quirin'
$ muster audit forget quirin@gone.example --operator --yes
out> Erased as run 6: 6 audit entries, 1 run, 1 letter, 1 invitation.
out> The person is forgotten-1@forgotten.invalid from now on.
!out> quirin
$ sh -c 'cat .muster/store.db | tr -d "\0" | grep -aciE "quirin|xylander|31698765432"'
exit !0
$ muster audit verify --head $head
out> entries (6 erased)
$ muster history
out> forget
out> accept  forgotten-1@forgotten.invalid
!out> quirin
$ muster history 3
out> production/forgotten-1@forgotten.invalid  invite (permission invite_admins; role access_read)
!out> For
# What was erased comes back by no undo.
$ muster undo 5 --operator
out> production/forgotten-1@forgotten.invalid: the person was forgotten
$ muster undo 6 --operator
exit 3
$ muster plan --operator --detailed-exitcode
$ muster audit forget quirin@gone.example --operator --yes --format json
out> "run": null
$ sqlite3 .muster/store.db "UPDATE audit SET address = 'production/ann@acme.example' WHERE address LIKE 'production/forgotten%'"
$ muster audit verify
exit 6
