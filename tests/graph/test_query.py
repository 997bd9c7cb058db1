"""Asking: what is refused, what errors say, how parameters are bound, and the forms of an answer."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from decimal import Decimal

import pyoxigraph
import pytest
from pyoxigraph import Literal, NamedNode, QueryResultsFormat, QuerySolutions, RdfFormat

from kg.errors import DataError, KGError, NameNotFoundError, QueryError
from kg.graph.answer import IRI, Answer
from kg.graph.query import bundled, fill, read_query, run_query

X = "https://w3id.org/kg-politics/id/"
_DATA = f"""
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix kg: <https://w3id.org/kg-politics/ns#> .
GRAPH <{X}graph/derived> {{
  <{X}actor/chile> rdfs:label "Chile" .
  <{X}actor/peru> rdfs:label "Peru" ; skos:altLabel "Republic of Peru" .
  <{X}actor/jose-diaz> rdfs:label "José Díaz" ; skos:altLabel "Díaz" .
  <{X}actor/luis-diaz> rdfs:label "Luis Díaz" ; skos:altLabel "Díaz" .
  <{X}actor/peru> kg:alliedWith <{X}actor/chile> .
}}
GRAPH <{X}doc/a> {{ <{X}doc/a> rdfs:label "=SUM(A1)" . <{X}actor/peru> kg:alliedWith <{X}actor/chile> }}
"""


@pytest.fixture
def store() -> pyoxigraph.Store:
    store = pyoxigraph.Store()
    store.load(_DATA.encode(), RdfFormat.TRIG)
    return store


ALLIES = """# title Allies
# answers Who is allied with the actor.
# param actor actor required – the actor
SELECT DISTINCT ?ally WHERE {
  VALUES ?asked_actor { UNDEF }
  ?asked_actor kg:alliedWith ?ally
}
"""
TYPED = """# title T
# param words text any – what
# param when date any – a day
# param sure boolean any – whether
# param status status any – how
# param code plover any – which
SELECT ?asked_when ?asked_sure ?asked_status ?asked_code ?asked_words WHERE {
  VALUES ?asked_when { UNDEF }
  VALUES ?asked_sure { UNDEF }
  VALUES ?asked_status { UNDEF }
  VALUES ?asked_code { UNDEF }
  VALUES ?asked_words { UNDEF }
}
"""


def _error(store: pyoxigraph.Store, query: str, **params: str | bool | date) -> KGError:
    with pytest.raises(KGError) as caught:
        run_query(store, query, params=params)
    return caught.value


# ---------------------------------------------------------------------------------------------- what is refused

_SERVICES = [
    "SELECT * { SERVICE <http://example.org/sparql> { ?s ?p ?o } }",
    "select * { service silent <http://example.org/sparql> { ?s ?p ?o } }",
    "SELECT * { ?s ?p ?o . SERVICE ?s { ?a ?b ?c } }",
    "SELECT * { ?s ?p ?o.SERVICE ?s { ?a ?b ?c } }",
    "PREFIX e: <http://example.org/> SELECT * { SERVICE e:sparql { ?s ?p ?o } }",
    "SELECT * { SERVICE # a comment {\n SILENT # another\n <http://example.org/> # and {\n { ?s ?p ?o } }",
    "SELECT * { ?s ?p 1SERVICE <http://example.org/> { ?s ?p ?o } }",
    "SELECT * { ?s ?p trueSERVICE <http://example.org/> { ?s ?p ?o } }",
    "SELECT * { { ?s ?p ?o }SERVICE<http://example.org/>{ ?s ?p ?o } }",
    "SELECT * { FILTER(?a<'x'&&'>'='y' || EXISTS{SERVICE <http://example.org/> {}} || 'z'='w') }",
    "# param a date any – a\nSELECT * { SERVICE VALUES ?asked_a { UNDEF } <http://example.org/> { ?s ?p ?o } }",
    "SELECT * { \\u0053ERVICE <http://example.org/> { ?s ?p ?o } }",
    "SELECT * { \\U00000053ERVICE <http://example.org/> { ?s ?p ?o } }",
]


@pytest.mark.parametrize("query", _SERVICES)
def test_service_is_refused(store: pyoxigraph.Store, query: str) -> None:
    error = _error(store, query)
    assert isinstance(error, QueryError)
    assert "another machine" in error.problem


@pytest.mark.parametrize(
    "query",
    [
        'SELECT ?s { ?s rdfs:label "service" }',
        "SELECT ?service ?s { ?service ?p ?s }",
        "# SERVICE is refused\nSELECT ?s { ?s ?p ?o }",
        "PREFIX service: <http://example.org/> SELECT ?s { ?s service:x ?o }",
    ],
)
def test_the_word_alone_is_not(store: pyoxigraph.Store, query: str) -> None:
    assert run_query(store, query).form == "select"


@pytest.mark.parametrize(
    ("query", "verb"),
    [
        ("INSERT DATA { <http://e/a> <http://e/b> <http://e/c> }", "INSERT"),
        ("PREFIX e: <http://e/> # note\nDELETE WHERE { ?s ?p ?o }", "DELETE"),
        ("BASE <http://e/> LOAD <http://e/data.ttl>", "LOAD"),
        ("clear all", "CLEAR"),
        ("DROP GRAPH <http://e/g>", "DROP"),
        ("WITH <http://e/g> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }", "WITH"),
    ],
)
def test_updates_are_refused(store: pyoxigraph.Store, query: str, verb: str) -> None:
    before = set(store)
    error = _error(store, query)
    assert error.problem.startswith(f"{verb} would change the graph")
    assert set(store) == before


@pytest.mark.parametrize(
    ("query", "place", "problem", "remedy"),
    [
        ("SELECT * WHERE { ?s ?p ?o", "query, line 1, column 26", "after 'SELECT * WHERE { ?s ?p ?o'", "expected"),
        ("SELECT *\nWHERE { ?s ?p ?o .. }", "query, line 2, column 22", "after 'WHERE { ?s ?p ?o .. }'", "expected"),
        ("SELECT * { ?s wd:P31 ?o }", "query, line 1", "not valid SPARQL", "declare the prefix wd:"),
        ("SELECT ?x { ?s ?p ?o } GROUP BY ?s", "query", "not valid SPARQL", ""),
        ("SELECT (<http://e/f>(1) AS ?x) {}", "query", "fails while it runs", ""),
        ("", "query", "not valid SPARQL", ""),
    ],
)
def test_errors_say_where(store: pyoxigraph.Store, query: str, place: str, problem: str, remedy: str) -> None:
    error = _error(store, query)
    assert isinstance(error, QueryError)
    assert error.place.startswith(place)
    assert problem in error.problem
    assert remedy in error.remedy


def test_unknown_query_names_the_nearest(store: pyoxigraph.Store) -> None:
    error = _error(store, "who-met-who")
    assert isinstance(error, NameNotFoundError)
    assert "who-met-whom" in error.remedy


# --------------------------------------------------------------------------------------------------- parameters


@pytest.mark.parametrize(
    "name", ["Peru", "peru", " PERU ", "Republic of Peru", "the Republic of Peru", "actor/peru", f"{X}actor/peru"]
)
def test_an_actor_by_any_name(store: pyoxigraph.Store, name: str) -> None:
    assert run_query(store, ALLIES, params={"actor": name}).rows == ((IRI(X + "actor/chile"),),)


@pytest.mark.parametrize(
    ("name", "problem", "remedy"),
    [
        ("Preu", "no actor is called so", "Peru"),
        ("Diaz", "2 of the graph are called so", "actor/jose-diaz"),
        ("Qqqqqq", "no actor is called so", "give the label"),
        (f"{X}actor/bolivia", "no actor is called so", ""),
        ("Peru } . ?a ?b ?c . {", "no actor is called so", "Peru"),
        ("<http://e/a> } { SERVICE <http://e/> { ?s ?p ?o }", "no actor is called so", ""),
        ("=SUM(A1)", "no actor is called so", ""),
    ],
)
def test_an_actor_that_is_not_there(store: pyoxigraph.Store, name: str, problem: str, remedy: str) -> None:
    error = _error(store, ALLIES, actor=name)
    assert isinstance(error, NameNotFoundError)
    assert error.problem == problem
    assert remedy in error.remedy


def test_values_become_terms_and_nothing_else(store: pyoxigraph.Store) -> None:
    hostile = '" } . ?s ?p ?o . SERVICE <http://e/> { } # \\ \n'
    answer = run_query(
        store,
        TYPED,
        params={"when": date(2017, 5, 10), "sure": "yes", "status": "Denied", "code": "assault", "words": hostile},
    )
    ((when, sure, status, code, words),) = answer.rows
    assert (when, sure, words) == (date(2017, 5, 10), True, hostile)
    assert (status, code) == (
        IRI("https://w3id.org/kg-politics/ns#Denied"),
        IRI("https://w3id.org/kg-politics/plover#ASSAULT"),
    )


def test_a_text_that_names_another_parameters_line_stays_text(store: pyoxigraph.Store) -> None:
    answer = run_query(store, TYPED, params={"when": "2017-05-10", "words": "VALUES ?asked_when { UNDEF }"})
    assert answer.rows[0][0] == date(2017, 5, 10)
    assert answer.rows[0][4] == "VALUES ?asked_when { UNDEF }"


@pytest.mark.parametrize(
    ("params", "place", "problem"),
    [
        ({"when": "10 May 2017"}, "parameter when", "is no date"),
        ({"when": "2017-02-30"}, "parameter when", "is no date"),
        ({"sure": "perhaps"}, "parameter sure", "neither true nor false"),
        ({"status": "true"}, "parameter status", "none of its values"),
        ({"code": "KISS"}, "parameter code", "none of its values"),
        ({"whom": "Peru"}, "query query", "no parameter is called 'whom'"),
        ({"when": ""}, "query query", "the parameter when is missing"),
    ],
)
def test_values_that_do_not_fit(store: pyoxigraph.Store, params: dict[str, str], place: str, problem: str) -> None:
    error = _error(store, TYPED, **params)
    assert isinstance(error, QueryError)
    assert (error.place, problem in error.problem) == (place, True)


def test_a_required_parameter_is_asked_for(store: pyoxigraph.Store) -> None:
    error = _error(store, "claims-about")
    assert (error.place, error.problem) == ("query claims-about", "the parameter actor is missing")
    assert "the actor spoken of" in error.remedy


def test_any_lifts_a_restriction() -> None:
    query = next(q for q in bundled() if q.name == "degree")
    assert "VALUES ?asked_status" not in fill(query, pyoxigraph.Store(), {"status": "any"})
    assert "VALUES ?asked_status { <https://w3id.org/kg-politics/ns#Asserted> }" in fill(query, pyoxigraph.Store(), {})


@pytest.mark.parametrize(
    "text",
    [
        "# param actor actor required\nSELECT * {}",
        "# param actor planet any – where\nSELECT * {}",
        "# param actor actor any – who\nSELECT * {}",
    ],
)
def test_a_broken_header_is_said_so(text: str) -> None:
    with pytest.raises(DataError):
        read_query(text)


# ------------------------------------------------------------------------------------------------------ answers


def test_named_graphs_are_one_graph(store: pyoxigraph.Store) -> None:
    assert run_query(store, "ASK { ?a kg:alliedWith ?b . ?c rdfs:label '=SUM(A1)' }").truth is True
    graph = run_query(store, "CONSTRUCT { ?a kg:alliedWith ?b } WHERE { ?a kg:alliedWith ?b }")
    assert len(graph) == 1


@pytest.mark.parametrize(
    ("term", "value"),
    [
        ('"x"', "x"),
        ('"x"@en', "x"),
        ("7", 7),
        ("1.50", Decimal("1.50")),
        ("1e3", 1000.0),
        ("true", True),
        ('"2017-05-10"^^xsd:date', date(2017, 5, 10)),
        ('"2017-99-10"^^xsd:date', "2017-99-10"),
        ("<http://e/a>", IRI("http://e/a")),
        ("UNDEF", None),
    ],
)
def test_values_have_types(store: pyoxigraph.Store, term: str, value: object) -> None:
    ((found,),) = run_query(store, f"SELECT ?x {{ VALUES ?x {{ {term} }} }}").rows
    assert found == value
    assert type(found) is type(value)


_MIXED = """SELECT ?a ?b { VALUES (?a ?b) {
  ("=1+1" -3)
  ("a\\tb\\"c\\"\\nd, e"@en <http://e/a?x=1>) (UNDEF "2017-05-10"^^xsd:date) ("\\u202EB" true) ("" UNDEF) } }"""


@pytest.mark.parametrize("form", ["json", "tsv"])
def test_json_and_tsv_lose_nothing(store: pyoxigraph.Store, form: str) -> None:
    answer = run_query(store, _MIXED)
    kind = {"json": QueryResultsFormat.JSON, "tsv": QueryResultsFormat.TSV}[form]
    back = pyoxigraph.parse_query_results(answer.serialize(form).encode(), format=kind)
    assert isinstance(back, QuerySolutions)
    assert [variable.value for variable in back.variables] == ["a", "b"]
    assert tuple(tuple(row[i] for i in range(2)) for row in back) == answer.terms


def test_exact_csv_is_the_standards(store: pyoxigraph.Store) -> None:
    theirs = store.query(_MIXED, prefixes={"xsd": "http://www.w3.org/2001/XMLSchema#"})
    assert isinstance(theirs, QuerySolutions)
    written = theirs.serialize(format=QueryResultsFormat.CSV)
    assert written is not None
    rows = list(csv.reader(io.StringIO(written.decode(), newline="")))
    answer = run_query(store, _MIXED)
    assert list(csv.reader(io.StringIO(answer.to_csv(exact=True), newline=""))) == rows


def test_csv_is_safe_in_a_spreadsheet(store: pyoxigraph.Store) -> None:
    rows = list(csv.reader(io.StringIO(run_query(store, _MIXED).to_csv(), newline="")))
    assert rows[1] == ["'=1+1", "-3"]
    assert rows[3] == ["", "2017-05-10"]


def test_one_empty_cell_is_a_row() -> None:
    answer = Answer("select", variables=("x",), terms=((None,), (Literal("a"),)))
    assert list(csv.reader(io.StringIO(answer.to_csv()))) == [["x"], [""], ["a"]]


def test_turtle_is_sorted_and_read_back(store: pyoxigraph.Store) -> None:
    answer = run_query(store, "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }")
    turned = Answer("construct", triples=tuple(reversed(answer.triples)), prefixes=answer.prefixes)
    assert answer.to_turtle() == turned.to_turtle()
    assert {quad.triple for quad in pyoxigraph.parse(answer.to_turtle(), RdfFormat.TURTLE)} == set(answer.triples)
    assert "kg:alliedWith" in answer.to_turtle()


def test_ask(store: pyoxigraph.Store) -> None:
    no = run_query(store, "ASK { ?a kg:owns ?b }")
    assert (bool(no), no.table(), no.header) == (False, (("no",),), ("answer",))
    assert json.loads(no.to_json()) == {"head": {}, "boolean": False}
    assert no.to_csv() == "answer\r\nfalse\r\n"


@pytest.mark.parametrize(
    ("query", "form"),
    [("SELECT * {}", "turtle"), ("CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }", "csv"), ("ASK {}", "tsv"), ("ASK {}", "xml")],
)
def test_forms_that_cannot_hold_it(store: pyoxigraph.Store, query: str, form: str) -> None:
    with pytest.raises(QueryError):
        run_query(store, query).serialize(form)


def test_tables_are_printable(store: pyoxigraph.Store) -> None:
    answer = run_query(store, 'SELECT ?x ?y { VALUES (?x ?y) { ("a\\u001B[2Jb\\nc\\u202Ed" "\\u05D0") } }')
    assert answer.table() == (("a [2Jb c d", "\u05d0"),)
    assert answer.to_text().splitlines()[0] == "x           y"


def test_tables_shorten_iris() -> None:
    terms = ((NamedNode(X + "actor/peru"), NamedNode("https://w3id.org/kg-politics/ns#Asserted"), NamedNode("urn:a")),)
    answer = Answer("select", ("a", "b", "c"), terms, prefixes=(("kg", "https://w3id.org/kg-politics/ns#"),), base=X)
    assert answer.table() == (("actor/peru", "kg:Asserted", "urn:a"),)


def test_notebooks_escape(store: pyoxigraph.Store) -> None:
    html = run_query(store, 'SELECT ("<script>alert(1)</script>" AS ?x) {}')._repr_html_()
    assert "<script" not in html
    assert "&lt;script&gt;" in html
