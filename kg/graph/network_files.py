"""The network of actors as files for other programs: GraphML, GEXF, and CSV of nodes and edges.

>>> from kg.model import Entity, Facts
>>> facts = Facts(entities=(Entity("actor/norway", "Norway", "Country"), Entity("actor/x", "=1+1", "Person")))
>>> print(node_csv(facts), end="")
id,label,type,country,acts_for,sector,aliases,same_as
actor/norway,Norway,Country,,,,,
actor/x,'=1+1,Person,,,,,

Edges are what is asserted; with `statuses=None` everything, each edge with its status. No cell begins as a formula
does, no text holds what XML cannot, and the same facts give the same bytes.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from io import BytesIO, StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from kg.graph.files import write_whole
from kg.graph.network import network
from kg.graph.printable import unformula
from kg.graph.rdfxml import xml_text
from kg.model import Facts, Status

if TYPE_CHECKING:
    import networkx

__all__ = ["edge_csv", "network_bytes", "node_csv", "write_tables"]

_NODE = ("label", "type", "country", "acts_for", "sector")
_EDGE = (
    "fact", "kind", "type", "plover", "label", "status", "date", "until", "reciprocal", "sentences", "confidence",
)  # fmt: skip
_TODAY = re.compile(rb' lastmodifieddate="[^"]*"')
_ASSERTED: tuple[Status, ...] = ("asserted",)


def network_bytes(
    facts: Facts, format_: Literal["graphml", "gexf"], *, statuses: Collection[Status] | None = _ASSERTED
) -> bytes:
    """The network as GraphML or GEXF. The class of an edge is called `class`, since GEXF has its own `type`."""
    import networkx

    out = BytesIO()
    graph = _plain(network(facts, statuses=statuses))
    if format_ == "graphml":
        networkx.write_graphml(graph, out, named_key_ids=True)
        return out.getvalue()
    networkx.write_gexf(graph, out)
    return _TODAY.sub(b"", out.getvalue())


def write_tables(facts: Facts, folder: Path, *, statuses: Collection[Status] | None = _ASSERTED) -> None:
    """nodes.csv and edges.csv in a folder.

    Raises:
        StoreError: the folder cannot be written.
    """
    write_whole(folder / "nodes.csv", node_csv(facts).encode("utf-8"))
    write_whole(folder / "edges.csv", edge_csv(facts, statuses=statuses).encode("utf-8"))


def node_csv(facts: Facts) -> str:
    """A line an actor."""
    nodes = network(facts, statuses=()).nodes
    rows = []
    for entity in facts.entities:
        known = [nodes[entity.id][key] for key in _NODE]
        rows.append([entity.id, *known, "; ".join(entity.aliases), "; ".join(entity.same_as)])
    return _csv(["id", *_NODE, "aliases", "same_as"], rows)


def edge_csv(facts: Facts, *, statuses: Collection[Status] | None = _ASSERTED) -> str:
    """A line for each event or relation between two actors; a reciprocal event gives one each way."""
    edges = _edges(network(facts, statuses=statuses))
    rows = [[one, other, *(data[key] for key in _EDGE)] for one, other, data in edges]
    return _csv(["source", "target", *_EDGE], rows)


def _csv(header: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    out = StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(header)
    writer.writerows([unformula(cell) if isinstance(cell, str) else cell for cell in row] for row in rows)
    return out.getvalue()


def _edges(graph: networkx.MultiDiGraph[str]) -> list[tuple[str, str, dict[str, Any]]]:
    return sorted(graph.edges(data=True), key=lambda edge: (edge[2]["fact"], edge[0], edge[1]))


def _plain(graph: networkx.MultiDiGraph[str]) -> networkx.MultiDiGraph[str]:
    """The same with texts that XML can hold, and with keys of edges that are unique in the whole graph."""
    import networkx

    plain: networkx.MultiDiGraph[str] = networkx.MultiDiGraph()
    for node, data in graph.nodes(data=True):
        plain.add_node(node, **_texts(data))
    times: Counter[str] = Counter()
    for one, other, data in _edges(graph):
        fact = data["fact"]
        times[fact] += 1
        key = fact if times[fact] == 1 else f"{fact}/{times[fact]}"
        attributes = _texts(data)
        attributes["class"] = attributes.pop("type")
        plain.add_edge(one, other, key=key, id=key, **attributes)
    return plain


def _texts(data: dict[str, Any]) -> dict[str, Any]:
    return {key: xml_text(value) if isinstance(value, str) else value for key, value in data.items()}
