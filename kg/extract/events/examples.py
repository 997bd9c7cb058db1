"""Example sentences of the code book: what the learned coder learns from, and what its rules are checked against.

A row of `ontologies/codebook/examples/*.tsv` is a sentence with its PLOVER type (or `none`) and marks around the
trigger, who does it and to whom:

>>> example = read_example("PROTEST", "{source Miners} {trigger struck} against {target the ministry} in 1984.")
>>> example.text
'Miners struck against the ministry in 1984.'
>>> [span.of(example.text) for span in (*example.sources, *example.triggers, *example.targets)]
['Miners', 'struck', 'the ministry']
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

from kg.data import data_path
from kg.errors import DataError
from kg.model import Plover, Span

__all__ = ["NONE", "Example", "load_examples", "read_example"]

NONE = "none"  # the label of a sentence, or of a pair, without any event
COLUMNS = ("type", "style", "region", "decade", "register", "sentence")
_MARK = re.compile(r"\{(source|target|trigger) ([^{}]+)\}")


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence with the characters of its event.

    Attributes:
        label: PLOVER type, or "none".
        text: the sentence without marks.
        sources, targets, triggers: what is marked in it.
        style: "plain" for agency copy with little else in the sentence, "dense" where other events stand beside it.
        place: file and line, or ''.
    """

    label: str
    text: str
    sources: tuple[Span, ...] = ()
    targets: tuple[Span, ...] = ()
    triggers: tuple[Span, ...] = ()
    style: str = ""
    region: str = ""
    decade: str = ""
    register: str = ""
    place: str = ""


def read_example(label: str, marked: str, *, place: str = "example") -> Example:
    """A sentence with marks such as `{source Miners}`.

    Raises:
        DataError: an unknown label, a brace that is no mark, or an event without a trigger.
    """
    if label != NONE and label not in get_args(Plover):
        raise DataError(place, f"unknown type {label!r}", remedy=f"one of {', '.join(get_args(Plover))} or {NONE}")
    parts: list[str] = []
    spans: dict[str, list[Span]] = {"source": [], "target": [], "trigger": []}
    length = last = 0
    for mark in _MARK.finditer(marked):
        before, words = marked[last : mark.start()], mark[2]
        start = length + len(before)
        spans[mark[1]].append(Span(start, start + len(words)))
        parts += [before, words]
        length, last = start + len(words), mark.end()
    text = "".join(parts) + marked[last:]
    if "{" in text or "}" in text:
        raise DataError(place, "a brace that is no mark", remedy="write {source …}, {target …} or {trigger …}")
    if label != NONE and len(spans["trigger"]) != 1:
        raise DataError(place, "an event needs one {trigger …}", remedy=f"mark it, or call the row {NONE}")
    return Example(label, text, tuple(spans["source"]), tuple(spans["target"]), tuple(spans["trigger"]), place=place)


def load_examples(folder: Path | None = None) -> tuple[Example, ...]:
    """Every row of the tables, file by file.

    Raises:
        DataError: a row is not as it should be, or a sentence stands twice.
    """
    folder = folder or data_path("ontologies", "codebook", "examples")
    found: list[Example] = []
    seen: dict[str, str] = {}
    for path in sorted(folder.glob("*.tsv")):
        for example in _rows(path):
            key = " ".join(re.findall(r"\w+", example.text.lower()))
            if key in seen:
                raise DataError(example.place, f"the sentence stands in {seen[key]} too", remedy="take one out")
            seen[key] = example.place
            found.append(example)
    return tuple(found)


def _rows(path: Path) -> Iterator[Example]:
    header: tuple[str, ...] | None = None
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        place = f"codebook/examples/{path.name}:{number}"
        cells = tuple(cell.strip() for cell in line.split("\t"))
        if header is None:
            header = cells
            if header != COLUMNS:
                raise DataError(place, f"the header is not {' '.join(COLUMNS)}", remedy="restore it")
            continue
        if len(cells) != len(COLUMNS):
            raise DataError(place, f"{len(cells)} columns", remedy=f"{len(COLUMNS)}: {' '.join(COLUMNS)}")
        label, style, region, decade, register, marked = cells
        plain = read_example(label, marked, place=place)
        yield Example(
            plain.label,
            plain.text,
            plain.sources,
            plain.targets,
            plain.triggers,
            style,
            region,
            decade,
            register,
            place,
        )
