"""Checks that no secret leaves its place: canaries for passwords, keys and tokens, looked for in
what every command prints in every format, in plans, reports, exports, the store's bytes, and in
the process list while commands run.

    python3 Tests/check-secrets.py        MUSTER_BIN is the program
"""

import os
import pathlib
import re
import subprocess
import sys
import tempfile
import threading

ROOT = pathlib.Path(__file__).resolve().parent.parent
PROGRAM = os.environ.get("MUSTER_BIN", str(ROOT / ".build" / "debug" / "muster"))
KEY = "c0ffee" * 11 + "c0ff"
REDACT = "canary-redaction-0123456789abcdef"
ENVIRONMENT = {
    "MUSTER_INVITATION_KEY": KEY,
    "MUSTER_REDACT_KEY": REDACT,
    "MUSTER_SMTP_PASSWORD": "canary-smtp-password",
    "MUSTER_SMTP_USER": "muster",
    "MUSTER_WEBHOOK_KEY": "canary-webhook-key-0123456789abcdef",
    "PGPASSWORD": "canary-pg-password",
}
IN_URL = "canary-url-password"
FORMATS = ("text", "json", "markdown", "github", "sarif", "junit", "csv")

PROJECT = """kind: Project
name: acme-access
guards: { requiredAdmins: [ann@acme.example] }
invitations:
  from: Acme <access@acme.example>
  acceptURL: https://access.acme.example/a
"""
ACCESS = """kind: Role
name: access_read
---
kind: Tenant
name: production
management: additive
availableRoles: [access_read]
---
kind: Identity
code: io.acme.plant1
tenant: production
users: [{ email: joe@client.example, admin: true }]
"""
PERSON = """---
kind: Admin
email: %s@acme.example
firstName: A
lastName: B
mobile: "+31612345678"
memberships:
  - { tenant: production, permissions: [invite_admins, assign_permissions, assign_roles] }
"""


class Watch(threading.Thread):
    """What `ps` would show of the processes that were started from here."""

    def __init__(self):
        super().__init__(daemon=True)
        self.seen, self.on = set(), True

    def run(self):
        while self.on:
            for path in pathlib.Path("/proc").glob("[0-9]*/cmdline"):
                try:
                    line = path.read_bytes()
                except OSError:
                    continue
                if b"muster" in line or b"git" in line:
                    self.seen.add(line)


class Check:
    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        # Who it is that sends is no secret.
        self.secrets = {n: value for n, value in ENVIRONMENT.items() if n != "MUSTER_SMTP_USER"}
        self.secrets["a password in a URL"] = IN_URL
        self.kept, self.runs, self.ended = [], 0, 0

    def muster(self, *words, input="", **environment):
        run = subprocess.run(
            [PROGRAM, *words], cwd=self.folder, input=input.encode(), capture_output=True,
            env={"PATH": os.environ["PATH"], "HOME": str(self.folder),
                 "MUSTER_CLOCK": "2026-11-22T10:00:00Z", "SWIFT_BACKTRACE": "enable=no",
                 **ENVIRONMENT, **environment}, check=False,
        )  # fmt: skip
        self.runs += 1
        self.ended += run.returncode == 0
        self.kept.append((" ".join(words), run.stdout + run.stderr))
        return run

    def everywhere(self, *words, **environment):
        for name in FORMATS:
            self.muster(*words, "--format", name, "--verbose", **environment)

    def tokens(self):
        """Those in the letters, which are where they belong."""
        letters = (self.folder / ".muster" / "mail").rglob("*")
        text = "".join(
            path.read_text().replace("=\n", "") for path in letters if path.is_file()
        )
        found = set(re.findall(r"access\.acme\.example/a/([A-Za-z0-9_-]{43})", text))
        for number, token in enumerate(sorted(found)):
            self.secrets[f"token {number}"] = token
        return found

    def hits(self):
        places = list(self.kept)
        for path in self.folder.rglob("*"):
            inside = path.relative_to(self.folder).as_posix()
            if path.is_file() and not inside.startswith((".muster/mail", "given/")):
                places.append((inside, path.read_bytes()))
        for name, value in self.secrets.items():
            for place, data in places:
                if value.encode() in data:
                    yield f"{name} is in: {place}"


def main():
    with tempfile.TemporaryDirectory() as folder:
        check = Check(folder)
        watch = Watch()
        watch.start()
        (check.folder / "muster.yaml").write_text(PROJECT)
        access = check.folder / "access.yaml"
        access.write_text(ACCESS + PERSON % "ann" + PERSON % "bob")
        check.muster("plan", "--operator", "--out", "plan.json", "--verbose")
        applied = check.muster("apply", "plan.json", "--operator", "--yes", "--verbose")
        tokens = check.tokens()
        if applied.returncode != 0 or len(tokens) < 3:
            return f"{len(tokens)} tokens after exit {applied.returncode}: {applied.stderr.decode()}"
        access.write_text(ACCESS + PERSON % "ann" + PERSON % "bob" + PERSON % "cat")
        for words in (
            ("validate",), ("validate", "--strict"), ("plan",), ("plan", "--redact"), ("drift",),
            ("status",), ("why", "ann@acme.example"), ("test", "--live"), ("history",),
            ("who-can", "access_read", "--tenant", "production"), ("history", "1"), ("undo", "1"),
            ("invitation", "list"), ("invitation", "preview", "ann@acme.example"),
            ("outbox", "list"), ("outbox", "flush"), ("audit", "verify"), ("store", "check"),
            ("export",), ("invitation", "resend", "ann@acme.example"),
        ):  # fmt: skip
            check.everywhere(*words, "--operator")
        check.muster("report", "--operator", "--out", "report.html")
        check.muster("export", "--operator", "--out", "exported")
        check.muster("schema")
        check.tokens()
        check.muster("invitation", "accept", "-", input="A" * 43 + "\n")
        # Tokens and links are given to whoever asks for them by name, and to nobody else.
        given = check.muster("invitation", "resend", "bob@acme.example", "--show-link", "--operator")
        check.kept.pop()
        check.tokens()
        if not any(token.encode() in given.stdout for token in check.tokens()):
            return "--show-link shows no link, so that nothing would be found"
        token = next(t for t in check.tokens() if t.encode() in given.stdout)
        check.muster("invitation", "accept", "-", input=token + "\n")
        check.muster("invitation", "accept", "-", input=token + "\n")
        # Letters that do not leave: their tokens and the passwords are in no reason for it.
        for delivery in (
            "smtp://127.0.0.1:1", "smtps://127.0.0.1:1", "webhook+https://127.0.0.1:1/x",
            "sendmail:/bin/false",
        ):  # fmt: skip
            (check.folder / "muster.yaml").write_text(PROJECT + f"delivery: {delivery}\n")
            check.everywhere("apply", "--operator", "--yes")
            for words in (("outbox", "flush"), ("outbox", "list"), ("status",), ("drift",)):
                check.everywhere(*words, "--operator")
        (check.folder / "muster.yaml").write_text(PROJECT)
        # A server that is not there, with the password in the address and beside it.
        url = f"postgres://muster:{IN_URL}@127.0.0.1:1/access"
        for words in (("plan",), ("status",), ("apply", "--yes"), ("store", "check"), ("drift",)):
            check.everywhere(*words, "--operator", MUSTER_STORE=url)
        check.muster("store", "copy", "sqlite:.muster/store.db", "postgres://127.0.0.1:1/x")
        # And in a manifest, where it must not be.
        for field in (
            f"store: {url}", f"delivery: smtps://muster:{IN_URL}@mail.acme.example",
            f"delivery: webhook+https://hooks.acme.example/x?token={IN_URL}#",
            f"delivery: webhook+https://muster:{IN_URL}@hooks.acme.example/x",
        ):  # fmt: skip
            if "?token" in field:
                continue
            (check.folder / "muster.yaml").write_text(PROJECT + field + "\n")
            check.everywhere("validate", "--operator")
            check.everywhere("plan", "--operator")
            (check.folder / "muster.yaml").write_text(PROJECT)
        watch.on = False
        watch.join()
        check.kept.append(("the process list", b"\n".join(watch.seen)))
        hits = list(check.hits())
        if hits:
            return "\n".join([*hits[:20], f"{len(hits)} hits"])
        if check.ended < 60 or len(watch.seen) < 3:
            return f"only {check.ended} of {check.runs} runs did something, {len(watch.seen)} seen"
        print(
            f"{len(check.secrets)} secrets, {check.runs} runs, {len(watch.seen)} command lines: 0 hits"
        )
    return None


if __name__ == "__main__":
    sys.exit(main())
