# Whose access ends gets a letter where the project wants that, from the outbox as all letters are.
env MUSTER_CLOCK=2026-11-22T10:00:00Z
file muster.yaml
    kind: Project
    name: acme-access
    store: sqlite:.muster/store.db
    invitations:
      from: Acme Access <access@acme.example>
      acceptURL: https://access.acme.example/accept
    guards:
      maxRemovals: { count: 5, percent: 100 }
end
file tenants.yaml
    kind: Tenant
    name: production
    title: Production
    ---
    kind: Tenant
    name: stage
    title: Stage
end
file ann.yaml
    kind: Admin
    email: ann@acme.example
    firstName: Ann
    lastName: Bee
    mobile: "+31612345671"
    memberships:
      - { tenant: production, permissions: [invite_admins, assign_permissions, assign_roles] }
      - { tenant: stage, permissions: [invite_admins, assign_permissions, assign_roles] }
end
file bob.yaml
    kind: Admin
    email: bob@acme.example
    firstName: Bob
    lastName: Cole
    mobile: "+31612345672"
    language: de
    memberships:
      - { tenant: production }
end
file cat.yaml
    kind: Admin
    email: cat@acme.example
    firstName: Cat
    lastName: Dorn
    mobile: "+31612345673"
    memberships:
      - { tenant: production }
end
file dora.yaml
    kind: Admin
    email: dora@acme.example
    firstName: Dora
    lastName: Frey
    mobile: "+31612345674"
    memberships:
      - { tenant: production }
end
$ muster apply --operator --yes
token ANN ann@acme.example .muster/mail
token BOB bob@acme.example .muster/mail
token CAT cat@acme.example .muster/mail
$ muster invitation accept $ANN
$ muster invitation accept $BOB
$ muster invitation accept $CAT
$ sh -c 'rm .muster/mail/new/*'

# It is off by default.
$ muster invitation preview --kind removed
err> Nobody gets this letter: removals are silent without `removedMail: send`.
$ mv cat.yaml cat.off
$ muster plan --operator
!out> mail:
$ mv cat.off cat.yaml

# Turned on it is a setting like others, and the plan says who is written to. Dora never accepted.
$ sh -c 'sed -i "s/^  from:/  removedMail: send\n  from:/" muster.yaml'
$ muster invitation preview --kind removed
!err> Nobody
$ muster plan --as ann@acme.example
exit 3
all> error[E224]
all> invitations.removedMail
$ muster apply --operator --yes
all> W224
$ sh -c 'ls .muster/mail/new | wc -l'
out> 0
$ rm bob.yaml dora.yaml
$ muster plan --as ann@acme.example
out> mail: removed
out> 1 mail.
$ muster plan --as ann@acme.example --format json
out> "mail": "removed"
out> "mails": 1

# Committed with the removal, and sent afterwards: a crash in between loses nothing.
$ muster apply --as ann@acme.example --yes --no-deliver
$ muster outbox list
out> bob@acme.example
out> removed
$ muster status
out> 1
$ muster apply --as ann@acme.example --yes
$ muster store check
$ sh -c 'cat .muster/mail/new/*'
out> To: Bob Cole <bob@acme.example>
out> Reply-To: Ann Bee <ann@acme.example>
out> Subject: Sie haben keinen Zugang mehr: Production
out> Auto-Submitted: auto-generated
out> Ann Bee hat Ihren Zugang zu Folgendem beendet.
!out> dora
$ muster history
out> apply
$ sh -c 'rm .muster/mail/new/*'

# Who moves gets one letter, which tells both.
$ sh -c 'sed -i "s/tenant: production/tenant: stage/" cat.yaml'
$ muster plan --as ann@acme.example
out> mail: join
out> mail: removed
out> 1 mail.
$ muster apply --as ann@acme.example --yes
$ sh -c 'ls .muster/mail/new | wc -l'
out> 1
$ sh -c 'cat .muster/mail/new/*'
out> Subject: You now have access to Stage
out> Your access to Production (tenant production) has ended.

# A broken template for these letters stops every way of sending before anything is written.
$ rm cat.yaml
$ muster plan --as ann@acme.example --out cat.plan
$ mkdir invitations
$ sh -c 'echo "{{nobody}}" > invitations/removed.txt; echo "<p>{{inviter}}</p>" > invitations/removed.html'
$ sh -c 'muster history > before.txt; muster outbox list >> before.txt'
$ muster apply --as ann@acme.example --yes
exit 65
all> error[E114]
$ muster apply cat.plan --as ann@acme.example
exit 65
all> error[E114]
$ sh -c '(muster history; muster outbox list) | cmp - before.txt'
$ sh -c 'echo "Subject: Bye{{#recipient}}, {{recipient}}{{/recipient}}" > invitations/removed.txt; echo "{{#places}}{{title}}{{/places}}" >> invitations/removed.txt'
$ sh -c 'rm .muster/mail/new/*'
$ muster apply cat.plan --as ann@acme.example
$ sh -c 'cat .muster/mail/new/*'
out> Subject: Bye, Cat Dorn
