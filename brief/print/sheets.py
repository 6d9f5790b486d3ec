"""The templates and style sheets of what is printed, in templates/."""

from importlib.resources import files

from brief.ext.templating import renderer

render = renderer("brief.print")


def text(name: str) -> str:
    """A file as it stands."""
    return files("brief.print").joinpath("templates", name).read_text("utf-8")
