# A new project validates, and its first plan can be applied.
env MUSTER_CLOCK=2026-11-22T10:00:00Z
$ muster init access
$ ls -A access
out> muster.yaml
out> .gitignore
$ cat access/.gitignore
out> .muster/
$ muster -C access validate
$ muster -C access plan --operator
$ muster -C access apply --operator --yes
$ muster -C access plan --operator --detailed-exitcode
$ muster init access
exit !0
