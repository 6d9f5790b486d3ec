"""The one script that makes charts respond: Vega, Vega-Lite and vega-embed from vl-convert, on this site.

Loaded only when a reader points at, focuses or taps a figure. Vega's expressions are interpreted, never compiled, so
a Content-Security-Policy needs no 'unsafe-eval'.
"""

import json

from sphinx.application import Sphinx

from brief import palette, vegalite
from brief.ext.figures import prerender

NAME = "brief-vega.js"
_SNIPPET = """
window.briefVega = { embed: (host, spec, options) => vegaEmbed(host, spec, { ast: true, actions: false, ...options }) };
"""


def own(app: Sphinx) -> str:
    """What stands at the end of the script and is ours."""
    known = palette.variables(app.config.brief_colors)
    colors = {light: f"--brief-{name}" for name, (light, _dark) in known.items()}
    return f"{_SNIPPET}window.briefVega.colors = {json.dumps(colors, sort_keys=True)};\n"


def foresee(app: Sphinx, _builder) -> None:
    """Have it made."""
    prerender.wanted.append(("js", own(app)))


def script(app: Sphinx) -> dict[str, bytes]:
    """The script, among the static files: kept from build to build, since it takes seconds to make."""
    return {f"_static/{NAME}": vegalite.drawn("js", own(app))}
