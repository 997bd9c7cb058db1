"""Local facts of many documents in, one graph out: `link(extractions, gazetteer)`.

Mentions get their entities, reports of one event come together, and each event and relation gets its status
and label. The result depends on the set of extractions alone, never on their order.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from kg.link.entities import link_entities
from kg.link.labels import label_events, label_relations, load_phrases
from kg.link.merge import merge_events
from kg.link.relations import merge_relations
from kg.model import Attribution, Extraction, Facts, Mention
from kg.text.gazetteer import Gazetteer

__all__ = ["link"]


def link(extractions: Iterable[Extraction], gazetteer: Gazetteer, *, known: Iterable[Extraction] = ()) -> Facts:
    """The facts of all documents together.

    Args:
        extractions: what was read now; replaces a known extraction of the same document.
        gazetteer: the actor list.
        known: what is in the store already.
    """
    by_id = {x.document.id: x for x in known} | {x.document.id: x for x in extractions}
    ordered = [by_id[id_] for id_ in sorted(by_id)]
    entities, entity_of = link_entities(ordered, gazetteer)
    events, _ = merge_events(ordered, entity_of)
    relations = merge_relations(ordered, entity_of)
    by_entity = {entity.id: entity for entity in entities}
    phrases = load_phrases()
    return Facts(
        documents=tuple(x.document for x in ordered),
        entities=tuple(sorted(entities, key=lambda e: e.id)),
        mentions=tuple(m for x in ordered for m in _mentions(x, entity_of)),
        events=label_events(events, by_entity, phrases),
        relations=label_relations(relations, by_entity, phrases),
        attributions=tuple(a for x in ordered for a in _attributions(x, entity_of)),
    )


def _mentions(extraction: Extraction, entity_of: Mapping[tuple[str, str], str]) -> list[Mention]:
    linked = (
        replace(m, entity=entity_of.get((m.doc, m.entity)) if m.entity is not None else None)
        for m in extraction.mentions
    )
    return sorted(linked, key=lambda m: (m.start, m.end, m.form))


def _attributions(extraction: Extraction, entity_of: Mapping[tuple[str, str], str]) -> list[Attribution]:
    linked = (
        replace(a, holder=entity_of.get((a.doc, a.holder)) if a.holder is not None else None)
        for a in extraction.attributions
    )
    return sorted(linked, key=lambda a: (a.cue or a.content, a.id))
