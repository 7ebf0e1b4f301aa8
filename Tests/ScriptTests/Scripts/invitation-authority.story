# Invitations by hand need what a plan would need: nobody resends or revokes without invite_admins.
file muster.yaml
    kind: Project
    name: acme-access
    store: sqlite:.muster/store.db
    invitations:
      from: Acme Access <access@acme.example>
      acceptURL: https://access.acme.example/accept
end
file people.yaml
    kind: Tenant
    name: production
    ---
    kind: Admin
    email: ann@acme.example
    firstName: Ann
    lastName: Bee
    mobile: "+31612345671"
    memberships:
      - tenant: production
        permissions: [assign_permissions]
    ---
    kind: Admin
    email: bob@acme.example
    firstName: Bob
    lastName: Cole
    mobile: "+31612345672"
    memberships:
      - tenant: production
        permissions: [invite_admins]
end
$ muster apply --operator --yes
token ANN ann@acme.example .muster/mail
$ muster invitation accept $ANN
$ muster invitation revoke bob@acme.example --as ann@acme.example
exit 3
all> error[E211]
$ muster invitation resend bob@acme.example --as ann@acme.example
exit 3
all> error[E211]
$ muster invitation revoke bob@acme.example --operator
all> Revoked: production/bob@acme.example
