"""`import kg`: build, open, ask, look, export."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from datetime import date
from pathlib import Path

import networkx
import pandas
import pytest
import rdflib
from rdflib.namespace import RDFS

import kg
from kg.errors import KGError, NameNotFoundError, QueryError, ReadError, StoreError
from kg.model import Period

SEEDS = Path(__file__).parent.parent / "seeds"
NORWAY = "Norway imposed sanctions on Belarus on Monday."
MET = "Chilean President Michelle Bachelet met Bolivian President Evo Morales in Santiago on March 3, 2015."
KENYA = "Kenya threatened to sanction Somalia. If Somalia attacked Kenya, Norway would help it."

# rdflib warns of its own parts
OF_RDFLIB = pytest.mark.filterwarnings("ignore:.*(Dataset|ConjunctiveGraph).*deprecated:DeprecationWarning")
PUBLIC = [
    "Document", "Entity", "Event", "Facts", "Graph", "KGError", "Relation", "Report", "__version__", "build", "network",
    "open", "read",
]  # fmt: skip


@pytest.fixture(scope="module")
def graph() -> kg.Graph:
    """Three texts, in memory."""
    return kg.build(
        documents=[
            kg.Document("norway", NORWAY, published=date(2019, 5, 8), source="Fjord Wire"),
            kg.Document("chile", MET),
            kg.Document(
                "kenya", "Kenya threatened to sanction Somalia. If Somalia attacked Kenya, Norway would help it."
            ),
        ]
    )


# ---------------------------------------------------------------------------- the names


def test_public_names() -> None:
    assert kg.__all__ == PUBLIC
    assert all(getattr(kg, name) is not None for name in PUBLIC)
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        kg.nothing  # noqa: B018


def test_the_import_costs_nothing() -> None:
    script = "import sys, kg; print(*sorted(set(sys.modules) & {%s}))"
    heavy = "'spacy', 'numpy', 'pandas', 'rdflib', 'networkx', 'pyoxigraph', 'pyvis', 'typer', 'rich', 'kg.library'"
    done = subprocess.run([sys.executable, "-c", script % heavy], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []


def test_the_version_is_that_of_the_package() -> None:
    from importlib.metadata import version

    assert kg.__version__ == version("kg-politics")


# ---------------------------------------------------------------------------- build and open


def test_paths(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(NORWAY, encoding="utf-8")
    (tmp_path / "b.txt").write_text(MET, encoding="utf-8")
    several: list[str | Path] = [tmp_path / "a.txt", str(tmp_path / "b.txt")]
    for given in (tmp_path, str(tmp_path), several):
        assert [d.id for d in kg.build(given).facts.documents] == ["a.txt", "b.txt"]


def test_texts_get_ids_of_their_content() -> None:
    one, other = kg.build(documents=[NORWAY, MET, NORWAY]), kg.build(documents=[MET, NORWAY])
    assert one.facts == other.facts
    assert len(one.facts.documents) == 2
    assert all(d.id.startswith("text-") and d.sha256 for d in one.facts.documents)


def test_what_is_said_of_a_document_is_kept(graph: kg.Graph) -> None:
    norway = next(d for d in graph.facts.documents if d.id == "norway")
    assert (norway.text, norway.published, norway.source) == (NORWAY, date(2019, 5, 8), "Fjord Wire")


def test_published_and_source_are_for_those_without() -> None:
    own = kg.Document("own", NORWAY, published=date(2019, 5, 8), source="Fjord Wire")
    built = kg.build(documents=[own, kg.Document("none", NORWAY)], published=date(2001, 2, 3), source="Other")
    assert [(d.id, d.published, d.source) for d in built.facts.documents] == [
        ("none", date(2001, 2, 3), "Other"),
        ("own", date(2019, 5, 8), "Fjord Wire"),
    ]


BAD = [
    ("", "no text"),
    ("Le ministre des Affaires étrangères a déclaré que la situation dans la région est grave.", "not English"),
    ("Norway \ud800 imposed sanctions.", "surrogate"),
    ("word " * 200_001, "characters"),
]


@pytest.mark.parametrize(("text", "problem"), BAD, ids=[b[1] for b in BAD])
def test_a_bad_text_is_reported_and_the_others_are_built(text: str, problem: str) -> None:
    built = kg.build(documents=[text, kg.Document("good", NORWAY)])
    (error,) = built.problems
    assert isinstance(error, ReadError) and problem in error.problem and error.place == "document 1"
    assert [d.id for d in built.facts.documents] == ["good"]
    with pytest.raises(ReadError, match="bad one"):
        kg.build(documents=[kg.Document("bad one", text)], strict=True)


def test_a_missing_path_raises() -> None:
    with pytest.raises(ReadError, match="nowhere"):
        kg.build("nowhere")


def test_an_output_folder_is_opened_again(tmp_path: Path) -> None:
    built = kg.build(documents=[kg.Document("norway", NORWAY)], output=tmp_path / "out")
    assert {p.name for p in (tmp_path / "out").iterdir()} == {"store", "graph.ttl", "facts.jsonl", "graph.html"}
    opened = kg.open(tmp_path / "out")
    assert opened.facts == built.facts
    assert opened.export("turtle") == built.export("turtle") == (tmp_path / "out" / "graph.ttl").read_bytes()
    more = kg.build(documents=[kg.Document("chile", MET)], output=str(tmp_path / "out"))
    assert [d.id for d in more.facts.documents] == ["chile", "norway"]
    assert [d.id for d in kg.open(str(tmp_path / "out")).facts.documents] == ["chile", "norway"]
    assert [d.id for d in opened.facts.documents] == ["norway"]


def test_open_where_nothing_is(tmp_path: Path) -> None:
    with pytest.raises(StoreError):
        kg.open(tmp_path)


def test_a_base_of_ones_own() -> None:
    built = kg.build(documents=[NORWAY], base="https://example.org/kg/")
    assert b"https://example.org/kg/" in built.export("nquads")
    assert b"w3id.org/kg-politics/id/" not in built.export("nquads")
    assert built.explain("https://example.org/kg/actor/norway").label == "Norway"


def test_read_gives_documents(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(NORWAY, encoding="utf-8")
    assert [d.text for d in kg.read([tmp_path]) if isinstance(d, kg.Document)] == [NORWAY]


# ---------------------------------------------------------------------------- ask


def test_query(graph: kg.Graph) -> None:
    rows = graph.query("who-met-whom").rows
    assert len(rows) == 1 and "Evo Morales" in rows[0] and "Michelle Bachelet" in rows[0]
    assert len(graph.query("who-met-whom", actor="Norway")) == 0
    assert graph.query("ASK { ?s ?p ?o }").truth is True
    with pytest.raises(NameNotFoundError, match="who-met-whom"):
        graph.query("who-met-who")
    with pytest.raises(QueryError):
        graph.query("SELECT ?a WHERE {")


TABLES = ("events", "relations", "entities", "mentions", "attributions", "reports", "documents")


@pytest.mark.parametrize("table", TABLES)
def test_frame(graph: kg.Graph, table: str) -> None:
    frame = graph.frame(table)
    assert isinstance(frame, pandas.DataFrame)
    facts: list[kg.Event | kg.Relation] = [*graph.facts.events, *graph.facts.relations]
    records = {
        "reports": sum(len(fact.reports) for fact in facts),
        "documents": 3,
        "mentions": len(graph.facts.mentions),
        "entities": len(graph.facts.entities),
    }
    assert len(frame) == records.get(table, len(frame))
    assert not frame.columns.empty


def test_no_such_frame(graph: kg.Graph) -> None:
    with pytest.raises(NameNotFoundError, match="events"):
        graph.frame("evnets")


def test_network(graph: kg.Graph) -> None:
    asserted, everything = kg.network(graph), graph.network(statuses=None)
    assert isinstance(asserted, networkx.MultiDiGraph)
    assert asserted.has_edge("actor/norway", "actor/belarus")
    assert {d["status"] for _, _, d in asserted.edges(data=True)} == {"asserted"}
    assert everything.number_of_edges() > asserted.number_of_edges()
    assert kg.network(graph, statuses=None).number_of_edges() == everything.number_of_edges()


def test_path(graph: kg.Graph) -> None:
    (step,) = graph.path("Norway", "Belarus")
    assert step.evidence[0].sentence == NORWAY
    assert graph.path("Norway", "Evo Morales") == ()


def test_explain(graph: kg.Graph) -> None:
    found = graph.explain("Morales")
    assert (found.id, found.mentions, found.documents) == ("actor/evo-morales", 1, 1)
    assert found.findings and MET in str(found).replace("\n   ", " ").replace("[", "").replace("]", "")
    with pytest.raises(NameNotFoundError, match="Norway"):
        graph.explain("Norwai")


def test_validate(graph: kg.Graph) -> None:
    assert all(v.message for v in graph.validate())
    assert graph.validate() == graph.validate()


def test_statistics(graph: kg.Graph) -> None:
    counts = graph.statistics()
    assert (counts.documents, counts.events) == (3, len(graph.facts.events))


# ---------------------------------------------------------------------------- show and export


def test_repr(graph: kg.Graph) -> None:
    facts = graph.facts
    expected = f"<kg.Graph: 3 documents, {len(facts.entities)} actors, {len(facts.events)} events>"
    assert repr(graph) == expected


def test_html_in_notebooks_is_escaped() -> None:
    built = kg.build(documents=[kg.Document("d", NORWAY, source="<script>alert(1)</script>")])
    html = built._repr_html_()
    assert html.startswith("<table>") and "&lt;script&gt;" in html and "<script" not in html


RDF = {"turtle": "turtle", "trig": "trig", "nt": "nt", "nquads": "nquads", "jsonld": "json-ld", "rdfxml": "xml"}


@OF_RDFLIB
@pytest.mark.parametrize("format_", [*RDF, "graphml", "gexf", "facts", "events"])
def test_every_export_is_read_by_others(graph: kg.Graph, format_: str, tmp_path: Path) -> None:
    data = graph.export(format_)
    assert data == graph.export(format_)
    if format_ in RDF:
        read = rdflib.Dataset(default_union=True)
        read.parse(data=data, format=RDF[format_])
        norway = rdflib.URIRef("https://w3id.org/kg-politics/id/actor/norway")
        assert str(read.value(norway, RDFS.label)) == "Norway"
        assert len(set(read.triples((None, None, None)))) == len(set(graph.rdflib.triples((None, None, None))))
    elif format_ in ("graphml", "gexf"):
        (tmp_path / "network").write_bytes(data)
        read_network = networkx.read_graphml if format_ == "graphml" else networkx.read_gexf
        found = read_network(tmp_path / "network")
        assert found.number_of_nodes() == len(graph.facts.entities)
        assert found.number_of_edges() == graph.network().number_of_edges()
    elif format_ == "facts":
        kinds = [json.loads(line)["kind"] for line in data.splitlines()]
        assert kinds.count("document") == 3 and kinds.count("event") == len(graph.facts.events)
    else:
        rows = list(csv.DictReader(io.StringIO(data.decode()), delimiter="\t"))
        assert rows and len(graph.export("events", statuses=None).splitlines()) > len(data.splitlines())


def test_no_such_format(graph: kg.Graph) -> None:
    with pytest.raises(KGError, match=r"graphml.*events"):
        graph.export("docx")


def test_export_tables(graph: kg.Graph, tmp_path: Path) -> None:
    graph.export_tables(tmp_path / "tables", statuses=None)
    sizes = {}
    for name in ("nodes.csv", "edges.csv"):
        with (tmp_path / "tables" / name).open(encoding="utf-8", newline="") as file:
            sizes[name] = len(list(csv.DictReader(file)))
    whole = graph.network(statuses=None)
    assert sizes == {"nodes.csv": whole.number_of_nodes(), "edges.csv": whole.number_of_edges()}


def test_view(graph: kg.Graph, tmp_path: Path) -> None:
    whole = graph.view(tmp_path / "new" / "all.html")
    assert whole == tmp_path / "new" / "all.html"
    assert "Michelle Bachelet" in whole.read_text(encoding="utf-8")
    part = graph.view(str(tmp_path / "part.html"), around="Norway", statuses=["asserted"])
    assert "Michelle Bachelet" not in part.read_text(encoding="utf-8")
    meetings = graph.view(tmp_path / "m.html", event_types=["Meeting", "SANCTION"], period=Period.day(date(2015, 3, 3)))
    text = meetings.read_text(encoding="utf-8")
    assert "Michelle Bachelet" in text and "Belarus" not in text


@pytest.mark.parametrize(
    ("options", "nearest"),
    [
        ({"around": "Norwai"}, "Norway"),
        ({"event_types": ["Meetings"]}, "Meeting"),
        ({"event_types": ["sanction"]}, "SANCT"),
    ],
)
def test_a_view_of_what_is_not_there(graph: kg.Graph, options: dict[str, str], nearest: str, tmp_path: Path) -> None:
    with pytest.raises(NameNotFoundError, match=nearest):
        graph.view(tmp_path / "none.html", **options)  # type: ignore[arg-type]
    assert not (tmp_path / "none.html").exists()


def test_a_view_around_an_event_is_refused(graph: kg.Graph, tmp_path: Path) -> None:
    with pytest.raises(NameNotFoundError, match="no actor"):
        graph.view(tmp_path / "none.html", around=graph.facts.events[0].id)


@OF_RDFLIB
def test_rdflib_reads_the_same_store(graph: kg.Graph) -> None:
    labels = {str(label) for label in graph.rdflib.objects(None, RDFS.label)}
    assert {"Norway", "Belarus", "Evo Morales"} <= labels


def test_a_readme_of_a_folder_is_no_article() -> None:
    assert all("README" not in d.id for d in kg.read([SEEDS]) if isinstance(d, kg.Document))
