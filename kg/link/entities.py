"""One node an actor over all documents: `link_entities(extractions, gazetteer)`.

    chain with a line in the actor list ─────────────▶ the line's node
    office of a country, known on the document's day ─▶ the holder's node
    another name ────────────────────────────────────▶ one node a name and kind
    a group of a country ("Russian officials") ──────▶ one node a description and country
    a group of nobody ("protesters") ────────────────▶ a node of the document alone

The result is a function of the set of extractions: their order does not matter.

>>> chain = Chain("actor-0-5", "Donald Trump", "Person", ("Trump",), "donald-trump", "USA")
>>> entities, of = link_entities([Extraction(Document("a", "Trump spoke."), (chain,))], Gazetteer.load())
>>> of["a", "actor-0-5"], [entity.id for entity in entities]
('actor/donald-trump', ['actor/donald-trump', 'actor/united-states'])
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from typing import TypeVar

from kg.link.offices import holder
from kg.model import Chain, Document, Entity, EntityType, Extraction
from kg.text.gazetteer import Entry, Gazetteer
from kg.text.spelling import fold, loose, slug, words_of

__all__ = ["link_entities"]

_WIKIDATA = "http://www.wikidata.org/entity/"
_T = TypeVar("_T", bound=str)
_OFFICE_NAMES = frozenset({"Office", "Concept", "Work"})


def link_entities(
    extractions: Sequence[Extraction], gazetteer: Gazetteer
) -> tuple[tuple[Entity, ...], Mapping[tuple[str, str], str]]:
    """Entities sorted by id, and the entity of each (document id, chain id)."""
    listed: dict[str, list[tuple[str, Chain]]] = defaultdict(list)
    others: dict[str, list[tuple[str, Chain]]] = defaultdict(list)
    for extraction in extractions:
        for chain in extraction.chains:
            pair = (extraction.document.id, chain)
            entry = _entry(extraction.document, chain, gazetteer)
            if entry is not None:
                listed[entry].append(pair)
            else:
                others[_key(extraction.document, chain)].append(pair)
    ids: dict[tuple[str, str], str] = {}
    entities: dict[str, Entity] = {}
    for entry, pairs in listed.items():
        entities[entry] = _of_entry(gazetteer.entry(entry), pairs, gazetteer)
        ids.update({(doc, chain.id): f"actor/{entry}" for doc, chain in pairs})
    taken = {entry.id for entry in gazetteer}
    for key in sorted(others):
        pairs = others[key]
        made = _of_name(key, pairs, taken, gazetteer)
        taken.add(made.id.removeprefix("actor/"))
        entities[key] = made
        ids.update({(doc, chain.id): made.id for doc, chain in pairs})
    known = {entity.id for entity in entities.values()}
    for wanted in sorted({e.country for e in entities.values() if e.country} - known):
        entities[wanted] = _of_entry(gazetteer.entry(wanted.removeprefix("actor/")), [], gazetteer)
    return tuple(sorted(entities.values(), key=lambda e: e.id)), ids


def _entry(document: Document, chain: Chain, gazetteer: Gazetteer) -> str | None:
    if chain.entry is not None and chain.entry in gazetteer:
        return chain.entry
    if chain.type == "Person" and chain.office and chain.country:
        return holder(
            chain.office, chain.country, document.published, gazetteer,
            former=chain.name.startswith(("former ", "ex-")), title=chain.name.lower().rsplit(" ", 1)[-1],
        )  # fmt: skip
    return None


def _key(document: Document, chain: Chain) -> str:
    """What makes chains of two documents one node."""
    alone = not _proper(chain)
    words = " ".join((loose if chain.type == "Person" else fold)(w) for w in words_of(chain.name))
    kind = "person" if chain.type == "Person" else "other" if chain.type not in _OFFICE_NAMES else chain.type.lower()
    if alone and chain.country is None:
        return f"{kind}|{words}|{_mark(document.id, chain.id)}"
    return f"{kind}|{words}|{chain.country or ''}" if alone else f"{kind}|{words}|"


def _proper(chain: Chain) -> bool:
    """Whether the chain has a name of its own, not only a description."""
    return chain.name[:1].isupper() and any(n[:1].isupper() or n[:1].isdigit() for n in chain.names)


def _mark(document: str, chain: str) -> str:
    return sha256(f"{document}\0{chain}".encode()).hexdigest()[:8]


def _of_entry(entry: Entry, pairs: Iterable[tuple[str, Chain]], gazetteer: Gazetteer) -> Entity:
    pairs = list(pairs)
    surface = {name for _, chain in pairs for name in chain.names}
    return Entity(
        f"actor/{entry.id}", entry.label, entry.type,
        tuple(sorted(surface.union(entry.names) - {entry.label})),
        (_WIKIDATA + entry.wikidata,) if entry.wikidata else (),
        _country(entry.country, gazetteer, entry.id), entry.sector or _most(c.sector for _, c in pairs),
        tuple(sorted((doc, chain.id) for doc, chain in pairs)),
    )  # fmt: skip


def _of_name(key: str, pairs: Sequence[tuple[str, Chain]], taken: set[str], gazetteer: Gazetteer) -> Entity:
    label = _most(chain.name for _, chain in pairs) or "?"
    type_: EntityType = _most(chain.type for _, chain in pairs) or "Group"
    tail = slug(label) or f"{type_.lower()}-{sha256(key.encode()).hexdigest()[:8]}"
    mark = key.rsplit("|", 1)[1]
    if len(mark) == 8:
        tail = f"{tail}-{mark}"
    elif tail in taken:
        tail = f"{tail}-{sha256(key.encode()).hexdigest()[:6]}"
    surface = {name for _, chain in pairs for name in chain.names}
    return Entity(
        f"actor/{tail}", label, type_, tuple(sorted(surface - {label})), (),
        _country(_most(chain.country for _, chain in pairs), gazetteer), _most(chain.sector for _, chain in pairs),
        tuple(sorted((doc, chain.id) for doc, chain in pairs)),
    )  # fmt: skip


def _country(code: str | None, gazetteer: Gazetteer, of: str = "") -> str | None:
    entry = gazetteer.country(code) if code else None
    return f"actor/{entry.id}" if entry is not None and entry.id != of else None


def _most(values: Iterable[_T | None]) -> _T | None:
    counts = Counter(v for v in values if v)
    return min(counts, key=lambda v: (-counts[v], v), default=None)
