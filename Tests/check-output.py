"""Checks that no name gets out of its place, in any format, as other programs read them.

1. Names that the language accepts, in manifests: the plan, the letters, the store's commands.
2. Names of any characters, written into the store by somebody else: drift, report, export.
3. Names that the language refuses: the diagnostics, which quote them.

The judges are not ours: cmark-gfm for Markdown, Chromium for HTML, Python's email, json and csv.
Each hostile world is compared with the same world in harmless words.

    python3 Tests/check-output.py [NAMES [SEED]]        500 names when not said; MUSTER_BIN is the program
"""

import csv
import email
import email.policy
import html.parser
import io
import json
import os
import pathlib
import random
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
PROGRAM = os.environ.get("MUSTER_BIN", str(ROOT / ".build" / "debug" / "muster"))
BATCH = 500
# Every hostile name has this in it, so that its text is known where it turns up.
MARK = "zq"

PIECES = (
    "<script>document.title='hit'</script>", "<img src=x onerror=\"document.title='hit'\">",
    "<a href=//evil.example>x</a>", "<svg onload=alert(1)>", "</td></table>", "<details open>",
    "</summary>", "</code></pre>", "<!--", "-->", "<b>b</b>", "<style>*{display:none}</style>",
    "![i](//evil.example/i.png)", "[l](//evil.example)", "[l]: //evil.example", "[l][l]",
    "<https://evil.example>", "https://evil.example", "www.evil.example", "mailto:a@b.example",
    "@everyone", "@acme/owners", "#123", "acme/x#1", "GH-12", "`c`", "```", "``", "|", "||",
    "**s**", "__s__", "*e*", "_e_", "~~d~~", "# h", "- [ ] t", "> q", "1. n", "---", "===",
    "\\", "\\|", "&lt;", "&#60;", "&amp;", "$x$", "${{ x }}", "::error::x", "%0A::error::x",
    "=1+1", "+1", "-1", "@SUM(A1)", "=cmd|' /C x'!A0", ",", ";", "\"", "''", "\"\"", "'",
    "\u00e9", "\u674e", "\U0001f642", "\\u001b[31m", "%s%n", "]]>", "<![CDATA[", "<?x?>",
    ":smile:", "{{x}}", "=?utf-8?q?x?=", ": x", "Bcc: eve@evil.example", "javascript:alert(1)",
)  # fmt: skip
# What only a store or a refused manifest can hold.
FORBIDDEN = (
    *map(chr, range(1, 32)), *map(chr, range(127, 160)), "\x1b[2J", "\x1b]0;t\x07", "\x9b31m",
    "\r\nBcc: eve@evil.example", "\n.\n", "\r", "\n\n# h\n", "\u2028", "\u2029", "\u202e",
    "\u2066", "\u2069", "\u200b", "\u200e", "\u200f", "\u061c", "\u2060", "\ufeff", "\u00ad",
    "\U000e0041", "\U000e007f", "\ufdd0", "\uffff",
)  # fmt: skip
UNSEEN = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff"
    "\ufdd0-\ufdef\uffff\U000e0000-\U000e007f]"
)
MARKUP = {
    "p", "table", "thead", "tbody", "tr", "th", "td", "details", "summary", "ul", "ol", "li",
    "blockquote", "pre", "code", "wbr", "br", "hr", "h1", "h2", "h3", "h4", "strong", "em", "sub",
}  # fmt: skip


def quoted(text):
    """A text in YAML's double quotes; what cannot be seen as an escape."""
    scalars = []
    for scalar in text:
        if scalar in '"\\':
            scalars.append("\\" + scalar)
        elif UNSEEN.match(scalar) or scalar == "\n":
            scalars.append(f"\\U{ord(scalar):08x}")
        else:
            scalars.append(scalar)
    return '"' + "".join(scalars) + '"'


def names(dice, count, pieces):
    """Names of up to six pieces; none twice."""
    for number in range(count):
        parts = [dice.choice(pieces) for _ in range(dice.randint(1, 6))]
        parts.insert(dice.randrange(len(parts) + 1), f"{MARK}{number}{MARK}")
        yield dice.choice(("", " ")).join(parts)[:190]


class Page(html.parser.HTMLParser):
    """Elements with their attributes, and the texts with the elements around them."""

    EMPTY = {"br", "hr", "img", "input", "link", "meta", "wbr"}

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.elements, self.texts, self.open = [], [], []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        if tag not in self.EMPTY:
            self.open.append(tag)

    def handle_endtag(self, tag):
        if tag in self.open:
            while self.open.pop() != tag:
                pass

    def handle_data(self, data):
        self.texts.append((tuple(self.open), data))

    def handle_comment(self, data):
        self.elements.append(("!--", {}))


class Unexpected(Exception):
    """The program ended in another way than it should: the rest would say nothing."""


class World:
    """A project with a store, and what the program says of it."""

    def __init__(self, folder, texts, faults):
        self.folder, self.texts, self.faults = pathlib.Path(folder), texts, faults
        self.outputs = 0
        self.folder.mkdir()
        (self.folder / "muster.yaml").write_text(
            "kind: Project\nname: acme-access\nguards: { maxMails: 100000 }\ninvitations:\n"
            "  from: Acme <access@acme.example>\n  acceptURL: https://access.acme.example/a\n"
        )

    def write(self):
        values = [quoted(text) for text in self.texts]
        parts = [
            f"kind: Role\nname: access_read\ntitle: {values[0]}\ndescription: {values[-1]}\n",
            f"kind: Tenant\nname: production\ntitle: {values[1]}\n"
            "availableRoles: [access_read]\nmanagement: additive\n",
            f"kind: Identity\ncode: io.acme.plant1\ntenant: production\ntitle: {values[2]}\nusers:\n"
            "  - { email: joe@client.example, admin: true }\n"
            + "".join(
                f"  - {{ email: u{number}@client.example, roles: [{text.replace(',', ';')}] }}\n"
                for number, text in enumerate(values[:100])
            ),
        ]
        for number, text in enumerate(values):
            rights = "permissions: [invite_admins, assign_permissions, assign_roles]\n    "
            parts.append(
                f"kind: Admin\nemail: a{number:05}@acme.example\nfirstName: {text}\nlastName: "
                f"{values[number - 1]}\nmobile: \"+316123{number:05}\"\nmemberships:\n"
                f"  - tenant: production\n    {rights if number < 20 else ''}"
                f"roles: [access_read]\n    reason: {text}\n"
            )
        (self.folder / "access.yaml").write_text("---\n".join(parts))

    def muster(self, *words, exits=(0,)):
        run = subprocess.run(
            [PROGRAM, "-C", self.folder, *words],
            capture_output=True,
            env={"PATH": os.environ["PATH"], "HOME": str(self.folder), "COLUMNS": "100",
                 "MUSTER_CLOCK": "2026-11-22T10:00:00Z", "SWIFT_BACKTRACE": "enable=no"},
            check=False,
        )  # fmt: skip
        self.outputs += 1
        what = " ".join(words[:3])
        if run.returncode not in exits:
            said = run.stderr.decode(errors="replace") + run.stdout.decode(errors="replace")
            self.faults.append(f"{what}: exit {run.returncode}: {said[:300]}")
            raise Unexpected
        self.unseen(what + " (standard error)", run.stderr)
        return run.stdout

    def unseen(self, what, data, lines="\n"):
        """Nothing that a terminal acts upon, or does not show."""
        try:
            text = data.decode()
        except UnicodeDecodeError as error:
            self.faults.append(f"{what}: {error}")
            return ""
        found = UNSEEN.search(text.replace("\r\n", "\n") if lines == "\r\n" else text)
        if found:
            context = text[max(0, found.start() - 40) : found.end() + 20]
            self.faults.append(f"{what}: {context!r}")
        return text

    def json(self, what, data):
        text = self.unseen(what, data)
        if "</" in text:
            self.faults.append(f"{what}: `</` in JSON")
        try:
            return json.loads(text)
        except ValueError as error:
            self.faults.append(f"{what}: {error}")

    def markdown(self, what, data):
        text = self.unseen(what, data)
        # Of a long plan GitHub shows the same: it is cut by the program.
        rendered = subprocess.run(
            ["cmark-gfm", "--unsafe", "-e", "table", "-e", "autolink", "-e", "strikethrough",
             "-e", "tasklist"],
            input=text.encode(), capture_output=True, check=True,
        ).stdout.decode()  # fmt: skip
        page = Page(rendered)
        for tag, attributes in page.elements:
            if tag not in MARKUP or set(attributes) - {"align"}:
                self.faults.append(f"{what}: <{tag}> {attributes}"[:200])
        for around, text in page.texts:
            if MARK in text and not {"code", "pre"} & set(around):
                self.faults.append(f"{what}: a name outside of code: {text[:80]!r}")
            if not {"code", "pre"} & set(around) and re.search(r"(^|\W)(@\w|#\d)", text):
                self.faults.append(f"{what}: a mention: {text[:80]!r}")
            if MARK in text and {"em", "strong", "del", "h1", "h2", "h3"} & set(around):
                self.faults.append(f"{what}: a name is set in {around}")

    def annotations(self, what, data):
        for line in self.unseen(what, data).splitlines():
            if not re.match(r"::(error|warning|notice)( [a-zA-Z]+=[^:]*)?::", line):
                self.faults.append(f"{what}: {line[:80]!r}")
            elif line.count("::error") + line.count("::warning") + line.count("::notice") > 1:
                # Within the message it is text; at the beginning of a line it would act.
                continue

    def formats(self, *words, exits, kinds):
        for kind in kinds:
            data = self.muster(*words, "--format", kind, exits=exits)
            what = f"{' '.join(words[:2])} as {kind}"
            if kind in ("json", "sarif"):
                self.json(what, data)
            elif kind == "markdown":
                self.markdown(what, data)
            elif kind == "github":
                self.annotations(what, data)
            elif kind == "junit":
                Page(self.unseen(what, data))
            elif kind == "csv":
                self.table(what, data)
            else:
                self.unseen(what, data)

    def table(self, what, data):
        rows = list(csv.reader(io.StringIO(self.unseen(what, data, "\r\n"), newline="")))
        if len({len(row) for row in rows}) != 1:
            self.faults.append(f"{what}: rows of {({len(row) for row in rows})} cells")
        for cell in (cell for row in rows for cell in row):
            if cell[:1] in tuple("=+-@\t\r"):
                self.faults.append(f"{what}: a formula: {cell[:40]!r}")

    def letters(self):
        """What mail programs see: the headers, and the elements of the page in each letter."""
        shapes = []
        folder = self.folder / ".muster" / "mail" / "new"
        for path in sorted(folder.iterdir() if folder.is_dir() else ()):
            data = path.read_bytes()
            message = email.message_from_bytes(data, policy=email.policy.default)
            if message.defects or len(message["to"].addresses) != 1:
                self.faults.append(f"a letter: {message.defects} {message['to']}")
            if b"\r" in data or b"\0" in data or max(map(len, data.split(b"\n"))) > 998:
                self.faults.append("a letter: CR, NUL or a long line in a maildir")
            parts = list(message.iter_parts())
            page = Page(parts[1].get_content())
            for part in parts:
                self.unseen("a letter", part.get_content().encode(), "\r\n")
            for link in (values.get("href") for _, values in page.elements if "href" in values):
                if not link.startswith("https://access.acme.example/a/"):
                    self.faults.append(f"a letter: a link to {link}")
            shapes.append(
                (message["to"].addresses[0].addr_spec, tuple(sorted(map(str.lower, message.keys()))),
                 tuple((tag, tuple(sorted(values))) for tag, values in page.elements))
            )  # fmt: skip
        return sorted(shapes)

    def store(self, texts):
        """What somebody with a console of the store could write."""
        store = sqlite3.connect(self.folder / ".muster" / "store.db")
        for number, text in enumerate(texts):
            store.execute(
                "UPDATE accounts SET first_name = ?, last_name = ? WHERE email = ?",
                (text, texts[number - 1], f"a{number:05}@acme.example"),
            )
            store.execute(
                "INSERT INTO accounts VALUES (?, ?, ?, ?, NULL, NULL, 'Activated', 0, 0)",
                (f"e{number}@acme.example", f"e{number}@acme.example", text, text),
            )
            store.execute(
                "INSERT INTO memberships VALUES ('production', ?, 0)", (f"e{number}@acme.example",)
            )
        store.execute("UPDATE tenants SET title = ?", (texts[0],))
        store.execute("UPDATE roles SET title = ?, description = ?", (texts[1], texts[2]))
        store.execute("UPDATE identities SET title = ?", (texts[3],))
        store.execute("UPDATE foreign_changes SET who = ?", (texts[4],))
        store.commit()
        store.close()

    def page(self):
        """The report as Chromium builds it."""
        path = self.folder / "report.html"
        self.muster("report", "--operator", "--out", str(path))
        self.unseen("the report", path.read_bytes())
        shown = subprocess.run(
            ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
             f"--user-data-dir={self.folder}/chromium", "--dump-dom", path.as_uri()],
            capture_output=True, timeout=300, check=True,
        ).stdout.decode()  # fmt: skip
        page = Page(shown)
        titles = [text for around, text in page.texts if around[-1:] == ("title",)]
        if any("hit" == title for title in titles) or MARK in "".join(titles):
            self.faults.append(f"the report: its title is {titles}")
        for tag, values in page.elements:
            if any(name.startswith("on") for name in values) or tag in (
                "img", "iframe", "object", "embed", "svg", "base", "form",
            ):  # fmt: skip
                self.faults.append(f"the report: <{tag}> {values}"[:200])
        return sorted((tag, tuple(sorted(values))) for tag, values in page.elements)


EVERY = ("text", "json", "markdown", "github", "sarif")


def look(world, strange):
    """All commands over one world; the shapes of its letters and of its page."""
    world.write()
    world.formats("validate", exits=(0,), kinds=EVERY)
    world.formats("plan", "--operator", exits=(0,), kinds=EVERY)
    world.muster("apply", "--operator", "--yes")
    letters = world.letters()
    for words, kinds in (
        (("status",), ("text", "json")), (("history", "1"), ("text", "json")),
        (("invitation", "list"), ("text", "json")), (("outbox", "list"), ("text", "json")),
        (("who-can", "access_read", "--tenant", "production"), ("text", "json", "csv")),
        (("why", "a00001@acme.example"), ("text", "json")), (("test",), ("text", "json", "junit")),
        (("export",), ("text",)), (("audit", "verify"), ("text", "json")),
    ):  # fmt: skip
        world.formats(*words, "--operator", exits=(0,), kinds=kinds)
    world.store(strange)
    world.formats("plan", "--operator", exits=(0, 3), kinds=EVERY)
    world.formats("drift", "--operator", exits=(2,), kinds=EVERY)
    for words, kinds in (
        (("status",), ("text", "json")),
        (("who-can", "access_read", "--tenant", "production"), ("text", "json", "csv")),
        (("why", "e1@acme.example"), ("text", "json")),
    ):  # fmt: skip
        world.formats(*words, "--operator", exits=(0,), kinds=kinds)
    # What no manifest may say is not exported, and this is said.
    world.formats("export", "--operator", exits=(0, 1), kinds=("text",))
    return letters, world.page()


def refuse(world, texts):
    """Names that are refused, each in a file of its own, for a file tells twenty mistakes."""
    world.texts = ["One", "Two", "Three"]
    world.write()
    for number, text in enumerate(texts):
        (world.folder / f"refused{number}.yaml").write_text(
            f"kind: Members\ntenant: {quoted(text)}\nadmins:\n  - email: {quoted(text)}\n"
            f"    roles: [{quoted(text)}]\n    {quoted(text)}: x\n# "
            + text.replace("\n", " ") + "\n",
        )
    world.formats("validate", exits=(65,), kinds=EVERY)


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 500
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    faults, outputs, letters = [], 0, 0
    for first in range(0, count, BATCH):
        dice = random.Random(f"{seed} {first}")
        size = min(BATCH, count - first)
        accepted = list(names(dice, size, PIECES))
        strange = list(names(dice, size, PIECES + FORBIDDEN * 2))
        with tempfile.TemporaryDirectory() as folder:
            plain = World(f"{folder}/plain", [f"Name{n}" for n in range(size)], faults)
            hostile = World(f"{folder}/hostile", accepted, faults)
            refused = World(f"{folder}/refused", [], faults)
            try:
                expected = look(plain, [f"Other{n}" for n in range(size)])
                found = look(hostile, strange)
                refuse(refused, strange)
            except Unexpected:
                return "\n".join(faults)
            for name, shape, other in zip(("letters", "report"), expected, found):
                if shape != other:
                    faults.append(f"the {name} of names {first} to {first + size}: other elements")
            letters += len(found[0])
            outputs += hostile.outputs + refused.outputs
            # Chromium may still be tidying up.
            shutil.rmtree(folder, ignore_errors=True)
            os.makedirs(folder, exist_ok=True)
        if faults:
            return "\n".join([*faults[:20], f"{len(faults)} faults, seed {seed}"])
    if letters < count:
        return f"only {letters} letters were read"
    print(f"{count} names in {outputs} outputs and {letters} letters: each stayed in its place")
    return None


if __name__ == "__main__":
    sys.exit(main())
