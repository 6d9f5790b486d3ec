"""What GitHub runs for us is well formed and safe, and its shell steps do what they say, tried here without GitHub."""

import json
import os
import re
import runpy
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml
from packaging.specifiers import SpecifierSet

from brief.print import system_deps
from tests.conftest import ROOT

FILES = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
BIN = Path(sys.executable).parent
dry_run = runpy.run_path(str(ROOT / ".ci" / "publish_dry_run.py"))
program = dry_run["program"]
STEPS = [
    (path.name, number, step)
    for path in FILES
    for job in yaml.safe_load(path.read_text("utf-8"))["jobs"].values()
    for number, step in enumerate(job["steps"])
]
SCRIPTS = [pytest.param(s["run"], id=f"{name}-{s.get('name', n)}") for name, n, s in STEPS if "run" in s]


def validate(schema: str, *paths: Path) -> None:
    """By check-jsonschema and the schemas that it brings."""
    command = [BIN / "check-jsonschema", "--builtin-schema", schema]
    result = subprocess.run([*command, *map(str, paths)], capture_output=True, text=True)
    assert result.returncode == 0, result.stdout + result.stderr


def script(file: str, name: str) -> str:
    (step,) = [step for path, _n, step in STEPS if path == file and step.get("name") == name]
    return step["run"]


def run(text: str, folder: Path, path: Path | None = None, **variables: str) -> subprocess.CompletedProcess:
    """A step as GitHub runs it; programs in `path` stand for those that are not to be run here."""
    names = {"PATH": f"{path}:{os.environ['PATH']}"} if path else {}
    return dry_run["shell"](text, folder, **names, **variables)


def zizmor(folder: Path) -> subprocess.CompletedProcess:
    """Audit what stands in `folder`, by the rules that need no network."""
    return subprocess.run([BIN / "zizmor", "--offline", "--no-progress", folder], capture_output=True, text=True)


def test_the_workflows_are_valid():
    assert {path.name for path in FILES} == {"test.yml", "publish.yml", "preview.yml"}
    validate("vendor.github-workflows", *FILES)
    validate("custom.github-workflows-require-timeout", *FILES)
    validate("vendor.dependabot", ROOT / ".github" / "dependabot.yml")


def test_what_has_reviewers_of_its_own_is_there():
    rules = [line.split() for line in (ROOT / ".github" / "CODEOWNERS").read_text("utf-8").splitlines()]
    rules = [rule for rule in rules if rule and rule[0] != "#"]
    assert rules[0][0] == "*"  # the last rule that fits holds
    for path, team, *_ in rules:
        assert path == "*" or (ROOT / path.strip("/")).exists(), path
        assert re.fullmatch(r"@[\w-]+/[\w-]+", team), team


def test_the_development_container_has_a_pinned_python_and_ends_with_the_built_book():
    made = json.loads((ROOT / ".devcontainer" / "devcontainer.json").read_text("utf-8"))
    version = re.fullmatch(r"docker\.io/library/python:(3\.11\.\d+)-bookworm", made["image"])[1]
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert version in SpecifierSet(project["requires-python"])
    assert made["postCreateCommand"] == "make book"
    asked = set(re.findall(r"need\+=\(([\w.-]+)\)", (ROOT / ".ci" / "run").read_text("utf-8")))
    assert set(made["onCreateCommand"].split()) >= asked - {"make", "git", "python3-venv"}  # these the image has


def test_the_workflows_are_safe():
    result = zizmor(ROOT / ".github")
    assert result.returncode == 0, result.stdout


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        ("@fbc6f3992d24b796d5a048ff273f7fcc4a7b6c09", "@v5", "unpinned-uses"),
        ("          persist-credentials: false\n", "", "artipacked"),
        (
            '          python-version: "3.11"\n',
            '          python-version: "3.11"\n          cache: pip\n',
            "cache-poisoning",
        ),
        ('VERSION="$VERSION" SITE', 'VERSION="${{ github.ref_name }}" SITE', "template-injection"),
        ("permissions:\n  contents: read\n", "permissions: write-all\n", "excessive-permissions"),
    ],
)
def test_an_unsafe_workflow_is_named(tmp_path, old, new, rule):
    text = (ROOT / ".github" / "workflows" / "publish.yml").read_text("utf-8")
    assert old in text
    (tmp_path / ".github" / "workflows").mkdir(parents=True)
    (tmp_path / ".github" / "workflows" / "publish.yml").write_text(text.replace(old, new), "utf-8")
    result = zizmor(tmp_path)
    assert result.returncode != 0 and f"[{rule}]" in result.stdout, result.stdout


def test_every_action_is_pinned_to_a_commit_with_its_version():
    lines = [line for path in FILES for line in path.read_text("utf-8").splitlines() if "uses:" in line]
    pins = {tuple(re.fullmatch(r".*uses: (\S+)@([0-9a-f]{40}) # (v\d+\.\d+\.\d+)", line).groups()) for line in lines}
    assert len(pins) == len({action for action, _sha, _version in pins}), "one version of each"


@pytest.mark.parametrize("text", SCRIPTS)
def test_a_shell_step_is_sound_and_takes_no_text_from_outside(text):
    command = [BIN / "shellcheck", "--severity=warning", "-"]
    result = subprocess.run(command, input=f"#!/usr/bin/bash -e\n{text}", capture_output=True, text=True)
    assert result.returncode == 0, result.stdout + result.stderr
    assert "${{" not in text, "GitHub pastes this into the script: hand it over as a variable"


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.name)
def test_a_job_that_may_write_runs_no_code_of_the_book(path):
    workflow = yaml.safe_load(path.read_text("utf-8"))
    assert workflow["permissions"] == {"contents": "read"}
    assert "pull_request_target" not in workflow[True]  # YAML 1.1 reads `on` as true
    for job in workflow["jobs"].values():
        used = {step["uses"].partition("@")[0] for step in job["steps"] if "uses" in step}
        if job.get("permissions"):
            assert used == {"actions/download-artifact"}, "it has nothing but what another job made"
        for step in job["steps"]:
            options = step.get("with", {})
            assert not ({"cache", "cache-dependency-path"} & options.keys()), "what is installed is locked, not kept"
            if "actions/checkout" in step.get("uses", ""):
                assert options["persist-credentials"] is False


@pytest.fixture(autouse=True)
def clock(monkeypatch):
    """Commits of one day, so that their order is that of their making."""
    monkeypatch.setenv("GIT_AUTHOR_DATE", "2026-11-24T12:00:00Z")
    monkeypatch.setenv("GIT_COMMITTER_DATE", "2026-11-24T12:00:00Z")


def test_the_edition_is_frozen_where_pdfs_can_be_made():
    install = script("publish.yml", "Install what PDFs need")
    assert set(system_deps.PACKAGES) <= set(install.split())
    names = [step.get("name") for path, _n, step in STEPS if path == "publish.yml"]
    assert names.index("Install what PDFs need") < names.index("Freeze the edition")


@pytest.fixture
def published(tmp_path):
    """A repository on a server, a clone of it, and a `make` that only puts an edition's files in their places."""
    program(
        tmp_path / "bin",
        "make",
        'mkdir -p "site/$VERSION" editions && echo "$VERSION" > "site/$VERSION/index.html"\n'
        '[ -f "editions/$VERSION.json" ] || echo "{}" > "editions/$VERSION.json"',
    )
    program(tmp_path / "bin", "gh", '[ "$*" = "auth setup-git" ]')
    script = """
        git init -q --bare server.git -b main && git clone -q server.git book 2>&1 && cd book
        git checkout -q -b main && echo site/ > .gitignore && mkdir editions && echo "{}" > editions/2026.12.json
        git add -A && git -c user.name=E -c user.email=e@example.org commit -qm First && git push -q origin main
    """
    made = run(script, tmp_path)
    assert made.returncode == 0, made.stderr
    return tmp_path


def publish(place: Path, version: str) -> str:
    """What `make publish-dry-run` does, on this server."""
    return dry_run["publish"](place, version)[1]


def test_the_first_edition_begins_the_site_and_the_next_stands_beside_it(published):
    first = publish(published, "2026.11")
    assert "::warning::Commit editions/2026.11.json" in first and "missing=true" in first
    second = publish(published, "2026.12")
    assert "::warning::" not in second and "missing" not in second, "the record of 2026.12 is committed"
    assert site(published) == [
        "Edition 2026.12",
        "Edition 2026.11",
        ".nojekyll",
        "2026.11/index.html",
        "2026.12/index.html",
    ]
    shallow = run("git rev-parse --is-shallow-repository", published / "2026.12")
    assert shallow.stdout == "false\n", "chapters would lose their dates"


@pytest.mark.parametrize("harm", ["echo other > site/2026.11/index.html", "rm site/2026.11/index.html"])
def test_an_edition_that_is_published_is_not_touched(published, harm):
    publish(published, "2026.11")
    program(published / "bin", "make", f'mkdir -p "site/$VERSION" && echo new > "site/$VERSION/index.html"\n{harm}')
    said = publish(published, "2026.12")
    assert "::error::Published editions must stay as they are" in said and "2026.11/index.html" in said
    assert site(published) == ["Edition 2026.11", ".nojekyll", "2026.11/index.html"]


def test_a_site_that_moved_on_meanwhile_is_not_overwritten(published):
    publish(published, "2026.11")
    push = """
        git clone -q -b gh-pages ../server.git other && cd other && echo new > README
        git add -A && git -c user.name=E -c user.email=e@example.org commit -qm Between && git push -q origin gh-pages
    """
    program(published / "bin", "make", f'mkdir -p "site/$VERSION" && echo a > "site/$VERSION/index.html"\n{push}')
    said = publish(published, "2026.12")
    assert "rejected" in said and site(published)[:2] == ["Between", "Edition 2026.11"]


def site(place: Path) -> list[str]:
    """The messages of the commits on gh-pages, the newest first, then the files of the newest."""
    shown = "git clone -q -b gh-pages server.git site && cd site && git log --format=%s && git ls-files"
    result = run(f"rm -rf site && {shown}", place)
    assert result.returncode == 0, result.stderr
    return result.stdout.splitlines()


@pytest.mark.parametrize(
    ("known", "call"),
    [
        ("", "api --method POST repos/o/r/issues/7/comments --field body=@report.md --silent"),
        ("41\n42\n", "api --method PATCH repos/o/r/issues/comments/41 --field body=@report.md --silent"),
    ],
    ids=["the first time", "the next time"],
)
def test_a_request_has_one_comment(tmp_path, known, call):
    (tmp_path / "known").write_text(known, "utf-8")
    program(tmp_path / "bin", "gh", 'echo "$@" >> calls; [[ "$*" == *--paginate* ]] && cat known || true')
    text = script("preview.yml", "Post the list, or update the one that is there")
    result = run(text, tmp_path, tmp_path / "bin", COMMENTS="repos/o/r/issues/7/comments", OURS=".[]")
    assert result.returncode == 0, result.stderr
    asked, written = (tmp_path / "calls").read_text("utf-8").splitlines()
    assert asked == "api --paginate repos/o/r/issues/7/comments --jq .[] | .id"
    assert written == call


@pytest.mark.parametrize("lines", [3, 3000], ids=["short", "long"])
def test_the_list_fits_a_comment(tmp_path, lines):
    told = f'for n in $(seq {lines}); do echo "- talent.fact-$n: 100,000 → 90,000 (-10.0%)"; done'
    drawn = 'mkdir -p "$7" && echo > "$7/index.html"\n' if lines == 3 else ""
    program(tmp_path / ".venv" / "bin", "python", drawn + told)
    compared = run(script("preview.yml", "Compare with the base"), tmp_path, BASE="main")
    assert compared.returncode == 0, compared.stderr
    text, summary = script("preview.yml", "Say what changed"), tmp_path / "summary.md"
    names = {"BASE": "main", "SITE_URL": "https://example.org/site", "GITHUB_STEP_SUMMARY": str(summary)}
    result = run(text, tmp_path, **names)
    assert result.returncode == 0, result.stderr
    report = (tmp_path / "report.md").read_text("utf-8")
    assert report.startswith("<!-- what-changed -->\n") and report == summary.read_text("utf-8")
    assert "- talent.fact-3: 100,000 → 90,000 (-10.0%)" in report and len(report) < 65536
    assert ("make changes SINCE=origin/main" in report) == (lines == 3000)
    assert "[The built site](https://example.org/site)" in report
    assert ("before and after in its `changes/index.html`" in report) == (lines == 3)
    listed = [line for line in report.splitlines() if line.startswith("- ")]
    assert all(line.endswith("(-10.0%)") for line in listed) and (lines == 3) == (len(listed) == lines)
