"""An edition stays as it was made; the next one stands beside it, and each says what the other is."""

import contextlib
import hashlib
import json
import re
import shutil
import subprocess
import zipfile
from urllib.error import HTTPError
from urllib.parse import urldefrag, urljoin
from urllib.request import urlopen
from xml.etree import ElementTree

import lxml.html
import pytest
from bs4 import BeautifulSoup

from brief.cli import public_addresses
from tests.conftest import Files, serving
from tests.engine.conftest import copied
from tests.pdf_text import page_texts

ROW = "#fact-flour-miller"

GONE = "chapters/flour#what-would-change-this-assessment"
NOTES = f"""
"2026.2":
  flour.miller: "Correction: we had misread the source."
  {GONE}: "Nothing would."
"""


def files(folder):
    return Files(
        {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    )


def freeze(book, *arguments):
    with book.start("-m", "brief", "edition", *arguments) as child:
        said = child.communicate()[0]
    return child.returncode, said


def number(folder):
    soup = BeautifulSoup((folder / "reference/evidence.html").read_text("utf-8"), "html.parser")
    return soup.select_one(ROW).select("td")[1].p.find(string=True).strip()


@pytest.fixture(scope="module")
def editions(minimal_built, tmp_path_factory):
    """A site of two editions: between them a number was corrected and the reason given, a fact was renamed, a section
    dropped."""
    place = tmp_path_factory.mktemp("editions") / "book"
    book = copied(minimal_built.root, place)
    status, said = freeze(book)
    assert status == 0, said
    first = files(place / "site" / "2026.1")
    book.edit("CITATION.cff", '"2026.1"', '"2026.2"')
    book.edit("CITATION.cff", "2026-01-15", "2026-02-20")
    book.edit("data/bread/statements.csv", "miller,90,", "miller,80,")
    book.edit("chapters/ovens.md", '"loaves", ovens', '"loaves-baked", ovens')
    book.edit("chapters/ovens.md", "{fact}`loaves`", "{fact}`loaves-baked`")
    book.edit("index.md", "ovens.loaves", "ovens.loaves-baked")
    ledger = "reference/evidence#fact-ovens-loaves"
    book.append("_config.yml", f"    brief_redirects: {{ {ledger}: {ledger}-baked }}\n")
    book.edit("chapters/flour.md", "## What would change this assessment\n", "")
    book.write("editions/notes.yml", NOTES)
    status, said = freeze(book, "2026.2")
    assert status == 0, said
    return book, place / "site", first


def test_an_old_edition_stays_byte_for_byte_and_keeps_its_numbers(editions):
    _book, site, first = editions
    assert files(site / "2026.1") == first
    assert number(site / "2026.1") == "90 t" and number(site / "2026.2") == "80 t"
    cited = json.loads((site / "2026.1/citations/flour.json").read_text("utf-8"))[0]["URL"]
    assert cited.endswith("/2026.1/chapters/flour.html")


def test_the_manifest_holds_every_file(editions):
    _book, site, _first = editions
    result = subprocess.run(["sha256sum", "--quiet", "-c", "SHA256SUMS"], cwd=site / "2026.2", capture_output=True)
    assert result.returncode == 0, result.stdout
    lines = (site / "2026.2/SHA256SUMS").read_text("utf-8").splitlines()
    content = (site / "2026.2/index.html").read_bytes()
    assert f"{hashlib.sha256(content).hexdigest()}  index.html" in lines
    assert len(lines) == len(files(site / "2026.2")) - 1


def test_an_edition_is_never_made_twice_and_the_version_is_the_citation_files(editions):
    book, site, _first = editions
    before = files(site)
    status, said = freeze(book)
    assert status == 1 and said.count("\n") == 1 and "an edition is never rewritten" in said
    status, said = freeze(book, "2027.01")
    assert status == 1 and said.count("\n") == 1 and said.startswith("CITATION.cff: version is 2026.2, not 2027.01")
    assert files(site) == before


def test_an_edition_that_was_tampered_with_is_named(editions, tmp_path):
    book, site, _first = editions
    copy = tmp_path / "site"
    shutil.copytree(site, copy)
    shutil.rmtree(copy / "2026.2")
    page = copy / "2026.1" / "index.html"
    page.write_text(page.read_text("utf-8") + " ", "utf-8")
    status, said = freeze(book, "--site", str(copy))
    assert status == 1 and "2026.1 is not as it was made" in said and "Traceback" not in said
    assert not (copy / "2026.2").exists()


def test_the_fingerprint_is_in_footer_facts_and_versions(editions):
    _book, site, _first = editions
    facts = json.loads((site / "2026.2/facts.json").read_text("utf-8"))
    assert facts["edition"] == "2026.2"
    soup = BeautifulSoup((site / "2026.2/chapters/flour.html").read_text("utf-8"), "html.parser")
    assert facts["fingerprint"][:12] in soup.select_one("p.copyright").get_text()
    newest, oldest = json.loads((site / "versions.json").read_text("utf-8"))
    assert newest["fingerprint"] == facts["fingerprint"] != oldest["fingerprint"]
    assert (newest["edition"], oldest["edition"]) == ("2026.2", "2026.1")
    assert "1 fact changed" in newest["changes"]


def test_updates_list_what_changed_and_why(editions):
    _book, site, _first = editions
    soup = BeautifulSoup((site / "2026.2/reference/updates.html").read_text("utf-8"), "html.parser")
    section = soup.select_one("#edition-2026-2")
    (line,) = [li.get_text().strip() for li in section.select("li") if "miller" in li.get_text()]
    assert line.startswith("flour.miller: 90 t → 80 t (-11.1%)")
    assert line.endswith("Correction: we had misread the source.")
    assert f"address {GONE} is gone. Nothing would." in section.get_text()
    assert "The first edition." in soup.select_one("#edition-2026-1").get_text()


@pytest.mark.browser
def test_an_old_page_says_that_there_is_a_newer_one_and_latest_leads_there(browser, editions):
    _book, site, _first = editions
    page = browser.new_page()
    page.goto((site / "2026.1/chapters/flour.html").as_uri())
    note = page.locator(".edition-note")
    note.wait_for()
    assert "Edition 2026.2 is newer" in note.text_content()
    note.get_by_text("this page there").click()
    page.wait_for_url("**/2026.2/chapters/flour.html")
    assert page.locator(f"a.fact[href$='{ROW}']").first.text_content() == "80 t"
    assert page.locator(".edition-note").count() == 0
    for own in ("figures/flour-grain-by-year/index.html", "reference/data/bread/grain.html"):
        page.goto((site / "2026.1" / own).as_uri())
        page.locator(".edition-note").get_by_text("this page there").click()
        page.wait_for_url(f"**/2026.2/{own}")
    page.goto((site / "latest/reference/evidence.html").as_uri() + ROW)
    page.wait_for_url(f"**/2026.2/reference/evidence.html{ROW}")
    page.goto((site / "index.html").as_uri())
    page.wait_for_url("**/2026.2/index.html")
    page.close()


def test_what_machines_look_for_stands_beside_the_editions(editions):
    _book, site, _first = editions
    entries = ElementTree.parse(site / "feed.xml").getroot().findall("{http://www.w3.org/2005/Atom}entry")
    assert [entry[0].text for entry in entries] == ["Edition 2026.2", "Edition 2026.1"]
    assert "1 fact changed" in entries[0].find("{http://www.w3.org/2005/Atom}summary").text
    pages = [loc.text for loc in ElementTree.parse(site / "sitemap.xml").getroot().findall(".//{*}loc")]
    assert pages and all("/2026.2/" in page for page in pages)
    assert all((site / page.partition("/brief/")[2]).is_file() for page in pages)
    assert "Sitemap: https://" in (site / "robots.txt").read_text("utf-8")
    lost = BeautifulSoup((site / "404.html").read_text("utf-8"), "html.parser")
    assert all(a["href"].startswith("https://") for a in lost.select("a[href]")) and not lost.select("script")


def test_an_edition_has_its_papers_and_its_pages_lead_to_them(editions):
    _book, site, _first = editions
    edition = site / "2026.2"
    assert (edition / "downloads/brief.epub").read_bytes().startswith(b"PK")
    soup = BeautifulSoup((edition / "chapters/flour.html").read_text("utf-8"), "html.parser")
    links = [a["href"] for a in soup.select(".article-header-buttons a[href]")]
    assert "../downloads/flour.pdf" in links
    under = {page: BeautifulSoup((edition / f"{page}.html").read_text("utf-8"), "html.parser").select(".papers a")
             for page in ("index", "chapters/flour", "chapters/ovens")}  # fmt: skip
    assert [link["href"] for link in under["index"]] == [
        f"downloads/{name}" for name in ("one-page.pdf", "brief.pdf", "brief.epub", "slides.pdf")
    ]
    slide = (edition / "figures/flour-grain-by-year/index.html").read_text("utf-8")
    offered = [edition / "downloads" / name for name in re.findall(r'downloads/([^"]+)"', slide)]
    offered += [edition / page / ".." / link["href"] for page, links in under.items() for link in links]
    assert len(offered) == 8 and all(file.resolve().is_file() for file in offered), offered
    named = soup.select_one("meta[name='citation_pdf_url']")["content"]
    assert (site / named.partition("/brief/")[2]).read_bytes().startswith(b"%PDF")


def test_an_edition_brings_what_an_archive_takes(editions):
    _book, site, _first = editions
    assert json.loads((site / "2026.2/data/frictionless-report.json").read_text("utf-8"))["valid"] is True
    with zipfile.ZipFile(site / "2026.2/deposit.zip") as archive:
        names, form = archive.namelist(), json.loads(archive.read(".zenodo.json"))
    assert {"data/README.md", "data/bread/grain.csv", "brief.pdf", "CITATION.cff", "ro-crate-metadata.json"} <= set(
        names
    )
    assert (form["version"], form["publication_date"]) == ("2026.2", "2026-02-20")


def test_what_is_taken_away_says_where_a_newer_edition_would_be(editions):
    _book, site, _first = editions
    edition, latest = site / "2026.1", "https://bread.example/brief/latest/"
    for name, page in [("brief", ""), ("flour", "chapters/flour.html"), ("one-page", ""), ("slides", "")]:
        file = edition / f"downloads/{name}.pdf"
        if file.exists():  # books without a summary of one page have none
            first = page_texts(file.read_bytes())[0].replace(" ", "")
            assert "Edition2026.1," in first and f"Thenewestedition:{latest}{page}" in first, name
    for path in ("data/brief-data.zip", "figures/flour-grain-by-year/flour-grain-by-year.zip"):
        with zipfile.ZipFile(edition / path) as archive:
            (readme,) = [name for name in archive.namelist() if name.endswith("README.md")]
            said = archive.read(readme).decode()
        assert "dition 2026.1" in said and f": {latest}" in said, path


def test_the_public_addresses_of_an_edition_stand_in_its_record_and_lead_somewhere(editions):
    book, site, _first = editions
    record = json.loads((book.root / "editions/2026.1.json").read_text("utf-8"))
    known = {
        "index",
        "chapters/flour#finding-grain-rose",
        "chapters/flour#flour-grain-by-year",
        "reference/data#table-bread-grain",
    }
    known |= {"figures/flour-grain-by-year/index", "reference/data/bread/grain", "reference/evidence#fact-ovens-loaves"}
    known |= {
        "reference/bibliography#source-mill-book",
        "reference/glossary#term-mill",
        "reference/evidence#claim-bread-rose",
        GONE,
    }
    assert known <= set(record["addresses"])
    assert public_addresses.lost(site / "2026.1", record["addresses"], {}) == []
    assert public_addresses.lost(site / "2026.2", record["addresses"], {}) == [GONE]
    assert public_addresses.of(site / "2026.1") == record["addresses"]


def test_an_edition_without_an_address_of_the_last_is_refused_and_the_address_named(editions):
    book, site, _first = editions
    before = files(site)
    book.edit("CITATION.cff", '"2026.2"', '"2026.3"')
    book.edit("CITATION.cff", "2026-02-20", "2026-03-20")
    book.edit("chapters/flour.md", "finding} grain-rose", "finding} grain-grew")
    book.edit("data/shared/claims.csv", "grain-rose", "grain-grew")
    status, said = freeze(book)
    assert status == 1 and said.splitlines()[-2:] == [
        "chapters/flour#finding-grain-rose: leads nowhere; edition 2026.2 has it",
        "Say where each leads: brief_redirects in _config.yml; or why it is gone: editions/notes.yml, by address",
    ]
    assert files(site) == before


def test_a_site_serves_from_any_folder_of_any_host(editions, tmp_path):
    _book, site, _first = editions
    (tmp_path / "of").mkdir()
    (tmp_path / "of" / "bread").symlink_to(site)  # not where CITATION.cff says that it is
    missing, asked = [], set()
    with serving(tmp_path, missing=missing) as host:
        waiting = [f"{host}/of/bread/"]
        while waiting:
            if (address := waiting.pop()) in asked:
                continue
            asked.add(address)
            with contextlib.suppress(HTTPError), urlopen(address) as answer:
                body = answer.read()
                if answer.headers.get_content_type() == "text/html":
                    tags = lxml.html.fromstring(body).xpath("//@href | //@src")
                    found = {urldefrag(urljoin(answer.url, tag))[0] for tag in tags}
                    assert [each for each in found if each.startswith(host) and "/of/bread/" not in each] == []
                    waiting += sorted(each for each in found if each.startswith(f"{host}/of/bread/"))
    assert missing == [] and len([each for each in asked if "/2026.2/" in each]) > 80
    assert any(each.endswith("/2026.2/downloads/brief.pdf") for each in asked)
