"""Mentions of one document that are one actor: names in full and in part, descriptions, pronouns.

Deterministic, each link with a named rule, tried from the surest to the least sure: same line of the actor list,
same name, part of a name, acronym, apposition, office, description, pronoun. What cannot be resolved stays alone;
"the group" that points at nothing and a pronoun without antecedent are no mentions at all.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace

from kg.extract.actors.clusters import Cluster, Linked
from kg.extract.actors.lexicon import ActorWords
from kg.extract.actors.mentions import Found, Parse
from kg.extract.actors.naming import Namer
from kg.extract.actors.pronouns import resolve_pronouns
from kg.text.gazetteer import Entry, Gazetteer

__all__ = ["resolve"]

_GOVERNMENT = frozenset({"government", "regime", "administration", "authority", "leadership", "cabinet", "junta"})
_BACK = 4  # sentences in which "the group" finds what it points at
_OWN = frozenset({"his", "her", "its", "their"})
_STATE = frozenset({"GOV", "MIL", "COP", "LEG", "JUD", "SPY"})
_LEADING = frozenset({"head of state", "head of government"})


class _Describer:
    """Descriptions to clusters, after the names."""

    def __init__(self, namer: Namer, main: str | None) -> None:
        self.namer = namer
        self.parse = namer.parse
        self.clusters = namer.clusters
        self.gazetteer = namer.gazetteer
        self.main = main
        self.by_head: dict[int, int] = {link.found.head: link.cluster for link in namer.links}
        self.same: dict[tuple[object, ...], int] = {}

    def add_all(self, nominals: Sequence[Found]) -> None:
        for f in sorted(nominals, key=lambda f: (f.start, -f.end)):
            f = self._of_its_owner(f)
            linked = self._linked(f)
            if linked is not None:
                self.namer.link(f, *linked)
                self.by_head.setdefault(f.head, linked[0])

    def _of_its_owner(self, f: Found) -> Found:
        """A spokesman of a party or armed group is not of a government."""
        owner = self.clusters[self.by_head[f.owner]] if f.owner in self.by_head and f.owner is not None else None
        if owner is None or owner.type not in ("Organization", "ArmedGroup") or f.sector != "GOV":
            return f
        return replace(f, sector=owner.sector or f.sector)

    def _linked(self, f: Found) -> tuple[int, str] | None:
        lemma = self.parse.lemma[f.head].lower()
        if f.pair:
            return self._one_of_two(f)
        owner = self.by_head.get(f.owner) if f.owner is not None else None
        if f.appositive is not None and f.appositive in self.by_head:
            number = self.by_head[f.appositive]
            if self.clusters[number].type == f.type:
                return number, "apposition"
        country = f.country
        if country is None and owner is not None and f.office != "ambassador":
            country = self.clusters[owner].country
        if f.type == "Country":
            where = self._country(f) if f.definite and not f.plural else None
            return (where, f"the {lemma}") if where is not None else None
        if f.type == "Government" and lemma in _GOVERNMENT:
            government = self._government(f, country)
            if government is not None:
                return government, f"{f.rule}; government of {country or self.clusters[government].country}"
        if lemma == "counterpart" and country and not f.plural:
            f = replace(f, office=self._office_of_last(f))
        if f.office and not f.plural and (f.definite or country or f.former):
            holder = self._holder(f, country)
            if holder is not None:
                return holder, "office"
        if f.anaphor:
            back = self._back(f, lambda c: c.type in ("Organization", "ArmedGroup") and c.named)
            return (back, f"the {lemma}") if back is not None else None
        return self._described(f, country, owner, lemma)

    def _described(self, f: Found, country: str | None, owner: int | None, lemma: str) -> tuple[int, str]:
        state = self._state(f) if owner is None and country is None else None
        if state is not None and self._same_noun(f, lemma) is None:
            country = state.country
            label = f"{state.adjective or state.label} {f.name}"
            f = replace(f, name=label, rule=f"{f.rule}; of the country spoken of")
        if owner is not None and self.clusters[owner].type not in ("Country", "Government", "Place"):
            office = None if f.office in _LEADING else f.office
            f = replace(f, office=office)
        key = (f.type, country, owner, f.name)
        if key in self.same and (country or owner is not None or f.definite or f.plural):
            return self.same[key], f"same description; {f.rule}"
        if f.definite and country is None and owner is None:
            back = self._same_noun(f, lemma)
            if back is not None:
                return back, f"the same noun; {f.rule}"
        name = f.name
        if owner is not None and not (f.country and name[:1].isupper()):
            name = f"{f.name} of {self.clusters[owner].name}"
        office = f.office if f.type == "Person" else None
        number = self.namer.new(Cluster(name, f.type, None, country, f.sector, None, f.plural, False, office))
        self.same[key] = number
        return number, f.rule

    def _same_noun(self, f: Found, lemma: str) -> int | None:
        """Who was described by that noun, or has it as title; a person from any distance."""
        for number in self._recent(
            f.start, back=None if f.type == "Person" else _BACK, here=self.parse.sentence[f.head]
        ):
            c = self.clusters[number]
            if lemma in c.lemmas and (c.plural == f.plural or c.type not in ("Person", "Group")):
                return number
        return None

    def _country(self, f: Found) -> int | None:
        """ "the country": where things happen ("in Syria") before who acts, the nearest first."""
        here, parse = self.parse.sentence[f.head], self.parse
        best: tuple[int, int, int] | None = None
        number: int | None = None
        for link in self.namer.links:
            g = link.found
            back = here - parse.sentence[g.head]
            if (
                g.start >= f.start
                or not 0 <= back <= 2
                or self.clusters[link.cluster].type != "Country"
                or g.form != "name"
            ):
                continue
            place = parse.dep[g.head] == "pobj" and parse.lower[parse.head[g.head]] in (
                "in",
                "across",
                "throughout",
                "within",
            )
            key = (0 if place else 1, back, -g.start)
            if best is None or key < best:
                best, number = key, link.cluster
        return number

    def _state(self, f: Found) -> Entry | None:
        """The country whose police or officials are meant where only one is spoken of."""
        after = self.parse.lower[f.end] if f.end < self.parse.size else ""
        fits = f.sector in _STATE and f.name[:1].islower() and (f.definite or f.plural or f.sector == "COP")
        if not fits or not self.main or after in ("of", "from") or f.former:
            return None
        return self.gazetteer.country(self.main)

    def _government(self, f: Found, country: str | None) -> int | None:
        if country is None and f.definite:
            first = self.parse.lower[f.start]
            if first in _OWN:
                kinds = ("Person",) if first in ("his", "her") else ("Country",)
                back = self._back(f, lambda c: c.type in kinds and c.country is not None)
                country = self.clusters[back].country if back is not None else None
            else:
                back = self._back(f, lambda c: c.type == "Government" and c.entry is not None)
                if back is not None:
                    return back
                country = self._only_country(f) or (self.main if self.parse.lemma[f.head] != "regime" else None)
        entry = self.gazetteer.government(country) if country else None
        return self.namer.of_entry(entry.id) if entry is not None else None

    def _only_country(self, f: Found) -> str | None:
        """The one country that this and the sentence before name before the mention, if it is one."""
        here = self.parse.sentence[f.head]
        codes = {
            self.clusters[k.cluster].country
            for k in self.namer.links
            if k.found.start < f.start
            and here - self.parse.sentence[k.found.head] <= 1
            and self.clusters[k.cluster].type == "Country"
            and not (self.parse.dep[k.found.head] == "nsubj" and self.parse.sentence[k.found.head] == here)
        }
        return codes.pop() if len(codes) == 1 else None

    def _holder(self, f: Found, country: str | None) -> int | None:
        """The last named person who has that office by a title in the text, or by the list on that day."""
        day, noun = self.namer.day, self.parse.lower[f.head]
        for number in self._recent(f.start):
            c = self.clusters[number]
            if c.type != "Person" or not c.named:
                continue
            by_title = any(
                o == f.office and (country is None or (of in (None, country) and c.country in (None, country)))
                for o, of in c.offices
            )
            if by_title and not f.former:
                return number
            if c.entry is None:
                continue
            for term in self.gazetteer.terms.of(c.entry):
                leads = f.office in _LEADING and term.office in _LEADING
                same = term.office == f.office or (leads and (country is None or noun in term.title.lower()))
                if not same or (country is not None and term.of != country):
                    continue
                if f.former and (day is None or term.end < day):
                    return number
                if not f.former and day is not None and term.start <= day <= term.end:
                    return number
        return None

    def _office_of_last(self, f: Found) -> str | None:
        """The office of the person named last: her counterpart has the same in another country."""
        day = self.namer.day
        for number in self._recent(f.start):
            c = self.clusters[number]
            if c.type != "Person" or not c.named:
                continue
            if c.offices:
                return min((o for o, _ in c.offices if o not in _LEADING), default=None)
            terms = self.gazetteer.terms.of(c.entry) if c.entry is not None and day is not None else ()
            office = next((t.office for t in terms if t.start <= (day or 0) <= t.end), None)
            return office if office not in _LEADING else None
        return None

    def _one_of_two(self, f: Found) -> tuple[int, str] | None:
        """The last or the last but one of two that were named together."""
        lemma = self.parse.lemma[f.head].lower()
        wanted = (
            ("Person",)
            if f.type in ("Person", "Group") and lemma not in ("side", "party")
            else ("Country", "Government")
        )
        if f.type == "Country":
            wanted = ("Country",)
        here = self.parse.sentence[f.head]
        recent: list[int] = []
        for number in self._recent(f.start, back=_BACK, here=here):
            if self.clusters[number].type in wanted and number not in recent:
                recent.append(number)
        if len(recent) < 2 and lemma in ("side", "party"):
            recent = [n for n in self._recent(f.start, back=_BACK, here=here) if self.clusters[n].type == "Person"]
        if len(recent) < 2:
            return None
        longer = f.end - f.start > 1
        return sorted(recent[:2])[0 if longer else 1], f"both: {lemma}"

    def _back(self, f: Found, fits: Callable[[Cluster], bool]) -> int | None:
        """The nearest fitting cluster before the mention, subjects of the sentence before preferred."""
        here = self.parse.sentence[f.head]
        for number in self._recent(f.start, back=_BACK, here=here):
            if fits(self.clusters[number]):
                return number
        return None

    def _nearness(self, link: Linked) -> tuple[int, bool, int]:
        head = link.found.head
        return -self.parse.sentence[head], not self.parse.subject(head), -link.found.start

    def _recent(self, start: int, *, back: int | None = None, here: int = 0) -> list[int]:
        """Clusters mentioned before a token, the nearest first; subjects before others of the same sentence."""
        seen: dict[int, None] = {}
        links = [k for k in self.namer.links if k.found.start < start]
        if back is not None:
            links = [k for k in links if here - self.parse.sentence[k.found.head] <= back]
        links.sort(key=self._nearness)
        for link in links:
            seen.setdefault(link.cluster)
        return list(seen)


def resolve(
    parse: Parse, names: Sequence[Found], nominals: Sequence[Found], gazetteer: Gazetteer, words: ActorWords, *,
    countries: Counter[str], main: str | None, day: int | None, skipped: frozenset[int],
) -> tuple[list[Cluster], list[Linked]]:  # fmt: skip
    """The actors of the document, and each mention with the number of its actor, in the order of the text."""
    namer = Namer(parse, gazetteer, words, countries, day)
    covered = {i for f in (*names, *nominals) for i in range(f.start, f.end)}
    namer.add_all(names, covered, skipped)
    _Describer(namer, main).add_all(nominals)
    links = sorted(namer.links, key=lambda link: (link.found.start, link.found.end))
    for f, number, rule in resolve_pronouns(parse, namer.clusters, links, skipped):
        links.append(Linked(f, number, rule))
    links.sort(key=lambda link: (link.found.start, link.found.end))
    return namer.clusters, links
