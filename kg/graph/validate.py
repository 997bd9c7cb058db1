"""What breaks the shapes of `ontologies/shapes.ttl`, each with the sentence where it stands.

>>> from kg.graph.store import Store
>>> from kg.model import Document, Extraction, Mention
>>> store = Store.memory(base="https://example.org/")
>>> store.put(Extraction(Document("oslo", "Oslo"), mentions=(Mention("oslo", 0, 9, None, "name", "a rule"),)))
>>> for violation in validate(store):
...     print(violation)
oslo: the words of a span are as many as its offsets say: "Oslo" (doc/oslo#char=0,9)

Documents are checked one after the other, each with what the derived graph says of its nodes; then the derived
graph, in parts. Constraints that are written in SPARQL are asked of the whole database at once, which is a thousand
times as fast as asking for each node: their queries bind `$this` themselves.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from typing import TYPE_CHECKING, cast

import pyoxigraph as ox

from kg.data import data_path
from kg.graph.iris import derived_iri
from kg.graph.nquads import TYPE, Nodes, parsed, triples
from kg.graph.store import Store
from kg.graph.vocabulary import DCTERMS, KG, NIF, PREFIXES

if TYPE_CHECKING:
    import rdflib

__all__ = ["Violation", "validate"]

_SH = PREFIXES["sh"]
_K, _N = KG.token, NIF.token
_LOCAL = (KG.Document, NIF.RFC5147String, KG.Report, KG.Argument, KG.Mention, KG.Attribution)
_PART = 10_000  # triples of the derived graph that are checked at once


@dataclass(frozen=True, slots=True, order=True)
class Violation:
    """One node that breaks one shape.

    Attributes:
        document: id of the document where it stands; empty for what stands in none.
        sentence: its sentence, or the words nearest to it.
        message: what is not as it should be.
        focus: the IRI without the graph's base.
    """

    document: str
    sentence: str
    message: str
    focus: str

    def __str__(self) -> str:
        return f'{self.document or "graph"}: {self.message}: "{self.sentence}" ({self.focus})'


def validate(store: Store) -> tuple[Violation, ...]:
    """Everything that breaks a shape, by document and place.

    Raises:
        DataError: the shapes are missing.
    """
    derived = derived_iri(store.base)
    archive = store.archive
    own, local = _apart(triples(archive.lines(derived)))
    words = _Words(store.base)
    broken: set[tuple[str, str]] = set()
    types: dict[str, str] = {}
    for name in archive.names():
        if name != derived:
            here = [*triples(archive.lines(name)), *local.pop(f"<{name}", ())]
            words.read(parsed(archive.lines(name)))
            types.update((line.partition(" ")[0], line) for line in here if f" {TYPE} " in line)
            broken.update(_broken(here, _shapes(derived=False)))
    words.relate(parsed(archive.lines(derived)))
    types.update((line.partition(" ")[0], line) for line in own if f"{TYPE} {_K.Office}" in line)
    for part in _parts([*own, *(line for lines in local.values() for line in lines)]):
        pointed = {line.rsplit(" ", 2)[1] for line in part}
        seen = [types[node] for node in sorted(pointed) if node in types]
        broken.update(_broken([*part, *seen], _shapes(derived=True)))
    broken.update(_asked(store.quads))
    return tuple(sorted({words.violation(focus, message) for focus, message in broken}))


def _apart(lines: Iterable[str]) -> tuple[list[str], dict[str, list[str]]]:
    """The lines about the derived graph's own nodes, and those about nodes of each document."""
    own: list[str] = []
    local: dict[str, list[str]] = {}
    for line in lines:
        document, hash_, _ = line.partition(" ")[0].partition("#")
        if hash_:
            local.setdefault(document, []).append(line)
        else:
            own.append(line)
    return own, local


def _parts(lines: list[str]) -> Iterator[list[str]]:
    """Some subjects at a time, each with all its lines."""
    part: list[str] = []
    for _, about in groupby(sorted(lines), key=lambda line: line.partition(" ")[0]):
        part.extend(about)
        if len(part) > _PART:
            yield part
            part = []
    if part:
        yield part


def _broken(lines: Iterable[str], shapes: rdflib.Graph) -> Iterator[tuple[str, str]]:
    """(node, message) of each violation in a graph of N-Triples."""
    import pyshacl
    import rdflib

    data = rdflib.Graph().parse(data="\n".join(lines) + "\n", format="nt")
    conforms, report, _ = pyshacl.validate(data, shacl_graph=shapes, inplace=True)
    if conforms:
        return
    graph = cast(rdflib.Graph, report)
    for result in graph.objects(None, rdflib.URIRef(_SH + "result")):
        focus = graph.value(result, rdflib.URIRef(_SH + "focusNode"))
        for message in graph.objects(result, rdflib.URIRef(_SH + "resultMessage")):
            yield f"<{focus}>", str(message)


def _asked(store: ox.Store) -> Iterator[tuple[str, str]]:
    """(node, message) of each violation of a constraint in SPARQL."""
    for message, query, prefixes in _queries():
        for row in cast(ox.QuerySolutions, store.query(query, prefixes=prefixes, use_default_graph_as_union=True)):
            yield str(row["this"]), message


@cache
def _all_shapes() -> rdflib.Graph:
    import rdflib

    return rdflib.Graph().parse(data_path("ontologies", "shapes.ttl"), format="turtle")


@cache
def _shapes(*, derived: bool) -> rdflib.Graph:
    """The shapes without their constraints in SPARQL; for the derived graph, those of its own nodes only."""
    import rdflib

    graph = rdflib.Graph()
    graph += _all_shapes()
    graph.remove((None, rdflib.URIRef(_SH + "sparql"), None))
    for kind in _LOCAL if derived else ():
        graph.remove((None, rdflib.URIRef(_SH + "targetClass"), rdflib.URIRef(kind.value)))
    return graph


@cache
def _queries() -> tuple[tuple[str, str, dict[str, str]], ...]:
    """(message, query, prefixes) of each constraint in SPARQL."""
    import rdflib

    shapes = _all_shapes()
    sh = rdflib.Namespace(_SH)
    prefixes = {
        str(shapes.value(node, sh.prefix)): str(shapes.value(node, sh.namespace))
        for node in shapes.objects(None, sh.declare)
    }
    constraints = set(shapes.objects(None, sh.sparql))
    found = [(str(shapes.value(c, sh.message)), str(shapes.value(c, sh.select))) for c in constraints]
    return tuple((message, query, prefixes) for message, query in sorted(found))


class _Words:
    """Which sentence a node stands in."""

    def __init__(self, base: str) -> None:
        self._base = base
        self._words: dict[str, str] = {}
        self._documents: dict[str, str] = {}
        self._nearest: dict[str, str] = {}

    def read(self, nodes: Nodes) -> None:
        """The nodes of a document."""
        for name, node in nodes.items():
            if DCTERMS.token.identifier in node:
                self._documents[name[:-1]] = node[DCTERMS.token.identifier][0]
            if _N.anchorOf in node:
                self._words[name] = node[_N.anchorOf][0]
            for predicate in (_K.sentence, _K.span, _K.contentSpan, _K.cueSpan):
                if predicate in node:
                    self._nearest[name] = node[predicate][0]
                    break
        for name, node in nodes.items():
            for argument in node.get(_K.argument, ()):
                self._nearest[argument] = name

    def relate(self, nodes: Nodes) -> None:
        """The nodes of the derived graph."""
        for name, node in nodes.items():
            for predicate in (_K.report, _K.mergedFrom):
                if predicate in node:
                    self._nearest[name] = min(node[predicate])

    def violation(self, focus: str, message: str) -> Violation:
        node = focus
        for _ in range(3):
            node = self._nearest.get(node, node)
        document = self._documents.get(node.partition("#")[0].rstrip(">"), "")
        return Violation(document, self._words.get(node, ""), message, focus[1:-1].removeprefix(self._base))
