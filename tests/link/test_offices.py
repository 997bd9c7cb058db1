"""Who held an office on a day."""

from __future__ import annotations

from datetime import date

import pytest

from kg.link.offices import holder
from kg.text.gazetteer import Gazetteer


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer.load()


@pytest.mark.parametrize(
    ("office", "of", "day", "former", "title", "person"),
    [
        ("foreign minister", "RUS", date(2003, 6, 1), False, "", "igor-ivanov"),
        ("foreign minister", "RUS", date(2017, 5, 10), False, "", "sergei-lavrov"),
        ("head of state", "USA", date(2017, 1, 19), False, "president", "barack-obama"),
        ("head of state", "USA", date(2017, 1, 21), False, "president", "donald-trump"),
        ("head of state", "USA", date(2017, 5, 1), True, "president", "barack-obama"),
        ("head of state", "IRN", date(2014, 1, 1), False, "president", "hassan-rouhani"),
        ("head of government", "GBR", date(1985, 1, 1), False, "prime minister", "margaret-thatcher"),
        ("head of government", "DEU", date(2016, 1, 1), False, "chancellor", "angela-merkel"),
        ("secretary-general", "@united-nations", date(1999, 1, 1), False, "", "kofi-annan"),
        ("foreign minister", "RUS", None, False, "", None),
        ("foreign minister", "RUS", date(1500, 1, 1), False, "", None),
        ("foreign minister", "XXX", date(2017, 1, 1), False, "", None),
        ("no such office", "USA", date(2017, 1, 1), False, "", None),
    ],
)  # fmt: skip
def test_holder(
    office: str, of: str, day: date | None, former: bool, title: str, person: str | None, gazetteer: Gazetteer
) -> None:
    assert holder(office, of, day, gazetteer, former=former, title=title) == person
