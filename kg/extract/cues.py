"""The words that attribute and the words that decide whether something is said to have happened, from ontologies/cues.

A line of verbs.tsv, nouns.tsv or adjectives.tsv gives words, the frames in which they attribute, the stance of
their source and the effect on what stands inside. `Cues.load()` reads them into dictionaries by lemma:

>>> cues = Cues.load()
>>> [(cue.stance, cue.effect) for cue in cues.verbs["deny"]]
[('deny', 'false')]
>>> cues.verbs["deny"][0].rule
'cues/verbs.tsv:deny that quote obj ing'
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

from kg.data import data_path
from kg.errors import DataError
from kg.model import Stance

__all__ = ["Cue", "Cues", "Effect", "Phrase", "Word"]

Effect = Literal["report", "false", "doubt", "own", "future", "wish", "question"]
Force = Literal[
    "negative", "refused", "end", "positive", "fact", "light", "future", "wish", "condition",
    "question", "probable", "possible", "doubtful", "hearsay", "past", "soon", "carry", "topic",
]  # fmt: skip

_FRAMES = frozenset({"that", "to", "ing", "quote", "obj", "small", "hearer", "passive-to", "by"})


@dataclass(frozen=True, slots=True)
class Cue:
    """One use of a word that attributes.

    Attributes:
        lemma: the word.
        frames: where its content stands, in this use.
        prepositions: the content stands after one of these.
        objects: the content is the object, continued by one of these ("object-of").
        stance: of the source to the content.
        effect: what follows for the content.
        rule: its line, to be named as evidence.
    """

    lemma: str
    frames: frozenset[str]
    prepositions: frozenset[str]
    objects: frozenset[str]
    stance: Stance
    effect: Effect
    rule: str


@dataclass(frozen=True, slots=True)
class Phrase:
    """A fixed expression such as "according to"; `words` holds "x" where its source stands, if inside."""

    words: tuple[str, ...]
    stance: Stance
    effect: Effect
    rule: str


@dataclass(frozen=True, slots=True)
class Word:
    """A word that decides polarity, certainty or tense of what it governs; `places` says where it must stand."""

    lemma: str
    force: Force
    places: frozenset[str]
    rule: str


@dataclass(frozen=True, slots=True)
class Cues:
    """All cue lists, by lemma; `phrases` by their first word, `words` by (lemma, part of speech), `effects` by rule."""

    verbs: Mapping[str, tuple[Cue, ...]]
    nouns: Mapping[str, tuple[Cue, ...]]
    adjectives: Mapping[str, tuple[Cue, ...]]
    phrases: Mapping[str, tuple[Phrase, ...]]
    words: Mapping[tuple[str, str], tuple[Word, ...]]
    effects: Mapping[str, Effect]

    @classmethod
    def load(cls, folder: Path | None = None) -> Cues:
        """From ontologies/cues, or another folder of the same files.

        Raises:
            DataError: a file is missing, or a line has an unknown frame, stance or effect.
        """
        folder = folder or data_path("ontologies", "cues")
        verbs, nouns, adjectives = (_cues(folder / name) for name in ("verbs.tsv", "nouns.tsv", "adjectives.tsv"))
        phrases = _phrases(folder / "phrases.tsv")
        effects: dict[str, Effect] = {}
        for table in (verbs, nouns, adjectives, phrases):
            effects.update((cue.rule, cue.effect) for cues in table.values() for cue in cues)
        return cls(verbs, nouns, adjectives, phrases, _words(folder / "factuality.tsv"), effects)


def _rows(path: Path, columns: int) -> Iterator[tuple[str, list[str]]]:
    """(place, cells) of each line below the header."""
    if not path.is_file():
        raise DataError(f"ontologies/cues/{path.name}", "this file is missing", remedy="install kg-politics again")
    header = False
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        place, cells = f"ontologies/cues/{path.name}, line {number}", [cell.strip() for cell in line.split("\t")]
        if len(cells) != columns:
            raise DataError(place, f"{len(cells)} columns", remedy=f"{columns} are needed, parted by tabs")
        if header:
            yield place, cells
        header = True


def _stance(place: str, word: str) -> Stance:
    for stance in get_args(Stance):
        if stance == word:
            return stance  # type: ignore[no-any-return]
    raise DataError(place, f"unknown stance {word!r}", remedy="one of " + ", ".join(get_args(Stance)))


def _effect(place: str, word: str) -> Effect:
    for effect in get_args(Effect):
        if effect == word:
            return effect  # type: ignore[no-any-return]
    raise DataError(place, f"unknown effect {word!r}", remedy="one of " + ", ".join(get_args(Effect)))


def _cues(path: Path) -> Mapping[str, tuple[Cue, ...]]:
    found: dict[str, list[Cue]] = {}
    for place, (lemmas, frames, stance, effect) in _rows(path, 4):
        plain, prepositions, objects = set(), set(), set()
        for frame in frames.split():
            if frame.startswith("+"):
                prepositions.add(frame[1:])
            elif frame.startswith("object-"):
                objects.add(frame.removeprefix("object-"))
            elif frame in _FRAMES:
                plain.add(frame)
            else:
                raise DataError(place, f"unknown frame {frame!r}", remedy="see the head of verbs.tsv")
        for lemma in dict.fromkeys(part.strip() for part in lemmas.split(",")):
            found.setdefault(lemma, []).append(
                Cue(
                    lemma=lemma,
                    frames=frozenset(plain),
                    prepositions=frozenset(prepositions),
                    objects=frozenset(objects),
                    stance=_stance(place, stance),
                    effect=_effect(place, effect),
                    rule=f"cues/{path.name}:{lemma} {frames}",
                )
            )
    return {lemma: tuple(cues) for lemma, cues in found.items()}


def _phrases(path: Path) -> Mapping[str, tuple[Phrase, ...]]:
    found: dict[str, list[Phrase]] = {}
    for place, (words, stance, effect) in _rows(path, 3):
        parts = tuple("x" if part == "X's" else part for part in words.split())
        phrase = Phrase(parts, _stance(place, stance), _effect(place, effect), f"cues/{path.name}:{words}")
        found.setdefault(parts[0], []).append(phrase)
    return {first: tuple(phrases) for first, phrases in found.items()}


def _words(path: Path) -> Mapping[tuple[str, str], tuple[Word, ...]]:
    found: dict[tuple[str, str], list[Word]] = {}
    for place, (lemmas, pos, force, places) in _rows(path, 4):
        if force not in get_args(Force):
            raise DataError(place, f"unknown force {force!r}", remedy="one of " + ", ".join(get_args(Force)))
        for lemma in dict.fromkeys(part.strip() for part in lemmas.split(",")):
            word = Word(lemma, force, frozenset(places.split()), f"cues/{path.name}:{lemma} {force}")  # type: ignore[arg-type]
            found.setdefault((lemma, pos), []).append(word)
    return {key: tuple(words) for key, words in found.items()}
