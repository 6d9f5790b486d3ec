"""The one script that makes charts respond: Vega, Vega-Lite and vega-embed from vl-convert, on this site.

Loaded only when a reader points at, focuses or taps a figure. Vega's expressions are interpreted, never compiled, so
a Content-Security-Policy needs no 'unsafe-eval'.
"""

import json
from pathlib import Path

import vl_convert
from sphinx.application import Sphinx

from brief import book, drawing, palette

NAME = "brief-vega.js"
_SNIPPET = """
window.briefVega = { embed: (host, spec, options) => vegaEmbed(host, spec, { ast: true, actions: false, ...options }) };
"""


def bundle(root: Path) -> str:
    """The script: kept from build to build, since it takes seconds to make."""
    colors = {light: f"--brief-{name}" for name, (light, _dark) in palette.variables().items()}
    text = f"{_SNIPPET}window.briefVega.colors = {json.dumps(colors, sort_keys=True)};\n"
    # A block of its own: the bundle's names are not the page's.
    script = drawing.kept(
        root, "js", lambda: f"(() => {{\n{vl_convert.javascript_bundle(text)}\n}})();\n".encode(), text.encode()
    )
    return script.decode()


def write(app: Sphinx, error) -> None:
    """Put the script among the static files."""
    if error or app.builder.format != "html":
        return
    target = Path(app.outdir) / "_static" / NAME
    text = bundle(book.find_root(Path(app.srcdir)))
    if not target.is_file() or target.read_text("utf-8") != text:
        target.write_text(text, "utf-8")


def setup(app: Sphinx) -> None:
    app.connect("build-finished", write)
