"""Names in a text: what the model calls an entity, mended by the actor list.

Where the two disagree, the longer name wins, except that titles and offices are no part of a person's name
("President Donald J. Trump" is "Donald J. Trump"), and that an adjective of a country does not break a longer
name apart ("Russian Foreign Ministry"). An institution of a country has the country in its name, however it is
said: "Turkey's Foreign Ministry", "the Turkish Foreign Ministry".
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from kg.extract.actors.acronyms import undefined_acronyms
from kg.extract.actors.entities import Span, entity_spans, settle_types
from kg.extract.actors.lexicon import ActorWords
from kg.extract.actors.mentions import Found, Parse
from kg.text.gazetteer import Gazetteer, Match
from kg.text.structure import Segment

__all__ = ["Names", "find_names", "skipped_tokens"]

_SILENT = frozenset({"credit", "byline", "marker"})
_BRACKET = re.compile(r",?\[|\(")
_MAIN = 4  # how much a text must speak of its country; a name counts 2, an adjective or capital 1
_WORDS = frozenset({"PROPN", "NOUN", "ADJ"})


@dataclass(frozen=True, slots=True)
class Names:
    """Names in order, adjectives of countries and regions, and how often each country is spoken of."""

    found: list[Found]
    adjectives: list[Match]
    countries: Counter[str]

    @property
    def main(self) -> str | None:
        """The country that the text speaks of most, if one stands out."""
        ranked = self.countries.most_common(2)
        if not ranked or ranked[0][1] < _MAIN or (len(ranked) == 2 and ranked[0][1] < 2 * ranked[1][1]):
            return None
        return ranked[0][0]


def skipped_tokens(parse: Parse, segments: Sequence[Segment]) -> frozenset[int]:
    """Tokens of credits, bylines and markers: who is named there does nothing in the text."""
    skipped: set[int] = set()
    for segment in segments:
        if segment.kind in _SILENT:
            skipped.update(range(bisect_left(parse.idx, segment.start), bisect_left(parse.idx, segment.end)))
    return frozenset(skipped)


def find_names(
    parse: Parse, gazetteer: Gazetteer, words: ActorWords, skipped: frozenset[int], day: int | None
) -> Names:
    """Names of the list and of the model, not overlapping."""
    matches = [m for m in gazetteer.find(parse.doc) if m.start not in skipped]
    spans = [s for s in entity_spans(parse, words) if s.start not in skipped]
    countries = _countries(matches, gazetteer, day)
    strange = undefined_acronyms(parse)
    matches = [m for m in matches if not _elsewhere(m, countries, gazetteer)]
    matches = [m for m in matches if not (m.end - m.start == 1 and parse.text[m.start] in strange)]
    spans = [s for s in spans if not (s.end - s.start == 1 and parse.text[s.start] in strange)]
    by_token = {i: s for s in spans for i in range(s.start, s.end)}
    taken: dict[int, Match] = {}
    inside: dict[int, Match] = {}
    kept: list[Match] = []
    for match in matches:
        over = {by_token[i]: None for i in range(match.start, match.end) if i in by_token}
        holder = next((s for s in over if _holds(s, match, parse, gazetteer)), None)
        if holder is not None:
            inside.setdefault(holder.start, match)
        elif not _is_common(match, bool(over), parse, gazetteer):
            kept.append(match)
            taken.update(dict.fromkeys(range(match.start, match.end), match))
    found = [_listed(m, parse, gazetteer, by_token, words) for m in kept if m.form != "adjective"]
    for span in spans:
        free = _free(span, taken, parse)
        if free is not None:
            found.append(_unlisted(free, parse, gazetteer, words, inside.get(span.start)))
    found = [f for f in settle_types(parse, found, words) if not _in_title(f, parse, words)]
    found.sort(key=lambda f: f.start)
    names = Names(found, [m for m in kept if m.form == "adjective"], countries)
    return replace(names, found=[_institution(f, parse, names, gazetteer, words) for f in found])


def _countries(matches: Sequence[Match], gazetteer: Gazetteer, day: int | None) -> Counter[str]:
    counts: Counter[str] = Counter()
    for match in matches:
        ids = gazetteer.alive(match.entries, day)
        if match.local or len(ids) > 1:
            continue
        entry = gazetteer.entry(ids[0])
        if entry.country and entry.kind != "state":
            counts[entry.country] += 2 if entry.type == "Country" else 1
    return counts


def _elsewhere(match: Match, countries: Counter[str], gazetteer: Gazetteer) -> bool:
    """A name that is only meant in its own country ("the Senate"), in a text about others."""
    if not match.local or not countries:
        return False
    most = countries.most_common(1)[0][1]
    return all(2 * countries[gazetteer.entry(e).country or ""] < most for e in match.entries)


def _holds(span: Span, match: Match, parse: Parse, gazetteer: Gazetteer) -> bool:
    """Whether the model's longer span is the better name."""
    if not (span.start <= match.start and match.end <= span.end) or span.end - span.start <= match.end - match.start:
        return False
    rest = [i for i in range(span.start, span.end) if not match.start <= i < match.end]
    if not any(parse.text[i][0].isupper() and parse.pos[i] in _WORDS for i in rest):
        return False
    kind = gazetteer.entry(match.entries[0]).type
    edge = match.start == span.start or match.end == span.end
    if span.label == "PERSON":
        return kind != "Person" and match.form == "name" and match.end - match.start == 1 and edge
    if span.label in ("GPE", "LOC"):
        return kind in ("Country", "Place") and not any(parse.text[i] == "," for i in rest)
    if span.label == "NORP":
        return False
    before = [i for i in rest if i < match.start]
    return kind not in ("Organization", "ArmedGroup") or match.end - match.start < 3 or bool(before)


def _is_common(match: Match, entity: bool, parse: Parse, gazetteer: Gazetteer) -> bool:
    """Whether the words are no name here: one word that neither tagger nor name finder takes for one."""
    i = match.start
    if match.end - i > 1 or match.form != "name" or entity:
        return False
    if gazetteer.entry(match.entries[0]).type in ("Country", "Place"):
        return parse.pos[i] in ("VERB", "AUX")
    if len(parse.text[i]) > 1 and parse.text[i].isupper():
        return False
    return parse.pos[i] not in ("PROPN", "NOUN") or parse.text[i].islower()


def _listed(match: Match, parse: Parse, gazetteer: Gazetteer, by_token: Mapping[int, Span], words: ActorWords) -> Found:
    start, end = match.start, match.end
    if parse.lower[start] == "the" and end - start > 1:
        start += 1
    entries = match.entries
    label = by_token[start].label if start in by_token else ""
    if len(entries) > 1:
        wanted = {"PERSON": ("Person",), "ORG": ("Organization",), "GPE": ("Place", "Country")}.get(label, ())
        entries = tuple(e for e in entries if gazetteer.entry(e).type in wanted) or entries
    if len(entries) > 1 and parse.dep[parse.root_of(start, end)] == "compound":  # "Georgia regulators": not Georgian
        entries = tuple(e for e in entries if not gazetteer.entry(e).adjective) or entries
    entry = gazetteer.entry(entries[0])
    found = Found(
        start, end, parse.root_of(start, end), "demonym" if match.form == "people" else "name",
        f"actors list: {entry.id}", entry.type, parse.words(start, end), entries, entry.country, entry.sector,
        entry.gender, plural=match.form == "people" or entry.type == "Group", label=label,
    )  # fmt: skip
    return _titled(found, parse, words) if entry.type == "Person" else found


def _titled(found: Found, parse: Parse, words: ActorWords) -> Found:
    title = words.titles.before(parse, found.start)
    if title.start == found.start:
        return found
    return replace(
        found, office=title.office, gender=found.gender or title.gender, sector=found.sector or title.sector,
        former=title.former, noun=title.noun,
    )  # fmt: skip


def _free(span: Span, taken: Mapping[int, Match], parse: Parse) -> Span | None:
    """What the list left of a span: all, or of a person's name the longest run of capitalised words."""
    if not any(i in taken for i in range(span.start, span.end)):
        return span
    runs: list[list[int]] = [[]]
    for i in range(span.start, span.end):
        if i in taken or not parse.text[i][0].isupper():
            runs.append([])
        else:
            runs[-1].append(i)
    run = max(runs, key=len)
    return Span(run[0], run[-1] + 1, span.label) if span.label == "PERSON" and run else None


def _unlisted(span: Span, parse: Parse, gazetteer: Gazetteer, words: ActorWords, inside: Match | None) -> Found:
    whole = parse.words(span.start, span.end)
    name = _BRACKET.split(whole)[0].strip() or whole
    begins = inside is not None and inside.start == span.start
    country = gazetteer.entry(inside.entries[0]).country if inside is not None and begins else None
    found = Found(
        span.start, span.end, parse.root_of(span.start, span.end), "demonym" if span.label == "NORP" else "name",
        f"named entity: {span.label}", span.type, name, _looked_up(name, whole, gazetteer, words), country,
        plural=span.label == "NORP", label=span.label,
    )  # fmt: skip
    return _titled(found, parse, words) if span.type == "Person" else found


def _looked_up(name: str, whole: str, gazetteer: Gazetteer, words: ActorWords) -> tuple[str, ...]:
    """The list's entry for "Boeing Co.", "The Boeing Company", or a name with a footnote at its end."""
    if name != whole:
        return gazetteer.lookup(name)
    parts = name.removeprefix("The ").split()
    while len(parts) > 1 and parts[-1].lower().strip(".,") in words.of("company"):
        parts.pop()
    short = " ".join(parts)
    return gazetteer.lookup(short) if short != name and len(parts) < len(name.split()) else ()


def _in_title(found: Found, parse: Parse, words: ActorWords) -> bool:
    """Whether an unlisted name is a part of an office before a person: "National Security" Adviser H.R. McMaster."""
    if found.entries or found.type == "Person" or found.end >= parse.size:
        return False
    if found.start > 1 and parse.lower[found.start - 1] in ("of", "for"):
        return parse.lemma[found.start - 2].lower() in ("minister", "ministry", "secretary", "department")
    return any(
        words.titles.office(parse.lower[found.start : found.end + extra]) is not None
        for extra in (0, 1, 2)
        if found.end + extra <= parse.size
    )


def _institution(found: Found, parse: Parse, names: Names, gazetteer: Gazetteer, words: ActorWords) -> Found:
    """A ministry, parliament, court or army that the list lacks: its country becomes part of its name."""
    if found.entries or found.type != "Organization":
        return found
    leading = _leading_country(parse, found.start, gazetteer)
    body = found.start + (leading[1] if leading else 0)
    if body >= found.end:
        return found
    last = found.end - 1
    of = next((i for i in range(body, found.end) if parse.lower[i] in ("of", "for")), None)
    head = last if of is None else of - 1
    noun = words.noun(parse.lower[head - 1] if head > body else "", parse.lower[head], parse.lemma[head].lower())
    if noun is None or head < body or (of is not None and parse.lower[head] not in ("ministry", "department")):
        return found
    code = leading[0] if leading else _owner(parse, found.start, names, gazetteer) or found.country or names.main
    country = gazetteer.country(code) if code else None
    if country is None or noun.type not in ("Organization", "Government") or head - body > 2:
        return found
    if noun.alone in ("ref", "back", "no") and parse.lower[head] not in ("ministry", "department"):
        return found
    if noun.type == "Government":
        government = gazetteer.government(country.country or "")
        if government is None:
            return found
        return replace(found, entries=(government.id,), type="Government", country=code, sector="GOV")
    name = f"{country.adjective or country.label} {parse.words(body, found.end)}"
    return replace(
        found, name=name, country=code, sector=noun.sector, entries=gazetteer.lookup(name),
        rule=f"{found.rule}; institution of {country.id}",
    )  # fmt: skip


def _leading_country(parse: Parse, start: int, gazetteer: Gazetteer) -> tuple[str, int] | None:
    """(country code, number of tokens) of the adjective or country name that begins at a token."""
    for size in (2, 1):
        ids = gazetteer.lookup(" ".join(parse.text[start : start + size]))
        entry = gazetteer.entry(ids[0]) if ids else None
        if entry is not None and entry.type == "Country" and entry.country:
            return entry.country, size
    return None


def _owner(parse: Parse, start: int, names: Names, gazetteer: Gazetteer) -> str | None:
    """Code of the country before "'s", or of the adjective that stands before the name."""
    for match in names.adjectives:
        if match.end == start:
            return gazetteer.entry(match.entries[0]).country
    if start > 1 and parse.lower[start - 1] in ("'s", "'"):
        return next((f.country for f in names.found if f.end == start - 1 and f.type == "Country"), None)
    return None
