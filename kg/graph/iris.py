"""IRIs of documents and of what stands in them: readable, and valid whatever a document is called.

>>> document_iri("news/2017 05.txt", "https://example.org/")
'https://example.org/doc/news/2017%2005.txt'
>>> document_iri("../#?", "https://example.org/")
'https://example.org/doc/%2E%2E/%23%3F'
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from hashlib import sha256
from itertools import groupby
from urllib.parse import quote

from pyoxigraph import NamedNode

from kg.errors import StoreError
from kg.model import Mention, Report

__all__ = ["argument_fragment", "checked_base", "derived_iri", "document_iri", "mention_fragments", "mention_order"]

_LONGEST = 400  # characters of an encoded document id; a longer one ends in a hash


def document_iri(id_: str, base: str) -> str:
    """The IRI of a document. Two ids never have the same one."""
    tail = "/".join(part.replace(".", "%2E") if part in (".", "..") else part for part in quote(id_).split("/"))
    if len(tail) > _LONGEST:
        whole = re.sub("%.?$", "", tail[:_LONGEST])  # no escape is cut in two
        tail = f"{whole}~{sha256(id_.encode()).hexdigest()[:16]}"
    return f"{base}doc/{tail}"


def derived_iri(base: str) -> str:
    """The name of the graph of all that linking made."""
    return base + "graph/derived"


def checked_base(base: str) -> str:
    """The base as it was given.

    Raises:
        StoreError: it is no absolute IRI that ends in a slash.
    """
    remedy = "give one such as https://example.org/id/"
    if not re.fullmatch(r"[A-Za-z][A-Za-z0-9+.-]*://[^?#]*/", base) or re.search(r"/\.\.?/", base):
        raise StoreError(base or "(nothing)", "the base must be an absolute IRI that ends in a slash", remedy=remedy)
    try:
        NamedNode(base)
    except ValueError as error:
        raise StoreError(base, f"the base is not a valid IRI: {error}", remedy=remedy) from error
    return base


def mention_order(mention: Mention) -> tuple[str, int, int, str, str, str]:
    """Mentions of one document as they stand in the text."""
    return (mention.doc, mention.start, mention.end, mention.form, mention.rule, mention.entity or "")


def mention_fragments(mentions: Iterable[Mention]) -> Iterator[tuple[str, Mention]]:
    """Each mention of one document with the fragment of its IRI; a second one of the same words ends in -2."""
    ordered = sorted(mentions, key=mention_order)
    for (start, end), same in groupby(ordered, key=lambda m: (m.start, m.end)):
        for number, mention in enumerate(same, 1):
            yield f"mention-{start}-{end}" + (f"-{number}" if number > 1 else ""), mention


def argument_fragment(report: Report, number: int) -> str:
    """The fragment of a report's argument, counted from 1."""
    return f"argument-{report.id.removeprefix('report-')}-{number}"
