"""Every export is read back, by rdflib and by Oxigraph, as what was written; the same bytes every time."""

from __future__ import annotations

import csv
import os
import re
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any, get_args

import networkx
import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rdflib.compare import graph_diff, isomorphic, to_isomorphic

from kg.errors import KGError
from kg.graph.export import RdfFormat, export, write_turtle
from kg.graph.network_files import edge_csv, network_bytes, node_csv, write_tables
from kg.graph.store import Store
from kg.model import Argument, Document, Entity, Event, Extraction, Facts, Mention, Report, Span
from tests.graph.strategies import HOSTILE, document_ids, extractions, linked

# rdflib warns of its own calls while it parses datasets and JSON-LD
pytestmark = pytest.mark.filterwarnings("ignore:.*(Dataset|ConjunctiveGraph).*deprecated:DeprecationWarning")

ROOT = Path(__file__).parents[2]
_SLOW = settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
_RDFLIB = {
    "turtle": "turtle", "trig": "trig", "nt": "nt", "nquads": "nquads", "jsonld": "json-ld", "rdfxml": "xml",
}  # fmt: skip
_OXIGRAPH = {
    "turtle": ox.RdfFormat.TURTLE, "trig": ox.RdfFormat.TRIG, "nt": ox.RdfFormat.N_TRIPLES,
    "nquads": ox.RdfFormat.N_QUADS, "jsonld": ox.RdfFormat.JSON_LD, "rdfxml": ox.RdfFormat.RDF_XML,
}  # fmt: skip
_FORMATS: tuple[RdfFormat, ...] = get_args(RdfFormat)
_DATASETS = ("trig", "nquads")


def _store(given_: Sequence[Extraction], facts: Facts, *, base: str = "https://example.org/kg/") -> Store:
    store = Store.memory(base=base)
    for extraction in given_:
        store.put(extraction)
    store.replace_derived(facts)
    return store


@pytest.fixture(scope="module")
def store(small_extractions: tuple[Extraction, ...], small_facts: Facts) -> Store:
    return _store(small_extractions, small_facts)


def _wanted(store: Store) -> rdflib.Graph:
    lines = sorted({f"{quad.triple} ." for quad in store.quads})
    return rdflib.Graph().parse(data="\n".join(lines) + "\n", format="nt")


def _same(one: rdflib.Graph, other: rdflib.Graph) -> None:
    if not isomorphic(one, other):
        _, missing, added = graph_diff(to_isomorphic(one), to_isomorphic(other))
        pytest.fail(f"missing: {list(missing)[:5]}\nadded: {list(added)[:5]}")


def _by_rdflib(data: bytes, format_: RdfFormat) -> rdflib.Graph:
    if format_ in _DATASETS:
        dataset = rdflib.Dataset(default_union=True)
        dataset.parse(data=data, format=_RDFLIB[format_])
        graph = rdflib.Graph()
        for s, p, o in dataset.triples((None, None, None)):
            graph.add((s, p, o))
        return graph
    return rdflib.Graph().parse(data=data, format=_RDFLIB[format_])


@pytest.mark.parametrize("format_", _FORMATS)
def test_rdflib_reads_it_back(store: Store, format_: RdfFormat) -> None:
    _same(_by_rdflib(export(store, format_), format_), _wanted(store))


@pytest.mark.parametrize("format_", _FORMATS)
def test_oxigraph_reads_it_back(store: Store, format_: RdfFormat) -> None:
    back = ox.Store()
    back.load(export(store, format_), _OXIGRAPH[format_])
    keep_names = format_ in _DATASETS
    wanted = {quad if keep_names else quad.triple for quad in store.quads}
    assert {quad if keep_names else quad.triple for quad in back} == wanted


@_SLOW
@given(st.sets(document_ids, min_size=1, max_size=2).flatmap(lambda ids: st.tuples(*map(extractions, sorted(ids)))))
def test_hostile_ids_and_texts_come_back_from_turtle(given_: tuple[Extraction, ...]) -> None:
    store = _store(given_, linked(given_))
    data = export(store, "turtle")
    _same(_by_rdflib(data, "turtle"), _wanted(store))
    back = ox.Store()
    back.load(data, ox.RdfFormat.TURTLE)
    assert {quad.triple for quad in back} == {quad.triple for quad in store.quads}


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("format_", _FORMATS)
def test_hostile_texts_come_back_from_every_format(format_: RdfFormat, text: str) -> None:
    store = _store([Extraction(Document("d", text, title=text, url=text))], Facts())
    if format_ == "rdfxml":  # XML has no room for these
        text = re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]", "\ufffd", text)
    graph = _by_rdflib(export(store, format_), format_)
    title = rdflib.URIRef("http://purl.org/dc/terms/title")
    assert [str(value) for value in graph.objects(None, title)] == [text]
    back = ox.Store()
    back.load(export(store, format_), _OXIGRAPH[format_])
    (quad,) = back.quads_for_pattern(None, ox.NamedNode(str(title)), None)
    assert quad.object == ox.Literal(text)


def test_turtle_is_readable(store: Store) -> None:
    text = export(store, "turtle").decode("utf-8")
    head, _, body = text.partition("\n\n")
    assert head.startswith("@base <https://example.org/kg/> .\n@prefix kg: <https://w3id.org/kg-politics/ns#> .")
    blocks = body.strip().split("\n\n")
    subjects = [block.split(" ", 1)[0] for block in blocks]
    assert len(set(subjects)) == len(subjects)
    assert sum(subject.startswith("actor:") for subject in subjects) > 5
    assert all(block.split(" ", 2)[1] == "a" for block in blocks)
    assert "<https://example.org" not in body
    assert "<http://" not in body.replace("<http://www.wikidata.org/", "")


@pytest.mark.parametrize("format_", _FORMATS)
def test_the_order_of_reading_leaves_no_trace(
    store: Store, small_extractions: tuple[Extraction, ...], small_facts: Facts, format_: RdfFormat
) -> None:
    assert export(_store(small_extractions[::-1], small_facts), format_) == export(store, format_)


def test_the_same_bytes_in_every_process(tmp_path: Path) -> None:
    code = (
        "import sys; from hashlib import sha256; from kg.graph.export import export; from kg.graph.store import Store\n"
        "from kg.graph.network_files import edge_csv, network_bytes, node_csv\n"
        "from tests.graph.small import EXTRACTIONS, FACTS\n"
        "store = Store.memory()\n"
        "[store.put(x) for x in EXTRACTIONS]; store.replace_derived(FACTS)\n"
        "for f in ('turtle', 'trig', 'nt', 'nquads', 'jsonld', 'rdfxml'): print(sha256(export(store, f)).hexdigest())\n"
        "for f in ('graphml', 'gexf'): print(sha256(network_bytes(FACTS, f, statuses=None)).hexdigest())\n"
        "print(node_csv(FACTS), edge_csv(FACTS, statuses=None))\n"
    )
    runs = {
        subprocess.run(
            [sys.executable, "-c", code], capture_output=True, check=True, cwd=ROOT, timeout=120,
            env={**os.environ, "PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("1", "2")
    }  # fmt: skip
    assert len(runs) == 1


def test_turtle_is_written(tmp_path: Path, store: Store) -> None:
    write_turtle(store, tmp_path / "new" / "graph.ttl")
    assert (tmp_path / "new" / "graph.ttl").read_bytes() == export(store, "turtle")
    assert [p.name for p in (tmp_path / "new").iterdir()] == ["graph.ttl"]


def test_an_unknown_format_names_those_that_are_known(store: Store) -> None:
    with pytest.raises(KGError, match="turtle, trig, nt"):
        export(store, "n3")  # type: ignore[arg-type]


def test_the_text_can_be_left_out(small_extractions: tuple[Extraction, ...]) -> None:
    store = Store.memory()
    for extraction in small_extractions:
        store.put(extraction, text=False)
    assert b"isString" not in export(store, "turtle")


# ---------------------------------------------------------------------------------------- networks and tables


_HOSTILE_FACTS = Facts(
    entities=tuple(
        Entity(f"actor/{n}", text or "nobody", "Person", aliases=(text,)) for n, text in enumerate(HOSTILE)
    ),
    events=tuple(
        Event(
            f"event/{n}", "Meeting", "CONSULT", "04",
            (Report("r", "d", 0, 9, Span(0, 1), "positive", "certain", "past", "r",
                    arguments=(Argument("source", 0, 1, f"actor/{n}"), Argument("target", 0, 1, "actor/0"))),),
            reciprocal=True, status="asserted", label=text,
        )
        for n, text in enumerate(HOSTILE) if n
    ),
)  # fmt: skip


def _back(data: bytes, format_: str) -> Any:
    return networkx.read_graphml(BytesIO(data)) if format_ == "graphml" else networkx.read_gexf(BytesIO(data))


@pytest.mark.parametrize("format_", ["graphml", "gexf"])
def test_networkx_reads_it_back(small_facts: Facts, format_: Any) -> None:
    asserted = _back(network_bytes(small_facts, format_), format_)
    everything = _back(network_bytes(small_facts, format_, statuses=None), format_)
    assert set(asserted) == set(everything) == {entity.id for entity in small_facts.entities}
    assert {data["status"] for _, _, data in asserted.edges(data=True)} == {"asserted"}
    assert len({data["status"] for _, _, data in everything.edges(data=True)}) > 3
    assert everything.is_directed() and everything.is_multigraph()


@pytest.mark.parametrize("format_", ["graphml", "gexf"])
def test_hostile_texts_in_networks(format_: Any) -> None:
    data = network_bytes(_HOSTILE_FACTS, format_)
    back = _back(data, format_)
    assert len(back) == len(HOSTILE)
    assert back.number_of_edges() == 2 * (len(HOSTILE) - 1)
    assert b"<script>" not in data
    assert b"lastmodified" not in data


def test_no_cell_is_a_formula() -> None:
    for table in (node_csv(_HOSTILE_FACTS), edge_csv(_HOSTILE_FACTS)):
        rows = list(csv.reader(StringIO(table, newline="")))
        assert len({len(row) for row in rows}) == 1
        assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]


def test_tables_are_written(tmp_path: Path, small_facts: Facts) -> None:
    write_tables(small_facts, tmp_path / "tables", statuses=None)
    assert sorted(p.name for p in (tmp_path / "tables").iterdir()) == ["edges.csv", "nodes.csv"]
    with (tmp_path / "tables" / "edges.csv").open(encoding="utf-8", newline="") as stream:
        edges = list(csv.DictReader(stream))
    assert {edge["source"] for edge in edges} <= {entity.id for entity in small_facts.entities}
    assert {edge["status"] for edge in edges} > {"asserted", "denied"}


def test_facts_without_edges() -> None:
    facts = Facts(mentions=(Mention("d", 0, 1, None, "name", "r"),))
    assert len(node_csv(facts).splitlines()) == len(edge_csv(replace(facts)).splitlines()) == 1
