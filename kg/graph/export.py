"""The graph in the formats that other programs read; the same graph gives the same bytes.

>>> from kg.graph.store import Store
>>> from kg.model import Document, Extraction
>>> store = Store.memory()
>>> store.put(Extraction(Document("oslo", "Norway hosted talks.")))
>>> print(export(store, "turtle").decode().partition("\\n\\n")[2], end="")
<doc/oslo> a prov:Entity, kg:Document ;
    nif:isString "Norway hosted talks." ;
    dcterms:identifier "oslo" .
<BLANKLINE>

Turtle, N-Triples, RDF/XML and JSON-LD hold all triples in one graph; TriG and N-Quads keep the named graphs, one a
document and one for what is derived. Triples are sorted before they are written, so the order in which documents
were read leaves no trace.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Literal, get_args

import pyoxigraph as ox

from kg.errors import KGError
from kg.graph.files import write_whole
from kg.graph.nquads import triples
from kg.graph.rdfxml import rdfxml_parts
from kg.graph.store import Store
from kg.graph.turtle import Names, header, turtle_blocks

__all__ = ["RdfFormat", "export", "write_turtle"]

RdfFormat = Literal["turtle", "trig", "nt", "nquads", "jsonld", "rdfxml"]


def export(store: Store, format_: RdfFormat) -> bytes:
    """The whole graph in one of the formats of RDF.

    XML has no room for control characters: in `rdfxml` each is U+FFFD, and offsets stay what they are.

    Raises:
        KGError: there is no such format.
    """
    if format_ not in get_args(RdfFormat):
        raise KGError(format_, "no format of RDF", remedy=f"take one of {', '.join(get_args(RdfFormat))}")
    return "".join(_parts(store, format_)).encode("utf-8")


def write_turtle(store: Store, path: Path) -> None:
    """Write the whole graph as Turtle, whole or not at all.

    Raises:
        StoreError: the file cannot be written.
    """
    write_whole(path, export(store, "turtle"))


def _parts(store: Store, format_: RdfFormat) -> Iterator[str]:
    if format_ == "turtle":
        yield header(store.base)
        yield from turtle_blocks(_triples(store), Names(store.base))
    elif format_ == "trig":
        yield from _trig(store)
    elif format_ == "nt":
        for line in _triples(store):
            yield line + "\n"
    elif format_ == "nquads":
        for name in store.archive.names():
            yield from sorted(f"{line}\n" for line in store.archive.lines(name).split("\n")[:-1])
    elif format_ == "rdfxml":
        yield from rdfxml_parts(_triples(store))
    else:
        terms = ox.parse("\n".join(_triples(store)), ox.RdfFormat.N_TRIPLES)
        written = ox.serialize((quad.triple for quad in terms), format=ox.RdfFormat.JSON_LD)
        yield (written or b"").decode("utf-8")


def _triples(store: Store) -> list[str]:
    """All triples, each once, sorted."""
    archive = store.archive
    found: set[str] = set()
    for name in archive.names():
        found.update(triples(archive.lines(name)))
    return sorted(found)


def _trig(store: Store) -> Iterator[str]:
    names = Names(store.base)
    yield header(store.base)
    for name in store.archive.names():
        yield f"{names[f'<{name}>']} {{\n\n"
        yield from turtle_blocks(sorted(triples(store.archive.lines(name))), names, indent="    ")
        yield "}\n\n"
