"""Documents and facts of every shape that the model allows, for property tests."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import TypeVar, get_args

from hypothesis import strategies as st

from kg.graph.ordering import ordered, ordered_facts
from kg.graph.vocabulary import event_classes
from kg.model import (
    Argument,
    Attribution,
    Certainty,
    Chain,
    Document,
    Entity,
    EntityType,
    Event,
    Extraction,
    Facts,
    Form,
    Mention,
    Period,
    Plover,
    Polarity,
    Predicate,
    Relation,
    Report,
    Role,
    Span,
    Stance,
    Status,
    Tense,
)

__all__ = ["HOSTILE", "document_ids", "extractions", "linked", "texts"]

_T = TypeVar("_T")

HOSTILE = (
    "plain",
    "",
    'say "no" \\ \\n \\u0041 \'\'\' """',
    "line\none\r\ntwo\rthree\ttab\x0bvt\x0cff\x85nel\u2028ls\u2029ps",
    "\x00\x01\x1f\x7f\x9f",
    "\u202eright to left\u202c \u0645\u0648\u0633\u0643\u0648 \u05de\u05d5\u05e1\u05e7\u05d1\u05d4",
    "\U0001f600 \U0001f1fa\U0001f1e6 e\u0301 \ufeff \ufffe \uffff",
    '<script>alert(1)</script> & ]]> <!-- -- > . <https://x.org/> "x"^^<y> @en ;',
    "=cmd|' /C calc'!A0",
)

_IDS = (
    "news/a.txt",
    "a b.txt",
    "..",
    "../../etc/passwd",
    "./x//y/",
    "a#b?c=d&e%20f%",
    "\u043d\u043e\u0432\u043e\u0441\u0442\u0438/\u4e2d\u6587.txt",
    "\U0001f600",
    "x" * 5000,
    "\u00e9" * 300,
    '<>"{}|^`\\\n',
    "doc:1",
    "",
)

document_ids = st.one_of(st.sampled_from(_IDS), st.text(max_size=12))
texts = st.one_of(st.sampled_from(HOSTILE), st.text(max_size=30))
_days = st.dates(min_value=date(1, 1, 1), max_value=date(9999, 12, 31))


def _any(kind: object) -> st.SearchStrategy[str]:
    return st.sampled_from(get_args(kind))


def _maybe(strategy: st.SearchStrategy[_T]) -> st.SearchStrategy[_T | None]:
    return st.none() | strategy


@st.composite
def _periods(draw: st.DrawFn) -> Period:
    start, end = sorted((draw(_days), draw(_days)))
    return Period(start, end)


@st.composite
def extractions(draw: st.DrawFn, id_: str | None = None) -> Extraction:
    """What one document may say, in the order of the text."""
    text = draw(texts) + "x" * 40
    doc = draw(document_ids) if id_ is None else id_
    document = Document(
        id=doc,
        text=text,
        title=draw(_maybe(texts)),
        published=draw(_maybe(_days)),
        source=draw(_maybe(texts)),
        author=draw(_maybe(texts)),
        url=draw(_maybe(texts)),
        sha256=draw(st.sampled_from(("", "0f" * 32))),
    )
    place = st.tuples(st.integers(0, 30), st.integers(1, 9)).map(lambda p: Span(p[0], p[0] + p[1]))
    spans = st.lists(place, max_size=2).map(lambda found: tuple(sorted(set(found))))
    chains = tuple(
        Chain(
            id=f"actor-{span.start}-{span.end}",
            name=draw(texts),
            type=draw(_any(EntityType)),  # type: ignore[arg-type]
            names=tuple(sorted(draw(st.sets(texts, max_size=2)))),
            entry=draw(_maybe(texts)),
            country=draw(st.sampled_from((None, "RUS", "USA"))),
            sector=draw(st.sampled_from((None, "GOV", "REB"))),
            office=draw(_maybe(texts)),
        )
        for span in draw(st.lists(place, unique=True, max_size=4))
    )
    actors = st.sampled_from([None, *(chain.id for chain in chains)])
    attributions = tuple(
        Attribution(
            id=f"attribution-{span.start}-{span.end}",
            doc=doc,
            source=draw(spans),
            cue=(span,),
            content=draw(spans),
            stance=draw(_any(Stance)),  # type: ignore[arg-type]
            rule=draw(texts),
            holder=draw(actors),
        )
        for span in draw(st.lists(place, unique=True, max_size=2))
    )
    if len(attributions) == 2:
        attributions = (replace(attributions[0], within=attributions[1].id), attributions[1])
    says = st.sampled_from([None, *(a.id for a in attributions)])
    arguments = st.builds(
        lambda role, span, entity: Argument(role, span.start, span.end, entity), _any(Role), place, actors
    )
    words = st.sets(st.tuples(st.sampled_from(("polarity", "certainty", "tense", "conditional")), place), max_size=2)

    def report(id_: str, trigger: Span) -> Report:
        return Report(
            id=id_,
            doc=doc,
            start=0,
            end=draw(st.integers(39, 40)),
            trigger=trigger,
            polarity=draw(_any(Polarity)),  # type: ignore[arg-type]
            certainty=draw(_any(Certainty)),  # type: ignore[arg-type]
            tense=draw(_any(Tense)),  # type: ignore[arg-type]
            rule=draw(texts),
            holder=draw(actors),
            attribution=draw(says),
            conditional=draw(st.booleans()),
            arguments=tuple(draw(st.lists(arguments, max_size=12))),
            words=tuple(sorted(draw(words), key=lambda w: (w[1], w[0]))),
        )

    events: list[Event] = []
    for number, span in enumerate(draw(st.lists(place, max_size=3))):
        id_ = f"report-{span.start}-{span.end}-consult-{number + 1}"
        events.append(
            Event(
                id=draw(st.sampled_from((id_, f"other-{number}"))),
                type=draw(st.sampled_from(sorted(event_classes()))),
                plover=draw(_maybe(_any(Plover))),  # type: ignore[arg-type]
                cameo=draw(st.sampled_from((None, "04", "1831"))),
                reports=(report(id_, span),),
                reciprocal=draw(st.booleans()),
                confidence=draw(st.floats(0, 1)),
                date=draw(_maybe(_periods())),
                place=draw(actors),
                about=draw(st.sampled_from([None, *(e.id for e in events)])),
            )
        )
    relations = [
        Relation(
            id=f"report-{span.start}-{span.end}-owns-{number}",
            subject=draw(st.sampled_from(chains)).id,
            predicate=draw(_any(Predicate)),  # type: ignore[arg-type]
            object=draw(st.sampled_from(chains)).id,
            reports=(report(f"report-{span.start}-{span.end}-owns-{number}", span),),
            date=draw(_maybe(_periods())),
        )
        for number, span in enumerate(draw(st.lists(place, max_size=2)) if chains else [])
    ]
    mentions = st.builds(
        lambda span, entity, form, rule: Mention(doc, span.start, span.end, entity, form, rule),
        place,
        actors,
        _any(Form),
        st.sampled_from(("list", 'a "rule"')),
    )
    return ordered(
        Extraction(
            document, chains, tuple(draw(st.lists(mentions, max_size=5))), tuple(events), tuple(relations), attributions
        )
    )


def linked(given: Sequence[Extraction], *, status: Status = "asserted") -> Facts:
    """The plainest linking: every chain its own actor, every local event a merged one, and all at once one more."""
    of: dict[tuple[str, str], str] = {}
    entities: list[Entity] = []
    for number, extraction in enumerate(given):
        for chain in extraction.chains:
            id_ = f"actor/{number}-{chain.id}"
            of[extraction.document.id, chain.id] = id_
            merged = ((extraction.document.id, chain.id),)
            entities.append(
                Entity(
                    id_, chain.name, chain.type, chain.names, ("http://www.wikidata.org/entity/Q1",),
                    entities[0].id if entities else None, chain.sector, merged,
                )
            )  # fmt: skip
    events: list[Event] = []
    relations: list[Relation] = []
    for number, extraction in enumerate(given):
        events += _events(number, extraction, of, status)
        relations += [
            replace(
                relation,
                id=f"relation/{number}-{relation.id}",
                subject=of[extraction.document.id, relation.subject],
                object=of[extraction.document.id, relation.object],
                reports=tuple(_report(r, of) for r in relation.reports),
                status=status,
                label="is",
            )
            for relation in extraction.relations
        ]
    return ordered_facts(
        Facts(
            documents=tuple(x.document for x in given),
            entities=tuple(entities),
            mentions=tuple(replace(m, entity=_to(of, m.doc, m.entity)) for x in given for m in x.mentions),
            events=tuple(events),
            relations=tuple(relations),
            attributions=tuple(replace(a, holder=_to(of, a.doc, a.holder)) for x in given for a in x.attributions),
        )
    )


def _events(number: int, extraction: Extraction, of: Mapping[tuple[str, str], str], status: Status) -> list[Event]:
    doc = extraction.document.id
    if not extraction.events:
        return []
    made = [
        replace(
            event,
            id=f"event/{number}-{event.reports[0].id}",
            reports=tuple(_report(r, of) for r in event.reports),
            place=_to(of, doc, event.place),
            about=None,
            status=status,
            label=f"event {number}",
        )
        for event in extraction.events
    ]
    reports = tuple(r for event in made[1:] for r in event.reports)
    return [made[0], replace(made[0], id=f"event/{number}-all", reports=reports, about=made[0].id)] if reports else made


def _report(report: Report, of: Mapping[tuple[str, str], str]) -> Report:
    arguments = tuple(replace(a, entity=_to(of, report.doc, a.entity)) for a in report.arguments)
    return replace(report, holder=_to(of, report.doc, report.holder), arguments=arguments)


def _to(of: Mapping[tuple[str, str], str], doc: str, chain: str | None) -> str | None:
    return None if chain is None else of[doc, chain]
