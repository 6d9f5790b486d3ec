"""`make serve` answers this machine's own pages and nobody else, and notices every saved file of the book."""

import asyncio
import json
import re
import shutil
import signal
import socket
import subprocess
import sys
from http.client import HTTPConnection
from pathlib import Path

import pytest
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from brief.cli import build, serve
from brief.ext.incremental import snapshot
from tests.conftest import in_own_loop
from tests.engine.conftest import copied


class Served:
    """A book that is being served, its port, and a page that listens."""

    def __init__(self, book, *options):
        self.book = book
        self.child = book.start("-m", "brief", "serve", "--port", "0", *options)
        self.said = []
        while not self.said or not self.said[-1].startswith("Serving"):
            self.said.append(self.child.stdout.readline().strip())
            assert self.child.poll() is None, self.said
        self.port = int(self.said[-1].split(":")[2].split()[0])
        self.host = f"localhost:{self.port}"

    def ask(self, path="/index.html", method="GET", **headers):
        """Status, headers and text of an answer; `host` as given, for `Host`."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=30)
        connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
        for name, value in {"host": self.host, **headers}.items():
            if value is not None:
                connection.putheader(name.replace("_", "-"), value)
        connection.endheaders()
        answer = connection.getresponse()
        return answer.status, answer.headers, answer.read().decode()

    def listen(self, origin="ours", host=None, path="/.live/news"):
        """A websocket as a page of `origin` opens it."""
        origin = f"http://{self.host}" if origin == "ours" else origin
        with socket.create_connection(("127.0.0.1", self.port)) as plain:
            return connect(f"ws://{host or self.host}{path}", origin=origin, sock=plain.dup())

    def hears(self, beginning):
        """Wait for a line that begins so."""
        while not (line := self.child.stdout.readline()).startswith(beginning):
            assert line, f"ended before {beginning}"

    def shows(self, news, *texts, error=""):
        """Wait for news after which a page shows each text, or for an error that has them."""
        while True:
            told = json.loads(news.recv(timeout=120))["error"]
            shown = told if error else "" if told else self.ask()[2] + self.ask("/chapters/ovens.html")[2]
            if all(text in shown for text in (*texts, *filter(None, [error]))):
                return

    def end(self):
        self.child.send_signal(signal.SIGINT)
        return self.child.communicate(timeout=90)[0]


@pytest.fixture(scope="module")
def served(minimal_built, tmp_path_factory):
    """A copy of books/minimal, served; who edits it builds on what those before left."""
    server = Served(copied(minimal_built.root, tmp_path_factory.mktemp("served") / "book"))
    yield server
    assert "Traceback" not in server.end()


def test_a_page_is_answered_with_its_policy_and_a_script_of_its_own(served):
    for name in ("localhost", "127.0.0.1", "[::1]"):
        status, headers, text = served.ask(host=f"{name}:{served.port}")
        assert status == 200 and headers["Cache-Control"] == "no-store"
        assert f"default-src 'self'; connect-src 'self' ws://{name}:{served.port}; script-src" in text
        assert re.search(r'<script src="/.live/script.js" data-built="\d+" defer></script>$', text)
    assert served.ask("/.live/script.js")[1]["Content-Type"].startswith("text/javascript")
    assert served.ask("/")[2] == served.ask("/index.html")[2].replace(f"[::1]:{served.port}", served.host)
    status, _headers, text = served.ask(method="HEAD")
    assert (status, text) == (200, "")


@pytest.mark.parametrize(
    "headers",
    [
        {"host": "evil.example"},
        {"host": "evil.example:{port}"},
        {"host": "localhost"},
        {"host": "localhost:1"},
        {"host": "localhost:{port}.evil.example"},
        {"host": "localhost@evil.example:{port}"},
        {"host": ""},
        {"host": None},
        {"origin": "http://evil.example"},
        {"origin": "http://localhost:1"},
        {"origin": "null"},
        {"origin": "https://localhost:{port}"},
        {"sec_fetch_site": "cross-site", "sec_fetch_mode": "no-cors", "sec_fetch_dest": "script"},
        {"sec_fetch_site": "same-site", "sec_fetch_mode": "no-cors", "sec_fetch_dest": "image"},
        {"sec_fetch_site": "cross-site", "sec_fetch_mode": "navigate", "sec_fetch_dest": "iframe"},
    ],
    ids=str,
)
def test_pages_of_others_get_nothing(served, headers):
    status, _headers, text = served.ask(**{k: v and v.format(port=served.port) for k, v in headers.items()})
    assert status in (400, 403) and "grain" not in text


def test_a_link_that_is_followed_from_elsewhere_leads_here(served):
    assert served.ask(sec_fetch_site="cross-site", sec_fetch_mode="navigate", sec_fetch_dest="document")[0] == 200


@pytest.mark.parametrize(
    ("origin", "host"),
    [
        ("http://evil.example", None),
        (None, None),
        ("null", None),
        ("http://evil.example:{port}", "evil.example:{port}"),
    ],
)
def test_news_are_for_own_pages(served, origin, host):
    with pytest.raises(InvalidStatus) as refused:
        served.listen(origin and origin.format(port=served.port), host and host.format(port=served.port))
    assert refused.value.response.status_code == 403


def test_a_page_that_sends_much_is_closed_and_the_server_stays(served):
    with served.listen() as page:
        page.send("x" * 100_000)
        with pytest.raises(Exception, match=r"1009|too big"):
            page.recv(timeout=30)
    with served.listen() as page:
        page.send(b"\0\xff")
    assert served.ask()[0] == 200


@pytest.mark.parametrize(
    "path",
    [
        "/../_config.yml",
        "/%2e%2e/_config.yml",
        "/..%2f..%2f_config.yml",
        "/_static/../../../_config.yml",
        "//etc/passwd",
        "/.html-next/index.html",
        "/%2ehidden",
        "/_static/.hidden",
        "/.live/../.hidden",
        "/_static/",
        "/_static",
        "/data",
        "/%00",
        "/" + "a" * 3000,
        "/nothing.html",
    ],
)
def test_nothing_but_the_files_of_the_site(served, path):
    (served.book.site / ".hidden").write_text("secret")
    (served.book.site / "_static" / ".hidden").write_text("secret")
    status, _headers, text = served.ask(path)
    assert status == 404 and "secret" not in text and "parse:" not in text and "<a href" not in text, text


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE"])
def test_only_reading_is_allowed(served, method):
    assert served.ask(method=method)[0] == 405


def test_it_listens_on_this_machine_only(served):
    import psutil

    places = {c.laddr.ip for c in psutil.Process(served.child.pid).net_connections() if c.status == "LISTEN"}
    assert places and places <= {"127.0.0.1", "::1"}


def test_a_port_in_use_is_said_before_anything_is_built(unbuilt):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        command = [sys.executable, "-P", "-m", "brief", "serve", "--port", str(port)]
        result = subprocess.run(command, cwd=unbuilt.root, capture_output=True, text=True, env=unbuilt.environment)
    assert result.returncode == 1 and not (unbuilt.root / "_build").exists()
    assert (result.stdout + result.stderr).splitlines() == [
        f"port {port} of this machine can't be served: address already in use; "
        f"another: python -m brief serve --port {port + 1}"
    ]


def test_a_book_that_does_not_build_is_served_as_it_was_and_mended(minimal_built, tmp_path):
    book = copied(minimal_built.root, tmp_path / "book")
    good = (book.root / "_config.yml").read_text("utf-8")
    (book.root / "_config.yml").write_text("execute: [\n", "utf-8")
    server = Served(book)
    assert any("_config.yml" in line for line in server.said) and "376 t" in server.ask()[2]
    with server.listen() as news:
        assert "_config.yml" in json.loads(news.recv(timeout=60))["error"]
        (book.root / "_config.yml").write_text(good, "utf-8")
        assert json.loads(news.recv(timeout=120)) == {"error": ""}
    assert "Traceback" not in server.end()


def test_open_pages_are_told_of_each_edit_and_of_what_is_wrong(served):
    def news(page):
        return json.loads(page.recv(timeout=180))["error"]

    book = served.book
    with served.listen() as page:
        book.edit("data/bread/ovens.csv", "Birch,800", "Birch,8OO")
        wrong = news(page)
        assert wrong.startswith('data/bread/ovens.csv, row 3, column loaves: "8OO" is not a'), wrong
        assert "2,000</a> loaves" in served.ask()[2]  # the last good pages stay
        with served.listen() as opened_meanwhile:
            assert news(opened_meanwhile) == wrong
        book.edit("data/bread/ovens.csv", "Birch,8OO", "Birch,900")
        assert news(page) == "" and "2,100</a> loaves" in served.ask()[2]
        served.hears("Since the last build: ")
        served.hears("  fact ovens.")
        book.edit("chapters/ovens.md", "ovens = load", "nothing_here\novens = load")
        wrong = news(page)
        assert "chapters/ovens.md:" in wrong and "NameError: name 'nothing_here' is not defined" in wrong
        book.edit("chapters/ovens.md", "nothing_here\novens = load", "ovens = load")
        assert news(page) == ""
        book.edit("data/bread/ovens.csv", "Birch,900", "Birch,800")
        assert news(page) == "" and "2,000</a> loaves" in served.ask()[2]


@pytest.mark.browser
def test_an_edit_is_on_the_open_page_and_a_bad_one_says_what_is_wrong(browser, served):
    page = browser.new_page()
    page.set_default_timeout(180_000)  # of a machine that does much else
    page.goto(f"http://{served.host}/chapters/ovens.html")
    quoted, alert = page.locator("a.fact[href$='#fact-ovens-loaves']").first, page.locator("pre[role=alert]")
    assert quoted.text_content() == "2,000"
    served.book.edit("data/bread/ovens.csv", "Birch,800", "Birch,8OO")
    alert.wait_for()
    assert 'data/bread/ovens.csv, row 3, column loaves: "8OO" is not a whole number' in alert.text_content()
    assert quoted.text_content() == "2,000"
    served.book.edit("data/bread/ovens.csv", "Birch,8OO", "Birch,950")
    page.locator("a.fact[href$='#fact-ovens-loaves']", has_text="2,150").first.wait_for()
    assert alert.count() == 0
    page.close()  # before the next edit: a page that is loaded anew while it closes closes now and then never
    with served.listen() as news:
        served.book.edit("data/bread/ovens.csv", "Birch,950", "Birch,800")
        assert json.loads(news.recv(timeout=180))["error"] == ""


TABLE, CHAPTER = "data/bread/ovens.csv", "chapters/ovens.md"


def rename(root):
    """As most editors save: another file in its place."""
    aside = root / "chapters" / ".ovens.new"
    aside.write_text((root / CHAPTER).read_text("utf-8") + "\nMore.\n", "utf-8")
    aside.replace(root / CHAPTER)


def aside_and_back(root):
    """As some editors save: the file is away for a moment."""
    (root / CHAPTER).rename(root / "chapters" / "ovens.md~")
    (root / CHAPTER).write_text("# Other\n", "utf-8")


def another_folder(root):
    """As a change of branch does: the folder that was watched is gone, and one of its name is there."""
    (root / "chapters").rename(root / "old")
    shutil.copytree(root / "old", root / "chapters")
    shutil.rmtree(root / "old")


def new_folder(root):
    (root / "more").mkdir()
    (root / "more" / "rye.md").write_text("# Rye\n", "utf-8")


def new_folders(root):
    (root / "data" / "rye" / "deep").mkdir(parents=True)
    (root / "data" / "rye" / "deep" / "rye.csv").write_text("town\n", "utf-8")


def again(root):
    for text in ("# One\n", "# Two\n", "# Three\n"):
        (root / CHAPTER).write_text(text, "utf-8")


def gone(root):
    (root / "reference" / "updates.md").unlink()


WAYS = (again, rename, aside_and_back, another_folder, new_folder, new_folders, gone)


async def noticed(root, ways):
    """Save in each of `ways`, and a file in each folder after it; whether what is told as changed is all that did."""
    stop, state, told = asyncio.Event(), {"built": snapshot.snapshot(root)}, []
    (root / CHAPTER).write_text("# First\n", "utf-8")  # before anything is watched

    async def watch():
        async for names, _now in serve.saved(root, stop, lambda: state["built"]):
            state["built"] = snapshot.snapshot(root)
            told.append(names)

    async def minimal():
        while state["built"] != snapshot.snapshot(root):
            await asyncio.sleep(0.02)

    task = asyncio.create_task(watch())
    for way in ways:
        await asyncio.wait_for(minimal(), 30)
        way(root)
        await asyncio.wait_for(minimal(), 30)
        for folder in {Path(name).parent for name in snapshot.snapshot(root) if not name.startswith("brief/")}:
            (root / folder / "last.md").write_text(f"# After {way.__name__}\n", "utf-8")
    await asyncio.wait_for(minimal(), 30)
    stop.set()
    await task
    return told


def test_every_way_of_saving_is_noticed(unbuilt):
    told = in_own_loop(noticed(unbuilt.root, WAYS))
    assert all(told) and {CHAPTER, "more/rye.md", "data/rye/deep/last.md", "reference/updates.md"} <= set().union(*told)


def test_a_file_that_is_saved_as_it_was_builds_nothing(unbuilt):
    def same(root):
        (root / CHAPTER).write_bytes((root / CHAPTER).read_bytes())

    told = in_own_loop(noticed(unbuilt.root, [same]))
    assert sorted(told[-1]) == sorted(f"{folder}last.md" for folder in FOLDERS)


FOLDERS = ("", "_static/", "chapters/", "data/", "data/bread/", "data/shared/", "reference/")


def test_what_waits_with_an_error_of_before_does_not_build(unbuilt):
    """Its error may have been mended when the word comes: a process that waits has nothing to say of the book."""
    unbuilt.edit(CHAPTER, "description: Ovens", "description: [Ovens")
    with build.Build(unbuilt.root, ahead=True) as waiting:
        assert waiting.child.stdout.read() == ""
        waiting.child.wait(60)
        assert waiting.is_stale


def test_what_waits_has_listed_the_files(unbuilt, monkeypatch):
    """So it takes edits of pages and tables, and leaves a new or a gone page to another."""
    monkeypatch.setattr(build.subprocess, "Popen", Idle)
    for change, taken in (
        (lambda: unbuilt.append(CHAPTER, "More.\n"), True),
        (lambda: unbuilt.append("data/bread/ovens.csv", "Elm,1,,,,bakers-guild\n"), True),
        (lambda: unbuilt.write("chapters/rye.md", "# Rye\n"), False),
        (lambda: (unbuilt.root / "chapters" / "flour.md").unlink(), False),
        (lambda: unbuilt.append("_config.yml", "\n"), False),
    ):
        waiting = build.Build(unbuilt.root, ahead=True)
        change()
        assert waiting.takes(snapshot.snapshot(unbuilt.root)) == taken


class Idle:
    """A process that waits for ever."""

    def __init__(self, *_, **__):
        pass

    def poll(self):
        return None


def test_edits_without_a_pause_are_all_on_the_page_in_the_end(served):
    book = served.book
    with served.listen() as news:
        book.edit(TABLE, "Birch,800", "Birch,84O")
        served.shows(news, error='"84O" is not a whole number')
        book.edit(TABLE, "Birch,84O", "Birch,840")  # while the next build gets ready
        served.hears("not built")
        served.hears("changed:")
        book.edit("_toc.yml", "  - caption: Reference", "      - file: more/rye\n  - caption: Reference")
        book.write("more/rye.md", "# Rye: it was dark\n\nThere is less of it.\n")  # while that is built
        served.shows(news, "2,040", "Rye: it was dark")


def test_a_page_that_listens_late_hears_that_it_is_old(served):
    now = re.search(r'data-built="(\d+)"', served.ask()[2])[1]
    with served.listen(path=f"/.live/news?built={int(now) - 1}") as news:
        assert json.loads(news.recv(timeout=180)) == {"error": ""}
    with served.listen(path=f"/.live/news?built={now}") as news, pytest.raises(TimeoutError):
        news.recv(timeout=0.2)


def waiting_builds(live, stages):
    """A build that does nothing, for `Live`: calls `stages` by name as it goes."""

    class Fake:
        begun_with, status, is_stale, ended = {}, 0, False, False

        def __init__(self, root, ahead=False, begun_with=None):
            stages.get("ahead" if ahead else "new", lambda: None)()

        def takes(self, _now):
            stages.get("takes", lambda: None)()
            return True

        def go(self):
            assert self.ended or live.ended is False, "built although all is to end"

        def lines(self):
            return []

        def end(self):
            self.ended = True

        ask = discard = end

        def __enter__(self):
            return self

        def __exit__(self, *_):
            self.end()

    return Fake


@pytest.mark.parametrize("stage", ["new", "takes", "ahead"])
def test_nothing_is_built_any_more_when_the_server_ends_as_a_build_begins(unbuilt, monkeypatch, stage):
    live = serve.Live(unbuilt.root)
    fake = waiting_builds(live, {stage: live.end})
    monkeypatch.setattr(build, "Build", fake)
    if stage == "takes":
        live.next = fake(unbuilt.root, ahead=True)
    begun = live.next
    live.rebuild(set())
    live.get_ready()
    assert live.ended and all(each.ended for each in (begun, live.current, live.next) if each)
