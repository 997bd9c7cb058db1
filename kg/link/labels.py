"""Readable labels for events and relations, from the phrases in `ontologies/labels.tsv`.

The label of anything that the texts do not assert says so: `denied: Donald Trump tells …`.

>>> phrases = Phrases({"Meeting": ("meets", "meeting", "meeting with")})
>>> phrases.sentence("Meeting", None, ["Donald Trump"], ["Sergei Lavrov", "Sergey Kislyak"])
'Donald Trump meets Sergei Lavrov and Sergey Kislyak'
>>> phrases.sentence("Meeting", None, [], ["Sergei Lavrov"])
'meeting with Sergei Lavrov'
>>> phrases.sentence("Meeting", None, ["Donald Trump"], [])
'Donald Trump: meeting'
>>> phrases.sentence("Meeting", None, ["Iran", "Iraq"], ["Syria"])
'Iran and Iraq meet Syria'
"""

from __future__ import annotations

import calendar
import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from kg.data import data_path
from kg.errors import DataError
from kg.model import Entity, Event, Period, Relation, Role

__all__ = ["Phrases", "label_events", "label_relations", "load_phrases"]

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_SHOWN = 3  # names written out before "and 4 others"


@dataclass(frozen=True, slots=True)
class Phrases:
    """name of a class, code or predicate → (with a target, without, without a source)."""

    by_name: Mapping[str, tuple[str, str, str]]

    def sentence(
        self,
        type_: str,
        code: str | None,
        sources: Sequence[str],
        targets: Sequence[str],
        *,
        plural: bool = False,
    ) -> str:
        """The label's words for an event of a class (or, failing that, a code); `plural`: one source is many."""
        plain = "".join(f" {c.lower()}" if c.isupper() else c for c in type_).strip()
        active, alone, passive = self.by_name.get(type_) or self.by_name.get(code or "") or ("→", plain, plain + ":")
        if sources and targets:
            many = plural or len(set(sources)) > 1
            return f"{_listed(sources)} {_plural(active) if many else active} {_listed(targets)}"
        if sources:
            return f"{_listed(sources)}: {alone}"
        return f"{passive} {_listed(targets)}" if targets else alone


def load_phrases() -> Phrases:
    """The table of phrases.

    Raises:
        DataError: a row has not four columns.
    """
    path = data_path("ontologies", "labels.tsv")
    rows: dict[str, tuple[str, str, str]] = {}
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.reader((line for line in file if not line.startswith("#")), delimiter="\t", quoting=csv.QUOTE_NONE)
        next(reader)
        for row in reader:
            if len(row) != 4:
                raise DataError(path.name, f"row {row!r} has {len(row)} columns", remedy="four, parted by tabs")
            rows[row[0]] = (row[1], row[2], row[3])
    return Phrases(rows)


def label_events(events: Iterable[Event], entities: Mapping[str, Entity], phrases: Phrases) -> tuple[Event, ...]:
    """The events with their labels, such as `Donald Trump meets Sergei Lavrov, 10 May 2017`."""
    return tuple(replace(event, label=_event_label(event, entities, phrases)) for event in events)


def label_relations(
    relations: Iterable[Relation], entities: Mapping[str, Entity], phrases: Phrases
) -> tuple[Relation, ...]:
    """The relations with their labels, such as `Sergei Lavrov is Foreign Minister of Russia`."""
    return tuple(replace(r, label=_relation_label(r, entities, phrases)) for r in relations)


def _relation_label(relation: Relation, entities: Mapping[str, Entity], phrases: Phrases) -> str:
    subject, object_ = entities[relation.subject], entities[relation.object]
    special = f"{relation.predicate}:{object_.type}"
    name = special if special in phrases.by_name else relation.predicate
    words = phrases.sentence(name, None, [subject.label], [object_.label])
    if all(report.tense == "past" for report in relation.reports):
        words += " (former)"
    return _marked(words, relation.date, relation.status)


def _plural(verb: str) -> str:
    """The first word of a verb phrase without the ending of its third person."""
    first, space, rest = verb.partition(" ")
    many = {"is": "are", "has": "have", "dies": "die"}.get(first)
    if many is None:
        if first.endswith("ies"):
            many = first[:-3] + "y"
        elif first.endswith(("sses", "shes", "ches", "xes", "oes")):
            many = first[:-2]
        else:
            many = first.removesuffix("s")
    return many + space + rest


def _event_label(event: Event, entities: Mapping[str, Entity], phrases: Phrases) -> str:
    sources = _names(event, entities, "source")
    targets = _names(event, entities, "target", "recipient")
    type_: str = event.type
    if event.reciprocal:
        parties = list(dict.fromkeys(sources + targets))
        sources, targets = parties[:1], parties[1:]
    elif not targets and event.cameo == "01":
        targets = _names(event, entities, "topic")
        type_ = f"{type_}:topic" if f"{type_}:topic" in phrases.by_name else type_
    else:
        targets = [name for name in dict.fromkeys(targets) if name not in sources] or targets
    acting = [entities[id_] for role, id_ in event.roles if role == "source"]
    plural = bool(acting) and all(_is_many(entity) for entity in acting)
    words = phrases.sentence(type_, event.plover or event.cameo, sources, targets, plural=plural)
    if event.place and entities[event.place].label not in (*sources, *targets):
        words += f" ({entities[event.place].label})"
    return _marked(words, event.date, event.status)


def _is_many(entity: Entity) -> bool:
    """Whether a label takes a plural verb: "Russian troops", "Iraqi Security Forces"."""
    label = entity.label.lower()
    return label.endswith("s") and (entity.type in ("Group", "ArmedGroup") or label.endswith("forces"))


def _names(event: Event, entities: Mapping[str, Entity], *roles: Role) -> list[str]:
    return [entities[entity].label for role, entity in event.roles if role in roles]


def _marked(words: str, period: Period | None, status: str | None) -> str:
    dated = f"{words}, {_dated(period)}" if period else words
    return dated if status in (None, "asserted") else f"{status}: {dated}"


def _dated(period: Period) -> str:
    start, end = period.start, period.end
    if start == end:
        return f"{start.day} {_MONTHS[start.month - 1]} {start.year}"
    if (start.day, (end - start).days) == (1, _month_days(period)):
        return f"{_MONTHS[start.month - 1]} {start.year}"
    if (start.month, start.day, end.month, end.day) == (1, 1, 12, 31):
        return f"{start.year}" if start.year == end.year else f"{start.year}–{end.year}"
    return f"{start.isoformat()} to {end.isoformat()}"


def _month_days(period: Period) -> int:
    return calendar.monthrange(period.start.year, period.start.month)[1] - 1


def _listed(names: Sequence[str]) -> str:
    shown = list(dict.fromkeys(names))
    if len(shown) > _SHOWN + 1:
        shown = [*shown[:_SHOWN], f"{len(shown) - _SHOWN} others"]
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} and {shown[-1]}"
