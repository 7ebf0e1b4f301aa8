# Who wrote the line that gives a right is what git says, and nothing where git says nothing.
env MUSTER_CLOCK=2026-11-22T10:00:00Z
env GIT_AUTHOR_DATE=2026-11-20T09:00:00Z
env GIT_COMMITTER_DATE=2026-11-20T09:00:00Z
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
file people/ann.yaml
    kind: Admin
    email: ann@acme.example
    firstName: Ann
    lastName: Bee
    mobile: "+31612345671"
    memberships:
      - tenant: production
        permissions: [invite_admins, assign_permissions, assign_roles]
        roles:
          - access_read
end
file .gitignore
    .muster/
end
$ git init -q -b main
$ muster apply --operator --yes
$ muster why ann@acme.example
out> written    not committed yet
$ git add .
$ muster why ann@acme.example
out> written    not committed yet
$ git -c user.name=Jo -c user.email=jo@acme.example commit -qm "Ann goes on call"
$ muster why ann@acme.example
out> written    Jo, 2026-11-20, commit 
!out> Ann goes on call
!out> not committed yet
!out> jo@acme.example
!out> shallow
$ muster why ann@acme.example --verbose
out> : Ann goes on call

# Another hand, whose name is hostile; a line that nobody has committed; a file that is new.
$ sh -c 'echo "      - access_write" >> people/ann.yaml'
env GIT_AUTHOR_DATE=2026-11-21T09:00:00Z
$ sh -c 'git -c user.name="$(printf "Eve\033[31m Doe")" -c user.email=eve@acme.example commit -qam More'
$ muster apply --operator --yes
$ muster why ann@acme.example
out> people/ann.yaml:10:9, in an Admin document
out> people/ann.yaml:11:9, in an Admin document
out> written    Jo, 2026-11-20, commit 
out> written    Eve\u{1b}[31m Doe, 2026-11-21, commit 
out> given      run 2, apply by operator, 2026-11-22 10:00:00 UTC, commit 
$ sed -i "s/      - access_write/      - access_write # for now/" people/ann.yaml
file people/bob.yaml
    kind: Members
    tenant: production
    admins:
      - { email: bob@acme.example, roles: [access_read] }
end
$ muster why ann@acme.example
out> written    not committed yet
$ muster why bob@acme.example
out> written    not committed yet

# The same from a folder above, and from a shallow clone, which does not know what was before.
$ git -c user.name=Jo -c user.email=jo@acme.example commit -qam later
$ git clone -q --depth 1 file://$WORK clone
$ muster -C clone --store sqlite:.muster/store.db why ann@acme.example
out> or earlier: the clone is shallow

# Without git on the machine there is still an answer.
$ mkdir empty
$ sh -c 'm=$(command -v muster); PATH=$PWD/empty "$m" why ann@acme.example'
out> given      run 2
!out> written
