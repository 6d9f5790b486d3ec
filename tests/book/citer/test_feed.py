"""What stands beside editions names each with its own day, address and change: tried on two made of a record alone."""

import json
import re
from xml.etree import ElementTree

from brief.cli import editions
from brief.ext.citations.metadata import Publication
from tests.conftest import ROOT

BOOK = ROOT / "tests" / "engine" / "books" / "minimal"  # has an address, which stands in all of these

ATOM = "{http://www.w3.org/2005/Atom}"


def edition(site, version, day, value):
    """An edition of one fact and one page, with its checksums."""
    folder = site / version
    folder.mkdir(parents=True)
    fact = {"id": "flour.grain", "value": value, "text": f"{value} t"}
    kinds = {kind: [] for kind in ("findings", "indicators", "figures", "claims")}
    record = {"edition": version, "date": day, "fingerprint": version * 3, "facts": [fact], **kinds}
    (folder / "facts.json").write_text(json.dumps(record), "utf-8")
    (folder / "index.html").write_text("<!DOCTYPE html><title>Bread</title>", "utf-8")
    (folder / editions.SUMS).write_text(editions.checksums(folder), "utf-8")


def test_the_feed_the_map_and_the_versions_name_the_newest_edition_first(tmp_path):
    edition(tmp_path, "2026.11", "2026-11-24", 100)
    edition(tmp_path, "2026.12", "2026-12-20", 90)
    editions.publish(BOOK, tmp_path)
    home = Publication(BOOK).home
    feed = ElementTree.parse(tmp_path / "feed.xml").getroot()
    assert feed.find(f"{ATOM}updated").text.startswith("2026-12-20")
    told = [[entry.find(f"{ATOM}{name}").text for name in ("title", "id")] for entry in feed.iter(f"{ATOM}entry")]
    assert told == [[f"Edition {version}", f"{home}{version}/"] for version in ("2026.12", "2026.11")]
    days = [entry.find(f"{ATOM}updated").text[:10] for entry in feed.iter(f"{ATOM}entry")]
    assert days == ["2026-12-20", "2026-11-24"]
    news = [entry.find(f"{ATOM}summary").text for entry in feed.iter(f"{ATOM}entry")]
    assert news == ["1 fact changed", "The first edition"]
    assert all(entry.find(f"{ATOM}link").get("href").startswith(home) for entry in feed.iter(f"{ATOM}entry"))
    places = [loc.text for loc in ElementTree.parse(tmp_path / "sitemap.xml").getroot().iter() if loc.text.strip()]
    assert places == [f"{home}2026.12/index.html", "2026-12-20"]
    # Every file of the newest edition has an address that stays: pages lead on, all else is a copy.
    latest = {path.name: path.read_text("utf-8") for path in (tmp_path / "latest").iterdir()}
    assert latest["facts.json"] == (tmp_path / "2026.12" / "facts.json").read_text("utf-8")
    assert "../2026.12/index.html" in latest["index.html"] and latest.keys() == {"facts.json", "index.html"}
    told = (tmp_path / "_headers").read_text("utf-8")
    assert told.startswith("/brief/*\n") and "/brief/2026.11/*\n  Cache-Control: public" in told
    assert "/brief/latest/*\n  Cache-Control: no-cache" in told
    rules = re.findall(r"^(/\S*)\n  (\S+): (.+)$", told, re.MULTILINE)
    patterns = [re.escape(path[:-1]) if path.endswith("*") else f"{re.escape(path)}$" for path, _name, _value in rules]
    for name, form in [("nginx.conf", '"~^{}" "{}";'), ("apache.conf", '"^{}">\n  Header set {} "{}"')]:
        text = (tmp_path / name).read_text("utf-8")
        said = [
            (p, value) if name == "nginx.conf" else (p, of, value)
            for p, (_, of, value) in zip(patterns, rules, strict=True)
        ]
        assert len(said) == text.count('"~^') + text.count('"^') and all(form.format(*one) in text for one in said)
    versions = json.loads((tmp_path / "versions.json").read_text("utf-8"))
    assert [(v["edition"], v["date"], v["fingerprint"]) for v in versions] == [
        ("2026.12", "2026-12-20", "2026.12" * 3),
        ("2026.11", "2026-11-24", "2026.11" * 3),
    ]
    assert f"Sitemap: {home}sitemap.xml" in (tmp_path / "robots.txt").read_text("utf-8")
    assert "2026.12/index.html" in (tmp_path / "index.html").read_text("utf-8")
