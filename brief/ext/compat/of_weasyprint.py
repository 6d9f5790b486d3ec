"""WeasyPrint's lines: what their layout keeps to itself."""

from functools import wraps


def mend_lines() -> None:
    """Have lines hold the words that fit. Where Pango says that a line fits which is wider by its last space or by
    rounding, WeasyPrint gives it the first word alone (its issue 1051).

    Uses `weasyprint.layout.inline.split_first_line`: text, style, context, width; what it gives begins with layout,
    length in bytes, where the rest begins, width. Seen in WeasyPrint 70.0.
    """
    from weasyprint.layout import inline  # needs Pango, as all that typesets

    split = inline.split_first_line
    if hasattr(split, "__wrapped__"):  # mended already
        return

    @wraps(split)
    def first_line(text, style, context, max_width, *more, **named):
        found = split(text, style, context, max_width, *more, **named)
        _layout, length, rest, width, *_ = found
        if rest is None or max_width is None or 2 * width > max_width or " " in text.encode()[:length].decode():
            return found
        narrower = split(text, style, context, max_width - style["font_size"] / 2, *more, **named)
        return narrower if narrower[1] > length else found

    inline.split_first_line = first_line
