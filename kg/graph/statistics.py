"""Counts of what a graph holds, for the summary of a build and `kg stats`.

>>> from kg.model import *
>>> facts = Facts(
...     documents=(Document("d", "", source="Andes Wire"),),
...     entities=(Entity("actor/peru", "Peru", "Country"), Entity("actor/lima", "Lima", "Place")),
... )
>>> for name, number, detail in statistics(facts).rows()[:2]:
...     print(name, number, detail)
documents 1 1 Andes Wire
actors 2 1 Country, 1 Place
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import get_args

from kg.model import EntityType, Facts, Plover, Predicate, Stance, Status

__all__ = ["Count", "Statistics", "statistics"]

Count = tuple[str, int]
_NONE = "none"
_SHOWN = 8


@dataclass(frozen=True, slots=True)
class Statistics:
    """How many there are of everything; parts are in the order of the model's lists, and leave out what is not there.

    Attributes:
        events_by_code: (PLOVER type or "none", (status, number) …).
        sources: documents by who published them, the most first; "unknown" where none is given.
        holders: labels of those to whom statements are attributed, the most quoted first.
        dated: how many events have a date.
        first_day, last_day: of those, as ISO days, or "".
    """

    documents: int
    actors: int
    mentions: int
    events: int
    relations: int
    attributions: int
    actors_by_type: tuple[Count, ...]
    events_by_status: tuple[Count, ...]
    events_by_code: tuple[tuple[str, tuple[Count, ...]], ...]
    relations_by_predicate: tuple[Count, ...]
    relations_by_status: tuple[Count, ...]
    attributions_by_stance: tuple[Count, ...]
    sources: tuple[Count, ...]
    holders: tuple[Count, ...]
    dated: int
    first_day: str
    last_day: str

    def rows(self) -> tuple[tuple[str, int, str], ...]:
        """What there is, how many, and of which kinds, for a short table."""
        codes = tuple((code, sum(number for _, number in counts)) for code, counts in self.events_by_code)
        days = f"{self.first_day} to {self.last_day}" if self.first_day else ""
        return (
            ("documents", self.documents, _listed(self.sources)),
            ("actors", self.actors, _listed(self.actors_by_type)),
            ("mentions", self.mentions, ""),
            ("events", self.events, _listed(self.events_by_status)),
            ("  by type", len(self.events_by_code), _listed(codes)),
            ("  dated", self.dated, days),
            ("relations", self.relations, _listed(self.relations_by_predicate)),
            ("attributions", self.attributions, _listed(self.attributions_by_stance)),
            ("  most quoted", len(self.holders), _listed(self.holders)),
        )

    def sections(self) -> tuple[tuple[str, tuple[Count, ...]], ...]:
        """The parts, as (heading, counts), without the empty ones."""
        code = tuple((name, sum(number for _, number in counts)) for name, counts in self.events_by_code)
        parts = (
            ("actors by type", self.actors_by_type),
            ("events by status", self.events_by_status),
            ("events by PLOVER type", code),
            ("relations by predicate", self.relations_by_predicate),
            ("relations by status", self.relations_by_status),
            ("attributions by stance", self.attributions_by_stance),
            ("documents by source", self.sources),
            ("most quoted", self.holders[:10]),
        )
        return tuple((heading, counts) for heading, counts in parts if counts)


def statistics(facts: Facts) -> Statistics:
    """Count everything."""
    by_code: dict[str, Counter[str]] = {}
    for event in facts.events:
        by_code.setdefault(event.plover or _NONE, Counter())[event.status or _NONE] += 1
    labels = {entity.id: entity.label for entity in facts.entities}
    holders = Counter(labels.get(a.holder, a.holder) for a in facts.attributions if a.holder is not None)
    dated = [event.date for event in facts.events if event.date]
    return Statistics(
        documents=len(facts.documents),
        actors=len(facts.entities),
        mentions=len(facts.mentions),
        events=len(facts.events),
        relations=len(facts.relations),
        attributions=len(facts.attributions),
        actors_by_type=_ordered((e.type for e in facts.entities), get_args(EntityType)),
        events_by_status=_ordered((e.status or _NONE for e in facts.events), get_args(Status)),
        events_by_code=tuple(
            (code, _in_order(by_code[code], get_args(Status))) for code in (*get_args(Plover), _NONE) if code in by_code
        ),
        relations_by_predicate=_ordered((r.predicate for r in facts.relations), get_args(Predicate)),
        relations_by_status=_ordered((r.status or _NONE for r in facts.relations), get_args(Status)),
        attributions_by_stance=_ordered((a.stance for a in facts.attributions), get_args(Stance)),
        sources=_most(Counter(d.source or "unknown" for d in facts.documents)),
        holders=_most(holders),
        dated=len(dated),
        first_day=min((period.start.isoformat() for period in dated), default=""),
        last_day=max((period.end.isoformat() for period in dated), default=""),
    )


def _ordered(values: Iterable[str], order: tuple[str, ...]) -> tuple[Count, ...]:
    return _in_order(Counter(values), order)


def _in_order(counts: Mapping[str, int], order: tuple[str, ...]) -> tuple[Count, ...]:
    return tuple((name, counts[name]) for name in (*order, _NONE) if counts.get(name))


def _most(counts: Mapping[str, int]) -> tuple[Count, ...]:
    return tuple(sorted(counts.items(), key=lambda count: (-count[1], count[0])))


def _listed(counts: tuple[Count, ...]) -> str:
    """ "4 asserted, 2 denied"; of many only the first ones."""
    shown = ", ".join(f"{number} {name}" for name, number in counts[:_SHOWN])
    return shown + (f" and {len(counts) - _SHOWN} more" if len(counts) > _SHOWN else "")
