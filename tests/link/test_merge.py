"""One node an event: what comes together, and what stays apart."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from kg.link.merge import merge_events
from kg.model import Argument, Document, Event, Extraction, Period, Plover, Report, Span

MAY_10 = Period.day(date(2017, 5, 10))
MAY_15 = Period.day(date(2017, 5, 15))
MAY = Period(date(2017, 5, 1), date(2017, 5, 31))


def event(
    start: int,
    sources: str = "",
    targets: str = "",
    *,
    plover: Plover | None = "CONSULT",
    type_: str = "Meeting",
    when: Period | None = None,
    place: str | None = None,
    reciprocal: bool = True,
    tense: str = "past",
    polarity: str = "positive",
    holder: str | None = None,
    cameo: str = "04",
    confidence: float = 0.9,
) -> Event:
    """A local event whose actors are letters: `event(0, "a", "bc")` is a meeting of a with b and c.

    Who is called `?` has no node.
    """
    arguments = tuple(
        [Argument("source", start + 1, start + 2, _actor(c)) for c in sources]
        + [Argument("target", start + 3, start + 4, _actor(c)) for c in targets]
    )
    report = Report(
        id=f"report-{start}-{start + 5}-{(plover or type_).lower()}",
        doc="",
        start=start,
        end=start + 9,
        trigger=Span(start, start + 5),
        polarity=polarity,  # type: ignore[arg-type]
        certainty="certain",
        tense=tense,  # type: ignore[arg-type]
        rule="consult.tsv:1:meet",
        holder=holder,
        arguments=arguments,
    )
    return Event(
        report.id, type_, plover, cameo, (report,), reciprocal=reciprocal, date=when, place=place, confidence=confidence
    )


def _actor(letter: str) -> str | None:
    return None if letter == "?" else f"actor-{letter}"


def attack(start: int, sources: str = "", targets: str = "", **options: Any) -> Event:
    return event(start, sources, targets, plover="ASSAULT", type_="Attack", reciprocal=False, **options)


def blame(start: int, sources: str = "", targets: str = "", **options: Any) -> Event:
    return event(start, sources, targets, plover="ACCUSE", type_="Criticism", reciprocal=False, **options)


def statement(start: int, sources: str = "", targets: str = "", **options: Any) -> Event:
    return event(start, sources, targets, plover=None, type_="Statement", cameo="01", reciprocal=False, **options)


def extraction(doc: str, *events: Event, published: date | None = None) -> Extraction:
    events = tuple(replace(e, reports=tuple(replace(r, doc=doc) for r in e.reports)) for e in events)
    return Extraction(Document(doc, "x" * 400, published=published), events=events)


def actors(*extractions: Extraction) -> dict[tuple[str, str], str]:
    return {(x.document.id, f"actor-{c}"): f"actor/{c}" for x in extractions for c in "abcdefgh"}


def sizes(*extractions: Extraction) -> list[int]:
    """How many reports each merged event has, largest first."""
    merged, _ = merge_events(extractions, actors(*extractions))
    return sorted((len(e.reports) for e in merged), reverse=True)


WITHIN = [
    ("the same meeting twice", [event(0, "a", "b"), event(20, "a", "b")], [2]),
    ("with one more guest", [event(0, "a", "b"), event(20, "a", "bc")], [2]),
    ("the sides of a meeting change places", [event(0, "a", "b"), event(20, "b", "a")], [2]),
    ("dated once", [event(0, "a", "b", when=MAY_10), event(20, "a", "b")], [2]),
    ("a day in its month", [event(0, "a", "b", when=MAY_10), event(20, "a", "b", when=MAY)], [2]),
    ("on two days", [event(0, "a", "b", when=MAY_10), event(20, "a", "b", when=MAY_15)], [1, 1]),
    ("with somebody else", [event(0, "a", "b"), event(20, "a", "c")], [1, 1]),
    ("in two places", [event(0, "a", "b", place="actor-g"), event(20, "a", "b", place="actor-h")], [1, 1]),
    ("the meeting, without actors", [event(0, "a", "b"), event(20)], [2]),
    ("a dated meeting, without actors", [event(0, "a", "b"), event(20, when=MAY_10)], [1, 1]),
    ("a met b, they will meet", [event(0, "a", "b"), event(20, "a", "b", tense="future")], [1, 1]),
    ("attacks have a direction", [attack(0, "a", "b"), attack(20, "b", "a")], [1, 1]),
    ("an attack, then the attack on b", [attack(0, "a", "b"), attack(20, "", "b")], [2]),
    ("an attack, then a's attack", [attack(0, "a", "b"), attack(20, "a")], [2]),
    ("a attacked b, and somebody without a node", [attack(0, "a", "b"), attack(20, "a", "?")], [1, 1]),
    ("somebody without a node attacked b", [attack(0, "a", "b"), attack(20, "?", "b")], [1, 1]),
    ("a attacked people without nodes, twice", [attack(0, "a", "?"), attack(20, "a", "?")], [1, 1]),
    ("a attacked b and others", [attack(0, "a", "b"), attack(20, "a", "b?")], [2]),
    ("the attack, by nobody with a node", [attack(0, "a", "b"), attack(20, "?")], [1, 1]),
    (
        "what may happen needs the same actors",
        [attack(0, "a", "b", tense="future"), attack(20, "a", tense="future")],
        [1, 1],
    ),
    ("what may happen, to the same", [attack(0, "a", "b", tense="future"), attack(20, "a", "b", tense="future")], [2]),
    ("a accuses b, and somebody", [blame(0, "a", "b"), blame(20, "a")], [1, 1]),
    ("a accuses b, twice", [blame(0, "a", "b"), blame(20, "a", "b")], [2]),
    ("nobody contradicts himself", [attack(0, "a", "b"), attack(20, "a", "b", polarity="negative")], [1, 1]),
    ("somebody else denies", [attack(0, "a", "b"), attack(20, "a", "b", polarity="negative", holder="actor-a")], [2]),
    ("a said this and that", [statement(0, "a"), statement(20, "a", "?")], [2]),
    ("a said it to b", [statement(0, "a", "b"), statement(20, "a")], [1, 1]),
    ("a said it on a day", [statement(0, "a", when=MAY_10), statement(20, "a")], [1, 1]),
    ("a said and did not say", [statement(0, "a"), statement(20, "a", polarity="negative")], [1, 1]),
    ("another code", [event(0, "a", "b"), event(20, "a", "b", plover="AGREE", type_="Agreement")], [1, 1]),
]


@pytest.mark.parametrize(("case", "events", "expected"), WITHIN, ids=[w[0] for w in WITHIN])
def test_within_a_document(case: str, events: list[Event], expected: list[int]) -> None:
    assert sizes(extraction("one", *events)) == expected


ACROSS = [
    ("the same day", event(0, "a", "b", when=MAY_10), event(0, "a", "b", when=MAY_10), [2]),
    ("the same day, one more guest", event(0, "a", "b", when=MAY_10), event(0, "a", "bc", when=MAY_10), [2]),
    ("another day", event(0, "a", "b", when=MAY_10), event(0, "a", "b", when=MAY_15), [1, 1]),
    ("undated, in the same week's news", event(0, "a", "b"), event(0, "a", "b"), [2]),
    ("an accusation, undated", blame(0, "a", "b"), blame(0, "a", "b"), [1, 1]),
    ("an accusation, the same day", blame(0, "a", "b", when=MAY_10), blame(0, "a", "b", when=MAY_10), [2]),
    ("one actor, the same day", event(0, "a", when=MAY_10), event(0, "a", when=MAY_10), [2]),
    ("one actor, undated", event(0, "a"), event(0, "a"), [1, 1]),
]


@pytest.mark.parametrize(("case", "one", "other", "expected"), ACROSS, ids=[a[0] for a in ACROSS])
def test_across_documents(case: str, one: Event, other: Event, expected: list[int]) -> None:
    published = date(2017, 5, 17)
    assert sizes(extraction("one", one, published=published), extraction("two", other, published=published)) == expected


def test_undated_events_of_other_years_stay_apart() -> None:
    old = extraction("one", event(0, "a", "b"), published=date(2009, 1, 2))
    new = extraction("two", event(0, "a", "b"), published=date(2017, 5, 17))
    assert sizes(old, new) == [1, 1]


def test_a_vague_report_does_not_join_two_events_that_one_document_keeps_apart() -> None:
    precise = extraction("one", event(0, "a", "b", when=MAY_10), event(20, "a", "b", when=MAY_15))
    vague = extraction("two", event(0, "a", "b", when=MAY))
    assert sizes(precise, vague) == [2, 1]


def test_the_order_of_documents_does_not_matter() -> None:
    documents = [
        extraction(f"d{i}", event(0, "ab"[i % 2], "cd", when=(MAY_10, MAY, MAY_15)[i % 3]), event(20, "a", "c"))
        for i in range(7)
    ]
    expected = merge_events(documents, actors(*documents))
    for seed in range(5):
        shuffled = random.Random(seed).sample(documents, len(documents))
        assert merge_events(shuffled, actors(*shuffled)) == expected


def test_the_id_says_when_and_what() -> None:
    (merged,), of = merge_events([one := extraction("one", event(0, "a", "b", when=MAY_10))], actors(one))
    assert merged.id.startswith("event/2017-05-10-consult-")
    assert of == {("one", "report-0-5-consult"): merged.id}


def test_about_points_at_the_merged_event() -> None:
    act = event(30, "a", "b", plover="ASSAULT", type_="Attack", reciprocal=False, tense="future")
    threat = replace(event(0, "a", "b", plover="THREATEN", type_="Threat", reciprocal=False), about=act.id)
    one = extraction("one", threat, act)
    merged, of = merge_events([one], actors(one))
    assert {e.plover: e.about for e in merged} == {"THREATEN": of["one", act.id], "ASSAULT": None}


def test_who_denies_it_disputes_it() -> None:
    denial = attack(20, "a", "b", polarity="negative", holder="actor-a")
    one = extraction("one", attack(0, "a", "b"), denial)
    (merged,), _ = merge_events([one], actors(one))
    assert merged.status == "disputed"


def test_confidence_is_that_of_the_surest_report() -> None:
    one = extraction("one", event(0, "a", "b", confidence=0.7), event(20, "a", "b", confidence=0.7 + 0.1 + 0.1))
    (merged,), _ = merge_events([one], actors(one))
    assert merged.confidence == 0.9
