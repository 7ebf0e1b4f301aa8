# The HTTP service says what it cannot do before it listens, and never runs under another clock.
file muster.yaml
    kind: Project
    name: acme-access
end
env MUSTER_CLOCK=2026-11-22T10:00:00Z
$ muster serve --listen 127.0.0.1:0
exit 64
err> MUSTER_CLOCK
env MUSTER_CLOCK=
$ muster serve --listen 127.0.0.1
exit 64
err> HOST:PORT
$ muster serve --drift-webhook https://hook.example/
exit 64
err> --drift-every
$ muster serve --drift-every 1m --drift-webhook http://hook.example/
exit 64
err> https://
$ muster serve --drift-every 1m --drift-mail nobody
exit 64
err> --drift-mail
$ muster serve --trusted-proxy 10.0.0.0/40
exit 64
err> 10.0.0.0/8
$ muster serve --tls-key key.pem
exit 64
err> --tls-cert
$ muster serve --lisen 127.0.0.1:0
exit 64
err> --listen
# What follows an option of a number is its value, whatever it looks like.
$ muster serve --rate-limit -1
exit 64
err> --rate-limit -1 is no number from 0 to 1000000, as in 120; 0 is no limit.
$ muster serve --rate-limit=-1
exit 64
err> --rate-limit -1 is no number from 0
$ muster serve --rate-limit many
exit 64
err> --rate-limit many is no number from 0
$ muster serve --rate-limit 99999999999999999999
exit 64
err> is no number from 0 to 1000000
$ muster serve --drift-every -5m
exit 64
err> --drift-every -5m is no duration from 1s to 365d, as in 90s, 15m or 1d.
$ muster serve --drift-every 0s
exit 64
err> --drift-every 0s is no duration from 1s
$ muster serve --drift-every abc
exit 64
err> --drift-every abc is no duration
$ muster serve --drift-every 366d
exit 64
err> --drift-every 366d is no duration from 1s to 365d
$ muster serve --deliver-every 5
exit 64
err> --deliver-every 5 is no duration
$ muster serve --deliver-every -1
exit 64
err> --deliver-every -1 is no duration
$ muster serve --listen 127.0.0.1:70000
exit 64
err> a port is a number up to 65535
