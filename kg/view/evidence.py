"""The words behind a fact, ready to be shown: a sentence cut where the trigger and the arguments begin and end.

The page never counts characters (a browser counts them otherwise than Python does) and never makes HTML of a
text: it gets pieces, and writes each as text.

>>> from kg.model import Argument, Document, Report, Span
>>> text = "On Friday Peru recalled its envoy."
>>> report = Report("r", "d", 0, 34, Span(15, 23), "positive", "certain", "past", "rule",
...                 arguments=(Argument("source", 10, 14, "actor/peru"),))
>>> pieces(report, text, {"actor/peru": 7})
[['On Friday '], ['Peru', 'source', 7], [' '], ['recalled', 'trigger'], [' its envoy.']]
>>> judgement(report)
[]
"""

from __future__ import annotations

from collections.abc import Mapping

from kg.graph.testimony import HOW
from kg.model import Attribution, Report, Span

__all__ = ["Piece", "judgement", "pieces", "voice"]

Piece = list[str | int]  # text, then its role if it is marked, then the index of its actor if it has one

_PRONOUNS = frozenset(
    {"he", "she", "it", "they", "we", "his", "her", "its", "their", "our", "him", "them", "himself", "herself", "who"}
)
_BEFORE, _AFTER = 260, 420  # characters of a very long sentence kept about the trigger


def pieces(report: Report, text: str, indices: Mapping[str, int]) -> list[Piece]:
    """The report's sentence, cut at its trigger, its arguments and the words that decided how sure it is.

    Where two of them overlap, the trigger wins, then the shorter. `indices` gives the number of an actor on the page.
    """
    start, end = max(report.start, report.trigger.start - _BEFORE), min(report.end, report.trigger.end + _AFTER)
    start, end = min(start, len(text)), min(end, len(text))
    marks: list[tuple[int, int, str, str | None]] = [(0, 0, "trigger", None)]
    spans = [report.trigger]
    for argument in sorted(report.arguments, key=lambda a: (a.end - a.start, a.start, a.role)):
        marks.append((1, argument.end - argument.start, argument.role, argument.entity))
        spans.append(argument.span)
    for what, span in report.words:
        marks.append((2, span.end - span.start, "cue " + what, None))
        spans.append(span)
    owner: list[int | None] = [None] * (end - start)
    for number in sorted(range(len(spans)), key=lambda n: marks[n][:2], reverse=True):
        for place in range(max(spans[number].start, start), min(spans[number].end, end)):
            owner[place - start] = number
    found: list[Piece] = [["…"]] if start > report.start else []
    place = 0
    while place < len(owner):
        stop = place
        while stop < len(owner) and owner[stop] == owner[place]:
            stop += 1
        found.append(_piece(text[start + place : start + stop], owner[place], marks, indices))
        place = stop
    return [*found, ["…"]] if end < report.end and text else found


def _piece(
    words: str, number: int | None, marks: list[tuple[int, int, str, str | None]], indices: Mapping[str, int]
) -> Piece:
    if number is None:
        return [words]
    _, _, role, entity = marks[number]
    return [words, role, indices[entity]] if entity is not None and entity in indices else [words, role]


def voice(
    report: Report, attribution: Attribution | None, text: str, labels: Mapping[str, str]
) -> tuple[str, str, str | None, str]:
    """Who says so: (how, the source's words, its actor's id, the cue's words); all empty for the author.

    >>> from kg.model import Attribution, Report, Span
    >>> text = "Peru denied it, he said."
    >>> said = Attribution("a", "d", (Span(16, 18),), (Span(19, 23),), (Span(0, 14),), "assert", "r", "actor/he")
    >>> report = Report("r", "d", 0, 24, Span(5, 11), "positive", "certain", "past", "r", holder="actor/he")
    >>> voice(report, said, text, {"actor/he": "Pedro Cateriano"})
    ('according to', 'Pedro Cateriano', 'actor/he', 'said')
    """
    if attribution is None:
        if report.holder is None:
            return "", "", None, ""
        return "according to", labels.get(report.holder, report.holder), report.holder, ""
    holder = report.holder or attribution.holder
    words = " … ".join(_words(text, span) for span in attribution.source)
    cue = " … ".join(_words(text, span) for span in attribution.cue)
    if holder is not None and holder in labels and words.lower() in _PRONOUNS:
        words = labels[holder]
    source = words or (labels.get(holder, holder) if holder else "") or "somebody not named"
    return HOW[attribution.stance], source, holder, cue


def judgement(report: Report) -> list[str]:
    """What is not plain about a report, in words; nothing for a plain one."""
    found = ["said not to be so"] if report.polarity == "negative" else []
    if report.certainty != "certain":
        found.append({"probable": "probable", "possible": "possible"}.get(report.certainty, "not known"))
    if report.tense == "future":
        found.append("yet to come")
    if report.conditional:
        found.append("under a condition")
    return found


def _words(text: str, span: Span) -> str:
    words = span.of(text)
    return words if len(words) <= 160 else words[:159] + "…"
