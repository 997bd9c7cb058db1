"""The graph on disk: whole or as it was before, whatever happens while it is written.

>>> from tempfile import TemporaryDirectory
>>> from kg.model import Document
>>> with TemporaryDirectory() as folder:
...     with Store.write(Path(folder, "store")) as writer:
...         writer.put(Extraction(Document("oslo", "Norway hosted talks.")))
...     with Store.open(Path(folder, "store")) as store:
...         store.documents()
('oslo',)

A writer works on a copy (hard links: the files of a store never change once written) that takes the place of the
store when the block ends without an error. So whoever reads goes on reading what was there, and a writer that is
killed leaves nothing but a folder that the next one removes. One process writes at a time.
"""

from __future__ import annotations

import shutil
from collections import deque
from collections.abc import Callable, Collection, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self, cast

import pyoxigraph as ox

from kg.errors import StoreError
from kg.graph.archive import Archive
from kg.graph.derived_graph import derived_nquads
from kg.graph.document_graph import document_nquads
from kg.graph.files import failing
from kg.graph.generations import About, commit, copied, read_about, reading, sweep, writing
from kg.graph.iris import checked_base, derived_iri, document_iri
from kg.graph.reading import read_extraction, read_facts
from kg.graph.vocabulary import DCTERMS, DEFAULT_BASE
from kg.model import Extraction, Facts

__all__ = ["Store", "Writer"]

_QUADS, _ARCHIVE = "quads", "archive"  # the databases of a generation
_BATCH = 40_000_000  # characters of N-Quads, about 200,000 quads, that are loaded at once
_WAITING = 4  # batches that may wait before `put` does


class Store:
    """A graph that is read.

    Attributes:
        path: its folder, or None in memory.
        base: what its IRIs begin with.
    """

    def __init__(self, quads: ox.Store, archive: Archive, *, base: str, path: Path | None = None) -> None:
        self._databases: tuple[ox.Store, Archive] | None = (quads, archive)
        self._closing = ExitStack()
        self.base = base
        self.path = path

    @classmethod
    def open(cls, path: Path) -> Self:
        """The graph as it is now; it stays so until closed, whatever others write.

        Raises:
            StoreError: no store, one of another format, or one that cannot be read.
        """
        with ExitStack() as stack:
            about = stack.enter_context(reading(path))
            with _failing(path):
                quads = ox.Store.read_only(str(path / about.generation / _QUADS))
                archive = Archive(ox.Store.read_only(str(path / about.generation / _ARCHIVE)))
            store = cls(quads, archive, base=about.base, path=path)
            store._closing = stack.pop_all()
            return store

    @staticmethod
    @contextmanager
    def write(path: Path, *, base: str | None = None) -> Iterator[Writer]:
        """Change the graph, or begin one: all of it when the block ends, nothing if it raises.

        Args:
            base: what IRIs begin with; a store that is there keeps its own.

        Raises:
            StoreError: another process writes, the base is another, the disk is full …
        """
        with writing(path):
            about = read_about(path)
            base = _agreed_base(path, about, base)
            sweep(path, about.generation if about else None)
            name = copied(path, about)
            writer: Writer | None = None
            try:
                writer = _opened(path, name, base)
                yield writer
                changed = writer.finish()
            except BaseException:
                if writer:
                    writer.close()
                shutil.rmtree(path / name, ignore_errors=True)
                raise
            writer.close()
            if changed or about is None:
                commit(path, About(base, name))
            sweep(path, name if changed or about is None else about.generation)

    @staticmethod
    def memory(*, base: str = DEFAULT_BASE) -> Writer:
        """An empty graph in memory, to write and read."""
        return Writer(ox.Store(), Archive(ox.Store()), base=checked_base(base))

    @property
    def quads(self) -> ox.Store:
        """The triples themselves, a named graph a document and one for what is derived.

        Raises:
            StoreError: the store was closed.
        """
        self._settle()
        return self._both()[0]

    @property
    def archive(self) -> Archive:
        """The lines of each graph, to be read whole.

        Raises:
            StoreError: the store was closed.
        """
        self._settle()
        return self._both()[1]

    def documents(self) -> tuple[str, ...]:
        """The ids of its documents, sorted."""
        return tuple(_document_iris(self.quads))

    def extraction(self, id_: str) -> Extraction:
        """What one document says.

        Raises:
            StoreError: there is no such document.
        """
        lines = self.archive.lines(document_iri(id_, self.base))
        if not lines:
            raise StoreError(id_, "the graph has no such document", remedy="kg query documents lists them")
        return read_extraction(lines)

    def extractions(self, *, skip: Collection[str] = ()) -> Iterator[Extraction]:
        """What each document says, by id, but for those to skip."""
        archive = self.archive
        for id_, iri in _document_iris(self.quads).items():
            if id_ not in skip:
                yield read_extraction(archive.lines(iri))

    def facts(self) -> Facts:
        """What all documents say together, as it was last derived."""
        archive = self.archive
        documents = (archive.lines(iri) for iri in _document_iris(self.quads).values())
        return read_facts(documents, archive.lines(derived_iri(self.base)), base=self.base)

    def close(self) -> None:
        """Let go of the files."""
        self._databases = None
        self._closing.close()

    def _settle(self) -> None:
        """Before anything is read."""

    def _both(self) -> tuple[ox.Store, Archive]:
        if self._databases is None:
            raise StoreError(str(self.path or "graph"), "the store is closed", remedy="open it again")
        return self._databases

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


class Writer(Store):
    """A graph that is changed. Loading goes on beside the caller's work; whatever reads waits for it."""

    def __init__(self, quads: ox.Store, archive: Archive, *, base: str, path: Path | None = None) -> None:
        super().__init__(quads, archive, base=base, path=path)
        self._ids = set(_document_iris(quads))
        self._batch: dict[str, str] = {}  # graph → lines
        self._size = 0
        self._changed = False
        self._loader = ThreadPoolExecutor(1, thread_name_prefix="kg-store")
        self._waiting: deque[Future[None]] = deque()

    def put(self, extraction: Extraction, *, text: bool = True) -> None:
        """Add what a document says, in place of what it said before.

        Args:
            text: keep the whole text in the graph; the words of spans are kept either way.
        """
        id_ = extraction.document.id
        if id_ in self._ids:
            self._drop(document_iri(id_, self.base))
        self._ids.add(id_)
        self._add(document_iri(id_, self.base), document_nquads(extraction, base=self.base, text=text))

    def remove(self, id_: str) -> None:
        """Take a document out; what was derived from it stays until `replace_derived`.

        Raises:
            StoreError: there is no such document.
        """
        if id_ not in self._ids:
            raise StoreError(id_, "the graph has no such document", remedy="kg query documents lists them")
        self._ids.remove(id_)
        self._drop(document_iri(id_, self.base))

    def replace_derived(self, facts: Facts) -> None:
        """Put what linking made in place of all that it made before; what is the same stays."""
        graph = derived_iri(self.base)
        new = derived_nquads(facts, base=self.base)
        old = self.archive.lines(graph)
        if new != old:
            self._change(graph, old, new)

    def finish(self) -> bool:
        """Write everything to disk; whether anything was changed.

        Raises:
            StoreError: the disk is full, or failed.
        """
        self._settle()
        quads, archive = self._both()
        if self.path is not None and self._changed:
            with _failing(self.path):
                quads.flush()
                archive.flush()
        return self._changed

    def close(self) -> None:
        self._loader.shutdown(cancel_futures=True)
        self._waiting.clear()
        self._batch.clear()
        super().close()

    def _add(self, graph: str, lines: str) -> None:
        self._changed = True
        self._batch[graph] = lines
        self._size += len(lines)
        if self._size > _BATCH:
            self._load_batch()

    def _change(self, graph: str, old: str, new: str) -> None:
        """Of the lines of a graph, take out those that are no longer there and add the others."""
        before, after = set(old.split("\n")), dict.fromkeys(new.split("\n"))
        gone, added = before.difference(after), [line for line in after if line not in before]
        quads, archive = self._both()

        def change() -> None:
            if not new or 2 * len(gone) > len(before):
                quads.remove_graph(ox.NamedNode(graph))
                quads.bulk_load(new.encode("utf-8"), ox.RdfFormat.N_QUADS)
            else:
                for quad in ox.parse("\n".join(gone).encode("utf-8"), ox.RdfFormat.N_QUADS):
                    quads.remove(quad)
                quads.bulk_load("\n".join(added).encode("utf-8"), ox.RdfFormat.N_QUADS)
            archive.remove(graph)
            if new:
                archive.put({graph: new})

        self._changed = True
        self._run(change)

    def _drop(self, graph: str) -> None:
        self._changed = True
        self._load_batch()
        quads, archive = self._both()
        name = ox.NamedNode(graph)

        def drop() -> None:
            if quads.contains_named_graph(name):
                quads.remove_graph(name)
                archive.remove(graph)

        self._run(drop)

    def _load_batch(self) -> None:
        if not self._batch:
            return
        batch, self._batch, self._size = self._batch, {}, 0
        quads, archive = self._both()

        def load() -> None:
            quads.bulk_load("".join(batch.values()).encode("utf-8"), ox.RdfFormat.N_QUADS)
            archive.put(batch)

        self._run(load)

    def _run(self, step: Callable[[], None]) -> None:
        """One step after the other, in a thread: the store works without Python's lock."""
        self._waiting.append(self._loader.submit(step))
        while len(self._waiting) > _WAITING:
            self._done(self._waiting.popleft())

    def _settle(self) -> None:
        self._load_batch()
        while self._waiting:
            self._done(self._waiting.popleft())

    def _done(self, future: Future[None]) -> None:
        with _failing(self.path or Path("graph")):
            future.result()


@contextmanager
def _failing(path: Path) -> Iterator[None]:
    """Errors of the database too, as a `StoreError`."""
    with failing(path):
        try:
            yield
        except RuntimeError as error:
            remedy = "remove the store's folder and build it again from the documents"
            raise StoreError(str(path), f"the database failed: {error}", remedy=remedy) from error


def _opened(path: Path, name: str, base: str) -> Writer:
    with _failing(path):
        quads = ox.Store(str(path / name / _QUADS))
        return Writer(quads, Archive(ox.Store(str(path / name / _ARCHIVE))), base=base, path=path)


def _document_iris(quads: ox.Store) -> dict[str, str]:
    """document id → IRI, sorted by id."""
    found = quads.quads_for_pattern(None, DCTERMS.identifier, None, None)
    pairs = [(cast(ox.Literal, quad.object).value, cast(ox.NamedNode, quad.subject).value) for quad in found]
    return dict(sorted(pairs))


def _agreed_base(path: Path, about: About | None, base: str | None) -> str:
    if about is None:
        return checked_base(DEFAULT_BASE if base is None else base)
    if base is not None and base != about.base:
        remedy = "leave --base out, or build into another folder"
        raise StoreError(str(path), f"the base of this store is {about.base}, not {base}", remedy=remedy)
    return about.base
