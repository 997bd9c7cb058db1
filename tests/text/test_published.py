"""Days as records and date lines write them."""

from __future__ import annotations

from datetime import date

import pytest

from kg.text.published import parse_day, published_in


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1999-12-31", date(1999, 12, 31)),
        ("19991231", date(1999, 12, 31)),
        ("1999-12-31T23:59:59+02:00", date(1999, 12, 31)),
        ("Dec. 31, 1999", date(1999, 12, 31)),
        ("31st December 1999", date(1999, 12, 31)),
        ("Fri, 31 Dec 1999 23:59:59 GMT", date(1999, 12, 31)),
        ("31/12/1999", date(1999, 12, 31)),
        ("12/31/1999", date(1999, 12, 31)),
        ("04/05/1999", None),
        ("1999-02-30", None),
        ("yesterday", None),
        ("", None),
    ],
)
def test_parse_day(text: str, expected: date | None) -> None:
    assert parse_day(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("LAGOS, Nigeria, 9 June 2003 (AFP) - Unions called a strike.", date(2003, 6, 9)),
        ("Strike called\n\nMonday, 9 June 2003\n\nUnions called a strike.", date(2003, 6, 9)),
        ("Strike called\n\nLast updated: June 9, 2003 11:20 GMT\n\nUnions called a strike.", date(2003, 6, 9)),
        ("LAGOS, June 9 (AFP) - Unions called a strike.", None),
        ("Unions called a strike on June 9, 2003.", None),
    ],
)
def test_published_in(text: str, expected: date | None) -> None:
    assert published_in(text) == expected
