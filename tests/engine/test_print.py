"""Papers are made of the built pages alone: the same bytes wherever a book lies, and its site offers them."""

from brief.print import epub, pdf, slides


def test_elsewhere_the_same_bytes_and_a_site_that_offers_them(minimal_built, minimal):
    with minimal.start("-m", "brief", "pdf", "--site") as child:
        said = child.communicate()[0]
    assert child.returncode == 0, said
    offered = {file.name: file.read_bytes() for file in (minimal.site / "downloads").iterdir()}
    there = minimal_built.root, minimal_built.site
    made = pdf.made(*there) | epub.made(*there) | slides.made(*there)
    assert sorted(offered) == sorted(made)
    assert {"brief.pdf", "flour.pdf", "one-page.pdf", "slides.pdf", "brief.epub"} < set(offered)
    assert [name for name, content in made.items() if offered[name] != content] == []
