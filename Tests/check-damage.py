"""Checks that a damaged plan file, and a damaged store, are never taken for whole ones.

1. A saved plan with a byte changed, or cut: refused with 65, and the store keeps its bytes.
2. A store with bits flipped, or cut, that an apply meets: refused with its bytes kept; or told as
   changed outside of Muster; or the damage is where no content is.

    python3 Tests/check-damage.py [TIMES [SEED]]        20 of each when not said; MUSTER_BIN is the program
"""

import os
import pathlib
import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True

from faults.scene import PROGRAM, PROJECT  # noqa: E402

ACCESS = """kind: Role
name: access_read
---
kind: Tenant
name: production
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
  - tenant: production
    permissions: [invite_admins, assign_permissions, assign_roles]
    roles: [access_read]
"""
# What a digest covers; the rest is what it is.
COVERED = (
    "meta", "settings", "managed", "permissions", "roles", "tenants", "tenant_roles", "accounts",
    "memberships", "membership_permissions", "membership_roles", "identities", "identity_users",
)  # fmt: skip


def muster(folder, *words):
    return subprocess.run(
        [PROGRAM, *words], cwd=folder, capture_output=True, check=False,
        env={"PATH": os.environ["PATH"], "HOME": str(folder), "SWIFT_BACKTRACE": "enable=no",
             "MUSTER_CLOCK": "2026-11-22T10:00:00Z"},
    )  # fmt: skip


def content(path):
    """The rows that somebody relies on, or nothing where they cannot be read."""
    try:
        store = sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True)
        store.text_factory = bytes
        return [store.execute(f"SELECT * FROM {table}").fetchall() for table in COVERED]
    except (sqlite3.Error, UnicodeError):
        return None


def damaged(data, dice):
    """One to three neighbouring bits, of bytes that are in use; or a cut."""
    changed = bytearray(data)
    if dice.random() < 0.15:
        return bytes(changed[: dice.randrange(len(data))])
    place = dice.randrange(len(data))
    while changed[place] == 0:
        place = dice.randrange(len(data))
    for _ in range(dice.randint(1, 3)):
        changed[place] ^= 1 << dice.randrange(8)
        place = min(place + 1, len(data) - 1)
    return bytes(changed)


def plans(folder, plan, store, times, dice):
    whole, before = plan.read_bytes(), store.read_bytes()
    changed = folder / "changed.json"
    for number in range(times):
        place = dice.randrange(len(whole))
        bit = 1 << dice.randrange(8)
        data = whole[:place] + bytes([whole[place] ^ bit]) + whole[place + 1 :]
        changed.write_bytes(data if number % 4 else whole[:place])
        run = muster(folder, "apply", "changed.json", "--operator", "--yes")
        if run.returncode != 65 or b"E304" not in run.stderr:
            yield f"a plan changed at {place} by {bit}: exit {run.returncode}: {run.stderr[:200]}"
        if store.read_bytes() != before:
            yield f"a plan changed at {place} by {bit} was written"
            store.write_bytes(before)


def stores(folder, store, times, dice, counts):
    whole, rows = store.read_bytes(), content(store)
    for number in range(times):
        data = damaged(whole, dice)
        for path in store.parent.glob("store.db-*"):
            path.unlink()
        store.write_bytes(data)
        found = content(store)
        run = muster(folder, "apply", "--operator", "--yes", "--no-deliver")
        said = run.stdout + run.stderr
        if run.returncode not in (0, 1, 3, 4, 6):
            yield f"store {number}: exit {run.returncode}: {said[:300]}"
        elif run.returncode != 0:
            counts["refused"] += 1
            if store.read_bytes() != data:
                yield f"store {number} was refused and written: {said[:300]}"
        elif b"W286" in said or b"drift" in said or b"outside" in said:
            counts["told"] += 1
        elif found == rows:
            counts["harmless"] += 1
        else:
            yield f"store {number} was accepted: {said[:300]}"
    store.write_bytes(whole)


def main():
    times = int(sys.argv[1]) if len(sys.argv) > 1 else 20
    dice = random.Random(sys.argv[2] if len(sys.argv) > 2 else "1")
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        (folder / "muster.yaml").write_text(PROJECT)
        (folder / "access.yaml").write_text(ACCESS + PERSON % "ann" + PERSON % "bob")
        if muster(folder, "apply", "--operator", "--yes").returncode != 0:
            return "the store cannot be made"
        (folder / "access.yaml").write_text(
            ACCESS + PERSON % "ann" + PERSON % "bob" + PERSON % "cat"
        )
        plan, store = folder / "plan.json", folder / ".muster" / "store.db"
        if muster(folder, "plan", "--operator", "--out", "plan.json").returncode != 0:
            return "the plan cannot be made"
        faults = list(plans(folder, plan, store, times, dice))
        counts = {"refused": 0, "told": 0, "harmless": 0}
        faults += stores(folder, store, times, dice, counts)
        # The whole ones are taken, or the damaged ones would be refused for another reason.
        if muster(folder, "apply", "plan.json", "--operator", "--yes").returncode != 0:
            faults.append("the whole plan is refused")
        shutil.rmtree(folder / ".muster")
        (folder / "access.yaml").write_text(ACCESS)
        if muster(folder, "apply", "--operator", "--yes").returncode != 0:
            faults.append("another store cannot be made")
        run = muster(folder, "apply", "plan.json", "--operator", "--yes")
        if run.returncode != 4:
            faults.append(f"a plan for another store: exit {run.returncode}")
    if faults:
        return "\n".join([*faults[:20], f"{len(faults)} faults"])
    said = ", ".join(f"{count} {name}" for name, count in counts.items())
    print(f"{times} damaged plans refused; {times} damaged stores: {said}; none accepted silently")
    return None


if __name__ == "__main__":
    sys.exit(main())
