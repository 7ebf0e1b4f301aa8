"""Checks that an apply on the embedded store does all or nothing, whatever happens to its calls of
the system, that it tells which, and that the same command run again ends as if nothing had been.

1. One fault at each call that touches the project's folder: killed, refused (EIO, ENOSPC), nothing
   or half of it written, done and said to have failed; the first apply and a later one, with a
   rollback journal and with WAL. After it the store is read by Python's sqlite3.
2. A second one at the run that makes up for the first.

    python3 Tests/check-faults.py [--points N] [--seconds S] [--seed S]    a sample
    python3 Tests/check-faults.py --all [--calls rename,link]              every point
"""

import argparse
import collections
import concurrent.futures
import pathlib
import queue
import random
import sys
import tempfile
import time

sys.dont_write_bytecode = True

from faults import scene, sweep  # noqa: E402

COLUMNS = ("points", "before", "after", "partial", "corrupt", "lied", "converged")


def table(results, key):
    counts = collections.defaultdict(collections.Counter)
    for found in results:
        row = counts[key(found.point)]
        kinds = {kind for kind, _ in found.faults}
        row["points"] += 1
        row[found.state] += 1
        row["lied"] += bool(kinds & {"lied", "raw"})
        row["converged"] += not kinds & {"stuck", "letters", "left", "corrupt"}
    width = max((len(name) for name in counts), default=0)
    yield " | ".join(["| " + " " * width, *COLUMNS]) + " |"
    yield "|---" * (len(COLUMNS) + 1) + "|"
    for name, row in counts.items():
        cells = [str(row[column]).rjust(len(column)) for column in COLUMNS]
        yield " | ".join(["| " + name.ljust(width), *cells]) + " |"


def attempts(tasks, home, made, shim, jobs, until):
    """Each on its own folder; those that are not begun in time are left out."""
    folders = queue.SimpleQueue()
    for number in range(jobs):
        folders.put(sweep.Sweep(home, shim, f"work{number}"))

    def attempt(task):
        if until is not None and time.monotonic() > until:
            return None
        folder = folders.get()
        try:
            return folder.attempt(task[0], made, *task[1:])
        finally:
            folders.put(folder)

    results = []
    with concurrent.futures.ThreadPoolExecutor(jobs) as pool:
        for number, found in enumerate(pool.map(attempt, tasks), 1):
            if found is None:
                continue
            results.append(found)
            if found.faults:
                print(*found.point, found.place, found.exit, found.faults, file=sys.stderr)
            if sys.stderr.isatty() or number % 100 == 0:
                end = "\r" if sys.stderr.isatty() else "\n"
                print(f"{number} of {len(tasks)}", end=end, file=sys.stderr)
    return results


def chosen(every, count, dice):
    """As many of each call and fault, so that what is called once is tried as well."""
    kinds = collections.defaultdict(list)
    for point in every:
        kinds[point.call, point.fault, point.by].append(point)
    for some in kinds.values():
        dice.shuffle(some)
    picked = []
    while len(picked) < count and any(kinds.values()):
        picked += [some.pop() for some in kinds.values() if some]
    dice.shuffle(picked)
    return picked[:count]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--all", action="store_true")
    parser.add_argument("--points", type=int, default=150)
    parser.add_argument("--twice", type=int, default=30, help="second faults; with --all 2000")
    parser.add_argument("--seconds", type=float, default=30)
    parser.add_argument("--seed", default="1")
    parser.add_argument("--calls", default="")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--messages", action="store_true", help="show what was said, by how often")
    options = parser.parse_args()
    dice, begun = random.Random(options.seed), time.monotonic()
    with tempfile.TemporaryDirectory() as name:
        home = pathlib.Path(name).resolve()
        shim, made = sweep.built_shim(home), scene.stages(home)
        wanted = options.calls.split(",") if options.calls else None
        every = list(sweep.points(made, sweep.Sweep(home, shim), wanted))
        print(f"{len(every)} points", file=sys.stderr)
        kills = [p for p in every if p.fault in ("kill", "torn")]
        until = None if options.all else time.monotonic() + options.seconds
        picked = chosen(every, len(every) if options.all else options.points, dice)
        results = attempts([(p,) for p in picked], home, made, shim, options.jobs, until)
        pairs = [
            (first, dice.choice([p for p in every if p.stage == first.stage]))
            for first in dice.choices(kills, k=2000 if options.all else options.twice)
        ] if kills else []  # fmt: skip
        until = None if options.all else time.monotonic() + options.seconds / 3
        twice = attempts(pairs, home, made, shim, options.jobs, until)
    results.sort(key=lambda found: (found.point.call, sweep.shown(found.point)))
    print("\n".join(table(results, lambda p: f"`{p.call}`, {sweep.shown(p)}")))
    if options.all:
        print()
        print("\n".join(table(results, lambda p: p.stage)))
    print()
    print("\n".join(table(twice, lambda p: f"after a kill, {sweep.shown(p)}")))
    said = collections.Counter((f.exit, f.message.strip()) for f in results + twice)
    if options.messages:
        for (status, message), count in said.most_common():
            print(f"{count} x exit {status}: {message}")
    bad = [f for f in results + twice if f.faults]
    if bad:
        kinds = collections.Counter(kind for f in bad for kind, _ in f.faults)
        return f"{len(bad)} of {len(results) + len(twice)} points are wrong: {dict(kinds)}"
    if len(results) <= 20 and not wanted:
        return f"only {len(results)} points were reached in time"
    print(
        f"{len(results)} faults of {len(every)} points, {len(twice)} second faults, "
        f"{time.monotonic() - begun:.0f} s: none partial, none corrupt, none lied, all converged"
    )
    return None


if __name__ == "__main__":
    sys.exit(main())
