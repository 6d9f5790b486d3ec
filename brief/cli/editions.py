"""Editions: a frozen copy of the site that a citation can rely on.

A published site is a folder of editions, each in a folder of its own name with the checksums of its files; `latest`,
whose pages lead to the newest one's and whose other files are copies of them; and `versions.js`, by which a page learns
of editions that came after it. The facts of each edition are also kept with the sources, in editions/, so that any
later build can say what changed.
"""

import datetime as dt
import hashlib
import json
import os
import shutil
import subprocess
from pathlib import Path

from pybtex.database import parse_file

from brief import project, settings
from brief.cli import build, deposit, public_addresses, site_index
from brief.ext import anchors
from brief.ext.checks import book_files, contents
from brief.ext.citations.metadata import FROZEN, LATEST, Publication
from brief.ext.facts import changed_facts, edition_records
from brief.ext.facts.edition_records import FOLDER as RECORDS
from brief.ext.html.redirects import leading
from brief.ext.output import json_file
from brief.ext.pages import verification
from brief.ext.pages.changelog import noted
from brief.names import chapter_of

_LOST = "Say where each leads: brief_redirects in _config.yml; or why it is gone: editions/notes.yml, by address"
_NEWEST = "The newest edition of this page"
SUMS, VERSIONS, MADE_OF = "SHA256SUMS", "versions.js", "made-of.json"
_OWN = ("_static", "_sources", SUMS, MADE_OF)  # what only an edition's own pages ask for, and what is said of it alone


class Refused(Exception):
    """An edition that can't be made, with the reason in one line."""


def checksums(folder: Path) -> str:
    """A line for each file of an edition, as `sha256sum` writes and checks it."""
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path.name != SUMS)
    return "".join(
        f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.relative_to(folder).as_posix()}\n" for path in files
    )


def check(site: Path) -> list[str]:
    """The versions in a site, each found to be as it was made; raises Refused for one that is not."""
    versions = sorted(path.parent.name for path in site.glob(f"*/{SUMS}"))
    for version in versions:
        if checksums(site / version) != (site / version / SUMS).read_text("utf-8"):
            raise Refused(f"{site / version} is not as it was made: `sha256sum -c {SUMS}` there names the files")
    return versions


def permit(root: Path, site: Path, version: str | None = None) -> Publication:
    """What the edition that CITATION.cff names is called, when it may be made; raises Refused before anything is."""
    if errors := book_files.errors(root):
        raise Refused("\n".join(errors))
    paper = Publication(root)
    if version not in (None, paper.version):
        raise Refused(f"CITATION.cff: version is {paper.version}, not {version}: set it and date-released there first")
    if (site / paper.version).exists():
        raise Refused(
            f"{site / paper.version} is there already: an edition is never rewritten; set a new version in CITATION.cff"
        )
    for asked in (
        ["--untracked-files=no"],
        ["--untracked-files=all", "--", "data", settings.read(root)["brief_chapters"]],
    ):
        if changed := _git(root, "status", "--porcelain", *asked):
            raise Refused(f"{changed.split()[1]} is not committed: commit, so that the edition can be made again")
    if trouble := edition_records.broken_order(paper.version, paper.date.isoformat(), _others(root, site)):
        raise Refused(f"CITATION.cff: {trouble}")
    if late := _taken_later(root, paper.date.isoformat()):
        raise Refused(late)
    if late := _unchecked(root, paper):
        raise Refused("\n".join(late))
    return paper


def _taken_later(root: Path, day: str) -> str | None:
    """Why an edition cannot be of this day: what was taken or read after it, the last of all; None when nothing was."""
    sources = parse_file(root / "data/references.bib", bib_format="bibtex").entries
    days = {f"data/references.bib: {key} was read": each.fields.get("urldate", "") for key, each in sources.items()}
    tables = project.package(root)["resources"]
    days |= {f"data/datapackage.json: {each['name']} was taken": each.get("retrieved", "") for each in tables}
    last = max(days, key=lambda name: days[name], default=None)
    if last is None or days[last] <= day:
        return None
    return f"CITATION.cff: date-released is {day}, and by {last} on {days[last]}: set it to that day or later"


def _unchecked(root: Path, paper: Publication) -> list[str]:
    """A line for each chapter that was not checked against its sources within the days that the book asks for."""
    said, checks, lines = settings.read(root), verification.records(root), []
    for name in [chapter_of(page) for page in contents.pages(root) if settings.is_chapter(page, said)]:
        last = max((check["date"] for check in checks if check["chapter"] == name), default="")
        days = (paper.date - dt.date.fromisoformat(last)).days if last else None
        if days is None or days > said["brief_checked_within"]:
            when = f"was last checked on {last}, {days} days before the edition" if last else "was never checked"
            lines.append(f"{verification.FOLDER}/: {name} {when}; brief_checked_within: {said['brief_checked_within']}")
    return lines if said["brief_checked_within"] else []


def _others(root: Path, site: Path) -> list[dict]:
    """The records of the editions made so far; of one whose record is not kept, the facts that the site has of it."""
    made = {each: project.facts(site / each) for each in check(site)}
    return list((made | edition_records.records(root)).values())


def _git(root: Path, *command: str) -> str:
    """What git says; "" where there is no git or no repository."""
    if not shutil.which("git"):
        return ""
    return subprocess.run(["git", "-C", str(root), *command], capture_output=True, text=True).stdout.strip()


def made_of(root: Path, paper: Publication) -> dict:
    """Of what an edition was made: its commit, null where there is no repository, and where that can be cloned from."""
    commit = _git(root, "rev-parse", "HEAD")
    return {"edition": paper.version, "commit": commit or None, "repository": paper.repository or None}


def make(root: Path, site: Path, version: str | None = None) -> Path:
    """Freeze the book as the edition that CITATION.cff names; returns its folder. Raises Refused."""
    try:
        return _make(root, site, version)
    finally:
        os.environ.pop(FROZEN, None)  # what this process builds later is no edition


def _make(root: Path, site: Path, version: str | None) -> Path:
    paper = permit(root, site, version)
    os.environ[FROZEN] = paper.version
    run = build.ended(root)
    if run.status:
        raise Refused("the book does not build: nothing was frozen")
    built = root / "_build" / "html"
    facts = project.facts(built)
    kept = root / RECORDS / f"{paper.version}.json"
    if kept.exists() and json.loads(kept.read_text("utf-8"))["fingerprint"] != facts["fingerprint"]:
        raise Refused(f"{kept.relative_to(root)} has other data: edition {paper.version} was made of them")
    if lost := _lost(root, site, built, paper):
        raise Refused("\n".join([*lost, _LOST]))
    fresh = site / f".{paper.version}"
    shutil.rmtree(fresh, ignore_errors=True)
    try:
        with build.as_built(root, run.begun_with):
            shutil.copytree(built, fresh)
            _add_papers(root, fresh)
            _add_deposit(root, paper, fresh)
            (fresh / MADE_OF).write_text(json.dumps(made_of(root, paper), indent=1) + "\n", "utf-8")
            (fresh / SUMS).write_text(checksums(fresh), "utf-8")
    except BaseException:  # also Ctrl-C: half an edition beside the others would be uploaded with them
        shutil.rmtree(fresh, ignore_errors=True)
        raise
    kept.parent.mkdir(exist_ok=True)
    kept.write_bytes(json_file(facts | {"addresses": public_addresses.of(built)}))
    fresh.rename(site / paper.version)
    publish(root, site)
    return site / paper.version


def _lost(root: Path, site: Path, built: Path, paper: Publication) -> list[str]:
    """A line for each address of the last edition that leads nowhere in this one, and of which nothing is said."""
    earlier = [record for record in _others(root, site) if record["edition"] != paper.version]
    if not earlier:
        return []
    last = max(earlier, key=edition_records.age)
    frozen = site / last["edition"]
    known = last.get("addresses") or (public_addresses.of(frozen) if frozen.exists() else [])
    told = noted(root).get(paper.version, {})
    return [
        f"{at}: leads nowhere; edition {last['edition']} has it" for at in public_addresses.lost(built, known, told)
    ]


def _add_papers(root: Path, fresh: Path) -> None:
    """The PDFs, the slides and the EPUB, which the pages of an edition name."""
    from brief.print import epub, offered, pdf, slides, system_deps  # slow to load

    if not system_deps.ensure():
        raise Refused("an edition has PDFs, and they can't be made here: nothing was frozen")
    made = {each.FOLDER: each.made(root, fresh) for each in (pdf, slides, epub)}
    offered.offer([file for folder, files in made.items() for file in offered.keep(files, root / folder)], fresh)


def _add_deposit(root: Path, paper: Publication, fresh: Path) -> None:
    """What an archive takes, with the word that the tables are valid."""
    try:
        lacks = deposit.add(root, paper, fresh)
    except deposit.NotValid as reason:
        raise Refused(f"the published tables are not valid, and nothing was frozen: {reason}") from None
    if lacks:
        print(lacks, flush=True)


def listed(site: Path) -> list[dict]:
    """What a page must know of the editions in a site, the newest first: version, date, fingerprint, what changed."""
    found = [project.facts(site / version) for version in check(site)]
    found.sort(key=edition_records.age)
    about = []
    for before, record in zip([None, *found], found, strict=False):
        news = changed_facts.compare(before, record).summary() if before else "the first edition"
        about.append({key: record[key] for key in ("edition", "date", "fingerprint")} | {"changes": news})
    return about[::-1]


def publish(root: Path, site: Path) -> None:
    """Write what stands beside the editions of a site: which there are, `latest`, what machines look for."""
    about = listed(site)
    changes = f"{settings.read(root)['brief_updates_page']}.html#{anchors.edition(about[0]['edition'])}"
    about[0]["updates"] = changes  # an older edition's page does not know where a newer one says it
    text = json.dumps(about, indent=1, ensure_ascii=False)
    (site / VERSIONS).write_text(f"window.briefVersions = {text};\n", "utf-8")
    (site / "versions.json").write_text(text + "\n", "utf-8")
    newest, latest = site / about[0]["edition"], site / LATEST
    shutil.rmtree(latest, ignore_errors=True)
    for file in sorted(path for path in newest.rglob("*") if path.is_file()):
        path = file.relative_to(newest)
        if path.parts[0] in _OWN:
            continue
        target = latest / path
        target.parent.mkdir(parents=True, exist_ok=True)
        if path.suffix != ".html":  # a copy: no host of files alone leads from a PDF or a table to another
            shutil.copyfile(file, target)
            continue
        up = "../" * len(path.parts)
        target.write_text(leading(_NEWEST, f"{up}{newest.name}/{path.as_posix()}"), "utf-8")
    paper = Publication(root)
    beside = {"robots.txt": site_index.robots(paper.home)}
    rules = site_index.header_rules(paper.home, [edition["edition"] for edition in about])
    beside |= {"_headers": site_index.headers(rules), "nginx.conf": site_index.nginx(rules)}
    beside |= {"apache.conf": site_index.apache(rules)}
    if paper.home:  # what stands in these are whole addresses
        beside |= {"sitemap.xml": site_index.sitemap(newest, paper.home, about[0]["date"])}
        beside |= {"feed.xml": site_index.feed(about, paper), "404.html": site_index.not_found(paper)}
    for name, content in beside.items():
        (site / name).write_bytes(content)
    (site / "index.html").write_text(leading(_NEWEST, f"{newest.name}/index.html"), "utf-8")
