# A project that `validate` calls invalid is not served, and what is wrong is said in the same words.
file muster.yaml
    kind: Project
    name: acme-access
end
file people.yaml
    kind: Tenant
    name: production
    titel: Production
    ---
    kind: Admin
    email: ann@acme.example
    memberships:
      - { tenant: staging, roles: [] }
end
$ muster validate
exit 65
out> people.yaml:3:1: error[E101]
$ muster serve --listen 127.0.0.1:0
exit 65
err> people.yaml:3:1: error[E101]
err> people.yaml:8:15: error[E133]
