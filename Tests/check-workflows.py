"""Checks the workflows of examples/ci, and rehearses them.

1. They follow the schemas of GitHub Actions and GitLab CI, and pre-commit reads its files.
2. shellcheck finds nothing in their scripts.
3. Their scripts do what they say: they run in a repository of their own, with this program and
   with stand-ins for the platforms' own tools. A pull request is planned and merged, a plan is
   swapped, the store is changed behind git's back.
"""

import html
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

import yaml

ROOT = pathlib.Path(__file__).resolve().parent.parent
CI = ROOT / "examples" / "ci"
GITHUB = {path.stem: path for path in sorted((CI / "github").glob("*.yml"))}
GITLAB = CI / "gitlab" / ".gitlab-ci.yml"
PROGRAM = pathlib.Path(os.environ.get("MUSTER_BIN", ROOT / ".build" / "debug" / "muster"))
TOOLS = pathlib.Path(sys.executable).parent

# Stands in for `gh`: answers from files, and keeps what it is told.
GH = r"""#!/usr/bin/env python3
import json, os, pathlib, shutil, subprocess, sys
desk = pathlib.Path(os.environ["DESK"])
words = sys.argv[1:]
option = lambda name: words[words.index(name) + 1] if name in words else None
def answer(value):
    text = json.dumps(value)
    program = option("--jq")
    if program is None:
        print(text)
        return
    subprocess.run(["jq", "--raw-output", program], input=text, text=True, check=True)
state = json.loads((desk / "state.json").read_text())
match words[:2]:
    case ["api", *_]:
        path = next(word for word in words[1:] if word.startswith("repos/"))
        answer(state["api"][path])
    case ["pr", "comment"]:
        body = pathlib.Path(option("--body-file")).read_text()
        path = f"repos/acme/access/issues/{words[2]}/comments"
        state["api"][path].append({"user": {"login": "github-actions[bot]"}, "body": body})
    case ["run", "list"]:
        answer([{"databaseId": 77}] if option("--commit") == state["planned"] else [])
    case ["run", "download"]:
        shutil.copy(desk / "plan.json", "plan.json")
    case ["issue", "list"]:
        answer([{"number": 5}] if state["issue"] else [])
    case ["issue", "create"] | ["issue", "edit"]:
        state["issue"] = pathlib.Path(option("--body-file")).read_text()
    case ["issue", "close"]:
        state["issue"] = None
    case _:
        sys.exit(f"gh: {words}")
(desk / "state.json").write_text(json.dumps(state))
"""

# Stands in for `curl`: the program's download, and GitLab's interface.
CURL = r"""#!/usr/bin/env python3
import json, os, pathlib, shutil, sys
desk = pathlib.Path(os.environ["DESK"])
words = sys.argv[1:]
option = lambda name: words[words.index(name) + 1] if name in words else None
url = next(word for word in words if word.startswith("https://"))
state = json.loads((desk / "state.json").read_text())
if url == os.environ["MUSTER_URL"]:
    shutil.copy(os.environ["PROGRAM"], option("--output"))
elif option("--form"):
    assert "PRIVATE-TOKEN: a-token" in words
    body = pathlib.Path(option("--form").removeprefix("body=<")).read_text()
    state["notes"].append({"author": {"id": 9}, "body": body})
    (desk / "state.json").write_text(json.dumps(state))
elif url.endswith("/artifacts/plan.json"):
    shutil.copy(desk / "plan.json", option("--output"))
elif url.split("?")[0].endswith("/merge_requests/12/notes"):
    print(json.dumps(state["notes"]))
else:
    print(json.dumps(state["api"][url.removeprefix("https://gitlab.example/api/v4")]))
"""


class Failed(Exception):
    pass


def expect(condition, message):
    if not condition:
        raise Failed(message)


def load(path):
    # `on` is a key of GitHub's, not a boolean.
    loader = type("Loader", (yaml.SafeLoader,), {})
    loader.yaml_implicit_resolvers = {
        first: [pair for pair in pairs if not pair[0].endswith(":bool")]
        for first, pairs in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }
    return yaml.load(path.read_text(), loader)


def run(*command, **options):
    return subprocess.run(command, capture_output=True, text=True, check=False, **options)


def scripts():
    """Every script of every workflow, with a name."""
    for name, path in GITHUB.items():
        for job_name, job in load(path)["jobs"].items():
            for step in job["steps"]:
                if "run" in step:
                    yield f"{name}: {job_name}: {step['name']}", step["run"]
    document = load(GITLAB)
    yield "gitlab: before_script", "\n".join(document["default"]["before_script"])
    for name, job in document.items():
        if isinstance(job, dict) and "script" in job:
            yield f"gitlab: {name}", "\n".join(job["script"])


def lint():
    for schema, files in [
        ("vendor.github-workflows", GITHUB.values()), ("vendor.gitlab-ci", [GITLAB])
    ]:
        result = run(TOOLS / "check-jsonschema", "--builtin-schema", schema, *files)
        expect(result.returncode == 0, result.stdout + result.stderr)
    for command, path in [
        ("validate-config", CI / "pre-commit-config.yaml"),
        ("validate-manifest", ROOT / ".pre-commit-hooks.yaml"),
    ]:
        result = run(TOOLS / "pre-commit", command, path)
        expect(result.returncode == 0, result.stdout + result.stderr)
    count = 0
    for name, script in scripts():
        count += 1
        expect("${{" not in script, f"{name}: an expression inside a script can be injected")
        result = run("shellcheck", "--shell=bash", "--severity=style", "-", input=script)
        expect(result.returncode == 0, f"{name}:\n{result.stdout}")
    expect(count >= 14, f"only {count} scripts were found")


class Rehearsal:
    """A repository with a base, a change of it, a store and a desk where stand-ins lie."""

    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        self.work, self.desk = self.folder / "work", self.folder / "desk"
        self.tools = self.folder / "tools"
        for path in (self.work, self.desk, self.tools, self.folder / "home"):
            path.mkdir()
        for name, text in {"gh": GH, "curl": CURL, "apt-get": "#!/bin/sh\n"}.items():
            (self.tools / name).write_text(text)
            (self.tools / name).chmod(0o755)
        self.environment = {
            "PATH": f"{self.tools}:/usr/bin:/bin", "HOME": str(self.folder / "home"),
            "DESK": str(self.desk), "PROGRAM": str(PROGRAM), "RUNNER_TEMP": str(self.folder),
            "GITHUB_PATH": str(self.folder / "path"), "GITHUB_REPOSITORY": "acme/access",
            "GITHUB_OUTPUT": str(self.folder / "output"),
            "GITHUB_STEP_SUMMARY": str(self.folder / "summary"),
            "MUSTER_CLOCK": "2026-11-22T10:00:00Z", "MUSTER_URL": "https://downloads.example/m",
            "MUSTER_STORE": f"sqlite:{self.folder}/store.db",
            "MUSTER_ACTOR": "ann@acme.example", "MUSTER_INVITATION_KEY": "k" * 64,
            "CI_API_V4_URL": "https://gitlab.example/api/v4", "CI_PROJECT_ID": "3",
            "CI_MERGE_REQUEST_IID": "12", "MUSTER_GITLAB_TOKEN": "a-token",
        }
        self.environment["MUSTER_SHA256"] = self.sh(f"sha256sum '{PROGRAM}'").split()[0]
        self.prepare()

    def sh(self, script, status=0, **variables):
        result = run(
            "bash", "-eo", "pipefail", "-c", script, cwd=self.work,
            env={**self.environment, **variables})
        expect(
            result.returncode == status,
            f"exit {result.returncode} instead of {status} of\n{script}\n"
            f"{result.stdout}{result.stderr}")
        return result.stdout

    def prepare(self):
        """A project in use, and a commit on top of it that adds a member."""
        (self.work / "muster.yaml").write_text(
            "kind: Project\nname: acme\ninvitations:\n"
            "  acceptURL: https://access.acme.example/accept\n")
        people = "".join(
            f"kind: Admin\nemail: {name}@acme.example\nfirstName: {name.title()}\nlastName: Bee\n"
            f'mobile: "+3161234567{number}"\nmemberships:\n  - tenant: production\n'
            "    permissions: [invite_admins, assign_permissions, assign_roles]\n---\n"
            for number, name in enumerate(["ann", "bob"]))
        tenant = "kind: Tenant\nname: production\navailableRoles: [read]\n---\n"
        role = "kind: Role\nname: read\ntitle: Read\n"
        (self.work / "access.yaml").write_text(people + tenant + role)
        (self.work / ".gitignore").write_text(".muster/\nplan.*\ndrift.md\n")
        commit = "git -c user.name=a -c user.email=a@acme.example commit -qam"
        self.sh(f"git init -q -b main && git add . && {commit} base")
        self.sh(f"'{PROGRAM}' apply --operator --yes --quiet")
        for letter in sorted((self.work / ".muster" / "mail" / "new").iterdir()):
            token = re.search(r"/accept/([A-Za-z0-9_-]{20,})", unfold(letter.read_text()))
            self.sh(f"'{PROGRAM}' invitation accept '{token[1]}'")
        base = self.sh("git rev-parse HEAD").strip()
        with (self.work / "access.yaml").open("a") as file:
            file.write(
                "---\nkind: Admin\nemail: cat@acme.example\nfirstName: Cat\nlastName: Dorn\n"
                'mobile: "+31612345679"\nmemberships:\n'
                "  - { tenant: production, roles: [read], expires: 2026-11-30 }\n")
        self.sh(f"{commit} change")
        head = self.sh("git rev-parse HEAD").strip()
        self.environment |= {
            "BASE": base, "CI_MERGE_REQUEST_DIFF_BASE_SHA": base, "PULL_REQUEST": "12",
            "GITHUB_SHA": head, "CI_COMMIT_SHA": head,
        }
        merged = [{"number": 12, "merged_at": "2026-11-22T11:00:00Z"}]
        self.state = {
            "planned": head, "issue": None, "notes": [],
            "api": {
                f"repos/acme/access/commits/{head}/pulls": merged,
                "repos/acme/access/pulls/12": {"head": {"sha": head}},
                "repos/acme/access/issues/12/comments": [],
                f"/projects/3/repository/commits/{head}/merge_requests": [
                    {"iid": 12, "state": "merged"}],
                "/user": {"id": 9},
                "/projects/3/merge_requests/12/pipelines": [{"id": 4, "status": "success"}],
                "/projects/3/pipelines/4/jobs": [{"id": 1, "name": "check"},
                                                 {"id": 2, "name": "plan"}],
            },
        }

    @property
    def state(self):
        return json.loads((self.desk / "state.json").read_text())

    @state.setter
    def state(self, value):
        (self.desk / "state.json").write_text(json.dumps(value))

    def github(self, workflow, job, step, status=0, **variables):
        steps = load(GITHUB[workflow])["jobs"][job]["steps"]
        return self.sh(
            next(found["run"] for found in steps if found.get("name") == step), status, **variables)

    def gitlab(self, job, status=0):
        return self.sh("\n".join(load(GITLAB)[job]["script"]), status)

    def use_program(self):
        (self.tools / "muster").symlink_to(PROGRAM)

    def keep_plan(self):
        shutil.copy(self.work / "plan.json", self.desk / "plan.json")

    def change_the_store(self):
        self.sh(f"sqlite3 '{self.folder}/store.db' \"DELETE FROM membership_permissions "
                "WHERE email = 'bob@acme.example' AND permission = 'assign_roles'\"")


def unfold(text):
    """The plain part of a letter is quoted-printable."""
    return text.replace("=\n", "").replace("=3D", "=")


def rehearse_github(stage):
    stage.github("access-plan", "check", "Install Muster")
    installed = pathlib.Path((stage.folder / "path").read_text().strip()) / "muster"
    expect(os.access(installed, os.X_OK), "the program is not installed")
    stage.github("access-plan", "check", "Install Muster", 1, MUSTER_SHA256="0" * 64)
    stage.use_program()
    no_secrets = {"MUSTER_STORE": "", "MUSTER_ACTOR": "", "MUSTER_INVITATION_KEY": ""}
    shown = stage.github("access-plan", "check", "Validate", **no_secrets)
    stage.github("access-plan", "check", "What this change does", **no_secrets)
    summary = (stage.folder / "summary").read_text()
    expect("1 to add" in summary, f"the comparison does not show the change:\n{summary}")
    for name in ("cat@", "Cat", "Dorn"):
        expect(name not in summary + shown, f"a fork's log tells {name}")

    stage.github("access-plan", "plan", "Plan")
    stage.github("access-plan", "plan", "Show it in the pull request")
    stage.keep_plan()
    (stage.work / "plan.json").unlink()
    # Another workflow comments too, and names a digest.
    state = stage.state
    state["api"]["repos/acme/access/issues/12/comments"].append(
        {"user": {"login": "github-actions[bot]"}, "body": "Image: `sha256:" + "1" * 64 + "`"})
    stage.state = state
    stage.github("access-apply", "apply", "Find the reviewed plan")
    found = (stage.folder / "output").read_text().strip().removeprefix("id=")
    expect(re.fullmatch("sha256:[0-9a-f]{64}", found), f"no id in the comment: {found}")
    stage.github("access-apply", "apply", "Apply it", 65, PLAN_ID="sha256:" + "0" * 64)
    stage.github("access-apply", "apply", "Apply it", PLAN_ID=found)
    expect("already applied" in stage.github("access-apply", "apply", "Apply it", PLAN_ID=found)
           .lower(), "a second run applies again")
    base, state = stage.environment["BASE"], stage.state
    state["api"][f"repos/acme/access/commits/{base}/pulls"] = []
    stage.state = state
    stage.github("access-apply", "apply", "Find the reviewed plan", 1, GITHUB_SHA=base)

    stage.github("access-nightly", "nightly", "Tell drift")
    expect(stage.state["issue"] is None, "an issue about no drift")
    stage.change_the_store()
    stage.github("access-nightly", "nightly", "Tell drift")
    told = html.unescape(stage.state["issue"] or "")
    expect("bob@acme.example" in told, f"drift is not told:\n{told}")
    stage.github("access-nightly", "nightly", "Remove what has expired, and send what is left")
    stage.github("access-nightly", "nightly", "Check the audit chain")
    stage.sh("muster apply --yes --quiet")
    stage.github("access-nightly", "nightly", "Tell drift")
    expect(stage.state["issue"] is None, "the issue stays open")


def rehearse_gitlab(stage):
    stage.use_program()
    shown = stage.gitlab("check")
    expect("1 to add" in shown and "Dorn" not in shown, f"the check shows:\n{shown}")
    stage.gitlab("plan")
    stage.keep_plan()
    state = stage.state
    stage.state = {**state, "notes": [
        *state["notes"], {"author": {"id": 10}, "body": "sha256:" + "0" * 64},
        {"author": {"id": 9}, "body": "Image: `sha256:" + "1" * 64 + "`"}]}
    stage.gitlab("apply")
    expect("already applied" in stage.gitlab("apply").lower(), "a second run applies again")
    stage.gitlab("nightly")
    stage.change_the_store()
    stage.gitlab("nightly", 2)


def rehearse_stale(stage):
    stage.use_program()
    stage.gitlab("plan")
    stage.keep_plan()
    stage.change_the_store()
    stage.gitlab("apply", 4)


def main():
    try:
        lint()
        for rehearse in (rehearse_github, rehearse_gitlab, rehearse_stale):
            with tempfile.TemporaryDirectory() as folder:
                rehearse(Rehearsal(folder))
    except Failed as failure:
        return str(failure)
    print(f"{len(GITHUB) + 1} workflows and a hook follow their schemas and do what they say")
    return None


if __name__ == "__main__":
    sys.exit(main())
