"""The lines of each named graph as they were written, compressed: what is read whole is read from here.

The database answers queries; to give back a whole document it must look every word up, which takes ten times as
long as reading these lines.

>>> archive = Archive(ox.Store())
>>> archive.put({"https://example.org/doc/oslo": "<a> <b> <c> <https://example.org/doc/oslo> .\\n"})
>>> archive.lines("https://example.org/doc/oslo")
'<a> <b> <c> <https://example.org/doc/oslo> .\\n'
>>> archive.remove("https://example.org/doc/oslo")
>>> archive.lines("https://example.org/doc/oslo")
''
"""

from __future__ import annotations

import zlib
from base64 import b64decode, b64encode
from collections.abc import Mapping
from typing import cast

import pyoxigraph as ox

__all__ = ["Archive"]

_LINES = ox.NamedNode("https://w3id.org/kg-politics/ns#archivedLines")  # in no graph that is queried or exported


class Archive:
    """name of a graph → its lines, in a small database of its own."""

    def __init__(self, store: ox.Store) -> None:
        self._store = store

    def put(self, graphs: Mapping[str, str]) -> None:
        """Add graphs that are not there yet."""
        self._store.extend(
            [ox.Quad(ox.NamedNode(name), _LINES, ox.Literal(_packed(lines))) for name, lines in graphs.items()]
        )

    def remove(self, name: str) -> None:
        """Take a graph out, if it is there."""
        for quad in list(self._store.quads_for_pattern(ox.NamedNode(name), _LINES, None)):
            self._store.remove(quad)

    def lines(self, name: str) -> str:
        """The lines of a graph; none if it is not there."""
        for quad in self._store.quads_for_pattern(ox.NamedNode(name), _LINES, None):
            return _unpacked(cast(ox.Literal, quad.object).value)
        return ""

    def names(self) -> tuple[str, ...]:
        """The graphs that are there, sorted."""
        quads = self._store.quads_for_pattern(None, _LINES, None)
        return tuple(sorted(cast(ox.NamedNode, quad.subject).value for quad in quads))

    def flush(self) -> None:
        """Write everything to disk."""
        self._store.flush()


def _packed(lines: str) -> str:
    return b64encode(zlib.compress(lines.encode("utf-8"), 1)).decode("ascii")


def _unpacked(packed: str) -> str:
    return zlib.decompress(b64decode(packed)).decode("utf-8")
