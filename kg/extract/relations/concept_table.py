"""The tables of political concepts: which nouns are nodes of their own, and whose they may be.

>>> table = ConceptTable.load()
>>> phrase, pattern = table.concepts["sphere"][0]
>>> phrase, pattern.kind
(('sphere', 'of', 'influence'), 'sphere')
>>> table.adjective("KEN")
'Kenyan'
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, cast, get_args

from kg.errors import DataError
from kg.extract.relations.patterns import (
    Modifier,
    country_table,
    modifier_table,
    nation_table,
    plural_of,
    tokens_of,
)
from kg.text.tables import read_table

__all__ = ["ConceptPattern", "ConceptTable", "Kind"]

Kind = Literal["holder", "sphere", "bond", "alliance", "rivalry"]


@dataclass(frozen=True, slots=True)
class ConceptPattern:
    """A line of concepts.tsv. `name` is "*" where the text's own words name it."""

    name: str
    kind: Kind
    region: frozenset[str]
    modified: bool
    rule: str


@dataclass(frozen=True, slots=True)
class ConceptTable:
    """Concepts by their first word (longest first), verbs of having, and adjectives of countries."""

    concepts: Mapping[str, tuple[tuple[tuple[str, ...], ConceptPattern], ...]]
    verbs: Mapping[str, str]
    adjectives: Mapping[str, str]
    modifiers: Mapping[str, Modifier]
    nations: Mapping[str, tuple[str, str, str]]

    @classmethod
    def load(cls) -> ConceptTable:
        """From ontologies/relations and the list of countries.

        Raises:
            DataError: a table is missing, or a line of it is not as its header says.
        """
        found: dict[tuple[str, ...], ConceptPattern] = {}
        columns = ("words", "concept", "kind", "region", "needs")
        for words, name, kind, region, needs in read_table("relations/concepts.tsv", columns):
            place = f"relations/concepts.tsv: {words}"
            if kind not in get_args(Kind):
                raise DataError(place, f"unknown kind {kind!r}", remedy="one of " + ", ".join(get_args(Kind)))
            for word in words.split("|"):
                rule = f"relations/concepts.tsv:{word}"
                regions = frozenset(region.split())
                pattern = ConceptPattern(name, cast(Kind, kind), regions, needs == "modifier", rule)
                found.setdefault(tokens_of(word), pattern)
                found.setdefault(plural_of(tokens_of(word)), pattern)
        by_first: dict[str, list[tuple[tuple[str, ...], ConceptPattern]]] = {}
        for phrase in sorted(found, key=lambda p: (-len(p), p)):
            by_first.setdefault(phrase[0], []).append((phrase, found[phrase]))
        return cls(
            {first: tuple(patterns) for first, patterns in by_first.items()},
            {row[0]: row[1] for row in read_table("relations/concept_verbs.tsv", ("verb", "effect"))},
            {**country_table("adjectives"), **_adjectives("groups.tsv"), **_adjectives("places.tsv")},
            modifier_table(),
            nation_table(),
        )

    def adjective(self, key: str) -> str | None:
        """The adjective of a country (ISO 3166 alpha-3), or of a group or place (its id in the actor lists)."""
        return self.adjectives.get(key, "").split("|")[0] or None


def _adjectives(file: str) -> Mapping[str, str]:
    return {id_: adjectives for id_, adjectives in read_table(f"actors/{file}", ("id", "adjectives")) if adjectives}
