"""A mail relay that does what it is told, and seldom what it should."""

import re
import socket
import threading
import time

from mail.project import CONTEXT


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
        # Taken, unless the answer says that it is not; an answer may also be lost.
        taken = (self.recipients, data)
        self.letters += 1
        self.relay.messages.append(taken)
        if not self.step("dot"):
            self.relay.messages.remove(taken)
