"""Checks that what is remembered never changes an answer, whatever happens in between.

Random lives of a small project: its manifests, settings and templates are edited, the clock moves to
and over the moments at which something ends, plans are applied, strangers write to the store in many
manners, and what is remembered is deleted or damaged. After each event one question is asked three
times: without a memory, with the one that is there, and once more. Exit, output and errors are the
same, and no question is asked of many lives without an answer that is worth remembering.

    python3 Tests/check-cache.py [ROUNDS [SEED]]          150 when not said; MUSTER_BIN is the program
"""

import os
import pathlib
import random
import shutil
import sys
import tempfile
import time

sys.dont_write_bytecode = True

from faults import lived  # noqa: E402
from faults.lived import instant  # noqa: E402
from faults.scene import PROJECT  # noqa: E402

DAY = 86_400
QUESTIONS = (
    ["plan", "--operator"], ["plan", "--operator", "--verbose"], ["plan", "--as", "ann@acme.example"],
    ["plan", "--operator", "--tenant", "production"], ["plan", "--operator", "--detailed-exitcode"],
    ["drift"], ["drift", "--operator", "--all"],
)  # fmt: skip
CATALOGUE = """kind: Role
name: read
title: Read
---
kind: Tenant
name: production
title: %s
availableRoles: [read]
---
kind: Identity
code: io.acme
tenant: production
users: [%s]
"""
PERSON = """---
kind: Admin
email: %s@acme.example
firstName: A
lastName: B
mobile: "+31612345678"
memberships:
  - tenant: production
    permissions: [invite_admins]
    roles: [read]
%s"""
POLICY = """---
kind: Policy
name: guests
rules: [{ requireExpiry: { outsideDomains: [acme.example], within: 30d } }]
"""
EXPECTATION = """---
kind: AccessTest
name: ann
expect: [{ admin: ann@acme.example, tenant: production, holds: [read] }]
"""


class Life:
    """A project, its store, the time that it is, and what may happen to it."""

    def __init__(self, folder, dice):
        self.folder, self.dice = folder, dice
        self.store = folder / ".muster" / "store.db"
        self.memory = folder / ".muster" / "cache"
        self.now = 1_795_000_000
        self.users, self.admins = ["u", "v"], ["ann", "bob"]
        self.ends = {}
        self.title, self.ignore = "Production", ""
        self.further = []
        self.write()

    def write(self):
        def end(name):
            return f'expires: "{instant(self.ends[name])}"' if name in self.ends else ""

        users = ", ".join(f"{{ email: {user}@acme.example, {end(user)} }}" for user in self.users)
        people = [
            PERSON % (name, f"    {end(name)}\n" if name in self.ends else "") for name in self.admins
        ]
        manifests = CATALOGUE % (self.title, users) + "".join(people + self.further)
        (self.folder / "muster.yaml").write_text(PROJECT + self.ignore)
        (self.folder / "access.yaml").write_text(manifests)
        (self.folder / "spare.yaml").write_text("kind: Role\nname: spare\n")

    def ask(self, memory, words):
        return lived.ask(self.folder, memory, self.now, words)

    # What the project's owners do.

    def declare_users(self):
        self.users = self.dice.sample(["u", "v", "w", "x"], self.dice.randrange(4))

    def declare_admins(self):
        self.admins = self.dice.choice([["ann"], ["ann", "bob"], ["ann", "bob", "cid"]])

    def declare_end(self):
        ahead = [-5, 0, 5, DAY, 14 * DAY, 14 * DAY + 60, 30 * DAY, 40 * DAY]
        self.ends[self.dice.choice(["u", "v", "bob"])] = self.now + self.dice.choice(ahead)

    def declare_no_end(self):
        self.ends.clear()

    def declare_title(self):
        self.title = self.dice.choice(["Production", "Prod"])

    def declare_further(self):
        self.further = self.dice.choice([[], [POLICY], [EXPECTATION], [POLICY, EXPECTATION]])

    def configure(self):
        self.ignore = self.dice.choice(["", "ignore: [spare.yaml]\n"])

    def word_letters(self):
        folder = self.folder / "invitations"
        folder.mkdir(exist_ok=True)
        (folder / "new.txt").write_text(self.dice.choice(["Welcome.\n", "{{unknown}}\n", "{{#open\n"]))

    def apply(self):
        self.ask("always", ["apply", "--operator", "--yes", "--no-deliver", "--allow-removals", "99"])

    # Time.

    def wait(self):
        self.now += self.dice.choice([1, 3_600, DAY, 7 * DAY, -60, -DAY])

    def reach_end(self):
        if self.ends:
            before = self.dice.choice([0, 14 * DAY, 30 * DAY])
            self.now = self.dice.choice(list(self.ends.values())) - before + self.dice.choice([-1, 0, 1])

    # What strangers do to the store.

    def execute(self, statement):
        lived.execute(self.store, statement)

    def alter_role(self):
        self.execute(f"UPDATE roles SET title = '{self.dice.choice(['Read', 'Other'])}'")

    def alter_user(self):
        self.execute("UPDATE identity_users SET admin = 1 - admin WHERE email = 'u@acme.example'")

    def accept(self):
        self.execute("UPDATE identity_users SET pending = 0")

    def alter_journal(self):
        self.execute(f"PRAGMA journal_mode = {self.dice.choice(['wal', 'delete'])}")

    def vacuum(self):
        self.execute("VACUUM")

    def stop_recorder(self):
        table = self.dice.choice(["roles", "identity_users", "accounts"])
        self.execute(f"DROP TRIGGER IF EXISTS {table}_update")

    def keep_copy(self):
        if self.store.exists():
            shutil.copy2(self.store, self.folder / "copy.db")

    def put_back_copy(self):
        if (self.folder / "copy.db").exists() and self.store.exists():
            shutil.copy2(self.folder / "copy.db", self.store)
            self.store.chmod(0o600)

    def write_in_secret(self):
        if self.store.exists():
            before = self.store.stat()
            with self.store.open("r+b") as file:
                file.seek(-1, os.SEEK_END)
                byte = file.read(1)
                file.seek(-1, os.SEEK_END)
                file.write(byte)
            os.utime(self.store, ns=(before.st_atime_ns, before.st_mtime_ns))

    # And to what is remembered.

    def forget(self):
        shutil.rmtree(self.memory, ignore_errors=True)

    def damage_memory(self):
        lived.damage(self.memory, self.dice)

    def happen(self):
        """What leaves plans without changes, and what time alone does to them, is frequent."""
        events = (
            self.declare_users, self.declare_admins, self.declare_end, self.declare_no_end,
            self.declare_title, self.declare_further, self.configure, self.word_letters,
            self.apply, self.apply, self.apply, self.apply, self.apply, self.apply,
            self.wait, self.wait, self.reach_end, self.reach_end, self.reach_end, self.reach_end,
            self.alter_role, self.alter_user, self.accept, self.alter_journal, self.vacuum,
            self.stop_recorder, self.keep_copy, self.put_back_copy, self.write_in_secret,
            self.forget, self.damage_memory,
        )  # fmt: skip
        event = self.dice.choice(events)
        event()
        self.write()
        # A store that was written to just now is remembered by nobody.
        if self.dice.random() < 0.5:
            time.sleep(0.025)
        return event.__name__


def main():
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 150
    first = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    remembered = wrong = 0
    for number in range(rounds):
        if number % 50 == 0:
            seed = first + number // 50
            dice = random.Random(seed)
            place = tempfile.TemporaryDirectory()
            life = Life(pathlib.Path(place.name), dice)
        event = life.happen()
        # Whoever asks the same again may be told what is remembered.
        if number % 50 == 0 or dice.random() < 0.3:
            words = dice.choice(QUESTIONS)
        answer = life.ask("off", words)
        found = life.ask("always", words), life.ask("always", words)
        quiet = (b"No changes." in answer[1] or b"No drift" in answer[1]) and answer[0] == 0
        remembered += quiet and life.memory.exists()
        if found != (answer, answer):
            wrong += 1
            print(f"life {seed}, after {number % 50} events, {event}: {' '.join(words)}")
            for name, (code, output, errors) in zip(("off", "first", "second"), (answer, *found)):
                print(f"  {name}: exit {code}\n{output.decode()}{errors.decode()}")
    print(f"{rounds} questions, {remembered} of them with an answer to remember: {wrong} differ")
    if wrong or remembered < rounds // 10:
        sys.exit(1)


if __name__ == "__main__":
    main()
