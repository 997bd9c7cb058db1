"""Who held which office when: the table `ontologies/actors/offices.tsv`.

A day is an integer, 20170510 for 10 May 2017: quick to compare, and a year or month without a day is a range
of such numbers.

>>> day_number(date(2017, 5, 10)), first_day("2017-05"), last_day("2017")
(20170510, 20170500, 20179999)
>>> terms = Terms.load()
>>> [term.person for term in terms.held("foreign minister", "RUS", 20170510)]
['sergei-lavrov']
>>> [term.person for term in terms.held("head of government", "GBR", 19400601)]
[]
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from kg.text.tables import read_table

__all__ = ["Term", "Terms", "day_number", "first_day", "last_day"]

_AFTER = 10000  # a year, in day numbers: somebody who left office lately is still known by surname
_LEADERS = frozenset({"head of state", "head of government"})
_MINISTERS = frozenset(
    {"foreign minister", "defence minister", "vice president", "secretary-general", "high representative",
     "chairperson of the Commission", "president", "managing director", "central bank governor"}
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Term:
    """One person in one office. `of` is a country's code, or `@` and the id of an organisation."""

    person: str
    office: str
    title: str
    of: str
    start: int
    end: int
    open: bool


class Terms:
    """All terms, by office and by person."""

    __slots__ = ("_by_office", "_by_person")

    def __init__(self, terms: list[Term]) -> None:
        self._by_office: dict[tuple[str, str], list[Term]] = defaultdict(list)
        self._by_person: dict[str, list[Term]] = defaultdict(list)
        for term in terms:
            self._by_office[term.office, term.of].append(term)
            self._by_person[term.person].append(term)

    @classmethod
    def load(cls) -> Terms:
        """The table of the project.

        Raises:
            DataError: it is missing or not as it should be.
        """
        columns = ("person", "office", "title", "of", "start", "end", "known_until")
        return cls(
            [
                Term(person, office, title, of, first_day(start), last_day(end or known), not end)
                for person, office, title, of, start, end, known in read_table("actors/offices.tsv", columns)
            ]
        )

    def of(self, person: str) -> tuple[Term, ...]:
        """The terms of a person."""
        return tuple(self._by_person.get(person, ()))

    def held(self, office: str, of: str, day: int) -> tuple[Term, ...]:
        """Who held the office on that day, the last to enter first."""
        found = [t for t in self._by_office.get((office, of), ()) if t.start <= day <= t.end]
        return tuple(sorted(found, key=lambda t: (-t.start, t.person)))

    def last(self, office: str, of: str, day: int) -> Term | None:
        """Who had left the office last before that day."""
        found = [t for t in self._by_office.get((office, of), ()) if t.end < day and not t.open]
        return max(found, key=lambda t: (t.end, t.start, t.person), default=None)

    def tenure(self, person: str, day: int | None) -> int:
        """For how long, roughly, the person has led a country up to that day, in day numbers."""
        terms = (t for t in self._by_person.get(person, ()) if t.office in _LEADERS and (day is None or t.start <= day))
        return sum(min(t.end, day or 20300000) - t.start for t in terms)

    def rank(self, person: str, day: int | None) -> int:
        """How well a person is known by surname: 3 leader of a country then, 2 minister then, 1 once one, 0 not.

        Without a day everybody who ever led a country ranks 3.
        """
        best = 0
        for term in self._by_person.get(person, ()):
            rank = 3 if term.office in _LEADERS else 2 if term.office in _MINISTERS else 1
            if day is not None and not term.start - 1000 <= day <= term.end + (5 * _AFTER if term.open else _AFTER):
                rank = 1
            best = max(best, rank)
        return best


def day_number(day: date) -> int:
    """The day as an integer, year month day."""
    return day.year * 10000 + day.month * 100 + day.day


def first_day(text: str) -> int:
    """The number before or of the first day that YYYY, YYYY-MM or YYYY-MM-DD can mean; 0 for none."""
    digits = text.replace("-", "")
    return int(digits.ljust(8, "0")) if digits else 0


def last_day(text: str) -> int:
    """The number of, or after, the last day that the text can mean; 99999999 for none."""
    digits = text.replace("-", "")
    return int(digits.ljust(8, "9")) if digits else 99999999
