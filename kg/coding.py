"""Codes for given pairs of actors, from JSON lines to JSON lines: `kg code`.

A line in: `{"id", "text", "source": {"start", "end"}, "target": {"start", "end"}}`. A line out:
`{"id", "plover", "cameo", "quad", "polarity", "certainty", "tense", "confidence", "rule"}`, nulls where nothing
relates the two.

>>> spans = '"source": {"start": 0, "end": 4}, "target": {"start": 10, "end": 15}'
>>> read_pair('{"id": 7, "text": "Peru sued Chile.", ' + spans + "}")
Pair(id='7', text='Peru sued Chile.', source=Span(start=0, end=4), target=Span(start=10, end=15))
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from itertools import groupby, islice
from pathlib import Path

from kg.errors import KGError, ReadError
from kg.extract import PairCode
from kg.graph.files import write_whole
from kg.model import Document, Span
from kg.pipeline import tools
from kg.text.annotate import annotate

__all__ = ["Pair", "code_file", "read_pair"]

_BATCH = 512  # pairs parsed at once


@dataclass(frozen=True, slots=True)
class Pair:
    """A text and two spans in it."""

    id: str
    text: str
    source: Span
    target: Span


def read_pair(line: str) -> Pair:
    """One line of input.

    Raises:
        ValueError: it is not such a line; the message says why.
    """
    record = json.loads(line)
    if not isinstance(record, dict):
        raise ValueError("not an object")
    missing = [key for key in ("id", "text", "source", "target") if key not in record]
    if missing:
        raise ValueError(f"without {', '.join(missing)}")
    text = record["text"]
    if not isinstance(text, str) or not text.strip():
        raise ValueError("without a text")
    return Pair(str(record["id"]), text, _span(record["source"], text), _span(record["target"], text))


def code_file(given: Path, output: Path) -> tuple[int, list[KGError]]:
    """Code each line of a file; bad lines are reported and left out.

    Returns:
        How many pairs were coded, and what went wrong.

    Raises:
        KGError: the input cannot be read, or the output not written.
    """
    problems: list[KGError] = []
    lines: list[bytes] = []
    pairs = _pairs(given, problems)
    while batch := list(islice(pairs, _BATCH)):
        for pair, code in _coded(batch):
            lines.append(json.dumps({"id": pair.id, **asdict(code)}, ensure_ascii=False).encode() + b"\n")
    write_whole(output, lines)
    return len(lines), problems


def _span(value: object, text: str) -> Span:
    if not isinstance(value, dict):
        raise ValueError("source and target must be objects with start and end")
    start, end = value.get("start"), value.get("end")
    if type(start) is not int or type(end) is not int or not 0 <= start < end <= len(text):
        raise ValueError(f"no span of the text: {start!r} to {end!r}")
    return Span(start, end)


def _pairs(given: Path, problems: list[KGError]) -> Iterator[Pair]:
    try:
        with given.open(encoding="utf-8") as file:
            for number, line in enumerate(file, 1):
                if not line.strip():
                    continue
                try:
                    yield read_pair(line)
                except ValueError as error:
                    place = f"{given}, line {number}"
                    problems.append(ReadError(place, str(error), remedy="see kg code --help for the format"))
    except (OSError, UnicodeDecodeError) as error:
        raise ReadError(str(given), f"cannot be read: {error}", remedy="name a UTF-8 file of JSON lines") from error


def _coded(batch: list[Pair]) -> Iterator[tuple[Pair, PairCode]]:
    extractor, nlp = tools()
    groups = [list(same) for _, same in groupby(batch, key=lambda pair: pair.text)]
    documents = [Document(group[0].id, group[0].text) for group in groups]
    for group, (document, doc) in zip(groups, annotate(documents, nlp), strict=True):
        yield from zip(group, extractor.code(document, doc, [(p.source, p.target) for p in group]), strict=True)
