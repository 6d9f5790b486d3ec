"""The house's own HTML and text templates, in templates/."""

import re
from collections.abc import Callable

from jinja2 import Environment, PackageLoader


def renderer(package: str) -> Callable[..., str]:
    """A function of a template's name and its context, for the templates of a package; what is put in is escaped."""
    templates = Environment(loader=PackageLoader(package), autoescape=True, trim_blocks=True, lstrip_blocks=True)

    def render(template: str, /, **context) -> str:
        return templates.get_template(template).render(**context)

    return render


def css_string(text: str) -> str:
    """`text` as a string of a style sheet that stands in HTML, where an entity would be read as it is."""
    return '"' + re.sub(r'[\\"<>&\n]', lambda sign: f"\\{ord(sign[0]):x} ", text) + '"'


render = renderer("brief.ext")
