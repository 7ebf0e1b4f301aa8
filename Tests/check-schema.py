"""Checks the schema against the examples with a validator that is not ours.

1. `muster schema` prints what schema/ holds.
2. Every document of the examples is valid, as check-jsonschema sees it. It takes one document a
   file, so they are split first; and scalars stay texts, as the language has it.
3. Documents that are wrong in ways a schema can see are not.
"""

import json
import pathlib
import re
import subprocess
import sys
import tempfile

import yaml

ROOT = pathlib.Path(__file__).resolve().parent.parent
SCHEMA = next(iter(sorted((ROOT / "schema").glob("*.json"))), None)
PROGRAM = ROOT / ".build" / "debug" / "muster"

# What is wrong here can be seen without knowing the other documents.
WRONG = {
    "an unknown field": {"kind": "Admin", "email": "ann@acme.example", "fristName": "Ann"},
    "an unknown kind": {"kind": "Person", "email": "ann@acme.example"},
    "a missing key": {"kind": "Identity", "code": "io.acme.plant1"},
    "a wrong word": {"kind": "Tenant", "name": "production", "management": "authoritive"},
    "a text for a list": {"kind": "Members", "tenant": "production", "admins": "ann"},
}


class Loader(yaml.SafeLoader):
    """Takes scalars as they are written; only true and false, null and numbers are not texts."""


Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag.endswith((":int", ":null"))]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
    if first not in "+"
}
for first in "tf":
    Loader.add_implicit_resolver(
        "tag:yaml.org,2002:bool", re.compile("^(?:true|false)$"), [first]
    )


def documents():
    for path in sorted((ROOT / "examples").rglob("*.yaml")):
        parts = path.relative_to(ROOT).parts
        if parts[1] in ("broken", "ci") or any(part.startswith(".") for part in parts):
            continue
        for number, document in enumerate(yaml.load_all(path.read_text(), Loader), 1):
            if document is not None:
                yield f"{path.relative_to(ROOT)}, document {number}", document


def check(files):
    program = pathlib.Path(sys.executable).parent / "check-jsonschema"
    return subprocess.run(
        [program, "--schemafile", SCHEMA, *files], capture_output=True, text=True, check=False
    )


def main():
    if SCHEMA is None:
        return "schema/ is empty: write it with `muster schema`"
    printed = subprocess.run([PROGRAM, "schema"], capture_output=True, text=True, check=True)
    if printed.stdout != SCHEMA.read_text():
        return f"`muster schema` does not print {SCHEMA.relative_to(ROOT)}: write it again"
    with tempfile.TemporaryDirectory() as folder:
        names = {}
        for number, (name, document) in enumerate(documents(), 1):
            path = pathlib.Path(folder) / f"{number:04}.json"
            path.write_text(json.dumps(document))
            names[path.name] = name
        if len(names) < 20:
            return f"only {len(names)} documents were found in the examples"
        result = check(sorted(pathlib.Path(folder).glob("*.json")))
        if result.returncode != 0:
            text = result.stdout + result.stderr
            for path, name in names.items():
                text = text.replace(f"{folder}/{path}", name)
            return text
        for name, document in WRONG.items():
            path = pathlib.Path(folder) / "wrong.json"
            path.write_text(json.dumps(document))
            if check([path]).returncode == 0:
                return f"the schema takes a document with {name}"
    print(f"{len(names)} documents of the examples are valid, {len(WRONG)} wrong ones are not")
    return None


if __name__ == "__main__":
    sys.exit(main())
