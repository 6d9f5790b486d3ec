"""Values of facts computed anew from the tables, chapter by chapter."""

from tests.book.reader.shown.values import censorship, competitiveness, hardware, ideology, talent
from tests.book.reader.shown.values.computed import VALUES

__all__ = ["VALUES", "censorship", "competitiveness", "hardware", "ideology", "talent"]
