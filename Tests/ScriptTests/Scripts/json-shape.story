# The plan as JSON has the fields that scripts rely on.
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
file people.jsonl
    {"email": "ann@acme.example", "firstName": "Ann", "lastName": "Bee", "mobile": "+31612345671", "tenant": "production", "permissions": ["invite_admins", "assign_permissions", "assign_roles"], "roles": []}
end
$ muster import people.jsonl --operator
file people.yaml
    kind: Members
    tenant: production
    admins:
      - { email: ann@acme.example, permissions: [invite_admins, assign_permissions, assign_roles] }
      - { email: bob@acme.example, roles: [access_read] }
    ---
    kind: Admin
    email: bob@acme.example
    firstName: Bob
    lastName: Cole
    mobile: "+31612345672"
end
file check.py
    import json, sys

    plan = json.load(sys.stdin)
    assert plan["format"] == "muster.plan/1", plan["format"]
    assert [key for key in plan if key != "masked"] == [
        "format", "id", "project", "base", "manifests", "actor", "at", "allow", "complete",
        "applicable", "summary", "changes", "effects", "notes", "drift", "findings"], list(plan)
    assert plan["project"] == "acme-access"
    assert plan["actor"] == "operator"
    assert plan["at"] == "2026-11-22T10:00:00Z"
    assert plan["complete"] is True and plan["applicable"] is True
    assert plan["summary"]["add"] == 1 and plan["summary"]["mails"] == 1, plan["summary"]
    (change,) = plan["changes"]
    assert change["id"] == 1 and change["kind"] == "inviteAdmin" and change["symbol"] == "+"
    assert change["address"] == "production/bob@acme.example"
    assert change["before"] is None
    assert change["after"]["permissions"] == [] and change["after"]["roles"] == ["access_read"]
    assert change["after"]["profile"]["firstName"] == "Bob"
    assert change["reason"] == "declared" and change["mail"] == "createAccount"
    assert change["source"]["file"] == "people.yaml" and change["source"]["line"] == 5
    assert change["destructive"] is False and change["privileged"] is False
    assert change["dependsOn"] == []
    print("as described")
end
$ sh -c 'muster plan --operator --format json | python3 check.py'
out> as described
