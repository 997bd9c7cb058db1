"""One actor of a document while it is put together, and a link from a mention to it."""

from __future__ import annotations

from dataclasses import dataclass, field

from kg.extract.actors.mentions import Found
from kg.model import EntityType

__all__ = ["Cluster", "Linked"]


@dataclass(slots=True)
class Cluster:
    """What is known of one actor; grows with each mention.

    Attributes:
        keys: the words of its fullest name, in loose spelling.
        offices: (category, country's code or None) that titles in the text give it.
        named: it has a name, not only a description.
        lemmas: nouns that describe it in this text ("regime").
    """

    name: str
    type: EntityType
    entry: str | None = None
    country: str | None = None
    sector: str | None = None
    gender: str | None = None
    plural: bool = False
    named: bool = True
    office: str | None = None
    keys: tuple[str, ...] = ()
    offices: set[tuple[str, str | None]] = field(default_factory=set)
    lemmas: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Linked:
    """A mention, the number of its cluster, and the rule that linked them."""

    found: Found
    cluster: int
    rule: str
