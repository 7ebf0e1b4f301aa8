"""Checks that nothing around the program makes it do half of a thing, lie about it, or say other bytes:
signals, streams, full disks, places that cannot be written, stopped processes, clocks.

    python3 Tests/check-surroundings.py [TIMES [SEED]]        6 of each when not said; 1 is a sample
"""

import collections
import pathlib
import random
import sys
import tempfile
import time

sys.dont_write_bytecode = True

from faults import scene, signals, surroundings  # noqa: E402


def main():
    times = int(sys.argv[1]) if len(sys.argv) > 1 else 6
    dice, begun = random.Random(sys.argv[2] if len(sys.argv) > 2 else "1"), time.monotonic()
    with tempfile.TemporaryDirectory() as name:
        home = pathlib.Path(name).resolve()
        made = scene.stages(home)
        later = made["later plan, rollback journal"]
        rounds = (
            signals.applies(made, home, times * 4, dice),
            signals.readings(later, home, times, dice),
            signals.flushes(later, home, times, dice),
            surroundings.streams(later, home, dice, times * 4),
            surroundings.full(made, home, dice, times),
            surroundings.full_disk(made, home, dice, times),
            surroundings.unprivileged(made, home),
            surroundings.read_only_mount(later, home),
            surroundings.stopped(later, home),
            surroundings.stopped(made["later plan, WAL"], home),
            surroundings.clocks(later, home),
        )
        faults, counts = [], collections.Counter()
        for each in rounds:
            for what, found in each:
                counts[what] += 1
                faults += found
    for what, count in sorted(counts.items(), key=str):
        print(f"{count:5} x", *what)
    if faults:
        return "\n".join([*faults[:30], f"{len(faults)} faults"])
    print(f"{sum(counts.values())} trials, {time.monotonic() - begun:.0f} s: nothing partial, no lie")
    return None


if __name__ == "__main__":
    sys.exit(main())
