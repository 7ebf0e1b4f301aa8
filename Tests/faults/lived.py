"""What checks of a project's random life have in common."""

import os
import sqlite3
import subprocess
import time

from faults.scene import ENVIRONMENT, PROGRAM


def instant(seconds):
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(seconds))


def ask(folder, memory, seconds, words):
    """Exit, output and errors of the program, with MUSTER_CACHE and at that time."""
    run = subprocess.run(
        [PROGRAM, *words], cwd=folder, capture_output=True, check=False,
        env=ENVIRONMENT | {"MUSTER_CACHE": memory, "MUSTER_CLOCK": instant(seconds)},
    )  # fmt: skip
    return run.returncode, run.stdout, run.stderr


def execute(store, *statements):
    """What a stranger writes; a statement that the store refuses changes nothing."""
    if not store.exists():
        return
    connection = sqlite3.connect(store, isolation_level=None)
    for statement in statements:
        try:
            connection.execute(statement)
        except sqlite3.Error:
            pass
    connection.close()


def damage(memory, dice):
    """Turns a bit of each file there; mostly the file keeps the time by which it is believed."""
    for file in sorted(memory.glob("[!.]*")):
        content, status = bytearray(file.read_bytes()), file.stat()
        content[dice.randrange(len(content))] ^= 1 << dice.randrange(8)
        file.write_bytes(content)
        if dice.random() < 0.8:
            os.utime(file, ns=(status.st_atime_ns, status.st_mtime_ns))
