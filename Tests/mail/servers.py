"""Mail servers that others wrote, and what is refused before any of them is asked."""

import pathlib
import re
import socket
import subprocess
import threading
import time

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult

from mail.project import BASE, CA, CONTEXT, PASSWORD, PROGRAM, ROOT, Project, expect, read
from mail.relay import Relay


class Postfix:
    """Debian's, by `Tests/postfix`."""

    def __enter__(self):
        self.child = subprocess.Popen(
            [ROOT / "Tests" / "postfix", "sh", "-c", 'echo "$MUSTER_TEST_POSTFIX"; exec cat'],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        folder = self.child.stdout.readline().strip()
        if not folder:
            raise AssertionError(f"Tests/postfix did not start: {self.child.communicate()[1]}")
        self.folder = pathlib.Path(folder)
        return self

    def __exit__(self, *_):
        self.child.communicate()

    def text(self, name):
        return (self.folder / name).read_text().strip()

    def letters(self, count):
        """By recipient of the envelope, when so many have come; with network line ends, as sent."""
        for _ in range(600):
            files = list((self.folder / "mail").glob("*/new/*"))
            if len(files) >= count:
                break
            time.sleep(0.1)
        return [self.letter(file.read_bytes()) for file in files]

    @staticmethod
    def letter(data):
        to = re.search(rb"^Delivered-To: (.*)$", data, re.MULTILINE).group(1).decode()
        via = re.search(rb"^Received: .*(?:\n[ \t].*)*", data, re.MULTILINE).group(0).decode()
        return to, via, data.replace(b"\n", b"\r\n")


def postfix():
    """STARTTLS, AUTH, 200 letters once on one connection; its refusals; and TLS from the first byte."""
    people = [f"person{number}" for number in range(198)]
    with Postfix() as server:
        url = f"smtp://localhost:{server.text('starttls')}"
        project = Project(url, [*people, "nobody", "full"], MUSTER_SMTP_CA=str(server.folder / "ca.pem"))
        out = project.apply(exit=5)
        expect("200 letters left in the outbox" in out and "554 5.7.1" in out,
               f"without a password: {out}")
        project.environment |= {"MUSTER_SMTP_USER": server.text("user"), "MUSTER_SMTP_PASSWORD": "wrong"}
        out = project.run("outbox", "flush", exit=5)
        expect("535 5.7.8" in out, f"a wrong password: {out}")
        del project.environment["MUSTER_SMTP_PASSWORD"]
        project.environment["MUSTER_SMTP_PASSWORD_FILE"] = str(server.folder / "password")
        begin = time.monotonic()
        out = project.run("outbox", "flush", exit=5)
        seconds = time.monotonic() - begin
        expect("198 letters delivered" in out, out)
        states = {letter["recipient"]: letter for letter in project.outbox()}
        expect(set(states) == {"nobody@acme.example", "full@acme.example"}, f"{set(states)}")
        expect(states["nobody@acme.example"]["undeliverable"], "somebody is nobody")
        expect("550 5.1.1 <nobody@acme.example>: Recipient address rejected"
               in states["nobody@acme.example"]["lastError"], f"{states}")
        expect("450 4.2.2 <full@acme.example>" in states["full@acme.example"]["lastError"], f"{states}")
        letters = server.letters(198)
        found = read([([to], data) for to, _, data in letters])
        expect(len(letters) == 198 and set(found) == {f"{name}@acme.example" for name in people},
               f"{len(letters)} letters for {len(found)} people")
        for _, via, _ in letters:
            expect("TLSv1.3" in via and "(Authenticated sender: muster@relay.example)" in via, via)
        sessions = re.findall(r"disconnect from .*auth=1 mail=(\d+)", server.text("log"))
        # libcurl leaves a connection on which somebody was refused.
        counts = sorted(map(int, sessions))
        expect(len(counts) == 3 and sum(counts) == 200 and counts[2] > 190,
               f"letters of each connection: {sessions}")
        other = Project(f"smtps://localhost:{server.text('tls')}", ["ann"], **{
            name: value for name, value in project.environment.items() if name.startswith("MUSTER_SMTP")})
        other.apply()
        expect({to for to, _, _ in server.letters(199)} >= {"ann@acme.example"}, "nothing by smtps://")
    return f"198 of 198 letters once in {seconds:.1f} s, 1 undeliverable, 1 deferred"


class Keeper:
    def __init__(self):
        self.messages, self.connections = [], set()

    async def handle_DATA(self, server, session, envelope):
        expect(session.ssl is not None, "no TLS")
        self.connections.add(session.peer)
        self.messages.append((envelope.rcpt_tos, envelope.original_content))
        return "250 2.0.0 taken"


def aiosmtpd():
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


CHECKS = [postfix, aiosmtpd, implicit_tls, libcurl_is_loaded_on_use, urls_are_refused_before_any_write]
