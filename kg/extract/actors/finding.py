"""The actors of one document: `find_actors(document, doc, gazetteer, segments)`.

    names (model + list) ─┐
    nominal actors ───────┼─▶ which node is meant ─▶ coreference ─▶ Actors (chains, mentions)
    adjectives alone ─────┘

`Actors` answers by token: who is headed by the token on which a verb's subject hangs, whose span covers it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from kg.extract.actors.clusters import Cluster, Linked
from kg.extract.actors.coreference import resolve
from kg.extract.actors.lexicon import ActorWords
from kg.extract.actors.mentions import Found, Parse
from kg.extract.actors.metonymy import acts
from kg.extract.actors.names import find_names, skipped_tokens
from kg.extract.actors.nominals import find_nominals
from kg.model import Chain, Document, Mention
from kg.text.gazetteer import Gazetteer, Match
from kg.text.structure import Segment
from kg.text.terms import day_number
from kg.text.tokenize import plain

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
        """The mention whose head is token `i`; of several ("both countries") the last that contains it."""
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
    parse = Parse(doc, plain(document.text))
    words = ActorWords.load()
    skipped = skipped_tokens(parse, segments)
    day = day_number(document.published) if document.published else year_of(parse)
    names = find_names(parse, gazetteer, words, skipped, day)
    spoken_of = {e for f in names.found for e in f.entries} | {e for m in names.adjectives for e in m.entries}
    found = [_meant(parse, f, gazetteer, words, day, spoken_of) for f in names.found]
    nominals = find_nominals(parse, found, names.adjectives, gazetteer, words, skipped)
    inside = {i for f in nominals for i in range(f.start, f.end)}
    found = [f for f in found if not (f.type == "Country" and f.head in inside)]
    alone = [_adjective(parse, m, gazetteer) for m in names.adjectives if m.start not in inside]
    clusters, links = resolve(
        parse, [*found, *alone], nominals, gazetteer, words,
        countries=names.countries, main=names.main, day=day, skipped=skipped,
    )  # fmt: skip
    return _actors(document, parse, clusters, links)


def year_of(parse: Parse) -> int | None:
    """The last day of the year that a text without date names most; None if it names none."""
    years = Counter(w for w in parse.text if len(w) == 4 and w.isdigit() and w[:2] in ("19", "20"))
    year = max(years, key=lambda y: (years[y], y), default=None)
    return int(year) * 10000 + 1231 if year else None


def _meant(
    parse: Parse, found: Found, gazetteer: Gazetteer, words: ActorWords, day: int | None, spoken_of: Set[str]
) -> Found:
    """A capital or seat that acts: its government."""
    if not found.entries or found.type != "Place":
        return found
    seats = [e for e in found.entries if gazetteer.entry(e).seat_of]
    if not seats or not acts(parse, found.head, words):
        return found
    government = gazetteer.government_of_seat(seats[0], day, spoken_of)
    if government is None:
        return found
    return replace(
        found, entries=(government.id,), type=government.type, country=government.country, sector=government.sector,
        rule=f"seat that acts: {found.name}",
    )  # fmt: skip


def _adjective(parse: Parse, match: Match, gazetteer: Gazetteer) -> Found:
    """An adjective that is no part of another mention: the country itself ("Russian assistance")."""
    entry = gazetteer.entry(match.entries[0])
    name = " ".join(parse.text[match.start : match.end])
    return Found(
        match.start, match.end, match.end - 1, "demonym", f"adjective of {entry.id}", entry.type, name, match.entries,
        entry.country,
    )  # fmt: skip


def _actors(document: Document, parse: Parse, clusters: Sequence[Cluster], links: Sequence[Linked]) -> Actors:
    spans = [_characters(parse, link.found) for link in links]
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
        head = link.found.head
        known = heads.get(head, ())
        heads[head] = (mention, *known) if link.found.start <= head < link.found.end else (*known, mention)
        for i in range(link.found.start, link.found.end):
            if i not in cover or cover[i].end - cover[i].start < end - start:
                cover[i] = mention
    return Actors(chains, tuple(mentions), heads, cover, {c.id: c for c in chains})


def _characters(parse: Parse, found: Found) -> tuple[int, int]:
    """Where the mention stands; a footnote mark at the end of a name is left out."""
    start = parse.idx[found.start]
    words = parse.words(found.start, found.end)
    if found.form == "name" and words != found.name and words.startswith(found.name):
        return start, start + len(found.name)
    return start, start + len(words)


def _position(chain: str) -> tuple[int, int]:
    _, start, end = chain.split("-")
    return int(start), int(end)
