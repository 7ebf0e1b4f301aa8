"""Letters by the machine's own mail system, and by a webhook."""

import collections
import hashlib
import hmac
import http.server
import json
import re
import shutil
import socket
import threading
import time

from mail.project import BASE, CA, CONTEXT, Project, expect, read


def sendmail():
    program = BASE / "sendmail"
    kept = BASE / "kept"
    kept.mkdir()
    program.write_text(f"""#!/bin/sh
env | grep -q ^MUSTER_ && exit 64
printf '%s\\n' "$*" >"{kept}/$5.arguments"
case $5 in
bob*) echo "no such \033[31muser" >&2; exit 67 ;;
cat*) exit 75 ;;
dan*) kill -9 $$ ;;
esac
exec cat >"{kept}/$5"
""")
    program.chmod(0o755)
    project = Project(f"sendmail:{program}?timeout=20s", ["ann", "bob", "cat", "dan"],
                      MUSTER_SMTP_PASSWORD="unused")
    out = project.apply(exit=5)
    expect("1 letter delivered" in out and "1 letter undeliverable" in out, out)
    states = {letter["recipient"][:3]: letter for letter in project.outbox()}
    expect(states["bob"]["undeliverable"] and "ended with 67: no such" in states["bob"]["lastError"],
           f"{states}")
    expect("ended with 75" in states["cat"]["lastError"], f"{states}")
    expect("signal 9" in states["dan"]["lastError"], f"{states}")
    expect((kept / "ann@acme.example.arguments").read_text()
           == "-i -f access@acme.example -- ann@acme.example\n", "other arguments")
    data = (kept / "ann@acme.example").read_bytes().replace(b"\n", b"\r\n")
    expect(set(read([(["ann@acme.example"], data)])) == {"ann@acme.example"}, "not for ann")

    # A program that a pull request could bring along is none.
    inside = Project("maildir:x")
    shutil.copy(program, inside.folder / "sendmail")
    inside.write(f"sendmail:{inside.folder}/sendmail")
    expect("part of the project" in inside.apply(exit=1), "it runs what the project holds")
    program.chmod(0o777)
    expect("changed by others" in project.run("outbox", "flush", exit=1), "it runs anybody's program")


def sendmail_is_no_shell():
    """Addresses that a shell, or a program's options, would take for something else."""
    folder = BASE / "words"
    folder.mkdir()
    program = folder / "sendmail"
    program.write_text(f"""#!/bin/sh
printf '%s\\n' "$#" "$@" >>"{folder}/arguments"
cat >/dev/null
""")
    program.chmod(0o755)
    people = ["$HOME|touch{pwned}", "x`touch${IFS}pwned`", "-oQpwned", "--help", "a'b", "x&y"]
    project = Project(f"sendmail:{program}", people)
    project.apply()
    lines = (folder / "arguments").read_text().splitlines()
    calls = [lines[number:number + 6] for number in range(0, len(lines), 6)]
    expect({call[5] for call in calls} == project.people, f"{calls}")
    expect(all(call[:5] == ["5", "-i", "-f", "access@acme.example", "--"] for call in calls), f"{calls}")
    expect(not list(project.folder.glob("**/pwned*")), "a shell was at work")


def sendmail_that_hangs():
    """It is ended, and so it is when something of its own holds its outputs."""
    program = BASE / "slow"
    program.write_text("""#!/bin/sh
case $5 in ann*) exec sleep 60 ;; bob*) sleep 60 & ;; cat*) exec 0<&-; sleep 60 ;; esac
""")
    program.chmod(0o755)
    project = Project(f"sendmail:{program}?timeout=1s")
    before = time.monotonic()
    project.apply(exit=None)
    seconds = time.monotonic() - before
    states = {letter["recipient"][:3]: letter["lastError"] for letter in project.outbox()}
    expect(set(states) == {"ann", "cat"}, f"{states}")
    expect(all("did not end within 1 s" in error for error in states.values()), f"{states}")
    expect(seconds < 20, f"{seconds:.0f} s")


def webhook():
    key = "a key that signs letters"
    taken, ids = collections.defaultdict(list), []

    class Hook(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            stamp, signature = re.fullmatch(
                "t=([0-9]+),v1=([0-9a-f]{64})", self.headers["Muster-Signature"]).groups()
            right = hmac.new(key.encode(), stamp.encode() + b"." + body, hashlib.sha256)
            letter = json.loads(body)
            person = letter["to"].split("@")[0]
            ids.append((person, self.headers["Idempotency-Key"]))
            isRight = (signature == right.hexdigest() and abs(time.time() - int(stamp)) < 60
                       and self.headers["Content-Type"] == "application/json"
                       and letter["format"] == "muster.letter/1"
                       and letter["id"] == self.headers["Idempotency-Key"])
            status = hook.get(person, 202) if isRight else 500
            if status == 202:
                taken[person].append(letter["message"])
            self.send_response(status)
            if status == 429:
                self.send_header("Retry-After", "7200")
            text = b"" if status == 202 else b"\x1b[31mnot\nthis one"
            self.send_header("Content-Length", str(len(text)))
            self.end_headers()
            self.wfile.write(text)

        def log_message(self, *_):
            pass

    hook = {"bob": 410, "cat": 429, "dan": 503, "eve": 408}
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Hook)
    server.socket = CONTEXT.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    url = f"webhook+https://localhost:{server.server_port}/letters?timeout=5s"
    people = ["ann", "bob", "cat", "dan", "fay"]
    project = Project(url, people)
    expect("MUSTER_WEBHOOK_KEY" in project.apply(exit=1), "it sends unsigned")
    project.environment["MUSTER_WEBHOOK_KEY"] = key
    expect("localhost" in project.apply(exit=5) and not ids, "an unknown authority")
    project.environment["MUSTER_WEBHOOK_CA"] = CA
    begin = time.time()
    out = project.run("outbox", "flush", exit=5)
    expect("2 letters delivered" in out and "1 letter undeliverable" in out, out)
    states = {letter["recipient"][:3]: letter for letter in project.outbox()}
    expect(set(states) == {"bob", "cat", "dan"}, f"{states}")
    expect(states["bob"]["undeliverable"] and "410: [31mnot this one" in states["bob"]["lastError"],
           f"{states}")
    waits = {name: time.mktime(time.strptime(state["nextAttempt"], "%Y-%m-%dT%H:%M:%SZ"))
             - time.timezone - begin for name, state in states.items() if state["nextAttempt"]}
    expect(7190 < waits["cat"] < 7260 and waits["dan"] < 300, f"{waits}")
    hook.clear()
    project.run("outbox", "flush", exit=5)
    expect(sorted(taken) == ["ann", "cat", "dan", "fay"], f"{sorted(taken)}")
    expect(all(len(copies) == 1 for copies in taken.values()), "twice")
    expect(len({key for name, key in ids if name == "dan"}) == 1, "another key for the same letter")
    for name, (message,) in taken.items():
        read([([f"{name}@acme.example"], message.encode())])
    # Redirects are not followed, and an endpoint that fails is left alone for this round.
    hook.update(dict.fromkeys(["x1", "x2", "x3", "x4", "x5", "x6"], 503))
    other = Project(url, list(hook), MUSTER_WEBHOOK_KEY=key, MUSTER_WEBHOOK_CA=CA)
    ids.clear()
    other.apply(exit=5)
    expect(len(ids) == 3, f"{len(ids)} tries at an endpoint that is down")
    letters = other.outbox()
    expect(all(letter["lastError"] and letter["nextAttempt"] for letter in letters), f"{letters}")
    expect(sorted(letter["attempts"] for letter in letters) == [0] * (len(letters) - 3) + [1] * 3,
           f"{letters}")
    hook.update(dict.fromkeys(hook, 302))
    expect("redirects are not followed" in other.run("outbox", "flush", exit=5), "302")
    server.shutdown()


def webhook_that_hangs():
    """One after the other is waited for as long as it may take; after three the round ends."""
    server = socket.create_server(("127.0.0.1", 0))
    answered = []

    def serve():
        while True:
            try:
                connection = CONTEXT.wrap_socket(server.accept()[0], server_side=True)
            except OSError:
                return
            answered.append(connection)

    threading.Thread(target=serve, daemon=True).start()
    url = f"webhook+https://localhost:{server.getsockname()[1]}/?timeout=1s"
    project = Project(url, ["a", "b", "c", "d", "e"], MUSTER_WEBHOOK_KEY="a key that signs letters",
                      MUSTER_WEBHOOK_CA=CA)
    before = time.monotonic()
    out = project.apply(exit=5)
    seconds = time.monotonic() - before
    expect("5 letters left in the outbox" in out and len(answered) == 3, f"{len(answered)}: {out}")
    expect(2.5 < seconds < 15, f"{seconds:.0f} s")
    server.close()


CHECKS = [sendmail, sendmail_is_no_shell, sendmail_that_hangs, webhook, webhook_that_hangs]
