"""One node a relation: what comes together, and what stays apart."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date

import pytest

from kg.link.relations import merge_relations
from kg.model import (
    Argument,
    Attribution,
    Document,
    Extraction,
    Period,
    Polarity,
    Predicate,
    Relation,
    Report,
    Span,
    Stance,
    Status,
)

Y2001 = Period(date(2001, 1, 1), date(2001, 12, 31))
Y2002 = Period(date(2002, 1, 1), date(2002, 12, 31))
LONG = Period(date(2001, 6, 1), date(2002, 6, 1))


def relation(
    start: int,
    subject: str = "a",
    predicate: Predicate = "headOf",
    object_: str = "b",
    *,
    when: Period | None = None,
    polarity: Polarity = "positive",
    holder: str | None = None,
    attribution: str | None = None,
) -> Relation:
    """A local relation whose actors are letters."""
    arguments = (
        Argument("subject", start, start + 1, f"actor-{subject}"),
        Argument("object", start + 2, start + 3, f"actor-{object_}"),
    )
    report = Report(
        f"report-{start}", "", start, start + 9, Span(start, start + 4), polarity, "certain", "present", "rule",
        holder=f"actor-{holder}" if holder else None, attribution=attribution, arguments=arguments,
    )  # fmt: skip
    return Relation(report.id, f"actor-{subject}", predicate, f"actor-{object_}", (report,), date=when)


def extraction(doc: str, *relations: Relation, stance: Stance | None = None) -> Extraction:
    relations = tuple(replace(r, reports=tuple(replace(p, doc=doc) for p in r.reports)) for r in relations)
    said = (Attribution("said", doc, (), (Span(0, 1),), (), stance, "rule"),) if stance else ()
    return Extraction(Document(doc, "x" * 99), relations=relations, attributions=said)


def merged(*extractions: Extraction, same: str = "") -> tuple[Relation, ...]:
    """`same`: letters that are one actor, the first of them."""
    actors = {
        (x.document.id, f"actor-{c}"): f"actor/{same[0] if c in same else c}" for x in extractions for c in "abcdefgh"
    }
    return merge_relations(extractions, actors)


def ends(*extractions: Extraction) -> list[tuple[str, str, int]]:
    return [(r.subject[-1], r.object[-1], len(r.reports)) for r in merged(*extractions)]


CASES = [
    ("said twice", [relation(0), relation(20)], [("a", "b", 2)]),
    ("other ends", [relation(0), relation(20, object_="c")], [("a", "b", 1), ("a", "c", 1)]),
    ("a direction", [relation(0), relation(20, "b", "headOf", "a")], [("a", "b", 1), ("b", "a", 1)]),
    ("both ways", [relation(0, "b", "alliedWith", "a"), relation(20, "a", "alliedWith", "b")], [("a", "b", 2)]),
    ("another predicate", [relation(0), relation(20, "a", "memberOf", "b")], [("a", "b", 1), ("a", "b", 1)]),
    ("two years", [relation(0, when=Y2001), relation(20, when=Y2002)], [("a", "b", 1), ("a", "b", 1)]),
    ("periods that overlap", [relation(0, when=Y2001), relation(20, when=LONG)], [("a", "b", 2)]),
    ("no date joins the earliest", [relation(0, when=Y2002), relation(20, when=Y2001), relation(40)], None),
    ("an actor that nothing stands for", [relation(0, "z")], []),
]


@pytest.mark.parametrize(("case", "relations", "expected"), CASES, ids=[c[0] for c in CASES])
def test_merging(case: str, relations: list[Relation], expected: list[tuple[str, str, int]] | None) -> None:
    apart = [extraction(f"d{i}", r) for i, r in enumerate(relations)]
    for given in ([extraction("one", *relations)], apart):
        if expected is None:
            assert [(r.date, len(r.reports)) for r in merged(*given)] == [(Y2001, 2), (Y2002, 1)]
        else:
            assert ends(*given) == expected


def test_a_thing_is_not_related_to_itself() -> None:
    assert merged(extraction("one", relation(0)), same="ab") == ()


def test_the_period_is_the_union() -> None:
    (found,) = merged(extraction("one", relation(0, when=Y2001), relation(20, when=LONG)))
    assert found.date == Period(Y2001.start, LONG.end)
    assert found.id == "relation/a-head-of-b-2001-01-01"


def test_reports_point_at_entities() -> None:
    (found,) = merged(extraction("one", relation(0, holder="c", attribution="said"), stance="assert"))
    (report,) = found.reports
    assert (report.holder, [a.entity for a in report.arguments]) == ("actor/c", ["actor/a", "actor/b"])
    assert found.id == "relation/a-head-of-b" and found.label == ""


STATUSES: list[tuple[str, list[Extraction], Status]] = [
    ("the author says so", [extraction("one", relation(0))], "asserted"),
    ("the author says no", [extraction("one", relation(0, polarity="negative"))], "denied"),
    (
        "somebody says so",
        [extraction("one", relation(0, holder="c", attribution="said"), stance="assert")],
        "reported",
    ),
    (
        "two papers differ",
        [extraction("one", relation(0)), extraction("two", relation(0, polarity="negative"))],
        "disputed",
    ),
]


@pytest.mark.parametrize(("case", "extractions", "status"), STATUSES, ids=[s[0] for s in STATUSES])
def test_status(case: str, extractions: list[Extraction], status: Status) -> None:
    (found,) = merged(*extractions)
    assert found.status == status


def test_the_order_of_documents_does_not_matter() -> None:
    documents = [
        extraction(
            f"d{i}", relation(0, when=(Y2001, None, Y2002, LONG)[i % 4]), relation(20, "bc"[i % 2], "alliedWith")
        )
        for i in range(9)
    ]
    expected = merged(*documents)
    for seed in range(5):
        assert merged(*random.Random(seed).sample(documents, len(documents))) == expected


def test_ids_are_unique() -> None:
    """Two periods of one relation that begin on the same day are one; all others differ by that day."""
    days = [Period(date(2001, m, 1), date(2001, m, 2)) for m in range(1, 9)]
    found = merged(extraction("one", *(relation(20 * i, when=day) for i, day in enumerate(days))))
    assert len({r.id for r in found}) == len(found) == 8
