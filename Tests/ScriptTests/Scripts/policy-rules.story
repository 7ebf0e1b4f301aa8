# Each rule of a policy is judged by validate, plan and test, and by test on the store, with its own code.
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
    kind: Permission
    name: approve
    ---
    kind: Bundle
    name: writer
    roles: [access_write]
    ---
    kind: Tenant
    name: production
    availableRoles: [access_read, access_write]
    ---
    kind: Tenant
    name: stage
    availableRoles: [access_read, access_write]
end
file people.yaml
    kind: Admin
    email: ann@acme.example
    automation: true
    memberships:
      - { tenant: production, permissions: [invite_admins, assign_permissions, assign_roles], reason: Runs it }
      - { tenant: stage, permissions: [invite_admins, assign_permissions, assign_roles], roles: [access_read], reason: Runs it }
    ---
    kind: Admin
    email: bob@acme.example
    automation: true
    memberships:
      - { tenant: production, roles: [access_read], reason: Reads }
end
$ muster apply --operator --yes
# A policy and what breaks it: by validate, plan and test all the same.
file judge.sh
    # judge CODE RULE ENTRY: the rule holds now, and no longer with the entry instead of Bob's.
    set -u
    code=$1; rule=$2; entry=$3; faults=0
    complain() { echo "$code: $1"; faults=1; }
    cp people.yaml people.keep
    printf 'kind: Policy\nname: p\ntenants: [production]\nrules:\n  - %s\n' "$rule" > policy.yaml
    muster validate > /dev/null || complain "validate refuses what is right"
    muster test > /dev/null || complain "test refuses what is right"
    muster test --live > /dev/null || complain "test --live refuses what is right"
    sed -i "s/- { tenant: production, roles: .access_read., reason: Reads }/- { tenant: production, $entry }/" people.yaml
    for command in validate 'plan --operator' test; do
      muster $command > out.txt; status=$?
      test $status = 3 || complain "$command exits with $status"
      grep -q "error\[$code\]" out.txt || complain "$command does not say it"
    done
    grep -q '^FAILED  policy.yaml:5:5 ' out.txt || complain "the rule is not pointed at"
    # The same entry elsewhere is none of the policy's business.
    sed -i 's/tenants: .production./tenants: [stage]/' policy.yaml
    muster test > /dev/null || complain "the other tenant is judged"
    # Left out, all tenants are meant.
    sed -i '/^tenants:/d' policy.yaml
    muster test > /dev/null && complain "not all tenants are judged"
    # In the store already, it is a warning of the plan's, and refused by a test of the store.
    rm policy.yaml
    muster apply --operator --yes > /dev/null || complain "no apply"
    printf 'kind: Policy\nname: p\ntenants: [production]\nrules:\n  - %s\n' "$rule" > policy.yaml
    cp people.keep people.yaml
    muster plan --operator --allow-permission-extinction > out.txt; status=$?
    test $status = 0 || complain "plan exits with $status for what is old"
    muster test > /dev/null || complain "test looks at the store"
    muster test --live > live.txt; status=$?
    if test "${4:-}" = declared; then
      test $status = 0 || complain "what is declared counts, not $status"
    else
      grep -q "warning\[W${code#E}\]" out.txt || complain "plan does not warn"
      test $status = 3 || complain "test --live exits with $status"
      grep -q "error\[$code\]" live.txt || complain "test --live does not say it"
    fi
    rm policy.yaml people.keep
    muster apply --operator --yes --allow-permission-extinction > /dev/null || complain "no apply back"
    test $faults = 0 && echo "judged $code"
end
$ sh judge.sh E291 "mutuallyExclusive: [access_read, access_write]" "roles: [access_read, access_write]"
out> judged E291
$ sh judge.sh E291 "mutuallyExclusive: [access_read, access_write]" "roles: [access_read], bundles: [writer]"
out> judged E291
$ sh judge.sh E291 "mutuallyExclusive: [approve, { role: access_read }]" "permissions: [approve], roles: [access_read]"
out> judged E291
$ sh judge.sh E292 "maxHolders: { permission: invite_admins, count: 1 }" "permissions: [invite_admins]"
out> judged E292
$ sh judge.sh E292 "maxHolders: { role: access_write, count: 0 }" "bundles: [writer]"
out> judged E292
$ sh judge.sh E293 "minHolders: { role: access_read, count: 1 }" "roles: []"
out> judged E293
$ sh judge.sh E293 "minHolders: { role: access_read, count: 1 }" "roles: [access_read], expires: 2026-11-21"
out> judged E293
$ sh judge.sh E296 "requireReason: { sensitive: true }" "bundles: [writer]" declared
out> judged E296
$ sh judge.sh E296 "requireReason: {}" "roles: [access_read]" declared
out> judged E296
# Who is outside.
file people.yaml
    kind: Admin
    email: ann@acme.example
    automation: true
    memberships:
      - { tenant: production, permissions: [invite_admins, assign_permissions, assign_roles], reason: Runs it }
      - { tenant: stage, permissions: [invite_admins, assign_permissions, assign_roles], reason: Runs it }
    ---
    kind: Admin
    email: eve@partner.example
    automation: true
    memberships:
      - { tenant: production, roles: [access_read], expires: 2027-01-31 }
end
$ muster apply --operator --yes
file policy.yaml
    kind: Policy
    name: p
    rules:
      - requireExpiry: { outsideDomains: [acme.example], within: 180d }
end
$ muster validate
$ muster test --live
out> 1 members from outside of acme.example expire within 180 days
$ sed -i "s/2027-01-31/2027-12-31/" people.yaml
$ muster validate
exit 3
out> error[E295]: production/eve@partner.example: a membership from outside must expire within 180 days. It expires at 2028-01-01T00:00:00Z: bring `expires:` forward.
$ muster plan --operator
exit 3
$ muster test
exit 3
$ muster test --live
exit 3
$ sed -i "s/, expires: 2027-12-31//" people.yaml
$ muster test
exit 3
out> must expire within 180 days. Add `expires:`.
# The end of the whole person is one, too.
$ sed -i 's/email: eve@partner.example/email: eve@partner.example\nexpires: 2027-01-31/' people.yaml
$ muster test --live
file policy.yaml
    kind: Policy
    name: p
    rules:
      - allowedDomains: [acme.example, PARTNER.example]
end
$ muster test --live
$ sed -i "s/, PARTNER.example//" policy.yaml
$ muster validate
exit 3
out> error[E294]: production/eve@partner.example
$ muster test --live
exit 3
out> FAILED: 2 of 2 checks.
# Names that nobody declares are refused, with the one that was meant.
file policy.yaml
    kind: Policy
    name: p
    tenants: [prodution]
    rules:
      - mutuallyExclusive: [acess_read, access_write]
      - maxHolders: { permission: invite_admin, count: 1 }
      - minHolders: { role: access_wirte, count: 1 }
      - maxHolder: { role: access_write, count: 1 }
end
$ muster test
exit 65
out> Did you mean `production`?
out> Did you mean `access_read`?
out> Did you mean `invite_admins`?
out> Did you mean `access_write`?
out> `maxHolders`
