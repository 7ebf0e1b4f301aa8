# Two, eight and sixteen applies of one plan at once behind a pooler: one applies, and the others say so.
env MUSTER_CLOCK=2026-11-22T10:00:00Z
env MUSTER_STORE=$POOLER&schema=$SCHEMA
env MUSTER_INVITATION_KEY=0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
file muster.yaml
    kind: Project
    name: acme-access
    invitations:
      from: Acme Access <access@acme.example>
      acceptURL: https://access.acme.example/accept
end
file access.yaml
    kind: Role
    name: access_read
    ---
    kind: Tenant
    name: production
    availableRoles: [access_read]
end
$ muster apply --operator --yes
file at-once.sh
    # How many applies, and of what.
    cat >person-$1.yaml <<END
    kind: Admin
    email: ann$1@acme.example
    firstName: Ann
    lastName: Bee
    mobile: "+31612345671"
    memberships:
      - { tenant: production, roles: [access_read] }
    END
    muster plan --operator --out plan.json >plan.txt
    for i in $(seq $1); do
        (muster apply plan.json --operator >out.$i 2>err.$i; echo $? >code.$i) &
    done
    wait
    cat code.* | sort | uniq -c | while read count code; do echo "exit $code: $count"; done
    echo "applied: $(cat out.* | grep -c '^Applied as run')"
    echo "already: $(cat out.* | grep -c 'already applied')"
    cat err.*
    rm out.* err.* code.*
end
$ sh at-once.sh 2
out> exit 0: 2
out> applied: 1
out> already: 1
$ sh at-once.sh 8
out> exit 0: 8
out> applied: 1
out> already: 7
$ sh at-once.sh 16
out> exit 0: 16
out> applied: 1
out> already: 15
$ sh -c 'cat .muster/mail/new/* | grep -c "^To: "'
out> 3
$ muster plan --operator --detailed-exitcode
$ muster audit verify
