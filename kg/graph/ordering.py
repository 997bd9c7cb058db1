"""One order for what a document says and for what all say, so that equal contents are equal values.

RDF has no order. What is read back from a graph comes in this one, and writing does not depend on any.

>>> from kg.model import Chain, Document
>>> text = Document("d", "Oslo met Rome.")
>>> one = Extraction(text, chains=(Chain("actor-9-13", "Rome", "Country"), Chain("actor-0-4", "Oslo", "Country")))
>>> [chain.name for chain in ordered(one).chains]
['Oslo', 'Rome']
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from kg.graph.iris import mention_order
from kg.model import Attribution, Entity, Event, Extraction, Facts, Relation, Report

__all__ = ["ordered", "ordered_facts"]

_Key = tuple[tuple[int, str], ...]


def ordered(extraction: Extraction) -> Extraction:
    """What a document says, each part in the order of the text."""
    return replace(
        extraction,
        chains=tuple(
            replace(chain, names=tuple(sorted(set(chain.names))))
            for chain in sorted(extraction.chains, key=lambda c: natural(c.id))
        ),
        mentions=tuple(sorted(extraction.mentions, key=mention_order)),
        events=tuple(sorted(map(_event, extraction.events), key=_first)),
        relations=tuple(sorted(map(_relation, extraction.relations), key=_first)),
        attributions=tuple(sorted(map(_attribution, extraction.attributions), key=lambda a: natural(a.id))),
    )


def ordered_facts(facts: Facts) -> Facts:
    """What all documents say, each part sorted by id, mentions and attributions by document and place."""
    return Facts(
        documents=tuple(sorted(facts.documents, key=lambda d: d.id)),
        entities=tuple(sorted(map(_entity, facts.entities), key=lambda e: e.id)),
        mentions=tuple(sorted(facts.mentions, key=mention_order)),
        events=tuple(sorted(map(_event, facts.events), key=lambda e: e.id)),
        relations=tuple(sorted(map(_relation, facts.relations), key=lambda r: r.id)),
        attributions=tuple(sorted(map(_attribution, facts.attributions), key=lambda a: (a.doc, natural(a.id)))),
    )


@cache
def natural(id_: str) -> _Key:
    """A key that sorts `actor-9-12` before `actor-10-14`."""
    return tuple((int(part), "") if part.isdecimal() else (0, part) for part in re.split(r"(\d+)", id_))


def _report(report: Report) -> Report:
    return replace(report, words=tuple(sorted(set(report.words), key=lambda w: (w[1], w[0]))))


def _event(event: Event) -> Event:
    return replace(event, reports=_reports(event.reports))


def _relation(relation: Relation) -> Relation:
    return replace(relation, reports=_reports(relation.reports))


def _reports(reports: tuple[Report, ...]) -> tuple[Report, ...]:
    return tuple(sorted(map(_report, reports), key=lambda r: (r.doc, r.trigger, r.id)))


def _first(fact: Event | Relation) -> tuple[object, ...]:
    report = fact.reports[0]
    return (report.trigger, natural(report.id), fact.id)


def _attribution(attribution: Attribution) -> Attribution:
    return replace(
        attribution,
        source=tuple(sorted(set(attribution.source))),
        cue=tuple(sorted(set(attribution.cue))),
        content=tuple(sorted(set(attribution.content))),
    )


def _entity(entity: Entity) -> Entity:
    return replace(
        entity,
        aliases=tuple(sorted(set(entity.aliases))),
        same_as=tuple(sorted(set(entity.same_as))),
        merged_from=tuple(sorted(set(entity.merged_from))),
    )
