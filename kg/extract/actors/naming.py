"""Names to actors within a document: the list first, then the same name, parts of names, acronyms.

Full names come before parts, so that a surname finds its bearer before or after it. A surname alone that no full
name explains is that of a leader of the day ("Merkel" in 2015), or stays a name of its own. Two people with one
surname stay two: the part goes to the one named last before it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from kg.extract.actors.acronyms import given_aliases
from kg.extract.actors.clusters import Cluster, Linked
from kg.extract.actors.lexicon import ActorWords
from kg.extract.actors.mentions import Found, Parse
from kg.text.gazetteer import Gazetteer
from kg.text.spelling import loose, words_of

__all__ = ["Namer"]

_PARTICLES = frozenset({"al"})


class Namer:
    """Clusters of a document, made from its names. `day` as in `kg.text.terms`, or None."""

    def __init__(
        self, parse: Parse, gazetteer: Gazetteer, words: ActorWords, countries: Counter[str], day: int | None
    ) -> None:
        self.parse = parse
        self.gazetteer = gazetteer
        self.words = words
        self.countries = countries
        self.day = day
        self.clusters: list[Cluster] = []
        self.links: list[Linked] = []
        self.by_entry: dict[str, int] = {}
        self._by_name: dict[tuple[str, bool], int] = {}
        self._starts: dict[int, list[int]] = defaultdict(list)
        self._surnames: dict[str, list[int]] = defaultdict(list)
        self._bearers: set[str] = set()

    def add_all(self, names: Sequence[Found], covered: set[int], skipped: frozenset[int]) -> None:
        """Link all names, then the capitalised words that are surnames of people so named."""
        ordered = sorted(names, key=lambda f: (not f.entries, -len(words_of(f.name)) if not f.entries else 0, f.start))
        for f in ordered:
            number, rule = self._cluster_of(f)
            self.link(f, number, rule)
        self._aliases()
        for f in self._strays(covered, skipped):
            number, rule = self._cluster_of(f)
            self.link(f, number, rule)

    def link(self, f: Found, number: int, rule: str) -> None:
        """Note that the mention is this cluster's, and what it tells of it."""
        self.links.append(Linked(f, number, rule))
        self._starts[number].append(f.start)
        c = self.clusters[number]
        if f.office and not f.former:
            c.offices.add((f.office, f.country))
        c.gender = c.gender or f.gender
        c.sector = c.sector or f.sector
        if f.noun:
            c.lemmas.add(f.noun)
        if f.form == "nominal":
            c.lemmas.add(self.parse.lemma[f.head].lower())
        if c.country is None and f.type == c.type:
            c.country = f.country

    def new(self, cluster: Cluster) -> int:
        """A new cluster's number."""
        self.clusters.append(cluster)
        number = len(self.clusters) - 1
        if cluster.type == "Person" and cluster.named and cluster.keys:
            self._bearers.add(cluster.keys[-1])
            for key in dict.fromkeys((cluster.keys[-1], cluster.keys[0])):
                self._surnames[key].append(number)
        return number

    def of_entry(self, id_: str) -> int:
        """The cluster of an entry of the list."""
        if id_ not in self.by_entry:
            e = self.gazetteer.entry(id_)
            keys = tuple(loose(w) for w in words_of(e.label))
            self.by_entry[id_] = self.new(
                Cluster(e.label, e.type, id_, e.country, e.sector, e.gender, e.type == "Group", keys=keys)
            )
            if e.type == "Person":
                for key in {loose(words_of(n)[-1]) for n in e.names if words_of(n)} - {keys[-1], keys[0]}:
                    self._surnames[key].append(self.by_entry[id_])
        return self.by_entry[id_]

    def choose(self, ids: Sequence[str]) -> str:
        """Which of several entries of one name is meant: alive on the day, known in the text, in office, near."""
        alive = self.gazetteer.alive(ids, self.day)
        if len(alive) == 1:
            return alive[0]

        def weight(id_: str) -> tuple[bool, int, int]:
            e = self.gazetteer.entry(id_)
            rank = self.gazetteer.terms.rank(id_, self.day) if e.type == "Person" else 0
            return id_ in self.by_entry, rank if rank > 1 else 0, self.countries[e.country or ""]

        return max(alive, key=lambda i: (weight(i), -alive.index(i)))

    def _cluster_of(self, f: Found) -> tuple[int, str]:
        if f.entries:
            return self.of_entry(self.choose(f.entries)), f.rule
        keys = tuple(loose(w) for w in words_of(f.name))
        if f.type == "Person" or len([k for k in keys if k not in _PARTICLES]) == 1:
            part = self._part(f, keys)
            if part is not None:
                return part, "part of a name"
            leader = self._leader(f)
            if leader is not None:
                return self.of_entry(leader), "surname of a leader"
        if f.type == "Organization":
            whole = self._whole(f, keys)
            if whole is not None:
                return whole, "last part of a name"
        key = (" ".join(keys), f.type == "Person")
        if key in self._by_name:
            return self._by_name[key], f"same name; {f.rule}"
        gender = f.gender or (self.words.first_names.get(words_of(f.name)[0]) if f.type == "Person" else None)
        number = self.new(Cluster(f.name, f.type, None, f.country, f.sector, gender, f.plural, keys=keys))
        self._by_name[key] = number
        return number, f.rule

    def _part(self, f: Found, keys: tuple[str, ...]) -> int | None:
        """A person whose surname these words are, or if the model says a person, whose given name."""
        bare = tuple(k for k in keys if k not in _PARTICLES) or keys
        good: list[tuple[int, int, int]] = []
        for number in dict.fromkeys(self._surnames.get(keys[-1], ()) if keys else ()):
            c = self.clusters[number]
            if (f.gender and c.gender and f.gender != c.gender) or (len(c.keys) <= len(bare) and c.entry is None):
                continue
            if c.keys[-len(bare) :] == bare or (c.entry is not None and c.entry in self.gazetteer.surname(f.name)):
                good.append((0, self._distance(number, f.start), number))
            elif len(bare) > 1 and c.keys[-1] == bare[-1] and c.keys[0][:1] == bare[0][:1] and len(bare[0]) <= 2:
                good.append((1, self._distance(number, f.start), number))
            elif f.type == "Person" and c.keys[: len(bare)] == bare and len(bare) == 1:
                good.append((2, self._distance(number, f.start), number))
        return min(good)[2] if good else None

    def _whole(self, f: Found, keys: tuple[str, ...]) -> int | None:
        """The organisation before, whose name ends with these words: "Parliament" after "Kenyan Parliament"."""
        good = [
            (self._distance(number, f.start), number)
            for number, c in enumerate(self.clusters)
            if c.type == "Organization" and c.named and len(c.keys) > len(keys) and c.keys[-len(keys) :] == keys
        ]
        return min(good)[1] if good and min(good)[0] < 10_000 else None

    def _distance(self, number: int, at: int) -> int:
        """Tokens back to the cluster's last mention; what is named only later is farther."""
        return min((at - s if s <= at else 10_000 + s - at for s in self._starts[number]), default=100_000)

    def _leader(self, f: Found) -> str | None:
        """Who is known by that surname alone on the document's day."""
        terms, entry = self.gazetteer.terms, self.gazetteer.entry
        people = [p for p in self.gazetteer.surname(f.name) if not f.gender or entry(p).gender in (None, f.gender)]
        if not people:
            return None
        if f.office:
            held = [
                p for p in people
                if any(t.office == f.office and (self.day is None or t.start <= self.day) for t in terms.of(p))
            ]  # fmt: skip
            here = [p for p in held if not f.country or entry(p).country == f.country]
            if len(here) == 1:
                return here[0]
            if here:
                return self._best(here)
        person = f.type == "Person" and f.label in ("PERSON", "")
        wanted = [p for p in people if terms.rank(p, self.day) == 3]
        if not wanted and person and self.day is not None:
            wanted = [p for p in people if terms.rank(p, self.day) == 2 and entry(p).country in self.countries]
        if not person or self.day is None:
            near = [p for p in wanted if self.countries[entry(p).country or ""]]
            great = [p for p in wanted if entry(p).country in self.words.of("great")]
            wanted = near or (great if person and len(wanted) == 1 else [])
        return self._best(wanted) if wanted else None

    def _best(self, people: Sequence[str]) -> str:
        terms, entry = self.gazetteer.terms, self.gazetteer.entry
        return min(
            people,
            key=lambda p: (
                -terms.rank(p, self.day),
                -self.countries[entry(p).country or ""],
                -terms.tenure(p, self.day),
                p,
            ),
        )

    def _aliases(self) -> None:
        """Further names that the text gives: "X (Y)", "X, also known as Y". One actor, here and later."""
        at = {k.found.head: k for k in self.links} | {k.found.end - 1: k for k in self.links}
        starts = {k.found.start: k for k in self.links}
        merged: dict[int, int] = {}
        for end, start, rule in given_aliases(self.parse):
            full, other = at.get(end - 1), starts.get(start)
            if full is None or (full.found.type in ("Country", "Place", "Person") and rule != "also known as"):
                continue
            if other is None:
                stop = self._run(start)
                if stop > start:
                    f = Found(start, stop, stop - 1, "name", rule, full.found.type, self.parse.words(start, stop))
                    self.link(f, full.cluster, rule)
                    same = self._by_name.get((" ".join(loose(w) for w in words_of(f.name)), False))
                    if same is not None and self.clusters[same].entry is None:
                        merged[same] = full.cluster
            elif self.clusters[other.cluster].entry is None:
                merged[other.cluster] = full.cluster
            elif self.clusters[full.cluster].entry is None:
                merged[full.cluster] = other.cluster
        merged = {a: b for a, b in merged.items() if a != b and b not in merged}
        if merged:
            self.links = [
                Linked(k.found, merged[k.cluster], "alias in the text") if k.cluster in merged else k
                for k in self.links
            ]

    def _run(self, start: int) -> int:
        """The end of the capitalised words that begin at a token."""
        end = start
        while end < self.parse.size and (
            self.parse.text[end][0].isupper() or (end > start and self.parse.text[end] == "-")
        ):
            end += 1
        return end

    def _strays(self, covered: set[int], skipped: frozenset[int]) -> list[Found]:
        """Capitalised words that no one took for a name, and that are surnames of people of the text or of leaders."""
        parse, common = self.parse, self.words.of("not_surname")
        found = []
        cache: dict[str, bool] = {}
        for i, pos in enumerate(parse.pos):
            if (
                pos != "PROPN"
                or i in covered
                or i in skipped
                or (parse.dep[i] == "compound" and parse.pos[parse.head[i]] == "PROPN" and parse.head[i] not in covered)
            ):
                continue
            word = parse.text[i]
            acting = parse.dep[i] in ("nsubj", "poss")
            if len(word) < 2 or not word[0].isupper() or (parse.ent[i] in ("DATE", "TIME", "MONEY") and not acting):
                continue
            good = cache.get(word)
            if good is None:
                key = loose(word)
                good = key in self._bearers or (
                    word.lower() not in common
                    and any(
                        self.gazetteer.terms.rank(p, self.day) == 3
                        and self.countries[self.gazetteer.entry(p).country or ""]
                        for p in self.gazetteer.surname(word)
                    )
                )
                cache[word] = good
            if good:
                start = i - 2 if i > 1 and parse.text[i - 1] == "-" and parse.lower[i - 2] in ("al", "el") else i
                found.append(Found(start, i + 1, i, "name", "surname", "Person", parse.words(start, i + 1)))
        return found
