"""The code book: which words name which kind of event, and where its participants stand.

All of it is data under ontologies/codebook, which an editor without Python can change: `types.tsv` (the classes,
with PLOVER type and CAMEO code), `frames.tsv` (which syntactic slot is source, target …), `lists.tsv` (words that
belong together) and `triggers/*.tsv` (verbs and nouns, each with its conditions):

>>> codebook = Codebook.load()
>>> codebook.types["Airstrike"].plover, codebook.types["Airstrike"].cameo
('ASSAULT', '195')
>>> "Shelling" in [line.type for line in codebook.triggers["v", "shell"]]
True
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal, get_args

from kg.data import data_path
from kg.errors import DataError
from kg.model import Plover

__all__ = [
    "LIGHT",
    "NOTHING",
    "UNDERGO",
    "Codebook",
    "Condition",
    "EventType",
    "Frame",
    "Slot",
    "Trigger",
    "quad_class",
]

Slot = str
PartOfSpeech = Literal["v", "n", "a", "x"]
LIGHT, UNDERGO, NOTHING = "=", "~", "-"

_QUADS: Mapping[str, int] = {
    "AGREE": 1, "CONSULT": 1, "SUPPORT": 1, "COOPERATE": 2, "AID": 2, "YIELD": 2, "REQUEST": 3, "ACCUSE": 3,
    "REJECT": 3, "THREATEN": 3, "PROTEST": 4, "MOBILIZE": 4, "SANCTION": 4, "COERCE": 4, "ASSAULT": 4,
}  # fmt: skip
_DEFAULT_FRAME = {"v": "verb", "n": "noun", "a": "adjective", "x": "verb"}


@dataclass(frozen=True, slots=True)
class EventType:
    """A class of event; `plover` and `cameo` are None where the code books have no place for it."""

    name: str
    plover: Plover | None
    cameo: str | None
    definition: str


@dataclass(frozen=True, slots=True)
class Frame:
    """Where the participants stand: for each role the slots to look in, the first that is filled wins."""

    name: str
    source: tuple[Slot, ...]
    target: tuple[Slot, ...]
    recipient: tuple[Slot, ...]
    topic: tuple[Slot, ...]
    instrument: tuple[Slot, ...]
    reciprocal: bool
    transitive: bool


@dataclass(frozen=True, slots=True)
class Condition:
    """What must stand in a slot: one of `words` (or, `negated`, none of them); '*' is anything."""

    slot: Slot
    words: frozenset[str]
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Trigger:
    """One line of a trigger table.

    Attributes:
        word: the lemma; `second` its particle or preposition ("call off", "call for"), or ''.
        type: name of the class; LIGHT: the event is the one that its object or complement names;
            UNDERGO: the same, and the subject is whom it hits; NOTHING: no event.
        inner: what an event in the complement becomes: 'about', 'apart' or 'part'.
        rule: the line, to be named as evidence.
        when: the conditions as they are written.
        example: what the line finds, in words of our own, or ''.
    """

    word: str
    second: str
    pos: PartOfSpeech
    type: str
    plover: Plover | None
    cameo: str | None
    frame: Frame
    conditions: tuple[Condition, ...]
    inner: str
    rule: str
    when: tuple[str, ...] = ()
    example: str = ""

    @property
    def line(self) -> str:
        """File and line: the rule without its word."""
        return self.rule.rpartition(":")[0]

    @property
    def order(self) -> tuple[int, int]:
        """Sorts lines, the most exact first: more conditions, then fewer words in them; a plain statement last."""
        weight = 4 if self.second else 0
        for condition in self.conditions:
            weight += 1 if condition.negated or "*" in condition.words else 2
        weight += self.type == NOTHING
        weight -= 6 if self.type == "Statement" else 0
        return -weight, sum(_breadth(condition) for condition in self.conditions)


@dataclass(frozen=True, slots=True)
class Codebook:
    """All tables; `triggers` by (part of speech, first word), the most exact lines first."""

    types: Mapping[str, EventType]
    frames: Mapping[str, Frame]
    lists: Mapping[str, frozenset[str]]
    triggers: Mapping[tuple[str, str], tuple[Trigger, ...]]

    @classmethod
    def load(cls, folder: Path | None = None) -> Codebook:
        """From ontologies/codebook, or another folder of the same files.

        Raises:
            DataError: a file is missing, or a line names an unknown class, frame, list or slot.
        """
        folder = folder or data_path("ontologies", "codebook")
        types = {t.name: t for t in _types(folder / "types.tsv")}
        frames = {f.name: f for f in _frames(folder / "frames.tsv")}
        lists = dict(_lists(folder / "lists.tsv"))
        found: dict[tuple[str, str], list[Trigger]] = defaultdict(list)
        for path in sorted((folder / "triggers").glob("*.tsv")):
            for trigger in _triggers(path, types, frames, lists):
                found[trigger.pos, trigger.word].append(trigger)
        triggers = {key: tuple(sorted(rows, key=lambda t: t.order)) for key, rows in found.items()}
        return cls(types, frames, lists, triggers)

    def list(self, name: str) -> frozenset[str]:
        """The words of a list.

        Raises:
            DataError: there is no such list.
        """
        if name not in self.lists:
            raise DataError(f"ontologies/codebook/lists.tsv: {name}", "there is no such list")
        return self.lists[name]

    def plain_class(self, plover: str) -> EventType:
        """The class for an event of which no more is known than its PLOVER type: one of the list `plain`.

        Raises:
            DataError: the list has none for this type.
        """
        for name in sorted(self.list("plain")):
            if name in self.types and self.types[name].plover == plover:
                return self.types[name]
        raise DataError("codebook/lists.tsv: plain", f"no class of {plover}", remedy="add one to the list")


def _breadth(condition: Condition) -> int:
    """How many words a condition allows; an actor may be anybody."""
    if condition.negated:
        return 0
    return len(condition.words) + (200 if "actor" in condition.words else 0) + (1000 if "*" in condition.words else 0)


def quad_class(plover: str | None) -> int | None:
    """1 verbal and 2 material cooperation, 3 verbal and 4 material conflict.

    >>> quad_class("SANCTION"), quad_class(None)
    (4, None)
    """
    return None if plover is None else _QUADS[plover]


def _rows(path: Path, columns: int) -> Iterator[tuple[str, list[str]]]:
    """(place, cells) of each line below the header; cells at the end may be left out."""
    place = f"codebook/{path.name}"
    if not path.is_file():
        raise DataError(place, "this file is missing", remedy="install kg-politics again")
    header = True
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = [cell.strip() for cell in line.split("\t")]
        if header:
            header = False
            continue
        if len(cells) > columns:
            raise DataError(f"{place}, line {number}", f"{len(cells)} columns", remedy=f"at most {columns}")
        yield f"{place}:{number}", cells + [""] * (columns - len(cells))


def _types(path: Path) -> Iterator[EventType]:
    for place, (name, plover, cameo, definition) in _rows(path, 4):
        if plover and plover not in _QUADS:
            raise DataError(place, f"unknown PLOVER type {plover!r}", remedy="one of " + ", ".join(get_args(Plover)))
        yield EventType(name, plover or None, cameo or None, definition)  # type: ignore[arg-type]


def _frames(path: Path) -> Iterator[Frame]:
    for place, (name, source, target, recipient, topic, instrument, flags, _) in _rows(path, 8):
        kinds = frozenset(flags.split())
        if kinds - {"reciprocal", "transitive"}:
            raise DataError(place, f"unknown flag in {flags!r}", remedy="reciprocal or transitive")
        yield Frame(
            name=name,
            source=tuple(source.split()),
            target=tuple(target.split()),
            recipient=tuple(recipient.split()),
            topic=tuple(topic.split()),
            instrument=tuple(instrument.split()),
            reciprocal="reciprocal" in kinds,
            transitive="transitive" in kinds,
        )


def _lists(path: Path) -> Iterator[tuple[str, frozenset[str]]]:
    known: dict[str, frozenset[str]] = {}
    for place, (name, words) in _rows(path, 2):
        known[name] = _words(place, words.replace(",", "|"), known)
        yield name, known[name]


def _words(place: str, text: str, lists: Mapping[str, frozenset[str]]) -> frozenset[str]:
    found: set[str] = set()
    for word in (part.strip() for part in text.split("|")):
        if word.startswith("@"):
            if word[1:] not in lists:
                raise DataError(place, f"unknown list {word!r}", remedy="lists.tsv names the lists")
            found |= lists[word[1:]]
        elif word:
            found.add(word)
    return frozenset(found)


def _triggers(
    path: Path, types: Mapping[str, EventType], frames: Mapping[str, Frame], lists: Mapping[str, frozenset[str]]
) -> Iterator[Trigger]:
    for place, (words, pos, kind, cameo, frame, when, inner, example) in _rows(path, 8):
        if pos not in _DEFAULT_FRAME:
            raise DataError(place, f"unknown part of speech {pos!r}", remedy="v, n, a or x")
        if kind not in types and kind not in (LIGHT, UNDERGO, NOTHING):
            raise DataError(place, f"unknown type {kind!r}", remedy="types.tsv names the types")
        name = frame or _DEFAULT_FRAME[pos]
        if name not in frames:
            raise DataError(place, f"unknown frame {name!r}", remedy="frames.tsv names the frames")
        if inner not in ("", "about", "apart", "part"):
            raise DataError(place, f"unknown use of the inner event {inner!r}", remedy="about, apart or part")
        found = types.get(kind)
        plain = Trigger(
            word="", second="", pos=pos, type=kind,  # type: ignore[arg-type]
            plover=found.plover if found else None, cameo=(cameo or found.cameo) if found else None,
            frame=frames[name], conditions=tuple(_conditions(place, when, lists)), inner=inner or "apart", rule=place,
            when=tuple(when.split()), example=example,
        )  # fmt: skip
        for word in words.split(","):
            first, _, second = word.strip().partition(" ")
            if not first:
                raise DataError(place, "an empty word", remedy="take out the comma too many")
            yield replace(plain, word=first, second=second, rule=f"{place}:{word.strip()}")


def _conditions(place: str, text: str, lists: Mapping[str, frozenset[str]]) -> Iterator[Condition]:
    for part in text.split():
        slot, equals, value = part.partition("=")
        if not equals or not value:
            raise DataError(place, f"{part!r} is no condition", remedy="write slot=word|word, or slot=* for anything")
        negated = slot.endswith("!")
        yield Condition(slot.removesuffix("!"), _words(place, value, lists), negated)
