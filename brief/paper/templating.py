"""The templates and style sheets of what is printed, in templates/."""

from importlib.resources import files

from brief.build.templating import renderer

render = renderer("brief.paper")


def text(name: str) -> str:
    """A file as it stands."""
    return files("brief.paper").joinpath("templates", name).read_text("utf-8")
