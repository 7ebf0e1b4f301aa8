# A team with 500 admins elsewhere takes them over: nobody gets a mail, and the first plan is empty.
env MUSTER_CLOCK=2026-11-22T10:00:00Z
file muster.yaml
    kind: Project
    name: acme-access
    invitations:
      from: Acme Access <access@acme.example>
      acceptURL: https://access.acme.example/accept
end
file catalogue.yaml
    # What admins can hold, and where. The people come from the console that we leave.
    kind: Role
    name: access_read
    ---
    kind: Role
    name: access_write
    ---
    kind: Tenant
    name: production
    availableRoles: [access_read, access_write]
    ---
    kind: Tenant
    name: test
    environment: non-production
    availableRoles: [access_read, access_write]
    ---
    kind: Identity
    code: io.acme.plant1
    tenant: production
end
$ muster apply --operator --yes
file people.awk
    BEGIN {
      for (i = 1; i <= 400; i++) {
        state = i % 20 == 0 ? "Invited" : "Activated"
        blocked = i % 50 == 1 ? "true" : "false"
        permissions = i <= 10 ? "\"invite_admins\", \"assign_permissions\", \"assign_roles\"" : ""
        role = i % 3 == 0 ? "access_write" : "access_read"
        printf "{\"email\": \"Person%d@acme.example\", \"firstName\": \"Per%d\", ", i, i
        printf "\"lastName\": \"O'Son: %d\", \"mobile\": \"+316%08d\", ", i, i
        printf "\"state\": \"%s\", \"blocked\": %s, \"memberships\": [", state, blocked
        printf "{\"tenant\": \"production\", \"permissions\": [%s], \"roles\": [\"%s\"]}", permissions, role
        if (i % 4 == 0) printf ", {\"tenant\": \"test\", \"roles\": [\"access_write\", \"access_read\"]}"
        printf "]"
        if (i % 5 == 0) printf ", \"identities\": [{\"identity\": \"io.acme.plant1\", \"admin\": %s, \"roles\": [\"no\"], \"enabled\": %s}]", i % 10 == 0 ? "true" : "false", i % 15 == 0 ? "false" : "true"
        print "}"
      }
    }
end
file table.awk
    BEGIN {
      print "email,firstName,lastName,mobile,state,automation,tenant,permissions,roles"
      for (i = 401; i <= 499; i++)
        printf "person%d@acme.example,Per%d,\"Son, %d\",+316%08d,Activated,,test,%s,access_read access_write\n", i, i, i, i, i == 401 ? "invite_admins" : ""
      print "pipeline@acme.example,,,,Activated,true,production,assign_roles,"
    }
end
$ sh -c 'awk -f people.awk > people.jsonl; awk -f table.awk > people.csv'
$ muster import people.jsonl --operator
out> Imported: 400 accounts, 500 memberships, 80 identity users (run 2).
$ muster import people.csv --operator
out> Imported: 100 accounts, 100 memberships, 0 identity users (run 3).
$ muster import people.csv --operator
out> 100 already there; nothing was written

# Without them in the manifests a plan is refused, and loses nobody.
$ muster plan --operator
exit 3
all> error[E276]

# Their places are written into the project, one file for each person, and the plan is empty.
$ sh -c 'git init -q . && git add muster.yaml catalogue.yaml && git -c user.name=a -c user.email=a@acme.example commit -qm Catalogue'
$ muster export --adopt
out> people/person7@acme.example.yaml (new)
out> mobile: "+31*****007"
!out> +31600000007
out> Adopted into 501 files.
$ cat people/person4@acme.example.yaml
out> email: Person4@acme.example
out> lastName: "O'Son: 4"
out> mobile: "+31600000004"
out> tenant: test
$ cat catalogue.yaml
out> # What admins can hold, and where. The people come from the console that we leave.
out> - { email: Person5@acme.example, roles: ["no"] }
out> - { email: Person15@acme.example, roles: ["no"], enabled: false }
$ muster validate --strict
$ muster plan --operator --detailed-exitcode
out> No changes.
$ muster export --adopt
out> Nothing to adopt
$ muster outbox list
!out> acme.example
$ muster apply --operator --yes
!all> letter
$ sh -c 'ls .muster/mail/new 2>/dev/null | wc -l'
out> 0
# The states are those that they had.
$ muster status
out> 20
