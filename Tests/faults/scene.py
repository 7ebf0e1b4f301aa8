"""Projects to apply, and what an independent reader finds in them afterwards."""

import collections
import email
import email.policy
import os
import pathlib
import re
import shutil
import sqlite3
import subprocess

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
PROGRAM = os.environ.get("MUSTER_BIN", str(ROOT / ".build" / "debug" / "muster"))
ENVIRONMENT = {
    "PATH": os.environ["PATH"],
    "HOME": "/nonexistent",
    "SWIFT_BACKTRACE": "enable=no",
    "MUSTER_CLOCK": "2026-11-22T10:00:00Z",
}
PROJECT = """kind: Project
name: acme-access
invitations:
  from: Acme <access@acme.example>
  acceptURL: https://access.acme.example/a
"""
FIRST = """kind: Role
name: access_read
---
kind: Role
name: access_write
---
kind: Tenant
name: production
availableRoles: [access_read]
---
kind: Identity
code: io.acme.plant1
tenant: production
users: [{ email: joe@client.example, admin: true }, { email: kim@client.example }]
"""
PERSON = """---
kind: Admin
email: %s@acme.example
firstName: %s
lastName: Bee
mobile: "+31612345678"
memberships:
  - { tenant: production, permissions: [%s], roles: [%s] }
"""
BEGINNING = (
    FIRST
    + PERSON % ("ann", "Ann", "invite_admins, assign_permissions, assign_roles", "access_read")
    + PERSON % ("bob", "Bob", "invite_admins", "access_read")
    + PERSON % ("cat", "Cat", "", "access_read")
)
# Somebody comes, somebody goes, and there is one of most kinds of change in between.
SEQUEL = (
    FIRST.replace("name: access_write", "name: access_write\ntitle: Write access")
    .replace("[access_read]", "[access_read, access_write]")
    .replace("{ email: kim@client.example }", "{ email: kim@client.example, roles: [x] }")
    .replace("client.example, admin: true }", "client.example }, { email: lea@client.example }")
    + PERSON % ("ann", "Ann", "invite_admins, assign_permissions, assign_roles", "access_write")
    + PERSON % ("bob", "Rob", "invite_admins, assign_roles", "")
    + PERSON % ("dan", "Dan", "invite_admins", "access_read")
)
PLAN = ("plan", "--operator", "--out", "plan.json")
FRESH = ("apply", "--operator", "--yes")
SAVED = ("apply", "plan.json", "--operator")
# What is written new each time anyway: random digits, and what is made from them.
RANDOM = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{16,}")
# What becomes of a letter is no part of what was applied.
DELIVERY = {
    "attempts", "next_attempt", "last_error", "sent_at", "outages", "claimant", "claimed_until",
}  # fmt: skip
STAYS = {"store.db", "invitation.key"}
ENGINE = {"store.db-journal", "store.db-wal", "store.db-shm"}

Run = collections.namedtuple("Run", "exit out err")


def muster(folder, *words, before=(), timeout=60, **environment):
    """Runs the program, behind another one if one is given."""
    try:
        run = subprocess.run(
            [*before, PROGRAM, *words], cwd=folder, capture_output=True, check=False,
            env={**ENVIRONMENT, **environment}, timeout=timeout, stdin=subprocess.DEVNULL,
        )  # fmt: skip
    except subprocess.TimeoutExpired as late:
        return Run(None, late.stdout or b"", late.stderr or b"")
    return Run(run.returncode, run.stdout, run.stderr)


class Corrupt(Exception):
    """What lies there is no whole store."""


def rows(folder, scratch):
    """What the store holds, read by another program from a copy; nothing where there is none."""
    source = folder / ".muster"
    if not (source / "store.db").exists():
        return None
    shutil.rmtree(scratch, ignore_errors=True)
    scratch.mkdir()
    for path in source.glob("store.db*"):
        if not path.name.endswith((".lock", "-shm", ".new", ".new-journal")):
            shutil.copy(path, scratch)
    try:
        return content(scratch / "store.db")
    except (sqlite3.Error, UnicodeError) as error:
        raise Corrupt(str(error)) from error


def content(path):
    store = sqlite3.connect(path, isolation_level=None)
    try:
        found = store.execute("PRAGMA integrity_check").fetchall()
        found += store.execute("PRAGMA foreign_key_check").fetchall()
        if found != [("ok",)]:
            raise Corrupt(str(found[:3]))
        tables = store.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        held = {}
        for (table,) in sorted(tables):
            answer = store.execute(f"SELECT * FROM {table}")
            names = [column[0] for column in answer.description]
            held[table] = sorted(
                RANDOM.sub("#", repr([v for n, v in zip(names, row) if n not in DELIVERY]))
                for row in answer
            )
        return held
    finally:
        store.close()


def letters(folder):
    """How often each letter lies in the maildir, by its Message-ID and who it is for."""
    found = collections.Counter()
    for path in sorted((folder / ".muster" / "mail").glob("new/*")):
        letter = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
        whole = letter.get_content_type() == "multipart/alternative" and letter["To"]
        found[str(letter["Message-ID"]), str(letter["To"]) if whole else "half a letter"] += 1
    return found


def wrong_letters(folder, expected):
    """Those that are lost, doubled or no whole letters."""
    found = letters(folder)
    people = collections.Counter(person for _, person in found.elements())
    lost, more = expected - people, people - expected
    return [f"lost: {p}" for p in lost.elements()] + [f"too many: {p}" for p in more.elements()]


def leftovers(folder):
    """What lies in `.muster` and is neither the store, the key nor a letter."""
    inside = folder / ".muster"
    for path in sorted(inside.rglob("*")):
        name = path.relative_to(inside).as_posix()
        if path.is_file() and name not in STAYS | ENGINE and not name.startswith("mail/new/"):
            yield RANDOM.sub("#", re.sub(r"\d+$", "N", name))


class Stage:
    """A moment in a project's life, kept as a folder to copy, and the command that is tried on it.

    It knows what the store and the mail must be before and after that command.
    """

    def __init__(self, home, name, words, journal="delete", is_first=False):
        self.name, self.words = name, words
        self.folder = pathlib.Path(home) / name.replace(" ", "-")
        self.folder.mkdir()
        (self.folder / "muster.yaml").write_text(PROJECT)
        access = self.folder / "access.yaml"
        access.write_text(BEGINNING)
        if not is_first:
            self.expect(*FRESH)
            store = sqlite3.connect(self.folder / ".muster" / "store.db")
            mode = store.execute(f"PRAGMA journal_mode = {journal}").fetchone()[0]
            store.close()
            if mode != journal:
                raise SystemExit(f"the journal is {mode} and not {journal}")
            access.write_text(SEQUEL)
        if words == SAVED:
            self.expect(*PLAN)
        scratch = pathlib.Path(home) / "scratch"
        self.before = rows(self.folder, scratch)
        done = self.copy(pathlib.Path(home) / "done")
        run = muster(done, *words)
        if run.exit != 0:
            raise SystemExit(f"{name}: {words} ended with {run.exit}: {run.err.decode()}")
        self.after = rows(done, scratch)
        self.letters = collections.Counter(person for _, person in letters(done).elements())
        if self.after == self.before or len(self.letters) < 3:
            raise SystemExit(f"{name}: nothing is applied, so that nothing would be found")

    def expect(self, *words):
        run = muster(self.folder, *words)
        if run.exit != 0:
            raise SystemExit(f"{self.name}: {words} ended with {run.exit}: {run.err.decode()}")

    def copy(self, target):
        shutil.rmtree(target, ignore_errors=True)
        shutil.copytree(self.folder, target, symlinks=True)
        return target


def stages(home):
    made = (
        Stage(home, "first apply", FRESH, is_first=True),
        Stage(home, "first apply of a plan", SAVED, is_first=True),
        Stage(home, "later plan, rollback journal", SAVED),
        Stage(home, "later plan, WAL", SAVED, journal="wal"),
    )
    return {stage.name: stage for stage in made}
