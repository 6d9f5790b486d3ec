"""make check warns of prose by file and line, and passes all the same."""

from brief.ext.checks import prose

LONG = " ".join(["word", "and"] * 24)


def test_an_edit_is_warned_of_by_line(unbuilt):
    assert not [line for line in prose.warnings(unbuilt.root) if line.startswith("chapters/flour.md")]
    unbuilt.append("chapters/flour.md", f"\n{LONG}.\n")
    line = (unbuilt.root / "chapters/flour.md").read_text("utf-8").count("\n")
    with unbuilt.start("-m", "brief", "check") as child:
        said = child.communicate()[0]
    assert child.returncode == 0
    assert f"warning: chapters/flour.md:{line}: " in said and "no error" in said
