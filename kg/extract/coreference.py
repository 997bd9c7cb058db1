"""Mentions of one document that are one actor: names in full and in part, descriptions, pronouns.

Deterministic, each link with a named rule, tried from the surest to the least sure: same line of the actor list,
same name, part of a name, acronym, apposition, office, description, pronoun. What cannot be resolved stays alone,
and a pronoun without antecedent is no mention at all.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from kg.extract.mentions import Found, Parse
from kg.model import EntityType
from kg.text.gazetteer import Gazetteer
from kg.text.spelling import loose, words_of

__all__ = ["Cluster", "Linked", "resolve"]

_GOVERNMENT = frozenset({"government", "regime", "administration", "authority", "leadership", "cabinet", "junta"})
_WINDOW = 2  # sentences back in which a pronoun finds its antecedent


@dataclass(slots=True)
class Cluster:
    """One actor of the document, as it grows."""

    name: str
    type: EntityType
    entry: str | None = None
    country: str | None = None
    sector: str | None = None
    gender: str | None = None
    plural: bool = False
    named: bool = True
    office: str | None = None
    offices: set[tuple[str, str | None]] = field(default_factory=set)
    keys: list[str] = field(default_factory=list)
    lemma: str = ""


@dataclass(frozen=True, slots=True)
class Linked:
    """A mention and the number of its cluster."""

    found: Found
    cluster: int
    rule: str


class _Resolver:
    def __init__(self, parse: Parse, gazetteer: Gazetteer, first_names: dict[str, str], day: int | None) -> None:
        self.parse = parse
        self.gazetteer = gazetteer
        self.first_names = first_names
        self.day = day
        self.clusters: list[Cluster] = []
        self.links: list[Linked] = []
        self.by_entry: dict[str, int] = {}
        self.by_name: dict[tuple[str, bool], int] = {}
        self.by_head: dict[int, int] = {}
        self.by_description: dict[tuple[object, ...], int] = {}
        self.countries: Counter[str] = Counter()

    # ------------------------------------------------------------------------------------------------ names

    def names(self, found: Sequence[Found]) -> None:
        """All names: persons with full names first, so that a surname before its full name finds it too."""
        for f in found:
            if f.type == "Country" and f.country:
                self.countries[f.country] += 1
        for f in sorted(found, key=lambda f: (self._partial(f), f.start)):
            cluster, rule = self._name(f)
            if cluster is not None:
                self._link(f, cluster, rule)

    def _partial(self, f: Found) -> bool:
        return not f.entries and len(words_of(f.name)) == 1

    def _name(self, f: Found) -> tuple[int | None, str]:
        if f.entries:
            entry = self._choose(f)
            return self._of_entry(entry), f.rule
        keys = [loose(w) for w in words_of(f.name)]
        single = len(keys) == 1
        if f.type == "Person" or single:
            part = self._part(f, keys)
            if part is not None:
                return part, "part of a name"
            leader = self._leader(f)
            if leader is not None:
                return self._of_entry(leader), "surname of a leader"
        person = f.type == "Person"
        key = (" ".join(keys), person)
        if key in self.by_name:
            return self.by_name[key], f"same name; {f.rule}"
        number = self._new(
            Cluster(f.name, f.type, None, f.country, f.sector, f.gender or self._gender(f, keys), f.plural, keys=keys)
        )
        self.by_name[key] = number
        return number, f.rule

    def _choose(self, f: Found) -> str:
        ids = self.gazetteer.alive(f.entries, self.day)
        if len(ids) == 1:
            return ids[0]
        def weight(id_: str) -> tuple[int, int, int]:
            entry = self.gazetteer.entry(id_)
            here = self.countries[entry.country] if entry.country else 0
            known = id_ in self.by_entry
            rank = self.gazetteer.terms.rank(id_, self.day) if entry.type == "Person" else 0
            return (known, rank if rank > 1 else 0, here)
        return max(ids, key=lambda i: (weight(i), -ids.index(i)))

    def _part(self, f: Found, keys: list[str]) -> int | None:
        """A person of the document whose name these words are a part of: of the surname, or the given name alone."""
        good: list[tuple[int, int, int]] = []
        for number, c in enumerate(self.clusters):
            if c.type != "Person" or not c.named or len(c.keys) <= len(keys) or f.gender and c.gender and f.gender != c.gender:
                continue
            if c.keys[-len(keys):] == keys or (c.entry and f.name and c.entry in self.gazetteer.surname(f.name)):
                good.append((0, self._distance(number, f.start), number))
            elif f.type == "Person" and c.keys[: len(keys)] == keys:
                good.append((1, self._distance(number, f.start), number))
        return min(good)[2] if good else None

    def _distance(self, number: int, at: int) -> int:
        starts = [abs(l.found.start - at) + (1000 if l.found.start > at else 0) for l in self.links if l.cluster == number]
        return min(starts, default=100_000)

    def _leader(self, f: Found) -> str | None:
        """Who is known by that surname alone at the document's date."""
        single = len(words_of(f.name)) == 1
        if not single and f.type != "Person":
            return None
        ranked = sorted(
            ((self.gazetteer.terms.rank(p, self.day), p) for p in self.gazetteer.surname(f.name)), key=lambda x: (-x[0], x[1])
        )
        if not ranked:
            return None
        ranked = [(r, p) for r, p in ranked if not f.gender or self.gazetteer.entry(p).gender in (None, f.gender)]
        if f.office:
            held = [p for _, p in ranked if any(t.office == f.office and (self.day is None or t.start <= self.day) for t in self.gazetteer.terms.of(p))]
            if held:
                return held[0]
        best = [p for r, p in ranked if r == 3] or ([p for r, p in ranked if r == 2] if f.type == "Person" else [])
        if len(best) > 1:
            best = [p for p in best if self.gazetteer.entry(p).country in self.countries] or best
        return best[0] if best and (len(best) == 1 or self.day is not None) else None

    def _gender(self, f: Found, keys: list[str]) -> str | None:
        if f.type != "Person":
            return None
        return self.first_names.get(words_of(f.name)[0])

    def _of_entry(self, id_: str) -> int:
        if id_ in self.by_entry:
            return self.by_entry[id_]
        e = self.gazetteer.entry(id_)
        number = self._new(
            Cluster(
                e.label, e.type, id_, e.country, e.sector, e.gender, e.type == "Group",
                keys=[loose(w) for w in words_of(e.label)],
            )
        )  # fmt: skip
        self.by_entry[id_] = number
        return number

    def _new(self, cluster: Cluster) -> int:
        self.clusters.append(cluster)
        return len(self.clusters) - 1

    def _link(self, f: Found, number: int, rule: str) -> None:
        self.links.append(Linked(f, number, rule))
        self.by_head[f.head] = number
        c = self.clusters[number]
        if f.office:
            c.offices.add((f.office, f.country))
        if f.gender and not c.gender:
            c.gender = f.gender
        if not c.country and f.country:
            c.country = f.country

    # --------------------------------------------------------------------------------------- descriptions

    def nominals(self, found: Sequence[Found]) -> None:
        for f in found:
            number, rule = self._nominal(f)
            self._link(f, number, rule)

    def _nominal(self, f: Found) -> tuple[int, str]:
        lemma = self.parse.lemma[f.head].lower()
        if f.appositive is not None and f.appositive in self.by_head:
            number = self.by_head[f.appositive]
            if self.clusters[number].type == f.type or f.type == "Group" and self.clusters[number].plural:
                return number, "apposition"
        country = f.country
        owner = self.by_head.get(f.owner) if f.owner is not None else None
        if owner is not None and country is None:
            country = self.clusters[owner].country
        if f.type == "Government" and lemma in _GOVERNMENT and country:
            government = self.gazetteer.government(country)
            if government:
                return self._of_entry(government.id), f"{f.rule}; government of {country}"
        if f.office and (f.definite or country) and not f.plural:
            holder = self._holder(f.office, country)
            if holder is not None:
                return holder, "office"
        key = (f.type, country, owner, f.name)
        if key in self.by_description:
            return self.by_description[key], f"same description; {f.rule}"
        if f.definite and country is None:
            for link in reversed(self.links):
                c = self.clusters[link.cluster]
                if link.found.start < f.start and c.lemma == lemma and c.plural == f.plural:
                    return link.cluster, f"the same noun; {f.rule}"
        name = f.name
        if owner is not None and not (f.country and self.clusters[owner].type == "Country" and f.name.split()[0] != lemma):
            name = f"{f.name} of {self.clusters[owner].name}"
        number = self._new(Cluster(name, f.type, None, country, f.sector, None, f.plural, False, f.office, lemma=lemma))
        self.by_description[key] = number
        return number, f.rule

    def _holder(self, office: str, country: str | None) -> int | None:
        """The last named person who has that office by a title in the text, or by the list on that day."""
        for link in reversed(self.links):
            c = self.clusters[link.cluster]
            if c.type != "Person":
                continue
            if any(o == office and (country is None or of in (None, country)) for o, of in c.offices):
                if country is None or c.country in (None, country):
                    return link.cluster
            if c.entry and any(
                t.office == office and (country is None or t.of == country) and (self.day is None or t.start <= self.day <= t.end)
                for t in self.gazetteer.terms.of(c.entry)
            ):
                return link.cluster
        return None

    # ------------------------------------------------------------------------------------------- pronouns

    def pronouns(self, skipped: frozenset[int]) -> None:
        from kg.extract.pronouns import resolve_pronouns

        for f, number, rule in resolve_pronouns(self.parse, self.clusters, self.links, skipped):
            self.links.append(Linked(f, number, rule))


def resolve(
    parse: Parse, names: Sequence[Found], nominals: Sequence[Found], gazetteer: Gazetteer,
    first_names: dict[str, str], day: int | None, skipped: frozenset[int],
) -> tuple[list[Cluster], list[Linked]]:  # fmt: skip
    """The actors of the document, and each mention with the number of its actor, in the order of the text."""
    resolver = _Resolver(parse, gazetteer, first_names, day)
    resolver.names(names)
    resolver.links.sort(key=lambda link: link.found.start)
    resolver.nominals(sorted(nominals, key=lambda f: f.start))
    resolver.links.sort(key=lambda link: (link.found.start, link.found.end))
    resolver.pronouns(skipped)
    resolver.links.sort(key=lambda link: (link.found.start, link.found.end))
    return resolver.clusters, resolver.links


def _ids(found: Iterable[Found]) -> set[int]:
    return {f.start for f in found}
