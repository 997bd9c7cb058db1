"""Which shapes and lines are drawn."""

from __future__ import annotations

import itertools

from kg.model import EntityType
from kg.view.drawing import Tie, draw

PERSON: EntityType = "Person"


def _actors(count: int) -> list[tuple[str, EntityType]]:
    return [(f"Actor {number}", PERSON) for number in range(count)]


def test_two_directions_are_one_line() -> None:
    ties = [Tie(0, (0, 1), (0,), 1.0, "sues", True), Tie(1, (1, 0), (1,), 1.0, "sues", True)]
    _, edges = draw(ties, _actors(2), 2)
    assert [(edge.start, edge.end, edge.facts) for edge in edges] == [(0, 1, (0, 1))]


def test_three_parties_meet_in_a_node() -> None:
    nodes, edges = draw([Tie(0, (2, 0, 1), (2,), 1.0, "hosts", True)], _actors(3), 3)
    assert (nodes[3].index, nodes[3].facts, nodes[3].lines) == (3, (0,), ("hosts",))
    assert [(edge.start, edge.end) for edge in edges] == [(3, 0), (3, 1), (2, 3)]


def test_two_on_the_same_side_are_not_set_against_each_other() -> None:
    nodes, edges = draw([Tie(0, (0, 1), (), 1.0, "invades", False)], _actors(2), 2)
    assert len(nodes) == 3 and all(2 in (edge.start, edge.end) for edge in edges)


def test_a_lone_actor_has_a_node_for_each_kind_of_event() -> None:
    ties = [Tie(0, (0,), (0,), 1.0, "vote", False), Tie(1, (0,), (0,), 1.0, "vote", False),
            Tie(2, (0,), (0,), 1.0, "strike", False)]  # fmt: skip
    nodes, _ = draw(ties, _actors(1), 1)
    assert sorted(node.facts for node in nodes[1:]) == [(0, 1), (2,)]


def test_a_tangle_shows_its_strongest_lines_and_joins_everything() -> None:
    pairs = list(itertools.combinations(range(30), 2))
    ties = [Tie(n, pair, (pair[0],), 1.0 + (pair[0] == 7), "meets", True) for n, pair in enumerate(pairs)]
    _, edges = draw(ties, _actors(30), 30)
    major = [edge for edge in edges if not edge.minor]
    assert len(edges) == 435 and len(major) <= 40
    assert {n for edge in major for n in (edge.start, edge.end)} == set(range(30))
    assert sum(edge.start == 7 for edge in major) == 22


def test_long_names_are_broken_and_cut() -> None:
    nodes, _ = draw([Tie(0, (0, 1), (0,), 1.0, "x", True)], [("w" * 300, PERSON), ("", PERSON)], 2)
    assert all(len(line) <= 19 for line in nodes[0].lines) and len(nodes[0].lines) == 2
    assert nodes[1].lines == ("…",)


def test_positions_are_whole_numbers() -> None:
    nodes, _ = draw([Tie(0, (0, 1), (0,), 1.0, "x", True)], _actors(2), 2)
    assert all(isinstance(value, int) for node in nodes for value in (node.x, node.y))
