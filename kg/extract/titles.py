"""Titles and offices before a name, and offices in descriptions: "President", "Lt. Gen.", "foreign minister".

>>> titles = Titles.load()
>>> titles.office(("foreign", "minister")), titles.gender("Ms.")
('foreign minister', 'f')
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.text.tables import read_table

if TYPE_CHECKING:
    from kg.extract.mentions import Parse

__all__ = ["Titles"]


@dataclass(frozen=True, slots=True)
class Titles:
    """The words of titles.tsv and of the offices of relations/offices.tsv."""

    titles: dict[tuple[str, ...], tuple[str, str]]
    offices: dict[tuple[str, ...], str]
    longest: int

    @classmethod
    def load(cls) -> Titles:
        """Both tables.

        Raises:
            DataError: one of them is missing or not as it should be.
        """
        titles = {
            tuple(title.lower().replace("-", " - ").split()): (gender, sector)
            for title, gender, sector in read_table("actors/titles.tsv", ("title", "gender", "sector"))
        }
        offices = {
            tuple(words.replace("-", " - ").split()): category
            for cell, category in read_table("relations/offices.tsv", ("words", "category"))
            for words in cell.split("|")
        }
        longest = max(map(len, (*titles, *offices)), default=0)
        return cls(titles, offices, longest)

    def office(self, words: Sequence[str]) -> str | None:
        """Category of the office that the lower-case words name, or None."""
        return self.offices.get(tuple(words))

    def gender(self, title: str) -> str | None:
        """m or f, where the title tells it."""
        return self.titles.get((title.lower(),), ("", ""))[0] or None

    def skip(self, parse: Parse, start: int, end: int) -> int:
        """The first token from `start` that is neither title nor office."""
        at = start
        while at < end:
            step = self._title_at(parse, at, end)
            if not step:
                break
            at += step
        if at == end and end - start == 1 and (parse.lower[start],) not in self.offices:
            return start  # "King", "Justice": a surname
        return at

    def _title_at(self, parse: Parse, at: int, end: int) -> int:
        for size in range(min(self.longest, end - at), 0, -1):
            words = tuple(parse.lower[at : at + size])
            if words in self.titles or words in self.offices:
                return size
        return 0
