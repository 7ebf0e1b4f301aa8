# Plans and exports of an estate are the same on a file and on a server, to the byte.
env MUSTER_CLOCK=2026-11-22T10:00:00Z
env MUSTER_INVITATION_KEY=0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
file muster.yaml
    kind: Project
    name: acme-access
    invitations:
      from: Acme Access <access@acme.example>
      acceptURL: https://access.acme.example/accept
    guards:
      maxRemovals: { count: 500, percent: 100 }
      maxRevocations: { count: 500, percent: 100 }
end
file estate.py
    import random, sys
    dice = random.Random(int(sys.argv[1]))
    roles = [f"role_{i}" for i in range(6)]
    people = [f"p{i}@{d}.example" for i in range(120) for d in ("acme", "Zürich", "z-firma")]
    documents = [f"kind: Role\nname: {r}\ntitle: \"{r} – é\"\nsensitive: {str(i % 2 == 0).lower()}" for i, r in enumerate(roles)]
    for t in range(4):
        lines = [f"kind: Tenant\nname: t{t}\ntitle: T{t}\navailableRoles: [{', '.join(roles)}]\n---\nkind: Members\ntenant: t{t}\nadmins:"]
        lines.append("  - { email: p0@acme.example, permissions: [invite_admins, assign_permissions, assign_roles] }")
        for p in sorted(dice.sample(people[1:], 60)):
            chosen = ", ".join(sorted(dice.sample(roles, dice.randint(0, 3))))
            lines.append(f"  - {{ email: {p}, roles: [{chosen}] }}")
        documents.append("\n".join(lines))
        for i in range(6):
            lines = [f"kind: Identity\ncode: io.acme.t{t}.plant{i}\ntenant: t{t}\nusers:"]
            for p in sorted(dice.sample(people, 20)):
                lines.append(f"  - {{ email: {p}, admin: {dice.choice(['true', 'false'])}, roles: [r{dice.randint(0, 9)}] }}")
            documents.append("\n".join(lines))
    for i, p in enumerate(people):
        documents.append(f"kind: Admin\nemail: {p}\nfirstName: Æ{i}\nlastName: \"O'Neill {i}\"\nmobile: \"+316{i:08}\"\nmemberships: []")
    open("estate.yaml", "w").write("\n---\n".join(documents) + "\n")
end
file both.sh
    # The same words on both stores; what differs is the store's id, and with it the plan's.
    for store in "sqlite:$PWD/.muster/store.db" "$SHARED"; do
        name=${store%%:*}
        MUSTER_STORE=$store muster plan --operator --format json >$name.json || exit
        MUSTER_STORE=$store muster apply --operator --yes --no-deliver >$name.txt || exit
        MUSTER_STORE=$store muster export --out exported-$name-$1 >$name.export || exit
        sed -E -i 's/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/STORE/g; s/sha256:[0-9a-f]{64}/DIGEST/g; s/head [0-9a-f]{64}/head/' $name.json $name.txt
        sed -i "s/exported-$name/exported/" $name.export
        sed -E -i 's/from store [^,]*/from store STORE/; s/^store: .*/store: STORE/' exported-$name-$1/muster.yaml
    done
    cmp sqlite.json postgres.json && cmp sqlite.txt postgres.txt &&
        cmp sqlite.export postgres.export && diff -r exported-sqlite-$1 exported-postgres-$1 && rm -r exported-*
end
env SHARED=$SERVER&schema=$SCHEMA
$ python3 estate.py 1
$ sh both.sh 1
$ grep -c . estate.yaml
$ python3 estate.py 2
$ sh both.sh 2
$ python3 estate.py 3
$ sh both.sh 3
