# Who comes back after a removal is marked, with the day and the run, for those who may know.
env MUSTER_CLOCK=2026-02-01T10:00:00Z
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
    ---
    kind: Tenant
    name: stage
    availableRoles: [access_read]
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
      - tenant: stage
        permissions: [invite_admins, assign_permissions, assign_roles]
    ---
    kind: Admin
    email: joe@acme.example
    firstName: Joe
    lastName: Dorn
    mobile: "+31612345673"
    memberships:
      - tenant: production
        permissions: [assign_roles]
end
file bob.yaml
    kind: Admin
    email: bob@acme.example
    firstName: Bob
    lastName: Cole
    mobile: "+31612345672"
    memberships:
      - tenant: production
        roles: [access_read]
end
$ muster apply --operator --yes
token JOE joe@acme.example .muster/mail
token ANN ann@acme.example .muster/mail
$ muster invitation accept $JOE
$ muster invitation accept $ANN
env MUSTER_CLOCK=2026-03-02T10:00:00Z
$ mv bob.yaml bob.txt
$ muster plan --operator
out> bob@acme.example  loses: membership; role access_read on production (step 
out>                   loses: the account (last membership) (step 
$ muster apply --operator --yes
out> Applied as run 4
env MUSTER_CLOCK=2026-04-02T10:00:00Z
$ mv bob.txt bob.yaml
$ muster plan --operator
out> bob@acme.example  gains: role access_read on production (step 
out>                   was removed from production on 2026-03-02 by run 4
out> mail: createAccount, removed on 2026-03-02 by run 4
$ muster plan --operator --format markdown
out> **was removed from `production` on 2026-03-02 by run 4**
$ muster plan --operator --format github
out> title=Comes back::bob@acme.example gains: role access_read on production (step 1), was removed from production on 2026-03-02 by run 4
# The saved plan has it, and what it says of people must fit what it does.
file check.py
    import hashlib, json, re, sys
    text = open("plan.json").read()
    plan = json.loads(text)
    [effect] = plan["effects"]
    assert effect == {
        "person": "bob@acme.example", "place": "tenant:production",
        "gains": ["membership", "role:access_read"], "loses": [], "reasons": ["declared"],
        "privileged": False, "destructive": False, "toItself": False,
        "comesBack": {"removedAt": "2026-03-02T10:00:00Z", "run": 4}, "steps": [1]}, effect
    shown = json.load(sys.stdin)
    assert shown["id"] == plan["id"] and list(shown)[-1] == "masked", list(shown)
    def sealed(text):
        clear = re.sub(r'"id": "sha256:[0-9a-f]*"', '"id": "sha256:' + "0" * 64 + '"', text, count=1)
        digest = hashlib.sha256(clear.encode()).hexdigest()
        return clear.replace("0" * 64, digest, 1)
    assert sealed(text) == text
    other = text.replace('"toItself": false', '"toItself": true')
    assert other != text
    open("other.json", "w").write(sealed(other))
    print("as described")
end
$ muster plan --operator --out plan.json
$ sh -c 'muster plan --operator --format json | python3 check.py'
out> as described
$ muster apply other.json --operator
exit 65
all> E304
# Joe may not invite, so he is not told who was here.
$ muster plan --as joe@acme.example
exit 3
!all> removed
!all> 2026-03-02
$ muster apply plan.json --operator
out> was removed from production on 2026-03-02 by run 4
# Who was removed, came back and is there is no newcomer; another tenant has its own past.
file bob.yaml
    kind: Admin
    email: bob@acme.example
    firstName: Bob
    lastName: Cole
    mobile: "+31612345672"
    memberships:
      - tenant: production
        roles: [access_read]
      - tenant: stage
        roles: [access_read]
end
$ muster plan --operator
out> stage
!out> removed
