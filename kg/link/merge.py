"""One node an event: reports of one event come together, within a document and across documents.

Within a document, two local events are one when their code agrees, their actors are compatible (one has all the
actors of the other, in the same roles) and neither date, place nor polarity contradicts; a bare "the meeting" joins
the nearest earlier one. What is only said (an accusation, a demand), and what has not happened, needs the very same
actors: somebody accuses many. An actor without a node ("criticised the budget") is nobody else.

Across documents the same, but both must name two actors at least (or agree on one actor and the day); where a date is
missing, the days before publication stand for it, but not for what is only said. The comparison is between all
documents at once, so that the order of reading does not matter.

>>> compatible_roles(Parties(frozenset({"a"}), frozenset({"b"})), Parties(frozenset({"a"}), frozenset({"b", "c"})))
True
>>> compatible_roles(Parties(frozenset({"a"}), frozenset({"b"})), Parties(frozenset({"b"}), frozenset({"a"})))
False
>>> compatible_roles(Parties(frozenset({"a"}), frozenset({"b"})), Parties(frozenset({"a"}), unnamed=frozenset({"d:7"})))
False
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from itertools import combinations

from kg.extract.factuality.status import event_status, report_status
from kg.model import Event, Extraction, Period, Plover, Report, Stance, Status

__all__ = ["Parties", "compatible_roles", "merge_events"]

_NEWS_DAYS = 7  # an undated event of a report happened within so many days before publication
_LONGEST = 31  # periods longer than this do not identify an event
_VERBAL: frozenset[Plover] = frozenset({"AGREE", "SUPPORT", "REQUEST", "ACCUSE", "REJECT", "THREATEN"})


@dataclass(frozen=True, slots=True)
class Parties:
    """Who acts and who is acted on; of a reciprocal event all stand in `sources`.

    Attributes:
        unnamed: places of those who have no node, where a side has nobody else.
    """

    sources: frozenset[str] = frozenset()
    targets: frozenset[str] = frozenset()
    unnamed: frozenset[str] = frozenset()

    @property
    def all(self) -> frozenset[str]:
        return self.sources | self.targets

    def joined(self, other: Parties) -> Parties:
        return Parties(self.sources | other.sources, self.targets | other.targets, self.unnamed | other.unnamed)


@dataclass(frozen=True, slots=True)
class _Local:
    """Reports of one document that are one event, with what identifies it."""

    events: tuple[Event, ...]
    parties: Parties
    topics: frozenset[str]
    date: Period | None
    place: str | None
    open: bool
    published: datetime.date | None
    voices: frozenset[tuple[str | None, str | None, bool]]

    @property
    def first(self) -> Event:
        return self.events[0]

    @property
    def key(self) -> tuple[str, str]:
        return (self.first.type, self.first.plover or self.first.cameo or "")


def merge_events(
    extractions: Sequence[Extraction], entity_of: Mapping[tuple[str, str], str]
) -> tuple[tuple[Event, ...], dict[tuple[str, str], str]]:
    """Events with entities for chains, one a real event, sorted by id, without labels.

    Returns:
        The merged events, and the id of the merged event of each (document id, local event id).
    """
    locals_: list[_Local] = []
    for extraction in extractions:
        locals_ += _within(extraction, entity_of)
    groups = _across(locals_)
    named = _named(groups)
    merged_id = {(e.reports[0].doc, e.id): id_ for id_, group in named for local in group for e in local.events}
    stances = {(a.doc, a.id): a.stance for x in extractions for a in x.attributions}
    events = [_merged(id_, group, merged_id, stances) for id_, group in named]
    return tuple(sorted(events, key=lambda e: e.id)), merged_id


def compatible_roles(one: Parties, other: Parties) -> bool:
    """Whether one has all the actors of the other, each in the same role, and they share an actor."""
    small, large = sorted((one, other), key=lambda p: len(p.all))
    if not small.all or not (small.sources <= large.sources and small.targets <= large.targets):
        return False
    return small.unnamed <= large.unnamed or (small.all == large.all and large.unnamed <= small.unnamed)


def linked_report(report: Report, entity_of: Mapping[tuple[str, str], str]) -> Report:
    """The report with entities where it had chains."""

    def linked(chain: str | None) -> str | None:
        return entity_of.get((report.doc, chain)) if chain is not None else None

    arguments = tuple(replace(a, entity=linked(a.entity)) for a in report.arguments)
    return replace(report, holder=linked(report.holder), arguments=arguments)


# ---------------------------------------------------------------------------------------- within a document


def _within(extraction: Extraction, entity_of: Mapping[tuple[str, str], str]) -> list[_Local]:
    stances = {a.id: a.stance for a in extraction.attributions}
    found: list[_Local] = []
    by_key: dict[tuple[str, str], list[int]] = defaultdict(list)
    for event in sorted(extraction.events, key=lambda e: (e.reports[0].trigger, e.id)):
        local = _local(event, extraction, entity_of, stances)
        for i in reversed(by_key[local.key]):
            if _same_here(found[i], local):
                found[i] = _joined(found[i], local)
                break
        else:
            by_key[local.key].append(len(found))
            found.append(local)
    return found


def _local(
    event: Event,
    extraction: Extraction,
    entity_of: Mapping[tuple[str, str], str],
    stances: Mapping[str, Stance],
) -> _Local:
    doc = extraction.document
    report = linked_report(event.reports[0], entity_of)
    status = report_status(report, stances.get(report.attribution) if report.attribution else None)
    place = entity_of.get((doc.id, event.place)) if event.place else None
    return _Local(
        events=(replace(event, reports=(report,), place=place),),
        parties=_parties(report, reciprocal=event.reciprocal),
        topics=frozenset(a.entity or str(a.start) for a in report.arguments if a.role == "topic"),
        date=event.date,
        place=place,
        open=status in ("expected", "hypothetical"),
        published=doc.published,
        voices=frozenset({(report.holder, report.attribution, report.polarity == "positive")}),
    )


def _parties(report: Report, *, reciprocal: bool) -> Parties:
    sides = [
        [a for a in report.arguments if a.role == "source"],
        [a for a in report.arguments if a.role in ("target", "recipient")],
    ]
    sources, targets = (frozenset(a.entity for a in side if a.entity) for side in sides)
    unnamed = frozenset(
        f"{report.doc}:{a.start}" for side in sides if all(a.entity is None for a in side) for a in side
    )
    if reciprocal:
        return Parties(sources | targets, unnamed=unnamed)
    return Parties(sources, targets, unnamed)


def _same_here(one: _Local, other: _Local) -> bool:
    if one.first.about is not None or other.first.about is not None or _places_differ(one, other):
        return False
    if one.date and other.date and not one.date.overlaps(other.date):
        return False
    if one.open != other.open and not (one.date and other.date):
        return False
    if any((holder, said, not positive) in one.voices for holder, said, positive in other.voices):
        return False  # nobody contradicts himself: it is another occasion
    if one.key[1] == "01" and (one.topics != other.topics or one.date != other.date):
        return False
    if not other.parties.all:
        return not other.parties.unnamed and not other.date
    return _same_parties(one, other)


def _same_parties(one: _Local, other: _Local) -> bool:
    if one.key[1] == "01":
        return (one.parties.sources, one.parties.targets) == (other.parties.sources, other.parties.targets)
    if one.first.plover in _VERBAL or (one.open and other.open):
        return one.parties == other.parties
    return compatible_roles(one.parties, other.parties)


def _places_differ(one: _Local, other: _Local) -> bool:
    return one.place is not None and other.place is not None and one.place != other.place


def _joined(one: _Local, other: _Local) -> _Local:
    return replace(
        one,
        events=one.events + other.events,
        parties=one.parties.joined(other.parties),
        topics=one.topics | other.topics,
        date=_narrower(one.date, other.date),
        place=one.place or other.place,
        open=one.open and other.open,
        voices=one.voices | other.voices,
    )


def _narrower(one: Period | None, other: Period | None) -> Period | None:
    given = [p for p in (one, other) if p is not None]
    return min(given, key=lambda p: (p.end - p.start, p.start)) if given else None


# ---------------------------------------------------------------------------------------- across documents


def _across(locals_: list[_Local]) -> list[list[_Local]]:
    """Groups of local events that are the same one; never two of one document, which were kept apart there."""
    parent = list(range(len(locals_)))
    docs = [{local.first.reports[0].doc} for local in locals_]

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    pairs = {pair for block in _blocks(locals_) for pair in combinations(block, 2)}
    alike = [(i, j) for i, j in pairs if _same_elsewhere(locals_[i], locals_[j])]
    for i, j in sorted(alike, key=lambda pair: _distance(locals_[pair[0]], locals_[pair[1]])):
        one, other = root(i), root(j)
        if one != other and docs[one].isdisjoint(docs[other]):
            parent[one] = other
            docs[other] |= docs[one]
    groups: dict[int, list[_Local]] = defaultdict(list)
    for i, local in enumerate(locals_):
        groups[root(i)].append(local)
    return [sorted(group, key=_order) for group in groups.values()]


def _order(local: _Local) -> tuple[str, int, str]:
    report = local.first.reports[0]
    return (report.doc, report.trigger.start, report.id)


def _distance(one: _Local, other: _Local) -> tuple[object, ...]:
    """The most alike first: the same dates, the same actors, then a fixed order."""
    ends = sorted((_order(one), _order(other)))
    return (one.date != other.date, one.parties != other.parties, *ends)


def _blocks(locals_: list[_Local]) -> Iterable[list[int]]:
    """Indices that may be one event: the same code, two actors in common (or the same single one), near days."""
    blocks: dict[tuple[object, ...], list[int]] = defaultdict(list)
    for i, local in enumerate(locals_):
        window = _window(local)
        if window is None or local.key[1] == "01" or not local.parties.all:
            continue
        actors = sorted(local.parties.all)[:8]
        weeks = range(window.start.toordinal() // _LONGEST, window.end.toordinal() // _LONGEST + 1)
        for pair in combinations(actors, 2) if len(actors) > 1 else [tuple(actors)]:
            for week in weeks:
                blocks[local.key, pair, week].append(i)
    return blocks.values()


def _window(local: _Local) -> Period | None:
    """The days on which it may have happened, or None where they do not identify it."""
    if local.date:
        return local.date if (local.date.end - local.date.start).days <= _LONGEST else None
    verbal = local.first.plover in _VERBAL
    if local.published and not local.open and not verbal and len(local.parties.all) > 1:
        return Period(datetime.date.fromordinal(local.published.toordinal() - _NEWS_DAYS), local.published)
    return None


def _same_elsewhere(one: _Local, other: _Local) -> bool:
    mine, theirs = _window(one), _window(other)
    if one.first.reports[0].doc == other.first.reports[0].doc or mine is None or theirs is None:
        return False
    if not mine.overlaps(theirs) or _places_differ(one, other) or bool(one.first.about) != bool(other.first.about):
        return False
    if one.open != other.open and not (one.date and other.date):
        return False
    if one.date is None or other.date is None or len(one.parties.all) < 2:
        return one.parties == other.parties
    return _same_parties(one, other)


# ---------------------------------------------------------------------------------------- the merged event


def _named(groups: list[list[_Local]]) -> list[tuple[str, list[_Local]]]:
    """A readable, stable id for each group, made from what identifies it."""
    plain: dict[str, list[list[_Local]]] = defaultdict(list)
    for group in groups:
        plain[_identity(group)].append(group)
    named = []
    for identity, same in plain.items():
        for group in same:
            first = group[0].first.reports[0]
            apart = f"{first.doc}#{first.id}" if len(same) > 1 or _date(group) is None else ""
            digest = sha256(f"{identity}|{apart}".encode()).hexdigest()[:8]
            named.append((f"event/{_when(_date(group))}-{_slug(group[0].first)}-{digest}", group))
    return named


def _identity(group: list[_Local]) -> str:
    parties = Parties()
    for local in group:
        parties = parties.joined(local.parties)
    period = _date(group)
    when = f"{period.start}/{period.end}" if period else ""
    where = next((local.place for local in group if local.place), "")
    return "|".join([*group[0].key, ",".join(sorted(parties.sources)), ",".join(sorted(parties.targets)), when, where])


def _date(group: list[_Local]) -> Period | None:
    period: Period | None = None
    for local in group:
        period = _narrower(period, local.date)
    return period


def _when(period: Period | None) -> str:
    if period is None:
        return "undated"
    days = (period.end - period.start).days
    if days == 0:
        return period.start.isoformat()
    return f"{period.start:%Y-%m}" if days <= _LONGEST else f"{period.start:%Y}"


def _slug(event: Event) -> str:
    name: Plover | str = event.plover or event.type
    return "".join(c if c.isalnum() else "-" for c in name.lower())


def _merged(
    id_: str,
    group: list[_Local],
    merged_id: Mapping[tuple[str, str], str],
    stances: Mapping[tuple[str, str], Stance],
) -> Event:
    events = [event for local in group for event in local.events]
    reports = tuple(sorted((e.reports[0] for e in events), key=lambda r: (r.doc, r.trigger, r.id)))
    about = next((merged_id.get((e.reports[0].doc, e.about)) for e in events if e.about), None)
    best = max(events, key=lambda e: (e.confidence, len(e.cameo or ""), e.cameo or "", e.id))
    return replace(
        best,
        id=id_,
        reports=reports,
        reciprocal=any(e.reciprocal for e in events),
        confidence=round(best.confidence, 2),
        date=_date(group),
        place=next((local.place for local in group if local.place), None),
        about=about if about != id_ else None,
        status=_status(reports, stances),
    )


def _status(reports: Sequence[Report], stances: Mapping[tuple[str, str], Stance]) -> Status:
    return event_status([(r, stances.get((r.doc, r.attribution)) if r.attribution else None) for r in reports])
