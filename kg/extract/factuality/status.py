"""From how events are reported to what may be said of them: the status table.

One report has a status of its own, given the stance of its holder; several reports of one event, from one
document or many, have one together. The first row that fits decides:

| reports | status |
|---|---|
| one affirms it and one of another voice denies it | disputed |
| somebody says that it did or does not hold, nobody affirms it | denied |
| the author says that it happened or holds | asserted |
| the same, but only in somebody's mouth or mind | reported |
| planned, promised, demanded, threatened, likely; future | expected |
| could, would, if, whether, a question, a fear, a wish | hypothetical |

>>> from dataclasses import replace
>>> from kg.model import Span
>>> said = Report("r", "d", 0, 9, Span(2, 5), "positive", "certain", "past", "rule")
>>> event_status([(said, None)])
'asserted'
>>> denied = replace(said, polarity="negative", holder="actor-0-1", attribution="attribution-2-3")
>>> event_status([(said, None), (denied, "deny")])
'disputed'
"""

from __future__ import annotations

from collections.abc import Iterable

from kg.model import Report, Stance, Status

__all__ = ["event_status", "report_status"]

# Nobody who wants, fears or asks says that a thing holds or does not hold.
_OPEN: frozenset[Stance] = frozenset({"want", "fear", "ask", "demand", "doubt"})
_DUE: frozenset[Stance] = frozenset({"promise", "demand", "threaten"})


def report_status(report: Report, stance: Stance | None) -> Status:
    """The status of one report; `stance` is that of the attribution it stands in, None for the author's own."""
    own = report.attribution is None and report.holder is None
    if report.conditional or report.certainty == "possible":
        return "hypothetical"
    if report.polarity == "negative":
        return "hypothetical" if report.tense == "future" and stance in _OPEN else "denied"
    if report.tense == "future" or report.certainty == "probable" or stance in _DUE:
        return "expected"
    if own and report.certainty == "certain":
        return "asserted"
    return "reported"


def event_status(reports: Iterable[tuple[Report, Stance | None]]) -> Status:
    """The status of an event or relation from all its reports, each with the stance of its attribution.

    Raises:
        ValueError: there is no report.
    """
    found = [(_voice(report), report_status(report, stance)) for report, stance in reports]
    if not found:
        raise ValueError("an event without a report has no status")
    affirming = {voice for voice, status in found if status in ("asserted", "reported")}
    denying = {voice for voice, status in found if status == "denied"}
    if any(one != other for one in affirming for other in denying):
        return "disputed"
    statuses = {status for _, status in found}
    order: tuple[Status, ...] = ("asserted", "reported", "expected", "hypothetical")
    if denying and not affirming:
        return "denied"
    return next(status for status in order if status in statuses)


def _voice(report: Report) -> tuple[str, str]:
    """Who speaks: an actor, somebody unnamed in one attribution, or a document's author."""
    if report.holder is not None:
        return "holder", report.holder
    if report.attribution is not None:
        return "somebody", f"{report.doc}#{report.attribution}"
    return "author", report.doc
