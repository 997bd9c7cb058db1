"""Extractions and facts to RDF and back; IRIs; plain edges."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import unquote

import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.errors import StoreError
from kg.graph.derived_graph import derived_nquads, derived_quads
from kg.graph.document_graph import document_nquads, document_quads
from kg.graph.iris import checked_base, document_iri
from kg.graph.nquads import parsed, string_token
from kg.graph.ordering import ordered, ordered_facts
from kg.graph.reading import read_extraction, read_facts
from kg.graph.vocabulary import KG, ORG, PREDICATES, SHORTCUTS
from kg.model import (
    Argument,
    Attribution,
    Document,
    Entity,
    Event,
    Extraction,
    Facts,
    Plover,
    Predicate,
    Relation,
    Report,
    Span,
)
from tests.graph.strategies import HOSTILE, document_ids, extractions, linked, texts

BASE = "https://example.org/kg/"
_SLOW = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))


@_SLOW
@given(extractions())
def test_an_extraction_comes_back_as_it_was(extraction: Extraction) -> None:
    assert read_extraction(document_nquads(extraction, base=BASE)) == extraction


@_SLOW
@given(st.sets(document_ids, min_size=1, max_size=3).flatmap(lambda ids: st.tuples(*map(extractions, sorted(ids)))))
def test_facts_come_back_as_they_were(given_: tuple[Extraction, ...]) -> None:
    facts = linked(given_)
    documents = [document_nquads(extraction, base=BASE) for extraction in given_]
    assert read_facts(documents, derived_nquads(facts, base=BASE), base=BASE) == facts


@_SLOW
@given(extractions())
def test_what_is_written_is_rdf_without_blank_nodes(extraction: Extraction) -> None:
    quads = document_quads(extraction, base=BASE)
    assert {quad.graph_name for quad in quads} == {ox.NamedNode(document_iri(extraction.document.id, BASE))}
    assert all(isinstance(quad.subject, ox.NamedNode) for quad in quads)
    assert not any(isinstance(quad.object, ox.BlankNode) for quad in quads)
    assert len(set(quads)) == document_nquads(extraction, base=BASE).count("\n")


def test_the_small_graph_comes_back(small_extractions: tuple[Extraction, ...], small_facts: Facts) -> None:
    documents = [document_nquads(extraction, base=BASE) for extraction in small_extractions]
    assert [read_extraction(lines) for lines in documents] == [ordered(x) for x in small_extractions]
    derived = derived_nquads(small_facts, base=BASE)
    assert read_facts(documents, derived, base=BASE) == ordered_facts(small_facts)


def test_without_text_the_words_stay(small_extractions: tuple[Extraction, ...]) -> None:
    extraction = small_extractions[0]
    lines = document_nquads(extraction, base=BASE, text=False)
    assert string_token(extraction.document.text) not in lines
    report = extraction.events[0].reports[0]
    assert string_token(report.span.of(extraction.document.text)) in lines
    back = read_extraction(lines)
    assert back.document.text == ""
    assert back.events == ordered(extraction).events


@_SLOW
@given(texts)
def test_a_string_is_read_as_it_was_by_us_and_by_others(text: str) -> None:
    line = f"<https://x.org/s> <https://x.org/p> {string_token(text)} <https://x.org/g> .\n"
    assert parsed(line) == {"<https://x.org/s>": {"<https://x.org/p>": [text]}}
    (quad,) = ox.parse(line.encode("utf-8"), ox.RdfFormat.N_QUADS)
    assert quad.object == ox.Literal(text)
    (triple,) = rdflib.Graph().parse(data=line.replace(" <https://x.org/g>", ""), format="nt")
    assert str(triple[2]) == text


@_SLOW
@given(document_ids, document_ids)
def test_document_iris_are_valid_and_never_shared(one: str, other: str) -> None:
    iri = document_iri(one, BASE)
    assert ox.NamedNode(iri).value == iri
    assert "/../" not in iri + "/" and "/./" not in iri + "/" and "#" not in iri and "?" not in iri
    assert (iri == document_iri(other, BASE)) == (one == other)
    assert len(iri) < 460


@pytest.mark.parametrize(
    ("id_", "iri"),
    [
        ("seed", "doc/seed"),
        ("2017/may 10.txt", "doc/2017/may%2010.txt"),
        ("a#b", "doc/a%23b"),
        ("..", "doc/%2E%2E"),
        ("x/../y", "doc/x/%2E%2E/y"),
        ("caf\u00e9", "doc/caf%C3%A9"),
    ],
)
def test_document_iris_are_readable(id_: str, iri: str) -> None:
    assert document_iri(id_, BASE) == BASE + iri
    assert unquote(iri) == "doc/" + id_


@pytest.mark.parametrize("base", ["", "example.org/", "https://example.org", "https://a b/", "https://x.org/?/", "x:/"])
def test_a_base_that_is_none_is_refused(base: str) -> None:
    with pytest.raises(StoreError, match="base"):
        checked_base(base)


@pytest.mark.parametrize("base", ["https://example.org/", "http://localhost:8000/kg/", "urn://x/\u00e9/"])
def test_a_base_may_be_any_absolute_iri(base: str) -> None:
    assert checked_base(base) == base


def _edges(facts: Facts) -> set[tuple[str, str, str]]:
    plain = {*SHORTCUTS.values(), *PREDICATES.term.values()}
    return {
        (q.subject.value.removeprefix(BASE), q.predicate.value.rpartition("#")[2], q.object.value.removeprefix(BASE))
        for q in derived_quads(facts, base=BASE)
        if str(q.predicate) in plain and isinstance(q.subject, ox.NamedNode) and isinstance(q.object, ox.NamedNode)
    }


def _report(*arguments: tuple[str, str], **known: object) -> Report:
    given = tuple(Argument(role, i, i + 1, entity) for i, (role, entity) in enumerate(arguments))  # type: ignore[arg-type]
    plain = Report(f"report-{len(arguments)}-9-x", "d", 0, 9, Span(3, 5), "positive", "certain", "past", "r")
    return replace(plain, arguments=given, **known)  # type: ignore[arg-type]


_ACTORS = tuple(Entity(f"actor/{name}", name, "Country") for name in "abc")
_AB = (("source", "actor/a"), ("target", "actor/b"))


@pytest.mark.parametrize(
    ("event", "edges"),
    [
        (Event("event/1", "Airstrike", "ASSAULT", "195", (_report(*_AB),), status="asserted"), {"a assaults b"}),
        (Event("event/1", "Airstrike", "ASSAULT", "195", (_report(*_AB),), status="denied"), set()),
        (Event("event/1", "Airstrike", "ASSAULT", "195", (_report(*_AB),), status="reported"), set()),
        (Event("event/1", "Airstrike", "ASSAULT", "195", (_report(*_AB),), status="expected"), set()),
        (Event("event/1", "Airstrike", "ASSAULT", "195", (_report(*_AB),), status="disputed"), set()),
        (Event("event/1", "Airstrike", "ASSAULT", "195", (_report(*_AB),), status="hypothetical"), set()),
        (
            Event("event/1", "Meeting", "CONSULT", "04", (_report(*_AB),), status="asserted", reciprocal=True),
            {"a consultsWith b", "b consultsWith a"},
        ),
        (
            Event(
                "event/1", "Aid", "AID", "07", (_report(("source", "actor/a"), ("recipient", "actor/c")),),
                status="asserted",
            ),
            {"a aids c"},
        ),
        (  # the author says a met b; only somebody else says that c was there
            Event(
                "event/1", "Meeting", "CONSULT", "04",
                (_report(*_AB), _report(*_AB, ("target", "actor/c"), holder="actor/c")), status="asserted",
            ),
            {"a consultsWith b"},
        ),
        (Event("event/1", "Election", None, None, (_report(*_AB),), status="asserted"), set()),
    ],
)  # fmt: skip
def test_shortcuts_stand_beside_what_is_asserted_only(event: Event, edges: set[str]) -> None:
    found = _edges(Facts(entities=_ACTORS, events=(event,)))
    assert {" ".join(edge).replace("actor/", "") for edge in found} == edges


@pytest.mark.parametrize(
    ("predicate", "status", "edges"),
    [
        ("headOf", "asserted", {"a headOf b"}),
        ("headOf", "denied", set()),
        ("headOf", "reported", set()),
        ("alliedWith", "asserted", {"a alliedWith b", "b alliedWith a"}),
    ],
)
def test_plain_relations_stand_beside_what_is_asserted_only(predicate: Predicate, status: str, edges: set[str]) -> None:
    relation = Relation("relation/1", "actor/a", predicate, "actor/b", (_report(),), status=status)  # type: ignore[arg-type]
    found = _edges(Facts(entities=_ACTORS, relations=(relation,)))
    assert {" ".join(edge).replace("actor/", "") for edge in found} == edges


def test_an_asserted_office_is_a_membership() -> None:
    held = Relation("relation/1", "actor/a", "holdsOffice", "actor/b", (_report(),), status="asserted")
    nodes = parsed(derived_nquads(Facts(relations=(held,)), base=BASE))
    node = nodes[f"<{BASE}relation/1>"]
    assert node[ORG.token.member] == [f"<{BASE}actor/a>"]
    assert node[ORG.token.role] == [f"<{BASE}actor/b>"]
    denied = parsed(derived_nquads(Facts(relations=(replace(held, status="denied"),)), base=BASE))
    assert ORG.token.member not in denied[f"<{BASE}relation/1>"]


def test_who_acts_for_a_country() -> None:
    given = (
        Entity("actor/peru", "Peru", "Country", country="actor/peru"),
        Entity("actor/army", "Army", "ArmedGroup", country="actor/peru"),
        Entity("actor/lima", "Lima", "Place", country="actor/peru"),
    )
    nodes = parsed(derived_nquads(Facts(entities=given), base=BASE))
    acting = {name for name, node in nodes.items() if KG.token.actsFor in node}
    assert acting == {f"<{BASE}actor/army>"}


@pytest.mark.parametrize("plover", sorted(SHORTCUTS))
def test_every_plover_type_has_a_shortcut(plover: Plover) -> None:
    event = Event("event/1", "Meeting", plover, None, (_report(*_AB),), status="asserted")
    assert len(_edges(Facts(entities=_ACTORS, events=(event,)))) == 1


def test_order_of_the_parts_does_not_matter(small_extractions: tuple[Extraction, ...]) -> None:
    for x in small_extractions:
        turned = Extraction(
            x.document, x.chains[::-1], x.mentions[::-1], x.events[::-1], x.relations[::-1], x.attributions[::-1]
        )
        assert ordered(turned) == ordered(x)
        assert set(document_nquads(turned, base=BASE).split("\n")) == set(document_nquads(x, base=BASE).split("\n"))


def test_a_graph_that_lacks_something_is_named() -> None:
    said = Attribution("attribution-0-1", "d", (), (Span(0, 1),), (), "deny", "r")
    lines = document_nquads(Extraction(Document("d", "x"), attributions=(said,)), base=BASE)
    broken = "".join(line for line in lines.splitlines(keepends=True) if "ns#stance" not in line)
    with pytest.raises(StoreError, match="stance"):
        read_extraction(broken)


def test_hostile_texts_are_many() -> None:
    assert len(set(HOSTILE)) == len(HOSTILE) > 6
