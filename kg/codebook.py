"""The code book for its editors: is every line at work, and what does a type hold?

Each line of a trigger table has an example; `check_codebook` codes it and reports the lines that another line
overrules. `describe("AGREE")` (a PLOVER type, a class such as Airstrike, or a CAMEO root such as 18) shows
definitions, triggers and example sentences:

>>> card = describe("Airstrike")
>>> card.title, card.classes[0].cameo, card.lines[0].file
('Airstrike', '195', 'assault.tsv')
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import get_args

from rapidfuzz.process import extract

from kg.errors import DataError, NameNotFoundError
from kg.extract.events.checking import Miscoded, miscoded
from kg.extract.events.codebook import Codebook, EventType, Trigger
from kg.extract.events.examples import Example, load_examples
from kg.model import Plover
from kg.pipeline import tools
from kg.text.annotate import annotate

__all__ = ["Card", "Checked", "Line", "check_codebook", "describe"]


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check of the code book counted and found.

    Attributes:
        classes, lines, words, examples: how many of each there are.
        coded: lines whose example was tried.
        problems: lines whose example another line codes otherwise.
    """

    classes: int
    lines: int
    words: int
    examples: int
    coded: int
    problems: tuple[DataError, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a trigger table: its words, part of speech, class, frame and conditions as they are written."""

    file: str
    number: int
    words: tuple[str, ...]
    pos: str
    type: str
    cameo: str | None
    frame: str
    when: tuple[str, ...]
    example: str


@dataclass(frozen=True, slots=True)
class Card:
    """All that the code book says of one type or class."""

    title: str
    classes: tuple[EventType, ...]
    lines: tuple[Line, ...]
    examples: tuple[Example, ...]


def check_codebook() -> Checked:
    """Code the example of every line, and read every example sentence.

    Raises:
        DataError: a table cannot be read; the message names file and line.
    """
    extractor, nlp = tools()
    codebook, examples = extractor.codebook, load_examples()
    lines = _lines(codebook)
    tried = [rows[0] for rows in lines.values() if rows[0].example]
    found = miscoded(tried, extractor, lambda documents: annotate(documents, nlp))
    return Checked(
        classes=len(codebook.types),
        lines=len(lines),
        words=sum(len(rows) for rows in lines.values()),
        examples=len(examples),
        coded=len(tried),
        problems=tuple(_problem(one) for one in found),
    )


def describe(name: str) -> Card:
    """The card of a PLOVER type, a class or a CAMEO root.

    Raises:
        NameNotFoundError: the code book has no such name.
    """
    codebook = Codebook.load()
    classes = tuple(kind for kind in codebook.types.values() if name.strip() and _named(kind, name.strip()))
    if not classes:
        known = [*get_args(Plover), *codebook.types]
        near = sorted({k for k, _, _ in extract(name, known, limit=3)})
        raise NameNotFoundError(name, "the code book has no such type", remedy="nearest: " + ", ".join(near))
    names = {kind.name for kind in classes}
    lines = tuple(_line(rows) for rows in _lines(codebook).values() if rows[0].type in names)
    plover = {kind.plover for kind in classes}
    examples = tuple(e for e in load_examples() if e.label in plover) if len(plover) == 1 else ()
    title = classes[0].name if len(classes) == 1 else name.upper()
    return Card(title, classes, lines, examples)


def _named(kind: EventType, name: str) -> bool:
    if name.isdigit():
        return bool(kind.cameo) and str(kind.cameo).startswith(name)
    return name.lower() in (kind.name.lower(), (kind.plover or "").lower())


def _lines(codebook: Codebook) -> dict[str, list[Trigger]]:
    """The triggers by line, in the order of the files."""
    found: dict[str, list[Trigger]] = {}
    for trigger in sorted((t for rows in codebook.triggers.values() for t in rows), key=_place):
        found.setdefault(trigger.line, []).append(trigger)
    return found


def _place(trigger: Trigger) -> tuple[str, int]:
    file, number = trigger.line.removeprefix("codebook/").split(":")
    return file, int(number)


def _line(rows: list[Trigger]) -> Line:
    first = rows[0]
    file, number = _place(first)
    words = tuple(f"{row.word} {row.second}".strip() for row in rows)
    return Line(file, number, words, first.pos, first.type, first.cameo, first.frame.name, first.when, first.example)


def _problem(one: Miscoded) -> DataError:
    got = "; ".join(f"{t.type} ({t.rule})" for t in one.instead) or "nothing"
    return DataError(
        one.trigger.line,
        f"{one.trigger.example!r} is not coded {one.trigger.type} but {got}",
        remedy="make the conditions more exact, take the line out, or change its example",
    )
