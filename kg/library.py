"""The graph as an object: what `kg.build` and `kg.open` hand out, and what the commands work on.

    import kg

    graph = kg.build(["articles/"], published=date(2017, 5, 17))
    graph.facts.events                     # frozen dataclasses
    graph.query("who-met-whom")            # SPARQL, a file's text, or a bundled query
    graph.frame("events")                  # a pandas frame
    graph.network()                        # a networkx MultiDiGraph
    graph.explain("Lavrov")                # every sentence, who says it, and the rule that read it
    graph.view("graph.html")               # the interactive page

Without `output` a graph lives in memory; with it, on disk, and the next build adds to it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from datetime import date
from functools import cached_property
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Literal, cast, get_args

from kg.errors import KGError, NameNotFoundError, ReadError, StoreError
from kg.graph.explain import Explanation, entity_names, explain
from kg.graph.export import RdfFormat, export
from kg.graph.facts import facts_lines
from kg.graph.names import nearest, resolve
from kg.graph.network import Step, network, path
from kg.graph.network_files import network_bytes, write_tables
from kg.graph.query import run_query
from kg.graph.statistics import Statistics, statistics
from kg.graph.store import Store
from kg.graph.tables import events_tsv
from kg.model import Document, Facts, Period, Status
from kg.pipeline import Built, relink, write_outputs
from kg.pipeline import build as build_store
from kg.text.read import document, read

if TYPE_CHECKING:
    import networkx
    import pandas
    import rdflib

    from kg.graph.answer import Answer
    from kg.graph.validate import Violation

__all__ = ["Graph", "build", "build_folder", "network_of", "open_graph", "remove_documents"]


ASSERTED: tuple[Status, ...] = ("asserted",)


class Graph:
    """A graph to ask and to look at; made by `kg.build` or `kg.open`."""

    def __init__(self, store: Store, facts: Facts | None = None, problems: tuple[KGError, ...] = ()) -> None:
        self.store = store
        self.problems = problems
        if facts is not None:
            self.__dict__["facts"] = facts

    @cached_property
    def facts(self) -> Facts:
        """Everything in the graph, as frozen dataclasses."""
        return self.store.facts()

    def query(self, query: str, **params: str | bool | date) -> Answer:
        """Ask in SPARQL, or by the name of a bundled query with its parameters.

        Raises:
            QueryError: the text is not SPARQL, or a parameter is missing or wrong.
            NameNotFoundError: nothing is called so; the remedy gives the nearest names.
        """
        return run_query(self.store.quads, query, params=params, base=self.store.base)

    def frame(self, table: str = "events") -> pandas.DataFrame:
        """A pandas frame of "events", "relations", "entities", "mentions", "attributions", "reports" or "documents"."""
        from kg.graph.tables import frame

        return frame(self.facts, table)

    @property
    def rdflib(self) -> rdflib.Dataset:
        """The graph as an rdflib dataset, read from the same store."""
        from kg.graph.interchange import as_rdflib

        return as_rdflib(self.store)

    def network(self, *, statuses: Collection[Status] | None = ASSERTED) -> networkx.MultiDiGraph[str]:
        """Actors and what links them, for networkx; `statuses=None` takes all, each edge with its status."""
        return network(self.facts, statuses=statuses)

    def path(self, a: str, b: str, *, all_statuses: bool = False) -> tuple[Step, ...]:
        """How two actors are linked, step by step; empty where they are not."""
        return path(self.facts, a, b, statuses=None if all_statuses else ASSERTED)

    def explain(self, name: str) -> Explanation:
        """All that is known of an actor, event or relation, by label, alias or IRI.

        Raises:
            NameNotFoundError: nothing is called so; the remedy gives the nearest names.
        """
        return explain(self.facts, name, base=self.store.base)

    def validate(self) -> tuple[Violation, ...]:
        """What breaks the shapes of ontologies/shapes.ttl, each with its sentence."""
        from kg.graph.validate import validate

        return validate(self.store)

    def statistics(self) -> Statistics:
        """Counts of everything."""
        return statistics(self.facts)

    def export(self, format_: str, *, statuses: Collection[Status] | None = ASSERTED) -> bytes:
        """The whole graph as "turtle", "trig", "nt", "nquads", "jsonld", "rdfxml", "facts" (JSON lines), or the
        network of actors as "graphml" or "gexf", or event data as "events" (TSV).

        Args:
            statuses: for networks and event data; None takes all.

        Raises:
            KGError: there is no such format.
        """
        if format_ in ("graphml", "gexf"):
            return network_bytes(self.facts, cast(Literal["graphml", "gexf"], format_), statuses=statuses)
        if format_ == "events":
            return events_tsv(self.facts, statuses=statuses).encode("utf-8")
        if format_ == "facts":
            return "".join(facts_lines(self.facts, base=self.store.base)).encode("utf-8")
        if format_ not in get_args(RdfFormat):
            remedy = f"take one of {', '.join((*get_args(RdfFormat), 'graphml', 'gexf', 'events', 'facts'))}"
            raise KGError(format_, "no format that kg writes", remedy=remedy)
        return export(self.store, cast(RdfFormat, format_))

    def export_tables(self, folder: Path | str, *, statuses: Collection[Status] | None = ASSERTED) -> None:
        """Write nodes.csv and edges.csv to a folder."""
        write_tables(self.facts, Path(folder), statuses=statuses)

    def view(
        self,
        path: Path | str,
        *,
        around: str | None = None,
        event_types: Collection[str] = (),
        period: Period | None = None,
        statuses: Collection[Status] = (),
        limit: int = 120,
    ) -> Path:
        """Write the interactive page, of everything or of a part.

        Args:
            around: an actor (label, alias or IRI): it and its neighbours.
            event_types: classes (Meeting) or PLOVER types (CONSULT).
            limit: at most so many nodes.

        Raises:
            NameNotFoundError: no actor, or no event type of the graph, is called so; the remedy gives the nearest.
        """
        from kg.view import write_page

        entity = resolve(around, entity_names(self.facts)) if around is not None else None
        self._check_types(event_types)
        return write_page(
            path,
            self.facts,
            around=entity,
            event_types=event_types,
            period=period,
            statuses=statuses,
            limit=limit,
            base=self.store.base,
        )

    def _check_types(self, asked: Collection[str]) -> None:
        there = {name for event in self.facts.events for name in (event.type, event.plover) if name}
        for name in asked:
            if name not in there:
                near = nearest(name, sorted(there))
                remedy = "nearest: " + ", ".join(near) if near else "kg query types lists them"
                raise NameNotFoundError(name, "the graph has no event of this type", remedy=remedy)

    def _repr_html_(self) -> str:
        from html import escape

        rows = "".join(
            f"<tr>{''.join(f'<td>{escape(str(cell))}</td>' for cell in row)}</tr>" for row in self.statistics().rows()
        )
        return f"<table><tbody>{rows}</tbody></table>"

    def __repr__(self) -> str:
        facts = self.facts
        return f"<kg.Graph: {len(facts.documents)} documents, {len(facts.entities)} actors, {len(facts.events)} events>"


def build(
    paths: Sequence[str | Path] | str | Path = (),
    *,
    documents: Iterable[Document | str] = (),
    output: Path | str | None = None,
    published: date | None = None,
    source: str | None = None,
    base: str | None = None,
    strict: bool = False,
    jobs: int = 1,
) -> Graph:
    """Read files, folders or texts into a graph.

    Args:
        paths: files and folders, as for `kg build`.
        documents: `Document`s, or plain texts, whose ids become hashes of them; checked as files are.
        output: a folder for the graph and its files; without it the graph lives in memory.
        published: publication date of all that has none.
        strict: raise the first problem; otherwise problems are in `Graph.problems`.

    Raises:
        KGError: a path does not exist, or, with `strict`, a document cannot be read.
    """
    inputs = [paths] if isinstance(paths, str | Path) else list(paths)
    given = [_checked(d, f"document {i}", published, source) for i, d in enumerate(documents, 1)]
    if output is not None:
        built = build_folder(
            [str(p) for p in inputs], Path(output), documents=given, published=published, source=source,
            base=base, strict=strict, jobs=jobs,
        )  # fmt: skip
        return Graph(Store.open(Path(output) / "store"), built.facts, built.problems)
    store = Store.memory(base=base) if base else Store.memory()
    built = build_store(_items(inputs, given, published, source), store, strict=strict, jobs=jobs)
    return Graph(store, built.facts, built.problems)


def build_folder(
    inputs: Sequence[str],
    output: Path,
    *,
    documents: Sequence[Document | ReadError] = (),
    published: date | None = None,
    source: str | None = None,
    base: str | None = None,
    strict: bool = False,
    text: bool = True,
    events: bool = False,
    jobs: int = 1,
    progress: Callable[[str], None] | None = None,
) -> Built:
    """Read into the store of a folder, adding to what is there, and write the files beside it.

    Raises:
        KGError: a path does not exist, the store is held by another process, the folder cannot be written.
    """
    items = _items(inputs, documents, published, source)
    first = list(islice(items, 1))  # a path that does not exist raises here, before anything is written
    with Store.write(output / "store", base=base) as store:
        built = build_store(chain(first, items), store, strict=strict, text=text, jobs=jobs, progress=progress)
        write_outputs(built.facts, store, output, text=text, events=events)
    return built


def open_graph(folder: Path | str) -> Graph:
    """The graph that `kg build` wrote to a folder.

    Raises:
        StoreError: there is none, or it is of another format.
    """
    return Graph(Store.open(Path(folder) / "store"))


def remove_documents(folder: Path, ids: Sequence[str], *, text: bool = True) -> Facts:
    """Take documents out, and with them all that only they say; returns what is left.

    Raises:
        StoreError: there is no store, or no such document; then nothing is changed.
    """
    if not (folder / "store").is_dir():
        raise StoreError(str(folder), "there is no graph here", remedy="name the folder that kg build wrote")
    with Store.write(folder / "store") as store:
        for id_ in ids:
            store.remove(id_)
        facts = relink(store)
        write_outputs(facts, store, folder, text=text)
    return facts


def _items(
    inputs: Sequence[str | Path], documents: Iterable[Document | ReadError], published: date | None, source: str | None
) -> Iterator[Document | ReadError]:
    yield from documents
    if inputs:
        yield from read(inputs, published=published, source=source)


def _checked(given: Document | str, place: str, published: date | None, source: str | None) -> Document | ReadError:
    """The document, checked as one from a file is, with what its text says of itself; or why it cannot be read."""
    d = Document("", given) if isinstance(given, str) else given
    try:
        return document(
            d.text, id=d.id or None, title=d.title, published=d.published or published, source=d.source or source,
            author=d.author, url=d.url,
        )  # fmt: skip
    except ReadError as error:
        return error if d.id else ReadError(place, error.problem, remedy=error.remedy)


def network_of(graph: Graph, *, statuses: Collection[Status] | None = ASSERTED) -> networkx.MultiDiGraph[str]:
    """A networkx MultiDiGraph of a graph's actors: for centrality, paths, communities."""
    return graph.network(statuses=statuses)
