"""Actors and what links them: a networkx graph for centrality, communities and paths.

>>> from kg.model import *
>>> def event(id_, source, target, status):
...     ends = (Argument("source", 0, 1, source), Argument("target", 2, 3, target))
...     report = Report("r", "d", 0, 9, Span(0, 1), "positive", "certain", "past", "rule", arguments=ends)
...     return Event(id_, "Visit", "CONSULT", "042", (report,), status=status, label=id_)
>>> facts = Facts(
...     entities=tuple(Entity(f"actor/{name}", name.title(), "Person") for name in ("ana", "bo", "cy")),
...     events=(
...         event("event/1", "actor/ana", "actor/bo", "asserted"),
...         event("event/2", "actor/bo", "actor/cy", "denied"),
...     ),
... )
>>> [(one, other, data["fact"]) for one, other, data in network(facts).edges(data=True)]
[('actor/ana', 'actor/bo', 'event/1')]
>>> [step.label for step in path(facts, "Ana", "Cy", statuses=None)]
['event/1', 'event/2']
>>> path(facts, "Ana", "Cy")
()

Only what is asserted makes an edge unless other statuses are asked for: a denied meeting links nobody.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, get_args

from kg.errors import QueryError
from kg.graph.explain import entity_names, events_and_relations
from kg.graph.names import resolve
from kg.graph.printable import wrapped
from kg.graph.testimony import Evidence, Witnesses
from kg.model import Entity, EntityType, Event, Facts, Period, Relation, Status

if TYPE_CHECKING:
    import networkx

__all__ = ["Step", "acts_for", "directed", "network", "pairs", "path"]

_STATUSES: tuple[Status, ...] = get_args(Status)
_ASSERTED: tuple[Status, ...] = ("asserted",)
_ACTING: frozenset[EntityType] = frozenset({"Person", "Government", "Organization", "ArmedGroup", "Group"})


@dataclass(frozen=True, slots=True)
class Step:
    """One link of a path: from `start` to `end`, over an event or relation.

    Attributes:
        start, end: ids of the actors, in the direction of the path.
        start_label, end_label: what they are called.
        forward: whether `start` is the one who acts (the source, the subject).
        fact: id of the event or relation.
        type: class of the event, or the predicate.
        evidence: its reports, each with its sentence.
    """

    start: str
    start_label: str
    end: str
    end_label: str
    forward: bool
    fact: str
    label: str
    type: str
    status: Status | None
    date: Period | None
    evidence: tuple[Evidence, ...]

    def to_text(self, *, width: int = 80) -> str:
        """Plain text: who, whom, over what, and the sentences."""
        arrow = "→" if self.forward else "←"
        head = f"{self.start_label} {arrow} {self.end_label}: {self.label}"
        lines = [*wrapped(head, width, hang="  "), *(line for e in self.evidence for line in e.lines(width, "  "))]
        return "\n".join(lines) + "\n"

    def __str__(self) -> str:
        return self.to_text()


def network(facts: Facts, *, statuses: Collection[Status] | None = _ASSERTED) -> networkx.MultiDiGraph[str]:
    """A graph of the actors, an edge for each event and relation between two of them.

    Nodes are ids, with `label`, `type`, `country` and `acts_for` (ids, or ""), `sector`. An edge goes from source to
    target (or recipient), from subject to object; a reciprocal event gives one each way. Edge keys are the ids of the
    facts; attributes are `fact`, `kind` ("event" or "relation"), `type`, `plover`, `label`, `status`, `date` and
    `until` (ISO days, or ""), `reciprocal`, `sentences` (how many say so), `confidence`. All are plain values, so that
    every format of networkx can write them.

    Args:
        statuses: which facts become edges; None means all.

    Raises:
        QueryError: there is no such status.
    """
    import networkx

    graph: networkx.MultiDiGraph[str] = networkx.MultiDiGraph()
    for entity in facts.entities:
        graph.add_node(
            entity.id,
            label=entity.label,
            type=entity.type,
            country=entity.country or "",
            acts_for=acts_for(entity) or "",
            sector=entity.sector or "",
        )
    for fact in _chosen(facts, statuses):
        attributes = _attributes(fact)
        for one, other in directed(fact):
            graph.add_edge(one, other, key=fact.id, **attributes)
    return graph


def path(facts: Facts, a: str, b: str, *, statuses: Collection[Status] | None = _ASSERTED) -> tuple[Step, ...]:
    """How two actors are linked: the shortest way, in whichever direction the links go; empty where there is none.

    Of several ways of one length the result is always the same one. Where several facts link two actors, the surest
    is taken: asserted before reported, then the one with more reports, then the earlier.

    Args:
        a, b: labels, aliases, ids or IRIs.

    Raises:
        NameNotFoundError: an actor is not known, or the name is ambiguous.
        QueryError: there is no such status.
    """
    names = entity_names(facts)
    start, end = resolve(a, names), resolve(b, names)
    links: dict[str, dict[str, Event | Relation]] = {}
    for fact in _chosen(facts, statuses):
        for one, other in pairs(fact):
            for here, there in ((one, other), (other, one)):
                known = links.setdefault(here, {}).get(there)
                if known is None or _sureness(fact) < _sureness(known):
                    links[here][there] = fact
    nodes = _shortest(links, start, end)
    labels = {entity.id: entity.label for entity in facts.entities}
    witnesses = Witnesses(facts)
    return tuple(_step(one, other, links[one][other], labels, witnesses) for one, other in pairwise(nodes))


def acts_for(entity: Entity) -> str | None:
    """The id of the country for which the actor acts, as kg:actsFor has it; a place or an office acts for nobody."""
    return entity.country if entity.type in _ACTING and entity.country != entity.id else None


def pairs(fact: Event | Relation) -> tuple[tuple[str, str], ...]:
    """Who is linked to whom: each source with each target (or recipient), the subject with the object.

    Of a reciprocal event without a target ("Merkel and Macron met") each two of its subjects. Never an actor with
    itself, never both directions of one pair of a reciprocal event.
    """
    if isinstance(fact, Relation):
        return ((fact.subject, fact.object),) if fact.subject != fact.object else ()
    sources = [actor for role, actor in fact.roles if role == "source"]
    targets = list(dict.fromkeys(actor for role, actor in fact.roles if role in ("target", "recipient")))
    if fact.reciprocal and not targets:
        targets = sources
    found: dict[tuple[str, str], None] = {}
    for one in sources:
        for other in targets:
            if one != other and not (fact.reciprocal and (other, one) in found):
                found[one, other] = None
    return tuple(found)


def directed(fact: Event | Relation) -> Iterator[tuple[str, str]]:
    """The same pairs, of a reciprocal event in both directions."""
    for one, other in pairs(fact):
        yield one, other
        if isinstance(fact, Event) and fact.reciprocal:
            yield other, one


def _chosen(facts: Facts, statuses: Collection[Status] | None) -> Iterator[Event | Relation]:
    wanted = frozenset(_STATUSES if statuses is None else (statuses,) if isinstance(statuses, str) else statuses)
    if wrong := sorted(wanted.difference(_STATUSES)):
        raise QueryError("statuses", f"there is no status {wrong[0]!r}", remedy="take " + ", ".join(_STATUSES))
    for fact in events_and_relations(facts):
        if fact.status in wanted:
            yield fact


def _attributes(fact: Event | Relation) -> dict[str, str | int | float | bool]:
    event = fact if isinstance(fact, Event) else None
    return {
        "fact": fact.id,
        "kind": "event" if event else "relation",
        "type": event.type if event else fact.predicate,  # type: ignore[union-attr]
        "plover": (event.plover or "") if event else "",
        "label": fact.label,
        "status": fact.status or "",
        "date": fact.date.start.isoformat() if fact.date else "",
        "until": fact.date.end.isoformat() if fact.date else "",
        "reciprocal": event is not None and event.reciprocal,
        "sentences": len({(r.doc, r.start, r.end) for r in fact.reports}),
        "confidence": event.confidence if event else 1.0,
    }


def _sureness(fact: Event | Relation) -> tuple[int, int, str, str]:
    status = _STATUSES.index(fact.status) if fact.status else len(_STATUSES)
    return status, -len(fact.reports), fact.date.start.isoformat() if fact.date else "9999", fact.id


def _shortest(links: Mapping[str, Mapping[str, object]], start: str, end: str) -> tuple[str, ...]:
    """The nodes of the shortest way, neighbours tried in order of their ids; empty where there is none."""
    came: dict[str, str | None] = {start: None}
    waiting = deque([start])
    while waiting and end not in came:
        here = waiting.popleft()
        for there in sorted(links.get(here, ())):
            if there not in came:
                came[there] = here
                waiting.append(there)
    found: list[str] = []
    place: str | None = end if end in came else None
    while place is not None:
        found.append(place)
        place = came[place]
    return tuple(reversed(found))


def _step(start: str, end: str, fact: Event | Relation, labels: Mapping[str, str], witnesses: Witnesses) -> Step:
    return Step(
        start,
        labels.get(start, start),
        end,
        labels.get(end, end),
        (start, end) in pairs(fact),
        fact.id,
        fact.label,
        fact.type if isinstance(fact, Event) else fact.predicate,
        fact.status,
        fact.date,
        tuple(witnesses.evidence(report) for report in fact.reports),
    )
