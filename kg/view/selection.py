"""What a page shows first: the most telling actors, and which events join whom.

A graph of thousands of actors drawn whole is a hairball that says nothing. `choose` ranks the actors: by what
is said of them (an asserted event weighs more than a hypothetical one, one with many reports more than one with
a single report), and by how well they are joined to those already chosen. It starts from the weightiest actor, or
from the one asked for.

>>> from kg.model import Argument, Entity, Event, Facts, Report, Span
>>> def event(name, *ends):
...     roles = zip(("source", "target"), ends)
...     report = Report("r", "doc", 0, 9, Span(0, 1), "positive", "certain", "past", "rule",
...                     arguments=tuple(Argument(role, 0, 1, end) for role, end in roles))
...     return Event("event/" + name, "Meeting", "CONSULT", "04", (report,), status="asserted")
>>> facts = Facts(entities=tuple(Entity("actor/" + name, name, "Person") for name in "abcd"),
...               events=(event("1", "actor/a", "actor/b"), event("2", "actor/b", "actor/c")))
>>> chosen = choose(facts, limit=2)
>>> chosen.ranked[: chosen.first], chosen.total
(('actor/b', 'actor/a'), 4)
"""

from __future__ import annotations

import heapq
import math
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from kg.errors import NameNotFoundError
from kg.model import Event, Facts, Period, Relation, Role, Status

__all__ = ["Selection", "choose", "parties", "weight"]

_STATUS_WEIGHT: dict[Status, float] = {
    "asserted": 1.0,
    "disputed": 1.0,
    "denied": 0.9,
    "reported": 0.8,
    "expected": 0.6,
    "hypothetical": 0.4,
}
_MAX_PARTIES = 8
_MORE = 4  # a page carries this many times the actors that it opens with


@dataclass(frozen=True, slots=True)
class Selection:
    """What goes into a page.

    Attributes:
        ranked: ids of the actors that stand in a drawn event or relation, the most telling first.
        first: how many of `ranked` the page opens with.
        total: how many actors there are that the filters leave.
        alone: whether there is room to draw events of a single actor too.
        around: the actor that was asked for, or None.
        facts: the events and relations among them, those of the first actors first.
    """

    ranked: tuple[str, ...]
    first: int
    total: int
    facts: tuple[Event | Relation, ...]
    alone: bool = False
    around: str | None = None


def parties(fact: Event | Relation) -> tuple[tuple[Role, str], ...]:
    """The actors that a drawn event joins, each once, the one who acts first.

    Sources and targets where there are two or more of them; else the lone one with what it speaks of, the
    place, or the means. An event that joins nobody (a lone protest without a place) gives one party or none.
    """
    if isinstance(fact, Relation):
        ends: list[tuple[Role, str]] = [("subject", fact.subject), ("object", fact.object)]
        return tuple(ends) if fact.subject != fact.object else tuple(ends[:1])
    by_role: dict[Role, list[str]] = defaultdict(list)
    for role, entity in fact.roles:
        by_role[role].append(entity)
    if fact.place is not None:
        by_role["place"].append(fact.place)
    joined: dict[str, Role] = {}
    for role in ("source", "target", "recipient"):
        for entity in by_role[role]:
            joined.setdefault(entity, role)
    for role in ("topic", "place", "instrument"):
        if len(joined) > 1:
            break
        for entity in by_role[role]:
            joined.setdefault(entity, role)
    return tuple((role, entity) for entity, role in joined.items())[:_MAX_PARTIES]


def weight(fact: Event | Relation) -> float:
    """How telling an event or relation is: its status, its reports, whether it has two sides, a date, a code."""
    value = _STATUS_WEIGHT[fact.status or "reported"] * (1 + 0.5 * math.log2(max(1, len(fact.reports))))
    if isinstance(fact, Relation):
        return value * 0.5
    if fact.date is not None:
        value *= 1.25
    sides = {role for role, _ in fact.roles}
    if not ("source" in sides and sides & {"target", "recipient"}):
        value *= 0.6
    return value if fact.plover is not None else value * 0.4


def choose(
    facts: Facts,
    *,
    around: str | None = None,
    event_types: Collection[str] = (),
    period: Period | None = None,
    statuses: Collection[Status] = (),
    limit: int = 120,
) -> Selection:
    """Rank the actors and keep what a page of about `limit` of them needs.

    Args:
        around: id of the actor to start from; only it, its neighbours and theirs are kept.
        event_types: classes (`Meeting`) or PLOVER types (`CONSULT`); none means all, and relations too.
        period: only what is dated and overlaps it.
        statuses: only these; none means all.
        limit: how many actors the page opens with.

    Raises:
        NameNotFoundError: no actor has the id `around`.
    """
    known = {entity.id for entity in facts.entities}
    if around is not None and around not in known:
        near = get_close_matches(around, sorted(known), n=3, cutoff=0.5)
        raise NameNotFoundError(
            around, "no actor has this id", remedy="near it: " + ", ".join(near) if near else "ask for one of the graph"
        )
    everything: list[Event | Relation] = [*facts.events, *facts.relations]
    kept = [fact for fact in everything if _passes(fact, event_types, period, statuses)]
    filtered = around is not None or bool(event_types) or period is not None or bool(statuses)
    links, scores = _weigh(kept, known)
    if around is not None:
        scores = _near(around, links)
    alone = around is None and len(scores) <= limit // 3
    if alone:
        for fact in kept:
            if len(parties(fact)) == 1 and (entity := parties(fact)[0][1]) in known:
                scores[entity] = scores.get(entity, 0.0) + weight(fact) / 2
    ranked = _rank(links, scores, limit * (1 + _MORE))
    first = min(limit, len(ranked))
    if around is not None:
        first = min(first, 1 + len(links.get(around, {})))
    # an event that joins nobody is not drawn, yet belongs to the actor's panel and to the list
    carried = set(ranked)
    among = [fact for fact in kept if all(entity in carried for _, entity in parties(fact))]
    if around is not None:
        among = [fact for fact in among if len(parties(fact)) > 1 or _speaks_of(fact, around)]
    elif len(ranked) < limit:
        among = kept
    places = {entity: place for place, entity in enumerate(ranked)}
    among.sort(key=lambda fact: (_layer(fact, places), -weight(fact), fact.id))
    return Selection(tuple(ranked), first, len(scores) if filtered else len(known), tuple(among), alone, around)


def _passes(
    fact: Event | Relation, event_types: Collection[str], period: Period | None, statuses: Collection[Status]
) -> bool:
    if event_types and not (isinstance(fact, Event) and (fact.type in event_types or fact.plover in event_types)):
        return False
    if period is not None and (fact.date is None or not fact.date.overlaps(period)):
        return False
    return not statuses or fact.status in statuses


def _speaks_of(fact: Event | Relation, entity: str) -> bool:
    ends = [other for _, other in fact.roles] if isinstance(fact, Event) else [fact.subject, fact.object]
    return entity in ends or any(report.holder == entity for report in fact.reports)


def _layer(fact: Event | Relation, places: Mapping[str, int]) -> int:
    """Which batch of actors brings the fact in, so that all that is said of the first ones comes first."""
    return max((places.get(entity, len(places)) for _, entity in parties(fact)), default=len(places)) // 30


def _weigh(
    facts: list[Event | Relation], known: Collection[str]
) -> tuple[dict[str, dict[str, float]], dict[str, float]]:
    """Actor → neighbour → weight, and actor → weight of all that is said of it."""
    links: dict[str, dict[str, float]] = defaultdict(dict)
    scores: dict[str, float] = defaultdict(float)
    for fact in facts:
        joined = [entity for _, entity in parties(fact) if entity in known]
        if len(joined) < 2:
            continue
        value = weight(fact)
        for one in joined:
            scores[one] += value
            for other in joined:
                if other != one:
                    links[one][other] = links[one].get(other, 0.0) + value / (len(joined) - 1)
    return dict(links), dict(scores)


def _near(around: str, links: dict[str, dict[str, float]]) -> dict[str, float]:
    """The actor, its neighbours and theirs, the nearer ones always before the farther."""
    scores = {around: 2e9}
    ring = {around}
    for bonus in (1e9, 0.0):
        ring = {other for one in ring for other in links.get(one, {}) if other not in scores}
        scores.update((entity, bonus + sum(links[entity].values())) for entity in ring)
    return scores


def _rank(links: dict[str, dict[str, float]], scores: dict[str, float], size: int) -> list[str]:
    """The weightiest first, where a link to one already chosen counts three times."""
    heap = [(-score, entity) for entity, score in scores.items()]
    heapq.heapify(heap)
    current = dict(scores)
    chosen: dict[str, None] = {}
    while heap and len(chosen) < size:
        negative, entity = heapq.heappop(heap)
        if entity in chosen or -negative != current[entity]:
            continue
        chosen[entity] = None
        for other, value in links.get(entity, {}).items():
            if other in current and other not in chosen:
                current[other] += 2 * value
                heapq.heappush(heap, (-current[other], other))
    return list(chosen)
