"""The text of a PDF's pages, as PDFium finds it, which is what Chromium shows PDFs with."""

import unicodedata

from pypdfium2 import PdfDocument

HYPHEN = "\ufffe"  # PDFium's mark of a hyphen at the end of a line; what follows stands in the next


def page_texts(pdf: bytes) -> list[str]:
    """The text of each page, spaces and letters made alike: fi is two, whatever a font does."""
    with PdfDocument(pdf) as document:
        found = [page.get_textpage().get_text_range().replace(HYPHEN, "-") for page in document]
    return [" ".join(unicodedata.normalize("NFKC", text).split()) for text in found]
