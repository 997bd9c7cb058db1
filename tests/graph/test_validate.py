"""The shapes: the small graph keeps them, and each way to break one is named with its sentence."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pyoxigraph as ox
import pytest
import rdflib

from kg.data import data_path
from kg.graph.derived_graph import derived_nquads
from kg.graph.store import Store, Writer
from kg.graph.validate import Violation, validate
from kg.graph.vocabulary import PREFIXES
from kg.model import Argument, Chain, Document, Entity, Event, Extraction, Facts, Period, Relation, Report, Span

from kg.model import Attribution, Mention  # isort: skip

BASE = "https://example.org/kg/"
_TEXT = "Oslo met Rome on Monday."
_CHAINS = (Chain("actor-0-4", "Oslo", "Country"), Chain("actor-9-13", "Rome", "Country"))
_ENDS = (Argument("source", 0, 4, "actor-0-4"), Argument("target", 9, 13, "actor-9-13"))
_REPORT = Report("report-5-8-consult", "d", 0, 24, Span(5, 8), "positive", "certain", "past", "a rule", arguments=_ENDS)
_EVENT = Event("report-5-8-consult", "Meeting", "CONSULT", "04", (_REPORT,))


def _linked(extraction: Extraction) -> Facts:
    """Each chain an actor, each local event one of the graph, asserted."""
    of = {chain.id: "actor/" + chain.name.lower() for chain in extraction.chains}

    def report(given: Report) -> Report:
        ends = tuple(replace(a, entity=of.get(a.entity or "")) for a in given.arguments)
        return replace(given, arguments=ends)

    return Facts(
        documents=(extraction.document,),
        entities=tuple(Entity(of[c.id], c.name, c.type, merged_from=(("d", c.id),)) for c in extraction.chains),
        events=tuple(
            replace(e, id="event/" + e.id, reports=tuple(map(report, e.reports)), status="asserted", label="they meet")
            for e in extraction.events
        ),
        relations=tuple(
            replace(
                r, id="relation/" + r.id, subject=of[r.subject], object=of[r.object],
                reports=tuple(map(report, r.reports)), status="asserted", label="is",
            )
            for r in extraction.relations
        ),
    )  # fmt: skip


def _extraction(event: Event = _EVENT) -> Extraction:
    return Extraction(Document("d", _TEXT), _CHAINS, events=(event,))


def _store(extraction: Extraction, facts: Facts | None = None) -> Writer:
    store = Store.memory(base=BASE)
    store.put(extraction)
    store.replace_derived(_linked(extraction) if facts is None else facts)
    return store


def _messages(store: Store) -> set[str]:
    return {violation.message for violation in validate(store)}


def test_the_small_graph_keeps_the_shapes(small_extractions: tuple[Extraction, ...], small_facts: Facts) -> None:
    store = Store.memory(base=BASE)
    for extraction in small_extractions:
        store.put(extraction)
    store.replace_derived(small_facts)
    assert validate(store) == ()


def test_a_plain_meeting_keeps_the_shapes() -> None:
    assert validate(_store(_extraction())) == ()


def test_a_violation_comes_with_its_sentence() -> None:
    alone = replace(_EVENT, reports=(replace(_REPORT, arguments=_ENDS[:1]),))
    assert validate(_store(_extraction(alone))) == (
        Violation("d", _TEXT, "a meeting has two parties or more", "event/report-5-8-consult"),
    )


_Change = Callable[[Facts], Facts]


def _event(**changes: object) -> _Change:
    return lambda facts: replace(facts, events=(replace(facts.events[0], **changes),))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (_event(status=None), "an event has one status"),
        (_event(label=""), "an event has one label"),
        (_event(cameo="21"), "a CAMEO code has two to four digits, the root from 01 to 20"),
        (_event(cameo="4"), "a CAMEO code has two to four digits, the root from 01 to 20"),
        (_event(confidence=1.5), "an event's confidence is between 0 and 1"),
        (_event(reports=()), "an event has a report"),
        (_event(reports=(replace(_REPORT, id="report-0-1-x", arguments=()),)), "an event has a report"),
        (_event(type="Sanction", reports=(replace(_REPORT, arguments=()),)), "a sanction has a sender"),
        (_event(type="Sanction", reports=(replace(_REPORT, arguments=()),)), "a sanction has a target"),
        (
            _event(date=Period(*map(__import__("datetime").date.fromisoformat, ("2017-05-10", "2017-05-01")))),
            "an event begins on one day, not after it ends",
        ),
        (
            lambda facts: replace(facts, entities=(replace(facts.entities[0], same_as=("http://x.org/1",)),)),
            "an actor is the same as an item of Wikidata",
        ),
        (
            lambda facts: replace(facts, entities=(replace(facts.entities[0], label=""),)),
            "an actor has one label",
        ),
    ],
)
def test_what_linking_may_break(change: _Change, message: str) -> None:
    extraction = _extraction()
    assert message in _messages(_store(extraction, change(_linked(extraction))))


@pytest.mark.parametrize(
    ("report", "message"),
    [
        (replace(_REPORT, trigger=Span(30, 33)), "the words of a span are as many as its offsets say"),
        (replace(_REPORT, start=6), "the sentence of a report has its trigger in it"),
        (replace(_REPORT, end=7), "the sentence of a report has its trigger in it"),
        (replace(_REPORT, rule=""), "a report names its rule"),
        (replace(_REPORT, attribution="attribution-1-2"), "a report stands in one attribution at most"),
        (
            replace(_REPORT, arguments=(*_ENDS, Argument("topic", 0, 4, "actor-7-8"))),
            "an argument refers to one actor of its document",
        ),
    ],
)
def test_what_extraction_may_break(report: Report, message: str) -> None:
    store = _store(_extraction(replace(_EVENT, reports=(report,))))
    assert message in _messages(store)


def test_more_of_a_document() -> None:
    said = Attribution("attribution-0-1", "d", (), (), (), "deny", "r")
    named = Mention("d", 3, 3, "actor-0-4", "name", "r")
    extraction = replace(_extraction(), attributions=(said,), mentions=(named,))
    found = _messages(_store(replace(extraction, document=Document("d", _TEXT, sha256="zz"))))
    assert found == {
        "an attribution has a cue",
        "an attribution has a content",
        "a span has words",
        "words begin at one offset, before they end",
        "a hash has 64 hexadecimal digits",
    }


@pytest.mark.parametrize(
    ("edge", "message"),
    [
        ("actor/oslo kg:assaults actor/rome", "a plain edge stands only beside an event that is asserted"),
        ("actor/rome kg:consultsWith actor/oslo", "a plain edge stands only beside an event that is asserted"),
        ("actor/oslo kg:headOf actor/rome", "a plain edge stands only beside a relation that is asserted"),
        ("actor/oslo kg:consultsWith actor/rome", None),
        ("actor/oslo kg:alliedWith actor/rome", None),
        ("actor/rome kg:alliedWith actor/oslo", None),
        ("actor/rome kg:owns actor/oslo", "a plain edge stands only beside a relation that is asserted"),
        ("actor/oslo kg:owns actor/rome", None),
    ],
)
def test_a_plain_edge_needs_what_is_asserted(edge: str, message: str | None) -> None:
    ties = tuple(
        Relation(id_, "actor-0-4", predicate, "actor-9-13", (replace(_REPORT, id=id_, arguments=()),))  # type: ignore[arg-type]
        for id_, predicate in (("report-5-8-alliedwith", "alliedWith"), ("report-5-8-owns", "owns"))
    )
    store = _store(replace(_extraction(), relations=ties))
    assert validate(store) == ()
    subject, predicate, object_ = edge.split()
    name = PREFIXES["kg"] + predicate.removeprefix("kg:")
    nodes = (ox.NamedNode(BASE + subject), ox.NamedNode(name), ox.NamedNode(BASE + object_))
    store.quads.add(ox.Quad(*nodes, ox.NamedNode(BASE + "graph/derived")))
    assert _messages(store) == ({message} if message else set())


def test_an_asserted_edge_of_a_denied_event_is_found() -> None:
    extraction = _extraction()
    facts = _linked(extraction)
    store = _store(extraction, replace(facts, events=(replace(facts.events[0], status="denied"),)))
    assert validate(store) == ()
    edges = [line for line in derived_nquads(facts, base=BASE).splitlines() if "consultsWith" in line]
    assert len(edges) == 1
    store.quads.load(edges[0], ox.RdfFormat.N_QUADS)
    assert _messages(store) == {"a plain edge stands only beside an event that is asserted"}


def test_a_document_that_was_removed_leaves_what_points_at_it() -> None:
    store = _store(_extraction())
    store.remove("d")
    assert "an event has a report" in _messages(store)


def test_every_shape_has_a_message() -> None:
    shapes = rdflib.Graph().parse(data_path("ontologies", "shapes.ttl"), format="turtle")
    sh = rdflib.Namespace(PREFIXES["sh"])
    constraints = {*shapes.objects(None, sh.property), *shapes.objects(None, sh.sparql)}
    assert len(constraints) > 40
    assert [c for c in constraints if shapes.value(c, sh.message) is None] == []
