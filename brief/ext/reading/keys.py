"""Keys of a file in words: the path that leads to a value, and which known key one that is not known may mean."""

from difflib import get_close_matches


def nearest(key: object, known) -> str | None:
    """The known key that an unknown one is likely to mean."""
    return next(iter(get_close_matches(str(key), list(known), n=1, cutoff=0.6)), None)


def unknown(key: object, known) -> str:
    """What an unknown key is told: the nearest known one, or all of them when they are few."""
    if near := nearest(key, known):
        return f"is not known: {near}?"
    return f"is not known: one of {', '.join(known)}" if len(known) <= 12 else "is not known"


def dotted(path: list, *more) -> str:
    """A path as a person reads it, items counted from one: "authors.2.name"."""
    return ".".join(str(part + 1) if isinstance(part, int) else str(part) for part in [*path, *more]) or "the file"
