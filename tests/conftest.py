"""The real book, copied and built once; a browser to open it in."""

import asyncio
import functools
import gc
import http.server
import os
import re
import shutil
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from stat import S_ISDIR

import pydata_sphinx_theme
import pytest
import yaml
from bs4 import BeautifulSoup
from filelock import FileLock
from hypothesis import HealthCheck, settings
from xdist.scheduler import LoadScopeScheduling

# A machine that does much else is slow to make up values, and that says nothing of what is tested.
settings.register_profile("noisy", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("noisy")
gc.set_threshold(100_000)  # parsed pages are many objects that stay: looking for garbage finds little and takes a sixth
ROOT = Path(__file__).parent.parent
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
# As root in a container, and without Chromium's own calls home, which a closed network refuses.
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
FLAGS += ["--disable-sync", "--no-first-run", "--disable-quic"]

# A checker that runs once is done sooner, with a third of the work, when Java makes no better code of it meanwhile.
JAVA = ["-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"]


class Files(dict):
    """Files of a site by name. Unlike dicts, two that differ name the files that do: their bytes fill no report."""

    def __eq__(self, other):
        return not self.differing(other)

    def __ne__(self, other):
        return not self == other

    __hash__ = None

    def differing(self, other) -> list[str]:
        """Names of the files that one lacks or whose bytes differ."""
        return sorted(name for name in self.keys() | other.keys() if self.get(name) != other.get(name))

    def __repr__(self):
        return f"<{len(self)} files>"


class Book:
    """A copy of the book in a folder of its own, to edit and build as an editor would."""

    def __init__(self, root: Path):
        self.root = root
        self.site = root / "_build" / "html"

    @property
    def environment(self) -> dict[str, str]:
        """The copy's own brief runs, so that a test can edit that too; where it has none, that beside these tests."""
        return os.environ | {"PYTHONPATH": os.pathsep.join([str(self.root), str(ROOT)])}

    def start(self, *command: str) -> subprocess.Popen:
        """A Python module or script here, with output and errors in one text."""
        streams = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True}
        return subprocess.Popen([sys.executable, "-P", "-u", *command], cwd=self.root, env=self.environment, **streams)

    def build(self, *options: str) -> subprocess.CompletedProcess:
        """`python -m brief build` here."""
        with self.start("-m", "brief", "build", *options) as child:
            said = child.communicate()[0]
        return subprocess.CompletedProcess(child.args, child.returncode, said)

    def edit(self, path: str, old: str, new: str) -> None:
        """Replace `old`, which must stand there exactly once."""
        file = self.root / path
        text = file.read_text("utf-8")
        assert text.count(old) == 1, f"{path} has {text.count(old)} times {old!r}"
        file.write_text(text.replace(old, new), "utf-8")

    def page(self, name: str) -> str:
        return (self.site / f"{name}.html").read_text("utf-8")

    def soup(self, name: str) -> BeautifulSoup:
        """A page, parsed."""
        return BeautifulSoup(self.page(name), "lxml")

    def files(self) -> Files:
        """Every file of the site."""
        found = (p for p in self.site.rglob("*") if p.is_file())
        return Files({p.relative_to(self.site).as_posix(): p.read_bytes() for p in found})


def copy_book(target: Path) -> Book:
    """Copy what git tracks, or would: never what was built."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    for name in filter(None, listed.split("\0")):
        if (ROOT / name).is_file():
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / name, target / name)
    return Book(target)


@pytest.fixture(scope="session")
def built(tmp_path_factory) -> Book:
    """The book as it stands, built once for all workers, strictly. Tests read it and leave it alone.

    BRIEF_BUILT names a book that is built already: `make audit` has the tests read one that it corrupted.
    """
    if "BRIEF_BUILT" in os.environ:
        return Book(Path(os.environ["BRIEF_BUILT"]))
    workers = os.environ.get("PYTEST_XDIST_WORKER")
    base = tmp_path_factory.getbasetemp()
    root = (base.parent if workers else base) / "built"
    with FileLock(f"{root}.lock"):
        if not root.exists():
            place = bench_of(root)
            result = copy_book(place).build()
            assert result.returncode == 0, result.stdout
            keep(place)
            shutil.copytree(place, root, symlinks=True)
    return Book(root)


def bench_of(root: Path) -> Path:
    """Where the book at `root` was built, to edit it there."""
    return root.with_name("bench") / "book"


@pytest.fixture(scope="session")
def bench(built) -> Path:
    """Where edited copies stand, one after another: where the book was built, since Sphinx starts anew elsewhere."""
    return bench_of(built.root)


@pytest.fixture
def book(bench) -> Book:
    """A built copy to edit: with its caches, so that a build is as incremental as an editor's."""
    return Book(restored(bench))


def keep(place: Path) -> None:
    """Keep the book at `place` as it is, to go back to with `restored`."""
    shutil.copytree(place, place.with_name("kept"), symlinks=True)
    _as_kept[place] = _state(place)


_as_kept: dict[Path, dict[Path, tuple]] = {}  # what `_state` gives of a place that is as it was kept


def _state(place: Path) -> dict[Path, tuple]:
    """All in a folder: of a file, what changes whenever somebody writes it; nothing of a folder."""
    found = ((path, path.lstat()) for path in place.rglob("*"))
    return {
        path.relative_to(place): () if S_ISDIR(s.st_mode) else (s.st_ino, s.st_size, s.st_mtime_ns, s.st_ctime_ns)
        for path, s in found
    }


def restored(place: Path) -> Path:
    """The book at `place` as it was kept: always the same path, since Sphinx starts anew in another.

    Only what was touched since is copied: all of it takes a third of a second of a small book, seconds of a large one.
    """
    kept, found = place.with_name("kept"), _state(place)
    known = _as_kept.get(place) or _state(kept)
    for path in sorted(found, reverse=True):  # what lies in a folder before it
        if found[path] != known.get(path):
            (place / path).unlink() if found[path] else (place / path).rmdir()
    for path in sorted(path for path in known if found.get(path) != known[path]):
        if known[path]:
            shutil.copy2(kept / path, place / path, follow_symlinks=False)
        else:
            (place / path).mkdir()
    _as_kept[place] = _state(place)
    return place


@pytest.fixture(scope="session")
def browser():
    """Debian's Chromium; without one the test is skipped here and fails under CI=true."""
    if CHROMIUM is None:
        reason = "no chromium on this machine: apt-get install chromium"
        pytest.fail(reason) if os.environ.get("CI") == "true" else pytest.skip(reason)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def windows(browser):
    """A window to open pages in, with JavaScript or without. It stays open: a new one for each page, with a process and
    caches of its own, takes twice the time."""

    @functools.cache
    def window(javascript):
        context = browser.new_context(java_script_enabled=javascript)
        context.new_page()
        return context

    return window


@pytest.fixture
def open_page(windows):
    """Open an address; returns the page and what it complained of or asked beyond addresses that begin as `own` do.

    script: run in the page before its own. asked: a list that gets the addresses of all that it asks for.
    """
    pages = []

    def go(address, own, viewport=LAPTOP, scheme="light", javascript=True, script="", asked=None):
        page, trouble = windows(javascript).new_page(), []
        pages.append(page)
        page.add_init_script(script)
        page.on("request", lambda r: None if asked is None else asked.append(r.url))
        page.set_viewport_size(viewport)
        page.emulate_media(color_scheme=scheme)
        page.on("console", lambda m: trouble.append(m.text) if m.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: trouble.append(str(error)))
        page.on("request", lambda r: None if r.url.startswith((own, "data:")) else trouble.append(r.url))
        page.goto(address)
        return page, trouble

    yield go
    for page in pages:
        page.evaluate("localStorage.clear()")  # what a reader chose, which the next page would find
        page.close()


def theme_file(name: str) -> str:
    """A file of the theme under ours, as its package has it."""
    return (Path(pydata_sphinx_theme.__file__).parent / "theme" / "pydata_sphinx_theme" / name).read_text("utf-8")


def in_own_loop(coroutine):
    """Its result, from a thread of its own: where a browser was driven before, this one has a loop that runs."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, coroutine).result()


@contextmanager
def serving(folder: Path, headers: dict[str, str] | None = None, missing: list[str] | None = None):
    """A folder over HTTP, with `headers` on each answer; gives the address. `missing` collects what was not there."""

    class Handler(http.server.SimpleHTTPRequestHandler):
        def end_headers(self):
            for name, value in (headers or {}).items():
                self.send_header(name, value)
            super().end_headers()

        def send_error(self, *arguments, **named):
            if missing is not None:
                missing.append(self.path)
            super().send_error(*arguments, **named)

        def log_message(self, *_):
            pass

    handler = functools.partial(Handler, directory=str(folder))
    with http.server.ThreadingHTTPServer(("localhost", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://localhost:{server.server_port}"
        server.shutdown()


CFF = yaml.safe_load((ROOT / "CITATION.cff").read_text("utf-8"))
DAY = CFF["date-released"]
EDITION = f"Edition {CFF['version']}, {DAY.day} {DAY:%B %Y}"
LAPTOP, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
CHAPTERS = ["hardware", "talent", "ideology", "censorship", "competitiveness"]
REFERENCE = ["story", "options", "methods", "evidence", "article", "source-quality", "data", "explorer", "cite"]
REFERENCE += ["bibliography"]
PAGES = ["index", *(f"chapters/{name}" for name in CHAPTERS), *(f"reference/{name}" for name in REFERENCE)]


def edits_the_book(path: Path) -> bool:
    """Whether a file of tests builds copies of the real book to edit (`bench`)."""
    return re.search(r"^def \w+\([^)]*\b(book|bench)\b", path.read_text("utf-8"), re.MULTILINE) is not None


EDITORS = (ROOT / "tests/book/editor").glob("*.py")
EDITING = {path.relative_to(ROOT).as_posix() for path in EDITORS if edits_the_book(path)}


# What the other worker does meanwhile, since nearly all tests of the book wait until that is built.
MEANWHILE = ["tests/engine/test_interrupted.py", "tests/engine/test_incremental.py"]


class ByFile(LoadScopeScheduling):
    """The tests of a file on one worker, but for one that takes a quarter of the time; those that build copies of the
    real book to edit all on one, so that copy is built once.

    It is not xdist's own `loadgroup`, which pytest 9.2 broke (xdist 3.8 sets `_nodeid`).
    """

    def _split_scope(self, nodeid):
        file = nodeid.partition("::")[0]
        if "[" in nodeid and "test_a_page_asks_for_nothing" in nodeid:
            file += nodeid.rpartition("-")[2]  # laptop or phone
        return "edits of the book" if file in EDITING else file


def pytest_xdist_make_scheduler(config, log):
    return ByFile(config, log)


def pytest_collection_modifyitems(config, items):
    """What edits the book first and beside it what needs no book, so that no worker waits for the other for long.

    Of a book that is built already (see `built`) the tests read; those that build copies are left out.
    """
    if "BRIEF_BUILT" in os.environ:
        items[:] = [item for item in items if "bench" not in getattr(item, "fixturenames", ())]
    first = ["edits of the book", *MEANWHILE]

    def place(item):
        file = item.nodeid.partition("::")[0]
        scope = "edits of the book" if file in EDITING else file
        return first.index(scope) if scope in first else len(first)

    items.sort(key=place)


def pytest_assertrepr_compare(op, left, right):
    """Say which files differ, not how: pytest's own report of megabytes would take hours."""
    if op == "==" and isinstance(left, Files):
        return ["the same files", f"differing: {', '.join(left.differing(right)[:20])}"]
    return None
