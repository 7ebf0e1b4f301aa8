"""One fault at one system call of an apply, what was found afterwards, and a run without fault.

strace does what happens before a call, or instead of it; `shim.c` half of a write, and what happens
after a call. Each counts the calls of one name, so that each name is a sweep of its own.
"""

import collections
import pathlib
import re
import shutil
import subprocess

from faults.scene import (
    RANDOM, SAVED, STAYS, Corrupt, leftovers, muster, rows, wrong_letters,
)  # fmt: skip

WRITES = ("write", "pwrite64")
SYNCS = ("fsync", "fdatasync", "syncfs")
NAMES = ("ftruncate", "rename", "renameat2", "unlink", "link", "mkdir", "fchown", "fchmod")
# The dynamic loader makes these as well: they are counted on paths of the project alone.
SHARED = ("openat", "read", "pread64", "fcntl", "newfstatat", "access", "getdents64", "flock")
BY_STRACE = {
    **dict.fromkeys(WRITES, ("kill", "EIO", "ENOSPC", "none")),
    **dict.fromkeys(SYNCS, ("kill", "EIO", "ENOSPC")),
    **dict.fromkeys(NAMES, ("kill", "EIO", "ENOSPC")),
    "openat": ("kill", "EIO", "ENOSPC"),
    "read": ("kill", "EIO"), "pread64": ("kill", "EIO", "none"), "fcntl": ("kill", "EIO"),
    "newfstatat": ("EIO",), "access": ("EIO",), "getdents64": ("EIO",), "flock": ("kill", "EIO"),
    "rmdir": ("EIO",),
}  # fmt: skip
BY_SHIM = {
    **dict.fromkeys(WRITES, ("short", "torn", "late")),
    **dict.fromkeys(SYNCS, ("late",)),
    **dict.fromkeys(("ftruncate", "rename", "renameat2", "unlink", "link"), ("late", "kill")),
    "openat": ("EIO", "ENOSPC"),
}
DOES = {"kill": "signal=SIGKILL", "EIO": "error=EIO", "ENOSPC": "error=ENOSPC", "none": "retval=0"}
SHOWN = {"none": "0 bytes", "short": "half", "torn": "half, kill", "late": "done, EIO"}
AFTER = {"kill": "done, kill"}
# A message is for people: none of the engine's own words, and no success that is none.
RAW = re.compile(r"SQLite|sqlite|database|constraint|Success|Fatal|nil|errno|\(\d+\)")

Point = collections.namedtuple("Point", "stage call fault by number")
Found = collections.namedtuple("Found", "point exit state faults message place")


def shown(point):
    return (AFTER if point.by == "shim" else {}).get(point.fault, SHOWN.get(point.fault, point.fault))


class Sweep:
    def __init__(self, home, shim, name="work"):
        self.home, self.shim = pathlib.Path(home), shim
        self.folder = self.home / name
        self.scratch, self.log = self.home / (name + ".scratch"), self.home / (name + ".log")

    def paths(self):
        """The files of the project whose names are known."""
        inside = self.folder / ".muster"
        mail = [inside / "mail" / name for name in ("", "tmp", "new", "cur")]
        key = [inside / "invitation.key"]
        names = [p.name for p in self.folder.iterdir() if p.is_file()]
        suffixes = ("", "-journal", "-wal", "-shm", ".lock", ".new", ".new-journal")
        return [
            self.folder, inside, *mail, *key, *(self.folder / name for name in names),
            *(inside / ("store.db" + suffix) for suffix in suffixes),
        ]  # fmt: skip

    def strace(self, calls, inject=None):
        words = ["strace", "-f", "-qq", "-y", "-s", "0", "-o", str(self.log), "-e", f"trace={calls}"]
        if calls.split(",")[0] in SHARED:
            words += [word for path in self.paths() for word in ("-P", str(path))]
        return words + (["-e", f"inject={inject}"] if inject else [])

    def counts(self, stage):
        """How many calls of each name there are when nothing goes wrong, by who would count them."""
        found = {"strace": collections.Counter(), "shim": collections.Counter()}
        every = [call for call in BY_STRACE if call not in SHARED]
        for calls in (",".join([*every, "openat"]), ",".join(SHARED)):
            stage.copy(self.folder)
            muster(self.folder, *stage.words, before=self.strace(calls))
            threads = collections.Counter()
            for line in self.log.read_text().splitlines():
                call = re.match(r"(\d+) +(\w+)\(", line)
                if call is None:
                    continue
                if str(self.folder) + "/" in line and (call[2] != "openat" or "O_CREAT" in line):
                    found["shim"][call[2]] += calls != ",".join(SHARED)
                threads[call[1], call[2]] += 1
            for (_, call), count in threads.items():
                if (call in SHARED) == (calls == ",".join(SHARED)):
                    found["strace"][call] = max(found["strace"][call], count)
        return found

    def run(self, point, words):
        """A run with the fault, and whether and where it happened."""
        self.log.unlink(missing_ok=True)
        if point.by == "strace":
            inject = f"{point.call}:{DOES[point.fault]}:when={point.number}"
            run = muster(self.folder, *words, before=self.strace(point.call, inject))
            lines = self.log.read_text().splitlines() if self.log.exists() else []
            hit = [line for line in lines if "INJECTED" in line]
            if point.fault == "kill" and run.exit == -9:
                hit = [line for line in lines if f" {point.call}(" in line][-1:] or ["killed"]
        else:
            environment = {
                "FAULT_CALL": point.call, "FAULT_KIND": point.fault,
                "FAULT_AT": str(point.number), "FAULT_UNDER": str(self.folder) + "/",
                "FAULT_LOG": str(self.log), "LD_PRELOAD": self.shim,
            }  # fmt: skip
            run = muster(self.folder, *words, **environment)
            hit = [self.log.read_text()] if self.log.exists() else []
        return run, RANDOM.sub("#", hit[0].replace(str(self.folder), "")) if hit else None

    def state(self, stage):
        try:
            found = rows(self.folder, self.scratch)
        except Corrupt as error:
            return "corrupt", str(error)
        if found == stage.before:
            return "before", None
        if found == stage.after:
            return "after", None
        if found is None or stage.before is None:
            return "partial", "the store is gone" if found is None else "half a store"
        tables = [name for name in found if found[name] != stage.before.get(name)]
        return "partial", f"other than before in {', '.join(tables)}"

    def attempt(self, point, stages, again=None):
        """The fault, and after it, if one is given, another; `None` where it is not reached."""
        stage = stages[point.stage]
        stage.copy(self.folder)
        run, place = self.run(point, stage.words)
        if place is None:
            return None
        faults, was = [], "before"
        if again is not None:
            was, why = self.state(stage)
            self.judge(run, was, why, stage, faults)
            run, place = self.run(again, stage.words)
            if place is None:
                return None
        state, why = self.state(stage)
        self.judge(run, state, why, stage, faults, was)
        self.converge(stage, state, faults)
        # Whoever asks less than this has a fault of its own, and not one of the program's.
        said = re.sub(rb"Audit head \S+|sha256:\S+", b"#", run.err).decode(errors="replace")
        return Found(
            again or point, run.exit, state, faults, RANDOM.sub("#", said).replace(
                str(self.folder), ""), place)  # fmt: skip

    def judge(self, run, state, why, stage, faults, was="before"):
        """What may not be: half a change, a lie, a crash, a message that helps nobody."""
        if state in ("partial", "corrupt"):
            faults.append(("partial" if state == "partial" else "corrupt", why))
        if run.exit == -9:
            return
        if run.exit is None:
            faults.append(("lied", "it hangs"))
        elif run.exit < 0 or run.exit >= 128:
            faults.append(("lied", f"it crashes: {run.exit}"))
        elif run.exit == 0:
            wrong = wrong_letters(self.folder, stage.letters)
            if state != "after" or wrong:
                faults.append(("lied", f"exit 0, and the state is {state}; {wrong}"))
        elif run.exit == 5 and state != "after":
            faults.append(("lied", f"exit 5, and the state is {state}"))
        elif run.exit not in (0, 5, 7) and state != was:
            faults.append(("lied", f"exit {run.exit}, and it is applied"))
        if run.exit not in (0, 5) and not run.err.strip():
            faults.append(("lied", f"exit {run.exit} without a word"))
        said = RANDOM.sub("#", run.err.decode(errors="replace"))
        if RAW.search(said.replace("it is no SQLite database", "")):
            faults.append(("raw", said[:300]))

    def converge(self, stage, state, faults):
        """Without a fault: the same end, each letter once, nothing left lying about."""
        run = muster(self.folder, *stage.words)
        if run.exit != 0:
            faults.append(("stuck", f"then exit {run.exit}: {run.err.decode()[:300]}"))
            return
        if state == "after" and stage.words == SAVED and b"already applied" not in run.out:
            faults.append(("stuck", f"then not 'already applied': {run.out[-200:]}"))
        end, why = self.state(stage)
        if end != "after":
            faults.append(("stuck", f"then the state is {end}: {why}"))
        wrong = wrong_letters(self.folder, stage.letters)
        if wrong:
            faults.append(("letters", f"then {wrong}"))
        left = list(leftovers(self.folder))
        if left:
            faults.append(("left", f"then there is still {', '.join(left)}"))
        missing = [name for name in STAYS if not (self.folder / ".muster" / name).exists()]
        if missing:
            faults.append(("stuck", f"then there is no {', '.join(missing)}"))
        check = muster(self.folder, "store", "check")
        if check.exit != 0:
            faults.append(("corrupt", f"store check says {check.exit}: {check.out[-300:]}"))


def built_shim(home):
    """The library that stands between the program and the system's."""
    path = pathlib.Path(home) / "shim.so"
    source = pathlib.Path(__file__).with_name("shim.c")
    compiler = shutil.which("clang") or shutil.which("gcc") or "cc"
    subprocess.run(
        [compiler, "-shared", "-fPIC", "-O1", "-o", str(path), str(source)], check=True
    )
    return str(path)


def points(stages, sweep, wanted=None):
    """All points of all stages, in their order."""
    for name, stage in stages.items():
        counts = sweep.counts(stage)
        for by, table in (("strace", BY_STRACE), ("shim", BY_SHIM)):
            for call, faults in table.items():
                if wanted and call not in wanted:
                    continue
                for fault in faults:
                    for number in range(1, counts[by][call] + 1):
                        yield Point(name, call, fault, by, number)
