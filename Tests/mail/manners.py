"""What relays should not do: each time no letter is lost, and a second copy of one comes only where
the link died between its last line and the answer."""

import random
import socket
import struct
import time

from mail.project import CA, CONTEXT, PASSWORD, Project, expect, read
from mail.relay import Gone, Relay, Session

# Each is a function of the session that replies by itself, or gives back what to reply.


def hangs(session):
    while session.socket.recv(65536):
        pass
    raise Gone


def closes(session):
    raise Gone


def resets(session):
    session.send("250 2.0.0 queued")
    time.sleep(0.5)
    session.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    raise Gone


def says(text, then):
    def manner(session):
        session.raw(text.encode())
        then(session)
    return manner


def late(seconds):
    def manner(session):
        time.sleep(seconds)
    return manner


def injects(session):
    """Plain text in the same packet as the answer to STARTTLS: what comes after TLS is not ours."""
    session.raw(b"220 go ahead\r\n250 injected\r\n250 injected\r\n")
    session.socket = CONTEXT.wrap_socket(session.socket, server_side=True)
    session.isSecure, session.rest = True, b""
    while True:
        session.command(session.line())


def garbage(session):
    session.raw(b"220 go ahead\r\n")
    session.socket.recv(65536)
    session.raw(b"this is no handshake\r\n" * 20)
    raise Gone


def only(name, reply):
    return lambda session: reply if session.recipients[-1].startswith(name) else None


def enough(session):
    """After a letter it has had enough, and says so."""
    if session.letters:
        session.send("421 4.7.0 too many letters on one connection")
        raise Gone


def twice(reply):
    def manner(session):
        session.send(reply)
    return manner


def late_once(seconds):
    """The first letter of all is a long one to think about."""
    taken = []

    def manner(session):
        taken.append(session)
        if len(taken) == 1:
            time.sleep(seconds)
    return manner


# Five seconds are long for a relay on the same machine, also when that is busy.
PLAIN, SECURE = "smtp://127.0.0.1:{port}?tls=none&timeout=5s", "smtp://localhost:{port}?timeout=5s"
USER = "smtp://muster%40acme.example@localhost:{port}?timeout=5s"
ALL, NONE = {"ann", "bob", "cat"}, set()

# name: delivery, manners, exit, who gets a letter at once, what the outbox says, and how many
# copies of the three letters have come when the relay has found its manners again
MANNERS = {
    "accepts and hangs": (PLAIN, dict(greeting=hangs), 5, NONE, "in time", 3),
    "greets 554": (PLAIN, dict(greeting="554 5.3.2 not today"), 5, NONE, "554 5.3.2 not today", 3),
    "refuses EHLO": (PLAIN, dict(ehlo="502 5.5.1 no"), 5, NONE, "answered EHLO with 502 5.5.1 no", 3),
    "no STARTTLS": (SECURE, {}, 5, NONE, "offers no STARTTLS", 3),
    "STARTTLS fails": (SECURE, dict(tls=1, starttls="454 4.7.0 no TLS"), 5, NONE, "454 4.7.0", 3),
    "STARTTLS is garbage": (SECURE, dict(tls=1, starttls=garbage), 5, NONE, "TLS with", 3),
    "injects before TLS": (SECURE, dict(tls=1, starttls=injects), 5, NONE, "STARTTLS", 3),
    "AUTH 535": (USER, dict(tls=1, offersAuth=1, auth="535 5.7.8 bad credentials"), 5, NONE,
                 "refuses the user or the password with 535 5.7.8 bad credentials", 3),
    "MAIL FROM 451": (PLAIN, dict(mail="451 4.3.0 later"), 5, NONE, "MAIL FROM with 451", 3),
    "MAIL FROM 550": (PLAIN, dict(mail="550 5.7.1 not you"), 5, NONE, "MAIL FROM with 550", 3),
    "RCPT 450 for one": (PLAIN, dict(rcpt=only("bob", "450 4.2.0 full")), 5, {"ann", "cat"},
                         "answered RCPT TO with 450 4.2.0 full", 3),
    "RCPT 554 of the sender": (PLAIN, dict(rcpt="554 5.7.1 Relay access denied"), 5, NONE,
                               "answered RCPT TO with 554 5.7.1 Relay access denied", 3),
    "DATA closes": (PLAIN, dict(data=says("354 go on\r\n", closes)), 5, NONE, "broke the", 3),
    "closes after the dot": (PLAIN, dict(dot=closes), 5, ALL, "broke the connection at the letter", 6),
    "hangs after the dot": (PLAIN, dict(dot=hangs), 5, ALL, "did not answer the letter", 6),
    "250, then resets": (PLAIN, dict(dot=resets), 0, ALL, "", 3),
    "250 after a minute": ("smtp://127.0.0.1:{port}?tls=none", dict(dot=late_once(61)), 0, ALL, "", 3),
    "half a reply": (PLAIN, dict(rcpt=says("25", closes)), 5, NONE, "broke the connection", 3),
    "half a reply to the dot": (PLAIN, dict(dot=says("25", closes)), 5, ALL, "at the letter", 6),
    "one-byte pieces": (PLAIN, dict(pieces=1), 0, ALL, "", 3),
    "421 in mid-session": (PLAIN, dict(mail=enough), 0, ALL, "", 3),
    "421 after the dot": (PLAIN, dict(dot="421 4.3.2 going down"), 5, NONE, "421 4.3.2", 3),
    "a line of 1 MB": (PLAIN, dict(rcpt="250 " + "x" * 1_000_000), 5, NONE, "RCPT TO", 3),
    "an error of 1 MB": (PLAIN, dict(rcpt="450 " + "x y" * 350_000), 5, NONE, "RCPT TO", 3),
    "250 twice": (PLAIN, dict(dot=twice("250 2.0.0 queued")), 0, ALL, "", 3),
    "all twice": (PLAIN, {step: twice(reply) for step, reply in Session.USUAL.items() if reply},
                  5, NONE, "answered", 3),
}
# Nothing is there that could take a letter: nobody asks it again for each of the others.
CLOSED = {"accepts and hangs", "greets 554", "refuses EHLO", "no STARTTLS", "STARTTLS fails",
          "STARTTLS is garbage", "injects before TLS", "AUTH 535", "MAIL FROM 550"}


def manner(name):
    """The relay misbehaves, then does not; what it left undone is done then, and nothing else."""
    delivery, manners, exit, at_once, words, copies = MANNERS[name]
    relay = Relay(**manners)
    project = Project(delivery.format(port=relay.port), MUSTER_SMTP_CA=CA)
    if delivery == USER:
        project.environment["MUSTER_SMTP_PASSWORD"] = PASSWORD
    before = time.monotonic()
    project.apply(exit=exit)
    expect(time.monotonic() - before < (90 if "minute" in name else 40), "it took too long")
    taken = {recipients[0].split("@")[0] for recipients, _ in relay.messages}
    first = len(relay.messages)
    if at_once is not None:
        expect(taken == at_once, f"at once: {taken}, {[letter['lastError'] for letter in project.outbox()]}")
    if name in CLOSED:
        expect(relay.connections == 1, f"{relay.connections} connections to a relay that is closed")
    letters = project.outbox()
    if exit == 5:
        expect(letters and all(words in letter["lastError"] for letter in letters),
               f"{[letter['lastError'] for letter in letters]}")
        expect(all(len(letter["lastError"]) < 400 and letter["lastError"].isprintable()
                   for letter in letters), "the error is no short line")
        # Those that were not tried, because nothing could go, wait without a try.
        tries = [letter["attempts"] for letter in letters]
        expect(max(tries) == 1 and all(letter["nextAttempt"] for letter in letters), f"{letters}")
    relay.manners = {key: manners[key] for key in ("tls", "offersAuth") if key in manners}
    if name == "no STARTTLS":
        relay.manners["tls"] = 1
    project.run("outbox", "flush", "--operator")
    expect(project.outbox() == [], "the outbox is not empty")
    relay.close()
    count(project, relay, copies)
    return f"{first} of 3 letters at once, {len(relay.messages)} with the second try"


def count(project, relay, copies):
    """Nobody's letter is lost; copies are as many as they should be, and alike."""
    found = read(relay.messages)
    expect(set(found) == project.people, f"lost: {project.people - set(found)}")
    expect(len(relay.messages) == copies, f"{len(relay.messages)} copies instead of {copies}")
    for person, messages in found.items():
        expect(len(set(messages)) == 1, f"copies for {person} differ")


def a_moody_relay():
    """Forty letters through a relay that may do anything at any step, until all of them are there."""
    seed = random.randrange(1 << 32)
    dice, gaps = random.Random(seed), []

    def mood(step):
        code = (Session.USUAL[step] or "250")[:3]
        half, again = says(code[:2], closes), twice(f"{code} once more")
        # A recipient's own 5xx would be for good.
        refusals = [lambda _, reply=reply: reply for reply in ("421 4.3.2 bye", "451 4.3.0 later")]
        # A letter that was taken, and its answer lost; or another answer in the place of its own.
        lost = {"dot": [closes, resets, half], "data": [again]}.get(step, [])

        def manner(session):
            if dice.random() > 0.12:
                return None
            chosen = dice.choice([closes, resets, half, again, late(0.05), *refusals])
            if chosen in lost:
                gaps.append(chosen)
            return chosen(session)
        return manner

    people = [f"p{number}" for number in range(40)]
    relay = Relay(**{step: mood(step) for step in ("greeting", "mail", "rcpt", "data", "dot")})
    project = Project(PLAIN.format(port=relay.port), people)
    project.run("apply", "--operator", "--yes", exit=None)
    rounds = 1
    while project.outbox():
        expect(rounds < 100, f"seed {seed}: it does not end")
        project.run("outbox", "flush", exit=None)
        rounds += 1
    relay.close()
    found = read(relay.messages)
    expect(set(found) == project.people, f"seed {seed}: lost {project.people - set(found)}")
    copies = len(relay.messages) - len(people)
    expect(copies <= len(gaps), f"seed {seed}: {copies} copies, {len(gaps)} gaps")
    expect(all(len(set(messages)) == 1 for messages in found.values()), f"seed {seed}: they differ")
    return f"40 letters in {rounds} rounds, none lost, {copies} twice, {len(gaps)} answers lost"
