"""Which publisher's file is it? By what is in it; a file that is nobody's, or cut, gets a line that says so."""

from dataclasses import dataclass

from brief.refresh.held import Held
from brief.refresh.publisher_file import PublisherFile, Unreadable
from brief.refresh.recipe import Lacking, Part, Recipe

SMALLER = 0.7  # of the bytes held: lists grow, so a file with less was cut, or is another thing under its name


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
    # Whose columns are all there is what the file is; else it may be any that it lacks a column of.
    near = [one for one in near if not isinstance(one[2], Lacking)] or near
    if near and len({recipe.name for recipe, *_ in near}) == 1:
        publisher, parts = near[0][0].publisher.name, " or ".join(part.name for _, part, _ in near)
        raise Unreadable(f"looks like {parts} of {publisher}, but {'; or '.join(str(reason) for *_, reason in near)}")
    if near and len({str(reason) for *_, reason in near}) == 1:
        raise Unreadable(f"{near[0][2]}")
    raise Unreadable(f"is not a file that a recipe knows{_columns(file)}")


def _columns(file: PublisherFile) -> str:
    return f": its first line is {', '.join(file.header[:8])[:120]}" if len(file.header) > 1 else ""


def new(known: Known, files: list[Held], released: str) -> str | None:
    """The release that a known file is of; None when it is held already, byte for byte.

    Raises Unreadable for one that is older than what is held, or of the same release and not the same file, or much
    smaller, or that does not say of when it is while `released` does not either.
    """
    part = known.part
    same = [held for held in files if held.recipe == known.recipe.name and held.part == part.name]
    if known.file.sha256 in {held.sha256 for held in same}:
        return None
    release = known.reaches if part.says_release else released
    if not release:
        raise Unreadable(f"does not say of which release it is ({_name(known)}): add RELEASED=, as in 2026-07-19")
    if alike := [held for held in same if held.release == release]:
        raise Unreadable(
            f"says that it is {_name(known)} of {release}, but is not the file held (sha256 "
            f"{known.file.sha256[:12]}, held {alike[0].sha256[:12]}): was it altered, or revised?"
        )
    if part.many or not same:
        return release
    last = max(same, key=lambda held: held.release)
    if release < last.release:
        raise Unreadable(f"is {_name(known)} of {release}, older than {last.release}, which is held (or is it cut?)")
    if known.reaches < last.reaches:
        raise Unreadable(
            f"is {_name(known)} and ends at {known.reaches}, before {last.reaches} of the one held: is it cut?"
        )
    if len(known.file.content) < SMALLER * int(last.bytes):
        raise Unreadable(
            f"is {_name(known)} with {len(known.file.content):,} bytes; the one held has "
            f"{int(last.bytes):,}: is it cut?"
        )
    return release


def _name(known: Known) -> str:
    return f"{known.part.name} of {known.recipe.publisher.name}"
