"""Actors without a name: "Russian officials", "the rebels", "the Syrian government", "Poland's ruling party".

The nouns and what they stand for are a table, `ontologies/actors/nominals.tsv`. Whose they are is read from what
stands beside them: an adjective ("Russian"), a name ("UN"), a possessor ("Putin's"), a phrase ("of Syria").
"European and U.S. officials" are two groups: the second has the noun, the first its adjective.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import cast

from kg.extract.mentions import Found, Parse
from kg.extract.titles import Titles
from kg.model import EntityType
from kg.text.gazetteer import Gazetteer, Match
from kg.text.tables import read_table

__all__ = ["Nominals", "find_nominals"]

_MODIFIERS = frozenset({"amod", "compound", "nmod", "nummod", "det", "poss", "advmod", "quantmod", "neg", "predet"})
_OWNING = frozenset({"of", "in", "from", "for", "at", "to", "with"})
_DEFINITE = frozenset({"the", "this", "that", "these", "those", "his", "her", "its", "their", "both"})


@dataclass(frozen=True, slots=True)
class Noun:
    """What a noun of the table stands for. `alone`: yes, the, no."""

    type: EntityType
    sector: str | None
    alone: str


@dataclass(frozen=True, slots=True)
class Nominals:
    """The table: nouns by their lemma, and those of two words."""

    nouns: Mapping[str, Noun]
    pairs: Mapping[tuple[str, str], Noun]

    @classmethod
    def load(cls) -> Nominals:
        """`ontologies/actors/nominals.tsv`.

        Raises:
            DataError: it is missing or not as it should be.
        """
        nouns: dict[str, Noun] = {}
        pairs: dict[tuple[str, str], Noun] = {}
        for cell, type_, sector, alone in read_table("actors/nominals.tsv", ("words", "type", "sector", "alone")):
            noun = Noun(cast(EntityType, type_), sector or None, alone)
            for words in cell.split("|"):
                first, _, rest = words.lower().partition(" ")
                if not rest:
                    nouns[first] = noun
                else:
                    *before, last = words.lower().split()
                    pairs[before[-1], last] = noun
        return cls(nouns, pairs)


def find_nominals(
    parse: Parse,
    names: list[Found],
    adjectives: list[Match],
    gazetteer: Gazetteer,
    titles: Titles,
    nominals: Nominals,
    skipped: frozenset[int],
) -> list[Found]:
    """The nominal actors, in order of their heads."""
    named = {i: f for f in names for i in range(f.start, f.end)}
    adjective_at = {i: m for m in adjectives for i in range(m.start, m.end)}
    found: list[Found] = []
    for i in range(parse.size):
        if parse.pos[i] not in ("NOUN", "PROPN") or i in named or i in skipped or i in adjective_at:
            continue
        noun = _noun(parse, nominals, i)
        if noun is None:
            continue
        head = parse.head[i]
        if parse.dep[i] in ("compound", "nmod", "amod") and head > i and (parse.pos[head] in ("NOUN", "PROPN")):
            continue
        found += _described(parse, i, noun, named, adjective_at, gazetteer, titles)
    return found


def _noun(parse: Parse, nominals: Nominals, i: int) -> Noun | None:
    lemma = parse.lemma[i].lower()
    if i:
        before = parse.lower[i - 1]
        pair = nominals.pairs.get((before, lemma)) or nominals.pairs.get((before, parse.lower[i]))
        if pair is not None:
            return pair
    return nominals.nouns.get(lemma) or nominals.nouns.get(parse.lower[i])


def _described(
    parse: Parse, i: int, noun: Noun, named: Mapping[int, Found], adjective_at: Mapping[int, Match],
    gazetteer: Gazetteer, titles: Titles,
) -> list[Found]:  # fmt: skip
    start = _left_edge(parse, i, named)
    inside = range(start, i)
    plural = parse.tag[i] in ("NNS", "NNPS")
    owner = _possessor(parse, i, named) or _phrase(parse, i, named)
    modifiers = [j for j in inside if j in adjective_at and parse.head[j] in range(start, i + 1)]
    by_name = [j for j in inside if j in named and named[j].head == j]
    definite = any(parse.lower[j] in _DEFINITE for j in inside)
    if noun.alone == "the" and not (definite or modifiers or by_name or owner is not None or plural):
        return []
    if noun.alone == "no" and not (modifiers or by_name or owner is not None):
        return []
    if parse.dep[i] == "attr" and not (modifiers or by_name or owner is not None):
        return []
    office = _office(parse, start, i, titles)
    type_ = noun.type
    if plural and type_ in ("Person", "Government", "Organization"):
        type_ = "Group" if type_ == "Person" else type_
    base = Found(
        start, i + 1, i, "nominal", f"nominals.tsv:{parse.lemma[i].lower()}", type_, _plain_name(parse, start, i, adjective_at),
        sector=noun.sector, plural=plural or type_ == "Group", definite=definite, office=office,
        appositive=_appositive(parse, i, named),
    )  # fmt: skip
    groups = _countries(parse, modifiers, adjective_at, by_name, named, gazetteer)
    if not groups:
        if owner is not None:
            holder = named[owner]
            return [replace(base, country=holder.country, owner=owner)]
        return [base]
    *others, last = groups
    out = []
    for at, country, _ in others:
        out.append(replace(base, start=at, end=at + 1, head=at, country=country, name=f"{parse.text[at]} {base.name}"))
    at, country, of = last
    first = start if not others else at
    label = base.name if of is not None else f"{_adjective_text(parse, at, adjective_at, named)} {base.name}"
    out.append(replace(base, start=first, country=country, name=label, owner=of))
    return out


def _left_edge(parse: Parse, i: int, named: Mapping[int, Found]) -> int:
    """The first token of the noun phrase before its head, possessors left out."""
    start = i
    j = i - 1
    while j >= 0 and parse.sentence[j] == parse.sentence[i]:
        if parse.lower[j] in ("'s", "'"):
            break
        inside = parse.head[j]
        if parse.dep[j] in _MODIFIERS and (start <= inside <= i) and parse.pos[j] not in ("PRON",):
            start = j
        elif parse.dep[j] in ("cc", "punct", "conj", "hyph", "amod", "npadvmod") and j < i and _within(parse, j, i):
            pass
        elif parse.pos[j] == "PRON" and parse.dep[j] == "poss":
            start = j
        else:
            break
        j -= 1
    while start < i and (parse.dep[start] in ("cc", "punct") or parse.lower[start] in ("'s", ",")):
        start += 1
    return start


def _within(parse: Parse, j: int, i: int) -> bool:
    """Whether the token hangs, over modifiers alone, on the noun at i."""
    for _ in range(4):
        if j == i:
            return True
        if parse.dep[j] not in ("cc", "punct", "conj", "amod", "compound", "nmod", "hyph", "npadvmod"):
            return False
        j = parse.head[j]
    return False


def _possessor(parse: Parse, i: int, named: Mapping[int, Found]) -> int | None:
    j = i - 1
    while j >= 0 and parse.dep[j] in _MODIFIERS and parse.dep[j] != "poss" and parse.head[j] <= i:
        j -= 1
    if j > 0 and parse.lower[j] in ("'s", "'") and j - 1 in named:
        return named[j - 1].head
    return None


def _phrase(parse: Parse, i: int, named: Mapping[int, Found]) -> int | None:
    if i + 1 < parse.size and parse.lower[i + 1] in _OWNING and parse.head[i + 1] == i:
        for j in range(i + 2, min(i + 7, parse.size)):
            if j in named and parse.head[named[j].head] == i + 1:
                return named[j].head
    return None


def _appositive(parse: Parse, i: int, named: Mapping[int, Found]) -> int | None:
    if parse.dep[i] == "appos" and parse.head[i] in named:
        return named[parse.head[i]].head
    for j in range(i + 1, min(i + 12, parse.size)):
        if parse.head[j] == i and parse.dep[j] == "appos" and j in named:
            return j
        if parse.sentence[j] != parse.sentence[i]:
            break
    return None


def _office(parse: Parse, start: int, i: int, titles: Titles) -> str | None:
    lemma = parse.lemma[i].lower()
    for size in range(min(4, i - start + 1), 0, -1):
        office = titles.office((*parse.lower[i - size + 1 : i], lemma))
        if office is not None:
            return office
    return None


def _plain_name(parse: Parse, start: int, i: int, adjective_at: Mapping[int, Match]) -> str:
    """Modifiers that tell which kind, and the noun, without country, article and number."""
    kept = [
        parse.text[j].lower()
        for j in range(start, i)
        if parse.dep[j] in ("compound", "amod", "nmod") and j not in adjective_at and parse.pos[j] in ("NOUN", "ADJ", "PROPN", "VERB")
        and parse.ent[j] not in ("GPE", "NORP", "PERSON", "ORG")
    ]  # fmt: skip
    return " ".join([*kept, parse.lower[i]])


def _adjective_text(parse: Parse, at: int, adjective_at: Mapping[int, Match], named: Mapping[int, Found]) -> str:
    span = adjective_at.get(at) or named.get(at)
    return " ".join(parse.text[span.start : span.end]) if span else parse.text[at]


def _countries(
    parse: Parse, modifiers: list[int], adjective_at: Mapping[int, Match], by_name: list[int],
    named: Mapping[int, Found], gazetteer: Gazetteer,
) -> list[tuple[int, str | None, int | None]]:  # fmt: skip
    """(token, country, owner) of each modifier that tells whose, left to right."""
    found: dict[int, tuple[int, str | None, int | None]] = {}
    for j in modifiers:
        match = adjective_at[j]
        entry = gazetteer.entry(match.entries[0])
        found[match.start] = (match.start, entry.country, None)
    for j in by_name:
        name = named[j]
        of = None if name.type in ("Country",) else j
        found[name.start] = (name.start, name.country, of)
    return [found[k] for k in sorted(found)]
