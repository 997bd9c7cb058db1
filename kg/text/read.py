"""Files, folders and standard input to Documents.

    inputs ──read──▶ Document | ReadError, one by one, in a fixed order

What cannot be read is yielded as a `ReadError` in its place, so that one broken file loses nothing else. A
document's id is the record's `id` in .jsonl and .csv, else the path relative to the folder given, or the name of
a file given by name; texts without either have a hash of their content. An id may hold anything ("../../x", a line
break): it is a name in the graph, and no path is ever made of it.

>>> one = document("Talks ended.", published=date(2014, 5, 3))
>>> one.id, one.published
('text-3f0eacbdfb17', datetime.date(2014, 5, 3))
>>> document("")
Traceback (most recent call last):
kg.errors.ReadError: text: there is no text (leave it out)
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from difflib import get_close_matches
from itertools import chain
from pathlib import Path
from typing import BinaryIO, cast

from kg.errors import ReadError, ReadNotice
from kg.model import Document
from kg.text.formats import LIMIT, Record, csv_records, jsonl_records, text_record, whole_file
from kg.text.language import not_english
from kg.text.published import parse_day, published_in
from kg.text.structure import segments

__all__ = ["ENDINGS", "document", "read"]

ENDINGS = (".txt", ".md", ".html", ".htm", ".pdf", ".docx", ".jsonl", ".csv")
"""File endings that can be read; in a folder others are passed over."""

_SURROGATE = re.compile("[\ud800-\udfff]")


def read(
    inputs: Iterable[str | os.PathLike[str]],
    *,
    published: date | None = None,
    source: str | None = None,
    stdin: BinaryIO | None = None,
    on_skip: Callable[[Path], None] | None = None,
) -> Iterator[Document | ReadError]:
    """The documents of `inputs`, read as they are asked for.

    Args:
        inputs: paths of files and folders, and `-` for standard input. Folders are read with all below them, by
            name; hidden files and READMEs are left out.
        published: day of publication, before what the documents say themselves.
        source: publisher of documents that do not name one.
        stdin: what `-` reads; plain text, or JSON Lines if its first line is an object.
        on_skip: called with each file of a folder whose ending is not one of `ENDINGS`.

    Yields:
        A Document, or in its place the ReadError that says why there is none: also for a text that is not
        English and for one over 1,000,000 characters. A text with the id of an earlier one comes after a
        ReadNotice, and is meant to replace it.

    Raises:
        ReadError: an input does not exist; before anything is read.
    """
    paths = [Path(given) if os.fspath(given) != "-" else None for given in inputs]
    for path in paths:
        if path is not None and not _exists(path):
            raise _missing(path)
    records = chain.from_iterable(_records(path, stdin, on_skip) for path in paths)
    return _documents(records, published, source)


def document(
    text: str,
    *,
    id: str | None = None,  # noqa: A002
    title: str | None = None,
    published: date | None = None,
    source: str | None = None,
    author: str | None = None,
    url: str | None = None,
) -> Document:
    """A Document of a text in memory, checked as `read` checks.

    Raises:
        ReadError: the text is empty, too long, binary or not English.
    """
    record = Record(id or "text", id, text, title, None, source, author, url)
    return _document(record, published, source)


def _documents(
    records: Iterable[Record | ReadError], published: date | None, source: str | None
) -> Iterator[Document | ReadError]:
    seen: dict[bytes, bytes] = {}
    for record in records:
        if isinstance(record, ReadError):
            yield record
            continue
        try:
            made = _document(record, published, source)
        except ReadError as error:
            yield error
            continue
        key = hashlib.blake2b(made.id.encode("utf-8"), digest_size=12).digest()
        content = bytes.fromhex(made.sha256)[:12]
        known = seen.setdefault(key, content)
        if known is not content:
            if known == content:
                continue
            seen[key] = content
            problem = f"it takes the place of another text with the id {made.id[:80]!r}"
            yield ReadNotice(record.place, problem, remedy="give each text its own id to keep both")
        yield made


def _document(record: Record, published: date | None, source: str | None) -> Document:
    place, text = record.place, record.text.removeprefix("\ufeff")
    if not text.strip():
        raise ReadError(place, "there is no text", remedy="leave it out")
    if len(text) > LIMIT:
        raise ReadError(
            place, f"{len(text):,} characters; one text may have {LIMIT:,}", remedy="split it into articles"
        )
    if "\0" in text:
        raise ReadError(place, "this is binary, not text", remedy="save it as UTF-8 text")
    if _SURROGATE.search(text) or _SURROGATE.search(record.id or ""):
        raise ReadError(place, "half a character (a lone surrogate)", remedy="write it again as UTF-8")
    other = not_english(text)
    if other is not None:
        raise ReadError(place, f"not English: looks like {other}", remedy="translate it or leave it out")
    parts = segments(text[:20_000])
    day = published
    if day is None and record.published is not None:
        day = parse_day(record.published)
        if day is None:
            raise ReadError(place, f"published is no date: {record.published[:60]!r}", remedy="write YYYY-MM-DD")
    title = record.title
    if title is None:
        title = next((text[part.start : part.end] for part in parts if part.kind == "title"), None)
    sha = hashlib.sha256(text.encode("utf-8")).hexdigest()
    return Document(
        id=record.id or f"text-{sha[:12]}",
        text=text,
        title=title,
        published=day or published_in(text, parts),
        source=record.source or source,
        author=record.author,
        url=record.url,
        sha256=sha,
    )


def _records(
    path: Path | None, stdin: BinaryIO | None, on_skip: Callable[[Path], None] | None
) -> Iterator[Record | ReadError]:
    if path is None:
        yield from _standard_input(stdin)
    elif path.is_dir():
        found = False
        for file in _walk(path):
            if file.suffix.lower() in ENDINGS:
                found = True
                yield from _file(file, file.relative_to(path).as_posix())
            elif on_skip is not None:
                on_skip(file)
        if not found:
            yield ReadError(str(path), "this folder has no file that can be read", remedy=f"put {_kinds()} in it")
    elif path.suffix.lower() in ENDINGS:
        yield from _file(path, path.name)
    else:
        ending = path.suffix or "no point"
        yield ReadError(str(path), f"a file ending in {ending} cannot be read", remedy=f"give it as {_kinds()}")


def _file(path: Path, name: str) -> Iterator[Record | ReadError]:
    place = str(path)
    streams = {".jsonl": jsonl_records, ".csv": csv_records}
    try:
        stream = streams.get(path.suffix.lower())
        if stream is None:
            yield whole_file(path, place, name)
            return
        if path.stat().st_size == 0:
            raise ReadError(place, "the file is empty", remedy="leave it out")
        with path.open("rb") as file:
            yield from stream(file, place)
    except ReadError as error:
        yield error
    except OSError as error:
        yield ReadError(place, f"cannot be opened: {error.strerror or error}", remedy="check its permissions")


def _standard_input(stdin: BinaryIO | None) -> Iterator[Record | ReadError]:
    stream = sys.stdin.buffer if stdin is None else stdin
    first = stream.readline(8 * LIMIT)
    if first.lstrip(b"\xef\xbb\xbf \t").startswith(b"{") and _is_object(first):
        rest = cast("BinaryIO", _Resumed(first, stream))
        yield from jsonl_records(rest, "standard input")
        return
    try:
        yield text_record(first + stream.read(8 * LIMIT), "standard input")
    except ReadError as error:
        yield error


class _Resumed:
    """A binary stream whose first line has been read already."""

    def __init__(self, first: bytes, rest: BinaryIO) -> None:
        self._first = io.BytesIO(first)
        self._rest = rest

    def readline(self, size: int = -1) -> bytes:
        return self._first.readline(size) or self._rest.readline(size)


def _is_object(line: bytes) -> bool:
    try:
        return isinstance(json.loads(line.decode("utf-8-sig")), dict)
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError):
        return False


def _walk(folder: Path) -> Iterator[Path]:
    """Every file below `folder` by name; hidden ones and READMEs left out, links to folders not followed."""
    for parent, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            if not name.startswith(".") and name.partition(".")[0].upper() != "README":
                yield Path(parent) / name


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):  # a name that no file can have
        return False


def _missing(path: Path) -> ReadError:
    given = str(path)
    if re.match(r"https?:/", given):
        return ReadError(given, "this is an address, not a file", remedy="save the page and give its path")
    siblings = sorted(p.name for p in path.parent.iterdir()) if _exists(path.parent) and path.parent.is_dir() else []
    near = get_close_matches(path.name, siblings, n=1)
    return ReadError(given, "there is no such file or folder", remedy=f"did you mean {near[0]}?" if near else "")


def _kinds() -> str:
    return ", ".join(ENDINGS)
