"""Who sends what, when: retries, claims, and the outbox of every engine."""

import glob
import os
import re
import secrets
import socket
import sqlite3
import subprocess
import threading
import time

from mail.manners import PLAIN, hangs, late, only
from mail.project import ROOT, Project, expect, read, stdout_of
from mail.relay import Relay


def refuses_the_connection():
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    project = Project(PLAIN.format(port=port))
    out = project.apply(exit=5)
    expect("3 letters left in the outbox" in out and "cannot be reached" in out, out)
    # What found no relay is not given up, however often.
    for _ in range(13):
        project.run("outbox", "flush", exit=5)
    letters = project.outbox()
    # One try a round, each letter in its turn.
    tries = [letter["attempts"] for letter in letters]
    expect(sorted(tries) == [4, 5, 5], f"{letters}")
    expect(not any(letter["undeliverable"] for letter in letters), f"{letters}")
    project.run("outbox", "flush", "--due")
    expect([letter["attempts"] for letter in project.outbox()] == tries, "not due, and tried")


def refuses_one_recipient():
    relay = Relay(rcpt=only("bob", "550 5.1.1 \x1b[31mno such\u202e user https://a.example/" + "t" * 43))
    project = Project(PLAIN.format(port=relay.port))
    out = project.apply(exit=5)
    expect("2 letters delivered" in out and "1 letter undeliverable" in out, out)
    expect(set(read(relay.messages)) == project.people - {"bob@acme.example"}, "others waited")
    expect("\x1b" not in out and "\u202e" not in out and "t" * 43 not in out, out)
    letter, = project.outbox()
    expect(letter["undeliverable"] and "550 5.1.1" in letter["lastError"], f"{letter}")
    expect("undeliverable" in project.run("status"), "status is silent")
    expect("W243" in project.run("plan", "--operator"), "the plan is silent")
    relay.manners = {}
    project.apply(exit=5)
    expect(len(relay.messages) == 2, "what was refused for good went again")
    expect("550 5.1.1" in project.run("outbox", "drop", "--all", "--operator"), "drop is silent")
    project.apply()
    relay.close()


def twelve_tries_from_a_minute_to_six_hours():
    """By the clock of the project, and with a timer that sends what is due."""
    relay = Relay(rcpt=only("bob", "450 4.2.0 greylisted"))
    project = Project(PLAIN.format(port=relay.port))
    clock = 1_795_000_000

    def at(minutes):
        stamp = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(clock + minutes * 60))
        project.environment["MUSTER_CLOCK"] = stamp
        return stamp

    tries = lambda: sum("RCPT TO:<bob@" in command for command in relay.commands)
    minute, waits = 0, [1, 2, 4, 8, 16, 32, 64, 128, 256, 360, 360]
    at(0)
    project.apply(exit=5)
    for number, wait in enumerate(waits, 1):
        letter, = project.outbox()
        minute += wait
        expect(letter["nextAttempt"] == at(minute), f"try {number + 1}: {letter}")
        expect(letter["attempts"] == number and not letter["undeliverable"], f"{letter}")
        at(minute - 1)
        project.run("outbox", "flush", "--due")
        expect(tries() == number, "too early")
        at(minute)
        project.run("outbox", "flush", "--due", exit=5)
        expect(tries() == number + 1, "too late")
    letter, = project.outbox()
    expect(letter["undeliverable"] and letter["attempts"] == 12, f"{letter}")
    expect("W243" in project.run("plan", "--operator"), "the plan is silent")
    at(minute + 9_999)
    project.run("outbox", "flush", "--due", exit=5)
    expect(tries() == 12, "a thirteenth try")
    expect(len(relay.messages) == 2, "the others waited")
    relay.close()
    return f"{tries()} tries in {minute // 60} hours of the clock"


def a_killed_sender():
    """What it had in hand goes at once with the next run, and nobody waits for its claim."""
    relay = Relay(rcpt=lambda session: hangs(session) if session.letters else None)
    project = Project(PLAIN.replace("5s", "60s").format(port=relay.port))
    child = project.start("apply", "--operator", "--yes")
    while sum("RCPT" in command for command in relay.commands) < 2:
        expect(child.poll() is None, "it ended by itself")
        time.sleep(0.02)
    # Somebody else comes by, and leaves the letters to the living.
    other = project.run("outbox", "flush")
    expect("2 letters are being sent by another run" in other, other)
    child.kill()
    child.wait()
    relay.manners = {}
    project.run("outbox", "flush")
    found = read(relay.messages)
    expect({person: len(copies) for person, copies in found.items()}
           == dict.fromkeys(project.people, 1), f"{found}")
    relay.close()


# MARK: Two senders, every engine


class Engine:
    """A PostgreSQL by `Tests/postgres`, for as long as a check needs it."""

    def __enter__(self):
        self.child = subprocess.Popen(
            [ROOT / "Tests" / "postgres", "sh", "-c", "env | grep ^MUSTER_TEST_; echo; exec cat"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        lines = iter(self.child.stdout.readline, "")
        self.names = dict(line.rstrip("\n").split("=", 1) for line in
                          iter(lambda: next(lines, "\n"), "\n"))
        expect(self.names, "Tests/postgres did not start")
        self.schema = "t" + secrets.token_hex(8)
        return self

    def __exit__(self, *_):
        self.child.communicate()

    def store(self, name="POSTGRES"):
        return f"{self.names['MUSTER_TEST_' + name]}&schema={self.schema}&application_name={self.schema}"


KEY = "a key for invitations, thirty-two bytes and more"


def at_once(store=None, count=40, senders=6):
    relay = Relay(dot=late(0.005))
    project = Project(PLAIN.format(port=relay.port), [f"p{number}" for number in range(count)])
    if store:
        project.environment |= {"MUSTER_STORE": store, "MUSTER_INVITATION_KEY": KEY}
    project.run("apply", "--operator", "--yes", "--no-deliver")
    children = [project.start("outbox", "flush") for _ in range(senders)]
    shares = []
    for child in children:
        out, err = child.communicate(timeout=120)
        expect(child.returncode == 0, out + err)
        shares += [int(share) for share in re.findall("([0-9]+) letters? delivered", out + err)]
    found = read(relay.messages)
    expect(set(found) == project.people, "lost")
    expect(len(relay.messages) == count, f"{len(relay.messages)} letters instead of {count}")
    expect(sum(shares) == count, f"{shares}")
    relay.close()
    return f"{senders} senders, {count} letters once"


def many_senders_at_once():
    return at_once()


def many_senders_at_once_on_a_shared_store():
    with Engine() as engine:
        direct = at_once(engine.store())
        engine.schema = "t" + secrets.token_hex(8)
        return f"{direct}; the same by PgBouncer: {at_once(engine.store('PGBOUNCER'))}"


def many_applies_at_once():
    """Eight of one plan: one applies, and each letter goes once, whoever sends it."""
    relay = Relay(dot=late(0.005))
    project = Project(PLAIN.format(port=relay.port), [f"p{number}" for number in range(20)])
    children = [project.start("apply", "--operator", "--yes") for _ in range(8)]
    applied = 0
    for child in children:
        out, err = child.communicate(timeout=120)
        expect(child.returncode == 0, out + err)
        applied += "Applied as run" in out + err
    expect(applied == 1, f"{applied} have applied")
    expect(set(read(relay.messages)) == project.people and len(relay.messages) == 20,
           f"{len(relay.messages)} letters")
    relay.close()


def a_lease_that_ends():
    """A sender of another machine of which nothing is known: its letters are its own for a while."""
    relay = Relay()
    project = Project(PLAIN.format(port=relay.port))
    project.run("apply", "--operator", "--yes", "--no-deliver")

    def claim(until):
        with sqlite3.connect(project.folder / ".muster" / "store.db") as store:
            stamp = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() + until))
            store.execute("UPDATE outbox SET claimant = ?, claimed_until = ?",
                          ("boot space 4711 12345 nonce", stamp))

    claim(until=60)
    out = project.run("outbox", "flush")
    expect("3 letters are being sent by another run" in out and not relay.messages, out)
    claim(until=-1)
    expect("3 letters delivered" in project.run("outbox", "flush"), "the lease does not end")
    expect(set(read(relay.messages)) == project.people and len(relay.messages) == 3, "not once")
    relay.close()


# MARK: A store that fails while letters leave


class Victim(Engine):
    """A PostgreSQL that is stopped and started."""

    def __enter__(self):
        super().__enter__()
        self.start()
        return self

    def start(self):
        stdout_of(self.names["MUSTER_TEST_RESTART"], "fast")

    def stop(self):
        user = ["runuser", "-u", "postgres", "--"] if os.getuid() == 0 else []
        control = sorted(glob.glob("/usr/lib/postgresql/*/bin/pg_ctl"))[-1]
        folder = re.search("host=([^&]*)", self.names["MUSTER_TEST_VICTIM"]).group(1)
        stdout_of(*user, control, "-D", f"{folder}/victim", "-m", "immediate", "-s", "stop")

    def project(self, relay):
        return Project(PLAIN.replace("5s", "20s").format(port=relay.port),
                       MUSTER_STORE=self.store("VICTIM"), MUSTER_INVITATION_KEY=KEY)


def a_store_that_restarts_while_letters_leave():
    """What has left is known to have left, also when the store was away meanwhile."""
    with Victim() as engine:
        restarts = []

        def restart(session):
            engine.stop()
            restarts.append(threading.Timer(0.3, engine.start))
            restarts[-1].start()

        relay = Relay(dot=lambda session: restart(session) if len(relay.messages) == 2 else None)
        project = engine.project(relay)
        project.apply()
        expect(len(restarts) == 1, "it was not restarted")
        restarts[0].join()
        expect(set(read(relay.messages)) == project.people and len(relay.messages) == 3, "not once")
        relay.close()


def a_store_that_stops_while_letters_leave():
    """The run stands, and nobody is told that nothing was changed."""
    with Victim() as engine:
        relay = Relay(dot=lambda session: engine.stop())
        project = engine.project(relay)
        out = project.apply(exit=5)
        expect("Applied as run 1" in out and "What was applied stands" in out, out)
        expect("Nothing was changed" not in out and "cannot be reached" in out, out)
        expect(len(relay.messages) == 1, "it went on without a record")
        relay.manners = {}
        engine.start()
        project.run("outbox", "flush")
        expect(set(read(relay.messages)) == project.people, "lost")
        expect(len(relay.messages) == 4, f"{len(relay.messages)} copies instead of 4")
        relay.close()
        return "3 letters, the one whose record was lost twice"


def a_rate():
    times = []
    relay = Relay(mail=lambda _: times.append(time.monotonic()))
    project = Project(f"smtp://127.0.0.1:{relay.port}?tls=none&rate=4/s", ["a", "b", "c", "d", "e"])
    project.apply()
    # A little less: what comes before the first letter's MAIL takes some time as well.
    expect(times[-1] - times[0] > 0.7, f"five letters in {times[-1] - times[0]:.2f} s")
    expect(relay.connections == 1 and len(relay.messages) == 5, "not on one connection")
    relay.close()


CHECKS = [
    refuses_the_connection, refuses_one_recipient, twelve_tries_from_a_minute_to_six_hours,
    a_killed_sender, many_senders_at_once, many_senders_at_once_on_a_shared_store,
    many_applies_at_once, a_lease_that_ends,
    a_store_that_restarts_while_letters_leave, a_store_that_stops_while_letters_leave, a_rate]
