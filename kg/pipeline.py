"""The whole way, in order: read, annotate, extract, link, write.

    files ──read──▶ Document ──annotate──▶ spaCy Doc ──extract──▶ Extraction ──link──▶ Facts ──write──▶ store

`build` is the command and the library's `kg.build` alike. Documents that cannot be read or that break are
reported in `Built.problems` and never take the others with them; with `strict` the first one stops the build
before anything is written.
"""

from __future__ import annotations

import traceback
from collections import deque
from collections.abc import Callable, Generator, Iterable, Mapping
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from functools import cache
from itertools import chain, islice
from multiprocessing import get_context
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeAlias, cast

from kg.errors import ExtractError, KGError, ReadError, ReadNotice
from kg.extract import Extractor
from kg.graph.export import write_turtle
from kg.graph.facts import write_facts
from kg.graph.files import write_whole
from kg.graph.ordering import ordered, ordered_facts
from kg.graph.tables import events_tsv
from kg.link import link
from kg.model import Document, Extraction, Facts
from kg.text.annotate import annotate, load_model
from kg.text.gazetteer import Gazetteer

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

    from kg.graph.store import Store, Writer

__all__ = ["Built", "Extractions", "build", "extractions", "relink", "tools", "write_outputs"]

Extractions: TypeAlias = Generator["Extraction | KGError", None, None]
_Parsed: TypeAlias = Generator["tuple[Document, Doc]", None, None]

_ALONE = 200_000  # characters that one process reads before others are started
_CHUNK = 8  # documents handed to a process at once


@dataclass(frozen=True, slots=True)
class Built:
    """What a build made.

    Attributes:
        facts: of the whole store.
        documents: ids of the documents read now.
        problems: what could not be read.
        notices: what was read, but should be known of.
    """

    facts: Facts
    documents: tuple[str, ...]
    problems: tuple[KGError, ...] = ()
    notices: tuple[KGError, ...] = ()


def build(
    documents: Iterable[Document | ReadError],
    store: Writer,
    *,
    strict: bool = False,
    text: bool = True,
    jobs: int = 1,
    progress: Callable[[str], None] | None = None,
) -> Built:
    """Read documents into a store that is open for writing, and link everything in it anew.

    Args:
        documents: from `read`, or made by the caller.
        store: open for writing; its owner commits it.
        strict: raise the first problem instead of reporting it.
        text: keep the whole texts in the store.
        jobs: how many processes parse; more than one start only when there is enough text.
        progress: called with the id of each document that is done.

    Raises:
        KGError: the first problem, with `strict`.
    """
    problems: list[KGError] = []
    notices: list[KGError] = []
    fresh: dict[str, Extraction] = {}
    with closing(extractions(documents, jobs=jobs)) as items:
        for item in items:
            if isinstance(item, KGError):
                if strict:
                    raise item
                (notices if isinstance(item, ReadNotice) else problems).append(item)
                continue
            fresh[item.document.id] = item
            store.put(item, text=text)
            if progress:
                progress(item.document.id)
    facts = relink(store, fresh)
    return Built(facts, tuple(fresh), tuple(problems), tuple(notices))


def relink(store: Writer, fresh: Mapping[str, Extraction] = MappingProxyType({})) -> Facts:
    """Compute anew what is derived from all documents; `fresh` ones are at hand, the others are read back."""
    facts = ordered_facts(link(fresh.values(), _gazetteer(), known=store.extractions(skip=fresh.keys())))
    store.replace_derived(facts)
    return facts


def write_outputs(facts: Facts, store: Store, folder: Path, *, text: bool = True, events: bool = False) -> None:
    """graph.ttl, facts.jsonl, graph.html, each written whole or not at all; events.tsv too if asked for or there.

    Raises:
        StoreError: the folder cannot be written.
    """
    from kg.view import write_page

    write_turtle(store, folder / "graph.ttl")
    write_facts(facts, folder / "facts.jsonl", base=store.base, text=text)
    write_page(folder / "graph.html", facts, base=store.base)
    if events or (folder / "events.tsv").exists():
        write_whole(folder / "events.tsv", events_tsv(facts).encode("utf-8"))


def extractions(documents: Iterable[Document | ReadError], *, jobs: int = 1) -> Extractions:
    """What each document says, in the order of the documents; what breaks comes as the error that it was.

    Who does not go to the end closes it before the next one begins: spaCy's memory zones must not overlap.
    """
    pending = iter(documents)
    first: list[Document | ReadError] = []
    size = 0
    for item in pending:
        first.append(item)
        size += len(item.text) if isinstance(item, Document) else 0
        if size > _ALONE:
            break
    if jobs <= 1 or size <= _ALONE:
        yield from _extract_here(chain(first, pending), *tools())
        return
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn"), initializer=tools) as pool:
        yield from _extract_there(chain(first, pending), pool, jobs)


# ------------------------------------------------------------------------------------------ one process


def _extract_here(items: Iterable[Document | ReadError], extractor: Extractor, nlp: Language) -> Extractions:
    items = iter(items)
    while batch := list(islice(items, _CHUNK)):
        documents = [item for item in batch if isinstance(item, Document)]
        with closing(cast("_Parsed", annotate(documents, nlp, transient=True))) as parsed:
            for item in batch:
                if isinstance(item, KGError):
                    yield item
                else:
                    yield _extract_one(extractor, *next(parsed))


@cache
def tools() -> tuple[Extractor, Language]:
    """The model and the rules: two seconds to load, so once in each process that parses."""
    return Extractor.load(), load_model()


@cache
def _gazetteer() -> Gazetteer:
    """The actor list, the one of this process's `tools` if they are loaded."""
    return tools()[0].gazetteer if tools.cache_info().currsize else Gazetteer.load()


def _extract_one(extractor: Extractor, document: Document, doc: Doc) -> Extraction | KGError:
    try:
        return ordered(extractor.extract(document, doc))
    except KGError as error:
        return error
    except Exception as error:  # noqa: BLE001 - one document must not take the others with it; it is reported
        place = traceback.extract_tb(error.__traceback__)[-1]
        problem = f"the extraction broke: {type(error).__name__}: {error} ({Path(place.filename).name}:{place.lineno})"
        return ExtractError(document.id, problem, remedy="a fault of kg: please report it with the text")


# ------------------------------------------------------------------------------------------ several processes


def _extract_chunk(items: list[Document | ReadError]) -> list[Extraction | KGError]:
    return list(_extract_here(items, *tools()))


def _extract_there(items: Iterable[Document | ReadError], pool: ProcessPoolExecutor, jobs: int) -> Extractions:
    items = iter(items)
    waiting: deque[Future[list[Extraction | KGError]]] = deque()
    while True:
        while len(waiting) < 2 * jobs and (batch := list(islice(items, _CHUNK))):
            waiting.append(pool.submit(_extract_chunk, batch))
        if not waiting:
            return
        yield from waiting.popleft().result()
