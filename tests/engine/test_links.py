"""`make links` asks politely, counts as gone only what is, and offers a copy of it."""

import json
import threading
import time
from collections import Counter
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from brief.cli import links
from tests.engine.conftest import BOOKS

ANSWERS = {"/here": 200, "/moved": 302, "/gone": 404, "/withdrawn": 410, "/forbidden": 403, "/broken": 500, "/get": 405}


@contextmanager
def host(asked: list):
    """A host with such answers, which notes (method, path, agent, when); gives its address."""

    class Handler(BaseHTTPRequestHandler):
        def answer(self):
            asked.append((self.command, self.path, self.headers["User-Agent"], time.monotonic()))
            path = self.path.partition("?")[0]
            status = 200 if path == "/get" and self.command == "GET" else ANSWERS.get(path, 200)
            found = {"closest": {"url": "https://web.archive.example/gone"}} if "gone" in self.path else {}
            body = json.dumps({"archived_snapshots": found}).encode()
            self.send_response(status)
            if status == 302:
                self.send_header("Location", "/here")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            if self.command == "GET":
                self.wfile.write(body)

        do_GET = do_HEAD = answer

        def log_message(self, *_):
            pass

    with ThreadingHTTPServer(("localhost", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://localhost:{server.server_port}"
        server.shutdown()


def entries(home: str, names) -> str:
    return "".join(f"@misc{{x{name[1:]}, title = {{X}}, url = {{{home}{name}}}}}\n" for name in names)


def test_what_is_gone_is_named_with_a_copy_and_a_refusal_is_not_gone(tmp_path):
    asked = []
    with host(asked) as home:
        silent = "http://localhost:1/silent"
        (tmp_path / "data").mkdir()
        (tmp_path / "CITATION.cff").write_text((BOOKS / "minimal/CITATION.cff").read_text("utf-8"), "utf-8")
        (tmp_path / "data/datapackage.json").write_text(
            json.dumps({"resources": [{"name": "a/b", "path": "b.csv"}]}), "utf-8"
        )
        (tmp_path / "data/b.csv").write_text(f"page,source\n{home}/gone,x\n{silent},x\n", "utf-8")
        (tmp_path / "data/references.bib").write_text(entries(home, ANSWERS), "utf-8")
        report, status = links.check(tmp_path, f"{home}/archive", 0.05)
        assert status == 1 and (tmp_path / links.REPORT).read_text("utf-8") == report
        gone, unsure = report.split("## Gone")[1].split("## No answer, or a refusal")
        assert f"- {home}/gone (404), in data/b.csv, source xgone\n  - a copy, as `archiveurl`: https://web.a" in gone
        assert f"- {home}/withdrawn (410), in source xwithdrawn\n  - the Internet Archive names no copy" in gone
        assert gone.count("\n- ") == 2 and unsure.count("\n- ") == 3
        assert f"{home}/forbidden (403)" in unsure and f"{home}/broken (500)" in unsure
        assert f"{silent} (ConnectionError)" in unsure
        # Once each, a GET only where HEAD found nothing, a pause before each, and who asks is said.
        of_sources = [each for each in asked if not each[1].startswith("/archive")]
        followed = 2  # on from /moved, by both ways of asking
        assert of_sources[-1][3] - of_sources[0][3] >= 0.05 * (len(of_sources) - 1 - followed)
        counted = Counter(each[:2] for each in of_sources)
        assert counted["HEAD", "/get"] == counted["GET", "/get"] == 1 and counted["GET", "/here"] == 0
        assert {each[2] for each in asked} == {"brief-links (https://bread.example/brief/)"}
        # Nothing is asked again on the same day; what was asked on another is.
        before = len(of_sources)
        assert links.check(tmp_path, f"{home}/archive", 0)[1] == 1
        assert len([each for each in asked if not each[1].startswith("/archive")]) == before
        known = json.loads((tmp_path / links.KNOWN).read_text("utf-8"))
        known[f"{home}/here"][0] = "2020-01-01"
        (tmp_path / links.KNOWN).write_text(json.dumps(known), "utf-8")
        links.check(tmp_path, f"{home}/archive", 0)
        assert [each[:2] for each in asked if not each[1].startswith("/archive")][before:] == [("HEAD", "/here")]


def test_a_book_whose_sources_are_there_is_right(tmp_path):
    with host([]) as home:
        (tmp_path / "data").mkdir()
        (tmp_path / "CITATION.cff").write_text((BOOKS / "minimal/CITATION.cff").read_text("utf-8"), "utf-8")
        (tmp_path / "data/datapackage.json").write_text('{"resources": []}', "utf-8")
        (tmp_path / "data/references.bib").write_text(entries(home, ["/here", "/moved", "/forbidden"]), "utf-8")
        report, status = links.check(tmp_path, home, 0)
        assert status == 0 and "3 asked: 0 gone, 1 that do not say." in report
