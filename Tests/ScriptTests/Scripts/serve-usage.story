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
