"""The templates and style sheets of what is printed, in templates/, and what they take from the book's settings."""

import base64
from pathlib import Path

from brief import palette, settings
from brief.ext.templating import renderer

render = renderer("brief.print")


def as_data(svg: str) -> str:
    """A drawing as the address of an image that holds itself."""
    return f"data:image/svg+xml;base64,{base64.b64encode(svg.encode()).decode()}"


def colors(root: Path) -> dict[str, str]:
    """The light colours (paper is white) of the book at `root` by what they are for, see `palette.roles`."""
    said = settings.read(root)
    known = palette.variables(said["brief_colors"])
    roles = palette.roles(said["brief_colors"], said["brief_accents"], said["brief_peers"])
    return {role: known[name][0] for role, name in roles.items()}
