"""Calendar arithmetic."""

from __future__ import annotations

from datetime import date

import pytest

from kg.model import Period
from kg.text import periods
from kg.text.periods import Part, Unit

WEDNESDAY = date(2017, 5, 17)


@pytest.mark.parametrize(
    ("unit", "count", "start", "end"),
    [
        ("day", -1, "2017-05-16", "2017-05-16"),
        ("week", 0, "2017-05-15", "2017-05-21"),
        ("weekend", 0, "2017-05-20", "2017-05-21"),
        ("month", -3, "2017-02-01", "2017-02-28"),
        ("month", 8, "2018-01-01", "2018-01-31"),
        ("quarter", 0, "2017-04-01", "2017-06-30"),
        ("year", 1, "2018-01-01", "2018-12-31"),
        ("decade", -1, "2000-01-01", "2009-12-31"),
        ("century", 0, "2001-01-01", "2100-12-31"),
    ],
)
def test_around(unit: Unit, count: int, start: str, end: str) -> None:
    assert periods.around(WEDNESDAY, unit, count) == Period(date.fromisoformat(start), date.fromisoformat(end))


def test_moved_to_a_shorter_month() -> None:
    assert periods.moved(date(2016, 3, 31), "month", -1) == date(2016, 2, 29)


def test_outside_the_calendar() -> None:
    with pytest.raises(OverflowError):
        periods.around(WEDNESDAY, "year", -2500)


@pytest.mark.parametrize(
    ("period", "which", "start", "end"),
    [
        (periods.year(2015), "early", "2015-01-01", "2015-04-30"),
        (periods.year(2015), "mid", "2015-05-01", "2015-08-31"),
        (periods.year(2015), "late", "2015-09-01", "2015-12-31"),
        (periods.month(2015, 9), "early", "2015-09-01", "2015-09-10"),
        (periods.month(2015, 9), "mid", "2015-09-11", "2015-09-20"),
        (periods.month(2015, 9), "late", "2015-09-21", "2015-09-30"),
        (periods.decade(1990), "mid", "1994-01-01", "1996-12-31"),
    ],
)
def test_part(period: Period, which: Part, start: str, end: str) -> None:
    assert periods.part(period, which) == Period(date.fromisoformat(start), date.fromisoformat(end))


def test_winter_ends_in_the_next_year() -> None:
    assert periods.season(2014, 12) == Period(date(2014, 12, 1), date(2015, 2, 28))


def test_no_such_day() -> None:
    assert periods.day(2015, 2, 29) is None
