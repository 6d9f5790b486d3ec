"""Do the addresses that the book's data name still answer? Asked politely, on a machine with a network.

One request at a time to each host, with a pause between two; what answered today is not asked again. Only what says
that it is gone counts as gone: hosts refuse programs, and networks fail. For what is gone the Internet Archive is asked
for a copy. Sphinx's own `linkcheck` waits for no host between two requests, counts a refusal as broken and keeps
nothing for the day.
"""

import csv
import datetime as dt
import io
import itertools
import json
import re
import time
from collections import defaultdict
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlsplit

import requests
from pybtex.database import parse_file

from brief import project
from brief.ext.citations.metadata import Publication
from brief.ext.citations.sources import normalised, source

KNOWN, REPORT = "_build/links.json", "_build/links.md"
ARCHIVE = "https://archive.org/wayback/available"
PAUSE, PATIENCE, AT_ONCE = 1.0, 20, 8  # seconds between requests to a host, seconds for an answer, hosts at once
GONE = (404, 410)
_ADDRESS = re.compile(r"https?://[^\s\"'<>|]+[^\s\"'<>|.,;:)\]]")


def named(root: Path) -> dict[str, list[str]]:
    """Every address in the bibliography, the tables and their descriptor, with what names it, sorted."""
    found = defaultdict(set)
    for key, entry in parse_file(root / "data/references.bib", bib_format="bibtex").entries.items():
        if url := source(normalised(entry)).url:
            found[url].add(f"source {key}")
    files = [root / "data" / entry["path"] for entry in project.package(root)["resources"]]
    for file in [*files, *sorted((root / "data").glob("*.json")), *sorted((root / "data/recipes").glob("*.csv"))]:
        text = file.read_text("utf-8")
        cells = itertools.chain(*csv.reader(io.StringIO(text, newline=""))) if file.suffix == ".csv" else [text]
        for address in _ADDRESS.findall("\n".join(cells)):
            found[address].add(file.relative_to(root).as_posix())
    return {address: sorted(places) for address, places in sorted(found.items())}


class Asker:
    """Asks hosts, each for one thing at a time. agent: who asks, for those who look at their logs."""

    def __init__(self, agent: str, pause: float = PAUSE):
        self.agent, self.pause = agent, pause

    def ask_all(self, addresses: Iterable[str]) -> dict[str, int | str]:
        """What each address answers: a status of HTTP, or in words why there is none."""
        by_host = defaultdict(list)
        for address in addresses:
            by_host[urlsplit(address).netloc].append(address)
        with ThreadPoolExecutor(AT_ONCE) as threads:
            answers = threads.map(lambda of_host: [(at, self._ask(at)) for at in of_host], by_host.values())
        return dict(pair for of_host in answers for pair in of_host)

    def _ask(self, address: str) -> int | str:
        answer = self._one(requests.head, address, allow_redirects=True)
        if answer == 200:  # some hosts know no HEAD, or forbid it
            return answer
        return self._one(requests.get, address, stream=True)

    def _one(self, method: Callable[..., requests.Response], address: str, **how) -> int | str:
        time.sleep(self.pause)
        try:
            with method(address, timeout=PATIENCE, headers={"User-Agent": self.agent}, **how) as response:
                return response.status_code
        except requests.RequestException as error:
            return type(error).__name__

    def copy_of(self, address: str, archive: str) -> str:
        """Where the archive has a copy; "" where it has none or does not say."""
        time.sleep(self.pause)
        try:
            found = requests.get(archive, {"url": address}, timeout=PATIENCE, headers={"User-Agent": self.agent}).json()
            return found["archived_snapshots"]["closest"]["url"]
        except (requests.RequestException, KeyError, TypeError):
            return ""


def check(root: Path, archive: str = ARCHIVE, pause: float = PAUSE) -> tuple[str, int]:
    """The report, as Markdown, also in `REPORT`; 1 where an address is gone, else 0."""
    places, today, file = named(root), dt.date.today().isoformat(), root / KNOWN
    kept = json.loads(file.read_text("utf-8")) if file.is_file() else {}
    known = {at: kept[at] for at in places if at in kept and kept[at][0] == today}
    paper = Publication(root)
    asker = Asker(f"brief-links ({paper.home or paper.repository or 'checks the sources of a book'})", pause)
    known |= {at: [today, answer] for at, answer in asker.ask_all(at for at in places if at not in known).items()}
    file.parent.mkdir(exist_ok=True)
    file.write_text(json.dumps(known, indent=1, sort_keys=True) + "\n", "utf-8")
    gone = [at for at in places if known[at][1] in GONE]
    unsure = [at for at in places if at not in gone and not (isinstance(known[at][1], int) and known[at][1] < 400)]
    lines = [f"# Addresses, {today}", "", f"{len(places)} asked: {len(gone)} gone, {len(unsure)} that do not say."]
    for title, some in (("Gone", gone), ("No answer, or a refusal", unsure)):
        lines += ["", f"## {title}", ""] if some else []
        for at in some:
            lines.append(f"- {at} ({known[at][1]}), in {', '.join(places[at])}")
            if some is gone:
                copy = asker.copy_of(at, archive)
                lines.append(
                    f"  - a copy, as `archiveurl`: {copy}" if copy else "  - the Internet Archive names no copy"
                )
    report = "\n".join(lines) + "\n"
    (root / REPORT).write_text(report, "utf-8")
    return report, 1 if gone else 0
