"""Named entities of the model, made fit: cut, joined, and given the type that their surroundings tell.

A name that goes on after "for" or "of" is joined ("Davis Center for Russian Studies"), what cannot be an actor is
left out, and a type that the model guesses wrongly is mended by what the name ends with and by where it stands
("in Darayya", "Mr. Karim said").
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from kg.extract.actors.lexicon import ActorWords
from kg.extract.actors.mentions import Found, Parse
from kg.model import EntityType
from kg.text.spelling import fold

__all__ = ["Span", "entity_spans", "settle_types"]

_TYPES: dict[str, EntityType] = {
    "PERSON": "Person", "ORG": "Organization", "GPE": "Place", "LOC": "Place", "FAC": "Place", "NORP": "Group",
}  # fmt: skip
_LEADING = frozenset({"ADP", "SCONJ", "CCONJ", "DET", "PRON", "PART", "PUNCT", "SPACE", "SYM", "AUX"})
_TRAILING = _LEADING | {"VERB", "ADV"}
_JOINING = frozenset({"for", "of", "on", "against"})
_BETWEEN = frozenset({"of", "for", "the", "and", "on", "in", "'s", "&"})
_SMALL = frozenset({"near", "outside", "inside", "around", "in", "at", "from", "by", "with", "since", "while"})
_CUT = frozenset({"[", "(", "/", ";", ":", "|", '"', "@", "http"})


@dataclass(frozen=True, slots=True)
class Span:
    """Tokens `start` up to, not including, `end`, and the model's label."""

    start: int
    end: int
    label: str

    @property
    def type(self) -> EntityType:
        return _TYPES[self.label]


def entity_spans(parse: Parse, words: ActorWords) -> Iterator[Span]:
    """The entities that may be actors, in order, not overlapping."""
    last = 0
    headline = headline_tokens(parse)
    for entity in parse.doc.ents:
        if entity.label_ not in _TYPES or entity.end <= last:
            continue
        span = _trimmed(parse, max(entity.start, last), entity.end, entity.label_)
        if span is not None and span.label == "PERSON":
            start = words.titles.skip(parse, span.start, span.end)
            span = _trimmed(parse, start, span.end, span.label)
            span = _nicknamed(parse, span) if span is not None else None
        if (
            span is None
            or _no_actor(parse, span, words)
            or (span.start in headline and _only_here(parse, span, headline, words))
        ):
            continue
        span = _joined(parse, span, words)
        last = span.end
        yield span


def headline_tokens(parse: Parse) -> frozenset[int]:
    """Tokens of sentences Written Like a Headline, where capitals tell nothing: no verb in small letters."""
    counts: dict[int, list[int]] = {}
    plain: set[int] = set()
    for sentence, word, pos in zip(parse.sentence, parse.text, parse.pos, strict=True):
        if pos in ("VERB", "AUX") and word[0].islower():
            plain.add(sentence)
        elif word[0].isalpha() and len(word) > 3:
            pair = counts.setdefault(sentence, [0, 0])
            pair[0] += 1
            pair[1] += word[0].isupper()
    high = {s for s, (all_, upper) in counts.items() if all_ >= 5 and upper >= 0.75 * all_} - plain
    return frozenset(i for i, s in enumerate(parse.sentence) if s in high) if high else frozenset()


def _only_here(parse: Parse, span: Span, headline: frozenset[int], words: ActorWords) -> bool:
    """Whether a name of a headline is doubtful: nowhere else in the text, no place, no person's full name."""
    name = parse.words(span.start, span.end)
    if span.label == "GPE" or (
        span.label == "PERSON" and span.end - span.start == 2 and parse.text[span.start] in words.first_names
    ):
        return False
    at = parse.string.find(name)
    while at >= 0:
        if bisect_left(parse.idx, at) not in headline:
            return False
        at = parse.string.find(name, at + 1)
    return True


def _trimmed(parse: Parse, start: int, end: int, label: str) -> Span | None:
    if end - start > 1 and parse.lower[start] in _SMALL:
        start += 1
    cut = next((i for i in range(start + 1, end) if parse.text[i] in _CUT), end)
    cut = next((i + 1 for i in range(start, cut) if "[" in parse.text[i] or "(" in parse.text[i]), cut)
    end = cut if cut > start else end
    while start < end and (parse.pos[start] in _LEADING or not parse.text[start][0].isalnum()):
        start += 1
    while start < end and _trailing(parse, end - 1):
        end -= 1
    if start >= end or not any(parse.text[i][0].isupper() for i in range(start, end)):
        return None
    return Span(start, end, label)


def _trailing(parse: Parse, i: int) -> bool:
    """Whether a token cannot be the last of a name."""
    if not any(map(str.isalnum, parse.text[i])) or parse.lower[i] in ("'s", "al"):
        return True
    return parse.pos[i] in _TRAILING and not parse.text[i][0].isupper()


def _nicknamed(parse: Parse, span: Span) -> Span:
    """John "J.D." Dorrian: the name goes on after the nickname."""
    end = span.end
    if end + 2 < parse.size and parse.text[end] == '"':
        close = next((j for j in range(end + 2, min(end + 4, parse.size)) if parse.text[j] == '"'), None)
        after = close + 1 if close is not None else parse.size
        if (
            after < parse.size
            and parse.text[after][0].isupper()
            and parse.sentence[after] == parse.sentence[span.start]
        ):
            return Span(span.start, after + 1, span.label)
    return span


def _no_actor(parse: Parse, span: Span, words: ActorWords) -> bool:
    first, size = span.start, span.end - span.start
    if size > 1 and parse.lower[span.end - 1] in words.of("not_actor_last"):
        return True
    if fold(parse.words(first, span.end)) in words.of("not_actor") or (
        parse.lower[first] in words.of("not_actor_first") and size > 1
    ):
        return True
    if not any(parse.pos[i] in ("PROPN", "NOUN", "ADJ", "X") for i in range(first, span.end)):
        return not parse.text[first].isupper()
    quoted = first > 0 and span.end < parse.size and parse.text[first - 1] == '"' == parse.text[span.end]
    return quoted and size == 1


def _joined(parse: Parse, span: Span, words: ActorWords) -> Span:
    """The name with what follows after "for" or "of", where its last word is that of an organisation."""
    at = span.end
    if span.label not in ("ORG", "FAC") or at + 1 >= parse.size or parse.lower[at] not in _JOINING:
        return span
    if parse.lower[at - 1] not in words.of("organisation"):
        return span
    end = at
    j = at
    while j < parse.size and parse.sentence[j] == parse.sentence[at]:
        if parse.ent[j] in ("DATE", "TIME"):
            break
        if parse.text[j][0].isupper() and parse.pos[j] in ("PROPN", "NOUN", "ADJ"):
            end = j + 1
        elif parse.lower[j] not in _BETWEEN:
            break
        j += 1
    return Span(span.start, end, "ORG")


def settle_types(parse: Parse, found: Sequence[Found], words: ActorWords) -> list[Found]:
    """Names that the list lacks, each with one type over the document."""
    votes: dict[str, Counter[EntityType]] = defaultdict(Counter)
    listed_places = {f.start for f in found if f.entries and f.type in ("Country", "Place")}
    for f in found:
        if not f.entries and f.form == "name":
            _vote(parse, f, words, listed_places, votes[fold(f.name)])
    out = []
    for f in found:
        if f.entries or f.form != "name":
            out.append(f)
            continue
        type_ = min(votes[fold(f.name)].items(), key=lambda v: (-v[1], v[0]))[0]
        if type_ != f.type:
            f = replace(f, type=type_, rule=f"{f.rule}, by context {type_}")
        last = parse.lower[f.end - 1]
        if type_ == "Organization" and last in words.of("armed"):
            f = replace(f, type="ArmedGroup", sector="REB")
        elif type_ == "Organization" and last in words.of("unit"):
            f = replace(f, sector="MIL")
        out.append(f)
    return out


def _vote(parse: Parse, f: Found, words: ActorWords, places: set[int], votes: Counter[EntityType]) -> None:
    votes[f.type] += 2
    last, size = parse.lower[f.end - 1], f.end - f.start
    if size > 1:
        if last in words.of("place") or (
            f.type != "Person" and parse.lower[f.start] in ("fort", "mount", "lake", "camp")
        ):
            votes["Place"] += 6
        elif last in words.of("organisation") or last in words.of("unit"):
            votes["Organization"] += 6
        elif f.type == "Person" and parse.text[f.start] in words.first_names:
            votes["Person"] += 3
    before = parse.lower[f.start - 1] if f.start else ""
    if f.office or f.gender or (f.sector == "MIL" and f.type == "Person"):
        votes["Person"] += 6
    if before == "of" and f.start > 1 and parse.lower[f.start - 2] in words.of("place_of"):
        votes["Place"] += 5
    elif (
        before in words.of("place_preposition")
        and parse.dep[f.head] == "pobj"
        and before not in ("to", "from", "over", "into")
    ):
        votes["Place"] += 3 if f.type == "Person" or size == 1 else 1
    if f.end + 1 < parse.size and parse.text[f.end] == "," and f.end + 1 in places and size <= 3:
        votes["Place"] += 3 if f.type != "Person" else 2
    if parse.dep[f.head] == "nsubj" and parse.lemma[parse.head[f.head]] in words.of("speech"):
        votes["Person" if f.type == "Person" else "Organization"] += 1
