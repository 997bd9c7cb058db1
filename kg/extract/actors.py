"""The actors of one document: `find_actors(document, doc, gazetteer, segments)`.

    names (model + list) ─┐
    nominal actors ───────┼─▶ which node is meant ─▶ coreference ─▶ Actors (chains, mentions)
    adjectives alone ─────┘

`Actors` answers by token: who is headed by the token on which a verb's subject hangs, whose span covers it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from kg.extract.coreference import Cluster, Linked, resolve
from kg.extract.mentions import Found, Parse
from kg.extract.metonymy import acts
from kg.extract.names import find_names, skipped_tokens
from kg.extract.nominals import Nominals, find_nominals
from kg.extract.titles import Titles
from kg.model import Chain, Document, Mention
from kg.text.gazetteer import Gazetteer, Match
from kg.text.structure import Segment
from kg.text.tables import read_table
from kg.text.terms import day_number

if TYPE_CHECKING:
    from spacy.tokens import Doc

__all__ = ["Actors", "find_actors"]


@dataclass(frozen=True, slots=True)
class Actors:
    """Chains and mentions of one document, with a look-up by token."""

    chains: tuple[Chain, ...] = ()
    mentions: tuple[Mention, ...] = ()
    _heads: Mapping[int, tuple[Mention, ...]] = field(default_factory=dict)
    _cover: Mapping[int, Mention] = field(default_factory=dict)
    _chains: Mapping[str, Chain] = field(default_factory=dict)

    def headed_by(self, i: int) -> Mention | None:
        """The mention whose head is token `i`; of several ("both countries") the first."""
        found = self._heads.get(i)
        return found[0] if found else None

    def heading(self, i: int) -> tuple[Mention, ...]:
        """All mentions whose head is token `i`, or that share it ("European and U.S. officials")."""
        return self._heads.get(i, ())

    def covering(self, i: int) -> Mention | None:
        """The longest mention that contains token `i`."""
        return self._cover.get(i)

    def chain(self, mention: Mention) -> Chain | None:
        """The actor of a mention."""
        return self._chains.get(mention.entity) if mention.entity is not None else None


def find_actors(document: Document, doc: Doc, gazetteer: Gazetteer, segments: Sequence[Segment]) -> Actors:
    """Who is named, described or referred to in the document.

    Args:
        document: its publication date decides who held an office.
        doc: its parse.
        gazetteer: the actor list.
        segments: parts of the text; nothing in credits and bylines is an actor.
    """
    if not len(doc):
        return Actors()
    parse = Parse(doc)
    words = _words()
    skipped = skipped_tokens(doc, segments)
    day = day_number(document.published) if document.published else None
    names, adjectives = find_names(parse, gazetteer, words.titles, skipped)
    names = [_meant(parse, f, gazetteer, day) for f in names]
    nominals = find_nominals(parse, names, adjectives, gazetteer, words.titles, words.nominals, skipped)
    names, nominals = _without_nested(parse, names, nominals)
    covered = {i for f in nominals for i in range(f.start, f.end)}
    alone = [_adjective(parse, m, gazetteer) for m in adjectives if m.start not in covered]
    clusters, links = resolve(parse, [*names, *alone], nominals, gazetteer, words.first_names, day, skipped)
    return _actors(document, parse, clusters, links)


@dataclass(frozen=True, slots=True)
class _Words:
    titles: Titles
    nominals: Nominals
    first_names: dict[str, str]


@lru_cache(maxsize=1)
def _words() -> _Words:
    first_names = {name: gender for name, gender in read_table("actors/first_names.tsv", ("name", "gender"))}
    return _Words(Titles.load(), Nominals.load(), first_names)


def _meant(parse: Parse, found: Found, gazetteer: Gazetteer, day: int | None) -> Found:
    """A capital or seat that acts: its government."""
    if not found.entries or found.type != "Place":
        return found
    seats = [e for e in found.entries if gazetteer.entry(e).seat_of]
    if not seats or not acts(parse, found.head):
        return found
    government = gazetteer.government_of_seat(seats[0], day)
    if government is None:
        return found
    return replace(
        found, entries=(government.id,), type="Government", country=government.country, sector="GOV",
        rule=f"seat that acts: {found.name}",
    )  # fmt: skip


def _adjective(parse: Parse, match: Match, gazetteer: Gazetteer) -> Found:
    entry = gazetteer.entry(match.entries[0])
    name = " ".join(parse.text[match.start : match.end])
    return Found(
        match.start, match.end, match.end - 1, "demonym", f"adjective of {entry.id}", entry.type, name, match.entries,
        entry.country,
    )  # fmt: skip


def _without_nested(parse: Parse, names: list[Found], nominals: list[Found]) -> tuple[list[Found], list[Found]]:
    """Country names inside a nominal ("U.S. officials") belong to it; other names in it stay mentions too."""
    inside = {i for f in nominals for i in range(f.start, f.end)}
    return [f for f in names if not (f.type == "Country" and f.head in inside)], nominals


def _actors(document: Document, parse: Parse, clusters: Sequence[Cluster], links: Sequence[Linked]) -> Actors:
    doc = parse.doc
    spans = [(doc[l.found.start].idx, doc[l.found.end - 1].idx + len(parse.text[l.found.end - 1])) for l in links]
    ids: dict[int, str] = {}
    surfaces: dict[int, set[str]] = {}
    for link, (start, end) in zip(links, spans, strict=True):
        ids.setdefault(link.cluster, f"actor-{start}-{end}")
        if link.found.form in ("name", "nominal"):
            surfaces.setdefault(link.cluster, set()).add(link.found.name)
    chains = tuple(
        Chain(
            ids[n], c.name, c.type, tuple(sorted(surfaces.get(n, ()))), c.entry, c.country, c.sector,
            c.office,
        )
        for n, c in sorted(((n, c) for n, c in enumerate(clusters) if n in ids), key=lambda p: _position(ids[p[0]]))
    )  # fmt: skip
    mentions: list[Mention] = []
    heads: dict[int, tuple[Mention, ...]] = {}
    cover: dict[int, Mention] = {}
    for link, (start, end) in zip(links, spans, strict=True):
        mention = Mention(document.id, start, end, ids[link.cluster], link.found.form, link.rule)
        mentions.append(mention)
        heads[link.found.head] = (*heads.get(link.found.head, ()), mention)
        for i in range(link.found.start, link.found.end):
            if i not in cover or cover[i].end - cover[i].start < end - start:
                cover[i] = mention
    return Actors(chains, tuple(mentions), heads, cover, {c.id: c for c in chains})


def _position(chain: str) -> tuple[int, int]:
    _, start, end = chain.split("-")
    return int(start), int(end)
