"""Kinds of actors, as the tables of relations name them: entity types in lower case, and some that join or narrow them.

>>> fits(kinds("body region"), Chain("actor-0-5", "Hamas", "ArmedGroup"))
True
>>> fits(kinds("party"), Chain("actor-0-14", "United Nations", "Organization", sector="IGO"))
False
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from kg.model import Chain
from kg.text.tables import read_table

__all__ = ["KINDS", "fits", "kinds"]

KINDS: Mapping[str, frozenset[str]] = {
    "person": frozenset({"Person"}),
    "country": frozenset({"Country"}),
    "government": frozenset({"Government"}),
    "organization": frozenset({"Organization", "Government"}),
    "armed": frozenset({"ArmedGroup"}),
    "group": frozenset({"Group"}),
    "place": frozenset({"Place"}),
    "body": frozenset({"Organization", "Government", "ArmedGroup"}),
    "actor": frozenset({"Person", "Country", "Government", "Organization", "ArmedGroup", "Group"}),
    "region": frozenset({"Place", "Country"}),
    "party": frozenset({"party"}),
    "igo": frozenset({"igo"}),
    "coalition": frozenset({"coalition"}),
    "unit": frozenset({"unit"}),
}
# Kinds that a type alone does not tell: sectors that it cannot have, and words of its name that settle it.
_NOT_PARTY = frozenset({"IGO", "MED", "BUS", "MIL", "COP", "JUD", "NGO", "EDU", "GOV", "SPY"})
_COALITION_WORDS = ("coalition", "alliance", "bloc", "forces", "union", "league", "front", "council")
_UNIT_WORDS = frozenset(
    ("command", "corps", "fleet", "brigade", "battalion", "division", "regiment", "squadron", "wing", "group", "force",
     "forces", "army")
)  # fmt: skip
# Names of places that are institutions.
_INSTITUTIONS = frozenset(
    ("center", "centre", "institute", "university", "college", "school", "academy", "foundation", "hospital", "museum",
     "library", "clinic", "bank", "exchange", "laboratory", "observatory", "endowment")
)  # fmt: skip


@cache
def _seats() -> frozenset[str]:
    """Buildings that stand for a government where they describe somebody ("Kremlin spokesman")."""
    cells = (seat for (row,) in read_table("actors/countries.tsv", ("seats",)) for seat in row.split("|"))
    return frozenset(seat.lower() for seat in cells if seat)


def kinds(names: str) -> frozenset[str]:
    """The entity types and further kinds that a cell of a table names.

    Raises:
        KeyError: a name that is no kind.
    """
    return frozenset().union(*(KINDS[name] for name in names.split()))


def fits(allowed: frozenset[str], chain: Chain) -> bool:
    """Whether an actor is of one of the kinds that a table allows."""
    type_, sector, lower = chain.type, chain.sector, chain.name.lower()
    if type_ in allowed:
        return True
    if "party" in allowed and type_ in ("Organization", "Group"):
        return "party" in lower or (type_ == "Organization" and sector not in _NOT_PARTY)
    if "igo" in allowed and type_ == "Organization":
        return sector == "IGO"
    if type_ == "Place" and "Government" in allowed and lower in _seats():
        return True
    if type_ == "Place" and "Organization" in allowed and "Place" not in allowed:
        return any(word in _INSTITUTIONS for word in lower.split())
    if "unit" in allowed and type_ == "Organization":
        return not _UNIT_WORDS.isdisjoint(lower.split())
    if "coalition" in allowed and type_ in ("Organization", "ArmedGroup", "Group"):
        return sector == "IGO" or any(word in lower for word in _COALITION_WORDS)
    return False
