# A letter is shown before anybody gets one: to an example person or to one of the store, and its link opens nothing.
env MUSTER_CLOCK=2026-11-22T10:00:00Z
file muster.yaml
    kind: Project
    name: acme-access
    store: sqlite:.muster/store.db
    invitations:
      from: Acme Access <access@acme.example>
end
file access.yaml
    kind: Tenant
    name: production
    title: Production
    ---
    kind: Tenant
    name: stage
    ---
    kind: Identity
    code: io.acme.plant1
    tenant: production
    users:
      - { email: joe@client.example, admin: true }
end
file people.yaml
    kind: Admin
    email: ann@acme.example
    firstName: Ann
    lastName: Bee
    mobile: "+31612345671"
    memberships:
      - tenant: production
        permissions: [invite_admins, assign_permissions, assign_roles]
    ---
    kind: Admin
    email: bob@acme.example
    firstName: Bob
    lastName: Cole
    mobile: "+31612345672"
    language: de
    memberships:
      - tenant: production
        permissions: [assign_roles]
      - tenant: stage
        permissions: [invite_admins, assign_permissions, assign_roles]
end

# Without a store and without an actor: an example. No page accepts here, so the letter has a code.
$ muster invitation preview
out> Subject: Ann Bee invites you to Production and 1 more
out> Your invitation code, with which it is accepted:
out> PREVIEW-AND-NO-TOKEN
out> Valid for 7 days, until 29 November 2026, 10:00 UTC.
$ sh -c 'test ! -e .muster'
$ muster invitation preview --kind join
out> It is yours already.
!out> PREVIEW-AND-NO-TOKEN
$ muster invitation preview --kind removed
out> Subject: You no longer have access to Production and 1 more
err> Nobody gets this letter: removals are silent
$ muster invitation preview --format html
out> <!DOCTYPE html>
$ muster invitation preview --format json
exit 64
$ muster invitation preview --kind welcome
exit 64
$ muster invitation preview --to ann@acme.example --operator
exit 1

$ muster apply --operator --yes
$ muster invitation preview --to bob@acme.example
exit 64
$ muster invitation preview --to bob@acme.example --operator
out> acme-access lädt Sie ein: Production und 1 mehr
out> Sie dürfen: Assign roles
out> stage (Mandant stage)
token ANN ann@acme.example .muster/mail
$ muster invitation accept $ANN

# Ann sees what waits on her tenant, and nothing of the other.
$ muster invitation preview --to bob@acme.example --as ann@acme.example
out> Ann Bee lädt Sie ein: Production
!out> stage
$ muster invitation preview --to joe@client.example --as ann@acme.example
exit 3
$ muster invitation preview --to nobody@acme.example --as ann@acme.example
exit 3
$ muster invitation preview --to nobody@acme.example --operator
exit 1
err> nobody has an account for nobody@acme.example
$ muster invitation preview --to ann@acme.example --operator
out> Subject: You now have access to Production
$ muster invitation preview --to ann@acme.example --kind create-account --operator
exit 1

# In files: a page, a whole message, a text.
$ muster invitation preview --to bob@acme.example --as ann@acme.example --out bob.eml
err> Written: bob.eml
!out> Bob
$ python3 -c "import email,email.policy; m=email.message_from_bytes(open('bob.eml','rb').read(),policy=email.policy.default); print(m['reply-to'], m.get_content_type(), [p.get_content_type() for p in m.iter_parts()])"
out> Ann Bee <ann@acme.example> multipart/alternative ['text/plain', 'text/html']
$ muster invitation preview --out page.html
$ grep -c "<html" page.html
out> 1
$ sh -c 'stat -c %a page.html'
out> 600
$ muster invitation preview --out nowhere/page.html
exit 1
$ muster invitation accept PREVIEW-AND-NO-TOKEN
exit 3

# Templates to begin with, and one with a mistake.
$ mkdir invitations
$ sh -c 'muster invitation preview --template > invitations/create-account.txt'
$ sh -c 'muster invitation preview --template --format html > invitations/create-account.html'
$ muster validate
!all> 114
$ sh -c 'sed -i "s/{{link}}/{{lnk}}/; s/{{code}}//" invitations/create-account.txt'
$ muster validate
exit 65
all> Did you mean `link`?
$ muster invitation preview
exit 65
$ muster invitation resend bob@acme.example --operator
exit 65
$ sh -c 'sed -i "s/{{lnk}}/{{link}}/" invitations/create-account.txt'
$ muster validate
exit 65
all> invitations/create-account.txt:1:1: error[E114]: invitations/create-account.txt: letters by it would lack what they are for. Write `{{code}}` where everybody gets it.
$ rm invitations/create-account.txt
$ ln -s /etc/hostname invitations/create-account.txt
$ muster validate
exit 65
all> error[E111]: invitations/create-account.txt: it is a symbolic link that leaves the project
$ rm invitations/create-account.txt
$ sh -c 'mkfifo invitations/create-account.txt'
$ muster validate
exit 65
all> error[E111]
$ rm invitations/create-account.txt
$ sh -c 'head -c 70000 /dev/zero | tr "\\0" x > invitations/create-account.txt'
$ muster validate
exit 65
all> error[E114]: invitations/create-account.txt: it has 70000 bytes, more than 65536.
