"""Direct speech: where quotation marks open and close.

Curly marks are read as they stand, straight ones by the letters around them. A quotation that is not closed
before its paragraph ends runs to that end, and `continues` where the next paragraph opens one again:

>>> text = 'She said: "We will stay.\\n\\n"They will not."'
>>> [(text[q.start : q.end], q.continues) for q in quotations(text)]
[('"We will stay.', False), ('"They will not."', True)]
"""

from __future__ import annotations

import re
from dataclasses import dataclass

__all__ = ["Quotation", "quotations"]

_PARAGRAPH = re.compile(r"[^\n]+")
_MARK = re.compile(r"[\"“”„«»]|''|``|[‘’']")
_SINGLE = frozenset("‘’'")


@dataclass(frozen=True, slots=True)
class Quotation:
    """Characters `start` up to `end`, marks included.

    Attributes:
        single: it stands in single marks.
        closed: it has a closing mark.
        continues: it takes up the quotation of the paragraph before, which was left open.
    """

    start: int
    end: int
    single: bool = False
    closed: bool = True
    continues: bool = False


def quotations(text: str) -> tuple[Quotation, ...]:
    """All quotations of a text, in order; single marks count only outside double ones."""
    found: list[Quotation] = []
    pending = False
    for paragraph in _PARAGRAPH.finditer(text):
        marks = list(_MARK.finditer(text, paragraph.start(), paragraph.end()))
        doubles, pending = _doubles(text, marks, paragraph.start(), paragraph.end(), pending)
        found.extend(doubles)
        found.extend(_singles(text, [m.start() for m in marks if m[0] in _SINGLE], doubles, paragraph.end()))
    return tuple(sorted(found, key=lambda quotation: quotation.start))


def _opens(text: str, at: int, first: int, width: int) -> bool:
    before = text[at - 1] if at > first else " "
    after = text[at + width] if at + width < len(text) else " "
    return (before.isspace() or before in "([-–—―/“‘:") and not after.isspace()


def _doubles(
    text: str, marks: list[re.Match[str]], first: int, last: int, pending: bool
) -> tuple[list[Quotation], bool]:
    found: list[Quotation] = []
    start: int | None = None
    continues = False
    for mark in marks:
        sign = mark[0]
        if sign in _SINGLE:
            continue
        opening = sign in "“„«``" or (sign in "\"''" and start is None and _opens(text, mark.start(), first, len(sign)))
        if start is None and opening:
            start = mark.start()
            continues = pending and not text[first:start].strip()
        elif start is not None and not opening:
            found.append(Quotation(start, mark.end(), continues=continues))
            start, continues = None, False
    if start is not None:
        end = start + len(text[start:last].rstrip())
        found.append(Quotation(start, end, closed=False, continues=continues))
    return found, start is not None


def _singles(text: str, marks: list[int], doubles: list[Quotation], last: int) -> list[Quotation]:
    found: list[Quotation] = []
    start: int | None = None
    for at in marks:
        if any(q.start < at < q.end for q in doubles):
            continue
        after = text[at + 1] if at + 1 < last else " "
        before = text[at - 1] if at else " "
        if (before.isspace() or before in "(:—–") and after.isalnum() and text[at] != "’":
            start = at
        elif start is not None and not after.isalnum() and not before.isspace():
            closing_s = before == "s" and after == " " and "’" not in text[at + 1 : last] and text[at] == "'"
            if not closing_s or text.find("'", at + 1, last) < 0:
                found.append(Quotation(start, at + 1, single=True))
                start = None
    return found
