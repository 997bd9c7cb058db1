"""Calendar arithmetic on periods: the week, month or decade of a day, and parts of them.

>>> month(2012, 2)
Period(start=datetime.date(2012, 2, 1), end=datetime.date(2012, 2, 29))
>>> part(year(2015), "early")
Period(start=datetime.date(2015, 1, 1), end=datetime.date(2015, 4, 30))
>>> around(date(2017, 5, 17), "week", -1)
Period(start=datetime.date(2017, 5, 8), end=datetime.date(2017, 5, 14))
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Literal

from kg.model import Period

__all__ = ["Part", "Unit", "around", "century", "day", "decade", "month", "moved", "part", "season", "year"]

Unit = Literal["day", "night", "week", "weekend", "month", "quarter", "year", "decade", "century"]
Part = Literal["early", "mid", "late"]

_LENGTH = {"day": 1, "night": 1, "week": 7, "weekend": 7}
_MONTHS = {"month": 1, "quarter": 3, "year": 12, "decade": 120, "century": 1200}


def day(year: int, month: int, day: int) -> Period | None:
    """One day, or None where the calendar has no such day."""
    try:
        return Period.day(date(year, month, day))
    except ValueError:
        return None


def month(year: int, month: int) -> Period:
    following = date(year + month // 12, month % 12 + 1, 1) if (year, month) < (9999, 12) else date.max
    return Period(date(year, month, 1), following - timedelta(1) if following != date.max else following)


def year(year: int) -> Period:
    return Period(date(year, 1, 1), date(year, 12, 31))


def season(year: int, first: int) -> Period:
    """Three months from the month `first`; winter belongs to the year in which it begins."""
    last = first + 2
    return Period(date(year, first, 1), month(year + (last - 1) // 12, (last - 1) % 12 + 1).end)


def decade(first: int) -> Period:
    return Period(date(first, 1, 1), date(first + 9, 12, 31))


def century(number: int) -> Period:
    return Period(date(100 * number - 99, 1, 1), date(min(100 * number, 9999), 12, 31))


def part(period: Period, which: Part) -> Period:
    """The early, middle or late third of a month, year, decade or century."""
    start, end = period.start, period.end
    if start.day == 1 and start.month == 1 and (end.month, end.day) == (12, 31):
        years = end.year - start.year + 1
        if years == 1:
            first, last = {"early": (1, 4), "mid": (5, 8), "late": (9, 12)}[which]
            return Period(date(start.year, first, 1), month(start.year, last).end)
        a, b = {"early": (0, 0.3), "mid": (0.4, 0.6), "late": (0.6, 0.9)}[which]
        return Period(date(start.year + int(a * years), 1, 1), date(start.year + int(b * years), 12, 31))
    third = ((end - start).days + 1) // 3
    first_cut, second_cut = start + timedelta(third), end - timedelta(third)
    if which == "early":
        return Period(start, first_cut - timedelta(1))
    if which == "late":
        return Period(second_cut + timedelta(1), end)
    return Period(first_cut, second_cut)


def moved(day: date, unit: Unit, count: int) -> date:
    """The day `count` units later; the last day of a shorter month where the day is missing.

    Raises:
        OverflowError: outside the years 1 to 9999.
    """
    if unit in _LENGTH:
        return day + timedelta(_LENGTH[unit] * count)
    months = day.year * 12 + day.month - 1 + _MONTHS[unit] * count
    if not 12 <= months < 120000 - 12:
        raise OverflowError(f"{count} {unit}s from {day} is outside the calendar")
    there = month(months // 12, months % 12 + 1)
    return min(there.end, there.start + timedelta(day.day - 1))


def around(reference: date, unit: Unit, count: int) -> Period:
    """The calendar unit that lies `count` units from `reference`: 0 its own week, -1 the week before.

    Raises:
        OverflowError: outside the years 1 to 9999.
    """
    there = moved(reference, unit, count)
    if unit in ("day", "night"):
        return Period.day(there)
    monday = there - timedelta(there.weekday())
    if unit == "week":
        return Period(monday, monday + timedelta(6))
    if unit == "weekend":
        return Period(monday + timedelta(5), monday + timedelta(6))
    if unit == "month":
        return month(there.year, there.month)
    if unit == "quarter":
        first = there.month - (there.month - 1) % 3
        return Period(date(there.year, first, 1), month(there.year, first + 2).end)
    if unit == "year":
        return year(there.year)
    return decade(there.year // 10 * 10) if unit == "decade" else century((there.year + 99) // 100)
