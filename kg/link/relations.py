"""One node a relation: the same subject, predicate and object, at dates that do not contradict.

`alliedWith`, `opposedTo` and `relativeOf` hold both ways, so their ends are put in one order.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from kg.extract.factuality.status import event_status
from kg.link.merge import linked_report
from kg.model import Extraction, Period, Predicate, Relation, Stance

__all__ = ["SYMMETRIC", "merge_relations"]

SYMMETRIC: frozenset[Predicate] = frozenset({"alliedWith", "opposedTo", "relativeOf"})

_Key = tuple[str, Predicate, str]


def merge_relations(
    extractions: Sequence[Extraction], entity_of: Mapping[tuple[str, str], str]
) -> tuple[Relation, ...]:
    """Relations between entities, sorted by id, without labels; one of a thing with itself is dropped."""
    stances = {(a.doc, a.id): a.stance for x in extractions for a in x.attributions}
    found: dict[_Key, list[Relation]] = defaultdict(list)
    for extraction in extractions:
        for relation in extraction.relations:
            linked = _linked(relation, extraction.document.id, entity_of)
            if linked is not None and linked.subject != linked.object:
                found[linked.subject, linked.predicate, linked.object].append(linked)
    merged = [_merged(group, stances) for same in found.values() for group in _by_date(same)]
    return tuple(sorted(merged, key=lambda r: r.id))


def _linked(relation: Relation, doc: str, entity_of: Mapping[tuple[str, str], str]) -> Relation | None:
    subject = entity_of.get((doc, relation.subject))
    object_ = entity_of.get((doc, relation.object))
    if subject is None or object_ is None:
        return None
    if relation.predicate in SYMMETRIC and object_ < subject:
        subject, object_ = object_, subject
    return replace(relation, subject=subject, object=object_, reports=(linked_report(relation.reports[0], entity_of),))


def _by_date(same: list[Relation]) -> list[list[Relation]]:
    """Groups of overlapping periods; what has no date joins the earliest group."""
    dated = sorted((r for r in same if r.date), key=lambda r: (r.date, r.reports[0].doc, r.reports[0].id))
    groups: list[list[Relation]] = []
    for relation in dated:
        period = _span(groups[-1]) if groups else None
        if period and relation.date and period.overlaps(relation.date):
            groups[-1].append(relation)
        else:
            groups.append([relation])
    undated = [r for r in same if not r.date]
    if not groups:
        return [undated]
    groups[0] += undated
    return groups


def _span(group: Sequence[Relation]) -> Period | None:
    dates = [r.date for r in group if r.date]
    return Period(min(d.start for d in dates), max(d.end for d in dates)) if dates else None


def _merged(group: list[Relation], stances: Mapping[tuple[str, str], Stance]) -> Relation:
    first = group[0]
    reports = tuple(sorted((r.reports[0] for r in group), key=lambda r: (r.doc, r.trigger, r.id)))
    period = _span(group)
    ends = (first.subject.removeprefix("actor/"), _kebab(first.predicate), first.object.removeprefix("actor/"))
    when = f"-{period.start.isoformat()}" if period else ""
    return replace(
        first,
        id="relation/" + "-".join(ends) + when,
        label="",
        reports=reports,
        date=period,
        status=event_status([(r, stances.get((r.doc, r.attribution)) if r.attribution else None) for r in reports]),
    )


def _kebab(name: str) -> str:
    return "".join(f"-{c.lower()}" if c.isupper() else c for c in name)
