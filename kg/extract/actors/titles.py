"""Titles and offices before a name, and offices in descriptions: "President", "Lt. Gen.", "foreign minister".

>>> titles = Titles.load()
>>> titles.office(("foreign", "minister")), titles.office(("minister", "of", "finance"))
('foreign minister', 'finance minister')
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.text.tables import read_table

if TYPE_CHECKING:
    from kg.extract.actors.mentions import Parse

__all__ = ["Title", "Titles"]

_FORMER = frozenset({"former", "ex", "then", "late", "ousted", "deposed", "exiled"})
_BESIDE = _FORMER | frozenset(
    {"acting", "interim", "deputy", "new", "current", "outgoing", "incoming", "senior", "chief", "assistant",
     "elect", "-", "first", "second", "newly", "elected", "longtime", "veteran", "powerful"}
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Title:
    """What stands before a name: from token `start`, with what it tells."""

    start: int
    office: str | None = None
    gender: str | None = None
    sector: str | None = None
    former: bool = False
    noun: str | None = None


@dataclass(frozen=True, slots=True)
class Titles:
    """The words of actors/titles.tsv and of the offices of relations/offices.tsv."""

    titles: Mapping[tuple[str, ...], tuple[str, str, str]]
    offices: Mapping[tuple[str, ...], str]
    longest: int

    @classmethod
    def load(cls) -> Titles:
        """Both tables.

        Raises:
            DataError: one of them is missing or not as it should be.
        """
        titles = {
            tuple(title.lower().replace("-", " - ").split()): (gender, sector, noun)
            for title, gender, sector, noun in read_table("actors/titles.tsv", ("title", "gender", "sector", "noun"))
        }
        offices = {
            tuple(words.replace("-", " - ").split()): category
            for cell, category in read_table("relations/offices.tsv", ("words", "category"))
            for words in cell.split("|")
        }
        return cls(titles, offices, max(map(len, (*titles, *offices)), default=0))

    def office(self, words: Sequence[str]) -> str | None:
        """Category of the office that the lower-case words name, or None."""
        return self.offices.get(tuple(words))

    def skip(self, parse: Parse, start: int, end: int) -> int:
        """The first token from `start` that is neither title nor office; `end` if all are."""
        at = start
        while at < end:
            step = next((n for n in range(min(self.longest, end - at), 0, -1) if self._known(parse, at, n)), 0)
            if not step and parse.lower[at] not in _BESIDE:
                break
            at += step or 1
        if at == end and end - start == 1 and (parse.lower[start],) not in self.offices:
            return start  # "King", "Justice": a surname
        return at

    def before(self, parse: Parse, start: int) -> Title:
        """Titles and offices that stand right before token `start`."""
        at = start
        office = gender = sector = noun = None
        former = False
        while at > 0 and parse.sentence[at - 1] == parse.sentence[start]:
            step = next((n for n in range(min(self.longest, at), 0, -1) if self._known(parse, at - n, n)), 0)
            if not step:
                if parse.lower[at - 1] not in _BESIDE or at == start:
                    break
                former |= parse.lower[at - 1] in _FORMER
                at -= 1
                continue
            words = tuple(parse.lower[at - step : at])
            office = office or self.offices.get(words)
            tells = self.titles.get(words, ("", "", ""))
            gender, sector, noun = gender or tells[0] or None, sector or tells[1] or None, noun or tells[2] or None
            if noun is None and office is not None:
                noun = words[-1]
            at -= step
        return Title(at, office, gender, sector, former, noun)

    def _known(self, parse: Parse, at: int, size: int) -> bool:
        words = tuple(parse.lower[at : at + size])
        return words in self.titles or words in self.offices
