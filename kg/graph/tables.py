"""Flat tables of the facts: pandas frames, and event data as a TSV.

>>> from kg.model import *
>>> ends = (Argument("source", 0, 4, "actor/peru"), Argument("target", 14, 19, "actor/chile"))
>>> report = Report("r", "d", 0, 20, Span(5, 13), "positive", "certain", "past", "rule", arguments=ends)
>>> event = Event("event/1", "Criticism", "ACCUSE", "111", (report,), status="asserted", label="Peru criticises Chile")
>>> facts = Facts(
...     (Document("d", "Peru rebuked Chile.."),),
...     (Entity("actor/chile", "Chile", "Country"), Entity("actor/peru", "Peru", "Country")),
...     events=(event,),
... )
>>> [(row.source, row.target, row.root, row.quad) for row in event_rows(facts)]
[('Peru', 'Chile', '11', 3)]
>>> frame(facts, "events")[["label", "plover", "quad", "source", "target"]].values.tolist()
[['Peru criticises Chile', 'ACCUSE', 3, 'Peru', 'Chile']]

Columns are always the same ones in the same order, whatever the facts hold. Several actors in one cell are parted
by "; ".
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass, fields
from typing import TYPE_CHECKING, Literal, TypeAlias

from kg.errors import NameNotFoundError
from kg.graph.explain import events_and_relations
from kg.graph.network import acts_for, directed
from kg.graph.printable import printable, unformula
from kg.graph.testimony import Witnesses
from kg.model import QUAD, Document, Event, Facts, Period, Plover, Report, Role, Span, Status

if TYPE_CHECKING:
    import pandas

__all__ = ["EventRow", "Table", "event_rows", "events_tsv", "frame"]

Table: TypeAlias = Literal["events", "relations", "entities", "mentions", "attributions", "documents", "reports"]

_ASSERTED: tuple[Status, ...] = ("asserted",)
_DAYS = ("date", "until", "published")
_Cell: TypeAlias = str | int | float | bool | None
_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "events": (
        "id", "label", "type", "plover", "cameo", "quad", "status", "date", "until", "place", "source", "target",
        "recipient", "instrument", "topic", "reciprocal", "confidence", "about", "reports", "documents",
        "source_ids", "target_ids", "place_id",
    ),
    "relations": (
        "id", "label", "subject", "predicate", "object", "status", "date", "until", "reports", "documents",
        "subject_id", "object_id",
    ),
    "entities": (
        "id", "label", "type", "aliases", "same_as", "country", "country_id", "acts_for_id", "sector", "mentions",
        "documents",
    ),
    "mentions": ("doc", "start", "end", "words", "label", "entity", "form", "rule"),
    "attributions": (
        "doc", "id", "stance", "holder", "source", "cue", "content", "within", "holder_id", "rule",
    ),
    "documents": ("id", "title", "published", "source", "author", "url", "sha256", "characters", "reports"),
    "reports": (
        "fact", "label", "status", "doc", "id", "start", "end", "sentence", "trigger", "says", "polarity", "certainty",
        "tense", "conditional", "holder", "holder_id", "rule",
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class EventRow:
    """An event between two actors as event data has it; of a reciprocal event there is one each way.

    Attributes:
        date, until: ISO days, or "".
        root: the CAMEO root, or "".
        quad: 1 to 4.
        text: the sentence of its first report, the author's own affirmation before others.
        published: the day on which that document appeared, for events without a date; or "".
        source_country: the country itself, or the one for which the actor acts; or "".
        target_country: the country itself, or the one to which the actor or place belongs; or "".
    """

    date: str
    source: str
    target: str
    root: str
    quad: int
    text: str
    id: str
    until: str
    plover: Plover
    cameo: str
    status: str
    source_country: str
    source_sector: str
    target_country: str
    target_sector: str
    place: str
    document: str
    published: str


def frame(facts: Facts, table: Table | str) -> pandas.DataFrame:
    """One table of the facts as a pandas frame; days are timestamps, numbers are numbers.

    Raises:
        NameNotFoundError: there is no such table.
    """
    import pandas

    if table not in _COLUMNS:
        raise NameNotFoundError(table, "there is no such table", remedy="take " + ", ".join(_COLUMNS))
    columns = _COLUMNS[table]
    made = pandas.DataFrame(list(_ROWS[table](_Tables(facts))), columns=list(columns))
    for column in _DAYS:
        if column in columns:
            made[column] = pandas.to_datetime(made[column])
    if "quad" in columns:
        made["quad"] = made["quad"].astype("Int64")
    return made


def event_rows(facts: Facts, *, statuses: Collection[Status] | None = _ASSERTED) -> tuple[EventRow, ...]:
    """Event data: a row for each event of the code book and each two actors in it, in order of time.

    Args:
        statuses: which events; None means all, and `EventRow.status` tells them apart.
    """
    return tuple(sorted(_event_rows(facts, statuses), key=lambda r: (r.date or "9999", r.id, r.source, r.target)))


def events_tsv(facts: Facts, *, statuses: Collection[Status] | None = _ASSERTED) -> str:
    """The rows of `event_rows` under a header, a line each; cells hold no tabs, line ends or spreadsheet formulas."""
    lines = [[column.name for column in fields(EventRow)]]
    lines += [
        [unformula(printable(str(cell))) for cell in astuple(row)] for row in event_rows(facts, statuses=statuses)
    ]
    return "".join("\t".join(cells) + "\n" for cells in lines)


def _event_rows(facts: Facts, statuses: Collection[Status] | None) -> Iterator[EventRow]:
    entities = {entity.id: entity for entity in facts.entities}
    labels = {entity.id: entity.label for entity in facts.entities}
    documents = {document.id: document for document in facts.documents}

    def country(id_: str, *, acting: bool) -> str:
        entity = entities.get(id_)
        if entity is None:
            return ""
        other = acts_for(entity) if acting else entity.country
        own = entity.id if entity.type == "Country" else other
        return labels.get(own, own) if own else ""

    def sector(id_: str) -> str:
        return (entities[id_].sector or "") if id_ in entities else ""

    for event in facts.events:
        if event.plover is None or (statuses is not None and event.status not in statuses):
            continue
        report = min(event.reports, key=_hearsay)
        document = documents.get(report.doc, Document(report.doc, ""))
        start, end = _days(event.date)
        for source, target in directed(event):
            yield EventRow(
                date=start or "",
                source=labels.get(source, source),
                target=labels.get(target, target),
                root=(event.cameo or "")[:2],
                quad=QUAD[event.plover],
                text=" ".join(report.span.of(document.text).split()),
                id=event.id,
                until=end or "",
                plover=event.plover,
                cameo=event.cameo or "",
                status=event.status or "",
                source_country=country(source, acting=True),
                source_sector=sector(source),
                target_country=country(target, acting=False),
                target_sector=sector(target),
                place=labels.get(event.place, event.place) if event.place else "",
                document=document.id,
                published=document.published.isoformat() if document.published else "",
            )


class _Tables:
    """The rows of each table, in the order of `_COLUMNS`."""

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        self._labels = {entity.id: entity.label for entity in facts.entities}
        self._texts = {document.id: document.text for document in facts.documents}

    def events(self) -> Iterator[Sequence[_Cell]]:
        events = {event.id: event.label for event in self._facts.events}
        for e in self._facts.events:
            quad = QUAD[e.plover] if e.plover else None
            yield (
                e.id, e.label, e.type, e.plover, e.cameo, quad, e.status, *_days(e.date), self._label(e.place),
                *(self._called(e, role) for role in ("source", "target", "recipient", "instrument", "topic")),
                e.reciprocal, e.confidence, events.get(e.about) if e.about else None, len(e.reports),
                len({r.doc for r in e.reports}), _ids(e, "source"), _ids(e, "target"), e.place,
            )  # fmt: skip

    def relations(self) -> Iterator[Sequence[_Cell]]:
        for r in self._facts.relations:
            yield (
                r.id, r.label, self._label(r.subject), r.predicate, self._label(r.object), r.status, *_days(r.date),
                len(r.reports), len({report.doc for report in r.reports}), r.subject, r.object,
            )  # fmt: skip

    def entities(self) -> Iterator[Sequence[_Cell]]:
        mentions = Counter(m.entity for m in self._facts.mentions)
        documents = Counter(entity for _, entity in {(m.doc, m.entity) for m in self._facts.mentions})
        for e in self._facts.entities:
            yield (
                e.id, e.label, e.type, "; ".join(e.aliases), "; ".join(e.same_as), self._label(e.country), e.country,
                acts_for(e), e.sector, mentions[e.id], documents[e.id],
            )  # fmt: skip

    def mentions(self) -> Iterator[Sequence[_Cell]]:
        for m in self._facts.mentions:
            words = m.span.of(self._texts.get(m.doc, ""))
            yield m.doc, m.start, m.end, words, self._label(m.entity), m.entity, m.form, m.rule

    def attributions(self) -> Iterator[Sequence[_Cell]]:
        for a in self._facts.attributions:
            source, cue, content = (self._words(a.doc, spans) for spans in (a.source, a.cue, a.content))
            yield (
                a.doc, a.id, a.stance, self._label(a.holder), source, cue, content, a.within, a.holder, a.rule,
            )  # fmt: skip

    def documents(self) -> Iterator[Sequence[_Cell]]:
        reports = Counter(report.doc for fact in events_and_relations(self._facts) for report in fact.reports)
        for d in self._facts.documents:
            published = d.published.isoformat() if d.published else None
            yield d.id, d.title, published, d.source, d.author, d.url, d.sha256, len(d.text), reports[d.id]

    def reports(self) -> Iterator[Sequence[_Cell]]:
        witnesses = Witnesses(self._facts)
        for fact in events_and_relations(self._facts):
            for r in fact.reports:
                text = self._texts.get(r.doc, "")
                yield (
                    fact.id, fact.label, fact.status, r.doc, r.id, r.start, r.end, r.span.of(text), r.trigger.of(text),
                    witnesses.says(r), r.polarity, r.certainty, r.tense, r.conditional, self._label(r.holder), r.holder,
                    r.rule,
                )  # fmt: skip

    def _label(self, id_: str | None) -> str | None:
        return None if id_ is None else self._labels.get(id_, id_)

    def _called(self, event: Event, role: Role) -> str:
        return "; ".join(self._labels.get(actor, actor) for found, actor in event.roles if found == role)

    def _words(self, doc: str, spans: Iterable[Span]) -> str:
        return " … ".join(span.of(self._texts.get(doc, "")) for span in spans)


_ROWS = {name: getattr(_Tables, name) for name in _COLUMNS}


def _hearsay(report: Report) -> tuple[bool, bool]:
    return report.attribution is not None or report.holder is not None, report.polarity == "negative"


def _ids(event: Event, role: Role) -> str:
    return "; ".join(actor for found, actor in event.roles if found == role)


def _days(period: Period | None) -> tuple[str | None, str | None]:
    return (period.start.isoformat(), period.end.isoformat()) if period else (None, None)
