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

__all__ = ["KINDS", "fits", "is_institution", "kinds", "unit_rank"]

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
    "joint": frozenset({"joint"}),
    "unit": frozenset({"unit"}),
    "military": frozenset({"military"}),
}
# Kinds that a type alone does not tell: sectors that it cannot have, and words of its name that settle it.
_NOT_PARTY = frozenset({"IGO", "MED", "BUS", "MIL", "COP", "JUD", "NGO", "EDU", "GOV", "SPY"})
_COALITION_WORDS = ("coalition", "alliance", "bloc", "forces", "union", "league", "front", "council")
_JOINT_WORDS = ("coalition", "alliance", "bloc")
_UNIT_WORDS = frozenset(
    ("command", "corps", "fleet", "brigade", "battalion", "division", "regiment", "squadron", "wing", "group", "force",
     "forces", "army")
)  # fmt: skip
# Military units, the smallest first; those of one rank are not part of one another.
_RANKS: Mapping[str, int] = {
    word: rank
    for rank, words in enumerate(
        ("team squad section", "platoon", "company battery troop flight", "battalion squadron", "regiment group wing",
         "brigade", "division", "corps fleet", "army command force forces marines guard")
    )
    for word in words.split()
}  # fmt: skip
_ALWAYS = frozenset({_RANKS["battery"], _RANKS["battalion"], _RANKS["brigade"], _RANKS["fleet"]})
# Names of places that are institutions.
_INSTITUTIONS = frozenset(
    ("center", "centre", "institute", "university", "college", "school", "academy", "foundation", "hospital", "museum",
     "library", "clinic", "bank", "exchange", "laboratory", "observatory", "endowment", "embassy", "consulate",
     "mosque", "prison", "airport", "cathedral", "stadium", "headquarters", "orchestra",
     "symphony", "theatre", "theater", "opera", "zoo", "archive", "archives", "gallery")
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
    type_ = chain.type
    if type_ in allowed:
        return True
    if type_ == "Place":
        seat = "Government" in allowed and chain.name.lower() in _seats()
        return seat or ("Organization" in allowed and is_institution(chain))
    if type_ not in ("Organization", "ArmedGroup", "Group"):
        return False
    lower, plain = chain.name.lower(), type_ == "Organization"
    return (
        ("party" in allowed and ("party" in lower or (plain and chain.sector not in _NOT_PARTY)))
        or ("igo" in allowed and plain and chain.sector == "IGO")
        or ("military" in allowed and plain and chain.sector == "MIL")
        or ("unit" in allowed and plain and not _UNIT_WORDS.isdisjoint(lower.split()))
        or ("joint" in allowed and any(word in lower for word in _JOINT_WORDS))
        or ("coalition" in allowed and (chain.sector == "IGO" or any(word in lower for word in _COALITION_WORDS)))
    )


def unit_rank(chain: Chain) -> int | None:
    """How large a military unit is, by the last word of its name that tells; None where it may be none.

    >>> unit_rank(Chain("actor-0-13", "2nd Battalion", "Organization"))
    3
    >>> unit_rank(Chain("actor-0-9", "Lee Group", "Organization")) is None
    True
    """
    words = chain.name.lower().split()
    rank = next((_RANKS[word] for word in reversed(words) if word in _RANKS), None)
    if rank is None:
        return None
    numbered = any(word[:1].isdigit() for word in words)
    return rank if numbered or chain.sector == "MIL" or rank in _ALWAYS else None


def is_institution(chain: Chain) -> bool:
    """Whether its name says that it is one: a university, an institute, a hospital."""
    return not _INSTITUTIONS.isdisjoint(chain.name.lower().split())
