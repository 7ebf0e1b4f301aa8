# What a plan without changes said is said again while nothing moves, and never when something did.
env MUSTER_CLOCK=2026-11-22T10:00:00Z
env MUSTER_CACHE=always
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
    title: Read
    ---
    kind: Tenant
    name: production
    title: Production
    availableRoles: [access_read]
end
file forge.py
    import hashlib, os
    path = ".muster/cache/plan"
    time, _, body = open(path).read().split("\n", 2)
    body = body.replace("No changes.", "As before.")
    digest = hashlib.sha256(body.encode()).hexdigest()
    open(path, "w").write("\n".join([time, digest, body]))
    seconds, nanoseconds = map(int, time.split())
    os.utime(path, ns=(0, seconds * 10**9 + nanoseconds))
end
$ muster apply --operator --yes
$ sh -c 'sleep 0.1'
$ muster plan --operator
out> No changes.
out> 2026-11-22 10:00:00 UTC, on serial 1 of store
!out> Plan id
$ ls -A .muster/cache
out> .gitignore
out> plan
$ cp -p .muster/cache/plan first
# The same again comes from there: what is written there is what is said, at the time of asking.
env MUSTER_CLOCK=2026-11-22T11:30:00Z
$ python3 forge.py
$ muster plan --operator
out> As before.
out> 2026-11-22 11:30:00 UTC, on serial 1 of store
# A checkout gives it another time: what somebody commits is not believed.
$ touch .muster/cache/plan
$ muster plan --operator
out> No changes.
# Others, other formats, other options and other times get an answer of their own.
$ muster plan --operator --format json
out> "changes": []
$ muster plan --operator --verbose
out> No changes.
$ cp -p first .muster/cache/plan
$ python3 forge.py
$ muster plan --operator --at 2027-01-01
out> No changes.
$ muster plan --operator --tenant production
out> No changes in what was asked for.
# It is not believed by those whom somebody else could have told it.
$ cp -p first .muster/cache/plan
$ python3 forge.py
$ chmod 622 .muster/cache/plan
$ muster plan --operator
out> No changes.
$ sh -c 'rm -r .muster/cache; ln -s /tmp .muster/cache'
$ muster plan --operator
out> No changes.
$ rm .muster/cache
# A change by somebody else is seen at once, whether it is recorded or not.
$ muster plan --operator
out> No changes.
$ sqlite3 .muster/store.db "UPDATE roles SET title = 'Write'"
$ muster plan --operator
out> Changed outside Muster
out> 1 to change
$ sqlite3 .muster/store.db "UPDATE roles SET title = 'Read'"
$ muster plan --operator
out> No changes.
# So is one of the manifests, even with the size and the time of before.
$ sh -c 'touch -r access.yaml stamp; sed -i "s/title: Read/title: Rear/" access.yaml; touch -r stamp access.yaml'
$ muster plan --operator
out> 1 to change
# Nothing that lies there does any harm.
$ sh -c 'sed -i "s/title: Rear/title: Read/" access.yaml; head -c 300 /dev/urandom > .muster/cache/plan'
$ muster plan --operator
out> No changes.
$ sh -c 'rm -r .muster/cache; echo > .muster/cache'
$ muster plan --operator
out> No changes.
!all> cache
$ muster drift --operator
out> No drift
# And whoever wants none has none.
$ sh -c 'rm .muster/cache; MUSTER_CACHE=off muster plan --operator'
out> No changes.
$ ls -A .muster
!out> cache
