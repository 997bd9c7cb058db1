"""Recognises the forms of dates in a parsed text, without saying yet which day they mean.

    Doc ──forms──▶ Form(start, end, kind, year, month, day, …), in order, not overlapping

A token is looked at only if its lower form is in `ontologies/text/dates.toml` or if it looks like a year, so a
text without dates costs one array comparison. `kg.text.dates` makes the forms absolute.

>>> day_number("10th"), day_number("31"), day_number("45")
(10, 31, None)
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Literal

import numpy as np

from kg.text.datewords import DateWords, date_words
from kg.text.periods import Part, Unit

if TYPE_CHECKING:
    from spacy.tokens import Doc

__all__ = ["Form", "day_number", "forms", "year_number"]

Kind = Literal[
    "day", "month", "year", "decade", "century", "season", "weekday", "unit", "ago", "shift", "anchor", "days", "fixed"
]


@dataclass(frozen=True, slots=True)
class Form:
    """Tokens `start` up to, not including, `end`, and what they say of a date.

    Attributes:
        head: the token that says it best, for the syntax around it.
        year, month, day: where named; `day_end` the last day of "May 10-12"; `month_first` in "03/18/2014".
        number: weekday (0 Monday; of a day, 1 Monday and 0 where none is named), count of units, days from the
            anchor, number of a century, or half or quarter.
        unit: of "last week", "two days ago".
        which: "last", "this", "next", or "" where the text does not say.
        part: of "early 2015".
        fixed: a day known by name.
    """

    start: int
    end: int
    head: int
    kind: Kind
    year: int | None = None
    month: int | None = None
    day: int | None = None
    day_end: int | None = None
    number: int = 0
    unit: Unit | None = None
    which: str = ""
    part: Part | None = None
    fixed: date | None = None


_DASHES = frozenset(("-", "–", "—", "to", "through", "until", "till"))
_YEAR_BEFORE = frozenset((
    "in", "since", "of", "by", "from", "until", "till", "to", "through", "during", "after", "before", "year", "between",
    "and", "around", "circa", "late", "early", "mid", "-", "–", "(", "back", "for",
))  # fmt: skip
_MONTH_BEFORE = frozenset((
    "in", "since", "until", "till", "during", "last", "next", "this", "early", "late", "mid", "from", "between",
    "through", "before", "after", "by", "of", "for", "to",
))  # fmt: skip
_MONTH_SURE = frozenset(("in", "since", "until", "during", "last", "next", "this", "early", "late", "mid"))
_WORDLIKE = frozenset((3, 4, 5, 6, 8))  # months whose names are also words or given names
_TEMPORAL = frozenset(("", "DATE", "TIME", "CARDINAL", "ORDINAL", "EVENT"))
_COUNTED = frozenset(("MONEY", "PERCENT", "QUANTITY"))


def forms(doc: Doc) -> tuple[Form, ...]:
    """Every date form of `doc`.

    Raises:
        DataError: `dates.toml` is missing or is not as it should be.
    """
    words = date_words()
    strings = doc.vocab.strings
    watched = np.array([strings[word] for word in words.watched], dtype=np.uint64)
    shapes = np.array([strings[shape] for shape in _SHAPES], dtype=np.uint64)
    lower, shape = doc.to_array(["LOWER", "SHAPE"]).T
    found: list[Form] = []
    reader = _Reader(doc, words)
    done = 0
    for i in np.flatnonzero(np.isin(lower, watched) | np.isin(shape, shapes)).tolist():
        if i < done:
            continue
        form = reader.form_at(i)
        if form is None or form.start < done:
            continue
        form = reader.with_part(form, done)
        found.append(form)
        done = form.end
    return tuple(found)


_SHAPES = (
    "dddd", "ddddx", "ddx", "dd/dd/dddd", "d/dd/dddd", "dd/d/dddd", "d/d/dddd", "dd.dd.dddd", "d.dd.dddd", "d.d.dddd",
    "dddd-dd-dd", "dd.d.dddd",
)  # fmt: skip


def day_number(word: str) -> int | None:
    """1 to 31 for "10", "10th", "1st"; else None."""
    digits = word[:-2] if word[-2:] in ("st", "nd", "rd", "th") else word
    if digits.isascii() and digits.isdigit() and len(digits) <= 2 and 1 <= int(digits) <= 31:
        return int(digits)
    return None


def year_number(word: str) -> int | None:
    if len(word) == 4 and word.isascii() and word.isdigit() and 1500 <= int(word) <= 2100:
        return int(word)
    return None


class _Reader:
    """Reads one form at a position of a document."""

    def __init__(self, doc: Doc, words: DateWords) -> None:
        self._doc = doc
        self._words = words
        self._length = len(doc)

    def word(self, i: int) -> str:
        return self._doc[i].lower_ if 0 <= i < self._length else ""

    def form_at(self, i: int) -> Form | None:
        word, words = self.word(i), self._words
        if word in words.months:
            return self._month(i)
        if word in words.weekdays:
            return self._weekday(i)
        if year_number(word) is not None:
            return self._year(i)
        if word in words.days:
            if self._doc[i].text[0].isupper() and not self._doc[i].is_sent_start and self.word(i - 1).isalpha():
                return None  # "USA Today"
            return Form(i, i + 1, i, "days", number=words.days[word])
        if word == "ago":
            return self._counted(i, "ago", 1)
        if word in ("later", "earlier", "before", "afterwards"):
            return self._counted(i, "shift", -1 if word in ("earlier", "before") else 1)
        if word in words.units:
            return self._unit(i)
        if word in words.seasons:
            return self._season(i)
        if word in words.fixed:
            return Form(i, i + 1, i, "fixed", fixed=words.fixed[word])
        if word[-1:] == "s" and word[:-1].isdigit():
            return self._decade(i)
        if word[:1].isdigit():
            return self._numeric(i)
        return None

    def with_part(self, form: Form, floor: int) -> Form:
        """`form` with "early", "mid-", "the end of" or "last" before it."""
        if form.kind not in ("month", "year", "decade", "century"):
            return form
        i = form.start - 1
        if self.word(i) in ("-", "–", "of") or (self.word(i) == "the" and form.kind in ("decade", "century")):
            i -= 1
        part = self._words.parts.get(self.word(i))
        if part is None and self.word(i) == "of":
            i -= 1
            part = self._words.parts.get(self.word(i))
        if part is not None and i >= floor and self._doc[i].pos_ != "VERB":
            return replace(form, start=i, part=part)
        if self.word(form.start - 1) == "the" and form.start - 1 >= floor:
            return replace(form, start=form.start - 1)
        return form

    def _month(self, i: int, start: int | None = None) -> Form | None:
        token = self._doc[i]
        month = self._words.months[token.lower_]
        start = i if start is None else start
        if not token.text[0].isupper():
            return None
        after = day_number(self.word(i + 1))
        if after is not None:
            end, last = i + 2, None
            if self.word(end) in _DASHES and (last := day_number(self.word(end + 1))) is not None:
                if self.word(end + 2) in self._words.months or last <= after:
                    last = None
                else:
                    end += 2
            end, year = self._year_after(end)
            return self._september_11(Form(start, end, i, "day", year, month, after, last))
        of = self.word(i - 1) == "of"
        before = day_number(self.word(i - 2 if of else i - 1))
        if before is not None and i - 1 - of >= min(start, i - 1 - of):
            first, from_day = i - 1 - of, None
            if self.word(first - 1) in ("-", "–") and (from_day := day_number(self.word(first - 2))) is not None:
                first -= 2
            end, year = self._year_after(i + 1)
            return Form(min(start, first), end, i, "day", year, month, from_day or before, before if from_day else None)
        end, year = self._year_after(i + 1, of=True)
        if year is not None:
            return Form(start, end, i, "month", year, month)
        return self._bare_month(i, month)

    def _bare_month(self, i: int, month: int) -> Form | None:
        token, before = self._doc[i], self.word(i - 1)
        if token.ent_type_ not in _TEMPORAL:
            return None
        if before in ("-", "–"):
            before = self.word(i - 2)
        sure = before in _MONTH_SURE or (token.ent_type_ == "DATE" and before in _MONTH_BEFORE)
        if month in _WORDLIKE and not (sure and token.tag_ in ("NNP", "NNPS", "NN")):
            return None
        if month not in _WORDLIKE and not sure and token.ent_type_ != "DATE":
            return None
        which = self._words.which.get(before, "")
        return Form(i - 1 if which and self.word(i - 1) == before else i, i + 1, i, "month", month=month, which=which)

    def _september_11(self, form: Form) -> Form:
        named = (form.month, form.day, form.year) == (9, 11, None)
        if named and self.word(form.end) in self._words.after_september_11:
            return replace(form, year=2001)
        return form

    def _year_after(self, i: int, *, of: bool = False) -> tuple[int, int | None]:
        """(end, year) where a year stands at `i`, or after a comma or "of" at `i`."""
        skip = 1 if self.word(i) == "," or (of and self.word(i) == "of") else 0
        year = year_number(self.word(i + skip))
        return (i, None) if year is None else (i + skip + 1, year)

    def _weekday(self, i: int) -> Form | None:
        token = self._doc[i]
        if not token.text[0].isupper():
            return None
        for j in (i + 1, i + 2, i + 3, i + 4):
            word = self.word(j)
            if word in self._words.months and self._doc[j].text[0].isupper():
                form = self._month(j, i)
                if form is not None and form.kind == "day":
                    return replace(form, start=i, number=self._words.weekdays[token.lower_] + 1)
                break
            if word not in (",", "the", "of", "") and day_number(word) is None:
                break
        before = self.word(i - 1)
        which = self._words.which.get(before, "")
        if token.ent_type_ not in _TEMPORAL and before != "on":
            return None
        start = i - 1 if which else i
        return Form(start, i + 1, i, "weekday", number=self._words.weekdays[token.lower_], which=which)

    def _year(self, i: int) -> Form | None:
        token, year = self._doc[i], int(self.word(i))
        if self.word(i + 1) == "-" and self.word(i + 3) == "-":
            month, day = day_number(self.word(i + 2)), day_number(self.word(i + 4))
            if month is not None and day is not None and month <= 12:
                return Form(i, i + 5, i, "day", year, month, day)
        if token.ent_type_ in _COUNTED or self.word(i - 1) in ("$", "€", "£", "#", "no.", ".", "page"):
            return None
        if token.ent_type_ == "DATE" or self.word(i - 1) in _YEAR_BEFORE:
            following = self._doc[i + 1] if i + 1 < self._length else None
            counted = (
                following is not None and following.tag_ == "NNS" and token.dep_ == "nummod" and token.head == following
            )
            if token.ent_type_ != "DATE" and counted:
                return None
            short = self.word(i + 2)
            if self.word(i + 1) in ("-", "–", "/") and len(short) == 2 and short.isdigit() and int(short) > year % 100:
                return Form(i, i + 3, i, "year", year, number=year - year % 100 + int(short))
            return self._fraction(Form(i, i + 1, i, "year", year))
        return None

    def _fraction(self, form: Form) -> Form:
        """ "The first half of 2014", "the third quarter of 2014"."""
        if self.word(form.start - 1) == "of" and self.word(form.start - 2) in ("half", "quarter"):
            number = self._words.ordinals.get(self.word(form.start - 3), 0)
            unit: Unit = "quarter" if self.word(form.start - 2) == "quarter" else "year"
            if number:
                return replace(form, start=form.start - 3, number=number, unit=unit)
        return form

    def _decade(self, i: int) -> Form | None:
        digits = self.word(i)[:-1]
        start = i - 1 if self.word(i - 1) == "'" else i
        if len(digits) == 4 and digits.endswith("0"):
            return Form(i, i + 1, i, "decade", int(digits))
        if len(digits) == 2 and digits.endswith("0") and start < i:
            return Form(start, i + 1, i, "decade", 1900 + int(digits) if int(digits) >= 20 else 2000 + int(digits))
        return None

    def _counted(self, i: int, kind: Literal["ago", "shift"], sign: int) -> Form | None:
        """ "Two days ago", "three weeks later"; also "the day before"."""
        unit = self._words.units.get(self.word(i - 1))
        if unit is None or unit in ("night", "weekend"):
            return None
        before = self.word(i - 2)
        if before == "the" and unit == "day" and self.word(i) == "before":
            if self._has_clause(i):
                return None
            return Form(i - 2, i + 1, i - 1, "anchor", number=-1)
        count = self._words.numbers.get(before) or day_number(before)
        if before.isdigit() and count is None and len(before) <= 3:
            count = int(before)
        if count is None or (self.word(i) == "before" and self._has_clause(i)):
            return None
        if kind == "ago":
            return Form(i - 2, i + 1, i - 1, "ago", number=-count, unit=unit)
        return Form(i - 2, i + 1, i - 1, "shift", number=sign * count, unit=unit)

    def _has_clause(self, i: int) -> bool:
        return any(child.i > i for child in self._doc[i].children) or self._doc[i].dep_ in ("mark", "prep")

    def _unit(self, i: int) -> Form | None:
        """ "Last week", "the past two weeks", "earlier this month", "the same day"."""
        word, words = self.word(i), self._words
        unit, before = words.units[word], self.word(i - 1)
        which = words.which.get(before)
        if unit == "century":
            number = before[:-2]
            if before[-2:] in ("st", "nd", "rd", "th") and number.isdigit() and 1 <= int(number) <= 21:
                return Form(i - 1, i + 1, i, "century", number=int(number))
        if unit == "day" and word == "day":
            clause = any(child.dep_ == "relcl" for child in self._doc[i].children)
            if before in ("same", "that") and self._doc[i].dep_ in ("npadvmod", "pobj", "nmod", "dep") and not clause:
                return Form(i - 1, i + 1, i, "anchor", number=0)
            if before in ("next", "following"):
                return Form(i - 1, i + 1, i, "anchor", number=1)
            return None
        if unit == "weekend" and before == "the" and self.word(i - 2) in ("over", "at", "during", "on"):
            return Form(i - 1, i + 1, i, "unit", unit=unit, which="last")
        if (
            before == "the"
            and self.word(i - 2) == "of"
            and self.word(i - 3) in words.parts
            and unit not in ("day", "night")
        ):
            start = i - 4 if self.word(i - 4) == "the" else i - 3
            return Form(start, i + 1, i, "unit", unit=unit, which="whole", part=words.parts[self.word(i - 3)])
        if which is not None and not (unit == "night" and which == "next") and unit != "day":
            start = i - 1
            part: Part | None = None
            if self.word(start - 1) in ("earlier", "later", "late", "early"):
                start -= 1
                part = "early" if self.word(start).startswith("earl") else "late"
            if which == "last" and before == "past" and unit != "weekend":
                return Form(start, i + 1, i, "unit", number=1, unit=unit, which="past")
            if before == "next" and self.word(i - 2) == "the":
                return Form(start, i + 1, i, "unit", number=1, unit=unit, which="coming")
            return Form(start, i + 1, i, "unit", unit=unit, which=which, part=part)
        count = words.numbers.get(before) or day_number(before)
        if count is not None and words.which.get(self.word(i - 2)) in ("last", "next"):
            past = words.which[self.word(i - 2)] == "last"
            return Form(i - 2, i + 1, i, "unit", number=count, unit=unit, which="past" if past else "coming")
        return None

    def _season(self, i: int) -> Form | None:
        if not self._doc[i].tag_.startswith("NN"):
            return None
        first, before = self._words.seasons[self.word(i)], self.word(i - 1)
        end, year = self._year_after(i + 1, of=True)
        if year is not None:
            return Form(i, end, i, "season", year, first)
        if which := self._words.which.get(before):
            return Form(i - 1, i + 1, i, "season", month=first, which=which)
        return None

    def _numeric(self, i: int) -> Form | None:
        """ "18/03/2014": read only where one of the two numbers cannot be a month, or both are the same."""
        pieces = self.word(i).replace(".", "/").split("/")
        if len(pieces) != 3:
            return None
        a, b, year = day_number(pieces[0]), day_number(pieces[1]), year_number(pieces[2])
        if a is None or b is None or year is None or (a > 12 and b > 12) or (a <= 12 and b <= 12 and a != b):
            return None
        day, month = (b, a) if b > 12 else (a, b)
        return Form(i, i + 1, i, "day", year, month, day)
