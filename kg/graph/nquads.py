"""Lines of N-Quads, the form in which graphs are written.

>>> graph = Lines("https://example.org/doc/oslo")
>>> graph.add("<https://example.org/doc/oslo>", "<http://purl.org/dc/terms/title>", string_token("Oslo"))
>>> graph.lines
['<https://example.org/doc/oslo> <http://purl.org/dc/terms/title> "Oslo" <https://example.org/doc/oslo> .\\n']

Text is made and read, not terms: it is four times as fast, passes between processes, and the store loads it while the
next document is parsed. `parsed` reads what `Lines` wrote, and no other N-Quads.

>>> parsed("".join(graph.lines))
{'<https://example.org/doc/oslo>': {'<http://purl.org/dc/terms/title>': ['Oslo']}}
"""

from __future__ import annotations

import re
from datetime import date

from kg.graph.vocabulary import KG, PLOVER, PREFIXES, RDF
from kg.model import Period, Plover

__all__ = [
    "TRUE",
    "TYPE",
    "Lines",
    "Nodes",
    "day_token",
    "integer_token",
    "parsed",
    "plain_text",
    "plover_token",
    "string_token",
    "triples",
    "uri_token",
]

_XSD = PREFIXES["xsd"]
TRUE = f'"true"^^<{_XSD}boolean>'
TYPE = RDF.token.type
Nodes = dict[str, dict[str, list[str]]]
# What N-Triples forbids in a string, and what some readers take for an end of line.
_SPECIAL = re.compile(r'["\\\x00-\x1f\x7f-\x9f\u2028\u2029]')
_SHORT = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_ESCAPE = re.compile(r"\\(?:u(....)|(.))")
_LONG = {"n": "\n", "r": "\r", "t": "\t"}


class Lines:
    """Lines of N-Quads of one named graph."""

    def __init__(self, iri: str) -> None:
        self.lines: list[str] = []
        self._end = f" <{iri}> .\n"

    def add(self, subject: str, predicate: str, object_: str) -> None:
        self.lines.append(f"{subject} {predicate} {object_}{self._end}")

    def period(self, subject: str, period: Period | None, earliest: str, latest: str) -> None:
        if period is not None:
            self.add(subject, earliest, day_token(period.start))
            self.add(subject, latest, day_token(period.end))

    def confidence(self, subject: str, value: float) -> None:
        self.add(subject, KG.token.confidence, f'"{float(value)!r}"^^<{_XSD}double>')


def plover_token(plover: Plover) -> str:
    token: str = getattr(PLOVER.token, plover)
    return token


def day_token(day: date) -> str:
    return f'"{day.isoformat()}"^^<{_XSD}date>'


def integer_token(number: int) -> str:
    return f'"{number}"^^<{_XSD}integer>'


def string_token(text: str) -> str:
    return f'"{_SPECIAL.sub(_escaped, text)}"' if _SPECIAL.search(text) else f'"{text}"'


def uri_token(text: str) -> str:
    """An address as it was given, which need not be a valid IRI."""
    return f"{string_token(text)}^^<{_XSD}anyURI>"


def triples(lines: str) -> list[str]:
    """The lines of one graph as N-Triples: without its name, without line ends."""
    if not lines:
        return []
    name = len(lines) - 1 - lines.rindex(" <")
    return [line[:-name] + " ." for line in lines.split("\n")[:-1]]


def parsed(lines: str) -> Nodes:
    """subject → predicate → objects, of the lines of one graph: IRIs as they stand, literals as their text."""
    nodes: Nodes = {}
    if not lines:
        return nodes
    end = lines.rindex(" <") - len(lines) + 1  # each line ends in the same name and full stop
    last, node = "", {}
    for line in lines.split("\n")[:-1]:
        subject, predicate, object_ = line[:end].split(" ", 2)
        if subject != last:
            last, node = subject, nodes.setdefault(subject, {})
        if object_[0] == '"':
            object_ = plain_text(object_[1 : object_.rindex('"')])
        if predicate in node:
            node[predicate].append(object_)
        else:
            node[predicate] = [object_]
    return nodes


def plain_text(content: str) -> str:
    """What stands between the quotes of a literal, without escapes."""
    return _ESCAPE.sub(_plain, content) if "\\" in content else content


def _escaped(match: re.Match[str]) -> str:
    return _SHORT.get(match[0]) or f"\\u{ord(match[0]):04X}"


def _plain(match: re.Match[str]) -> str:
    return chr(int(match[1], 16)) if match[1] else _LONG.get(match[2], match[2])
