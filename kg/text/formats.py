"""What is in a file: each format to `Record`s, the raw material of documents.

    .txt .md .html .htm .pdf .docx   one record
    .jsonl .csv                      a record a line or row, streamed

A record that cannot be had is a `ReadError` in its place, and the next one follows.

>>> decode(b"caf\\xe9 society", "menu.txt")
'café society'
>>> decode("Жест".encode("utf-16"), "a.txt")
'Жест'
"""

from __future__ import annotations

import codecs
import csv
import io
import json
import logging
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from kg.errors import ReadError

if TYPE_CHECKING:
    from pypdf import PdfReader

__all__ = ["LIMIT", "Record", "csv_records", "decode", "jsonl_records", "text_record", "whole_file"]

LIMIT = 1_000_000  # characters of one text
_MOST_BYTES = 8 * LIMIT  # of one file or line that holds one text
_MOST_PACKED = 64 * LIMIT  # of a .pdf or .docx, which holds more than text
_SAMPLE = 1 << 18
_SHORTEST_ARTICLE = 40  # characters; a page without an article leaves words of its menu
_FIELDS = ("id", "text", "title", "published", "source", "author", "url")
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"),
)  # fmt: skip
_CHARSET = re.compile(rb"(?:<meta[^>]{0,200}?charset|<\?xml[^>]{0,80}?encoding)\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.I)
_FRONT_MATTER = re.compile(r"---[ \t]*\r?\n(.{0,4000}?)\r?\n---[ \t]*(?:\r?\n|$)", re.DOTALL)
# What the readers of .pdf and .docx raise on files that were cut or changed.
_MALFORMED = (
    ValueError, KeyError, TypeError, AttributeError, IndexError, RuntimeError, EOFError, OverflowError, zlib.error,
    struct.error,
)  # fmt: skip
_SPLIT_REMEDY = "split it into articles"
_SAVE_REMEDY = "save it as UTF-8 text"


@dataclass(frozen=True, slots=True)
class Record:
    """One document as its file has it; `published` is still as written.

    `place` is for messages; `id` is None where the file gives none.
    """

    place: str
    id: str | None
    text: str
    title: str | None = None
    published: str | None = None
    source: str | None = None
    author: str | None = None
    url: str | None = None


def decode(data: bytes, place: str, *, declared: str | None = None) -> str:
    """`data` as text: by its byte order mark, as UTF-8, by the charset declared, else by what it looks like.

    Raises:
        ReadError: it is binary, or no encoding fits.
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _decoded(data, encoding, place)
    if b"\0" in data:
        raise ReadError(place, "this is binary, not text", remedy=_SAVE_REMEDY)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    if declared is not None:
        return _decoded(data, "windows-1252" if declared.lower() == "iso-8859-1" else declared, place)
    return data.decode(_guess(data[:_SAMPLE], place), errors="replace")


def _decoded(data: bytes, encoding: str, place: str) -> str:
    try:
        return data.decode(encoding).removeprefix("\ufeff")
    except (UnicodeDecodeError, LookupError) as error:
        raise ReadError(place, f"not readable as {encoding}: {error}", remedy=_SAVE_REMEDY) from error


def _guess(sample: bytes, place: str) -> str:
    """The encoding of text that has no mark and is not clean UTF-8.

    UTF-8 with a few broken characters is still UTF-8; a text that is nearly all ASCII, as English is, is taken for
    Windows-1252; else its letters decide.
    """
    controls = sum(1 for byte in sample if byte < 32 and byte not in b"\t\n\r\f\x1b")
    if controls > len(sample) // 100:
        raise ReadError(place, "this is binary, not text", remedy=_SAVE_REMEDY)
    repaired = sample.decode("utf-8", errors="replace")
    broken = repaired.count("\ufffd")
    if sum(1 for letter in repaired if letter > "\x7f") - broken > 4 * broken:
        return "utf-8"
    if sum(1 for byte in sample if byte > 127) <= 0.05 * len(sample) + 1:
        return "windows-1252"
    from charset_normalizer import from_bytes

    best = from_bytes(sample).best()
    if best is None:
        raise ReadError(place, "neither UTF-8 nor another encoding that can be told", remedy=_SAVE_REMEDY)
    return best.encoding


def whole_file(path: Path, place: str, name: str) -> Record:
    """The one record of a .txt, .md, .html, .pdf or .docx file; `name` becomes its id.

    Raises:
        ReadError: the file cannot be read as its ending says.
    """
    kind = path.suffix.lower()
    most = _MOST_PACKED if kind in (".pdf", ".docx") else _MOST_BYTES
    with path.open("rb") as file:
        data = file.read(most + 1)
    if not data:
        raise ReadError(place, "the file is empty", remedy="leave it out")
    if len(data) > most:
        raise ReadError(place, f"over {most:,} bytes, more than one text may have", remedy=_SPLIT_REMEDY)
    if kind in (".html", ".htm"):
        return _html(data, place, name)
    if kind == ".pdf":
        return _pdf(data, place, name)
    if kind == ".docx":
        return _docx(data, place, name)
    text = decode(data, place)
    return _markdown(text, place, name) if kind == ".md" else Record(place, name, text)


def text_record(data: bytes, place: str) -> Record:
    """A record without an id, of plain text."""
    return Record(place, None, decode(data, place))


def _markdown(text: str, place: str, name: str) -> Record:
    """Front matter gives title, date, author, source and url; a first heading gives the title."""
    values: dict[str, str] = {}
    if found := _FRONT_MATTER.match(text):
        for line in found[1].splitlines():
            key, colon, value = line.partition(":")
            if colon:
                values[key.strip().lower()] = value.strip().strip("\"'")
        text = text[found.end() :]
    heading = re.match(r"\s*#\s+(.+)", text)
    title = values.get("title") or (heading[1].strip() if heading else None)
    published = values.get("published") or values.get("date")
    return Record(
        place, name, text, title, published, values.get("source"), values.get("author"), values.get("url")
    )  # fmt: skip


def _html(data: bytes, place: str, name: str) -> Record:
    from trafilatura import bare_extraction
    from trafilatura.settings import Document as Article

    found = _CHARSET.search(data[:4096])
    page = decode(data, place, declared=found[1].decode("ascii") if found else None)
    # A fixed last day: what a page says must not depend on when it is read.
    dates = {"original_date": True, "extensive_search": False, "max_date": "2100-01-01"}
    with _quiet("trafilatura"), _quiet("htmldate"):
        article = bare_extraction(
            page, with_metadata=True, include_comments=False, include_links=False, date_extraction_params=dates
        )
    if not isinstance(article, Article) or len((article.text or "").strip()) < _SHORTEST_ARTICLE:
        raise ReadError(place, "no article was found in this page", remedy="save the article's text as .txt")
    return Record(
        place, name, article.text or "", article.title, article.date, article.sitename, article.author, article.url
    )  # fmt: skip


def _pdf(data: bytes, place: str, name: str) -> Record:
    try:
        from pypdf import PdfReader
        from pypdf.errors import DependencyError, PyPdfError
    except ImportError as error:
        raise ReadError(place, "reading PDF needs pypdf", remedy="pip install 'kg-politics[pdf]'") from error
    try:
        with _quiet("pypdf"):
            reader = PdfReader(io.BytesIO(data))
            if reader.is_encrypted and not reader.decrypt(""):
                raise ReadError(place, "this PDF is encrypted", remedy="save it without a password")
            text = "\n\n".join(_pages(reader, place))
            meta = reader.metadata
            title, author = (_clean(meta.title), _clean(meta.author)) if meta else (None, None)
    except DependencyError as error:
        raise ReadError(place, "this PDF is encrypted", remedy="save it without a password") from error
    except (PyPdfError, *_MALFORMED) as error:
        raise ReadError(place, f"not a readable PDF: {error}", remedy="save its text as .txt") from error
    if not text.strip():
        raise ReadError(place, "this PDF holds pictures, no text", remedy="run it through text recognition (OCR)")
    return Record(place, name, text, title, author=author)


@contextmanager
def _quiet(logger_name: str) -> Iterator[None]:
    """Hold back a library's log: what is wrong with a file is said once, by the ReadError."""
    logger = logging.getLogger(logger_name)
    level = logger.level
    logger.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        logger.setLevel(level)


def _pages(reader: PdfReader, place: str) -> Iterator[str]:
    length = 0
    for page in reader.pages:
        text = page.extract_text()
        length += len(text)
        if length > LIMIT:
            raise _too_long(place, length)
        yield text


def _docx(data: bytes, place: str, name: str) -> Record:
    try:
        import docx
    except ImportError as error:
        raise ReadError(place, "reading .docx needs python-docx", remedy="pip install 'kg-politics[docx]'") from error
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            if sum(entry.file_size for entry in packed.infolist()) > 4 * _MOST_PACKED:
                raise ReadError(place, "unpacks to far more than a text", remedy=_SPLIT_REMEDY)
        document = docx.Document(io.BytesIO(data))
        text = "\n\n".join(paragraph.text for paragraph in document.paragraphs if paragraph.text.strip())
        properties = document.core_properties
        title, author = _clean(properties.title), _clean(properties.author)
    except (zipfile.BadZipFile, SyntaxError, *_MALFORMED) as error:
        raise ReadError(place, f"not a readable .docx: {error}", remedy="save its text as .txt") from error
    return Record(place, name, text, title, author=author)


def jsonl_records(lines: BinaryIO, place: str) -> Iterator[Record | ReadError]:
    """A record, or what is wrong with it, for each line that is not blank."""
    number = 0
    while line := lines.readline(_MOST_BYTES):
        number += 1
        if number == 1 and line.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            yield ReadError(place, "JSON Lines in UTF-16", remedy=_SAVE_REMEDY)
            return
        at = f"{place}, line {number}"
        if len(line) == _MOST_BYTES and not line.endswith(b"\n"):
            while (rest := lines.readline(_MOST_BYTES)) and not rest.endswith(b"\n"):
                pass
            yield ReadError(at, f"over {_MOST_BYTES:,} bytes, more than one text may have", remedy=_SPLIT_REMEDY)
            continue
        if line.strip(b" \t\r\n\xef\xbb\xbf"):
            yield _json_record(line, at)


def _json_record(line: bytes, at: str) -> Record | ReadError:
    try:
        values = json.loads(decode(line, at).strip("\ufeff \t\r\n"))
    except ReadError as error:
        return error
    except (json.JSONDecodeError, RecursionError) as error:
        return ReadError(at, f"not valid JSON: {error}", remedy="correct the line or leave it out")
    if not isinstance(values, dict):
        return ReadError(at, "not a JSON object", remedy='write {"id": …, "text": …}')
    return _fields({str(key).strip().lower(): value for key, value in values.items()}, at)


def csv_records(file: BinaryIO, place: str) -> Iterator[Record | ReadError]:
    """A record, or what is wrong with it, for each row below the header; commas, semicolons or tabs divide.

    Raises:
        ReadError: no encoding fits, or the header has no column `text`.
    """
    encoding = _encoding_of(file, place)
    file.seek(0)
    csv.field_size_limit(max(csv.field_size_limit(), _MOST_BYTES))
    rows = io.TextIOWrapper(file, encoding=encoding, errors="replace", newline="")
    try:
        header = rows.readline().removeprefix("\ufeff")
        delimiter, names = _columns(header, place)
        yield from _rows(csv.reader(rows, delimiter=delimiter, strict=True), names, place)
    finally:
        rows.detach()


def _columns(header: str, place: str) -> tuple[str, list[str]]:
    """The delimiter and the names of the columns."""
    for delimiter in (",", ";", "\t"):
        names = [name.strip().lower() for name in next(csv.reader([header], delimiter=delimiter), [])]
        if "text" in names:
            return delimiter, names
    raise ReadError(place, "no column is called text", remedy=f"name the columns: {', '.join(_FIELDS)}")


def _rows(reader: Iterator[list[str]], names: list[str], place: str) -> Iterator[Record | ReadError]:
    number = 1
    while True:
        number += 1
        at = f"{place}, row {number}"
        try:
            row = next(reader, None)
        except csv.Error as error:
            yield ReadError(at, f"not valid CSV: {error}", remedy="correct the row or leave it out")
            continue
        if row is None:
            return
        if not any(row):
            continue
        if len(row) != len(names):
            problem = f"{len(row)} fields where the header has {len(names)}"
            yield ReadError(at, problem, remedy="put fields with commas or line breaks in quotes")
            continue
        yield _fields({name: value or None for name, value in zip(names, row, strict=True)}, at)


def _encoding_of(file: BinaryIO, place: str) -> str:
    """Encoding of a file that is read twice: here in pieces, then row by row."""
    sample = file.read(_SAMPLE)
    for mark, encoding in _BOMS:
        if sample.startswith(mark):
            return encoding
    decoder = codecs.getincrementaldecoder("utf-8")()
    piece = sample
    try:
        while piece:
            decoder.decode(piece)
            piece = file.read(_SAMPLE)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return _guess(sample, place)
    return "utf-8"


def _fields(values: dict[str, object], at: str) -> Record | ReadError:
    """A record of named values; numbers are written out, other things refused."""
    read: dict[str, str | None] = {}
    for name in _FIELDS:
        value = values.get(name)
        if isinstance(value, int | float) and not isinstance(value, bool) and name != "text":
            value = str(value)
        if value is not None and not isinstance(value, str):
            return ReadError(at, f"{name} is {type(value).__name__}, not text", remedy="write it as a string")
        read[name] = value
    if not (read["text"] or "").strip():
        return ReadError(at, "this record has no text", remedy="fill the field text or leave the record out")
    optional = {name: _clean(read[name]) for name in _FIELDS[2:]}
    return Record(at, read["id"] or None, read["text"] or "", **optional)


def _too_long(place: str, length: int) -> ReadError:
    return ReadError(place, f"{length:,} characters; one text may have {LIMIT:,}", remedy=_SPLIT_REMEDY)


def _clean(value: str | None) -> str | None:
    """`value` without space around it; None if nothing is left."""
    return (value or "").strip() or None
