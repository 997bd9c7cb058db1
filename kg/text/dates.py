"""The dates of a text, each made absolute: "May 10", "on Tuesday", "in April", "two days ago".

    Doc, publication date ──find_dates──▶ DateExpression(start_token, end_token, period, rule)

`kg.text.dateforms` finds the forms; here each gets its period:

- a day or month without a year takes the year nearest to the publication date, and lies before it where the
  verb is in the past, after it where the verb is in the future ("will meet on July 7");
- a weekday is the last one up to the publication date, or the next one with a future verb;
- "three weeks later" and "the same day" count from the date that stands before them in the text;
- without a publication date, a day without a year takes the year of the nearest full date in the text.

What cannot be made absolute is left out: no date is better than a wrong one. A date after "before" or "after"
says when something was not, and is left out too.

>>> nearest_year(5, 10, date(2017, 5, 17), "past")
2017
>>> nearest_year(12, 1, date(2017, 5, 17), "past"), nearest_year(7, 7, date(2017, 5, 17), "future")
(2016, 2017)
>>> weekday_before(date(2017, 5, 17), 1)
datetime.date(2017, 5, 16)
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

from kg.model import Period
from kg.text import periods
from kg.text.dateforms import Form, forms
from kg.text.datewords import DateWords, date_words

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

__all__ = ["DateExpression", "find_dates", "nearest_year", "weekday_before"]

_Tense = Literal["past", "present", "future", "unknown"]


@dataclass(frozen=True, slots=True)
class DateExpression:
    """Tokens `start_token` up to, not including, `end_token`, and the days that they mean.

    `rule` names the form ("dates.toml:weekday"), so that "why?" has an answer.
    """

    start_token: int
    end_token: int
    period: Period
    rule: str


def find_dates(doc: Doc, published: date | None) -> tuple[DateExpression, ...]:
    """The dates of `doc` in order, not overlapping.

    Args:
        doc: a parsed text.
        published: the day from which "yesterday" is counted; without it, such forms are left out.

    Raises:
        DataError: `dates.toml` is missing or is not as it should be.
    """
    found = forms(doc)
    if not found:
        return ()
    found = _with_year_of_range(doc, found)
    words = date_words()
    full = [(form.start, year) for form in found if (year := form.year) is not None and form.kind == "day"]
    full = full or [
        (form.start, form.year) for form in found if form.year is not None and form.kind in ("month", "year")
    ]
    resolved: list[tuple[Form, Period]] = []
    anchor: Period | None = None
    anchor_sentence = -9
    for form in found:
        sentence = doc[form.head].sent.start if form.kind in ("day", "month") and form.year is None else -1
        context = anchor if sentence >= 0 and anchor is not None and anchor_sentence == sentence else None
        period = _resolve(doc, form, words, published, anchor, context, full)
        if period is None:
            continue
        resolved.append((form, period))
        if form.kind in ("day", "month", "weekday", "days", "anchor", "shift", "fixed", "ago", "year"):
            anchor = period
            anchor_sentence = (
                doc[form.head].sent.start if form.year is not None and form.kind != "year" else anchor_sentence
            )
    return tuple(_expressions(doc, resolved, published))


def nearest_year(month: int, day: int, published: date, tense: str, *, weekday: int | None = None) -> int | None:
    """The year that puts a day where the tense of its verb has it; None for a day that no near year has.

    In the present or without a verb it is the nearest, up to three months ahead. A weekday (0 Monday) that is
    named with the day must be that day's, if a near year has it so.
    """
    years = range(published.year - 4, published.year + 5)
    days = [period.start for year in years if (period := periods.day(year, month, day)) is not None]
    days = [d for d in days if d.weekday() == weekday] or days
    if tense == "future":
        return min((d.year for d in days if d >= published), default=None)
    if tense == "past":
        return max((d.year for d in days if d <= published), default=None)
    near = [d for d in days if (d - published).days <= 92]
    return min(near, key=lambda d: abs((d - published).days)).year if near else None


def weekday_before(day: date, weekday: int) -> date:
    """The last such weekday (0 Monday) up to and with `day`."""
    return day - timedelta((day.weekday() - weekday) % 7)


def _resolve(
    doc: Doc,
    form: Form,
    words: DateWords,
    published: date | None,
    anchor: Period | None,
    context: Period | None,
    full: list[tuple[int, int]],
) -> Period | None:
    """The period that `form` means, or None."""
    try:
        match form.kind:
            case "day" | "month":
                return _calendar(doc, form, words, published, context, full)
            case "year" | "decade" | "century" | "season" | "fixed":
                return _absolute(form, published)
            case "anchor":
                exact = anchor is not None and anchor.end - anchor.start <= timedelta(7)
                return Period.day(anchor.end + timedelta(form.number)) if anchor is not None and exact else None
            case "shift":
                return None if anchor is None else _shifted(anchor, form)
        if published is None:
            return None
        match form.kind:
            case "days":
                return Period.day(published + timedelta(form.number))
            case "ago":
                return _counted(published, form)
            case "weekday":
                return Period.day(_weekday(doc, form, words, published))
            case _:
                return _unit(form, published)
    except (OverflowError, ValueError):  # outside the calendar: "90,000 years ago"
        return None


def _calendar(
    doc: Doc, form: Form, words: DateWords, published: date | None, context: Period | None, full: list[tuple[int, int]]
) -> Period | None:
    """A day or a month, its year found if need be."""
    month, year = form.month or 1, form.year
    if year is None and published is not None:
        if form.which:
            return _named_month(form, published)
        tense = _tense(doc, form, words)
        if context is not None and context.start.year < published.year - 1 and tense != "future":
            year = context.start.year
        else:
            day = form.day if form.day is not None else min(published.day, 28)
            year = nearest_year(month, day, published, tense, weekday=form.number - 1 if form.number else None)
    elif year is None and full:
        year = min(full, key=lambda other: abs(other[0] - form.start))[1]
    if year is None:
        return None
    if form.day is None:
        period = periods.month(year, month)
        return periods.part(period, form.part) if form.part else period
    first = periods.day(year, month, form.day)
    last = periods.day(year, month, form.day_end) if form.day_end is not None else first
    return None if first is None or last is None else Period(first.start, last.end)


def _named_month(form: Form, published: date) -> Period:
    """ "Last April", "next May", "this June"."""
    month, year = form.month or 1, published.year
    if form.which == "last" and month >= published.month:
        year -= 1
    elif form.which == "next" and month <= published.month:
        year += 1
    return periods.month(year, month)


def _absolute(form: Form, published: date | None) -> Period | None:
    if form.kind == "fixed":
        return None if form.fixed is None else Period.day(form.fixed)
    if form.kind == "century":
        period = periods.century(form.number)
    elif form.kind == "season":
        return _season(form, published)
    elif form.kind == "decade":
        period = periods.decade(form.year or 0)
    else:
        year = form.year or 0
        if form.unit == "quarter":
            return Period(date(year, 3 * form.number - 2, 1), periods.month(year, 3 * form.number).end)
        if form.unit == "year":
            return Period(date(year, 6 * form.number - 5, 1), periods.month(year, 6 * form.number).end)
        period = Period(date(year, 1, 1), date(max(year, form.number), 12, 31))
    return periods.part(period, form.part) if form.part else period


def _season(form: Form, published: date | None) -> Period | None:
    first = form.month or 3
    if form.year is not None:
        return periods.season(form.year, first)
    if published is None:
        return None
    year = published.year
    season = periods.season(year, first)
    if form.which == "last" and season.end >= published:
        season = periods.season(year - 1, first)
    elif form.which == "next" and season.start <= published:
        season = periods.season(year + 1, first)
    return season


def _counted(reference: date, form: Form) -> Period:
    """So many units from a day: as exact as the unit is ("two years ago" is a year)."""
    unit = form.unit or "day"
    return periods.around(reference, unit, form.number)


def _shifted(anchor: Period, form: Form) -> Period | None:
    """ "Three weeks later": None where the date that it counts from is less exact than the unit."""
    most = {"year": 366, "decade": 3660}.get(form.unit or "day", 31)
    if (anchor.end - anchor.start).days > most:
        return None
    return _counted(anchor.end if form.number > 0 else anchor.start, form)


def _unit(form: Form, published: date) -> Period:
    """ "Last week", "this year", "the past two months", "later this week"."""
    unit = form.unit or "day"
    if form.which == "past":
        return Period(periods.moved(published, unit, -form.number), published)
    if form.which == "coming":
        return Period(published, periods.moved(published, unit, form.number))
    if unit == "night":
        return Period.day(published - timedelta(1) if form.which == "last" else published)
    if unit == "weekend" and form.which == "last":
        sunday = weekday_before(published, 6)
        return Period(sunday - timedelta(1), sunday)
    period = periods.around(published, unit, {"last": -1, "next": 1}.get(form.which, 0))
    if form.part is not None and form.which == "this":
        return Period(period.start, published) if form.part == "early" else Period(published, period.end)
    return periods.part(period, form.part) if form.part else period


def _weekday(doc: Doc, form: Form, words: DateWords, published: date) -> date:
    before = weekday_before(published, form.number)
    after = before if before == published else before + timedelta(7)
    if form.which == "next":
        return before + timedelta(7)
    if form.which == "last":
        return before - timedelta(7) if before == published else before
    if form.which == "this":
        return after if _tense(doc, form, words) != "past" else before
    return after if _tense(doc, form, words) in ("future", "present") else before


def _tense(doc: Doc, form: Form, words: DateWords) -> _Tense:
    """Tense of the verb that the form dates; "unknown" where it dates a noun."""
    token = doc[form.head]
    while form.start <= token.head.i < form.end and token.head != token:
        token = token.head
    governor = token.head
    preposition = ""
    if governor.pos_ == "ADP" and governor.dep_ in ("prep", "mark"):
        preposition, governor = governor.lower_, governor.head
    if preposition and governor.tag_ == "VBN" and governor.dep_ == "acl" and governor.lemma_ in words.scheduled:
        return "future"  # "a vote scheduled for Friday"
    return _verb_tense(governor, words, 0)


def _verb_tense(verb: Token, words: DateWords, depth: int) -> _Tense:
    if verb.pos_ == "ADJ" and verb.lemma_ in words.planned:
        return "future"
    if verb.pos_ not in ("VERB", "AUX") or depth > 3:
        return "unknown"
    auxiliaries = [child for child in verb.children if child.dep_ in ("aux", "auxpass")]
    if any(child.lower_ in words.future for child in auxiliaries):
        return "future"
    if verb.tag_ == "VBD" or any(
        child.tag_ == "VBD" or child.lower_ in ("has", "have", "'ve") for child in auxiliaries
    ):
        return "past"
    if any(child.tag_ == "TO" for child in auxiliaries):
        if verb.head.pos_ in ("NOUN", "PROPN") or (verb.head.tag_ in ("VBZ", "VBP") and verb.head.lemma_ == "be"):
            return "future"  # "a plan to meet", "is to meet"
        planned = verb.head.lemma_ in words.planned and verb.head != verb
        return "future" if planned or depth > 2 else _verb_tense(verb.head, words, depth + 1)
    if verb.tag_ in ("VBZ", "VBP") or any(child.tag_ in ("VBZ", "VBP") for child in auxiliaries):
        return "past" if verb.lemma_ in words.said else "present"
    if verb.tag_ == "VBN":
        return "past"
    if verb.dep_ == "ROOT" or verb.head == verb:
        return "unknown"
    return _verb_tense(verb.head, words, depth + 1)


def _expressions(doc: Doc, resolved: list[tuple[Form, Period]], published: date | None) -> list[DateExpression]:
    """Ranges joined, "since" opened up to the publication, "before" and "after" left out."""
    out: list[DateExpression] = []
    skip = False
    for number, (form, period) in enumerate(resolved):
        if skip:
            skip = False
            continue
        before = _before(doc, form)
        start, end, rule = form.start, form.end, form.kind
        if number + 1 < len(resolved):
            other, later = resolved[number + 1]
            if _joins(doc, before, form, other) and period.start <= later.end:
                out.append(
                    DateExpression(start, other.end, Period(period.start, later.end), f"dates.toml:{rule}-range")
                )
                skip = True
                continue
        if before in ("before", "after") and doc[form.head].head.lower_ == before:
            continue
        if before == "since" and published is not None and period.start <= published:
            period, rule_text = Period(period.start, max(published, period.start)), f"dates.toml:since-{rule}"
        else:
            rule_text = f"dates.toml:{rule}"
        out.append(DateExpression(start, end, period, rule_text))
    return out


def _with_year_of_range(doc: Doc, found: tuple[Form, ...]) -> tuple[Form, ...]:
    """ "March 26 to April 2, 2017": the first day has the year of the second."""
    out = list(found)
    for i, (form, other) in enumerate(pairwise(found)):
        undated = form.kind in ("day", "month") and form.year is None and other.year is not None
        if undated and _joins(doc, _before(doc, form), form, other) and (form.month or 1) <= (other.month or 12):
            out[i] = replace(form, year=other.year)
    return tuple(out)


def _before(doc: Doc, form: Form) -> str:
    """The word before a form, an article left out."""
    word = doc[form.start - 1].lower_ if form.start else ""
    return doc[form.start - 2].lower_ if word == "the" and form.start > 1 else word


def _joins(doc: Doc, before: str, form: Form, other: Form) -> bool:
    """True for "2011-2013", "from May 3 to June 5", "between 2011 and 2013"."""
    if other.start - form.end != 1 or form.kind not in ("day", "month", "year", "weekday", "decade"):
        return False
    link = doc[form.end].lower_
    if link in ("-", "–", "—", "through"):
        return True
    return (before == "from" and link in ("to", "until", "till")) or (before == "between" and link == "and")
