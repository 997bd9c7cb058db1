"""What a query gives: rows, a graph or a yes, and the forms in which it is written.

>>> from pyoxigraph import Literal, NamedNode
>>> rows = ((NamedNode("http://example.org/a"), Literal(3)), (None, Literal(-1)))
>>> answer = Answer("select", variables=("who", "n"), terms=rows)
>>> answer.rows
((IRI('http://example.org/a'), 3), (None, -1))
>>> print(answer.to_csv().replace("\\r", ""), end="")
who,n
http://example.org/a,3
,-1

`to_json` and `to_tsv` follow the W3C's SPARQL 1.1 result formats to the letter. `to_csv` does too, but for one
thing: a text that a spreadsheet would take for a formula gets an apostrophe before it, since CSV is what people
open in a spreadsheet and the texts come from strangers. Numbers and dates stay as they are; `exact=True` leaves
every text as it is.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from html import escape
from typing import Literal as Choice
from typing import TypeAlias

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, serialize

from kg.errors import QueryError
from kg.graph.printable import printable, unformula

__all__ = ["IRI", "Answer", "Term", "Value"]

Term: TypeAlias = NamedNode | BlankNode | Literal | Triple

_XSD = "http://www.w3.org/2001/XMLSchema#"
_INTEGERS = {_XSD + name for name in ("integer", "int", "long", "short", "nonNegativeInteger", "positiveInteger")}
_SHOWN = 200  # rows in a notebook


class IRI(str):
    """An IRI, which is a `str` and says that it is one."""

    __slots__ = ()

    def __repr__(self) -> str:
        return f"IRI({str(self)!r})"


Value: TypeAlias = IRI | str | int | float | Decimal | bool | date | None


@dataclass(frozen=True, slots=True, repr=False)
class Answer:
    """What a query gives.

    Attributes:
        form: "select" (then `variables` and `terms`), "construct" (then `triples`), "ask" (then `truth`).
        prefixes: for Turtle and for short IRIs in tables.
        base: what is left out of IRIs in tables.
    """

    form: Choice["select", "construct", "ask"]
    variables: tuple[str, ...] = ()
    terms: tuple[tuple[Term | None, ...], ...] = ()
    triples: tuple[Triple, ...] = ()
    truth: bool | None = None
    prefixes: tuple[tuple[str, str], ...] = ()
    base: str = ""

    @property
    def rows(self) -> tuple[tuple[Value, ...], ...]:
        """The rows as Python values: IRI, str, int, Decimal, float, bool, date, None where nothing is bound."""
        return tuple(tuple(_value(term) for term in row) for row in self.terms)

    def __repr__(self) -> str:
        return self.to_text()

    def __len__(self) -> int:
        return len(self.triples) if self.form == "construct" else len(self.terms)

    def __bool__(self) -> bool:
        return self.truth if self.truth is not None else len(self) > 0

    def __iter__(self) -> Iterator[tuple[Value, ...]]:
        return iter(self.rows)

    def table(self) -> tuple[tuple[str, ...], ...]:
        """The rows as short texts for a terminal: no control characters, IRIs without their base."""
        if self.form == "ask":
            return (("yes" if self.truth else "no",),)
        if self.form == "construct":
            return tuple(tuple(self._cell(term) for term in (t.subject, t.predicate, t.object)) for t in self.triples)
        return tuple(tuple(self._cell(term) for term in row) for row in self.terms)

    @property
    def header(self) -> tuple[str, ...]:
        """The names of the columns of `table`."""
        return {"ask": ("answer",), "construct": ("subject", "predicate", "object")}.get(self.form, self.variables)

    def serialize(self, format: str) -> str:  # noqa: A002
        """The answer as "table" (plain text), "csv", "tsv", "json" or "turtle".

        Raises:
            QueryError: this form cannot hold the answer, or there is no such form.
        """
        if format == "table":
            return self.to_text()
        writers = {"csv": self.to_csv, "tsv": self.to_tsv, "json": self.to_json, "turtle": self.to_turtle}
        if format not in writers:
            raise QueryError("format", f"there is no {format!r}", remedy="take table, " + ", ".join(writers))
        return writers[format]()

    def to_text(self) -> str:
        """A table in plain text, its columns aligned."""
        rows = [self.header, *self.table()]
        widths = [max(len(row[i]) for row in rows) for i in range(len(self.header))]
        lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in rows]
        return "".join(line.rstrip() + "\n" for line in lines)

    def to_csv(self, *, exact: bool = False) -> str:
        """SPARQL 1.1 results in CSV; texts guarded against spreadsheets unless `exact`."""
        self._only("CSV", "select", "ask")
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\r\n")
        if self.form == "ask":
            writer.writerows([["answer"], ["true" if self.truth else "false"]])
            return out.getvalue()
        writer.writerow(self.variables)
        for row in self.terms:
            cells = [_text(term) for term in row]
            if not exact:
                cells = [unformula(cell) if _is_text(term) else cell for cell, term in zip(cells, row, strict=True)]
            # one empty cell alone would be an empty line, which readers skip
            out.write('""\r\n') if cells == [""] else writer.writerow(cells)
        return out.getvalue()

    def to_tsv(self) -> str:
        """SPARQL 1.1 results in TSV: each term as N-Triples writes it."""
        self._only("TSV", "select")
        lines = ["\t".join("?" + name for name in self.variables)]
        lines += ["\t".join("" if term is None else _ntriples(term) for term in row) for row in self.terms]
        return "".join(line + "\n" for line in lines)

    def to_json(self) -> str:
        """SPARQL 1.1 results in JSON."""
        self._only("JSON", "select", "ask")
        if self.form == "ask":
            return json.dumps({"head": {}, "boolean": self.truth}) + "\n"
        bindings = [
            {name: _json(term) for name, term in zip(self.variables, row, strict=True) if term is not None}
            for row in self.terms
        ]
        result = {"head": {"vars": list(self.variables)}, "results": {"bindings": bindings}}
        return json.dumps(result, ensure_ascii=False, indent=1) + "\n"

    def to_turtle(self) -> str:
        """The graph in Turtle, in a fixed order."""
        self._only("Turtle", "construct")
        ordered = sorted(set(self.triples), key=str)
        data = serialize(ordered, format=RdfFormat.TURTLE, prefixes=dict(self.prefixes))
        return data.decode() if data is not None else ""

    def _repr_html_(self) -> str:
        """A table for notebooks."""
        cells = self.table()
        head = "".join(f"<th>{escape(name)}</th>" for name in self.header)
        body = "".join(
            "<tr>" + "".join(f"<td style='text-align:left'>{escape(cell)}</td>" for cell in row) + "</tr>"
            for row in cells[:_SHOWN]
        )
        more = f"<p>{len(cells) - _SHOWN} more rows</p>" if len(cells) > _SHOWN else ""
        return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{more}"

    def _only(self, written: str, *forms: str) -> None:
        if self.form not in forms:
            kind = {"select": "rows", "construct": "a graph", "ask": "yes or no"}[self.form]
            fit = "take Turtle" if self.form == "construct" else "take CSV, TSV or JSON"
            raise QueryError("query", f"{written} cannot hold {kind}", remedy=fit)

    def _cell(self, term: Term | None) -> str:
        if not isinstance(term, NamedNode):
            return printable(_text(term))
        iri = term.value
        if self.base and iri.startswith(self.base):
            return printable(iri.removeprefix(self.base))
        for prefix, namespace in self.prefixes:
            if iri.startswith(namespace) and len(iri) > len(namespace):
                return printable(f"{prefix}:{iri.removeprefix(namespace)}")
        return printable(iri)


def _value(term: Term | None) -> Value:
    if term is None:
        return None
    if isinstance(term, NamedNode):
        return IRI(term.value)
    if not isinstance(term, Literal):
        return str(term)
    kind = term.datatype.value
    try:
        if kind in _INTEGERS:
            return int(term.value)
        if kind == _XSD + "decimal":
            return Decimal(term.value)
        if kind in (_XSD + "double", _XSD + "float"):
            return float(term.value)
        if kind == _XSD + "date":
            return date.fromisoformat(term.value)
    except (ValueError, InvalidOperation):  # "2017-13-45"^^xsd:date is legal RDF
        return term.value
    if kind == _XSD + "boolean" and term.value in ("true", "1", "false", "0"):
        return term.value in ("true", "1")
    return term.value


def _text(term: Term | None) -> str:
    if term is None:
        return ""
    if isinstance(term, NamedNode | Literal):
        return term.value
    return str(term)


def _is_text(term: Term | None) -> bool:
    return isinstance(term, Literal) and (
        term.language is not None or term.datatype.value == _XSD + "string" or isinstance(_value(term), str)
    )


def _ntriples(term: Term) -> str:
    return str(term).replace("\t", "\\t")


def _json(term: Term) -> dict[str, object]:
    if isinstance(term, NamedNode):
        return {"type": "uri", "value": term.value}
    if isinstance(term, BlankNode):
        return {"type": "bnode", "value": term.value}
    if isinstance(term, Literal):
        found: dict[str, object] = {"type": "literal", "value": term.value}
        if term.language is not None:
            found["xml:lang"] = term.language
        elif term.datatype.value != _XSD + "string":
            found["datatype"] = term.datatype.value
        return found
    parts = {"subject": term.subject, "predicate": term.predicate, "object": term.object}
    return {"type": "triple", "value": {name: _json(part) for name, part in parts.items()}}
