"""The graph of a real analysis, where it lies beside the checkout: what a careful reader would put into a database."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

import kg
from kg.library import Graph
from kg.model import Event, Period


@pytest.fixture(scope="module")
def graph(article: Path) -> Graph:
    return kg.build([article], published=date(2017, 5, 17))


def _labels(graph: Graph, event: Event, role: str) -> set[str]:
    names = {entity.id: entity.label for entity in graph.facts.entities}
    return {names[entity] for found, entity in event.roles if found == role}


def test_the_meeting_is_one_event(graph: Graph) -> None:
    (meeting,) = (e for e in graph.facts.events if e.plover == "CONSULT")
    assert (meeting.status, meeting.date, len(meeting.reports)) == ("asserted", Period.day(date(2017, 5, 10)), 2)
    assert _labels(graph, meeting, "source") == {"Donald Trump"}
    assert _labels(graph, meeting, "target") == {"Sergei Lavrov", "Sergey Kislyak"}


def test_what_is_denied_is_no_plain_fact(graph: Graph) -> None:
    (denied,) = (e for e in graph.facts.events if e.status == "denied")
    names = {entity.id: entity.label for entity in graph.facts.entities}
    assert _labels(graph, denied, "target") == {"Russian officials"}
    assert {names[r.holder] for r in denied.reports if r.holder} == {"H. R. McMaster"}


def test_no_sphere_of_influence_is_asserted(graph: Graph) -> None:
    spheres = [r for r in graph.facts.relations if r.predicate == "influences"]
    assert len(spheres) == 2
    assert {r.status for r in spheres} == {"hypothetical"}


def test_one_node_an_actor(graph: Graph) -> None:
    labels = [entity.label for entity in graph.facts.entities]
    assert labels.count("Donald Trump") == labels.count("Russian government") == labels.count("Vladimir Putin") == 1
    assert "Kremlin" not in labels
    assert "Moscow" in labels
