"""Which shapes and lines a page draws: an event of two actors is a line, one of more is a small node of its own.

All that joins the same two actors is one line. Where there are too many lines, the weak ones are minor: they
show only when one of their ends is chosen.

>>> nodes, edges = draw([Tie(0, (0, 1), (0,), 1.0, "meets", True)], [("Ann", "Person"), ("Peru", "Country")], 2)
>>> [node.shape for node in nodes], [(edge.start, edge.end, edge.facts) for edge in edges]
(['dot', 'square'], [(0, 1, (0,))])
"""

from __future__ import annotations

import math
import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kg.model import EntityType
from kg.view.layout import Box, positions

__all__ = ["Edge", "Node", "Tie", "draw"]

_HUBS = 14  # events of three parties or more that get a node of their own
_LINE = 18  # characters of a label's line
_SHAPES: dict[EntityType, str] = {
    "Person": "dot", "Group": "dot", "Country": "square", "Government": "square", "Place": "triangleDown",
    "Organization": "diamond", "ArmedGroup": "triangle", "Office": "hexagon", "Work": "hexagon", "Concept": "hexagon",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Tie:
    """A fact that joins actors.

    Attributes:
        fact: its number on the page.
        ends: numbers of the actors, the one who acts first.
        acting: those among them who act.
        weight: how telling it is.
        verb: how it reads on a line.
        sided: whether two ends stand for two sides, and are not merely named together.
    """

    fact: int
    ends: tuple[int, ...]
    acting: tuple[int, ...]
    weight: float
    verb: str
    sided: bool


@dataclass(frozen=True, slots=True)
class Node:
    """A shape: an actor (`index` is its place among the actors) or, numbered after them, an event of many parties."""

    index: int
    x: int
    y: int
    size: float
    shape: str
    lines: tuple[str, ...]
    facts: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Edge:
    """A line: all facts that join two nodes. A minor one shows when one of its ends is chosen."""

    start: int
    end: int
    facts: tuple[int, ...]
    minor: bool = False


_Pair = tuple[int, int]


def draw(
    ties: Sequence[Tie], actors: Sequence[tuple[str, EntityType]], first: int
) -> tuple[tuple[Node, ...], tuple[Edge, ...]]:
    """The nodes, in the order of `actors` and then the hubs of many-sided events, and the lines between them.

    Args:
        actors: label and type of each, the most telling first.
        first: so many are shown when the page opens.
    """
    pairs, hubs = _bundle(ties)
    strengths = {pair: sum(tie.weight for tie in held) for pair, held in pairs.items()}
    major = _backbone(strengths, [joined for joined, _ in hubs], len(actors), first)
    degrees = [0] * len(actors)
    for joined, held in [*pairs.items(), *hubs]:
        for index in joined:
            degrees[index] += len(held)
    larger = 1.0 + min(0.5, first / 240)  # of many shapes each is seen from farther away
    sizes = [round(larger * min(26.0, 6.0 + 3.0 * math.sqrt(degree)), 1) for degree in degrees] + [4.5] * len(hubs)
    lines = [_lines(label) for label, _ in actors] + [_lines(held[0].verb) for _, held in hubs]
    shapes = [_SHAPES[kind] for _, kind in actors] + ["dot"] * len(hubs)
    facts = [()] * len(actors) + [tuple(tie.fact for tie in held) for _, held in hubs]
    spokes = [(len(actors) + number, index) for number, (joined, _) in enumerate(hubs) for index in joined]
    points = _place(sizes, lines, sorted(major) + spokes, [max(joined) for joined, _ in hubs], len(actors), first)
    nodes = tuple(Node(i, *points[i], sizes[i], shapes[i], lines[i], facts[i]) for i in range(len(sizes)))
    edges = [Edge(a, b, tuple(t.fact for t in held), (a, b) not in major) for (a, b), held in sorted(pairs.items())]
    for number, (joined, held) in enumerate(hubs):
        hub, acting = len(actors) + number, {index for tie in held for index in tie.acting}
        numbers = tuple(tie.fact for tie in held)
        edges.extend(Edge(i, hub, numbers) if i in acting else Edge(hub, i, numbers) for i in joined)
    return nodes, tuple(edges)


def _bundle(ties: Sequence[Tie]) -> tuple[dict[_Pair, list[Tie]], list[tuple[tuple[int, ...], list[Tie]]]]:
    """The ties of each two actors, and of each larger company; events of one actor by their kind."""
    pairs: dict[_Pair, list[Tie]] = {}
    hubs: dict[tuple[tuple[int, ...], str], list[Tie]] = {}
    for tie in ties:
        company = tuple(sorted(tie.ends))
        key = company, tie.verb if len(company) == 1 else ""
        if len(company) == 2 and tie.sided:
            pairs.setdefault((company[0], company[1]), []).append(tie)
        elif key in hubs or len(hubs) < _HUBS or len(company) == 1:
            hubs.setdefault(key, []).append(tie)
        else:
            for end in tie.ends[1:]:
                pairs.setdefault((min(tie.ends[0], end), max(tie.ends[0], end)), []).append(tie)
    return pairs, [(company, held) for (company, _), held in sorted(hubs.items(), key=lambda item: item[0])]


def _backbone(strengths: Mapping[_Pair, float], hubs: Sequence[tuple[int, ...]], count: int, first: int) -> set[_Pair]:
    """The lines drawn at once: a strongest tree that joins what can be joined, then the strongest others."""
    allowed = max(40, round(1.3 * first))
    order = sorted(strengths, key=lambda pair: (max(pair) >= first, -strengths[pair], pair))
    if len(order) <= allowed:
        return set(order)
    parent = list(range(count))

    def root(node: int) -> int:
        while parent[node] != node:
            parent[node] = parent[parent[node]]
            node = parent[node]
        return node

    for joined in hubs:
        for other in joined[1:]:
            parent[root(other)] = root(joined[0])
    major: set[_Pair] = set()
    for a, b in order:
        if root(a) != root(b):
            parent[root(a)] = root(b)
            major.add((a, b))
    for pair in order:
        if len(major) >= allowed:
            break
        major.add(pair)
    return major


def _place(
    sizes: Sequence[float],
    lines: Sequence[tuple[str, ...]],
    links: Sequence[_Pair],
    latest: Sequence[int],
    count: int,
    first: int,
) -> list[tuple[int, int]]:
    """A point for each node; `latest` is, for each hub, its party that is shown last.

    Actors shown at once, and hubs whose parties are all among them, are laid out together.
    """
    together = [*range(first), *(count + number for number, last in enumerate(latest) if last < first)]
    settled = set(together)
    order = together + [index for index in range(len(sizes)) if index not in settled]
    rank = {index: place for place, index in enumerate(order)}
    boxes = [_box(sizes[index], lines[index], hub=index >= count) for index in order]
    points = positions(boxes, [(rank[a], rank[b]) for a, b in links], first=len(together))
    found = []
    for index in range(len(sizes)):
        x, y = points[rank[index]]
        found.append((x, round(y - boxes[rank[index]][1] / 2 + sizes[index])))
    return found


def _box(size: float, lines: tuple[str, ...], *, hub: bool) -> Box:
    """Room for a shape and the label under it, at the size that the page writes it."""
    font = 10.5 if hub else 12.0 if size < 16 else 15.0
    return max(2 * size, max(len(line) for line in lines) * font * 0.56), 2 * size + 4 + len(lines) * font * 1.2


def _lines(label: str) -> tuple[str, ...]:
    return tuple(textwrap.wrap(label[:200], _LINE, max_lines=2, placeholder="…")) or ("…",)
