"""Each bundled query on the small graph, written by the real writer: the rows expected, in two SPARQL engines."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import pyoxigraph
import pytest
import rdflib
from rdflib.plugins.sparql.processor import SPARQLResult

from kg.graph.answer import Answer
from kg.graph.derived_graph import derived_quads
from kg.graph.document_graph import document_quads
from kg.graph.query import BundledQuery, bundled, fill, run_query
from kg.graph.vocabulary import DEFAULT_BASE
from kg.model import Extraction, Facts

Params = dict[str, str | bool]
Rows = tuple[tuple[str, ...], ...]

# a line each: the query, its parameters, and the rows as Answer.table gives them
_FILE = Path(__file__).parent.parent / "cases" / "queries.jsonl"


def _read(line: str) -> tuple[str, Params, Rows]:
    case = json.loads(line)
    return case["query"], case["params"], tuple(tuple(row) for row in case["rows"])


CASES = [_read(line) for line in _FILE.read_text(encoding="utf-8").splitlines()]


def _store(facts: Facts, extractions: tuple[Extraction, ...]) -> pyoxigraph.Store:
    store = pyoxigraph.Store()
    for extraction in extractions:
        store.extend(document_quads(extraction, base=DEFAULT_BASE))
    store.extend(derived_quads(facts, base=DEFAULT_BASE))
    return store


@pytest.fixture(scope="module")
def store(small_facts: Facts, small_extractions: tuple[Extraction, ...]) -> pyoxigraph.Store:
    return _store(small_facts, small_extractions)


@pytest.fixture(scope="module")
def union(store: pyoxigraph.Store) -> rdflib.Graph:
    """All named graphs as one, in rdflib."""
    lines = sorted({f"{quad.triple} ." for quad in store})
    return rdflib.Graph().parse(data="\n".join(lines), format="nt")


@pytest.mark.parametrize(("name", "params", "rows"), CASES)
def test_rows(store: pyoxigraph.Store, name: str, params: Params, rows: Rows) -> None:
    answer = run_query(store, name, params=params)
    found = tuple(sorted(answer.table())) if answer.form == "construct" else answer.table()
    assert found == rows


@pytest.mark.parametrize(("name", "params", "rows"), CASES)
def test_another_engine_gives_the_same(
    store: pyoxigraph.Store, union: rdflib.Graph, name: str, params: Params, rows: Rows
) -> None:
    query = next(q for q in bundled() if q.name == name)
    answer, other = run_query(store, name, params=params), union.query(fill(query, store, params))
    if other.type == "CONSTRUCT":
        assert other.graph is not None
        assert {tuple(str(t) for t in triple) for triple in other.graph} == {
            tuple(_lexical(term) for term in (t.subject, t.predicate, t.object)) for t in answer.triples
        }
    else:
        assert _lexical_rows(other) == [tuple(_lexical(term) for term in row) for row in answer.terms]


def test_every_query_has_a_case() -> None:
    assert {query.name for query in bundled()} == {name for name, _, _ in CASES}
    assert len(bundled()) >= 18


@pytest.mark.parametrize("query", bundled(), ids=lambda query: query.name)
def test_header_and_text_agree(query: BundledQuery) -> None:
    assert query.title and query.answers.endswith(".")
    assert re.findall(r"\?asked_([a-z]+) \{", query.text) == [param.name for param in query.params]
    for param in query.params:
        (default,) = re.findall(rf"VALUES \?asked_{param.name} \{{ (\S+) \}}", query.text)
        written = {"any": "UNDEF", "required": "UNDEF", "asserted": "kg:Asserted", "false": "false"}
        assert default == written[param.default]


@pytest.mark.parametrize("query", bundled(), ids=lambda query: query.name)
def test_required_patterns_come_before_optional_ones(query: BundledQuery) -> None:
    """After an OPTIONAL, engines join what is required as a group of its own: two labels become all pairs of labels."""
    _, _, after = query.text.partition("\n  OPTIONAL")
    assert not re.findall(r"^  \?\w+ .*", after, re.M)


@pytest.mark.parametrize("query", bundled(), ids=lambda query: query.name)
def test_the_file_runs_as_it_stands(store: pyoxigraph.Store, query: BundledQuery) -> None:
    """Anybody can paste the file into any SPARQL engine: prefixes declared, parameters open."""
    result = store.query(query.text, use_default_graph_as_union=True)
    optional = all(param.default != "required" for param in query.params)
    if optional and isinstance(result, pyoxigraph.QuerySolutions):
        assert len(list(result)) == len(run_query(store, query.name))


def test_the_answer_does_not_depend_on_the_order_of_writing(
    small_facts: Facts, small_extractions: tuple[Extraction, ...], store: pyoxigraph.Store
) -> None:
    turned = _store(small_facts, tuple(reversed(small_extractions)))
    for query in bundled():
        if all(param.default != "required" for param in query.params):
            assert run_query(turned, query.name).terms == run_query(store, query.name).terms


def test_a_source_without_a_node_is_quoted_in_the_words_of_the_text(
    small_facts: Facts, small_extractions: tuple[Extraction, ...]
) -> None:
    answer = run_query(_without_holder(small_facts, small_extractions), "claimed")
    assert [row[1] for row in answer.table()] == ["analysts", "two European officials"]
    answer = run_query(_without_holder(small_facts, small_extractions), "anonymous")
    assert [row[2] for row in answer.table()] == ["analysts", "two European officials"]


def test_sentences_may_be_missing(store: pyoxigraph.Store, small_facts: Facts) -> None:
    """Another tool's graph may keep offsets and no words."""
    bare = pyoxigraph.Store()
    bare.extend(quad for quad in store if not quad.predicate.value.endswith(("#anchorOf", "#isString")))
    assert [row[-2] for row in run_query(bare, "claimed").table()] == ["", ""]


def _without_holder(facts: Facts, extractions: tuple[Extraction, ...]) -> pyoxigraph.Store:
    """The store of the same facts, where nobody is known to stand behind "two European officials"."""
    promise = next(event for event in facts.events if event.type == "Promise")
    nameless = replace(promise, reports=tuple(replace(report, holder=None) for report in promise.reports))
    events = tuple(nameless if event is promise else event for event in facts.events)
    return _store(replace(facts, events=events), extractions)


def _lexical_rows(result: rdflib.query.Result) -> list[tuple[str | None, ...]]:
    assert isinstance(result, SPARQLResult)
    return [tuple(None if term is None else str(term) for term in row) for row in result]  # type: ignore[union-attr]


def _lexical(term: object) -> str | None:
    if term is None:
        return None
    assert isinstance(term, pyoxigraph.NamedNode | pyoxigraph.Literal)
    return term.value


def test_answers_are_answers(store: pyoxigraph.Store) -> None:
    answer = run_query(store, "degree")
    assert isinstance(answer, Answer)
    assert answer.rows[0][:5] == ("Sauli Niinisto", "Person", 1, 1, 2)
