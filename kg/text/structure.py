"""The parts of a news text: what is body, and what is title, caption, credit, byline, dateline or note.

    text ──segments──▶ Segment(start, end, kind), in order, not overlapping, blank space left out

A part can be a piece of a paragraph: a dateline or a marker ("1)", "(FILE) –") at its start, a credit at its
end. No sentence crosses the end of a segment, and an agency in a credit or dateline is no actor.

>>> text = "Talks stall\\n\\nGENEVA, May 3 (Reuters) - The envoys left.\\n\\n(Reporting by Ann Lee)"
>>> for segment in segments(text):
...     print(segment.kind, "|", text[segment.start : segment.end])
title | Talks stall
dateline | GENEVA, May 3 (Reuters) -
body | The envoys left.
credit | (Reporting by Ann Lee)

The words by which the parts are known are data: `ontologies/text/structure.toml`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Literal

from kg.data import data_path
from kg.errors import DataError

__all__ = ["Segment", "SegmentKind", "paragraphs", "segments"]

SegmentKind = Literal["title", "heading", "body", "caption", "credit", "byline", "dateline", "note", "marker"]


@dataclass(frozen=True, slots=True)
class Segment:
    """Characters `start` up to, not including, `end` of a text, and which part of it they are."""

    start: int
    end: int
    kind: SegmentKind


@dataclass(frozen=True, slots=True)
class _Words:
    """The lists of structure.toml, as sets, and as patterns where they are looked for inside a text."""

    markers: frozenset[str]
    agencies: frozenset[str]
    published: tuple[str, ...]
    credit_openings: tuple[str, ...]
    credit_words: frozenset[str]
    outlets: frozenset[str]
    byline_openings: tuple[str, ...]
    byline_words: frozenset[str]
    caption_openings: tuple[str, ...]
    picture: re.Pattern[str]
    professions: frozenset[str]
    note_openings: tuple[str, ...]


_MONTH = (
    r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?|Jun\.|July?|Jul\.|Aug(?:ust|\.)?"
    r"|Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
)
_DAY = r"(?:[0-3]?\d(?:st|nd|rd|th)?)"
_DATE = (
    rf"(?:{_MONTH}\s+{_DAY}(?:,?\s+\d{{4}})?|{_DAY}\s+{_MONTH}(?:,?\s+\d{{4}})?"
    r"|\d{4}-\d\d-\d\d|\d\d?[/.]\d\d?[/.]\d{4})"
)
_WEEKDAY = r"(?:Mon|Tues?|Wed(?:nes)?|Thur?s?|Fri|Sat(?:ur)?|Sun)(?:day)?"
_WEEKDAY_COMMA = rf"(?:{_WEEKDAY}[.,]?\s+)?"
_DATE_LINE = re.compile(
    rf"(?P<word>[A-Za-z ]{{0,16}}?)[:\s]*(?:on\s+)?{_WEEKDAY_COMMA}(?P<date>{_DATE})"
    r"(?:(?:\s*[,|/–-]\s*|\s+|T)(?:at\s+)?\d\d?[:.]\d\d[\d:+]*\s*(?:[ap]\.?m\.?)?\s*(?:[A-Z]{1,4}\b)?)?\.?"
    r"(?:\s*(?:--?|[–—|])\s*(?:Updated|Posted|Published|Last updated)\b.{0,40})?",
    re.IGNORECASE,
)
_TIME_LINE = re.compile(r"\d\d?[:.]\d\d\s*(?:[ap]\.?m\.?)?(?:\s*[A-Z]{2,4})?:?", re.IGNORECASE)
# A place in capitals (with region), or any place where an agency in brackets or a date follows; then a dash.
_NAME = r"[A-Z\u00c0-\u00de][\w.'’]*+(?:-[\w.'’]++)*+"  # possessive: no going back over a hostile line
_REGION = rf"(?:[,/]\s+{_NAME}(?:\s+{_NAME}){{0,2}}){{0,2}}"
_DASH = r"(?:--+|[-–—―])"
_DATELINE = re.compile(
    rf"(?P<place>{_NAME}(?:[\s-]+(?:{_NAME}|of|de|al|el)){{0,3}}{_REGION})"
    rf"(?P<date>,?\s+{_WEEKDAY_COMMA}{_DATE})?(?P<agency>,?\s*(?:\([^()\n]{{2,40}}\)|/[^/\n]{{2,30}}/))?\s*(?P<dash>{_DASH}|:)\s+"
)
_AGENCY_LEAD = re.compile(rf"\((?P<agency>[^()\n]{{2,40}})\)\s*{_DASH}\s+|/[A-Za-z-]+/\s*{_DASH}\s+")
_MARKER = re.compile(
    rf"(?:\(?(?:\d{{1,2}}|[a-zA-Z]|[ivxIVX]{{1,4}})\)|\d{{1,2}}\.(?=\s+\D)|[•▪●■◦*·►]|#{{1,6}}|\.(?=\s+[A-Z])|{_DASH})\s+"
)
_LABEL = re.compile(rf"\(?(?P<word>[A-Za-z][A-Za-z ]{{0,14}})\)?\s*(?:{_DASH}|:)\s+|\((?P<file>FILES?)\)\s*")
_BRACKET_END = re.compile(r"[\[(](?P<inside>[^()\[\]]{2,160})[\])]\.?$")
_PHOTO_END = re.compile(
    r"(?<=[.!?\"'”’])\s+(?P<credit>(?:AP |AFP |EPA |REUTERS|Reuters|Photo(?:graph)?s? by |Photo: |Picture: |© |Image: )"
    r"[^.!?]{0,70}|[A-Z][\w .'-]{2,40}/(?:Getty|AFP|AP|Reuters|REUTERS|EPA|The [A-Z])[\w /.'-]{0,40})\.?$"
)
_PICTURE_OF = re.compile(rf"(?:Photo|Picture|Image|Graphic)s?:\s+{_NAME}(?:\s+{_NAME}){{0,3}}")
_NO_CREDIT = re.compile(r"\(?(?:[Ss]ources?|[Vv]ia|[Cc]redits?|[Pp]hotos?|[Cc]ourtesy)\s+[a-z]")
_SPEAKER = re.compile(r"^[A-Z][A-Z .'-]{1,30}: ", re.MULTILINE)
_COPYRIGHT = re.compile(r"(?:©|\(c\)|copyright\b|all rights reserved)", re.IGNORECASE)
_SPOKEN_END = re.compile(r"[.!?:;,…][\"'”’»)\]]*$")
_SENTENCE_INSIDE = re.compile(r"[a-z\d)\"”’][.!?][\"”’]?\s+[\"“‘(]?[A-Z]")
_ARTICLES = ("a", "an", "the", "one", "also", "currently", "now")
_AUTHOR = re.compile(
    rf"(?P<name>(?:(?:Dr|Prof|Gen|Lt|Col|Sen|Rep|Amb|Sir|Mr|Mrs|Ms)\.?\s+)*{_NAME}(?:\s+(?:{_NAME}|de|van|von|al|bin|der)){{1,5}}?"
    r"(?:(?:,| and)\s.{3,80}?)?),?\s+(?:is|are|was|were|serves|served|teaches|writes|covers|reports|works|worked)\b"
)


def segments(text: str) -> tuple[Segment, ...]:
    """The parts of `text` in order; every character that is no blank space belongs to exactly one of them.

    A numbered full sentence ("1) The interests diverge.") is a marker and body; a short line without a final
    stop is a heading.

    Raises:
        DataError: `structure.toml` is missing or is not as it should be.
    """
    words = _words()
    found: list[Segment] = []
    spans = list(paragraphs(text))
    alone = len(_SPEAKER.findall(text)) < 2
    body_seen = False
    for number, (start, end) in enumerate(spans):
        parts = _paragraph(text, start, end, number, len(spans), body_seen, alone, words)
        found.extend(parts)
        body_seen = body_seen or any(part.kind in ("title", "body") for part in parts)
    return tuple(found)


def paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """(start, end) of each paragraph, without the blank space around it.

    Paragraphs end at a line's end, unless the text is wrapped: lines of a like length, most of which end in the
    middle of a sentence; then at an empty line only.
    """
    lines = [(m.start(), m.end()) for m in re.finditer(r"[^\r\n\u2028\u2029]+", text)]
    wrapped = _is_wrapped(text, lines)
    start = end = -1
    for a, b in lines:
        line = text[a:b]
        stripped = line.strip()
        if not stripped:
            if start >= 0:
                yield start, end
                start = -1
            continue
        first = a + len(line) - len(line.lstrip())
        last = first + len(stripped)
        if start >= 0:
            single = text[end:first].replace("\r\n", "\n").count("\n") == 1 and not _MARKER.match(stripped)
            if single and (wrapped or (stripped[0].islower() and not _SPOKEN_END.search(text[start:end]))):
                end = last
                continue
            yield start, end
        start, end = first, last
    if start >= 0:
        yield start, end


def _is_wrapped(text: str, lines: list[tuple[int, int]]) -> bool:
    """True where line ends were set by a fixed width and not by an author."""
    lengths = [b - a for a, b in lines if text[a:b].strip()]
    if len(lengths) < 4 or max(lengths) > 110:
        return False
    open_ended = sum(
        1
        for (a, b), (c, _) in pairwise(lines)
        if c - b <= 2 and b - a >= 45 and not _SPOKEN_END.search(text[a:b].rstrip())
    )
    return open_ended * 2 >= len(lengths)


def _paragraph(
    text: str, start: int, end: int, number: int, total: int, body_seen: bool, alone: bool, words: _Words
) -> list[Segment]:
    """The segments of one paragraph."""
    line = text[start:end]
    whole = _whole(line, text, start, number, total, body_seen, words)
    if whole is not None:
        return [Segment(start, end, whole)]
    parts: list[Segment] = []
    kind: SegmentKind = "caption" if _is_caption(line, words) else "body"
    head, head_kind = _head(line, words, early=number <= 4, alone=alone)
    if head:
        parts.append(Segment(start, start + len(line[:head].rstrip()), head_kind))
    tail = _tail(line, words)
    if tail < len(line) and kind == "body" and not _SPOKEN_END.search(line[head:tail].rstrip()):
        kind = "caption"
    core = line[head:tail].rstrip()
    if core:
        if kind == "body" and line[0] in "#(0123456789" and head_kind == "marker" and _is_heading(core):
            kind = "title" if line[0] == "#" and not body_seen else "heading"
        parts.append(Segment(start + head, start + head + len(core), kind))
    if tail < len(line):
        parts.append(Segment(start + tail, end, "credit"))
    return parts


def _whole(
    line: str, text: str, start: int, number: int, total: int, body_seen: bool, words: _Words
) -> SegmentKind | None:
    """The kind of a paragraph that is one thing from its start to its end, or None."""
    low = line.lower().replace("’", "'")
    if len(line) <= 80 and (_is_date_line(line, words) or _TIME_LINE.fullmatch(line)):
        return "dateline"
    if _is_credit(line, low, words):
        return "credit"
    if _is_byline(line, low, words):
        return "byline"
    near_end = total - number <= 3 and number > 0
    if low.startswith(words.note_openings) and (len(line) < 400 or near_end):
        return "note"
    if near_end and _is_author_note(line, text[:start], words):
        return "note"
    if not any(c.isalpha() for c in line) or low.strip(" .:") in words.markers:
        return "marker"
    end = start + len(line)
    apart = total > 3 and text[end : end + 4].count("\n") >= 2
    if not body_seen and total > 1 and _is_title(line, words, apart=apart):
        return "title"
    if total == 1 or _MARKER.match(line) or not _is_heading(line):
        return None
    return None if _is_caption(line, words) or _tail(line, words) < len(line) else "heading"


def _is_title(line: str, words: _Words, *, apart: bool) -> bool:
    """A first paragraph of one sentence; one with a final stop is in title case, or short and set apart."""
    if len(line) > 200 or _SENTENCE_INSIDE.search(line) or _is_caption(line, words):
        return False
    if _head(line, words, early=True, alone=True)[0]:
        return False
    tokens = [t for t in re.split(r"[\s—–-]+", line) if t[:1].isalpha()]
    if not tokens or len(tokens) > 25:
        return False
    if not _SPOKEN_END.search(line):
        return True
    if apart and len(tokens) <= 15:
        return True
    long = [t for t in tokens if len(t) > 3]
    return sum(1 for t in long if t[0].isupper()) >= 0.7 * len(long)


def _is_heading(line: str) -> bool:
    if len(line) > 90 or _SPOKEN_END.search(line) or not (line[0].isupper() or line[0].isdigit() or line[0] in "\"“'‘"):
        return False
    return line.count(" ") < 12 and not line.startswith(("http:", "https:", "www."))


def _is_date_line(line: str, words: _Words) -> bool:
    found = _DATE_LINE.fullmatch(line)
    if found is None:
        return False
    word = found["word"].strip().lower()
    return not word or word in words.published


def _is_credit(line: str, low: str, words: _Words) -> bool:
    if len(line) > 300:
        return False
    if _COPYRIGHT.match(line) or _PICTURE_OF.fullmatch(line):
        return True
    if _starts_with_word(low.strip("()[] ."), words.credit_openings) and not _NO_CREDIT.match(line):
        return True
    bracket = _BRACKET_END.fullmatch(line)
    return bracket is not None and _is_credit_bracket(bracket["inside"], words)


def _is_credit_bracket(inside: str, words: _Words) -> bool:
    low = inside.lower().strip(" .")
    if low in words.agencies or _starts_with_word(low, words.credit_openings):
        return True
    tokens = re.split(r"[\s/|,;:]+", low)
    if not words.credit_words.isdisjoint(tokens):
        return True
    capital = all(
        t[0].isupper() or t.lower() in ("of", "the", "for", "and", "via") for t in inside.split() if t[0].isalpha()
    )
    return capital and (tokens[-1] in words.outlets or ("/" in inside and not any(c.isdigit() for c in inside)))


def _is_byline(line: str, low: str, words: _Words) -> bool:
    if len(line) > 160 or not _starts_with_word(low, words.byline_openings):
        return False
    tokens = re.findall(r"[^\W\d_][\w.'’-]*", line)[1:]
    named = [t for t in tokens if t.lower() not in words.byline_words]
    if not 1 <= len(named) <= 12 or not all(t[0].isupper() for t in named):
        return False
    return not _SPOKEN_END.search(line) or len(tokens) <= 4


def _is_caption(line: str, words: _Words) -> bool:
    return line[:40].lower().startswith(words.caption_openings) or words.picture.match(line) is not None


def _is_author_note(line: str, before: str, words: _Words) -> bool:
    """A note such as "Ann Lee is a fellow at …": a profession, and a name that the text has not used."""
    found = _AUTHOR.match(line[:300])
    if found is None:
        return False
    said = re.findall(r"[a-z-]+", line[found.end("name") :].lower())
    if words.professions.isdisjoint(said):
        return False
    if said[0] in ("is", "are", "was", "were") and words.professions.isdisjoint(said[1:4]) and said[1] not in _ARTICLES:
        return False
    name = found["name"].split(",")[0].split(" and ")[0]
    mentions = before.count(name.split()[-1])
    return mentions == 0 or (
        mentions == 1 and re.search(rf"\bBy\s+{re.escape(name)}", before, re.IGNORECASE) is not None
    )


def _head(line: str, words: _Words, *, early: bool, alone: bool) -> tuple[int, SegmentKind]:
    """Length of the dateline or marker that the paragraph begins with, and which it is.

    `early`: among the first paragraphs. `alone`: no two paragraphs begin in capitals and a colon, as the speakers of
    an interview do.
    """
    if found := _MARKER.match(line):
        return found.end(), "marker"
    found = _LABEL.match(line)
    if found and (found["file"] is not None or found["word"].strip().lower() in words.markers):
        return found.end(), "marker"
    return _dateline_end(line, words, early=early, alone=alone), "dateline"


def _dateline_end(line: str, words: _Words, *, early: bool, alone: bool) -> int:
    found = _AGENCY_LEAD.match(line)
    if found and (found["agency"] is None or found["agency"].lower() in words.agencies):
        return found.end()
    found = _DATELINE.match(line[:160])
    if found is None:
        return 0
    agency = (found["agency"] or "").strip(" ,()/").lower()
    known = any(part.strip() in words.agencies for part in (agency, *agency.split("/"))) or "newswire" in agency
    if agency and not known:
        return 0
    if found["dash"] != ":" and (known or (found["date"] and len(line) > found.end() + 20)):
        return found.end()
    place = found["place"].split(",")[0]
    capitals = place.isupper() and len(place) > 3 and place.lower() not in words.markers
    starts = not line[found.end() : found.end() + 1].islower()
    return found.end() if capitals and early and starts and (alone or found["dash"] != ":") else 0


def _tail(line: str, words: _Words) -> int:
    """Offset in the paragraph where a credit at its end begins, or its length."""
    if line.endswith((")", "]", ").")):
        found = _BRACKET_END.search(line)
        if found is not None and found.start() > 0 and _is_credit_bracket(found["inside"], words):
            return found.start()
    found = _PHOTO_END.search(line[-140:]) if len(line) < 900 else None
    if found is not None:
        return max(0, len(line) - 140) + found.start("credit")
    return len(line)


def _starts_with_word(low: str, openings: tuple[str, ...]) -> bool:
    """True if `low` begins with one of them and the word ends there."""
    return low.startswith(openings) and any(
        low.startswith(opening) and not low[len(opening) : len(opening) + 1].isalnum() for opening in openings
    )


@cache
def _words() -> _Words:
    path = data_path("ontologies", "text", "structure.toml")
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
        pictures, doings = ("|".join(map(re.escape, table["caption"][key])) for key in ("pictures", "doings"))
        return _Words(
            markers=frozenset(table["marker"]["words"]),
            agencies=frozenset(table["dateline"]["agencies"]),
            published=tuple(table["dateline"]["published"]),
            credit_openings=tuple(table["credit"]["openings"]),
            credit_words=frozenset(table["credit"]["words"]),
            outlets=frozenset(table["credit"]["outlets"]),
            byline_openings=tuple(table["byline"]["openings"]),
            byline_words=frozenset(table["byline"]["words"]),
            caption_openings=tuple(table["caption"]["openings"]),
            picture=re.compile(rf"(?=[^.\n]{{0,60}}\b(?:{pictures})\b)[^.\n]{{0,120}}\b(?:{doings})\b", re.IGNORECASE),
            professions=frozenset(table["note"]["professions"]),
            note_openings=tuple(table["note"]["openings"]),
        )
    except (tomllib.TOMLDecodeError, KeyError) as error:
        raise DataError(str(path), f"not as it should be: {error}", remedy="see the comments in that file") from error
