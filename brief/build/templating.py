"""The house's own HTML and text templates, in templates/."""

from jinja2 import Environment, PackageLoader

_templates = Environment(loader=PackageLoader("brief.build"), autoescape=True, trim_blocks=True, lstrip_blocks=True)


def render(template: str, /, **context) -> str:
    """The template of that name with `context`; what is put in is escaped."""
    return _templates.get_template(template).render(**context)
