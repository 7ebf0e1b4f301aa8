"""What checks of a project's random life have in common."""

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
