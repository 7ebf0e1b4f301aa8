# Every code has a page.
env MUSTER_CLOCK=2026-11-22T10:00:00Z
$ muster explain E271
out> E271
out> floor
$ muster explain w130
out> W130
$ muster schema
out> "$schema"
