# A store is written as a project against which the plan is empty.
env MUSTER_CLOCK=2026-11-22T10:00:00Z
file muster.yaml
    kind: Project
    name: acme-access
    invitations:
      from: Acme Access <access@acme.example>
      acceptURL: https://access.acme.example/accept
      expireAfter: 5d
    guards:
      maxRemovals: { count: 3, percent: 10 }
      requiredAdmins: [ann@acme.example]
end
file access.yaml
    kind: Role
    name: access_read
    description: |
      Two lines,
      of which the second ends.
    ---
    kind: Tenant
    name: muster
    title: "no"
    availableRoles: [access_read]
    ---
    kind: Admin
    email: Ann@acme.example
    firstName: Ann
    lastName: Bee
    mobile: "+31612345671"
    memberships:
      - { tenant: muster, permissions: [invite_admins, assign_permissions, assign_roles], reason: owner }
    ---
    kind: Admin
    email: bob/lee@acme.example
    firstName: Bob
    lastName: Lee
    mobile: "+31612345672"
    blocked: true
    memberships:
      - { tenant: muster, roles: [access_read], expires: 2027-12-31 }
    ---
    kind: Identity
    code: io.acme.plant1
    tenant: muster
    users:
      - { email: ann@acme.example, admin: true }
      - { email: joe@client.example, roles: [facility manager, "1e3"], enabled: false }
end
$ muster export
exit 1
err> error
$ muster apply --operator --yes
$ muster export --out copy
out> Written to copy: muster.yaml, catalogue/ (2), identities/ (1), people/ (2), tenants/ (1)
out> muster plan -C copy --operator
err> expires, reason, grantedBy, management, minDelegatedAdmins
$ sh -c 'find copy -type f'
out> copy/people/bob%2flee@acme.example.yaml
out> copy/tenants/%6duster.yaml
out> copy/people/ann@acme.example.yaml
$ sh -c 'stat -c %a copy/people/ann@acme.example.yaml'
out> 600
$ cat copy/muster.yaml
out> # Not in a store, so left out: expires, reason,
out> maxRemovals: { count: 3, percent: 10 }
out> expireAfter: 5d
out> store: "sqlite:../.muster/store.db"
$ cat copy/identities/io.acme.plant1.yaml
out> - { email: joe@client.example, roles: ["1e3", facility manager], enabled: false }
$ muster validate -C copy --strict
$ muster plan -C copy --operator --detailed-exitcode
!all> W224
out> No changes.
$ muster export --out again
$ diff -r --exclude=.muster copy again
$ muster export --out copy
exit 1
err> error: copy has manifests already, catalogue/permissions.yaml among them; nothing was written.

# As one stream of documents, and as JSON.
$ sh -c 'mkdir one && muster export --quiet > one/muster.yaml'
$ muster plan -C one --operator --store sqlite:.muster/store.db --detailed-exitcode
$ muster export --format json
out> "format": "muster.export/1"
out> "path": "tenants/%6duster.yaml"
$ muster export --format markdown
exit 64
$ muster export --adopt --out there
exit 64

# Where a store is named, no project is needed.
$ sh -c 'mkdir /tmp/muster-export-$$ && cd /tmp/muster-export-$$ && muster export --store "sqlite:$OLDPWD/.muster/store.db" --out here && muster plan -C here --operator --detailed-exitcode; code=$?; rm -r /tmp/muster-export-$$; exit $code'

# A folder without a name is none, and what no manifest may say is not written.
$ muster export --out ""
exit 64
$ sqlite3 .muster/store.db "UPDATE tenants SET title = char(27) || '[31m'"
$ muster export --out hostile
exit 1
err> error: the store holds what no manifest may say
err> E108]: character U+001B: the escape `\u001B` gives a control character
$ sh -c 'test ! -e hostile'
$ muster export --adopt
exit 1
err> nothing was written; correct it in the store.
