"""Run publish.yml here: its own shell steps, on a clone of the last commit, with a folder for GitHub's server.

Nothing leaves this machine. `make publish-dry-run` leaves what would be pushed in _build/dry-run, with the site in
_build/dry-run/site.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import yaml

ROOT = Path(__file__).parent.parent
WORKFLOW = ROOT / ".github" / "workflows" / "publish.yml"


def shell(text: str, folder: Path, **variables: str) -> subprocess.CompletedProcess:
    """A step as GitHub runs it; `PATH` of `variables` may lead to programs that stand for others."""
    environment = os.environ | variables
    return subprocess.run(["bash", "-e", "-c", text], cwd=folder, env=environment, capture_output=True, text=True)


def program(folder: Path, name: str, text: str) -> None:
    """A program that stands for another of that name."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(f"#!/usr/bin/env bash\nset -eu\n{text}\n", "utf-8")
    (folder / name).chmod(0o755)


def publish(place: Path, version: str, prepare: Callable[[Path], None] = lambda _: None) -> tuple[int, str]:
    """Every shell step on the server `place`/server.git, with the programs in `place`/bin first: a fresh clone, which
    `prepare` may change, for the first job and an empty folder for the second.

    Returns the last step's status, and what the steps say and leave for one another.
    """
    book, pushing, output = place / version, place / f"{version}-push", place / f"{version}.output"
    pushing.mkdir()
    output.touch()
    subprocess.run(["git", "clone", "-q", place / "server.git", book], check=True)
    prepare(book)
    said, names = "", {"VERSION": version, "GITHUB_OUTPUT": str(output), "SERVER": str(place / "server.git")}
    names |= {"PATH": f"{place / 'bin'}:{os.environ['PATH']}"}
    workflow = yaml.safe_load(WORKFLOW.read_text("utf-8"))
    for job, folder in (("edition", book), ("push", pushing)):
        for step in workflow["jobs"][job]["steps"]:
            if "run" in step:
                done = shell(step["run"], folder, **names)
                said += f"--- {step['name']}\n{done.stdout}{done.stderr}"
                if done.returncode:
                    return done.returncode, said
        if job == "edition":
            (book / "site.bundle").rename(pushing / "site.bundle")
    return 0, said + output.read_text("utf-8")


def _with_our_packages(book: Path) -> None:
    """Let a clone use what is installed here, and not install it again."""
    (book / ".venv").symlink_to(ROOT / ".venv")
    for name in ("pyproject.toml", "requirements.lock"):
        os.utime(book / name, (0, 0))


def main() -> int:
    """Publish the last commit as the edition that its CITATION.cff names."""
    version = yaml.safe_load((ROOT / "CITATION.cff").read_text("utf-8"))["version"]
    place = ROOT / "_build" / "dry-run"
    shutil.rmtree(place, ignore_errors=True)
    program(place / "bin", "gh", '[ "$*" = "auth setup-git" ]')
    subprocess.run(["git", "clone", "-q", "--bare", ROOT, place / "server.git"], check=True)
    status, said = publish(place, version, _with_our_packages)
    print(said)
    if not status:
        subprocess.run(["git", "clone", "-q", "-b", "gh-pages", place / "server.git", place / "site"], check=True)
        print(f"What would be pushed as gh-pages: {place / 'site'}")
    return status


if __name__ == "__main__":
    sys.exit(main())
