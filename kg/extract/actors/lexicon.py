"""The word lists that finding actors needs, loaded once: `ActorWords.load()`.

>>> words = ActorWords.load()
>>> "ministry" in words.of("organisation"), words.reading("in", "live"), words.reading("in", "official")
(True, 'place', 'actor')
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import cast

from kg.errors import DataError
from kg.extract.actors.titles import Titles
from kg.model import EntityType
from kg.text.tables import read_table

__all__ = ["ActorWords", "Noun"]


_ALONE = ("yes", "the", "no", "ref", "back", "beside", "two")


@dataclass(frozen=True, slots=True)
class Noun:
    """What a noun of nominals.tsv stands for. `alone`: one of those that the table explains."""

    type: EntityType
    sector: str | None
    alone: str


@dataclass(frozen=True, slots=True)
class ActorWords:
    """Titles, nouns for actors, given names, readings of seats, and small lists."""

    titles: Titles
    nouns: Mapping[str, Noun]
    pairs: Mapping[tuple[str, str], Noun]
    first_names: Mapping[str, str]
    lists: Mapping[str, frozenset[str]]
    readings: Mapping[tuple[str, str], str]

    @classmethod
    @lru_cache(maxsize=1)
    def load(cls) -> ActorWords:
        """The tables nominals, titles, first_names, words and metonymy of ontologies/actors.

        Raises:
            DataError: one of them is missing or not as it should be.
        """
        nouns: dict[str, Noun] = {}
        pairs: dict[tuple[str, str], Noun] = {}
        for cell, type_, sector, alone in read_table("actors/nominals.tsv", ("words", "type", "sector", "alone")):
            if alone not in _ALONE:
                raise DataError("actors/nominals.tsv", f"alone is {alone!r}", remedy=f"one of {', '.join(_ALONE)}")
            noun = Noun(cast(EntityType, type_), sector or None, alone)
            for words in cell.lower().split("|"):
                *before, last = words.split()
                if before:
                    pairs[before[-1], last] = noun
                else:
                    nouns[last] = noun
        lists: dict[str, set[str]] = defaultdict(set)
        for name, words in read_table("actors/words.tsv", ("list", "words")):
            lists[name].update(words.split("|"))
        readings = {
            (relation, word): reading
            for relation, cell, reading in read_table("actors/metonymy.tsv", ("relation", "word", "reading"))
            for word in cell.split("|")
        }
        return cls(
            Titles.load(), nouns, pairs,
            dict(cast(list[tuple[str, str]], read_table("actors/first_names.tsv", ("name", "gender")))),
            {name: frozenset(words) for name, words in lists.items()}, readings,
        )  # fmt: skip

    def of(self, name: str) -> frozenset[str]:
        """A list of words.tsv (KeyError if there is none of that name)."""
        return self.lists[name]

    def reading(self, relation: str, word: str) -> str | None:
        """actor or place: what a seat is in that relation to that word; None where the table has nothing."""
        return self.readings.get((relation, word)) or self.readings.get((relation, "*"))

    def noun(self, before: str, word: str, lemma: str) -> Noun | None:
        """What a noun stands for, alone or with the word before it."""
        before = before or ""
        pair = self.pairs.get((before, lemma)) or self.pairs.get((before, word))
        return pair or self.nouns.get(lemma) or self.nouns.get(word)
