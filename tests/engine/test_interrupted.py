"""Whatever ends a build ends all that it began, at once and quietly, and the last good site stays."""

import os
import signal
import subprocess
import sys
import time
from contextlib import contextmanager, suppress
from pathlib import Path

import psutil
import pytest

# A cell that says where it is, begins a process of its own and never ends.
ENDLESS = """
import pathlib, subprocess, time
own = subprocess.Popen(["sleep", "600"])
pathlib.Path("../_build/reached").write_text(str(own.pid))
time.sleep(600)
"""


AT_ONCE = 25  # seconds, of a machine that does much else: alone it takes one


def until(condition, what: str, seconds: float = 180):
    """Wait for a condition to hold; what it gave."""
    end = time.monotonic() + seconds
    while not (found := condition()):
        assert time.monotonic() < end, f"{what}: not within {seconds} s"
        time.sleep(0.02)
    return found


def family(process) -> list[psutil.Process]:
    """A process and all that it began, and they in turn."""
    assert process.poll() is None, process.stdout.read()
    root = psutil.Process(process.pid)
    return [root, *root.children(recursive=True)]


def gone(processes: list[psutil.Process]) -> bool:
    return not [p for p in processes if p.is_running() and p.status() != psutil.STATUS_ZOMBIE]


def typesets(process: psutil.Process) -> bool:
    """Whether it has loaded what lays out text: before that a spawned process may still read what it is to do."""
    with suppress(OSError):  # it has just ended
        return "libpango" in Path(f"/proc/{process.pid}/maps").read_text()
    return False


def hears_ctrl_c(process: psutil.Process) -> bool:
    """Whether Ctrl-C would be a signal to a process of a terminal's job, rather than blocked or ignored."""
    status = dict(line.split(":", 1) for line in Path(f"/proc/{process.pid}/status").read_text().splitlines())
    deaf = int(status["SigBlk"], 16) | int(status["SigIgn"], 16)
    return not deaf >> (signal.SIGINT - 1) & 1


def hear() -> None:
    """Let a process hear what ends a terminal's jobs, also where these tests run under `nohup` or in the background."""
    for signum in (signal.SIGINT, signal.SIGHUP, signal.SIGTERM):
        signal.signal(signum, signal.SIG_DFL)


@contextmanager
def running(book, *command: str, environment=None, **options):
    """A command of the book, in a process group of its own as a shell's jobs are; nothing of it outlives the test."""
    streams = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True}
    command = [sys.executable, "-u", "-P", *command]
    environment = book.environment | (environment or {})
    options |= {"process_group": 0, "preexec_fn": hear}
    child = subprocess.Popen(command, cwd=book.root, env=environment, **streams, **options)
    known = []
    try:
        yield child, known
    finally:
        for process in known:
            if process.is_running():
                process.kill()
        child.kill()
        child.wait()
        child.stdout.close()


def endless(book) -> Path:
    """Let a chapter run for ever; the file that says that it does."""
    book.edit("chapters/ovens.md", "from brief import disputed", ENDLESS + "from brief import disputed")
    return book.root / "_build" / "reached"


def ended(child, known) -> tuple[int, str, float]:
    """Status and words of a command that is to end now, and how long all that it began took to be gone."""
    since = time.monotonic()
    said = child.communicate(timeout=60)[0]
    until(lambda: gone(known), f"{known} gone", 25)
    return child.returncode, said, time.monotonic() - since


@pytest.mark.parametrize(
    ("signum", "status"),
    [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 129), (signal.SIGKILL, -9)],
    ids=lambda value: getattr(value, "name", ""),
)
def test_a_build_that_is_ended_takes_everything_with_it(minimal, signum, status):
    before, reached = minimal.files(), endless(minimal)
    with running(minimal, "-m", "brief", "build") as (child, known):
        until(lambda: reached.is_file() and reached.read_text(), "the cell")
        known += family(child)
        assert int(reached.read_text()) in [process.pid for process in known]
        # Ctrl-C and a closed terminal reach the whole group, the others one process.
        (os.killpg if signum in (signal.SIGINT, signal.SIGHUP) else os.kill)(child.pid, signum)
        code, said, seconds = ended(child, known)
    assert code == status and seconds < AT_ONCE, (code, seconds)
    assert "Traceback" not in said and "KeyboardInterrupt" not in said
    assert minimal.files() == before


def test_kernels_end_when_the_process_that_builds_is_killed(minimal):
    reached = endless(minimal)
    command = ["-m", "brief.cli.worker", "build", str(minimal.root)]
    with running(minimal, *command, stdin=subprocess.PIPE) as (child, known):
        until(lambda: reached.is_file() and reached.read_text(), "the cell")
        known += family(child)
        child.kill()
        assert ended(child, known)[2] < AT_ONCE


def test_kernels_end_when_jupyter_book_is_killed(minimal):
    reached = endless(minimal)
    with running(minimal, "-c", "from jupyter_book.cli.main import main; main()", "build", ".") as (child, known):
        until(lambda: reached.is_file() and reached.read_text(), "the cell")
        known += family(child)
        child.kill()
        assert ended(child, known)[2] < 30  # a kernel looks after its parent now and then


def test_a_build_whose_output_nobody_reads_any_more_ends_quietly(minimal):
    endless(minimal)
    with running(minimal, "-m", "brief", "build") as (child, known):
        until(lambda: len(family(child)) > 1, "the process that builds")
        known += family(child)
        child.stdout.close()  # as `| head` does
        assert child.wait(60) == 128 + signal.SIGPIPE
        until(lambda: gone(known), "all gone", 25)


@pytest.mark.parametrize("signum", [signal.SIGINT, signal.SIGKILL], ids=lambda s: s.name)
def test_a_server_takes_the_build_that_waits_with_it(minimal, signum):
    before = minimal.files()
    with running(minimal, "-m", "brief", "serve", "--port", "0") as (child, known):
        for line in child.stdout:
            if line.startswith("Serving"):
                break
        until(lambda: len(family(child)) > 2, "a build that waits, with a kernel")
        known += family(child)
        os.killpg(child.pid, signum) if signum == signal.SIGINT else child.kill()
        minimal.edit("data/bread/ovens.csv", "Birch,800", "Birch,900")  # what an ended server must not build
        code, said, seconds = ended(child, known)
    assert code == (130 if signum == signal.SIGINT else -9) and seconds < AT_ONCE, (code, said)
    assert "Traceback" not in said
    assert minimal.files() == before


def test_a_server_that_is_building_ends_at_once(minimal):
    reached = endless(minimal)
    with running(minimal, "-m", "brief", "serve", "--port", "0") as (child, known):
        until(lambda: reached.is_file() and reached.read_text(), "the cell")
        known += family(child)
        os.killpg(child.pid, signal.SIGINT)
        code, said, seconds = ended(child, known)
    assert code == 130 and seconds < AT_ONCE and "Traceback" not in said, said


@pytest.mark.parametrize("signum", [signal.SIGINT, signal.SIGKILL], ids=lambda s: s.name)
def test_typesetting_ends_with_its_command(minimal, signum):
    with running(minimal, "-m", "brief", "pdf") as (child, known):
        for line in child.stdout:
            if line.startswith("typesetting"):
                break
        until(lambda: sum(map(typesets, family(child))) == 2, "two processes that typeset")
        known += family(child)
        os.killpg(child.pid, signum) if signum == signal.SIGINT else child.kill()
        code, said, seconds = ended(child, known)
    assert code == (130 if signum == signal.SIGINT else -9) and seconds < AT_ONCE, (code, said)
    assert "Traceback" not in said, said


def test_what_typesets_never_hears_ctrl_c_not_even_while_it_starts(minimal):
    """As soon as each process is there: a Python that is still starting ends in a traceback."""
    with running(minimal, "-m", "brief", "pdf") as (child, known):
        for line in child.stdout:
            if line.startswith("typesetting"):
                break
        heard = {}
        until(lambda: [heard.setdefault(p, hears_ctrl_c(p)) for p in family(child)[1:]][2:], "processes that typeset")
        known += heard
        assert not any(heard.values()), heard


@pytest.mark.parametrize(
    "command",
    [["refresh"], ["check"], ["changes", "_build/html"], ["changes", "no such revision"]],
    ids=str,
)
def test_a_command_whose_output_nobody_reads_ends_quietly(minimal_built, command):
    """As `| head` does, at the earliest moment."""
    reading, writing = os.pipe()
    os.close(reading)
    try:
        command = [sys.executable, "-P", "-m", "brief", *command]
        where = {"cwd": minimal_built.root, "env": minimal_built.environment}
        result = subprocess.run(command, stdout=writing, stderr=subprocess.PIPE, text=True, timeout=60, **where)
    finally:
        os.close(writing)
    if "no such revision" in command:
        assert (result.returncode, result.stderr.count("\n")) == (1, 1)
    else:
        assert (result.returncode, result.stderr) == (128 + signal.SIGPIPE, "")


def test_a_command_without_an_output_ends_quietly(minimal_built):
    command = [sys.executable, "-P", "-m", "brief", "check"]
    where = {"cwd": minimal_built.root, "env": minimal_built.environment}
    closed = ["sh", "-c", 'exec "$@" >&-', "sh", *command]
    result = subprocess.run(closed, stderr=subprocess.PIPE, text=True, timeout=60, **where)
    assert (result.returncode, result.stderr) == (0, "")


def test_a_comparison_that_is_interrupted_leaves_nothing(minimal, tmp_path):
    (place := tmp_path / "temporary").mkdir()
    endless(minimal)
    identity = ["-c", "user.name=Editor", "-c", "user.email=editor@example.org"]
    for words in (["init", "-q"], ["add", "--", ".", ":(exclude)_build"], [*identity, "commit", "-qm", "The book"]):
        subprocess.run(["git", *words], cwd=minimal.root, check=True)
    with running(minimal, "-m", "brief", "changes", "HEAD", environment={"TMPDIR": str(place)}) as (child, known):
        until(lambda: list(place.glob("*/_build/reached")), "the cell")
        known += family(child)
        assert not (minimal.root / ".git" / "worktrees").exists()
        os.killpg(child.pid, signal.SIGINT)
        code, said, seconds = ended(child, known)
    assert code == 130 and said == "" and seconds < AT_ONCE, (code, said, seconds)
    assert not list(place.iterdir()) and not (minimal.root / ".git" / "worktrees").exists()
