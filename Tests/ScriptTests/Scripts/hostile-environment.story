# The locale, the time zone, an absent home and closed streams change no byte, or are an error.
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
    kind: Tenant
    name: production
    availableRoles: [access_read]
end
$ muster plan --operator --out plan.json
$ sh -c 'env -i PATH="$PATH" MUSTER_CLOCK=$MUSTER_CLOCK LANG=C TZ=:nonsense muster plan --operator > one'
$ sh -c 'env -i PATH="$PATH" MUSTER_CLOCK=$MUSTER_CLOCK LANG=tr_TR.UTF-8 TZ=Asia/Kathmandu HOME=/nowhere muster plan --operator > two'
$ cmp one two
$ sh -c 'muster plan --operator >&-'
exit 1
err> standard output cannot be written
$ sh -c 'muster plan --operator <&- > three'
$ cmp one three
$ sh -c 'muster plan --operator 2>&- > four'
$ cmp one four
$ sh -c 'muster plan --operator > /dev/full'
exit 1
# With all of them closed, no file that is opened instead gets what was meant for a stream.
$ sh -c 'muster apply plan.json --operator <&- 2>&- >&-; test $? -ne 128'
$ muster store check
exit 1
err> there is no store there
$ muster apply plan.json --operator
$ sh -c 'muster status --operator <&- 2>&- > five'
$ muster store check
!out> FAILED
