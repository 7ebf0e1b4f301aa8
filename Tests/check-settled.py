"""Checks that users who are left out of a plan, because manifests and store agree on them, change
nothing that it says.

Random lives of a project with many small identities: who is declared changes, plans are applied,
people accept, time passes, and strangers write to the store in many manners, with and without its
recorder. After each event a plan is asked for with all users read and without, mostly with what
earlier ones remembered. Exit, output and errors are the same; and of many lives most plans leave users out.

    python3 Tests/check-settled.py [ROUNDS [SEED]]        300 when not said; MUSTER_BIN is the program
"""

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
    ["plan", "--operator"], ["plan", "--operator"], ["plan", "--as", "ann@acme.example"],
    ["plan", "--as", "u3@acme.example"], ["plan", "--operator", "--detailed-exitcode"],
)  # fmt: skip
ROLES = ["", "a", "b", "a,b", "admin"]


class Life:
    """A project, its store, the time that it is, and what may happen to it."""

    def __init__(self, folder, dice):
        self.folder, self.dice = folder, dice
        self.store = folder / ".muster" / "store.db"
        self.now = 1_795_000_000
        self.identities = {f"io.site{number}": self.some_users() for number in range(8)}
        self.tenants = {code: "t0" for code in self.identities}
        self.ann, self.formerly, self.further = {"t0"}, "", ""

    def some_users(self):
        names = self.dice.sample(range(80), self.dice.choice([0, 1, 2, 5, 10, 15]))
        return {f"u{name}": self.dice.choice([0, 0, 0, 0, 1, 1, 2, 3]) for name in self.dice.sample(names, len(names))}

    @staticmethod
    def entry(name, kind):
        further = ["", "roles: [b, a]", "admin: true", "enabled: true, roles: [a]", "enabled: false",
                   'expires: "2026-12-24"', "roles: [admin]"]  # fmt: skip
        return f"  - {{ email: {name}@acme.example, {further[kind]} }}\n"

    def write(self):
        text = "".join(f"kind: Tenant\nname: {name}\n---\n" for name in ("t0", "t1"))
        members = "".join(f"  - tenant: {name}\n    permissions: [invite_admins]\n" for name in self.ann)
        text += "kind: Admin\nemail: ann@acme.example\nfirstName: A\nlastName: B\n"
        text += f'mobile: "+31612345678"\n{self.formerly}memberships:\n{members}' + self.further
        (self.folder / "muster.yaml").write_text(PROJECT)
        (self.folder / "access.yaml").write_text(text)
        for old in self.folder.glob("site*.yaml"):
            old.unlink()
        for code, users in self.identities.items():
            lines = "".join(self.entry(name, kind) for name, kind in users.items())
            text = f"kind: Identity\ncode: {code}\ntenant: {self.tenants[code]}\nusers:\n{lines or '  []'}\n"
            (self.folder / f"{code[3:]}.yaml").write_text(text)

    def ask(self, memory, words):
        cache = self.folder / ".muster" / "cache"
        fate = self.dice.random() if memory == "always" else 1
        if fate < 0.3:
            shutil.rmtree(cache, ignore_errors=True)
        elif fate < 0.4:
            lived.damage(cache, self.dice)
        return lived.ask(self.folder, memory, self.now, words)

    # What the project's owners do.

    def declare_users(self):
        self.identities[self.dice.choice(list(self.identities))] = self.some_users()

    def declare_kind(self):
        users = self.identities[self.dice.choice(list(self.identities))]
        if users:
            users[self.dice.choice(list(users))] = self.dice.randrange(7)

    def declare_identity(self):
        code = f"io.site{self.dice.randrange(12)}"
        if self.identities.pop(code, None) is None:
            self.identities[code] = self.some_users()
            self.tenants[code] = self.dice.choice(["t0", "t1"])

    def move_identity(self):
        self.tenants[self.dice.choice(list(self.identities))] = self.dice.choice(["t0", "t1"])

    def declare_person(self):
        self.ann = self.dice.choice([{"t0"}, {"t0", "t1"}])
        self.formerly = self.dice.choice(["", "", "formerly: [u7@acme.example]\n"])
        self.further = self.dice.choice(
            ["", "", "---\nkind: Admin\nemail: u3@acme.example\n",
             "---\nkind: Admin\nemail: u5@acme.example\nblocked: true\n",
             "---\nkind: Admin\nemail: u6@acme.example\nexpires: 2026-12-01\n",
             "---\nkind: IdentityUsers\nidentity: io.site1\nusers: [{ email: u39@acme.example }]\n",
             "---\nkind: Admin\nemail: ul@acme.example\n", "---\nkind: Admin\nemail: ü3@acme.example\n"]
        )  # fmt: skip

    def apply(self):
        self.further = self.formerly = ""
        self.write()
        self.ask("always", ["apply", "--operator", "--yes", "--no-deliver", "--allow-removals", "999",
                            "--allow-mails", "999", "--allow-revocations", "999"])  # fmt: skip

    def wait(self):
        self.now += self.dice.choice([1, 3_600, DAY, 7 * DAY, -60])

    # What people and strangers do to the store.

    def execute(self, *statements):
        lived.execute(self.store, *statements)

    def person(self):
        return f"u{self.dice.randrange(80)}@acme.example"

    def accept_all(self):
        self.execute("UPDATE identity_users SET pending = 0", "UPDATE accounts SET state = 'Activated'",
                     "UPDATE invitations SET state = 'accepted'")  # fmt: skip

    def accept(self):
        person = self.person()
        self.execute(f"UPDATE identity_users SET pending = 0 WHERE email = '{person}'",
                     f"UPDATE accounts SET state = 'Activated' WHERE email = '{person}'")  # fmt: skip

    def alter_user(self):
        person = self.person()
        change = self.dice.choice(
            ["admin = 1 - admin", "enabled = 1 - enabled", "pending = 1 - pending"]
            + [f"roles = '{roles}'" for roles in [*ROLES, "a, b", "b,a", " a"]])  # fmt: skip
        self.execute(f"UPDATE identity_users SET {change} WHERE email = '{person}'")

    def alter_account(self):
        change = self.dice.choice(["blocked = 1 - blocked", "automation = 1 - automation",
                                   "state = 'Invited'", "first_name = 'A'"])  # fmt: skip
        self.execute(f"UPDATE accounts SET {change} WHERE email = '{self.person()}'")

    def alter_invitation(self):
        change = self.dice.choice(
            [f"state = '{state}'" for state in ("declined", "revoked", "undeliverable", "closed")]
            + [f"expires_at = '{instant(self.now + self.dice.choice([-1, 0, 1, DAY]))}'"])  # fmt: skip
        self.execute(f"UPDATE invitations SET {change} WHERE second = '{self.person()}'")

    def lose_row(self):
        table, column = self.dice.choice(
            [("accounts", "email"), ("identity_users", "email"), ("invitations", "second")])  # fmt: skip
        self.execute(f"DELETE FROM {table} WHERE {column} = '{self.person()}'")

    def add_user(self):
        person, code = self.person(), f"io.site{self.dice.randrange(12)}"
        if self.dice.random() < 0.9:
            code = self.dice.choice(list(self.identities))
        self.execute(
            f"INSERT INTO accounts VALUES ('{person}', '{person}', NULL, NULL, NULL, NULL, 'Activated', 0, 0)",
            f"INSERT INTO identity_users VALUES ('{code}', '{person}', 0, '', 1, 0)")  # fmt: skip

    def alter_identity(self):
        change = self.dice.choice(["title = 'Other'", "tenant = 't1'", "system = 1 - system"])
        self.execute(f"UPDATE identities SET {change} WHERE code = 'io.site{self.dice.randrange(8)}'")

    def stop_recorder(self):
        self.execute(f"DROP TRIGGER IF EXISTS {self.dice.choice(['identity_users', 'accounts'])}_update")

    def happen(self):
        events = [
            self.declare_users, self.declare_kind, self.declare_identity, self.move_identity,
            self.declare_person, self.wait, self.accept, self.alter_user, self.alter_user,
            self.alter_account, self.alter_invitation, self.alter_invitation, self.lose_row,
            self.add_user, self.alter_identity, self.stop_recorder,
        ] + [self.apply] * 8 + [self.accept_all] * 3  # fmt: skip
        event = self.dice.choice(events)
        event()
        self.write()
        # Nothing proves that a store stays as it is that was written to just now.
        time.sleep(0.03)
        return event.__name__


def main():
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 300
    first = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    quiet = wrong = 0
    for number in range(rounds):
        if number % 40 == 0:
            seed = first + number // 40
            dice = random.Random(seed)
            place = tempfile.TemporaryDirectory()
            life = Life(pathlib.Path(place.name), dice)
            life.apply()
        event = life.happen()
        words = dice.choice(QUESTIONS)
        answer = life.ask("off", words)
        found = life.ask("always", words)
        quiet += b"No changes." in answer[1]
        if found != answer:
            wrong += 1
            print(f"life {seed}, after {number % 40} events, {event}: {' '.join(words)}")
            for name, (code, output, errors) in zip(("off", "settled"), (answer, found)):
                print(f"  {name}: exit {code}\n{output.decode()}{errors.decode()}")
    print(f"{rounds} questions, {quiet} of them with nothing to do: {wrong} differ")
    if wrong or quiet < rounds // 5:
        sys.exit(1)


if __name__ == "__main__":
    main()
