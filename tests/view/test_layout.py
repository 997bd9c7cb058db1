"""Positions: no two boxes over each other, and always the same."""

from __future__ import annotations

import itertools
import random

import pytest

from kg.view.layout import positions


def _boxes_apart(boxes: list[tuple[float, float]], points: tuple[tuple[int, int], ...]) -> int:
    """How many pairs overlap."""
    return sum(
        abs(a[0] - b[0]) < (s[0] + t[0]) / 2 and abs(a[1] - b[1]) < (s[1] + t[1]) / 2
        for (a, s), (b, t) in itertools.combinations(zip(points, boxes, strict=True), 2)
    )


@pytest.mark.parametrize(
    ("name", "count", "links"),
    [
        ("a star", 60, [(0, n) for n in range(1, 60)]),
        ("a chain", 30, [(n, n + 1) for n in range(29)]),
        ("many pairs", 40, [(n, n + 1) for n in range(0, 40, 2)]),
        ("loops and doubles", 5, [(0, 0), (0, 1), (0, 1), (1, 2), (3, 4)]),
        ("no links", 7, []),
        ("nothing", 0, []),
    ],
)
def test_boxes_do_not_overlap(name: str, count: int, links: list[tuple[int, int]]) -> None:
    boxes = [(90.0, 40.0)] * count
    assert _boxes_apart(boxes, positions(boxes, links, first=count)) == 0


def test_a_tangle_overlaps_little_and_is_always_the_same() -> None:
    generator = random.Random(5)
    links = [(generator.randrange(120), generator.randrange(120)) for _ in range(220)]
    boxes = [(100.0, 44.0)] * 120
    points = positions(boxes, links, first=120)
    assert _boxes_apart(boxes, points) <= 6
    assert points == positions(boxes, list(links), first=120)


def test_what_comes_later_does_not_move_what_is_there() -> None:
    boxes = [(90.0, 40.0)] * 12
    early = positions(boxes[:6], [(0, n) for n in range(1, 6)], first=6)
    both = positions(boxes, [(0, n) for n in range(1, 12)], first=6)
    assert both[:6] == early
    assert _boxes_apart(boxes, both) == 0
