"""Signals at random moments: somebody's Ctrl-C, a machine that shuts down, a terminal that closes."""

import shutil
import signal
import subprocess
import time

from faults import scene, sweep

SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def duration(stage, folder, words):
    stage.copy(folder)
    begun = time.monotonic()
    scene.muster(folder, *words)
    return time.monotonic() - begun


def interrupted(folder, words, number, after):
    process = subprocess.Popen(
        [scene.PROGRAM, *words], cwd=folder, env=scene.ENVIRONMENT, stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    time.sleep(after)
    process.send_signal(number)
    try:
        out, err = process.communicate(timeout=20)
    except subprocess.TimeoutExpired:
        process.kill()
        out, err = process.communicate()
        return scene.Run(None, out, err)
    return scene.Run(process.returncode, out, err)


def applies(stages, home, times, dice):
    """An apply ends by the signal or does not mind; half of it is never there."""
    own = sweep.Sweep(home, None, "signals")
    names = sorted(stages)
    usual = {name: duration(stages[name], own.folder, stages[name].words) for name in names}
    for number in range(times):
        name = names[number % len(names)]
        stage, sent = stages[name], SIGNALS[number // len(names) % 3]
        stage.copy(own.folder)
        run = interrupted(own.folder, stage.words, sent, usual[name] * dice.random() * 1.2)
        faults = []
        state, why = own.state(stage)
        # Ended by the signal, as the shell expects of whoever does not catch it.
        ended = run.exit == -sent
        own.judge(run._replace(exit=-9) if ended else run, state, why, stage, faults)
        own.converge(stage, state, faults)
        yield ("apply", sent.name, "ended" if ended else run.exit, state), [
            f"{sent.name} in {name}: {fault}" for fault in faults
        ]


def readings(stage, home, times, dice):
    """A plan that is stopped leaves the project's bytes, and no half of the file that it writes."""
    folder = home / "planned"
    usual = duration(stage, folder, scene.PLAN)
    for number in range(times):
        stage.copy(folder)
        (folder / "plan.json").unlink(missing_ok=True)
        before = contents(folder)
        sent = SIGNALS[number % 3]
        run = interrupted(folder, scene.PLAN, sent, usual * dice.random() * 1.2)
        ended, faults = run.exit == -sent, []
        if not ended and run.exit != 0:
            faults.append(f"{sent.name} in plan: exit {run.exit}: {run.err[:200]}")
        after = contents(folder)
        plan = after.pop("plan.json", None)
        # What a killed process was writing has a name of its own, until the next one comes.
        drafts = [name for name in after if name.endswith(".draft")]
        for name in drafts:
            del after[name]
        if after != before:
            faults.append(f"{sent.name} in plan: it wrote {set(after) ^ set(before)}")
        if plan is None and run.exit == 0:
            faults.append(f"{sent.name} in plan: exit 0 and no plan")
        if plan is not None and scene.muster(folder, *scene.SAVED).exit != 0:
            faults.append(f"{sent.name} in plan: the file that it left cannot be applied")
        scene.muster(folder, *scene.PLAN)
        if list(folder.glob("*.draft")):
            faults.append(f"{sent.name} in plan: half a file is left")
        yield ("plan", sent.name, "ended" if ended else run.exit, "saved" if plan else "none"), faults


def flushes(stage, home, times, dice):
    """Letters that wait in the outbox: each arrives once, whatever ends the first to send them."""
    waiting, folder = home / "waiting", home / "flushed"
    stage.copy(waiting)
    scene.muster(waiting, *stage.words, "--no-deliver")
    words = ("outbox", "flush", "--operator")
    shutil.copytree(waiting, folder)
    begun = time.monotonic()
    scene.muster(folder, *words)
    usual = time.monotonic() - begun
    for number in range(times):
        shutil.rmtree(folder)
        shutil.copytree(waiting, folder)
        sent = SIGNALS[number % 3]
        run = interrupted(folder, words, sent, usual * dice.random() * 1.2)
        ended, faults = run.exit == -sent, []
        if not ended and run.exit not in (0, 5):
            faults.append(f"{sent.name} in flush: exit {run.exit}: {run.err[:200]}")
        again = scene.muster(folder, *words)
        wrong = scene.wrong_letters(folder, stage.letters)
        if again.exit != 0 or wrong:
            faults.append(f"{sent.name} in flush: then {again.exit}, {wrong}, {again.err[:200]}")
        yield ("outbox flush", sent.name, "ended" if ended else run.exit, ""), faults


def contents(folder):
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }
