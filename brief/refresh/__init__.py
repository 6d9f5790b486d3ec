"""From a publisher's file to a table: what a recipe in data/recipes imports, and `make refresh`."""

from brief.refresh.publisher_file import PublisherFile, Unreadable
from brief.refresh.recipe import Files, Part, Publisher, Table, keyed

__all__ = ["Files", "Part", "Publisher", "PublisherFile", "Table", "Unreadable", "keyed"]
