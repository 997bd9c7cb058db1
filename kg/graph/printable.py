"""Text from documents, made safe to print.

A document may hold escape sequences that recolour a terminal, or marks that turn the direction of a line. In what
is printed each such character becomes a space; what is stored keeps it.

>>> printable("Lavrov\\x1b[31m said\\u202e no")
'Lavrov [31m said  no'

A spreadsheet takes a cell that begins with `=`, `+`, `-` or `@` for a formula; `unformula` puts an apostrophe
before it.

>>> unformula('=HYPERLINK("http://example.org")')
'\\'=HYPERLINK("http://example.org")'
"""

from __future__ import annotations

import textwrap

__all__ = ["printable", "unformula", "wrapped"]

_CONTROLS = [*range(0x20), *range(0x7F, 0xA0), 0x2028, 0x2029, *range(0x202A, 0x202F), *range(0x2066, 0x206A)]
_SAFE = dict.fromkeys(_CONTROLS, " ")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def printable(text: str) -> str:
    """The text on one line, without control characters and without marks that override its direction."""
    return text.translate(_SAFE)


def unformula(cell: str) -> str:
    """The cell as a spreadsheet shows it and never computes it."""
    return "'" + cell if cell.startswith(_FORMULA) else cell


def wrapped(text: str, width: int, indent: str = "", *, hang: str | None = None) -> list[str]:
    """Printable lines of at most `width` characters, but for longer words; `hang` indents the second and later ones."""
    lines = textwrap.wrap(
        printable(text),
        width,
        initial_indent=indent,
        subsequent_indent=indent if hang is None else hang,
        break_long_words=False,
        break_on_hyphens=False,
    )
    return lines or [""]
