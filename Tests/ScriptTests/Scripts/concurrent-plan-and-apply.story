# Sixteen projects plan and apply to one store at once: no change is lost, and no letter sent twice.
env MUSTER_CLOCK=2026-11-22T10:00:00Z
env MUSTER_CACHE=always
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
    kind: Tenant
    name: production
    management: additive
    availableRoles: [access_read]
end
$ muster apply --operator --yes
file at-once.sh
    : "${MUSTER_STORE:=sqlite:$PWD/.muster/store.db}"
    export MUSTER_STORE
    for i in $(seq 16); do
        mkdir p$i
        cp access.yaml p$i
        cp muster.yaml p$i
        cat >p$i/person.yaml <<END
    kind: Admin
    email: ann$i@acme.example
    firstName: Ann
    lastName: Bee
    mobile: "+31612345671"
    memberships:
      - { tenant: production, roles: [access_read] }
    END
    done
    for i in $(seq 16); do
        (muster -C p$i apply --operator --yes >out.$i 2>err.$i; echo $? >code.$i) &
    done
    wait
    cat code.* | sort | uniq -c | while read count code; do echo "exit $code: $count"; done
    echo "applied: $(cat out.* | grep -c '^Applied as run')"
    cat err.*
    echo "letters: $(cat p*/.muster/mail/new/* | grep -c '^To: ')"
    echo "people: $(cat p*/.muster/mail/new/* | grep '^To: ' | sort -u | wc -l)"
end
$ sh at-once.sh
out> exit 0: 16
out> applied: 16
out> letters: 16
out> people: 16
$ muster status
out> 16 invited
$ muster audit verify
$ muster history
out> 17
