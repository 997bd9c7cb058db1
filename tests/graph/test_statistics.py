"""Counts."""

from __future__ import annotations

from kg.graph.statistics import statistics
from kg.model import Facts


def test_counts(small_facts: Facts) -> None:
    counts = statistics(small_facts)
    assert (counts.documents, counts.actors, counts.events, counts.relations, counts.attributions) == (3, 25, 11, 4, 6)
    assert counts.actors_by_type[:2] == (("Person", 5), ("Country", 8))
    assert counts.events_by_status == (
        ("asserted", 4), ("reported", 1), ("denied", 1), ("disputed", 1), ("expected", 2), ("hypothetical", 2),
    )  # fmt: skip
    assert dict(counts.events_by_code)["SANCTION"] == (("asserted", 1), ("denied", 1), ("expected", 1))
    assert counts.relations_by_predicate == (("holdsOffice", 3), ("influences", 1))
    assert counts.attributions_by_stance == (("assert", 3), ("deny", 1), ("promise", 1), ("threaten", 1))
    assert counts.sources == (("Dnipro Daily", 1), ("Northern Wire", 1), ("unknown", 1))
    assert (counts.dated, counts.first_day, counts.last_day) == (3, "2014-03-01", "2017-05-14")


def test_parts_add_up(small_facts: Facts) -> None:
    counts = statistics(small_facts)
    assert sum(n for _, n in counts.actors_by_type) == counts.actors
    assert sum(n for _, n in counts.events_by_status) == counts.events
    assert sum(n for _, by_status in counts.events_by_code for _, n in by_status) == counts.events
    assert sum(n for _, n in counts.attributions_by_stance) == counts.attributions


def test_rows_and_sections(small_facts: Facts) -> None:
    counts = statistics(small_facts)
    rows = {name.strip(): (number, detail) for name, number, detail in counts.rows()}
    assert rows["relations"] == (4, "3 holdsOffice, 1 influences")
    assert rows["dated"] == (3, "2014-03-01 to 2017-05-14")
    assert [heading for heading, _ in counts.sections()] == [
        "actors by type", "events by status", "events by PLOVER type", "relations by predicate",
        "relations by status", "attributions by stance", "documents by source", "most quoted",
    ]  # fmt: skip


def test_nothing() -> None:
    counts = statistics(Facts())
    assert all(number == 0 for _, number, _ in counts.rows())
    assert counts.sections() == ()
