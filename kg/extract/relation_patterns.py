"""The tables of ontologies/relations: which nouns, verbs and word pairs relate two actors, and how.

An editor without Python changes what is found by adding a line to a table; each relation names the line
that made it (`relations/nouns.tsv:ally`).

>>> patterns = RelationPatterns.load()
>>> phrase, rules = patterns.nouns["foreign"][0]
>>> " ".join(phrase), rules[0].office.category
('foreign affairs minister', 'foreign minister')
>>> fits(kinds("body region"), "ArmedGroup", sector=None, name="Hamas")
True

Kinds of actors in the tables are entity types in lower case, or one of the names in `KINDS`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, cast, get_args

from kg.data import data_path
from kg.errors import DataError
from kg.model import Predicate

__all__ = [
    "KINDS",
    "AsVerb",
    "Modifier",
    "NounPattern",
    "Office",
    "PartPattern",
    "RelationPatterns",
    "VerbPattern",
    "country_name",
    "fits",
    "kinds",
    "rows",
]

Effect = Literal["past", "future", "possible", "rank", "weak", "negative", ""]

KINDS: Mapping[str, frozenset[str]] = {
    "person": frozenset({"Person"}),
    "country": frozenset({"Country"}),
    "government": frozenset({"Government"}),
    "organization": frozenset({"Organization", "Government"}),
    "armed": frozenset({"ArmedGroup"}),
    "group": frozenset({"Group"}),
    "place": frozenset({"Place"}),
    "body": frozenset({"Organization", "Government", "ArmedGroup"}),
    "actor": frozenset({"Person", "Country", "Government", "Organization", "ArmedGroup", "Group"}),
    "region": frozenset({"Place", "Country"}),
    "party": frozenset({"party"}),
    "igo": frozenset({"igo"}),
    "coalition": frozenset({"coalition"}),
}
# Kinds that a type alone does not tell: sectors that it cannot have, and words of its name that settle it.
_NOT_PARTY = frozenset({"IGO", "MED", "BUS", "MIL", "COP", "JUD", "NGO", "EDU", "GOV", "SPY"})
_COALITION_WORDS = ("coalition", "alliance", "bloc", "forces", "union", "league", "front", "council")


@dataclass(frozen=True, slots=True)
class Office:
    """How an office is called: its category in the actor lists, its title, and its title in some countries."""

    category: str
    title: str
    titles: Mapping[str, str]

    def titled(self, country: str | None) -> str:
        """The title of this office in a country (ISO 3166 alpha-3)."""
        return self.titles.get(country or "", self.title)


@dataclass(frozen=True, slots=True)
class NounPattern:
    """A noun that relates its bearer to an owner; `inverse` where the relation runs from owner to bearer."""

    predicate: Predicate
    weak: Predicate | None
    bearer: frozenset[str]
    owner: frozenset[str]
    where: frozenset[str]
    inverse: bool
    plural: bool
    office: Office | None
    rule: str


@dataclass(frozen=True, slots=True)
class VerbPattern:
    """A verb that relates the actors at two of its places (nsubj, dobj or a preposition)."""

    particle: str
    subject: str
    object: str
    predicate: Predicate
    subject_types: frozenset[str]
    object_types: frozenset[str]
    passive: bool
    tense: Effect
    rule: str


@dataclass(frozen=True, slots=True)
class PartPattern:
    """The second part of a word such as "U.S.-led"."""

    predicate: Predicate
    owner: frozenset[str]
    bearer: frozenset[str]
    inverse: bool
    rule: str


@dataclass(frozen=True, slots=True)
class AsVerb:
    """A verb that gives or takes an office ("served as", "was elected")."""

    bearer: str
    tense: Effect
    rule: str


@dataclass(frozen=True, slots=True)
class Modifier:
    """A word beside the noun that changes what is said."""

    effect: Effect
    after: bool


Phrase = tuple[tuple[str, ...], tuple[NounPattern, ...]]


@dataclass(frozen=True, slots=True)
class RelationPatterns:
    """All tables, ready for lookup by lower-case word (nouns: by the first word, longest phrase first)."""

    nouns: Mapping[str, tuple[Phrase, ...]]
    verbs: Mapping[str, tuple[VerbPattern, ...]]
    parts: Mapping[str, tuple[PartPattern, ...]]
    as_verbs: Mapping[str, AsVerb]
    modifiers: Mapping[str, Modifier]
    countries: Mapping[str, str]

    @classmethod
    def load(cls) -> RelationPatterns:
        """The tables of ontologies/relations.

        Raises:
            DataError: a table is missing, or a line of it is not as its header says.
        """
        phrases: dict[tuple[str, ...], list[NounPattern]] = {}
        for words, rule, office in (*_offices(), *_nouns()):
            for phrase, plural in _forms(words):
                found = rule if not plural else _replace_plural(rule)
                phrases.setdefault(phrase, []).append(found)
                del office
        by_first: dict[str, list[Phrase]] = {}
        for phrase, patterns in sorted(phrases.items(), key=lambda item: (-len(item[0]), item[0])):
            by_first.setdefault(phrase[0], []).append((phrase, tuple(patterns)))
        return cls(
            {first: tuple(found) for first, found in by_first.items()},
            _verbs(),
            _parts(),
            _as_verbs(),
            _modifiers(),
            _countries(),
        )


def kinds(names: str) -> frozenset[str]:
    """The entity types and further kinds that a cell of a table names.

    Raises:
        KeyError: a name that is no kind.
    """
    return frozenset().union(*(KINDS[name] for name in names.split()))
