"""RDF/XML, for programs that read nothing else.

>>> lines = ['<https://example.org/a> <http://www.w3.org/2000/01/rdf-schema#label> "Oslo & Rome" .']
>>> print("".join(rdfxml_parts(lines)).splitlines()[-3])
<rdfs:label>Oslo &amp; Rome</rdfs:label>

XML has no room for control characters: each is written as U+FFFD, so that offsets stay what they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from xml.sax.saxutils import escape, quoteattr

from kg.graph.nquads import plain_text
from kg.graph.vocabulary import PREFIXES

__all__ = ["rdfxml_parts", "xml_text"]

_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_NAME = re.compile(r"<(.*[/#])([A-Za-z_][\w.-]*)>")
_LITERAL = re.compile(r'"(.*)"(?:\^\^<([^>]*)>)?', re.DOTALL)


def rdfxml_parts(lines: Iterable[str]) -> Iterator[str]:
    """The document, part by part; the triples of a subject must stand together."""
    spaces = "".join(f"\n    xmlns:{prefix}={quoteattr(iri)}" for prefix, iri in PREFIXES.items())
    yield f'<?xml version="1.0" encoding="UTF-8"?>\n<rdf:RDF{spaces}>\n'
    prefix_of = {iri: prefix for prefix, iri in PREFIXES.items()}
    subject = ""
    for line in lines:
        this, predicate, object_ = line[:-2].split(" ", 2)
        if this != subject:
            if subject:
                yield "</rdf:Description>\n"
            yield f"<rdf:Description rdf:about={quoteattr(this[1:-1])}>\n"
            subject = this
        yield _element(predicate, object_, prefix_of)
    if subject:
        yield "</rdf:Description>\n"
    yield "</rdf:RDF>\n"


def xml_text(text: str) -> str:
    """The text without what XML cannot hold."""
    return _NOT_XML.sub("\ufffd", text)


def _element(predicate: str, object_: str, prefix_of: dict[str, str]) -> str:
    found = _NAME.fullmatch(predicate)
    if found is None:
        raise ValueError(f"{predicate} cannot be the name of an XML element")
    name = f"{prefix_of[found[1]]}:{found[2]}"
    if object_[0] == "<":
        return f"<{name} rdf:resource={quoteattr(object_[1:-1])}/>\n"
    literal = _LITERAL.fullmatch(object_)
    if literal is None:
        raise ValueError(f"{object_} is neither an IRI nor a literal")
    type_ = f" rdf:datatype={quoteattr(literal[2])}" if literal[2] else ""
    text = escape(xml_text(plain_text(literal[1])), {"\r": "&#13;"})
    return f"<{name}{type_}>{text}</{name}>\n"
