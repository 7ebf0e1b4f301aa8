# TLS, password files, services and the environment are libpq's; no password is shown anywhere.
env MUSTER_CLOCK=2026-11-22T10:00:00Z
env MUSTER_INVITATION_KEY=0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
env MUSTER_STORE=postgres://member@localhost:$SECURE/access?schema=$SCHEMA&sslmode=verify-full&sslrootcert=$AUTHORITY/ca.crt
file muster.yaml
    kind: Project
    name: acme-access
end
file access.yaml
    kind: Role
    name: access_read
end
$ muster apply --operator --yes
exit 1
err> no password supplied
env PGPASSWORD=hush-hush
$ muster apply --operator --yes
exit 1
err> password authentication failed for user "member"
!all> hush
env PGPASSWORD=
env PGPASSFILE=$WORK/pgpass
$ sh -c 'umask 077; echo "*:*:access:member:hush w/@%" >pgpass'
$ muster apply --operator --yes
out> Applied as run 1
$ muster status

# Whom TLS trusts.
env MUSTER_STORE=postgres://member@localhost:$SECURE/access?schema=$SCHEMA&sslmode=verify-full&sslrootcert=$AUTHORITY/other.crt
$ muster status
exit 1
err> certificate verify failed
env MUSTER_STORE=postgres://member@127.0.0.1:$SECURE/access?schema=$SCHEMA&sslmode=verify-full&sslrootcert=$AUTHORITY/ca.crt
$ muster status
exit 1
err> does not match host name "127.0.0.1"
env MUSTER_STORE=postgres://member@localhost:$SECURE/access?schema=$SCHEMA&sslmode=disable
$ muster status
exit 1
err> no encryption
env MUSTER_STORE=postgres://member@localhost:$SECURE/access?schema=$SCHEMA&sslmode=require
$ muster status

# Where the server is, from a service and from the environment.
env PGSERVICEFILE=$WORK/services
$ sh -c 'printf "[shared]\nhost=localhost\nport=%s\nuser=member\ndbname=access\nsslmode=require\n" $1 >services' sh $SECURE
env MUSTER_STORE=postgres://?service=shared&schema=$SCHEMA
$ muster status
env PGHOST=localhost
env PGPORT=$SECURE
env PGUSER=member
env PGDATABASE=access
env MUSTER_STORE=postgres://?schema=$SCHEMA
$ muster status

# A password in the URL, which is seen nowhere.
env PGPASSFILE=/nowhere
env MUSTER_STORE=postgres://member:hush%20w%2F%40%25@localhost:$SECURE/access?schema=$SCHEMA
file more.yaml
    kind: Role
    name: access_write
end
$ muster plan --operator --verbose --out plan.json
!all> hush
$ muster apply --operator --yes --verbose
out> Applied as run 2
!all> hush
$ muster history 2 --format json
!all> hush
$ muster store copy postgres://member:hush%20w%2F%40%25@localhost:$SECURE/access?schema=$SCHEMA sqlite:copy.db --operator
out> member:***@localhost
!all> hush
$ grep -rl hush plan.json copy.db
exit 1
env MUSTER_STORE=postgres://member:hush-hush@localhost:$SECURE/access?schema=$SCHEMA
$ muster status
exit 1
err> password authentication failed
!all> hush
