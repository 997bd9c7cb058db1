"""Who a description by office means on a day: "the Russian foreign minister", "the former president".

The list of office holders (`ontologies/actors/offices.tsv`) answers; where it knows nobody on that day, or two
rivals, nobody is named.

>>> gazetteer = Gazetteer.load()
>>> holder("foreign minister", "RUS", date(2003, 6, 1), gazetteer)
'igor-ivanov'
>>> holder("foreign minister", "RUS", date(2017, 5, 17), gazetteer)
'sergei-lavrov'
>>> holder("head of state", "USA", date(2017, 5, 17), gazetteer, former=True)
'barack-obama'
>>> holder("head of state", "IRN", date(2014, 1, 1), gazetteer, title="president")
'hassan-rouhani'
>>> holder("foreign minister", "RUS", None, gazetteer) is None
True
"""

from __future__ import annotations

from datetime import date

from kg.text.gazetteer import Gazetteer
from kg.text.terms import day_number

__all__ = ["holder"]

_LEADING = ("head of state", "head of government")


def holder(
    office: str, of: str, day: date | None, gazetteer: Gazetteer, *, former: bool = False, title: str = ""
) -> str | None:
    """Id of the entry of the person who held the office on that day.

    Args:
        office: category, as in offices.tsv.
        of: code of a country, or `@` and the id of an organisation.
        day: without it nobody is named.
        former: who left it last before that day.
        title: the word for a leader; Iran's president leads the government, not the state.
    """
    if day is None:
        return None
    number = day_number(day)
    if former:
        last = gazetteer.terms.last(office, of, number)
        return last.person if last is not None else None
    offices = _LEADING if title and office in _LEADING else (office,)
    terms = [term for category in offices for term in gazetteer.terms.held(category, of, number)]
    titled = [term for term in terms if title and title in term.title.lower()]
    people = list(dict.fromkeys(term.person for term in titled or terms if titled or term.office == office))
    return people[0] if len(people) == 1 else None
