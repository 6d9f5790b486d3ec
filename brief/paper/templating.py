"""The templates and style sheets of what is printed, in templates/."""

from importlib.resources import files

from jinja2 import Environment, PackageLoader

_templates = Environment(loader=PackageLoader("brief.paper"), autoescape=True, trim_blocks=True, lstrip_blocks=True)


def render(template: str, /, **context) -> str:
    """The template of that name with `context`; what is put in is escaped."""
    return _templates.get_template(template).render(**context)


def text(name: str) -> str:
    """A file as it stands."""
    return files("brief.paper").joinpath("templates", name).read_text("utf-8")
