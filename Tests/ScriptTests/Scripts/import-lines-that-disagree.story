# Several lines may speak of one person and place; what they say must not contradict.
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

# One role a line, as a query gives them; a second time there is nothing to do.
file roles.csv
    email,firstName,tenant,roles
    ann@acme.example,Ann,production,access_read
    ann@acme.example,,production,access_write
end
$ muster import roles.csv --operator
out> Imported: 1 account, 1 membership, 0 identity users (run 2).
$ muster import roles.csv --operator
out> 1 already there; nothing was written
file fewer.csv
    email,tenant,roles
    ann@acme.example,production,access_read
end
$ muster import fewer.csv --operator
exit 65
err> fewer.csv:2: error: ann@acme.example is a member of production already, with other grants.
file wrong.jsonl
    {"email": "bob@acme.example", "firstName": "Bob", "tenant": "production", "roles": ["access_read"]}
    {"email": "bob@acme.example", "firstName": "Rob", "tenant": "production", "roles": ["access_reed"]}
    {"email": "bob@acme.example", "blocked": true, "tenant": "production"}
    {"email": "cy@acme.example", "lastName": "x\u001b[1m", "tenant": "production"}
end
$ muster import wrong.jsonl --operator
exit 65
err> wrong.jsonl:4: error: lastName holds the control character U+001B.
$ sed -i 4d wrong.jsonl
$ muster import wrong.jsonl --operator
exit 65
err> wrong.jsonl:2: error: bob@acme.example has another firstName on an earlier line.
err> wrong.jsonl:2: error: bob@acme.example is given the role access_reed, which is not available on production.
err> wrong.jsonl:3: error: bob@acme.example is not blocked
err> Nothing was imported.
file twice.csv
    email,e-mail,tenant,roles
    ann@acme.example,bob@acme.example,production,access_read
end
$ muster import twice.csv --operator
exit 65
err> twice.csv:1: error: the column email is there twice.
file open.csv
    email,tenant,roles
    ann@acme.example,production,access_read
    bob@acme.example,"production,access_read
    cy@acme.example,production,access_read
end
$ muster import open.csv --operator
exit 65
err> open.csv:3: error: a quoted field has no end.
