# `muster test` judges the manifests, `--live` the store as well, in each of its formats.
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
    sensitive: true
    ---
    kind: Tenant
    name: production
    availableRoles: [access_read, access_write]
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
    memberships:
      - tenant: production
        permissions: [invite_admins]
        roles: [access_read]
end
$ muster test
out> Nothing to check: no policies and no access tests.
$ muster validate
file rules.yaml
    kind: Policy
    name: safety
    rules:
      - mutuallyExclusive: [access_read, access_write]
      - minHolders: { permission: invite_admins, count: 2 }
    ---
    kind: AccessTest
    name: reach
    expect:
      - { admin: ann@acme.example, tenant: production, holds: [invite_admins] }
      - { admin: zoe@acme.example, tenant: production, lacks: [access_write] }
      - { tenant: production, role: access_read, holders: [bob@acme.example] }
      - { identity: io.acme.plant1, admins: [joe@client.example] }
end
$ muster test
out> ok      rules.yaml:2:7   policy safety
out> ok      rules.yaml:4:5     1 nobody holds two of access_read, access_write
out> ok      rules.yaml:5:5     2 at least 2 people hold invite_admins
out> ok      rules.yaml:8:7   access test reach
out> 2 zoe@acme.example lacks access_write on production (zoe@acme.example is declared nowhere)
out> Passed: 6 checks.
!out> FAILED
# Nothing is written, and an absent store is no empty one.
$ muster test --live
exit 1
err> .muster/store.db
$ sh -c 'test ! -e .muster'
$ muster apply --operator --yes
# Nobody has accepted: the desired state is fine, and in the store nobody active may invite.
$ muster test
$ muster test --live
exit 3
out> The desired state
out> The store, serial
out> FAILED  rules.yaml:2:7   policy safety
out> FAILED  rules.yaml:5:5     2 at least 2 people hold invite_admins
out> error[E293]: tenant:production: nobody holds invite_admins on production
out> 1 ann@acme.example holds invite_admins on production (ann@acme.example has not accepted yet)
out> FAILED: 1 of 12 checks.
token ANN ann@acme.example .muster/mail
token BOB bob@acme.example .muster/mail
$ muster invitation accept $ANN
$ muster invitation accept $BOB
$ muster test --live
out> Passed: 12 checks.
# Somebody gives Bob a role behind Muster's back.
$ sqlite3 .muster/store.db "INSERT INTO membership_roles VALUES ('production', 'bob@acme.example', 'access_write')"
$ sqlite3 .muster/store.db "DELETE FROM identity_users"
$ muster test
$ muster test --live
exit 3
out> people.yaml:16:13: error[E291]: production/bob@acme.example: holds access_read and access_write together.
out> rules.yaml:13:5: error[E299]: test:reach#expect:4: io.acme.plant1 is administered by others than expected: without joe@client.example.
out> FAILED: 2 of 12 checks.
file check.py
    import json, sys
    report = json.load(sys.stdin)
    assert report["format"] == "muster.test/1" and report["passed"] is False, report
    assert report["summary"] == {"checks": 12, "passed": 10, "failed": 2}, report["summary"]
    assert report["store"]["serial"] > 0 and report["findings"] == [], report
    states = [(g["state"], g["kind"], g["name"], g["status"]) for g in report["groups"]]
    assert states == [
        ("desired", "policy", "safety", "ok"), ("desired", "accessTest", "reach", "ok"),
        ("live", "policy", "safety", "failed"), ("live", "accessTest", "reach", "failed"),
    ], states
    check = report["groups"][2]["checks"][0]
    assert check["source"] == {"file": "rules.yaml", "line": 4, "column": 5}, check
    assert check["expected"] == "nobody holds two of access_read, access_write", check
    assert [f["code"] for f in check["failures"]] == ["E291"], check
    print("as described")
end
$ sh -c 'muster test --live --format json | python3 check.py'
out> as described
file junit.py
    import sys, xml.etree.ElementTree as tree
    root = tree.fromstring(sys.stdin.buffer.read())
    assert root.tag == "testsuites" and root.get("failures") == "2", root.attrib
    for suite in root:
        cases = suite.findall("testcase")
        assert suite.tag == "testsuite" and int(suite.get("tests")) == len(cases), suite.attrib
        failed = [case for case in cases if case.find("failure") is not None]
        assert int(suite.get("failures")) == len(failed), suite.attrib
        for case in cases:
            assert case.get("classname") and case.get("name") and case.get("file") == "rules.yaml"
            assert int(case.get("line")) > 1
    names = [(c.get("classname"), c.get("name")) for c in root.iter("testcase")]
    assert len(names) == len(set(names)) == int(root.get("tests")) == 12, names
    failure = root.find(".//failure")
    assert failure.get("type") == "E291" and "holds access_read" in failure.get("message")
    print("well formed")
end
$ sh -c 'muster test --live --format junit | python3 junit.py'
out> well formed
# Formats are the command's own.
$ muster test --format markdown
exit 64
$ muster validate --format junit
exit 64
$ muster plan --operator --format junit
exit 64
$ muster apply --operator --yes --format junit
exit 64
$ muster status --format junit
exit 64
# Invalid manifests are not tested, with the store or without.
file more.yaml
    kind: AccessTest
    name: typo
    expect:
      - { admin: ann@acme.example, tenant: prodution, holds: [invite_admin] }
end
$ muster test --live --store sqlite:absent.db
exit 65
out> error[E133]
out> Did you mean `invite_admins`?
out> Not run: 2 errors.
!out> ok
$ muster test --format json
exit 65
out> "passed": false
$ sh -c 'muster test --format junit | grep -c "<error"'
out> 2
