"""What a page carries: actors, facts with their evidence, documents, and the nodes and links drawn of them.

Everything is numbered: a node is known by its place in `Content.actors`, never by a text, and a text is never
anything but a text. `Content.record()` is the JSON that the page's script reads.

>>> from kg.model import Facts
>>> content(Facts(), choose(Facts())).record()["actors"]
[]
"""

from __future__ import annotations

import math
import re
import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kg.link.labels import Phrases, load_phrases
from kg.model import Attribution, Document, Entity, EntityType, Event, Facts, Plover, Relation, Report
from kg.view.evidence import judgement, pieces, voice
from kg.view.layout import positions
from kg.view.selection import Selection, choose, parties, weight

__all__ = ["Content", "Edge", "Node", "content"]

_BUDGET = 800_000  # bytes of evidence: with the script and the layout a page stays under 1.5 MB
_REPORTS = 8  # shown for one fact
_ALIASES = 12
_EVENT_NODES = 24  # events of three or more parties that get a node of their own
_LINE = 18  # characters of a label's line
_NAME = 200  # characters of a name that the page keeps

_QUADS: dict[Plover, int] = {
    "AGREE": 1, "CONSULT": 1, "SUPPORT": 1, "COOPERATE": 2, "AID": 2, "YIELD": 2, "REQUEST": 3, "ACCUSE": 3,
    "REJECT": 3, "THREATEN": 3, "PROTEST": 4, "MOBILIZE": 4, "SANCTION": 4, "COERCE": 4, "ASSAULT": 4,
}  # fmt: skip
_SHAPES: dict[EntityType, str] = {
    "Person": "dot", "Group": "dot", "Country": "square", "Government": "square", "Place": "triangleDown",
    "Organization": "diamond", "ArmedGroup": "triangle", "Office": "hexagon", "Work": "hexagon", "Concept": "hexagon",
}  # fmt: skip
_STATE_SECTORS = frozenset({"GOV", "MIL", "COP", "JUD", "LEG", "SPY"})


@dataclass(frozen=True, slots=True)
class Node:
    """A shape on the page: an actor (`index` is its place among the actors) or, after them, a many-sided event."""

    index: int
    x: int
    y: int
    size: float
    shape: str
    lines: tuple[str, ...]
    facts: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Edge:
    """A line between two nodes: all facts that join them. `minor` lines show when one of their ends is chosen."""

    start: int
    end: int
    facts: tuple[int, ...]
    minor: bool = False


@dataclass(frozen=True, slots=True)
class Content:
    """What a page carries, ready to be written as JSON."""

    actors: tuple[dict[str, Any], ...]
    facts: tuple[dict[str, Any], ...]
    documents: tuple[dict[str, Any], ...]
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    first: int
    total: int
    left_out: int

    def record(self) -> dict[str, Any]:
        """Everything but nodes and edges, which go by way of the pyvis network."""
        return {
            "actors": list(self.actors),
            "facts": list(self.facts),
            "documents": list(self.documents),
            "first": self.first,
            "total": self.total,
            "leftOut": self.left_out,
        }


def content(facts: Facts, selection: Selection, *, base: str = "", budget: int = _BUDGET) -> Content:
    """Number the actors, cut the sentences, lay out the nodes.

    Args:
        base: what an id needs to be an IRI.
        budget: bytes of evidence; the least telling facts beyond it are left out, and the page says how many.
    """
    carried, left_out = _within(facts, selection, budget)
    entities = {entity.id: entity for entity in facts.entities}
    drawn = {entity for fact in carried for _, entity in _ends(fact, entities)}
    ranked = [entity for entity in selection.ranked if entity in drawn]
    named = {entity for fact in carried for entity in _named(fact)} & entities.keys()
    named |= {country for one in (*ranked, *named) if (country := entities[one].country) in entities}  # type: ignore[misc]
    if selection.total == len(entities) <= 4 * max(len(ranked), 100):
        named |= entities.keys()
    ids = ranked + sorted(named - set(ranked))
    indices = {entity: number for number, entity in enumerate(ids)}
    used = sorted({report.doc for fact in carried for report in fact.reports[:_REPORTS]})
    documents = {document.id: document for document in facts.documents}
    places = {doc: number for number, doc in enumerate(used)}
    sayings = {(attribution.doc, attribution.id): attribution for attribution in facts.attributions}
    labels = {entity.id: entity.label for entity in facts.entities}
    phrases = load_phrases()
    numbers = {fact.id: number for number, fact in enumerate(carried)}
    records = []
    for fact in carried:
        record = _fact(fact, indices, numbers, phrases, base)
        record["ends"] = [indices[entity] for _, entity in _ends(fact, entities)]
        record["reports"] = [
            _report(report, documents.get(report.doc), sayings, labels, indices, places)
            for report in fact.reports[:_REPORTS]
        ]
        records.append(record)
    first = min(selection.first, len(ranked))
    nodes, edges = _drawn(carried, records, [entities[one] for one in ranked], first)
    return Content(
        actors=tuple(_actor(entities[one], indices, base) for one in ids),
        facts=tuple(records),
        documents=tuple(_document(documents.get(doc), doc) for doc in used),
        nodes=nodes,
        edges=edges,
        first=first,
        total=max(selection.total, len(ranked)),
        left_out=left_out,
    )


def _within(facts: Facts, selection: Selection, budget: int) -> tuple[list[Event | Relation], int]:
    """The weightiest facts whose evidence fits, and how many do not."""
    texts = {document.id: len(document.text) > 0 for document in facts.documents}
    spent, carried = 0, []
    for fact in selection.facts:
        spent += 300 + 4 * len(fact.label)
        for report in fact.reports[:_REPORTS]:
            length = min(report.end - report.start, 700) if texts.get(report.doc) else 0
            spent += 260 + 2 * length + 30 * len(report.arguments)
        if spent > budget:
            break
        carried.append(fact)
    return carried, len(selection.facts) - len(carried)


def _ends(fact: Event | Relation, entities: Mapping[str, Entity]) -> list[tuple[str, str]]:
    found = [(role, entity) for role, entity in parties(fact) if entity in entities]
    return [] if len(found) < 2 else [(str(role), entity) for role, entity in found]


def _named(fact: Event | Relation) -> set[str]:
    """Every actor that a fact's panel can name."""
    found = {entity for _, entity in fact.roles} if isinstance(fact, Event) else {fact.subject, fact.object}
    if isinstance(fact, Event) and fact.place is not None:
        found.add(fact.place)
    for report in fact.reports[:_REPORTS]:
        found.update(argument.entity for argument in report.arguments if argument.entity is not None)
        if report.holder is not None:
            found.add(report.holder)
    return found


def _actor(entity: Entity, indices: Mapping[str, int], base: str) -> dict[str, Any]:
    country = indices.get(entity.country) if entity.country is not None else None
    for_country = entity.type == "Government" or entity.sector in _STATE_SECTORS
    return {
        "label": _cut(entity.label) or "(no name)",
        "type": entity.type,
        "aliases": [_cut(alias) for alias in entity.aliases if alias != entity.label][:_ALIASES],
        "links": list(entity.same_as[:3]),
        "country": country,
        "actsFor": country if for_country and entity.type != "Country" else None,
        "sector": entity.sector,
        "iri": base + entity.id,
    }


def _document(document: Document | None, doc: str) -> dict[str, Any]:
    if document is None:
        return {"title": doc, "date": None, "source": None, "author": None, "url": None}
    return {
        "title": _cut(document.title or document.id),
        "date": document.published.isoformat() if document.published else None,
        "source": _cut(document.source or "") or None,
        "author": _cut(document.author or "") or None,
        "url": document.url if document.url and len(document.url) < 2000 else None,
    }


def _fact(
    fact: Event | Relation, indices: Mapping[str, int], numbers: Mapping[str, int], phrases: Phrases, base: str
) -> dict[str, Any]:
    kind = fact.type if isinstance(fact, Event) else fact.predicate
    code = (fact.plover or fact.cameo or "") if isinstance(fact, Event) else ""
    words = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", kind).lower()
    verb = (phrases.by_name.get(kind) or phrases.by_name.get(code) or (words,))[0]
    record: dict[str, Any] = {
        "label": _cut(fact.label) or words,
        "type": words,
        "verb": words if verb == "→" else verb,
        "status": fact.status or "reported",
        "date": [fact.date.start.isoformat(), fact.date.end.isoformat()] if fact.date else None,
        "iri": base + fact.id,
        "more": max(0, len(fact.reports) - _REPORTS),
    }
    if isinstance(fact, Relation):
        roles = [("subject", fact.subject), ("object", fact.object)]
        return record | {"kind": "relation", "quad": "relation", "roles": _roles(roles, indices)}
    named = [(str(role), entity) for role, entity in fact.roles]
    if fact.place is not None and ("place", fact.place) not in named:
        named.append(("place", fact.place))
    return record | {
        "kind": "event",
        "quad": str(_QUADS[fact.plover]) if fact.plover else "other",
        "roles": _roles(named, indices),
        "plover": fact.plover,
        "cameo": fact.cameo,
        "confidence": round(fact.confidence, 2),
        "reciprocal": fact.reciprocal,
        "about": numbers.get(fact.about) if fact.about else None,
    }


def _roles(named: Sequence[tuple[str, str]], indices: Mapping[str, int]) -> list[list[str | int]]:
    return [[role, indices[entity]] for role, entity in named if entity in indices]


def _report(
    report: Report,
    document: Document | None,
    sayings: Mapping[tuple[str, str], Attribution],
    labels: Mapping[str, str],
    indices: Mapping[str, int],
    places: Mapping[str, int],
) -> dict[str, Any]:
    text = document.text if document else ""
    attribution = sayings.get((report.doc, report.attribution)) if report.attribution else None
    how, source, holder, cue = voice(report, attribution, text, labels)
    return {
        "doc": places[report.doc],
        "pieces": pieces(report, text, indices),
        "at": [report.start, report.end],
        "how": how,
        "source": source,
        "holder": indices.get(holder) if holder else None,
        "cue": cue,
        "judged": judgement(report),
        "decided": [[what, span.of(text)[:80]] for what, span in report.words if text],
        "rule": report.rule,
    }


def _drawn(
    facts: Sequence[Event | Relation], records: Sequence[dict[str, Any]], ranked: Sequence[Entity], first: int
) -> tuple[tuple[Node, ...], tuple[Edge, ...]]:
    count = len(ranked)
    total_actors = count
    many: dict[tuple[int, ...], list[int]] = {}
    pairs: dict[tuple[int, int], list[int]] = {}
    for number, record in enumerate(records):
        ends = record["ends"]
        sides = {index: role for role, index in record["roles"]}
        opposed = record.get("reciprocal") or sides.get(ends[0] if ends else -1) != sides.get(ends[-1] if ends else -1)
        if len(ends) == 2 and opposed:
            pairs.setdefault((min(ends), max(ends)), []).append(number)
        elif len(ends) >= 2:
            key = tuple(sorted(ends))
            if key in many or len(many) < _EVENT_NODES:
                many.setdefault(key, []).append(number)
            else:
                for end in ends[1:]:
                    pairs.setdefault((min(ends[0], end), max(ends[0], end)), []).append(number)
    strengths = {pair: sum(weight(facts[n]) for n in held) for pair, held in pairs.items()}
    major = _backbone(strengths, many, count, first)
    degree = [0.0] * count
    for (a, b), held in pairs.items():
        degree[a] += len(held)
        degree[b] += len(held)
    for key, held in many.items():
        for index in key:
            degree[index] += len(held)
    shapes: list[tuple[float, tuple[str, ...], float]] = []
    for entity, links in zip(ranked, degree, strict=True):
        size = min(26.0, 6.0 + 3.0 * math.sqrt(links))
        shapes.append((round(size, 1), _lines(entity.label), 12.0 if size < 16 else 15.0))
    hubs = sorted(many)
    shapes.extend((4.5, _lines(records[many[key][0]]["verb"]), 10.0) for key in hubs)
    # event nodes whose parties are all shown at once belong to the first layout: they are numbered after the
    # actors on the page, but stand between them in the order of importance
    order = [*range(first), *(count + n for n, key in enumerate(hubs) if max(key) < first)]
    settled = len(order)
    order += [n for n in range(count + len(hubs)) if n not in set(order)]
    rank = {index: place for place, index in enumerate(order)}
    links = [(rank[a], rank[b], 1.0) for a, b in sorted(pairs) if (a, b) in major]
    links += [(rank[count + n], rank[index], 1.0) for n, key in enumerate(hubs) for index in key]
    boxes = [_box(shapes[index]) for index in order]
    points = positions(boxes, links, first=settled)
    nodes = []
    for index in range(count + len(hubs)):
        size, lines, _ = shapes[index]
        x, y = points[rank[index]]
        y = round(y - boxes[rank[index]][1] / 2 + size)
        held = tuple(many[hubs[index - total_actors]]) if index >= total_actors else ()
        shape = "dot" if index >= total_actors else _SHAPES[ranked[index].type]
        nodes.append(Node(index, x, y, size, shape, lines, held))
    edges = [Edge(a, b, tuple(held), (a, b) not in major) for (a, b), held in sorted(pairs.items())]
    for number, key in enumerate(hubs):
        hub = count + number
        acting = {records[n]["ends"][0] for n in many[key]}
        for index in key:
            ends = (index, hub) if index in acting else (hub, index)
            edges.append(Edge(*ends, tuple(many[key])))
    return tuple(nodes), tuple(edges)


def _backbone(
    strengths: Mapping[tuple[int, int], float], many: Mapping[tuple[int, ...], list[int]], count: int, first: int
) -> set[tuple[int, int]]:
    """The links drawn at once: a strongest tree that joins everything, then the strongest others."""
    allowed = max(40, round(1.9 * first)) if first else 0
    order = sorted(strengths, key=lambda pair: (max(pair) >= first, -strengths[pair], pair))
    if len(order) <= allowed:
        return set(order)
    parent = list(range(count))

    def root(node: int) -> int:
        while parent[node] != node:
            parent[node] = parent[parent[node]]
            node = parent[node]
        return node

    for key in many:
        for other in key[1:]:
            parent[root(other)] = root(key[0])
    major: set[tuple[int, int]] = set()
    for a, b in order:
        if root(a) != root(b):
            parent[root(a)] = root(b)
            major.add((a, b))
    for pair in order:
        if len(major) >= allowed:
            break
        major.add(pair)
    return major


def _lines(label: str) -> tuple[str, ...]:
    found = textwrap.wrap(_cut(label), _LINE, max_lines=2, placeholder="…")
    return tuple(line if len(line) <= _LINE + 2 else line[:_LINE] + "…" for line in found) or ("…",)


def _box(shape: tuple[float, tuple[str, ...], float]) -> tuple[float, float]:
    size, lines, font = shape
    width = max(len(line) for line in lines) * font * 0.56
    return (max(2 * size, width), 2 * size + 4 + len(lines) * font * 1.2)


def _cut(name: str) -> str:
    return name if len(name) <= _NAME else name[: _NAME - 1] + "…"
