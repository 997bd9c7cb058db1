"""Days as people and machines write them: of a record, of front matter, of the date line of an article.

>>> parse_day("2017-05-17T08:30:00Z"), parse_day("17 May 2017"), parse_day("Wed, 17 May 2017 08:30:00 GMT")
(datetime.date(2017, 5, 17), datetime.date(2017, 5, 17), datetime.date(2017, 5, 17))
>>> parse_day("soon") is None
True
>>> published_in("Talks stall\\n\\nGENEVA, May 3, 2014 (Reuters) - The envoys left.")
datetime.date(2014, 5, 3)
"""

from __future__ import annotations

import re
from datetime import date

from kg.text.datewords import date_words
from kg.text.structure import Segment, segments

__all__ = ["parse_day", "published_in"]

_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)|(\d{4})(\d\d)(\d\d)(?!\d)")
_MONTH_FIRST = re.compile(r"\b([A-Za-z]{3,9}\.?)\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})\b")
_DAY_FIRST = re.compile(r"\b(\d{1,2})(?:st|nd|rd|th)?\s+(?:of\s+)?([A-Za-z]{3,9}\.?),?\s+(\d{4})\b")
_NUMERIC = re.compile(r"\b(\d{1,2})[/.](\d{1,2})[/.](\d{4})\b")
_FIRST_PARTS = 8


def parse_day(text: str) -> date | None:
    """The day written in `text`, or None if there is none, or more than one reading of it."""
    if found := _ISO.match(text.strip()):
        return _day(*(int(group) for group in found.groups() if group is not None))
    months = date_words().months
    for found in _MONTH_FIRST.finditer(text):
        if month := months.get(found[1].lower()):
            return _day(int(found[3]), month, int(found[2]))
    for found in _DAY_FIRST.finditer(text):
        if month := months.get(found[2].lower()):
            return _day(int(found[3]), month, int(found[1]))
    if found := _NUMERIC.search(text):
        first, second, year = (int(group) for group in found.groups())
        if first > 12 or first == second:
            return _day(year, second, first)
        if second > 12:
            return _day(year, first, second)
    if found := _ISO.search(text):
        return _day(*(int(group) for group in found.groups() if group is not None))
    return None


def published_in(text: str, parts: tuple[Segment, ...] | None = None) -> date | None:
    """The day of the first full date in a date line or dateline near the top of an article, or None.

    Args:
        text: the article.
        parts: its segments, where they are known.
    """
    for part in (segments(text) if parts is None else parts)[:_FIRST_PARTS]:
        if part.kind == "dateline" and (day := parse_day(text[part.start : part.end])) is not None:
            return day
    return None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
