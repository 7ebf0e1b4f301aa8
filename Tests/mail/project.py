"""A project that invites people, the program in it, and what came of its letters."""

import collections
import email
import email.policy
import json
import os
import pathlib
import re
import ssl
import subprocess
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
PROGRAM = pathlib.Path(os.environ.get("MUSTER_BIN", ROOT / ".build" / "debug" / "muster"))
BASE = pathlib.Path(tempfile.mkdtemp(prefix="muster-mail-"))
PASSWORD = "a secret of 24 characters"


def expect(condition, what):
    if not condition:
        raise AssertionError(what)


def stdout_of(*words):
    return subprocess.run([*map(str, words)], check=True, capture_output=True, text=True).stdout


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


class Project:
    """A folder with a project that invites people, and the program in it."""

    def __init__(self, delivery, people=("ann", "bob", "cat"), **environment):
        self.folder = pathlib.Path(tempfile.mkdtemp(dir=BASE))
        self.environment = {
            "PATH": os.environ["PATH"], "HOME": str(self.folder), "MUSTER_ACTOR": "",
            "SWIFT_BACKTRACE": "enable=no", **environment}
        self.write(delivery)
        documents = ["kind: Tenant\nname: production\n"] + [
            f"kind: Admin\nemail: \"{name}@acme.example\"\nfirstName: Zoë {name}\nlastName: Bee\n"
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
