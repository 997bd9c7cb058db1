"""Questions to the graph: SPARQL 1.1, in your own words or one of the bundled queries by name.

>>> import pyoxigraph
>>> store = pyoxigraph.Store()
>>> store.load(
...     b'''<http://x/actor/nato> <http://www.w3.org/2000/01/rdf-schema#label> "NATO" <http://x/g> .''',
...     pyoxigraph.RdfFormat.N_QUADS,
... )
>>> run_query(store, "SELECT ?name WHERE { ?actor rdfs:label ?name }").rows
(('NATO',),)
>>> [query.name for query in bundled()][:3]
['anonymous', 'between', 'claimed']

Queries see all named graphs together. They only read: an update and a SERVICE clause (which would send the query
to another machine) are refused. The prefixes of `PREFIXES` need no declaration.

**Parameters.** A query may declare parameters in comments at its top, one a line, and have a VALUES line for each:

    # title Who met whom, and when
    # answers Meetings, a row for each two parties.
    # param actor actor any – one of the parties
    VALUES ?asked_actor { UNDEF }

(`# param NAME TYPE DEFAULT – what it is`; DEFAULT is `required`, `any` or a value). The file runs as it stands in any
SPARQL 1.1 engine. Here a value is read by its type, turned into an RDF term, and only that term replaces what is
between the braces; text that a user gives never becomes part of the query. An actor or event may be given by label,
alias, id or IRI.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Protocol, get_args

import pyoxigraph
from pyoxigraph import Literal, NamedNode

from kg.errors import DataError, NameNotFoundError, QueryError
from kg.graph.answer import Answer
from kg.graph.names import Name, nearest, resolve
from kg.graph.vocabulary import DEFAULT_BASE, PREFIXES
from kg.model import Plover, Status

__all__ = ["BundledQuery", "Param", "bundled", "fill", "read_query", "run_query"]

_LABEL = NamedNode(PREFIXES["rdfs"] + "label")
_ALIAS = NamedNode(PREFIXES["skos"] + "altLabel")
_HEADER = re.compile(r"#\s*(title|answers|param)\s+(.+)")
_PARAM = re.compile(r"([a-z_]+) ([a-z]+) (\S+) – (.+)")
_SPACE = r"(?:\s|#[^\n\r]*[\n\r])*"
_SERVICE = re.compile(
    rf"([?$:][\w-]*)?SERVICE{_SPACE}(?:SILENT{_SPACE})?(?:<[^<>\s]*>|[?$]\w+|[\w.-]*:[^\s{{]*){_SPACE}\{{", re.I
)
_PROLOGUE = rf"(?:\s|#[^\n\r]*[\n\r]|PREFIX{_SPACE}[^\s:]*:{_SPACE}<[^<>]*>|BASE{_SPACE}<[^<>]*>)*"
_UPDATE = re.compile(_PROLOGUE + r"(INSERT|DELETE|LOAD|CLEAR|CREATE|DROP|COPY|MOVE|ADD|WITH)\b", re.I)
_PLACE = re.compile(r"error at (\d+):(\d+): expected (.*)", re.DOTALL)
_PREFIXED = re.compile(r"(?<![\w?$<:/@^\"'#-])([A-Za-z][\w-]*):(?=\w)")
_DECLARED = re.compile(r"PREFIX\s+([^\s:]*):", re.I)
_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_VALUES = re.compile(r"VALUES \?asked_([a-z_]+) \{[^{}]*\}")
_NAME = re.compile(r"[\w.-]+")


class HasQuads(Protocol):
    """A store that keeps its quads in Oxigraph, such as `kg.graph.store.Store`."""

    @property
    def quads(self) -> pyoxigraph.Store: ...


@dataclass(frozen=True, slots=True)
class Param:
    """A parameter of a query. `default` is "required", "any" (no restriction) or a value."""

    name: str
    type: str
    default: str
    what: str


@dataclass(frozen=True, slots=True)
class BundledQuery:
    """A query with its header read: `name` is what it is called by, `text` the SPARQL as it stands in the file."""

    name: str
    title: str
    answers: str
    params: tuple[Param, ...]
    text: str


@cache
def bundled() -> tuple[BundledQuery, ...]:
    """The queries that come with kg, by name.

    Raises:
        DataError: a file has no title, or a line of its header is not as it should be.
    """
    files = sorted((Path(__file__).parent / "queries").glob("*.rq"))
    return tuple(read_query(file.read_text(encoding="utf-8"), name=file.stem) for file in files)


def read_query(text: str, *, name: str = "query") -> BundledQuery:
    """The header of a query's text; a text without one has no title and no parameters.

    Raises:
        DataError: a `# param` line is not `NAME TYPE DEFAULT – what`, or has no VALUES line in the query.
    """
    found: dict[str, str] = {}
    params: list[Param] = []
    for line in text.splitlines():
        if not line.startswith("#"):
            break
        match = _HEADER.fullmatch(line.strip())
        if match is None:
            continue
        key, value = match.groups()
        if key != "param":
            found[key] = value
            continue
        parts = _PARAM.fullmatch(value)
        if parts is None or parts[2] not in _TERMS:
            raise DataError(f"query {name}", f"cannot read {line!r}", remedy="write # param NAME TYPE DEFAULT – what")
        param = Param(*parts.groups())
        if _VALUES.findall(text).count(param.name) != 1:
            raise DataError(f"query {name}", f"not one VALUES line for {param.name}", remedy=f"?asked_{param.name}")
        params.append(param)
    return BundledQuery(name, found.get("title", ""), found.get("answers", ""), tuple(params), text)


def run_query(
    store: pyoxigraph.Store | HasQuads,
    query: str,
    *,
    params: Mapping[str, str | bool | date] | None = None,
    base: str = DEFAULT_BASE,
) -> Answer:
    """Ask the graph.

    Args:
        query: SPARQL, or the name of a bundled query.
        params: values of the parameters that the query declares.
        base: what tables leave out of IRIs.

    Raises:
        QueryError: the text is not SPARQL (with line and column), it would write or reach out to another machine,
            it fails while it runs, or a parameter is missing, unknown or not of its type.
        NameNotFoundError: no bundled query, no actor or no event is called so; the remedy gives the nearest.
    """
    oxigraph = store if isinstance(store, pyoxigraph.Store) else store.quads
    asked = _find(query)
    text = fill(asked, oxigraph, params or {})
    _refuse_service(asked.text)
    prefixes = tuple(PREFIXES.items())
    try:
        result = oxigraph.query(text, prefixes=dict(PREFIXES), use_default_graph_as_union=True)
        if isinstance(result, pyoxigraph.QueryBoolean):
            return Answer("ask", truth=bool(result), prefixes=prefixes, base=base)
        if isinstance(result, pyoxigraph.QueryTriples):
            triples = tuple(dict.fromkeys(result))
            return Answer("construct", triples=triples, prefixes=prefixes, base=base)
        names = tuple(variable.value for variable in result.variables)
        rows = tuple(tuple(solution[i] for i in range(len(names))) for solution in result)
    except SyntaxError as error:
        raise _syntax_error(str(error), text, asked.name) from error
    except (RuntimeError, OSError, ValueError) as error:
        raise QueryError(f"query {asked.name}".strip(), f"it fails while it runs: {error}") from error
    return Answer("select", variables=names, terms=rows, prefixes=prefixes, base=base)


def fill(query: BundledQuery, store: pyoxigraph.Store | HasQuads, params: Mapping[str, str | bool | date]) -> str:
    """The query's text with its parameters' values in the VALUES lines, each written as an RDF term.

    Raises:
        QueryError: a parameter is missing, unknown or not of its type.
        NameNotFoundError: no actor or event is called so.
    """
    known = {param.name for param in query.params}
    for name in params:
        if name not in known:
            near = "it has " + ", ".join(sorted(known)) if known else "it has none"
            raise QueryError(f"query {query.name}", f"no parameter is called {name!r}", remedy=near)
    oxigraph = store if isinstance(store, pyoxigraph.Store) else store.quads
    lines: dict[str, str] = {}
    for param in query.params:
        given = params.get(param.name, param.default)
        value = given.isoformat() if isinstance(given, date) else str(given)
        if (value == "required" and param.name not in params) or not value.strip():
            remedy = f"give {param.name}=…: {param.what}"
            raise QueryError(f"query {query.name}", f"the parameter {param.name} is missing", remedy=remedy)
        lines[param.name] = ""
        if value != "any" or param.default == "required":
            term = _TERMS[param.type](value, param.name, oxigraph)
            lines[param.name] = f"VALUES ?asked_{param.name} {{ {term} }}"
    # in one pass, so that no value is taken for a line of the query
    return _VALUES.sub(lambda line: lines.get(line[1], line[0]), query.text)


def _find(query: str) -> BundledQuery:
    if _NAME.fullmatch(query.strip()) is None:
        return read_query(query)
    name = query.strip().removesuffix(".rq")
    by_name = {known.name: known for known in bundled()}
    if name not in by_name:
        near = nearest(name, sorted(by_name))
        remedy = f"nearest: {', '.join(near)}" if near else "see the list: kg queries"
        raise NameNotFoundError(query.strip(), "no bundled query is called so", remedy=remedy)
    return by_name[name]


# ----------------------------------------------------------------------------------------- values to terms


def _node(value: str, kinds: tuple[str, ...], what: str, store: pyoxigraph.Store) -> NamedNode:
    return NamedNode(resolve(value, _names(store, kinds), what=what))


def _names(store: pyoxigraph.Store, kinds: tuple[str, ...]) -> Iterator[Name]:
    """What the nodes of these kinds are called in the store."""
    labels: dict[str, str] = {}
    aliases: dict[str, list[str]] = {}
    for quad in store.quads_for_pattern(None, _LABEL, None):
        if isinstance(quad.subject, NamedNode) and any(kind in quad.subject.value for kind in kinds):
            labels[quad.subject.value] = _lexical(quad.object)
    for quad in store.quads_for_pattern(None, _ALIAS, None):
        if isinstance(quad.subject, NamedNode) and quad.subject.value in labels:
            aliases.setdefault(quad.subject.value, []).append(_lexical(quad.object))
    for iri in sorted(labels):
        yield Name(iri, labels[iri], tuple(sorted(aliases.get(iri, ()))))


def _lexical(term: object) -> str:
    return term.value if isinstance(term, Literal) else str(term)


def _actor(value: str, _name: str, store: pyoxigraph.Store) -> NamedNode:
    return _node(value, ("/actor/",), "actor", store)


def _event(value: str, _name: str, store: pyoxigraph.Store) -> NamedNode:
    return _node(value, ("/event/", "/relation/"), "event or relation", store)


def _date(value: str, name: str, _store: pyoxigraph.Store) -> Literal:
    try:
        return Literal(date.fromisoformat(value.strip()).isoformat(), datatype=NamedNode(PREFIXES["xsd"] + "date"))
    except ValueError as error:
        raise QueryError(f"parameter {name}", f"{value!r} is no date", remedy="write it as 2017-05-10") from error


def _boolean(value: str, name: str, _store: pyoxigraph.Store) -> Literal:
    truth = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}.get(value.strip().lower())
    if truth is None:
        raise QueryError(f"parameter {name}", f"{value!r} is neither true nor false", remedy="write true or false")
    return Literal(truth)


def _status(value: str, name: str, _store: pyoxigraph.Store) -> NamedNode:
    return NamedNode(PREFIXES["kg"] + _one_of(value.strip().lower(), get_args(Status), name).capitalize())


def _plover(value: str, name: str, _store: pyoxigraph.Store) -> NamedNode:
    return NamedNode(PREFIXES["plover"] + _one_of(value.strip().upper(), get_args(Plover), name))


def _one_of(value: str, choices: tuple[str, ...], name: str) -> str:
    if value not in choices:
        raise QueryError(f"parameter {name}", f"{value!r} is none of its values", remedy="take " + ", ".join(choices))
    return value


def _words(value: str, _name: str, _store: pyoxigraph.Store) -> Literal:
    return Literal(value)


_TERMS: Mapping[str, Callable[[str, str, pyoxigraph.Store], NamedNode | Literal]] = {
    "actor": _actor,
    "event": _event,
    "date": _date,
    "boolean": _boolean,
    "status": _status,
    "plover": _plover,
    "text": _words,
}


# ---------------------------------------------------------------------------------------------- what is refused


def _refuse_service(text: str) -> None:
    """Refuse whatever may be a SERVICE clause, by its shape and wherever it stands.

    Which characters are a string or a comment depends on the grammar (`<` opens an IRI or compares), so skipping
    strings could be tricked; the shape `SERVICE <…> {` inside a string is refused along with the real ones.
    """
    plain = _ESCAPE.sub(lambda m: chr(min(int(m[1] or m[2], 16), 0x10FFFF)), text)
    for version in (text, plain, _VALUES.sub("", text), _VALUES.sub("", plain)):
        for match in _SERVICE.finditer(version):
            if match[1] is None:
                line = version.count("\n", 0, match.start()) + 1
                raise QueryError(
                    f"query, line {line}",
                    "SERVICE would send the query to another machine",
                    remedy="ask this graph alone; export it to join it with others",
                )


def _syntax_error(message: str, text: str, name: str) -> QueryError:
    where = f"query {name}" if name != "query" else "query"
    if match := _UPDATE.match(text):
        problem = f"{match[1].upper()} would change the graph, and queries only read it"
        return QueryError(
            where, problem, remedy="use SELECT, ASK, CONSTRUCT or DESCRIBE; kg build and kg remove change it"
        )
    place = _PLACE.match(message)
    if place is None:
        return QueryError(where, f"not valid SPARQL: {message}")
    line, column = int(place[1]), int(place[2])
    lines = text.splitlines() or [""]
    rest = lines[line - 1][column - 1 :].strip() if line <= len(lines) else ""
    before = lines[min(line, len(lines)) - 1].strip()
    problem = f"not valid SPARQL near {rest[:40]!r}" if rest else f"not valid SPARQL after {before[-40:]!r}"
    declared = set(_DECLARED.findall(text)) | set(PREFIXES)
    unknown = [prefix for prefix in dict.fromkeys(_PREFIXED.findall(text)) if prefix not in declared]
    if unknown:
        remedy = f"declare the prefix {unknown[0]}: with PREFIX {unknown[0]}: <…>"
    else:
        remedy = "expected " + _expected(place[3])
    return QueryError(f"{where}, line {line}, column {column}", problem, remedy=remedy)


def _expected(tokens: str) -> str:
    """The first few tokens that would have been right, without character classes."""
    listed = [t.strip() for t in tokens.removeprefix("one of ").split(", ")]
    clear = [t for t in listed if t and "[" not in t and "\\u" not in t and "'" not in t][:8]
    return ", ".join(clear) if clear else "something else"
