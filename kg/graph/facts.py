"""Facts as JSON lines: one object a line, in the order and with the fields of the documentation.

>>> from kg.model import Entity, Facts
>>> for line in facts_lines(Facts(entities=(Entity("actor/norway", "Norway", "Country"),))):
...     print(line, end="")
{"kind": "entity", "id": "actor/norway", "label": "Norway", "type": "Country", "aliases": [], "same_as": [], \
"country": null, "sector": null}

Offsets are Unicode code points of the document's text. Ids of attributions are IRIs without the base, so that they
are unique among all documents.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from kg.graph.files import write_whole
from kg.graph.iris import document_iri
from kg.graph.vocabulary import DEFAULT_BASE
from kg.model import (
    Argument,
    Attribution,
    Document,
    Entity,
    Event,
    Facts,
    Mention,
    Period,
    Relation,
    Report,
    Span,
)

__all__ = ["facts_lines", "write_facts"]

_Record = dict[str, Any]
# Python and some editors take these for line ends.
_LINE_ENDS = {"\u0085": "\\u0085", "\u2028": "\\u2028", "\u2029": "\\u2029"}


def write_facts(facts: Facts, path: Path, *, base: str = DEFAULT_BASE, text: bool = True) -> None:
    """Write facts.jsonl, whole or not at all.

    Raises:
        StoreError: the file cannot be written.
    """
    write_whole(path, (line.encode("utf-8") for line in facts_lines(facts, base=base, text=text)))


def facts_lines(facts: Facts, *, base: str = DEFAULT_BASE, text: bool = True) -> Iterator[str]:
    """The lines, each with its newline; with `text=False` documents come without their texts."""
    encode = json.JSONEncoder(ensure_ascii=False).encode
    for record in _records(facts, base, text=text):
        line = encode(record)
        for end, escaped in _LINE_ENDS.items():
            if end in line:
                line = line.replace(end, escaped)
        yield line + "\n"


def _records(facts: Facts, base: str, *, text: bool) -> Iterator[_Record]:
    for document in facts.documents:
        yield _document(document, base, text=text)
    for entity in facts.entities:
        yield _entity(entity)
    for mention in facts.mentions:
        yield _mention(mention)
    for event in facts.events:
        yield _event(event)
    for relation in facts.relations:
        yield _relation(relation)
    for attribution in facts.attributions:
        yield _attribution(attribution)


def _document(document: Document, base: str, *, text: bool) -> _Record:
    record: _Record = {
        "kind": "document",
        "id": document.id,
        "iri": document_iri(document.id, base),
        "title": document.title,
        "published": None if document.published is None else document.published.isoformat(),
        "source": document.source,
        "author": document.author,
        "url": document.url,
        "sha256": document.sha256,
    }
    return {**record, "text": document.text} if text and document.text else record


def _entity(entity: Entity) -> _Record:
    return {
        "kind": "entity",
        "id": entity.id,
        "label": entity.label,
        "type": entity.type,
        "aliases": list(entity.aliases),
        "same_as": list(entity.same_as),
        "country": entity.country,
        "sector": entity.sector,
    }


def _mention(mention: Mention) -> _Record:
    return {
        "kind": "mention",
        "doc": mention.doc,
        "start": mention.start,
        "end": mention.end,
        "entity": mention.entity,
        "form": mention.form,
        "rule": mention.rule,
    }


def _event(event: Event) -> _Record:
    return {
        "kind": "event",
        "id": event.id,
        "label": event.label,
        "type": event.type,
        "plover": event.plover,
        "cameo": event.cameo,
        "status": event.status,
        "reciprocal": event.reciprocal,
        "confidence": event.confidence,
        "date": _period(event.date),
        "place": event.place,
        "roles": [{"role": role, "entity": entity} for role, entity in event.roles],
        "about": event.about,
        "reports": [_report(report) for report in event.reports],
    }


def _relation(relation: Relation) -> _Record:
    return {
        "kind": "relation",
        "id": relation.id,
        "subject": relation.subject,
        "predicate": relation.predicate,
        "object": relation.object,
        "status": relation.status,
        "date": _period(relation.date),
        "label": relation.label,
        "reports": [_report(report) for report in relation.reports],
    }


def _attribution(attribution: Attribution) -> _Record:
    return {
        "kind": "attribution",
        "id": _unique(attribution.doc, attribution.id),
        "doc": attribution.doc,
        "source": _spans(attribution.source),
        "cue": _spans(attribution.cue),
        "content": _spans(attribution.content),
        "holder": attribution.holder,
        "stance": attribution.stance,
        "within": _unique(attribution.doc, attribution.within),
    }


def _report(report: Report) -> _Record:
    return {
        "doc": report.doc,
        "start": report.start,
        "end": report.end,
        "trigger": _span(report.trigger),
        "polarity": report.polarity,
        "certainty": report.certainty,
        "tense": report.tense,
        "holder": report.holder,
        "attribution": _unique(report.doc, report.attribution),
        "arguments": [_argument(argument) for argument in report.arguments],
        "rule": report.rule,
    }


def _argument(argument: Argument) -> _Record:
    return {"role": argument.role, "start": argument.start, "end": argument.end, "entity": argument.entity}


def _period(period: Period | None) -> _Record | None:
    if period is None:
        return None
    return {"start": period.start.isoformat(), "end": period.end.isoformat()}


def _span(span: Span) -> _Record:
    return {"start": span.start, "end": span.end}


def _spans(spans: Sequence[Span]) -> list[_Record]:
    return [_span(span) for span in spans]


def _unique(doc: str, id_: str | None) -> str | None:
    return None if id_ is None else f"{document_iri(doc, '')}#{id_}"
