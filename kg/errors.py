"""The errors of kg: one base class, a message that gives the place and the remedy.

>>> error = ReadError("news.jsonl, line 7", "not valid JSON", remedy="correct the line or leave it out")
>>> print(error)
news.jsonl, line 7: not valid JSON (correct the line or leave it out)
"""

from __future__ import annotations

__all__ = [
    "DataError",
    "ExtractError",
    "KGError",
    "NameNotFoundError",
    "QueryError",
    "ReadError",
    "ReadNotice",
    "StoreError",
]


class KGError(Exception):
    """Something that a user can act on.

    Args:
        place: where it went wrong (a file and line, a document id, an argument).
        problem: what is wrong, in plain words.
        remedy: what to do about it; may be empty.
    """

    def __init__(self, place: str, problem: str, *, remedy: str = "") -> None:
        super().__init__(place, problem, remedy)
        self.place = place
        self.problem = problem
        self.remedy = remedy

    def __str__(self) -> str:
        return f"{self.place}: {self.problem}" + (f" ({self.remedy})" if self.remedy else "")

    def __reduce__(self) -> tuple[object, ...]:
        return _rebuild, (type(self), self.place, self.problem, self.remedy)


class ReadError(KGError):
    """An input that cannot be read as a document."""


class ReadNotice(ReadError):
    """Something to know about an input that is read all the same."""


class ExtractError(KGError):
    """A document whose extraction broke; the others go on."""


class DataError(KGError):
    """A file of rules, triggers or actors (ontologies/) that is not as it should be."""


class StoreError(KGError):
    """A store that cannot be opened, read or written."""


class QueryError(KGError):
    """A query that cannot be parsed or run."""


class NameNotFoundError(KGError):
    """A name (of an actor, a query, an event type) that nothing answers to; the remedy names the nearest."""


def _rebuild(kind: type[KGError], place: str, problem: str, remedy: str) -> KGError:
    return kind(place, problem, remedy=remedy)
