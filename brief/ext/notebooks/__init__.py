"""Chapters as notebooks to take away: plain Markdown, code, and what its run left."""
