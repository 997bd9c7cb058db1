"""The tables of ontologies/actors as entries and names.

A country's line gives three entries: the country, its government, its capital (and a place for each seat).
An adjective ("Russian") is a name of the country, the people ("Russians") are a group of their own.

>>> entries, names = read_entries()
>>> {e.id: e.type for e in entries if e.id in ("france", "french-government", "france-government", "paris")}
{'france': 'Country', 'france-government': 'Government', 'paris': 'Place'}
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Literal, cast

from kg.model import EntityType
from kg.text.spelling import slug, words_of
from kg.text.tables import read_table
from kg.text.terms import first_day, last_day

__all__ = ["Entry", "Name", "read_entries"]

_COUNTRY = ("id", "code", "name", "aliases", "adjectives", "people", "capital", "seats", "wikidata", "from", "to")
_PERSON = ("id", "name", "aliases", "variants", "gender", "country", "wikidata")
_ORGANISATION = ("id", "name", "aliases", "local", "seats", "type", "sector", "kind", "country", "wikidata")
_PLACE = ("id", "name", "aliases", "adjectives", "people", "kind", "country")
_GROUP = ("id", "name", "aliases", "adjectives", "people", "country")


@dataclass(frozen=True, slots=True)
class Entry:
    """One actor of the list.

    Attributes:
        id: readable and unique; the tail of its IRI.
        names: other names than the label.
        country: ISO 3166 alpha-3 of the country that it is, or belongs to.
        kind: what it is in words ("party", "city").
        adjective: of a country or region, "Russian".
        seat_of: of a capital or seat, ids of the governments that sit there; of a government, the country's id.
        start, end: of a country, day numbers; 0 where there is none.
    """

    id: str
    label: str
    type: EntityType
    names: tuple[str, ...] = ()
    wikidata: str | None = None
    country: str | None = None
    sector: str | None = None
    gender: str | None = None
    kind: str = ""
    adjective: str = ""
    seat_of: tuple[str, ...] = ()
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class Name:
    """One name of an entry, word by word.

    Attributes:
        exact: spelled like this, accents apart (not so with people).
        local: meant only where the text speaks of the entry's country ("the Senate").
    """

    entry: str
    words: tuple[str, ...]
    form: Literal["name", "adjective", "people"]
    exact: bool = True
    local: bool = False


@dataclass(slots=True)
class _Listing:
    entries: dict[str, Entry] = field(default_factory=dict)
    names: list[Name] = field(default_factory=list)

    def add(
        self, entry: Entry, *, exact: bool = True, extra: tuple[str, ...] = (), besides: tuple[str, ...] = ()
    ) -> None:
        """The entry and its names; those in `besides` are adjectives or peoples and are added as such."""
        self.entries[entry.id] = entry
        for name in (entry.label, *entry.names, *extra):
            if name in besides:
                continue
            words = tuple(words_of(name))
            if exact or len(words) > 1:
                self.names.append(Name(entry.id, words, "name", exact))
            if not exact and len(words) > 2 and words[0].endswith(".") and words[1].endswith("."):
                self.names.append(Name(entry.id, (words[0] + words[1], *words[2:]), "name", exact))

    def adjectives(self, id_: str, forms: list[str]) -> None:
        self.names += [Name(id_, tuple(words_of(form)), "adjective") for form in forms]

    def people(self, owner: str, forms: list[str], country: str | None) -> None:
        """The people of a country or region: a group with a line of its own, unless `owner` is a group."""
        if not forms:
            return
        plural = next((f for f in forms if f.endswith(("s", "men"))), forms[-1])
        id_ = owner
        if self.entries[owner].type != "Group":
            id_ = slug(plural)
            if id_ not in self.entries:
                self.entries[id_] = Entry(id_, plural, "Group", tuple(forms), country=country, sector="CVL")
        self.names += [Name(id_, tuple(words_of(form)), "people") for form in forms]


def read_entries() -> tuple[list[Entry], list[Name]]:
    """All entries and their names.

    Raises:
        DataError: a table is missing or not as it should be.
    """
    listing = _Listing()
    _countries(listing)
    for id_, name, aliases, adjectives, people, kind, country in read_table("actors/places.tsv", _PLACE):
        adjective = _cells(adjectives)
        listing.add(
            Entry(
                id_, name, "Place", tuple(_cells(aliases)), country=country or None, kind=kind,
                adjective=adjective[0] if adjective else "",
            )
        )  # fmt: skip
        listing.adjectives(id_, adjective)
        listing.people(id_, _cells(people), country or None)
    for id_, name, aliases, adjectives, people, country in read_table("actors/groups.tsv", _GROUP):
        adjective = _cells(adjectives)
        listing.add(
            Entry(
                id_, name.removeprefix("the ") if id_ != "the-west" else name, "Group", tuple(_cells(aliases)),
                country=country or None, adjective=adjective[0] if adjective else "",
            ),
            besides=(*adjective, *_cells(people)),
        )  # fmt: skip
        listing.adjectives(id_, adjective)
        listing.people(id_, _cells(people), country or None)
    for id_, name, aliases, local, seats, type_, sector, kind, country, wikidata in read_table(
        "actors/organisations.tsv", _ORGANISATION
    ):
        listing.names += [Name(id_, tuple(words_of(n)), "name", local=True) for n in _cells(local)]
        listing.add(
            Entry(
                id_, name, cast(EntityType, type_), tuple(_cells(aliases)), wikidata or None, country or None,
                sector or None, kind=kind,
            ),
            extra=(name.removeprefix("The "),) if name.startswith("The ") else (),
        )  # fmt: skip
        for seat in _cells(seats):
            place = listing.entries[slug(seat)]
            listing.entries[place.id] = replace(place, seat_of=(id_, *place.seat_of))
    for id_, name, aliases, variants, gender, country, wikidata in read_table("actors/people.tsv", _PERSON):
        listing.add(
            Entry(
                id_, name, "Person", tuple(_cells(aliases)), wikidata or None, country or None, gender=gender or None
            ),
            exact=False,
            extra=tuple(_cells(variants)),
        )
    return list(listing.entries.values()), listing.names


def _countries(listing: _Listing) -> None:
    rows = read_table("actors/countries.tsv", _COUNTRY)
    for id_, code, name, aliases, adjectives, _, _, _, wikidata, start, end in rows:
        adjective = _cells(adjectives)
        since, until = first_day(start), last_day(end) if end else 0
        listing.add(
            Entry(
                id_, name, "Country", tuple(_cells(aliases)), wikidata or None, code, kind="country",
                adjective=adjective[0] if adjective else "", start=since, end=until,
            )
        )  # fmt: skip
        listing.adjectives(id_, adjective)
        government = f"{id_}-government"
        label = f"{adjective[0] if adjective else name} government"
        listing.entries[government] = Entry(
            government, label, "Government", country=code, sector="GOV", kind="government", seat_of=(id_,),
            start=since, end=until,
        )  # fmt: skip
    for id_, code, _, _, _, people, capital, seats, _, _, end in rows:
        listing.people(id_, _cells(people), code)
        capitals = _cells(capital)
        for place, others, kind in [(c, capitals[1:], "capital") for c in capitals[:1]] + [
            (s, [], "seat") for s in _cells(seats)
        ]:
            place_id = slug(place)
            known = listing.entries.get(place_id)
            governments = (*(known.seat_of if known else ()), f"{id_}-government")
            entry = Entry(
                place_id, place, "Place", known.names if known else tuple(others),
                country=known.country if known and end else code, kind=kind, seat_of=governments,
            )  # fmt: skip
            if known:
                listing.entries[place_id] = entry
            else:
                listing.add(entry)


def _cells(cell: str) -> list[str]:
    return cell.split("|") if cell else []
