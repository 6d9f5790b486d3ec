"""Which publisher's file is it? By what is in it; a file that is nobody's, or cut, gets a line that says so."""

from dataclasses import dataclass

from brief.refresh.publisher_file import PublisherFile, Unreadable
from brief.refresh.recipe import Part, Recipe


@dataclass(frozen=True)
class Known:
    """A file that a recipe knows, with its part and how far its content goes."""

    recipe: Recipe
    part: Part
    file: PublisherFile
    reaches: str


def recognised(file: PublisherFile, recipes: list[Recipe]) -> Known:
    """What the file is; raises Unreadable with the reason for one that no recipe knows or that is damaged."""
    near = []
    for recipe in recipes:
        for part in recipe.parts:
            try:
                if part.recognise(file):
                    return Known(recipe, part, file, part.reaches(file))
            except Unreadable as reason:
                near.append((recipe, part, reason))
            except (KeyError, ValueError, IndexError, TypeError, AttributeError) as error:
                near.append((recipe, part, Unreadable(f"cannot be read ({type(error).__name__}: {error})")))
    if len(near) == 1:
        recipe, part, reason = near[0]
        raise Unreadable(f"looks like {part.name} of {recipe.publisher.name}, but {reason}")
    if near and len({str(reason) for *_, reason in near}) == 1:
        raise Unreadable(f"{near[0][2]}")
    raise Unreadable(f"is not a file that a recipe knows{_columns(file)}")


def _columns(file: PublisherFile) -> str:
    return f": its first line is {', '.join(file.header[:8])[:120]}" if len(file.header) > 1 else ""
