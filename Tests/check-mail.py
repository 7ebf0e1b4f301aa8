"""Checks that letters arrive: by SMTP, by sendmail and by a webhook, also when the other side misbehaves.

1. A real server (aiosmtpd, with TLS and AUTH) gets every letter once, on one connection.
2. A relay of this file's own does what relays should not. Whatever it does, no letter is lost, and
   a second copy comes only where the link died between a letter's last line and the answer.
3. A sender that is killed, many senders at once, sendmail's exit codes, the webhook's signature.

Names of checks can be given; all of them run otherwise.
"""

import collections
import email
import email.policy
import hashlib
import hmac
import http.server
import json
import logging
import os
import pathlib
import re
import shutil
import socket
import ssl
import struct
import subprocess
import sys
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult

ROOT = pathlib.Path(__file__).resolve().parent.parent
PROGRAM = pathlib.Path(os.environ.get("MUSTER_BIN", ROOT / ".build" / "debug" / "muster"))
BASE = pathlib.Path(tempfile.mkdtemp(prefix="muster-mail-"))
# The server's own complaints about clients that we send to it on purpose.
logging.disable(logging.CRITICAL)
PASSWORD = "a secret of 24 characters"
failures = []


def expect(condition, what):
    if not condition:
        raise AssertionError(what)


# MARK: Certificates


def certificates():
    """An authority of our own, and what it says of localhost."""
    folder = BASE / "tls"
    folder.mkdir()
    openssl = lambda *words: subprocess.run(
        ["openssl", *words], cwd=folder, check=True, capture_output=True)
    openssl("req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
            "-keyout", "ca.key", "-out", "ca.pem", "-days", "2", "-subj", "/CN=Test authority")
    openssl("req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout",
            "key.pem", "-out", "request.pem", "-subj", "/CN=localhost")
    (folder / "names").write_text("subjectAltName=DNS:localhost\n")
    openssl("x509", "-req", "-in", "request.pem", "-CA", "ca.pem", "-CAkey", "ca.key",
            "-CAcreateserial", "-days", "2", "-extfile", "names", "-out", "cert.pem")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "cert.pem", folder / "key.pem")
    return folder, context


TLS, CONTEXT = certificates()
CA = str(TLS / "ca.pem")


# MARK: Projects


class Project:
    """A folder with a project that invites people, and the program in it."""

    def __init__(self, delivery, people=("ann", "bob", "cat"), **environment):
        self.folder = pathlib.Path(tempfile.mkdtemp(dir=BASE))
        self.environment = {
            "PATH": os.environ["PATH"], "HOME": str(self.folder), "MUSTER_ACTOR": "",
            "SWIFT_BACKTRACE": "enable=no", **environment}
        self.write(delivery)
        documents = ["kind: Tenant\nname: production\n"] + [
            f"kind: Admin\nemail: {name}@acme.example\nfirstName: Zoë {name}\nlastName: Bee\n"
            f"mobile: \"+316123456{number:04}\"\nmemberships:\n  - tenant: production\n"
            "    permissions: [invite_admins, assign_permissions, assign_roles]\n"
            for number, name in enumerate(people)]
        (self.folder / "access.yaml").write_text("---\n".join(documents))
        self.people = {f"{name}@acme.example" for name in people}

    def write(self, delivery):
        (self.folder / "muster.yaml").write_text(
            "kind: Project\nname: acme\nstore: sqlite:.muster/store.db\n"
            f"delivery: \"{delivery}\"\ninvitations:\n  from: Acme <access@acme.example>\n"
            "  acceptURL: https://access.acme.example/accept\n")

    def start(self, *words):
        return subprocess.Popen(
            [PROGRAM, *words], cwd=self.folder, env=self.environment, text=True,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE)

    def run(self, *words, exit=0):
        child = self.start(*words)
        out, err = child.communicate(timeout=120)
        if exit is not None:
            expect(child.returncode == exit,
                   f"muster {' '.join(words)}: exit {child.returncode}, not {exit}\n{(out + err)[-800:]}")
        return out + err

    def apply(self, exit=0):
        return self.run("apply", "--operator", "--yes", exit=exit)

    def outbox(self):
        return json.loads(self.run("outbox", "list", "--format", "json"))["letters"]


def read(messages):
    """What arrived, as Python's email package reads it: links and identifiers by recipient."""
    found = collections.defaultdict(list)
    for recipients, data in messages:
        message = email.message_from_bytes(data, policy=email.policy.default)
        expect(not message.defects, f"defects: {message.defects}")
        expect(b"\n" not in data.replace(b"\r\n", b""), "a line ends without CR")
        expect([message["to"].addresses[0].addr_spec] == recipients, f"sent to {recipients}")
        text = message.get_body(("plain",)).get_content()
        links = re.findall(r"https://access\.acme\.example/accept/[A-Za-z0-9_-]{43}\s", text)
        expect(len(links) == 1, f"links: {links}")
        expect(links[0].strip() in message.get_body(("html",)).get_content(), "no link in HTML")
        found[recipients[0]].append((message["message-id"], links[0]))
    return found


# MARK: A relay that does what it is told


class Gone(Exception):
    """The relay's side of the connection ends here."""


class Relay:
    """SMTP as `manners` have it: at each step a reply, or a function that takes the session."""

    def __init__(self, **manners):
        self.manners = manners
        self.messages, self.connections, self.commands = [], 0, []
        self.socket = socket.create_server(("127.0.0.1", 0), backlog=50)
        self.port = self.socket.getsockname()[1]
        threading.Thread(target=self.serve, daemon=True).start()

    def serve(self):
        while True:
            try:
                connection, _ = self.socket.accept()
            except OSError:
                return
            self.connections += 1
            threading.Thread(target=Session(self, connection).run, daemon=True).start()

    def close(self):
        # Threads that wait in accept() wake up.
        self.socket.shutdown(socket.SHUT_RDWR)
        self.socket.close()


class Session:
    USUAL = {
        "greeting": "220 relay.example ESMTP", "ehlo": None, "starttls": "220 go ahead",
        "auth": "235 welcome", "mail": "250 2.1.0 sender ok", "rcpt": "250 2.1.5 recipient ok",
        "data": "354 go on", "dot": "250 2.0.0 queued", "quit": "221 bye"}

    def __init__(self, relay, connection):
        self.relay, self.socket, self.rest = relay, connection, b""
        self.isSecure, self.letters, self.recipients = False, 0, []

    def send(self, text):
        self.raw((text + "\r\n").encode())

    def raw(self, data):
        if self.relay.manners.get("pieces"):
            for byte in data:
                self.socket.sendall(bytes([byte]))
                time.sleep(0.0005)
        else:
            self.socket.sendall(data)

    def line(self):
        while b"\n" not in self.rest:
            data = self.socket.recv(65536)
            if not data:
                raise Gone
            self.rest += data
        line, self.rest = self.rest.split(b"\n", 1)
        return line.rstrip(b"\r")

    def step(self, name, usual=None):
        """Answers; true when the answer is the usual one."""
        manner = self.relay.manners.get(name)
        usual = usual or self.USUAL[name]
        if callable(manner):
            manner = manner(self)
        if manner is not None:
            self.send(manner)
            return manner[:1] == usual[:1]
        self.send(usual)
        return True

    def run(self):
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        try:
            if self.step("greeting"):
                while True:
                    self.command(self.line())
        except (Gone, OSError):
            pass
        finally:
            self.socket.close()

    def command(self, line):
        verb = line.split(b" ")[0].split(b":")[0].upper().decode()
        self.relay.commands.append(line.decode())
        if verb in ("EHLO", "HELO"):
            capabilities = ["relay.example", "8BITMIME", "SMTPUTF8"]
            if self.relay.manners.get("tls") and not self.isSecure:
                capabilities.append("STARTTLS")
            if self.relay.manners.get("offersAuth"):
                capabilities.append("AUTH PLAIN")
            lines = [f"250-{text}" for text in capabilities[:-1]] + [f"250 {capabilities[-1]}"]
            self.step("ehlo", "\r\n".join(lines))
        elif verb == "STARTTLS":
            if self.step("starttls"):
                self.socket = CONTEXT.wrap_socket(self.socket, server_side=True)
                self.isSecure, self.rest = True, b""
        elif verb == "AUTH":
            self.send("334 ")
            self.line()
            self.step("auth")
        elif verb == "MAIL":
            self.recipients = []
            self.step("mail")
        elif verb == "RCPT":
            address = re.search(rb"<(.*)>", line).group(1).decode()
            self.recipients.append(address)
            if not self.step("rcpt"):
                self.recipients.pop()
        elif verb == "DATA":
            if self.step("data"):
                self.letter()
        elif verb == "QUIT":
            self.step("quit")
            raise Gone
        else:
            self.send("500 what?")

    def letter(self):
        lines = []
        while (line := self.line()) != b".":
            lines.append(line[1:] if line.startswith(b".") else line)
        data = b"".join(line + b"\r\n" for line in lines)
        # Taken, unless the answer will say that it is not; an answer may also be lost.
        manner = self.relay.manners.get("dot")
        self.letters += 1
        if not (isinstance(manner, str) and manner[0] in "45"):
            self.relay.messages.append((self.recipients, data))
        self.step("dot")


# Manners. Each is a function of the session that replies by itself, or gives back what to reply.


def hangs(session):
    while session.socket.recv(65536):
        pass
    raise Gone


def closes(session):
    raise Gone


def resets(session):
    session.send("250 2.0.0 queued")
    time.sleep(0.05)
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


PLAIN, SECURE = "smtp://127.0.0.1:{port}?tls=none&timeout=2s", "smtp://localhost:{port}?timeout=2s"
USER = "smtp://muster%40acme.example@localhost:{port}?timeout=2s"
ALL, NONE = {"ann", "bob", "cat"}, set()

# name: delivery, manners, exit, who gets a letter at once, what the outbox says, copies
MANNERS = {
    "accepts and hangs": (PLAIN, dict(greeting=hangs), 5, NONE, "in time", 1),
    "greets 554": (PLAIN, dict(greeting="554 5.3.2 not today"), 5, NONE, "554 5.3.2 not today", 1),
    "refuses EHLO": (PLAIN, dict(ehlo="502 5.5.1 no"), 5, NONE, "answered EHLO with 502 5.5.1 no", 1),
    "no STARTTLS": (SECURE, {}, 5, NONE, "offers no STARTTLS", 1),
    "STARTTLS fails": (SECURE, dict(tls=1, starttls="454 4.7.0 no TLS"), 5, NONE, "454 4.7.0", 1),
    "STARTTLS is garbage": (SECURE, dict(tls=1, starttls=garbage), 5, NONE, "TLS with", 1),
    "injects before TLS": (SECURE, dict(tls=1, starttls=injects), 5, NONE, "STARTTLS", 1),
    "AUTH 535": (USER, dict(tls=1, offersAuth=1, auth="535 5.7.8 bad credentials"), 5, NONE,
                 "refuses the user or the password with 535 5.7.8 bad credentials", 1),
    "MAIL FROM 451": (PLAIN, dict(mail="451 4.3.0 later"), 5, NONE, "MAIL FROM with 451", 1),
    "MAIL FROM 550": (PLAIN, dict(mail="550 5.7.1 not you"), 5, NONE, "MAIL FROM with 550", 1),
    "RCPT 450 for one": (PLAIN, dict(rcpt=only("bob", "450 4.2.0 full")), 5, {"ann", "cat"},
                         "answered RCPT TO with 450 4.2.0 full", 1),
    "DATA closes": (PLAIN, dict(data=says("354 go on\r\n", closes)), 5, NONE, "broke the", 1),
    "closes after the dot": (PLAIN, dict(dot=closes), 5, ALL, "broke the connection at the letter", 2),
    "hangs after the dot": (PLAIN, dict(dot=hangs), 5, ALL, "did not answer the letter", 2),
    "250, then resets": (PLAIN, dict(dot=resets), None, ALL, "", 2),
    "250 late": (PLAIN.replace("2s", "9s"), dict(dot=late(1.5)), 0, ALL, "", 1),
    "half a reply": (PLAIN, dict(rcpt=says("25", closes)), 5, NONE, "broke the connection", 1),
    "half a reply to the dot": (PLAIN, dict(dot=says("25", closes)), 5, ALL, "at the letter", 2),
    "one-byte pieces": (PLAIN, dict(pieces=1), 0, ALL, "", 1),
    "421 in mid-session": (PLAIN, dict(mail=enough), 0, ALL, "", 1),
    "421 after the dot": (PLAIN, dict(dot="421 4.3.2 going down"), 5, NONE, "421 4.3.2", 1),
    "a line of 1 MB": (PLAIN, dict(rcpt="250 " + "x" * 1_000_000), None, None, "", 1),
    "an error of 1 MB": (PLAIN, dict(rcpt="450 " + "x y" * 350_000), 5, NONE, "RCPT TO", 1),
    "250 twice": (PLAIN, dict(dot=twice("250 2.0.0 queued")), None, None, "", 1),
    "all twice": (PLAIN, {step: twice(reply) for step, reply in Session.USUAL.items() if reply},
                  None, None, "", 1),
}


def manner(name):
    """The relay misbehaves, then does not; what it left undone is done then, and nothing else."""
    delivery, manners, exit, at_once, words, copies = MANNERS[name]
    relay = Relay(**manners)
    project = Project(delivery.format(port=relay.port), MUSTER_SMTP_CA=CA)
    if delivery == USER:
        project.environment["MUSTER_SMTP_PASSWORD"] = PASSWORD
    before = time.monotonic()
    project.apply(exit=exit)
    expect(time.monotonic() - before < 20, "it took too long")
    taken = {recipients[0].split("@")[0] for recipients, _ in relay.messages}
    if at_once is not None:
        expect(taken == at_once, f"at once: {taken}")
    letters = project.outbox()
    if exit == 5:
        expect(letters and all(words in letter["lastError"] for letter in letters),
               f"{[letter['lastError'] for letter in letters]}")
        expect(all(len(letter["lastError"]) < 400 and letter["lastError"].isprintable()
                   for letter in letters), "the error is no short line")
        expect(all(letter["attempts"] == 1 and letter["nextAttempt"] for letter in letters),
               f"{letters}")
    relay.manners = {key: manners[key] for key in ("tls", "offersAuth") if key in manners}
    if name == "no STARTTLS":
        relay.manners["tls"] = 1
    project.run("outbox", "flush", "--operator")
    expect(project.outbox() == [], "the outbox is not empty")
    found = read(relay.messages)
    expect(set(found) == project.people, f"lost: {project.people - set(found)}")
    for person, messages in found.items():
        expect(len(messages) <= copies, f"{len(messages)} copies for {person}")
        expect(len(set(messages)) == 1, f"copies for {person} differ")
    relay.close()


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
    expect([letter["attempts"] for letter in letters] == [14, 14, 14], f"{letters}")
    expect(not any(letter["undeliverable"] for letter in letters), f"{letters}")
    project.run("outbox", "flush", "--due")
    expect([letter["attempts"] for letter in project.outbox()] == [14, 14, 14], "not due, and tried")


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


def greylisting_is_given_up_after_twelve_tries():
    relay = Relay(rcpt=only("bob", "450 4.2.0 greylisted"))
    project = Project(PLAIN.format(port=relay.port))
    for number in range(12):
        letters = [] if number == 0 else project.outbox()
        expect(not any(letter["undeliverable"] for letter in letters), f"too early: {number}")
        project.run(*(["outbox", "flush"] if number else ["apply", "--operator", "--yes"]), exit=5)
    letter, = project.outbox()
    expect(letter["undeliverable"] and letter["attempts"] == 12, f"{letter}")
    relay.close()


def a_killed_sender():
    """What it had in hand goes at once with the next run, and nobody waits for its claim."""
    relay = Relay(rcpt=lambda session: hangs(session) if session.letters else None)
    project = Project(PLAIN.replace("2s", "60s").format(port=relay.port))
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


def many_senders_at_once():
    relay = Relay(dot=late(0.005))
    people = [f"p{number}" for number in range(40)]
    project = Project(PLAIN.format(port=relay.port), people)
    project.run("apply", "--operator", "--yes", "--no-deliver")
    children = [project.start("outbox", "flush") for _ in range(6)]
    for child in children:
        out, err = child.communicate(timeout=60)
        expect(child.returncode == 0, out + err)
    found = read(relay.messages)
    expect(set(found) == project.people, "lost")
    expect(all(len(copies) == 1 for copies in found.values()), "twice")
    relay.close()


def a_rate():
    relay = Relay()
    project = Project(f"smtp://127.0.0.1:{relay.port}?tls=none&rate=4/s", ["a", "b", "c", "d", "e"])
    before = time.monotonic()
    project.apply()
    expect(time.monotonic() - before >= 1, "it was too fast")
    expect(relay.connections == 1 and len(relay.messages) == 5, "not on one connection")
    relay.close()


# MARK: aiosmtpd


class Keeper:
    def __init__(self):
        self.messages, self.connections = [], set()

    async def handle_DATA(self, server, session, envelope):
        expect(session.ssl is not None, "no TLS")
        self.connections.add(session.peer)
        self.messages.append((envelope.rcpt_tos, envelope.original_content))
        return "250 2.0.0 taken"


def real_server():
    def authenticator(server, session, envelope, mechanism, data):
        isRight = (data.login, data.password) == (b"muster@acme.example", PASSWORD.encode())
        # Not handled: it answers 535 by itself.
        return AuthResult(success=isRight, handled=False)

    keeper = Keeper()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    options = dict(hostname="127.0.0.1", auth_required=True, authenticator=authenticator)
    starttls = Controller(keeper, port=port, tls_context=CONTEXT, require_starttls=True, **options)
    starttls.start()
    people = [f"person{number}" for number in range(150)]
    url = f"smtp://localhost:{port}"
    password = BASE / "password"
    password.write_text(PASSWORD + "\n")
    project = Project(url, people, MUSTER_SMTP_CA=CA)
    # What is missing is said before anything is written.
    project.environment["MUSTER_SMTP_USER"] = "muster@acme.example"
    expect("MUSTER_SMTP_PASSWORD" in project.apply(exit=1), "a password is missed")
    expect(not (project.folder / ".muster" / "store.db").exists(), "it wrote")
    project.environment["MUSTER_SMTP_PASSWORD"] = "wrong"
    out = project.apply(exit=5)
    expect("refuses the user or the password with 535" in out, out)
    del project.environment["MUSTER_SMTP_PASSWORD"]
    project.environment["MUSTER_SMTP_PASSWORD_FILE"] = str(password)
    del project.environment["MUSTER_SMTP_CA"]
    expect("TLS with" in project.run("outbox", "flush", exit=5), "an unknown authority")
    project.environment["MUSTER_SMTP_CA"] = CA
    project.write(f"smtp://127.0.0.1:{port}")
    expect("TLS with" in project.run("outbox", "flush", exit=5), "another's certificate")
    project.write(url)
    project.run("outbox", "flush")
    found = read(keeper.messages)
    expect(set(found) == project.people, "lost")
    expect(len(keeper.messages) == 150 and len(keeper.connections) == 1, "not once, on one connection")
    expect(len({link for copies in found.values() for _, link in copies}) == 150, "links are shared")
    starttls.stop()


def implicit_tls():
    relay = Relay()
    relay.close()
    listener = socket.create_server(("127.0.0.1", 0))
    relay.socket = CONTEXT.wrap_socket(listener, server_side=True)
    threading.Thread(target=relay.serve, daemon=True).start()
    port = relay.socket.getsockname()[1]
    project = Project(f"smtps://localhost:{port}", MUSTER_SMTP_CA=CA)
    project.apply()
    expect(set(read(relay.messages)) == project.people, "lost")


def libcurl_is_loaded_on_use():
    needed = subprocess.run(["readelf", "-d", PROGRAM], capture_output=True, text=True).stdout
    expect("libcurl" not in needed and "NEEDED" in needed, needed)
    folder = BASE / "lib"
    folder.mkdir()
    (folder / "libcurl.so.4").write_text("no library")
    project = Project("smtp://127.0.0.1:9?tls=none", LD_LIBRARY_PATH=str(folder))
    out = project.apply(exit=1)
    expect("libcurl.so.4 cannot be loaded" in out and "package libcurl4." in out, out)
    expect(not (project.folder / ".muster" / "store.db").exists(), "it wrote")
    project.write("maildir:.muster/mail")
    project.apply()


def urls_are_refused_before_any_write():
    for url, words in {
        "smtp://relay.example?tls=maybe": "tls=none", "smtp://relay.example?rat=1/s": "`rate`",
        "smtps://relay.example?tls=none": "tls=none", "smtp://relay.example:0": "smtp://host",
        "smtp://relay.example/path": "smtp://host", "smtp://relay.example?timeout=1h": "timeout",
        "webhook+https://?rate=1/s": "webhook", "sendmail:bin/sendmail": "sendmail:",
    }.items():
        project = Project(url)
        out = project.apply(exit=65)
        expect("E102" in out and words in out, out)
        expect(not (project.folder / ".muster").exists(), "it wrote")
    project = Project("smtp://muster@relay.example?tls=none", MUSTER_SMTP_PASSWORD="x")
    expect("in clear" in project.apply(exit=1), "a password in clear")
    expect(not (project.folder / ".muster" / "store.db").exists(), "it wrote")


# MARK: sendmail


def sendmail():
    program = BASE / "sendmail"
    kept = BASE / "kept"
    kept.mkdir()
    program.write_text(f"""#!/bin/sh
env | grep -q ^MUSTER_ && exit 64
printf '%s\\n' "$*" >"{kept}/$5.arguments"
case $5 in
bob*) echo "no such \033[31muser" >&2; exit 67 ;;
cat*) exit 75 ;;
dan*) kill -9 $$ ;;
esac
exec cat >"{kept}/$5"
""")
    program.chmod(0o755)
    project = Project(f"sendmail:{program}?timeout=20s", ["ann", "bob", "cat", "dan"],
                      MUSTER_SMTP_PASSWORD="unused")
    out = project.apply(exit=5)
    expect("1 letter delivered" in out and "1 letter undeliverable" in out, out)
    states = {letter["recipient"][:3]: letter for letter in project.outbox()}
    expect(states["bob"]["undeliverable"] and "ended with 67: no such" in states["bob"]["lastError"],
           f"{states}")
    expect("ended with 75" in states["cat"]["lastError"], f"{states}")
    expect("signal 9" in states["dan"]["lastError"], f"{states}")
    expect((kept / "ann@acme.example.arguments").read_text()
           == "-i -f access@acme.example -- ann@acme.example\n", "other arguments")
    data = (kept / "ann@acme.example").read_bytes().replace(b"\n", b"\r\n")
    expect(set(read([(["ann@acme.example"], data)])) == {"ann@acme.example"}, "not for ann")

    # A program that a pull request could bring along is none.
    inside = Project("maildir:x")
    shutil.copy(program, inside.folder / "sendmail")
    inside.write(f"sendmail:{inside.folder}/sendmail")
    expect("part of the project" in inside.apply(exit=1), "it runs what the project holds")
    program.chmod(0o777)
    expect("changed by others" in project.run("outbox", "flush", exit=1), "it runs anybody's program")


# MARK: webhook


def webhook():
    key = "a key that signs letters"
    taken, ids = collections.defaultdict(list), []

    class Hook(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            stamp, signature = re.fullmatch(
                "t=([0-9]+),v1=([0-9a-f]{64})", self.headers["Muster-Signature"]).groups()
            right = hmac.new(key.encode(), stamp.encode() + b"." + body, hashlib.sha256)
            letter = json.loads(body)
            person = letter["to"].split("@")[0]
            ids.append((person, self.headers["Idempotency-Key"]))
            isRight = (signature == right.hexdigest() and abs(time.time() - int(stamp)) < 60
                       and self.headers["Content-Type"] == "application/json"
                       and letter["format"] == "muster.letter/1"
                       and letter["id"] == self.headers["Idempotency-Key"])
            status = hook.get(person, 202) if isRight else 500
            if status == 202:
                taken[person].append(letter["message"])
            self.send_response(status)
            if status == 429:
                self.send_header("Retry-After", "7200")
            text = b"" if status == 202 else b"\x1b[31mnot\nthis one"
            self.send_header("Content-Length", str(len(text)))
            self.end_headers()
            self.wfile.write(text)

        def log_message(self, *_):
            pass

    hook = {"bob": 410, "cat": 429, "dan": 503, "eve": 408}
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Hook)
    server.socket = CONTEXT.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    url = f"webhook+https://localhost:{server.server_port}/letters?timeout=5s"
    people = ["ann", "bob", "cat", "dan", "fay"]
    project = Project(url, people)
    expect("MUSTER_WEBHOOK_KEY" in project.apply(exit=1), "it sends unsigned")
    project.environment["MUSTER_WEBHOOK_KEY"] = key
    expect("localhost" in project.apply(exit=5) and not ids, "an unknown authority")
    project.environment["MUSTER_WEBHOOK_CA"] = CA
    begin = time.time()
    out = project.run("outbox", "flush", exit=5)
    expect("2 letters delivered" in out and "1 letter undeliverable" in out, out)
    states = {letter["recipient"][:3]: letter for letter in project.outbox()}
    expect(set(states) == {"bob", "cat", "dan"}, f"{states}")
    expect(states["bob"]["undeliverable"] and "410: [31mnot this one" in states["bob"]["lastError"],
           f"{states}")
    waits = {name: time.mktime(time.strptime(state["nextAttempt"], "%Y-%m-%dT%H:%M:%SZ"))
             - time.timezone - begin for name, state in states.items() if state["nextAttempt"]}
    expect(7190 < waits["cat"] < 7260 and waits["dan"] < 300, f"{waits}")
    hook.clear()
    project.run("outbox", "flush", exit=5)
    expect(sorted(taken) == ["ann", "cat", "dan", "fay"], f"{sorted(taken)}")
    expect(all(len(copies) == 1 for copies in taken.values()), "twice")
    expect(len({key for name, key in ids if name == "dan"}) == 1, "another key for the same letter")
    for name, (message,) in taken.items():
        read([([f"{name}@acme.example"], message.encode().replace(b"\n", b"\r\n"))])
    # Redirects are not followed, and an endpoint that fails is left alone for this round.
    hook.update(dict.fromkeys(["x1", "x2", "x3", "x4", "x5", "x6"], 503))
    other = Project(url, list(hook), MUSTER_WEBHOOK_KEY=key, MUSTER_WEBHOOK_CA=CA)
    ids.clear()
    other.apply(exit=5)
    expect(len(ids) == 3, f"{len(ids)} tries at an endpoint that is down")
    expect(all(letter["attempts"] == 1 for letter in other.outbox()), "not all are recorded")
    hook.update(dict.fromkeys(hook, 302))
    expect("redirects are not followed" in other.run("outbox", "flush", exit=5), "302")
    server.shutdown()


CHECKS = {
    function.__name__.replace("_", " "): function
    for function in [
        refuses_the_connection, refuses_one_recipient, greylisting_is_given_up_after_twelve_tries,
        a_killed_sender, many_senders_at_once, a_rate, real_server, implicit_tls,
        libcurl_is_loaded_on_use, urls_are_refused_before_any_write, sendmail, webhook]
} | {name: (lambda name: lambda: manner(name))(name) for name in MANNERS}


def check(name):
    begin = time.monotonic()
    try:
        CHECKS[name]()
        return name, None, time.monotonic() - begin
    except Exception as error:
        return name, f"{type(error).__name__}: {str(error)[-1500:]}", time.monotonic() - begin


def main():
    names = sys.argv[1:] or list(CHECKS)
    failed = 0
    try:
        with ThreadPoolExecutor(4) as pool:
            for name, problem, seconds in pool.map(check, names):
                failed += problem is not None
                print(f"{'FAILED' if problem else 'ok':7} {seconds:5.1f} s  {name}", flush=True)
                if problem:
                    print("        " + problem.replace("\n", "\n        "), flush=True)
    finally:
        shutil.rmtree(BASE, ignore_errors=True)
    print(f"{len(names) - failed} of {len(names)} checks of mail passed")
    sys.exit(1 if failed else 0)


main()
