"""The tables of ontologies/relations: which nouns, verbs and word pairs relate two actors, and how.

An editor without Python changes what is found by adding a line to a table; each relation names the line
that made it (`relations/nouns.tsv:ally`).

>>> patterns = RelationPatterns.load()
>>> phrase, rules = patterns.nouns["foreign"][0]
>>> " ".join(phrase), rules[0].office.category
('foreign affairs minister', 'foreign minister')

Kinds of actors in the tables are those of `kg.extract.relations.actor_kinds`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal, cast, get_args

from kg.errors import DataError
from kg.extract.relations.actor_kinds import KINDS, kinds
from kg.model import Predicate
from kg.text.tables import read_table

__all__ = [
    "AsVerb",
    "Modifier",
    "NounPattern",
    "Office",
    "PartPattern",
    "PartyWord",
    "RelationPatterns",
    "VerbPattern",
    "country_name",
    "country_table",
    "modifier_table",
    "nation_table",
    "plural_of",
    "tokens_of",
]

Effect = Literal["past", "future", "possible", "rank", "weak", "negative", ""]


@dataclass(frozen=True, slots=True)
class Office:
    """How an office is called: its category in the actor lists, its title, and its title in some countries.

    `default` is the country whose news names it without a country, or "".
    """

    category: str
    title: str
    titles: Mapping[str, str]
    default: str

    def titled(self, country: str | None) -> str:
        """The title of this office in a country (ISO 3166 alpha-3)."""
        return self.titles.get(country or "", self.title)


@dataclass(frozen=True, slots=True)
class NounPattern:
    """A noun that relates its bearer to an owner; `inverse` where the relation runs from owner to bearer.

    `where` the owner stands: the first place that is taken counts.
    """

    predicate: Predicate
    weak: Predicate | None
    bearer: frozenset[str]
    owner: frozenset[str]
    where: tuple[str, ...]
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


@dataclass(frozen=True, slots=True)
class PartyWord:
    """A word that stands for a party: its list id, its name, and its country."""

    entry: str
    name: str
    country: str
    rule: str


Phrase = tuple[tuple[str, ...], tuple[NounPattern, ...]]


@dataclass(frozen=True, slots=True)
class RelationPatterns:
    """All tables, ready for lookup by lower-case word (nouns: by the first word, longest phrase first)."""

    nouns: Mapping[str, tuple[Phrase, ...]]
    verbs: Mapping[str, tuple[VerbPattern, ...]]
    parts: Mapping[str, tuple[PartPattern, ...]]
    as_verbs: Mapping[str, AsVerb]
    modifiers: Mapping[str, Modifier]
    bodies: frozenset[str]
    wholes: frozenset[str]
    blocs: frozenset[str]
    parties: Mapping[tuple[str, str], PartyWord]
    countries: Mapping[str, str]
    nations: Mapping[str, tuple[str, str, str]]

    @classmethod
    def load(cls) -> RelationPatterns:
        """The tables of ontologies/relations.

        Raises:
            DataError: a table is missing, or a line of it is not as its header says.
        """
        phrases: dict[tuple[str, ...], list[NounPattern]] = {}
        for words, pattern in (*_offices(), *_nouns()):
            for phrase in words:
                phrases.setdefault(phrase, []).append(pattern)
                phrases.setdefault(plural_of(phrase), []).append(replace(pattern, plural=True))
        by_first: dict[str, list[Phrase]] = {}
        for phrase, patterns in sorted(phrases.items(), key=lambda item: (-len(item[0]), item[0])):
            by_first.setdefault(phrase[0], []).append((phrase, tuple(patterns)))
        return cls(
            {first: tuple(found) for first, found in by_first.items()},
            _verbs(),
            _parts(),
            _as_verbs(),
            modifier_table(),
            _bodies("part"),
            _bodies("whole"),
            _bodies("bloc"),
            _parties(),
            country_table("name"),
            nation_table(),
        )


def country_name(name: str) -> str:
    """A country's name as it stands after "of".

    >>> country_name("United States"), country_name("Kenya")
    ('the United States', 'Kenya')
    """
    needs = name.startswith("United ") or name.endswith(("Republic", "Islands")) or name in _WITH_ARTICLE
    return f"the {name}" if needs else name


_WITH_ARTICLE = frozenset(
    {"Netherlands", "Philippines", "Soviet Union", "Gambia", "Bahamas", "Maldives", "Comoros", "Seychelles", "Vatican",
     "Democratic Republic of the Congo", "Republic of the Congo", "European Union", "African Union"}
)  # fmt: skip


def tokens_of(words: str) -> tuple[str, ...]:
    """As the parser parts them: hyphens are tokens."""
    return tuple(words.replace("-", " - ").split())


def plural_of(phrase: tuple[str, ...]) -> tuple[str, ...]:
    """The plural of a noun phrase.

    >>> plural_of(("minister", "of", "finance"))
    ('ministers', 'of', 'finance')
    """
    # The noun that takes the ending stands before "of", "to" or "in": ministers of foreign affairs.
    at = next((k - 1 for k, word in enumerate(phrase) if k and word in ("of", "to", "in", "for")), len(phrase) - 1)
    at -= phrase[at] == "-"
    word = phrase[at]
    if word.endswith("man"):
        many = word[:-3] + "men"
    elif word.endswith("y") and word[-2:-1] not in "aeiou":
        many = word[:-1] + "ies"
    elif word.endswith(("s", "ch", "sh", "x")):
        many = word + "es"
    else:
        many = {"wife": "wives", "child": "children"}.get(word, word + "s")
    return (*phrase[:at], many, *phrase[at + 1 :])


def _predicate(place: str, cell: str) -> Predicate:
    if cell not in get_args(Predicate):
        raise DataError(place, f"unknown predicate {cell!r}", remedy="one of " + ", ".join(get_args(Predicate)))
    return cast(Predicate, cell)


def _kinds(place: str, cell: str) -> frozenset[str]:
    try:
        return kinds(cell)
    except KeyError as error:
        raise DataError(place, f"unknown kind of actor {error}", remedy="one of " + ", ".join(KINDS)) from error


def _effect(place: str, cell: str) -> Effect:
    if cell not in get_args(Effect):
        raise DataError(place, f"unknown effect {cell!r}", remedy="one of " + ", ".join(get_args(Effect)))
    return cast(Effect, cell)


def _offices() -> Iterator[tuple[list[tuple[str, ...]], NounPattern]]:
    owners = {
        "country": "country government",
        "place": "place",
        "organization": "body",
        "igo": "igo",
        "military": "military",
        "usa": "country government",
    }
    columns = ("words", "category", "title", "titles", "of", "default")
    for words, category, title, titles, of, default in read_table("relations/offices.tsv", columns):
        place = f"relations/offices.tsv: {words}"
        unknown = set(of.split()) - set(owners)
        if unknown or not of:
            raise DataError(place, f"unknown owner of an office {of!r}", remedy="one of " + ", ".join(owners))
        by_country = dict(pair.split("=", 1) for pair in titles.split("|") if pair)
        pattern = NounPattern(
            predicate="holdsOffice",
            weak="holdsOffice",
            bearer=KINDS["person"],
            owner=kinds(" ".join(owners[name] for name in of.split())) | frozenset(of.split()),
            where=("poss", "pre", "of", "for", "from"),
            inverse=False,
            plural=False,
            office=Office(category, title, by_country, default),
            rule=f"relations/offices.tsv:{words.split('|')[0]}",
        )
        yield [tokens_of(word) for word in words.split("|")], pattern


def _nouns() -> Iterator[tuple[list[tuple[str, ...]], NounPattern]]:
    columns = ("words", "predicate", "weak", "bearer", "owner", "where")
    for words, predicate, weak, bearer, owner, where in read_table("relations/nouns.tsv", columns):
        place = f"relations/nouns.tsv: {words}"
        names = list(dict.fromkeys(words.split("|")))
        pattern = NounPattern(
            predicate=_predicate(place, predicate.removeprefix("<")),
            weak=None if weak == "-" else _predicate(place, weak.removeprefix("<")),
            bearer=_kinds(place, bearer),
            owner=_kinds(place, owner),
            where=tuple(where.split()),
            inverse=predicate.startswith("<"),
            plural=False,
            office=None,
            rule=f"relations/nouns.tsv:{predicate.removeprefix('<')} {names[0]}",
        )
        for name in names:
            yield [tokens_of(name)], replace(pattern, rule=f"relations/nouns.tsv:{name}")


def _verbs() -> Mapping[str, tuple[VerbPattern, ...]]:
    found: dict[str, list[VerbPattern]] = {}
    columns = ("verb", "subject", "object", "predicate", "subject_types", "object_types", "passive", "tense")
    for words, subject, object_, predicate, subjects, objects, passive, tense in read_table(
        "relations/verbs.tsv", columns
    ):
        place = f"relations/verbs.tsv: {words}"
        verb, _, particle = words.partition(" ")
        pattern = VerbPattern(
            particle=particle,
            subject=subject,
            object=object_,
            predicate=_predicate(place, predicate),
            subject_types=_kinds(place, subjects),
            object_types=_kinds(place, objects),
            passive=passive == "yes",
            tense=_effect(place, tense),
            rule=f"relations/verbs.tsv:{words} {object_}",
        )
        found.setdefault(verb, []).append(pattern)
    return {verb: tuple(patterns) for verb, patterns in found.items()}


def _parts() -> Mapping[str, tuple[PartPattern, ...]]:
    found: dict[str, list[PartPattern]] = {}
    columns = ("part", "predicate", "owner", "bearer")
    for part, predicate, owner, bearer in read_table("relations/participles.tsv", columns):
        place = f"relations/participles.tsv: {part}"
        pattern = PartPattern(
            _predicate(place, predicate.removeprefix("<")),
            _kinds(place, owner),
            _kinds(place, bearer),
            predicate.startswith("<"),
            f"relations/participles.tsv:{part}",
        )
        found.setdefault(part, []).append(pattern)
    return {part: tuple(patterns) for part, patterns in found.items()}


def _as_verbs() -> Mapping[str, AsVerb]:
    return {
        verb: AsVerb(bearer, _effect(f"relations/as_verbs.tsv: {verb}", tense), f"relations/as_verbs.tsv:{verb}")
        for verb, bearer, tense in read_table("relations/as_verbs.tsv", ("verb", "bearer", "tense"))
    }


def modifier_table() -> Mapping[str, Modifier]:
    """The words of modifiers.tsv.

    Raises:
        DataError: an effect is unknown.
    """
    return {
        word: Modifier(_effect(f"relations/modifiers.tsv: {word}", effect), after == "after")
        for word, effect, after in read_table("relations/modifiers.tsv", ("word", "effect", "place"))
    }


def _parties() -> Mapping[tuple[str, str], PartyWord]:
    """By kind and word."""
    names = {row[0]: row[1] for row in read_table("actors/organisations.tsv", ("id", "name"))}
    found: dict[tuple[str, str], PartyWord] = {}
    for word, kind, party, country in read_table("relations/party_marks.tsv", ("word", "kind", "party", "country")):
        place = f"relations/party_marks.tsv: {word}"
        if party not in names or kind not in ("mark", "word"):
            raise DataError(place, f"unknown party {party!r} or kind {kind!r}", remedy="see actors/organisations.tsv")
        found[kind, word] = PartyWord(party, names[party], country, f"relations/party_marks.tsv:{word}")
    return found


def _bodies(kind: str) -> frozenset[str]:
    return frozenset(word for word, is_ in read_table("relations/bodies.tsv", ("word", "kind")) if is_ == kind)


def country_table(column: str) -> Mapping[str, str]:
    """A column of the list of countries by code (ISO 3166 alpha-3)."""
    found: dict[str, str] = {}
    for code, cell in read_table("actors/countries.tsv", ("code", column)):
        found.setdefault(code, cell)
    return found


def nation_table() -> Mapping[str, tuple[str, str, str]]:
    """(code, name, id) by adjective and by short aliases such as "U.S.", in lower case; of several the first."""
    found: dict[str, tuple[str, str, str]] = {}
    for code, name, id_, adjectives, aliases in read_table(
        "actors/countries.tsv", ("code", "name", "id", "adjectives", "aliases")
    ):
        short = (alias for alias in aliases.split("|") if alias.isupper())
        for word in (name, *adjectives.split("|"), *short):
            if word:
                found.setdefault(word.lower(), (code, name, id_))
    return found
