"""What a page carries: actors, facts with their evidence, documents, and the nodes and links drawn of them.

Everything is numbered: a node is known by its place in `Content.actors`, never by a text, and a text is never
anything but a text. `Content.record()` is the JSON that the page's script reads.

>>> from kg.view.selection import choose
>>> nothing = Facts()
>>> content(nothing, choose(nothing)).record()["actors"]
[]
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kg.link.labels import Phrases, load_phrases
from kg.model import QUAD, Attribution, Document, Entity, EntityType, Event, Facts, Relation, Report
from kg.view.drawing import Edge, Node, Tie, draw
from kg.view.evidence import judgement, pieces, voice
from kg.view.selection import Selection, parties, weight

__all__ = ["Content", "content"]

_REPORTS = 8  # shown for one fact
_ALIASES = 12
_NAME = 200  # characters of a name that the page keeps

_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")
# what kg:actsFor rolls up to its country in the graph
_ACTING: frozenset[EntityType] = frozenset({"Person", "Government", "Organization", "ArmedGroup", "Group"})


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
    focus: int | None

    def record(self) -> dict[str, Any]:
        """Everything but nodes and edges, which go by way of the pyvis network."""
        return {
            "actors": list(self.actors),
            "facts": list(self.facts),
            "documents": list(self.documents),
            "drawn": sum(not node.facts for node in self.nodes),
            "first": self.first,
            "total": self.total,
            "leftOut": self.left_out,
            "focus": self.focus,
        }


def content(facts: Facts, selection: Selection, *, base: str = "", budget: int = 800_000) -> Content:
    """Number the actors, cut the sentences, lay out the nodes.

    Args:
        base: what an id needs to be an IRI.
        budget: bytes of evidence; the least telling facts beyond it are left out, and the page says how many.
    """
    carried, left_out = _within(facts, selection, budget)
    entities = {entity.id: entity for entity in facts.entities}
    drawn = {entity for fact in carried for _, entity in _ends(fact, entities, selection.alone)}
    ranked = [entity for entity in selection.ranked if entity in drawn]
    named = {entity for fact in carried for entity in _named(fact)} & entities.keys()
    named |= entities.keys() & {entities[one].country for one in (*ranked, *named)}
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
        record = _fact(fact, entities, indices, numbers, phrases, base)
        record["ends"] = [indices[entity] for _, entity in _ends(fact, entities, selection.alone)]
        record["sided"] = len({role for role, _ in parties(fact)}) > 1 or bool(record.get("reciprocal"))
        record["reports"] = [
            _report(report, documents.get(report.doc), sayings, labels, indices, places)
            for report in fact.reports[:_REPORTS]
        ]
        records.append(record)
    first = min(selection.first, len(ranked))
    nodes, edges = draw(_ties(carried, records), [(entities[one].label, entities[one].type) for one in ranked], first)
    return Content(
        actors=tuple(_actor(entities[one], indices, base) for one in ids),
        facts=tuple(records),
        documents=tuple(_document(documents.get(doc), doc) for doc in used),
        nodes=nodes,
        edges=edges,
        first=first,
        total=max(selection.total, len(ranked)),
        left_out=left_out,
        focus=indices.get(selection.around) if selection.around is not None else None,
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
    near = selection.around
    carried.sort(key=lambda fact: (near not in {entity for _, entity in parties(fact)}, -weight(fact), fact.id))
    return carried, len(selection.facts) - len(carried)


def _ends(fact: Event | Relation, entities: Mapping[str, Entity], alone: bool) -> list[tuple[str, str]]:
    found = [(str(role), entity) for role, entity in parties(fact) if entity in entities]
    return [] if len(found) < (1 if alone else 2) else found


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
    return {
        "label": _cut(entity.label) or "(no name)",
        "type": entity.type,
        "aliases": [_cut(alias) for alias in entity.aliases if alias != entity.label][:_ALIASES],
        "links": list(entity.same_as[:3]),
        "country": country,
        "actsFor": country if entity.type in _ACTING else None,
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
    fact: Event | Relation,
    entities: Mapping[str, Entity],
    indices: Mapping[str, int],
    numbers: Mapping[str, int],
    phrases: Phrases,
    base: str,
) -> dict[str, Any]:
    kind = fact.type if isinstance(fact, Event) else fact.predicate
    code = (fact.plover or fact.cameo or "") if isinstance(fact, Event) else ""
    words = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", kind).lower()
    special = f"{kind}:{entities[fact.object].type}" if isinstance(fact, Relation) else ""
    names = (special, kind, code)
    verb = next((phrases.by_name[name][0] for name in names if name in phrases.by_name), words)
    record: dict[str, Any] = {
        # names stand side by side in it: one that turns the direction of writing must not turn the others
        "label": _cut(_TURNING.sub("", fact.label)) or words,
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
        "quad": str(QUAD[fact.plover]) if fact.plover else "other",
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


def _ties(facts: Sequence[Event | Relation], records: Sequence[dict[str, Any]]) -> list[Tie]:
    """What joins two actors or more, with how it reads and whether its ends stand against each other."""
    found = []
    for number, (fact, record) in enumerate(zip(facts, records, strict=True)):
        ends = tuple(record["ends"])
        if ends:
            acting = tuple(index for role, index in record["roles"] if role in ("source", "subject"))
            verb = record["verb"] if len(ends) > 1 else record["type"]
            found.append(Tie(number, ends, acting, weight(fact), verb, record["sided"]))
    return found


def _cut(name: str) -> str:
    return name if len(name) <= _NAME else name[: _NAME - 1] + "…"
