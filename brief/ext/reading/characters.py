"""Which characters a text may hold: none that a reader cannot see, none that pass for others in a key.

A word that looks like another but is not becomes a group of its own in a chart, and nobody sees why.
"""

import re
import unicodedata

from brief.tableschema import CELL

# Categories of Unicode that no text of ours needs: control, format (directions, joiners, zero width), surrogate,
# private use, not assigned, separators of lines and paragraphs.
_REFUSED = {
    "Cc": "a control character",
    "Cf": "an invisible character",
    "Cs": "half a character",
    "Co": "a private character",
    "Cn": "an unassigned character",
    "Zl": "a line break",
    "Zp": "a line break",
}
_NAMED = {"\t": "a tab", "\r": "a line end (CR)", "\n": "a line end", "\0": "a NUL byte", "\ufffd": "a lost character"}
# Blank, though Unicode counts them as letters, marks or symbols.
_BLANK = "\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0"
DIRECTIONS = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_SELECTORS = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")
_WORD = re.compile(r"[^\W\d_]+")
_LOOSE = re.compile(r"[\s_\-\u2010-\u2015]+")
# Scripts that one language writes in one word.
_TOGETHER = {"HIRAGANA": "CJK", "KATAKANA": "CJK", "KATAKANA-HIRAGANA": "CJK", "HANGUL": "CJK", "BOPOMOFO": "CJK"}


def broken_rule(text: str, key: bool) -> str | None:
    """What is wrong with a cell's text, as the end of a sentence about it; None when nothing is.

    `key` asks more: of texts by which rows are told apart, joined or grouped.
    """
    if len(text) > CELL:
        return f"has {len(text):,} characters, more than {CELL:,}"
    if not (text.isascii() and text.isprintable()):
        found = unseen(text)
        if found:
            return f"holds {found}"
    if text != text.strip():
        return f"has a space at its {'end' if text == text.lstrip() else 'beginning'}"
    return _key_rule(text) if key else None


def unseen(text: str) -> str | None:
    """The first character that a text must not hold, in words: "a tab (U+0009)"."""
    for char in text:
        words = _NAMED.get(char) or _REFUSED.get(unicodedata.category(char))
        words = words or ("a blank character" if char in _BLANK else None)
        if words:
            return f"{words} (U+{ord(char):04X})"
    return None


def _key_rule(text: str) -> str | None:
    if "  " in text:
        return "has two spaces in a row"
    if text.isascii():
        return None
    if text != unicodedata.normalize("NFC", text):
        return "is not in the composed form of Unicode (NFC)"
    for char in text:
        odd = (char.isspace() and char != " ") or (char.isdecimal() and not char.isascii()) or _SELECTORS.match(char)
        if odd or (char.isalpha() and unicodedata.normalize("NFKC", char) != char):
            return f"holds U+{ord(char):04X}, which looks like another character"
    for word in _WORD.findall(text):
        scripts = sorted({_script(char) for char in word} - {"Modifier", "Combining"})
        if len(scripts) > 1:
            return f'mixes letters of two scripts ({" and ".join(scripts)}) in the word "{word}"'
    return None


def _script(char: str) -> str:
    """The script of a letter, by the first word of its name: "Latin"."""
    name = unicodedata.name(char, "unknown").split()[0]
    return _TOGETHER.get(name, name).capitalize()


def likeness(text: str) -> str:
    """What two spellings of one name have in common: small letters, one kind of dash and space."""
    folded = unicodedata.normalize("NFKC", text).casefold().replace("\u2019", "'")
    return _LOOSE.sub(" ", folded)
