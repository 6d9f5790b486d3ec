"""The house's own HTML and text templates, in templates/."""

from collections.abc import Callable

from jinja2 import Environment, PackageLoader


def renderer(package: str) -> Callable[..., str]:
    """A function of a template's name and its context, for the templates of a package; what is put in is escaped."""
    templates = Environment(loader=PackageLoader(package), autoescape=True, trim_blocks=True, lstrip_blocks=True)

    def render(template: str, /, **context) -> str:
        return templates.get_template(template).render(**context)

    return render


render = renderer("brief.ext")
