"""Names in a text: what the model calls an entity, mended by the actor list.

Where the two disagree, the longer name wins, except that titles and offices are no part of a person's name
("President Donald J. Trump" is "Donald J. Trump"), and that an adjective of a country does not break a longer
name apart ("Russian Foreign Ministry").
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.extract.mentions import Found, Parse
from kg.extract.titles import Titles
from kg.model import EntityType
from kg.text.gazetteer import Gazetteer, Match
from kg.text.spelling import fold
from kg.text.structure import Segment

if TYPE_CHECKING:
    from spacy.tokens import Doc

__all__ = ["find_names", "skipped_tokens"]

_TYPES: dict[str, EntityType] = {
    "PERSON": "Person", "ORG": "Organization", "GPE": "Place", "LOC": "Place", "FAC": "Place", "NORP": "Group",
}  # fmt: skip
_SILENT = frozenset({"credit", "byline", "marker"})
_TRIM_LEFT = frozenset({"the", "a", "an", "'s", "\"", "'", "-", ",", "of", "and", "(", "[", "this", "that", "both"})
_TRIM_RIGHT = frozenset({"'s", "'", "\"", ",", "-", ")", "]", "the", "and", "of"})


@dataclass(frozen=True, slots=True)
class _Span:
    start: int
    end: int
    label: str


def skipped_tokens(doc: Doc, segments: Sequence[Segment]) -> frozenset[int]:
    """Tokens of credits, bylines and markers: who is named there does nothing in the text."""
    silent = [s for s in segments if s.kind in _SILENT]
    if not silent:
        return frozenset()
    skipped = []
    at = 0
    for token in doc:
        while at < len(silent) and silent[at].end <= token.idx:
            at += 1
        if at < len(silent) and silent[at].start <= token.idx:
            skipped.append(token.i)
    return frozenset(skipped)


def find_names(
    parse: Parse, gazetteer: Gazetteer, titles: Titles, skipped: frozenset[int]
) -> tuple[list[Found], list[Match]]:
    """The names in order, not overlapping; and the adjectives of countries and regions that stand alone."""
    matches = [m for m in gazetteer.find(parse.doc) if m.start not in skipped]
    entities = [s for e in parse.doc.ents if (s := _trimmed(parse, e.start, e.end, e.label_)) and s.start not in skipped]
    entities = [t for s in entities for t in _without_titles(s, parse, gazetteer, titles)]
    taken: dict[int, _Span | Match] = {}
    longer: list[tuple[_Span, Match]] = []
    by_token: dict[int, _Span] = {i: s for s in entities for i in range(s.start, s.end)}
    kept: list[Match] = []
    for match in matches:
        over = {by_token[i] for i in range(match.start, match.end) if i in by_token}
        holder = next((s for s in over if _holds(s, match, parse, gazetteer)), None)
        if holder is not None:
            longer.append((holder, match))
            continue
        if _is_common(match, over, parse, gazetteer):
            continue
        kept.append(match)
        for i in range(match.start, match.end):
            taken[i] = match
    found: list[Found] = []
    for match in kept:
        if match.form != "adjective":
            found.append(_listed(match, parse, gazetteer, by_token))
    inside: dict[int, Match] = {}
    for span, match in longer:
        inside.setdefault(span.start, match)
    for span in entities:
        if all(i in taken for i in range(span.start, span.end)):
            continue
        if any(i in taken for i in range(span.start, span.end)):
            rest = _rest(span, taken, parse)
            if rest is None:
                continue
            span = rest
        made = _unlisted(span, parse, gazetteer, inside.get(span.start))
        if made is not None:
            found.append(made)
    found.sort(key=lambda f: f.start)
    return found, [m for m in kept if m.form == "adjective"]


def _trimmed(parse: Parse, start: int, end: int, label: str) -> _Span | None:
    if label not in _TYPES:
        return None
    while start < end and (parse.lower[start] in _TRIM_LEFT or not parse.text[start].strip()):
        start += 1
    while start < end and (parse.lower[end - 1] in _TRIM_RIGHT or not parse.text[end - 1].strip()):
        end -= 1
    if start >= end or not any(c.isalpha() for i in range(start, end) for c in parse.text[i]):
        return None
    if not any(parse.text[i][0].isupper() for i in range(start, end)):
        return None
    return _Span(start, end, label)


def _without_titles(span: _Span, parse: Parse, gazetteer: Gazetteer, titles: Titles) -> Iterable[_Span]:
    """A person's name without titles before it, cut where a comma or lower-case word stands."""
    if span.label != "PERSON":
        return (span,)
    start = titles.skip(parse, span.start, span.end)
    if start >= span.end:
        return ()
    return (_Span(start, span.end, span.label),)


def _holds(span: _Span, match: Match, parse: Parse, gazetteer: Gazetteer) -> bool:
    """Whether the model's longer span is the better name."""
    if not (span.start <= match.start and match.end <= span.end) or span.end - span.start <= match.end - match.start:
        return False
    rest = [i for i in range(span.start, span.end) if not match.start <= i < match.end]
    capital = [i for i in rest if parse.text[i][0].isupper() and parse.pos[i] in ("PROPN", "NOUN", "ADJ")]
    if not capital:
        return False
    kind = gazetteer.entry(match.entries[0]).type
    if span.label == "PERSON":
        return kind != "Person" and match.form == "name" and match.end - match.start == 1 and match.start in (span.start, span.end - 1)
    if span.label in ("GPE", "LOC"):
        return kind in ("Country", "Place") and "," not in (parse.text[i] for i in rest)
    if span.label == "NORP":
        return False
    return not (kind in ("Organization", "ArmedGroup") and match.end - match.start >= 3)


def _is_common(match: Match, over: set[_Span], parse: Parse, gazetteer: Gazetteer) -> bool:
    """Whether the words are no name here: a single word that neither tagger nor name finder takes for one."""
    if match.end - match.start > 1 or match.form != "name" or over:
        return False
    entry = gazetteer.entry(match.entries[0])
    if entry.type in ("Country", "Place"):
        return False
    i = match.start
    return parse.pos[i] not in ("PROPN", "NOUN") or (parse.pos[i] == "NOUN" and parse.text[i].islower())


def _listed(match: Match, parse: Parse, gazetteer: Gazetteer, by_token: dict[int, _Span]) -> Found:
    start, end = match.start, match.end
    if parse.lower[start] == "the" and end - start > 1:
        start += 1
    entries = match.entries
    label = by_token[start].label if start in by_token else ""
    if len(entries) > 1:
        fitting = tuple(e for e in entries if _TYPES.get(label) == gazetteer.entry(e).type)
        entries = fitting or entries
    entry = gazetteer.entry(entries[0])
    words = parse.words(start, end)
    return Found(
        start, end, parse.root_of(start, end), "demonym" if match.form == "people" else "name",
        f"actors list: {entry.id}", entry.type, words, entries,
        entry.country, entry.sector, entry.gender, plural=match.form == "people" or entry.type == "Group",
    )  # fmt: skip


def _rest(span: _Span, taken: dict[int, _Span | Match], parse: Parse) -> _Span | None:
    """The longest run of a span that no name of the list took, if it can be a name alone."""
    runs: list[list[int]] = [[]]
    for i in range(span.start, span.end):
        if i in taken:
            runs.append([])
        else:
            runs[-1].append(i)
    run = max(runs, key=len)
    if span.label != "PERSON" or not run:
        return None
    return _trimmed(parse, run[0], run[-1] + 1, span.label)


def _unlisted(span: _Span, parse: Parse, gazetteer: Gazetteer, inside: Match | None) -> Found | None:
    type_ = _TYPES[span.label]
    words = parse.words(span.start, span.end)
    if span.end - span.start == 1 and fold(words) in ("mr", "ms", "mrs", "dr", "gen", "sen"):
        return None
    country = gazetteer.entry(inside.entries[0]).country if inside is not None else None
    form = "demonym" if span.label == "NORP" else "name"
    return Found(
        span.start, span.end, parse.root_of(span.start, span.end), form, f"named entity: {span.label}", type_, words,
        country=country, plural=span.label == "NORP",
    )  # fmt: skip
