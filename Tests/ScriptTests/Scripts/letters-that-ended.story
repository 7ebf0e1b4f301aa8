# No letter leaves whose link is dead, and none that nobody needs any more counts as undelivered.
env MUSTER_CLOCK=2026-11-22T10:00:00Z
file post
    #!/bin/sh
    # What a mail system does with a letter: refuses it, defers it, takes it.
    for recipient; do :; done
    cat >/dev/null
    here=$(dirname "$0")
    if grep -qx "$recipient" "$here/unknown"; then exit 67; fi
    if grep -qx "$recipient" "$here/busy"; then exit 75; fi
    echo "$recipient" >> "$here/taken"
end
file unknown
    bob@acme.example
end
file busy
    cat@acme.example
    dan@acme.example
end
file p/muster.yaml
    kind: Project
    name: acme-access
    store: sqlite:.muster/store.db
    delivery: sendmail:WORK/post
    invitations:
      from: Acme Access <access@acme.example>
      acceptURL: https://access.acme.example/accept
end
file p/access.yaml
    kind: Tenant
    name: production
    ---
    kind: Identity
    code: io.acme
    tenant: production
    users:
      - email: ann@acme.example
      - email: bob@acme.example
      - email: cat@acme.example
      - email: dan@acme.example
      - email: eve@acme.example
end
$ sh -c 'chmod +x post; sed -i "s|WORK|$WORK|" p/muster.yaml; : > taken'
$ muster apply -C p --operator --yes
exit 5
out> 2 letters delivered
out> 2 letters left in the outbox
out> 1 letter undeliverable

# What is taken back is not sent, and what cannot arrive can be taken back.
$ muster invitation revoke dan@acme.example -C p --operator
$ muster invitation revoke bob@acme.example -C p --operator
out> Revoked: identity:io.acme/bob@acme.example
$ sh -c ': > busy; : > unknown'
$ muster outbox flush -C p --operator
out> 1 letter delivered
out> 2 letters not sent, for what they told of has ended.
$ cat taken
out> ann@acme.example
out> cat@acme.example
!out> dan@acme.example
!out> bob@acme.example
$ muster outbox list -C p
!out> acme.example

# A link that has been replaced is not sent either.
$ sh -c 'echo bob@acme.example > unknown; : > taken'
$ muster invitation resend bob@acme.example -C p --operator
exit 5
out> 1 letter undeliverable
$ sh -c ': > unknown'
$ muster invitation resend bob@acme.example -C p --operator
out> 1 letter delivered
out> 1 letter not sent, for what it told of has ended.
$ sh -c 'test "$(cat taken)" = bob@acme.example'
$ muster invitation resend eve@acme.example -C p --operator --no-deliver
$ muster invitation resend eve@acme.example -C p --operator --no-deliver
$ muster outbox flush -C p --operator
out> 1 letter delivered
out> 1 letter not sent, for what it told of has ended.

# Whoever has left gets no invitation on the way out.
$ muster invitation resend eve@acme.example -C p --operator --no-deliver
$ sh -c 'sed -i /eve/d p/access.yaml; : > taken'
$ muster apply -C p --operator --yes
out> 1 letter not sent, for what it told of has ended.
$ sh -c 'test ! -s taken'

# Nor does a letter that could not reach them trouble anybody any more.
$ sh -c 'echo dan@acme.example > unknown; : > taken'
$ muster invitation resend dan@acme.example -C p --operator
exit 5
out> 1 letter undeliverable
$ sh -c 'sed -i /dan/d p/access.yaml'
$ muster apply -C p --operator --yes
out> 1 letter not sent, for what it told of has ended.
$ muster apply -C p --operator --yes

# An invitation that has expired in the outbox is not sent; the apply after it sends a new one.
$ muster invitation resend cat@acme.example -C p --operator --no-deliver
env MUSTER_CLOCK=2026-12-22T10:00:00Z
$ muster outbox flush -C p --operator
out> 1 letter not sent, for what it told of has ended.
$ sh -c 'test ! -s taken'
