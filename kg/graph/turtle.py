"""Turtle and TriG for people: prefixes, one block a node, its type and label first, the same bytes every time.

>>> lines = [
...     '<https://example.org/actor/oslo> <http://www.w3.org/2000/01/rdf-schema#label> "Oslo" .',
...     '<https://example.org/actor/oslo> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://schema.org/City> .',
... ]
>>> print("".join(turtle_blocks(lines, Names("https://example.org/"))), end="")
actor:oslo a <http://schema.org/City> ;
    rdfs:label "Oslo" .
<BLANKLINE>

Lines of N-Triples go in, of the kind that `kg.graph.nquads` writes. (A general serializer gives prefixes in an order
that changes from run to run, and takes four times as long.)
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from kg.graph.nquads import TYPE
from kg.graph.vocabulary import PREFIXES, RDFS, prefixes

__all__ = ["Names", "header", "turtle_blocks"]

_FIRST = (TYPE, RDFS.token.label)
_LOCAL = re.compile(r"[A-Za-z_](?:[\w.-]*[\w-])?|\d(?:[\w.-]*[\w-])?", re.ASCII)
_BARE = {PREFIXES["xsd"] + "integer", PREFIXES["xsd"] + "boolean"}


class Names:
    """How terms are written: with a prefix, relative to the base, or in full."""

    def __init__(self, base: str) -> None:
        self._base = f"<{base}"
        self._after = len(base) + 1
        self._spaces = tuple((f"<{iri}", prefix) for prefix, iri in prefixes(base).items())
        self._known: dict[str, str] = {TYPE: "a"}

    def __getitem__(self, token: str) -> str:
        if token[0] == '"':
            return self._literal(token)
        if token.startswith(self._base) and token.startswith("doc/", self._after):
            return "<" + token[self._after :]
        name = self._known.get(token)
        if name is None:
            name = self._known[token] = self._prefixed(token)
        return name

    def _prefixed(self, token: str) -> str:
        for space, prefix in self._spaces:
            if token.startswith(space) and _LOCAL.fullmatch(token, len(space), len(token) - 1):
                return f"{prefix}:{token[len(space) : -1]}"
        return "<" + token[self._after :] if token.startswith(self._base) and token != self._base + ">" else token

    def _literal(self, token: str) -> str:
        if token[-1] == '"':
            return token
        end = token.rindex('"')
        type_ = token[end + 4 : -1]
        if type_ in _BARE:
            return token[1:end]
        return f"{token[: end + 1]}^^{self['<' + type_ + '>']}"


def header(base: str) -> str:
    """The base and the prefixes."""
    lines = [f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in prefixes(base).items()]
    return f"@base <{base}> .\n{''.join(lines)}\n"


def turtle_blocks(lines: Iterable[str], names: Names, *, indent: str = "") -> Iterator[str]:
    """A block of text for each subject, in the order of the lines, whose triples must stand together by subject."""
    subject = ""
    node: dict[str, list[str]] = {}
    for line in lines:
        this, predicate, object_ = line[:-2].split(" ", 2)
        if this != subject:
            if subject:
                yield _block(subject, node, names, indent)
            subject, node = this, {}
        node.setdefault(predicate, []).append(object_)
    if subject:
        yield _block(subject, node, names, indent)


def _block(subject: str, node: dict[str, list[str]], names: Names, indent: str) -> str:
    parts = []
    for predicate in (*(p for p in _FIRST if p in node), *(p for p in node if p not in _FIRST)):
        objects = node[predicate]
        if len(objects) == 1:
            parts.append(f"{names[predicate]} {names[objects[0]]}")
        else:
            parts.append(f"{names[predicate]} {', '.join([names[o] for o in objects])}")
    return f"{indent}{names[subject]} " + f" ;\n{indent}    ".join(parts) + " .\n\n"
