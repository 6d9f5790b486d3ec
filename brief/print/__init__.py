"""The book on paper: a typeset PDF and an EPUB, made from the built pages.

Both start from `_build/html`, so a fact, a number or a citation reads there as it does on the site: nothing runs
again, and no second Sphinx builder has its own idea of a page.
"""
