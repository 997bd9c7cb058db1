"""Where each node stands: computed here, so that the page opens still, at once, and always the same.

Each connected part is laid out on its own (Kamada and Kawai 1989, igraph's, which draws no random numbers when
it is given where to begin), stretched until no two nodes or their labels touch, and the parts are then packed
beside each other. What the page shows only later finds the nearest free place beside what it is linked to.

>>> layout = positions([(60, 40)] * 3, [(0, 1)], first=3)
>>> len(layout), layout == positions([(60, 40)] * 3, [(0, 1)], first=3)
(3, True)
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence

import igraph
import numpy as np
from numpy.typing import NDArray

__all__ = ["Box", "Link", "Point", "positions"]

Point = tuple[float, float]
Box = tuple[float, float]  # width and height of a node with its label
Link = tuple[int, int]
_Array = NDArray[np.float64]

_GAP = 12.0  # free space about a box
_ASPECT = 1.12  # a screen is wider than high
_LONGEST, _SHORTEST = 160.0, 64.0  # links: room for the words on them where there are few
_ROUNDS, _CLEARINGS = 240, 24


def positions(boxes: Sequence[Box], links: Sequence[Link], *, first: int) -> tuple[tuple[int, int], ...]:
    """One point, the middle of its box, for each box.

    Args:
        boxes: in order of importance.
        links: between indices of `boxes`; direction does not matter.
        first: so many boxes are laid out together; the others stand about them.
    """
    graph = igraph.Graph(n=first, edges=[(a, b) for a, b in links if a < first and b < first and a != b])
    graph.simplify()
    parts = sorted(graph.connected_components(), key=lambda part: (-len(part), part))
    placed = [_part(graph, part, boxes) for part in parts]
    points: dict[int, Point] = {}
    for part, local, corner in zip(parts, placed, _pack(parts, placed, boxes), strict=True):
        points.update((node, (x + corner[0], y + corner[1])) for node, (x, y) in zip(part, local, strict=True))
    neighbours: dict[int, list[int]] = {}
    for a, b in links:
        neighbours.setdefault(a, []).append(b)
        neighbours.setdefault(b, []).append(a)
    taken = _Grid()
    for node, point in points.items():
        taken.add(point, boxes[node])
    for node in range(first, len(boxes)):
        beside = [points[other] for other in neighbours.get(node, ()) if other in points]
        points[node] = taken.nearest(_middle(beside), boxes[node])
        taken.add(points[node], boxes[node])
    return tuple((round(points[node][0]), round(points[node][1])) for node in range(len(boxes)))


def _part(graph: igraph.Graph, part: list[int], boxes: Sequence[Box]) -> list[Point]:
    if len(part) == 1:
        return [(0.0, 0.0)]
    piece = graph.induced_subgraph(part)
    start = _spiral(piece)
    coordinates = [(x, y) for x, y in piece.layout_kamada_kawai(seed=start, maxiter=400 * len(part))]
    lengths = [math.dist(coordinates[a], coordinates[b]) for a, b in piece.get_edgelist()]
    length = max(_SHORTEST, min(_LONGEST, _LONGEST * math.sqrt(16 / graph.vcount())))
    unit = length * len(lengths) / max(sum(lengths), 1e-9)
    points = [(x * unit * math.sqrt(_ASPECT), y * unit / math.sqrt(_ASPECT)) for x, y in coordinates]
    local = [boxes[node] for node in part]
    place = _Places(points, local)
    place.part()
    place.clear(piece.get_edgelist())
    return _settle(place.points(), local)


def _spiral(piece: igraph.Graph) -> list[list[float]]:
    """A start that depends on the graph alone: the best linked in the middle."""
    order = sorted(range(piece.vcount()), key=lambda v: (-piece.degree(v), v))
    start = [[0.0, 0.0] for _ in order]
    for rank, vertex in enumerate(order):
        angle = rank * 2.399963  # the golden angle spreads points evenly
        start[vertex] = [math.sqrt(rank) * math.cos(angle), math.sqrt(rank) * math.sin(angle)]
    return start


class _Places:
    """The middles of boxes, moved until the boxes are apart and no link runs under a shape."""

    def __init__(self, points: list[Point], boxes: Sequence[Box]) -> None:
        self._at = np.array(points, dtype=np.float64)
        size = np.array(boxes, dtype=np.float64)
        self._need = (size[:, None, :] + size[None, :, :]) / 2 + _GAP
        number = np.arange(len(points))
        # two boxes on one spot part by their numbers
        self._nudge = np.sign(number[None, :] - number[:, None])[:, :, None] * 0.01
        # the shape is the upper half of its box, the label the lower
        self._shape = np.stack([np.zeros(len(points)), -0.24 * size[:, 1]], axis=1)
        self._reach = 0.26 * size[:, 1] + 3.0

    def points(self) -> list[Point]:
        return [(float(x), float(y)) for x, y in self._at]

    def part(self, rounds: int = _ROUNDS) -> None:
        """Push boxes that touch apart, each two along the line between them, so that the shape of the whole stays."""
        for _ in range(rounds):
            way = self._at[None, :, :] - self._at[:, None, :]
            way = np.where(np.abs(way) < 0.01, self._nudge, way)
            near = (np.abs(way) / self._need).max(axis=2)
            np.fill_diagonal(near, 1.0)
            if near.min() >= 0.999:
                return
            push = np.where(near < 1.0, np.minimum(1.0 / near, 1.5) - 1.0, 0.0)
            self._at -= 0.35 * (push[:, :, None] * way).sum(axis=1)

    def clear(self, links: Sequence[Link]) -> None:
        """Push shapes off the links of others, which would else seem to be theirs."""
        a, b = (np.array([link[side] for link in links]) for side in (0, 1))
        other = np.ones((len(links), len(self._at)), dtype=bool)
        other[np.arange(len(links)), a] = other[np.arange(len(links)), b] = False
        for _ in range(_CLEARINGS):
            shape = self._at + self._shape
            middle = _middles(shape[a], shape[b])
            moved = np.zeros_like(self._at)
            for start, end in ((shape[a], middle), (middle, shape[b])):
                along = end - start
                away = shape[None, :, :] - start[:, None, :]
                length = np.maximum((along**2).sum(axis=1), 1e-9)
                where = np.clip((away * along[:, None, :]).sum(axis=2) / length[:, None], 0.0, 1.0)
                away -= where[:, :, None] * along[:, None, :]
                distance = np.sqrt((away**2).sum(axis=2))
                lacking = np.where(other, np.maximum(self._reach[None, :] - distance, 0.0), 0.0)
                across = np.stack([-along[:, 1], along[:, 0]], axis=1) / np.sqrt(length)[:, None]
                away = np.where(
                    distance[:, :, None] > 0.5, away / np.maximum(distance, 0.5)[:, :, None], across[:, None]
                )
                moved += 0.4 * (lacking[:, :, None] * away).sum(axis=0)
            if not np.abs(moved).max() > 0.5:
                return
            self._at += np.clip(moved, -30.0, 30.0)
            self.part(4)


def _middles(start: _Array, end: _Array) -> _Array:
    """The middle of each link, which the page draws a little bent."""
    along = end - start
    bend = 0.0382 * np.stack([along[:, 1], -along[:, 0]], axis=1)
    middle: _Array = (start + end) / 2 + bend
    return middle


def _settle(points: list[Point], boxes: Sequence[Box]) -> list[Point]:
    """What still touches moves along the axis on which it touches least."""
    xs, ys = [x for x, _ in points], [y for _, y in points]
    for _ in range(60):
        moved = False
        for i, j in itertools.combinations(range(len(points)), 2):
            over_x = (boxes[i][0] + boxes[j][0]) / 2 + _GAP - abs(xs[j] - xs[i])
            over_y = (boxes[i][1] + boxes[j][1]) / 2 + _GAP - abs(ys[j] - ys[i])
            if over_x <= 0.5 or over_y <= 0.5:
                continue
            moved = True
            if over_x < over_y:
                step = over_x / 2 * (1 if xs[j] >= xs[i] else -1)
                xs[i], xs[j] = xs[i] - step, xs[j] + step
            else:
                step = over_y / 2 * (1 if ys[j] >= ys[i] else -1)
                ys[i], ys[j] = ys[i] - step, ys[j] + step
        if not moved:
            break
    return list(zip(xs, ys, strict=True))


def _pack(parts: list[list[int]], placed: list[list[Point]], boxes: Sequence[Box]) -> list[Point]:
    """How far to move each part: the largest in the middle, the others in the free places about it."""
    taken = _Grid()
    moves: list[Point] = []
    for part, local in zip(parts, placed, strict=True):
        left = min(x - boxes[node][0] / 2 for node, (x, _) in zip(part, local, strict=True))
        right = max(x + boxes[node][0] / 2 for node, (x, _) in zip(part, local, strict=True))
        top = min(y - boxes[node][1] / 2 for node, (_, y) in zip(part, local, strict=True))
        bottom = max(y + boxes[node][1] / 2 for node, (_, y) in zip(part, local, strict=True))
        box = (right - left + 2 * _GAP, bottom - top + 2 * _GAP)
        centre = taken.nearest((0.0, 0.0), box)
        moves.append((centre[0] - (left + right) / 2, centre[1] - (top + bottom) / 2))
        if len(part) < 4:
            taken.add(centre, box)
            continue
        for node, (x, y) in zip(part, local, strict=True):
            taken.add((x + moves[-1][0], y + moves[-1][1]), boxes[node])
    return moves


def _middle(points: list[Point]) -> Point:
    if not points:
        return (0.0, 0.0)
    return (sum(x for x, _ in points) / len(points), sum(y for _, y in points) / len(points))


class _Grid:
    """The boxes already placed, by cell, so that a free place is found without looking at all of them."""

    def __init__(self) -> None:
        self._cells: dict[tuple[int, int], list[tuple[Point, Box]]] = {}
        self._full: dict[tuple[int, int], int] = {}  # about this point the rings up to this one are full

    def add(self, point: Point, box: Box) -> None:
        for cell in self._covered(point, box):
            self._cells.setdefault(cell, []).append((point, box))

    def free(self, point: Point, box: Box) -> bool:
        return not any(
            abs(point[0] - other[0]) < (box[0] + size[0]) / 2 + _GAP
            and abs(point[1] - other[1]) < (box[1] + size[1]) / 2 + _GAP
            for cell in self._covered(point, box)
            for other, size in self._cells.get(cell, ())
        )

    def nearest(self, point: Point, box: Box) -> Point:
        """The free place nearest to `point`, on rings about it."""
        if self.free(point, box):
            return point
        about = round(point[0] / 80), round(point[1] / 80)
        ring = max(0, self._full.get(about, 0) - 2)
        while True:
            ring += 1
            radius = 32.0 * ring
            steps = 6 + 4 * ring
            for step in range(steps):
                angle = 2 * math.pi * step / steps
                candidate = (
                    point[0] + radius * math.cos(angle) * math.sqrt(_ASPECT),
                    point[1] + radius * math.sin(angle) / math.sqrt(_ASPECT),
                )
                if self.free(candidate, box):
                    self._full[about] = ring
                    return candidate

    @staticmethod
    def _covered(point: Point, box: Box) -> list[tuple[int, int]]:
        size = 120.0
        reach_x, reach_y = box[0] / 2 + _GAP, box[1] / 2 + _GAP
        return [
            (column, row)
            for column in range(int((point[0] - reach_x) // size), int((point[0] + reach_x) // size) + 1)
            for row in range(int((point[1] - reach_y) // size), int((point[1] + reach_y) // size) + 1)
        ]
