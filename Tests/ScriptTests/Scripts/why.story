# Why somebody holds a right: the line, the bundle, the run, and what nobody declared.
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
    kind: Bundle
    name: support-engineer
    roles: [access_read]
    ---
    kind: Tenant
    name: production
    availableRoles: [access_read, access_write]
    identityAdmins: [ann@acme.example]
    ---
    kind: Tenant
    name: stage
    management: additive
    availableRoles: [access_read, access_write]
    ---
    kind: Identity
    code: io.acme.plant1
    tenant: production
    users:
      - email: joe@client.example
        admin: true
        roles: [facility-manager]
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
        bundles: [support-engineer]
        reason: Primary on-call
      - tenant: stage
        permissions: [invite_admins]
    ---
    kind: Admin
    email: bob@acme.example
    firstName: Bob
    lastName: Cole
    mobile: "+31612345672"
end
file members.yaml
    kind: Members
    tenant: production
    admins:
      - { email: bob@acme.example, roles: [access_read], bundles: [support-engineer], expires: 2026-11-30 }
end

# Without a store there is nothing to ask; nobody is mistaken for a person without rights.
$ muster why ann@acme.example
exit 1
err> there is no store there
$ muster apply --operator --yes

# No git, no word about it. Pending, and ending soon.
$ muster why bob@acme.example
out> bob@acme.example: Invited
out> tenant production: waits for acceptance until 2026-11-29 10:00:00 UTC
out> expires    2026-12-01 00:00:00 UTC, in 8 days
out> declared   members.yaml:4:40, in a Members document
out> declared   members.yaml:4:64, via bundle support-engineer (declared at access.yaml:8:7), in a Members document
out> given      run 1, apply by operator, 2026-11-22 10:00:00 UTC
!out> written
!out> commit
token ANN ann@acme.example .muster/mail
$ muster invitation accept $ANN
$ muster why Ann@ACME.example
out> ann@acme.example: Activated
out> activated  run 2, accept by ann@acme.example
out> reason     Primary on-call
out> declared   people.yaml:9:15, via bundle support-engineer (declared at access.yaml:8:7), in an Admin document
out> admin of the identity
out> declared   access.yaml:14:18, in the tenant's identityAdmins
!out> Bee
!out> +316
$ muster why joe@client.example
out> declared   access.yaml:26:12, in the identity's users
out> informational role facility-manager

# One tenant alone, with its identities.
$ muster why ann@acme.example --tenant stage
out> tenant stage
!out> tenant production
!out> plant1
$ muster why bob@acme.example --tenant stage
out> No rights in tenant stage.

# Behind Muster's back: given, taken, blocked, and somebody whom nobody declared.
$ sqlite3 .muster/store.db "INSERT INTO membership_roles VALUES ('production', 'ann@acme.example', 'access_write'); DELETE FROM membership_permissions WHERE email = 'ann@acme.example' AND tenant = 'production' AND permission = 'assign_roles'; UPDATE identity_users SET enabled = 0 WHERE email = 'joe@client.example'; UPDATE accounts SET blocked = 1 WHERE email = 'bob@acme.example'"
$ sqlite3 .muster/store.db "INSERT INTO accounts (email, spelling, state, blocked, automation) VALUES ('mal@acme.example', 'mal@acme.example', 'Activated', 0, 0); INSERT INTO memberships VALUES ('stage', 'mal@acme.example', 0); INSERT INTO membership_roles VALUES ('stage', 'mal@acme.example', 'access_write')"
$ muster why ann@acme.example --tenant production
out> role access_write: not declared: the next apply takes it away
out> given      outside Muster, 
out> permission assign_roles: declared, and not in the store
out> taken away outside Muster, 
$ muster why bob@acme.example
out> bob@acme.example: Invited, blocked
out> nothing below can be used while the account is blocked
out> blocked    outside Muster, 
$ muster why joe@client.example
out> disabled: not managed by the manifests
$ muster why mal@acme.example
out> tenant stage: not declared, and left alone: the tenant is additive
out> given      outside Muster, 
!out> declared  

# A block that the manifests speak of, in both directions.
$ sed -i "s/^firstName: Bob/blocked: false\\nfirstName: Bob/; s/^firstName: Ann/blocked: true\\nfirstName: Ann/" people.yaml
$ muster why bob@acme.example
out> declared not to be blocked: the operator's next apply unblocks it
$ muster why ann@acme.example
out> declared to be blocked, which is not applied yet
$ sed -i "/^blocked/d" people.yaml

# A grantor is told apart from who ran it, and a declaration from what is applied.
file members.yaml
    kind: Members
    tenant: production
    admins:
      - { email: bob@acme.example, roles: [access_read], bundles: [support-engineer], expires: 2026-11-30 }
    ---
    kind: Members
    tenant: stage
    admins:
      - { email: joe@client.example, roles: [access_read], grantedBy: ann@acme.example }
end
$ muster why joe@client.example
out> tenant stage: declared, and not applied yet
out> grantedBy  ann@acme.example
out> declared   members.yaml:9:42, in a Members document

# For programs.
file check.py
    import json, sys
    answer = json.load(sys.stdin)
    assert answer["format"] == "muster.why/1" and answer["manifestsValid"] is True
    assert [place["address"] for place in answer["places"]] == [
        "production/ann@acme.example", "stage/ann@acme.example",
        "identity:io.acme.plant1/ann@acme.example"], answer["places"]
    rights = {(r["kind"], r["name"]): r for r in answer["places"][0]["rights"]}
    read = rights["role", "access_read"]
    assert read["standing"] == "declared" and read["held"] is True
    assert read["declarations"] == [{"source": {"file": "people.yaml", "line": 9, "column": 15},
        "document": "Admin", "line": None, "bundle": {"name": "support-engineer",
        "source": {"file": "access.yaml", "line": 8, "column": 7}}}], read
    assert read["origin"]["run"] == 1 and read["origin"]["actor"] == "operator"
    assert read["origin"]["comment"] == "Primary on-call"
    assert rights["role", "access_write"]["origin"]["by"] == "outside"
    lost = rights["permission", "assign_roles"]
    assert lost["held"] is False and lost["takenAway"]["after"] is None, lost
    print("as described")
end
$ sh -c 'muster why ann@acme.example --format json | python3 check.py'
out> as described

# Manifests that cannot be read declare nothing that could be relied on.
file broken.yaml
    kind: Role
    nam: oops
end
$ muster why ann@acme.example --tenant production
out> role access_read
out> given      run 1
out> The manifests are invalid, so what declares these rights is not known: run validate.
!out> not declared
!out> people.yaml
$ rm broken.yaml

# Strangers, typos and wrong words.
$ muster why an@acme.example
exit 1
err> an@acme.example has no account in the store, and no manifest names this address. Did you mean ann@acme.example?
$ muster why ann@acne.example
exit 1
err> Did you mean ann@acme.example?
$ muster why zoe@other.example
exit 1
!err> Did you mean
$ muster why not-an-address
exit 64
$ muster why ann@acme.example --tenant prodction
exit 64
err> there is no tenant prodction. Did you mean production?
$ muster why ann@acme.example --format csv
exit 64

# What is no address is said once.
$ muster why "not an address"
exit 64
err> error: `not an address` is no e-mail address: it has no @ with text on both sides.
$ muster why ""
exit 64
err> error: `` is empty where an e-mail address is expected.
