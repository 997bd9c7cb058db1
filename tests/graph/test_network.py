"""The networkx graph, and how two actors are linked."""

from __future__ import annotations

import io
from collections.abc import Collection
from dataclasses import replace

import networkx
import pytest

from kg.errors import NameNotFoundError, QueryError
from kg.graph.derived_graph import derived_quads
from kg.graph.network import acts_for, network, pairs, path
from kg.graph.vocabulary import DEFAULT_BASE
from kg.model import Argument, Facts, Report, Role, Span, Status


def test_edges_are_what_is_asserted(small_facts: Facts) -> None:
    graph = network(small_facts)
    assert sorted((one, other, data["type"]) for one, other, data in graph.edges(data=True)) == [
        ("actor/almazbek-atambayev", "actor/president-of-kyrgyzstan", "holdsOffice"),
        ("actor/angela-merkel", "actor/emmanuel-macron", "Meeting"),
        ("actor/emmanuel-macron", "actor/angela-merkel", "Meeting"),
        ("actor/european-union", "actor/russia", "Sanction"),
        ("actor/sauli-niinisto", "actor/president-of-finland", "holdsOffice"),
        ("actor/sauli-niinisto", "actor/sergei-lavrov", "Meeting"),
        ("actor/sergei-lavrov", "actor/foreign-minister-of-russia", "holdsOffice"),
        ("actor/sergei-lavrov", "actor/sauli-niinisto", "Meeting"),
        ("actor/united-states", "actor/turkey", "ThreatOfSanction"),
    ]
    assert set(graph) == {entity.id for entity in small_facts.entities}


@pytest.mark.parametrize(
    ("statuses", "edges"),
    [(("denied",), 1), (("disputed", "reported"), 2), (None, 15), ("hypothetical", 2), ((), 0)],
)
def test_statuses(small_facts: Facts, statuses: Collection[Status] | None, edges: int) -> None:
    assert network(small_facts, statuses=statuses).number_of_edges() == edges


def test_attributes(small_facts: Facts) -> None:
    graph = network(small_facts)
    assert graph.nodes["actor/sergei-lavrov"] == {
        "label": "Sergei Lavrov",
        "type": "Person",
        "country": "actor/russia",
        "acts_for": "actor/russia",
        "sector": "GOV",
    }
    assert graph.edges["actor/european-union", "actor/russia", "event/2014-03-sanction-0002"] == {
        "fact": "event/2014-03-sanction-0002",
        "kind": "event",
        "type": "Sanction",
        "plover": "SANCTION",
        "label": "European Union imposes sanctions on Russia, March 2014",
        "status": "asserted",
        "date": "2014-03-01",
        "until": "2014-03-31",
        "reciprocal": False,
        "sentences": 1,
        "confidence": 1.0,
    }
    meeting = graph["actor/sauli-niinisto"]["actor/sergei-lavrov"]["event/2017-05-10-consult-0001"]
    assert (meeting["sentences"], meeting["reciprocal"]) == (2, True)


def test_no_attribute_collides_with_formats_or_pyvis(small_facts: Facts) -> None:
    for _, _, data in network(small_facts, statuses=None).edges(data=True):
        assert not {"source", "target", "id", "key", "from", "to"} & set(data)


@pytest.mark.parametrize("suffix", ["graphml", "gexf"])
def test_networkx_writes_it(small_facts: Facts, suffix: str) -> None:
    graph = network(small_facts, statuses=None)
    out = io.BytesIO()
    if suffix == "graphml":
        networkx.write_graphml(graph, out)
        out.seek(0)
        assert networkx.read_graphml(out, force_multigraph=True).number_of_edges() == graph.number_of_edges()
    else:
        networkx.write_gexf(graph, out)
        assert out.getvalue()


def test_algorithms_run(small_facts: Facts) -> None:
    graph = network(small_facts, statuses=None)
    centrality = networkx.degree_centrality(graph)
    assert max(centrality, key=lambda node: (centrality[node], node)) == "actor/russia"
    assert networkx.number_weakly_connected_components(graph) > 1


@pytest.mark.parametrize(
    ("roles", "reciprocal", "expected"),
    [
        ([("source", "a"), ("target", "b")], False, [("a", "b")]),
        ([("source", "a"), ("target", "b"), ("target", "c")], False, [("a", "b"), ("a", "c")]),
        ([("source", "a"), ("recipient", "b"), ("topic", "c"), ("place", "d")], False, [("a", "b")]),
        ([("source", "a"), ("source", "b")], False, []),
        ([("source", "a"), ("source", "b"), ("source", "c")], True, [("a", "b"), ("a", "c"), ("b", "c")]),
        ([("source", "a"), ("target", "b"), ("source", "b"), ("target", "a")], True, [("a", "b")]),
        ([("source", "a"), ("target", "b"), ("source", "b"), ("target", "a")], False, [("a", "b"), ("b", "a")]),
        ([("source", "a"), ("target", "a")], False, []),
        ([("target", "a")], False, []),
    ],
)
def test_pairs(
    small_facts: Facts, roles: list[tuple[Role, str]], reciprocal: bool, expected: list[tuple[str, str]]
) -> None:
    arguments = tuple(Argument(role, 0, 1, entity) for role, entity in roles)
    report = Report("r", "d", 0, 1, Span(0, 1), "positive", "certain", "past", "rule", arguments=arguments)
    event = replace(small_facts.events[0], reports=(report,), reciprocal=reciprocal)
    assert list(pairs(event)) == expected


def test_acts_for_is_what_the_graph_says(small_facts: Facts) -> None:
    tails = [
        tuple(str(term)[1:-1].removeprefix(DEFAULT_BASE) for term in (quad.subject, quad.object))
        for quad in derived_quads(small_facts, base=DEFAULT_BASE)
        if quad.predicate.value.endswith("#actsFor")
    ]
    assert set(tails) == {(e.id, country) for e in small_facts.entities if (country := acts_for(e)) is not None}


# --------------------------------------------------------------------------------------------------------- path


def test_a_path_has_its_sentences(small_facts: Facts) -> None:
    steps = path(small_facts, "President of Finland", "Lavrov")
    assert [(s.start_label, s.forward, s.end_label, s.type) for s in steps] == [
        ("President of Finland", False, "Sauli Niinisto", "holdsOffice"),
        ("Sauli Niinisto", False, "Sergei Lavrov", "Meeting"),
    ]
    assert [e.sentence for e in steps[0].evidence] == [
        "Finnish President Sauli Niinisto met Russian Foreign Minister Sergei Lavrov in Helsinki on May 10."
    ]
    assert len(steps[1].evidence) == 2
    assert str(steps[0]).splitlines()[0] == (
        "President of Finland ← Sauli Niinisto: Sauli Niinisto is President of Finland"
    )


def test_only_over_what_is_asked_for(small_facts: Facts) -> None:
    assert path(small_facts, "EU", "NATO") == ()
    steps = path(small_facts, "EU", "NATO", statuses=None)
    assert [step.end_label for step in steps] == ["Russia", "Estonia", "NATO"]
    assert [step.status for step in steps] == ["asserted", "hypothetical", "hypothetical"]


def test_to_itself(small_facts: Facts) -> None:
    assert path(small_facts, "Russia", "russia") == ()


def test_the_surest_link_is_taken(small_facts: Facts) -> None:
    """Two facts link the United States and Turkey: an asserted threat, and expected sanctions."""
    (step,) = path(small_facts, "United States", "Turkey", statuses=None)
    assert step.type == "ThreatOfSanction"


def test_the_same_path_whatever_the_order_of_facts(small_facts: Facts) -> None:
    turned = replace(small_facts, events=small_facts.events[::-1], relations=small_facts.relations[::-1])
    assert path(turned, "EU", "NATO", statuses=None) == path(small_facts, "EU", "NATO", statuses=None)


def test_unknown_actor(small_facts: Facts) -> None:
    with pytest.raises(NameNotFoundError, match="Lavrov"):
        path(small_facts, "Lavrow", "Russia")


def test_unknown_status(small_facts: Facts) -> None:
    with pytest.raises(QueryError, match="asserted"):
        network(small_facts, statuses=("true",))  # type: ignore[arg-type]
