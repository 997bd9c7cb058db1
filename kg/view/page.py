"""The interactive page of a graph: one file of HTML that opens with no network and runs nothing but its own script.

Drawing is vis-network's, by way of pyvis; the template, the styles and the script are ours (`templates/`). Nothing
that comes from a text becomes HTML: it travels as JSON and is written with `textContent`. The page's
Content-Security-Policy allows the two inline scripts and the style by their hashes, and no address at all.

>>> from kg.model import Facts
>>> html = page(Facts(), title="Nobody & <nothing>")
>>> "Nobody &amp; &lt;nothing&gt;" in html, "<nothing>" in html, page(Facts()) == page(Facts())
(True, False, True)
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Collection
from functools import cache
from pathlib import Path
from typing import TypedDict, Unpack

import pyvis
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from pyvis.network import Network

from kg.errors import DataError
from kg.graph.files import write_whole
from kg.model import Facts, Period, Status
from kg.view.content import Content, content
from kg.view.selection import choose

__all__ = ["DEFAULT_BASE", "page", "write_page"]

DEFAULT_BASE = "https://w3id.org/kg-politics/id/"

_TEMPLATES = Path(__file__).resolve().parent / "templates"
_SCRIPTS = ("core.js", "graph.js", "labels.js", "panel.js", "controls.js", "page.js")
# Characters that could end a script element, or that a script or an encoder does not take as they are.
_UNSAFE = re.compile("[<>&\u2028\u2029\ud800-\udfff]")
_UNWRITABLE = re.compile("[\x00\ud800-\udfff]")
_LARGEST = 1_490_000  # bytes of a page
_EVIDENCE = 800_000  # bytes of it for facts and their sentences, as estimated beforehand


class _Page(Network):  # type: ignore[misc]  # pyvis has no types
    """A pyvis network with fixed positions and a template that escapes; its node ids are numbers."""

    def __init__(self, drawn: Content, *, title: str) -> None:
        super().__init__(directed=True, heading=title)
        self._record = drawn.record()
        for node in drawn.nodes:
            self.add_node(
                node.index,
                label=" ",
                shape=node.shape,
                color="",
                x=node.x,
                y=node.y,
                size=node.size,
                lines=list(node.lines),
                facts=list(node.facts),
            )
        for number, edge in enumerate(drawn.edges):
            self.add_edge(edge.start, edge.end, id=number, facts=list(edge.facts), minor=edge.minor)

    def generate_html(self, name: str = "page.html", local: bool = True, notebook: bool = False) -> str:  # noqa: ARG002
        style, script, library = _style(), _script(), _library()
        nodes = [{key: node[key] for key in ("id", "x", "y", "size", "shape", "lines", "facts")} for node in self.nodes]
        edges = [{key: edge[key] for key in ("id", "from", "to", "facts", "minor")} for edge in self.edges]
        record = {"title": self.heading, **self._record, "nodes": nodes, "edges": edges}
        policy = (
            f"default-src 'none'; script-src {_hash(library)} {_hash(script)}; style-src {_hash(style)}; "
            "img-src data:; base-uri 'none'; form-action 'none'"
        )
        environment = Environment(
            loader=FileSystemLoader(_TEMPLATES), autoescape=True, undefined=StrictUndefined, keep_trailing_newline=True
        )
        # Markup: these are our own files and the escaped JSON
        self.html = environment.get_template("page.html.j2").render(
            title=_UNWRITABLE.sub("\ufffd", self.heading),
            policy=policy,
            style=Markup(style),  # noqa: S704
            library=Markup(library),  # noqa: S704
            script=Markup(script),  # noqa: S704
            data=Markup(_json(record)),  # noqa: S704
        )
        return str(self.html)


def page(
    facts: Facts,
    *,
    title: str | None = None,
    around: str | None = None,
    event_types: Collection[str] = (),
    period: Period | None = None,
    statuses: Collection[Status] = (),
    limit: int = 120,
    base: str = DEFAULT_BASE,
) -> str:
    """The page as one string of HTML.

    Args:
        title: the headline; without one, the title of the only document, or the number of documents.
        around: id of an actor; the page then shows it and what is near it.
        event_types: classes (`Meeting`) or PLOVER types (`CONSULT`) to show; none means everything.
        period: only what is dated and overlaps it.
        statuses: only these.
        limit: how many actors the page opens with; the reader can ask for more.
        base: what an id needs to be an IRI.

    Raises:
        NameNotFoundError: no actor has the id `around`.
        DataError: the drawing library is missing from the installed pyvis.
    """
    chosen = choose(facts, around=around, event_types=event_types, period=period, statuses=statuses, limit=limit)
    headline = title if title is not None else _headline(facts)
    evidence = _EVIDENCE
    while True:
        html = _Page(content(facts, chosen, base=base, budget=evidence), title=headline).generate_html()
        if len(html.encode("utf-8")) <= _LARGEST or evidence < 10_000:
            return html
        evidence //= 2  # a script that needs more bytes a character than was estimated


class PageOptions(TypedDict, total=False):
    """The options of `page`."""

    title: str | None
    around: str | None
    event_types: Collection[str]
    period: Period | None
    statuses: Collection[Status]
    limit: int
    base: str


def write_page(path: Path | str, facts: Facts, **options: Unpack[PageOptions]) -> Path:
    """Write the page as UTF-8, whole or not at all, with the options of `page`; gives the path back.

    Raises:
        StoreError: the file cannot be written.
        NameNotFoundError: no actor has the id `around`.
    """
    target = Path(path)
    write_whole(target, page(facts, **options).encode("utf-8"))
    return target


def _headline(facts: Facts) -> str:
    if len(facts.documents) == 1:
        document = facts.documents[0]
        return (document.title or document.id)[:200]
    return f"Who did what to whom, in {len(facts.documents):,} documents" if facts.documents else "An empty graph"


def _json(value: object) -> str:
    """JSON that can stand in an HTML page: no tag can begin or end in it.

    >>> _json(["</script>"])
    '["\\\\u003c/script\\\\u003e"]'
    """
    plain = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return _UNSAFE.sub(lambda found: f"\\u{ord(found.group()):04x}", plain)


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode('utf-8')).digest()).decode('ascii')}'"


@cache
def _style() -> str:
    return (_TEMPLATES / "page.css").read_text(encoding="utf-8")


@cache
def _script() -> str:
    parts = [(_TEMPLATES / name).read_text(encoding="utf-8") for name in _SCRIPTS]
    return '(() => {\n"use strict";\n' + "\n".join(parts) + "})();\n"


@cache
def _library() -> str:
    """vis-network as it comes with pyvis, with its licence, without the address of its source map."""
    found = sorted(Path(pyvis.__file__).resolve().parent.glob("templates/lib/vis-*/vis-network.min.js"))
    if not found:
        raise DataError("pyvis", "vis-network.min.js is missing", remedy="install pyvis 0.3.2")
    text = found[-1].read_text(encoding="utf-8")
    return re.sub(r"\n//# sourceMappingURL=\S*\s*$", "\n", text)
