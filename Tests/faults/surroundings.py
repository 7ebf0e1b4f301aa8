"""A machine that is not as it should be: full, read-only, slow, with another clock, without streams."""

import os
import pathlib
import resource
import shutil
import signal
import subprocess
import time

from faults import scene, sweep
from faults.signals import contents

READS = (
    ("validate",), ("plan", "--operator"), ("plan", "--operator", "--format", "json"),
    ("plan", "--operator", "--format", "markdown"), ("drift", "--operator"),
    ("status", "--operator"), ("why", "ann@acme.example", "--operator"),
    ("who-can", "access_read", "--tenant", "production", "--operator"), ("test", "--live", "--operator"),
    ("history", "--operator"), ("history", "1", "--operator"), ("invitation", "list", "--operator"),
    ("outbox", "list", "--operator"), ("audit", "verify", "--operator"), ("store", "check"),
    ("export", "--operator"), ("schema",), ("explain", "E301"), ("--help",), ("--version",),
    ("undo", "1", "--operator"), ("invitation", "preview", "--to", "ann@acme.example", "--operator"),
)  # fmt: skip


def shell(folder, script, *words, **environment):
    run = subprocess.run(
        ["bash", "-c", script, "bash", scene.PROGRAM, *words], cwd=folder, capture_output=True,
        check=False, timeout=60, env={**scene.ENVIRONMENT, **environment},
    )  # fmt: skip
    return scene.Run(run.returncode, run.stdout, run.stderr)


def streams(stage, home, dice, times):
    """Every reading command into a full device, a closed stream, and a reader that leaves."""
    folder = stage.copy(home / "streams")
    for words in dice.sample(READS, min(times, len(READS))):
        name = " ".join(words)
        usual = scene.muster(folder, *words)
        faults = []
        if usual.exit not in (0, 2) or not usual.out:
            faults.append(f"{name}: exit {usual.exit}: {usual.err[:200]}")
        for script in ('"$@" >/dev/full', '"$@" >&-'):
            run = shell(folder, script, *words)
            if run.exit == 0 or run.exit >= 128 or b"standard output" not in run.err:
                faults.append(f"{name}, {script}: exit {run.exit}: {run.err[:200]}")
        # One byte is taken, and the rest of a result that does not fit into the pipe is not.
        run = shell(folder, '"$@" | head -c 1; exit ${PIPESTATUS[0]}', *words)
        if run.out != usual.out[:1] or run.exit not in (usual.exit, 1) or run.err != usual.err:
            faults.append(f"{name} into head: exit {run.exit}: {run.err[:200]}")
        for script in ('"$@" <&-', '"$@" 2>&-', '"$@" <&- 2>&-'):
            run = shell(folder, script, *words)
            if (run.exit, run.out) != (usual.exit, usual.out):
                faults.append(f"{name}, {script}: other bytes, or exit {run.exit}")
        for some in ({"LANG": "C", "LC_ALL": "C", "TZ": ":nonsense"}, {"LC_ALL": "tr_TR.UTF-8",
                     "TZ": "Asia/Kathmandu", "HOME": ""}):  # fmt: skip
            run = scene.muster(folder, *words, **some)
            if run != usual:
                faults.append(f"{name}, {some}: other bytes, or exit {run.exit}: {run.err[:200]}")
        run = shell(folder, 'unset HOME; "$@"', *words)
        if run != usual:
            faults.append(f"{name} without HOME: other bytes, or exit {run.exit}: {run.err[:200]}")
        yield ("streams", name), faults


def full(stages, home, dice, times):
    """A limit on the size of files: a write is cut at a byte, and the next one is refused."""
    own = sweep.Sweep(home, None, "limited")
    for name, stage in stages.items():
        for _ in range(times):
            limit = int(2 ** (8 + dice.random() * 10))
            stage.copy(own.folder)
            run = subprocess.run(
                [scene.PROGRAM, *stage.words], cwd=own.folder, env=scene.ENVIRONMENT, check=False,
                capture_output=True, stdin=subprocess.DEVNULL,
                preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)),
            )  # fmt: skip
            faults, (state, why) = [], own.state(stage)
            run = scene.Run(run.returncode, run.stdout, run.stderr)
            own.judge(run, state, why, stage, faults)
            own.converge(stage, state, faults)
            yield ("a limit", run.exit, state), [f"{limit} bytes, {name}: {f}" for f in faults]


def full_disk(stages, home, dice, times):
    """A disk of a megabyte with little left; only root can make one."""
    disk = home / "disk"
    disk.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", disk], check=False,
                      capture_output=True).returncode != 0:  # fmt: skip
        return
    try:
        own = sweep.Sweep(disk, None, "project")
        own.scratch = home / "disk.scratch"
        for name, stage in stages.items():
            for _ in range(times):
                filler = disk / "filler"
                stage.copy(own.folder)
                room = dice.randrange(0, 80) * 4096
                status = os.statvfs(disk)
                filler.write_bytes(bytes(max(0, status.f_bavail * 4096 - room)))
                run = scene.muster(own.folder, *stage.words)
                faults, (state, why) = [], own.state(stage)
                own.judge(run, state, why, stage, faults)
                if run.exit not in (0, 5) and b"full" not in run.err and b"space" not in run.err:
                    faults.append(("unnamed", run.err[:300]))
                filler.unlink()
                own.converge(stage, state, faults)
                yield ("a full disk", run.exit, state), [f"{room} left, {name}: {f}" for f in faults]
    finally:
        subprocess.run(["umount", disk], check=True)


def unprivileged(stages, home):
    """A folder, a store and a key that may only be read, by somebody who is not root."""
    if os.geteuid() != 0:
        return
    folder = pathlib.Path("/tmp") / f"muster-faults-{os.getpid()}"
    try:
        for stage in stages.values():
            cases = {"the project's folder": (folder, 0o555)}
            if stage.before is not None:
                cases = {
                    "the store's folder": (folder / ".muster", 0o555),
                    "the store": (folder / ".muster" / "store.db", 0o444),
                }
            for name, (path, mode) in cases.items():
                stage.copy(folder)
                program = folder / "muster"
                shutil.copy(scene.PROGRAM, program)
                program.chmod(0o755)
                for each in [folder, *folder.rglob("*")]:
                    os.chown(each, 65534, 65534)
                usual = path.stat().st_mode & 0o7777
                path.chmod(mode)
                before = contents(folder)
                run = subprocess.run(
                    ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", program,
                     *stage.words], cwd=folder, env=scene.ENVIRONMENT, check=False,
                    capture_output=True, stdin=subprocess.DEVNULL, timeout=60,
                )  # fmt: skip
                faults = []
                if run.returncode != 1 or b"cannot be" not in run.stderr:
                    faults.append(f"{name}, {stage.name}: exit {run.returncode}: {run.stderr[:300]}")
                if contents(folder) != before:
                    faults.append(f"{name}, {stage.name}: something was written")
                path.chmod(usual)
                yield ("only to be read: " + name, run.returncode), faults
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def stopped(stage, home):
    """Somebody who holds the lock, or writes, and was stopped: named, in the time that was given."""
    folder = stage.copy(home / "stopped")
    holder = subprocess.Popen(
        ["strace", "-f", "-qq", "-o", "/dev/null", "-e", "trace=pwrite64",
         "-e", "inject=pwrite64:signal=SIGSTOP:when=3", scene.PROGRAM, *stage.words],
        cwd=folder, env=scene.ENVIRONMENT, stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
    )  # fmt: skip
    try:
        deadline = time.monotonic() + 5
        lock = folder / ".muster" / "store.db.lock"
        while not lock.exists() and time.monotonic() < deadline:
            time.sleep(0.02)
        time.sleep(0.5)
        for words in ((*stage.words, "--lock-timeout", "1s"), ("plan", "--operator"),
                      ("status", "--operator")):  # fmt: skip
            begun = time.monotonic()
            run = scene.muster(folder, *words, timeout=40)
            took, faults = time.monotonic() - begun, []
            name = " ".join(words)
            is_apply = words[0] == "apply"
            said = b"held the lock" if lock.exists() else b"E302"
            if run.exit is None or (is_apply and (run.exit != 4 or said not in run.err)):
                faults.append(f"{name}: exit {run.exit} after {took:.0f} s: {run.err[:200]}")
            if not is_apply and run.exit not in (0, 4):
                faults.append(f"{name}: exit {run.exit} after {took:.0f} s: {run.err[:200]}")
            if took > 20:
                faults.append(f"{name}: {took:.0f} s")
            yield ("behind a stopped one: " + words[0], run.exit), faults
    finally:
        os.killpg(holder.pid, signal.SIGKILL)
        holder.wait()
    own = sweep.Sweep(home, None, "stopped")
    faults = []
    own.converge(stage, own.state(stage)[0], faults)
    yield ("after a stopped one was killed", 0), [str(fault) for fault in faults]


def clocks(stage, home):
    """A clock that jumps between a plan and its apply, and before a run that comes later."""
    for name, at in (("years later", "2031-01-01T00:00:00Z"), ("a day earlier", "2026-11-21T00:00:00Z"),
                     ("1970", "1970-01-01T00:00:00Z"), ("9999", "9999-12-31T23:59:59Z")):  # fmt: skip
        folder = stage.copy(home / "clocks")
        run = scene.muster(folder, *stage.words, MUSTER_CLOCK=at)
        faults = []
        if run.exit not in (0, 3, 4):
            faults.append(f"{name}: exit {run.exit}: {run.err[:300]}")
        again = scene.muster(folder, *scene.FRESH, MUSTER_CLOCK=at)
        plan = scene.muster(folder, "plan", "--operator", "--detailed-exitcode", MUSTER_CLOCK=at)
        check = scene.muster(folder, "store", "check", MUSTER_CLOCK=at)
        if again.exit not in (0, 3) or plan.exit not in (0, 2, 3) or check.exit != 0:
            faults.append(f"{name}: then {again.exit}, {plan.exit}, {check.exit}: {again.err[:300]}")
        found = scene.letters(folder)
        if any(count > 1 for count in found.values()):
            faults.append(f"{name}: a letter came twice")
        yield (f"clock: {name}", run.exit, again.exit, plan.exit), faults


def read_only_mount(stage, home):
    """The whole file system: reading works, and writing is refused by name."""
    folder = stage.copy(home / "mounted")
    if subprocess.run(["mount", "--bind", "-o", "ro", folder, folder], check=False,
                      capture_output=True).returncode != 0:  # fmt: skip
        return
    try:
        subprocess.run(["mount", "-o", "remount,ro,bind", folder], check=True)
        run = scene.muster(folder, *stage.words)
        faults = []
        if run.exit != 1 or b"cannot be" not in run.err:
            faults.append(f"exit {run.exit}: {run.err[:300]}")
        plan = scene.muster(folder, "plan", "--operator")
        if plan.exit != 0:
            faults.append(f"plan: exit {plan.exit}: {plan.err[:300]}")
        yield ("a read-only file system", run.exit, plan.exit), faults
    finally:
        subprocess.run(["umount", folder], check=True)
