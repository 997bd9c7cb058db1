"""The words of which dates are made, as tables by word: `ontologies/text/dates.toml`.

>>> words = date_words()
>>> words.months["sept."], words.weekdays["friday"], words.units["fortnight"]
(9, 4, 'week')
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, cast

from kg.data import data_path
from kg.errors import DataError
from kg.text.periods import Part, Unit

__all__ = ["DateWords", "date_words"]


@dataclass(frozen=True, slots=True)
class DateWords:
    """The tables of dates.toml, by word."""

    months: dict[str, int]
    weekdays: dict[str, int]
    seasons: dict[str, int]
    days: dict[str, int]
    units: dict[str, Unit]
    numbers: dict[str, int]
    ordinals: dict[str, int]
    which: dict[str, str]
    parts: dict[str, Part]
    fixed: dict[str, date]
    future: frozenset[str]
    planned: frozenset[str]
    scheduled: frozenset[str]
    said: frozenset[str]
    after_september_11: frozenset[str]
    watched: tuple[str, ...]


@cache
def date_words() -> DateWords:
    """The words of dates.toml.

    Raises:
        DataError: it is missing or is not as it should be.
    """
    path = data_path("ontologies", "text", "dates.toml")
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
        months = {word: int(number) for number, names in table["months"].items() for word in names}
        weekdays = {word: int(number) for number, names in table["weekdays"].items() for word in names}
        units = {word: cast("Unit", unit) for unit, names in table["units"].items() for word in names}
        fixed = {word: date.fromisoformat(day) for word, day in table["fixed"].items() if isinstance(day, str)}
        watched = (months, weekdays, units, fixed, table["seasons"], table["days"])
        return DateWords(
            months=months,
            weekdays=weekdays,
            seasons=table["seasons"],
            days=table["days"],
            units=units,
            numbers=table["numbers"],
            ordinals=table["ordinals"],
            which={word: which for which, names in table["which"].items() for word in names},
            parts={word: cast("Part", part) for part, names in table["parts"].items() for word in names},
            fixed=fixed,
            future=frozenset(table["tense"]["future"]),
            planned=frozenset(table["tense"]["planned"]),
            scheduled=frozenset(table["tense"]["scheduled"]),
            said=frozenset(table["tense"]["said"]),
            after_september_11=frozenset(table["fixed"]["after_september_11"]),
            watched=tuple(sorted({*_keys(watched), "ago", "later", "earlier", "before", "afterwards"})),
        )
    except (tomllib.TOMLDecodeError, KeyError, ValueError) as error:
        raise DataError(str(path), f"not as it should be: {error}", remedy="see the comments in that file") from error


def _keys(tables: tuple[dict[str, Any], ...]) -> Iterator[str]:
    for table in tables:
        yield from table
