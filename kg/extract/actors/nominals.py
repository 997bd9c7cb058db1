"""Actors without a name: "Russian officials", "the rebels", "the Syrian government", "Poland's ruling party".

The nouns and what they stand for are a table, `ontologies/actors/nominals.tsv`. Whose they are is read from what
stands beside them: an adjective ("Russian"), a name ("UN"), a possessor ("Putin's"), a phrase ("of Syria").
"European and U.S. officials" are two groups: the second has the noun, the first its adjective.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from kg.extract.actors.lexicon import ActorWords, Noun
from kg.extract.actors.mentions import Found, Parse
from kg.text.gazetteer import Gazetteer, Match

__all__ = ["find_nominals"]

_MODIFIERS = frozenset({"amod", "compound", "nmod", "nummod", "det", "advmod", "quantmod", "neg", "predet", "poss"})
_BESIDE = frozenset({"cc", "punct", "conj", "hyph", "amod", "npadvmod", "compound", "nmod"})
_OWNING = frozenset({"of", "in", "from", "for", "at", "to", "with", "on"})
_DEFINITE = frozenset({"the", "this", "that", "these", "those", "both"})
_OWN = frozenset({"his", "her", "its", "their"})
_FORMER = frozenset({"former", "ex", "then"})
_FIRST = frozenset({"former", "senior", "interim", "transitional", "provisional"})
_ACTING = frozenset({"nsubj", "nsubjpass", "dobj", "agent", "pobj", "poss", "conj"})


@dataclass(frozen=True, slots=True)
class _Owner:
    """What tells whose a group is: tokens, a country's code, the head of a name that is no country.

    `whole`: a country's full name, which does not modify a noun across "and".
    """

    start: int
    end: int
    text: str
    country: str | None
    name: int | None
    whole: bool = False


class _Finder:
    def __init__(
        self, parse: Parse, names: Sequence[Found], adjectives: Sequence[Match], gazetteer: Gazetteer, words: ActorWords
    ) -> None:
        self.parse = parse
        self.gazetteer = gazetteer
        self.words = words
        self.named = {i: f for f in names for i in range(f.start, f.end)}
        self.adjective_at = {i: m for m in adjectives for i in range(m.start, m.end)}
        self.starts = {f.start: f for f in names if f.type == "Person"}
        self.titled = {words.titles.before(parse, f.start).start: f for f in self.starts.values()} | self.starts

    def at(self, i: int) -> list[Found]:
        parse = self.parse
        before = parse.lower[i - 2] if i > 1 and parse.lower[i - 1] == "-" else parse.lower[i - 1] if i else ""
        noun = self.words.noun(before, parse.lower[i], parse.lemma[i].lower())
        if noun is None or self._modifies(i, noun) or (parse.text[i][0].isupper() and i + 1 in self.starts):
            return []
        start = self._left_edge(i)
        plural = parse.tag[i] in ("NNS", "NNPS")
        determiner = {parse.lower[j] for j in range(start, i)}
        own = noun.type == "Government" and bool(determiner & _OWN)
        definite = own or bool(determiner & _DEFINITE) or (parse.pos[i] == "PROPN" and not plural)
        if noun.alone == "two" or (determiner & {"both", "two"} and plural):
            both = self._pair(start, i, noun, determiner)
            if both or noun.alone == "two":
                return both
        owners = self._owners(start, i)
        while owners and owners[0].whole and parse.lower[owners[0].end] in ("and", "or", ","):
            start = owners.pop(0).end + 1  # "between Ukraine and Korean companies"
        possessor = self._possessor(start)
        phrase = self._phrase(i)
        whose = bool(owners) or possessor is not None or phrase is not None
        appositive = self._appositive(i, start, phrase, noun)
        if appositive is None and not self._is_actor(i, noun, whose, definite, plural):
            return []
        type_ = "Group" if plural and noun.type == "Person" else noun.type
        if noun.alone == "yes" and not plural and not whose and not definite and parse.dep[i] not in _ACTING:
            return []
        former = bool(determiner & _FORMER)
        office, words = self._office(start, i)
        name = self._name(start, i, words)
        base = Found(
            start, i + 1, i, "nominal", f"nominals.tsv:{parse.lemma[i].lower()}", type_, name, sector=noun.sector,
            plural=plural or type_ == "Group", definite=definite, office=office, former=former,
            appositive=appositive,
            anaphor=(noun.alone in ("ref", "back", "beside") and not whose) or noun.type == "Country",
        )  # fmt: skip
        if not owners:
            owner = possessor if possessor is not None else phrase
            return self._owned(base, owner, i) if owner is not None else [base]
        return self._one_each(base, owners, start)

    def _modifies(self, i: int, noun: Noun) -> bool:
        """Whether the noun is only a part of a longer one ("army base"); "Senate leaders" names the Senate."""
        parse = self.parse
        over = parse.head[i]
        if (
            parse.pos[i] == "PROPN"
            and parse.text[i][0].isupper()
            and noun.type == "Organization"
            and noun.alone == "the"
        ):
            return parse.pos[over] == "PROPN" and over > i
        return (
            parse.dep[i] in ("compound", "nmod", "amod", "npadvmod")
            and over > i
            and parse.pos[over] in ("NOUN", "PROPN")
        )

    def _is_actor(self, i: int, noun: Noun, whose: bool, definite: bool, plural: bool) -> bool:
        parse = self.parse
        if noun.alone == "yes" or (whose and noun.alone not in ("back", "beside")):
            return True
        if parse.dep[i] in ("attr", "oprd") or (parse.dep[i] == "pobj" and parse.lower[parse.head[i]] == "as"):
            return False
        if noun.alone == "the":
            return definite or (plural and parse.dep[i] in ("nsubj", "nsubjpass", "agent"))
        return noun.alone in ("ref", "back") and definite and not plural

    # ------------------------------------------------------------------------------------------ the words

    def _left_edge(self, i: int) -> int:
        """The first token of the noun phrase before its head, possessors left out."""
        parse = self.parse
        start = i
        for j in range(i - 1, max(-1, i - 12), -1):
            if parse.sentence[j] != parse.sentence[i] or parse.lower[j] in ("'s", "'"):
                break
            if parse.pos[j] == "PRON":
                if parse.dep[j] == "poss" and parse.head[j] == i:
                    start = j
                break
            if parse.dep[j] in _MODIFIERS and start <= parse.head[j] <= i:
                start = j
            elif not (parse.dep[j] in _BESIDE and self._hangs_on(j, i)):
                break
            elif parse.text[j + 1] == "-" and parse.text[j][0].isalpha():
                start = j
        while (
            start > 1
            and parse.lower[start - 1] in (",", "and", "or")
            and start - 2 in self.adjective_at
            and start in self.adjective_at
        ):
            start = self.adjective_at[start - 2].start
        while start < i and (parse.dep[start] in ("cc", "punct") or parse.lower[start] in (",", "-")):
            start += 1
        return start

    def _hangs_on(self, j: int, i: int) -> bool:
        """Whether the token hangs, over modifiers alone, on the noun at i."""
        for _ in range(4):
            if j == i:
                return True
            if self.parse.dep[j] not in _BESIDE:
                return False
            j = self.parse.head[j]
        return j == i

    def _name(self, start: int, i: int, office: int) -> str:
        """Nouns and telling adjectives before the head, and the head; no country, article or number."""
        parse, kinds = self.parse, self.words.of("kind")
        kept = []
        for j in range(start, i):
            if j + 2 < i and parse.text[j + 1] == "-" and parse.lower[j + 2] in self.words.of("hyphen"):
                kept.append(f"{parse.text[j]}-{parse.lower[j + 2]}")
            if j in self.adjective_at or j in self.named:
                continue
            noun = parse.pos[j] in ("NOUN", "PROPN") and parse.dep[j] in ("compound", "nmod")
            if noun or j >= i - office or parse.lower[j] in kinds:
                kept.append(parse.lower[j])
        if "former" in kept and self._coordinated(start, i):
            kept.remove("former")
        return " ".join([*kept, parse.lower[i]])

    def _coordinated(self, start: int, i: int) -> bool:
        """ "current and former" tells nothing."""
        return any(self.parse.lower[j] in ("and", "or") for j in range(start, i))

    def _office(self, start: int, i: int) -> tuple[str | None, int]:
        """Category of the office that the noun phrase names, and how many words before the noun belong to it."""
        lemma = self.parse.lemma[i].lower()
        for size in range(min(4, i - start + 1), 0, -1):
            office = self.words.titles.office((*self.parse.lower[i - size + 1 : i], lemma))
            if office is not None:
                return office, size - 1
        of = self.parse.lower[i : i + 4]
        return next((o for n in (4, 3) if (o := self.words.titles.office((lemma, *of[1:n])))), None), 0

    # ----------------------------------------------------------------------------------------- whose it is

    def _owners(self, start: int, i: int) -> list[_Owner]:
        """Adjectives of countries and names inside the noun phrase, left to right."""
        parse = self.parse
        found: list[_Owner] = []
        j = start
        while j < i:
            match = self.adjective_at.get(j)
            name = self.named.get(j)
            end = match.end if match is not None else name.end if name is not None else j + 1
            if end < i and parse.text[end] == "-" and parse.lower[end + 1] in self.words.of("hyphen"):
                j = end
            elif match is not None and match.start == j:
                entry = self.gazetteer.entry(match.entries[0])
                text = parse.words(match.start, match.end)
                found.append(_Owner(match.start, match.end, text, entry.country, None))
                j = match.end
            elif name is not None and name.start == j:
                code = name.country if name.type == "Country" else None
                entry_ = self.gazetteer.country(code) if code else None
                text = entry_.adjective or entry_.label if entry_ is not None else name.name
                whole = not (name.name.isupper() or "." in name.name)
                found.append(_Owner(name.start, name.end, text, name.country, None if code else name.head, whole))
                j = name.end
            else:
                j += 1
        return found

    def _possessor(self, start: int) -> int | None:
        if start > 1 and self.parse.lower[start - 1] in ("'s", "'") and start - 2 in self.named:
            return self.named[start - 2].head
        return None

    def _phrase(self, i: int) -> int | None:
        """Head of the name in "of Syria", "in Beijing" after the noun."""
        parse = self.parse
        if i + 1 >= parse.size or parse.lower[i + 1] not in _OWNING:
            return None
        for j in range(i + 2, min(i + 7, parse.size)):
            name = self.named.get(j)
            if name is not None:
                good = parse.head[name.head] == i + 1 or (parse.lower[i + 1] in ("of", "to") and j <= i + 3)
                return name.head if good and name.type != "Person" else None
            if parse.pos[j] in ("VERB", "PUNCT", "ADP"):
                break
        return None

    def _owned(self, base: Found, owner: int, i: int) -> list[Found]:
        """The group of a possessor or of the name after "of"; of two names ("of China and Australia") two groups."""
        holder, parse = self.named[owner], self.parse
        if base.office == "ambassador" or (owner > i and parse.lower[i + 1] == "to"):
            return [replace(base, owner=owner)]
        code = holder.country if holder.type in ("Country", "Government") else None
        country = self.gazetteer.country(code) if code else None
        if country is None:
            return [replace(base, country=holder.country, owner=owner)]
        first = replace(base, country=code, name=_labelled(country.adjective or country.label, base.name))
        other = self._coordinated_name(owner)
        second = self.gazetteer.country(other.country) if other is not None and other.country and owner > i else None
        if second is None or not base.plural or base.start == i:
            return [first]
        name = _labelled(second.adjective or second.label, base.name)
        return [first, replace(base, start=i, country=second.country, name=name)]

    def _coordinated_name(self, owner: int) -> Found | None:
        """The name that stands with another: Australia in "of China and Australia"."""
        parse = self.parse
        for j in range(owner + 1, min(owner + 5, parse.size)):
            if j in self.named and parse.head[j] == owner and parse.dep[j] == "conj":
                return self.named[j]
        return None

    def _one_each(self, base: Found, owners: Sequence[_Owner], start: int) -> list[Found]:
        """A group for each country of a coordination; the last has the noun, the others their own word as span."""
        *others, last = owners
        parse = self.parse
        joined = [o for o in others if any(parse.lower[j] in ("and", "or", ",") for j in range(o.end, last.start))]
        out = [
            replace(base, start=o.start, end=o.end, country=o.country, name=_labelled(o.text, base.name), owner=o.name)
            for o in joined
        ]
        first = last.start if joined else start
        loose = [o for o in others if o not in joined]
        country = last.country or next((o.country for o in loose if o.country), None)
        text = " ".join(o.text for o in (*loose, last) if o.name is None)
        name = _labelled(text, base.name) if text else base.name
        owner = next((o.name for o in (last, *loose) if o.name is not None), None)
        return [*out, replace(base, start=first, country=country, name=name, owner=owner)]

    # --------------------------------------------------------------------------------------- what it equals

    def _appositive(self, i: int, start: int, phrase: int | None, noun: Noun) -> int | None:
        """Head of the name that stands beside the noun and means the same."""
        parse, person = self.parse, noun.type == "Person"
        if noun.alone == "beside":
            if phrase is not None and self.named[phrase].type == "Place" and parse.lower[i + 1] == "of":
                return phrase  # "the city of Mosul"
            over = self.named.get(parse.head[i])
            return over.head if parse.dep[i] == "appos" and over is not None and over.type == "Place" else None
        if parse.dep[i] == "appos" and parse.head[i] in self.named and parse.head[i] < i:
            return self.named[parse.head[i]].head
        if not person:
            return None
        end = self.named[phrase].end if phrase is not None and phrase > i else i + 1
        if end in self.titled:  # "Ambassador to the U.S. Sergey Kislyak", "leader Ayatollah Khomeini"
            return self.titled[end].head
        if end + 1 < parse.size and parse.text[end] == ",":
            name = self._name_from(end + 1)
            if name is not None and self._together(i, name):
                return name.head
        before = self.named.get(start - 2) if start > 1 and parse.text[start - 1] == "," else None
        if before is not None and before.type == "Person" and parse.head[i] == before.head:
            return before.head
        if parse.dep[i] == "oprd" and start - 1 in self.named and self.named[start - 1].type == "Person":
            return self.named[start - 1].head  # "appointed Lee the commander"
        return self._across_is(i)

    def _together(self, i: int, name: Found) -> bool:
        """Whether a name after a comma is an apposition of the noun before it."""
        parse = self.parse
        if parse.dep[name.head] == "conj" or (name.end < parse.size and parse.lower[name.end] == "and"):
            return False
        closed = name.end < parse.size and parse.text[name.end] == ","
        return (
            closed or parse.dep[name.head] in ("appos", "nsubj") or parse.head[i] == name.head
            or parse.head[name.head] == parse.head[i]
        )  # fmt: skip

    def _across_is(self, i: int) -> int | None:
        """The person in "Lee is the commander" and "The commander is Lee", now."""
        parse = self.parse
        verb = parse.head[i]
        if parse.dep[i] not in ("attr", "nsubj") or parse.lower[verb] not in ("is", "'s"):
            return None
        other = "nsubj" if parse.dep[i] == "attr" else "attr"
        for j in range(max(0, verb - 12), min(verb + 8, parse.size)):
            if parse.head[j] == verb and parse.dep[j] == other and j in self.named and self.named[j].type == "Person":
                return self.named[j].head
        return None

    def _name_from(self, at: int) -> Found | None:
        """The person's name that begins at a token, titles before it left out."""
        for k in range(at, min(at + 8, self.parse.size)):
            if k in self.starts:
                return self.starts[k]
            if self.parse.pos[k] not in ("PROPN", "NOUN", "ADJ") and self.parse.lower[k] not in (
                "-",
                "born",
                "the",
                "a",
            ):
                return None
        return None

    def _pair(self, start: int, i: int, noun: Noun, determiner: set[str]) -> list[Found]:
        """ "both countries", "the two leaders": a mention for each of the two, of different length."""
        if not determiner & {"both", "two"} or determiner & {"or"} or self._owners(start, i) or i - start > 3:
            return []
        base = Found(
            start, i + 1, i, "nominal", f"nominals.tsv:two {self.parse.lower[i]}", noun.type, self.parse.lower[i],
            plural=True, anaphor=True, pair=True,
        )  # fmt: skip
        return [base, replace(base, start=i)] if start < i else []


def _labelled(country: str, name: str) -> str:
    """ "former" and the like before the country's adjective: "senior American official"."""
    words = name.split()
    first = [w for w in words if w in _FIRST]
    return " ".join([*first, country, *(w for w in words if w not in _FIRST)])


def find_nominals(
    parse: Parse, names: Sequence[Found], adjectives: Sequence[Match], gazetteer: Gazetteer, words: ActorWords,
    skipped: frozenset[int],
) -> list[Found]:  # fmt: skip
    """The nominal actors, in order of their heads."""
    finder = _Finder(parse, names, adjectives, gazetteer, words)
    covered: Mapping[int, object] = finder.named
    found: list[Found] = []
    for i, pos in enumerate(parse.pos):
        if pos in ("NOUN", "PROPN") and i not in covered and i not in skipped and i not in finder.adjective_at:
            found += finder.at(i)
    return found
