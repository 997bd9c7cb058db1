"""What linking made of all documents, as one named graph: actors, merged events, relations, plain edges.

>>> from kg.model import Entity, Facts
>>> facts = Facts(entities=(Entity("actor/norway", "Norway", "Country"),))
>>> print(derived_nquads(facts, base="https://example.org/").splitlines()[2].partition(" <https://example.org/graph")[0])
<https://example.org/actor/norway> <http://www.w3.org/2000/01/rdf-schema#label> "Norway"

A plain edge stands beside a reified event or relation only where that is asserted, and only between actors whom
the author's own words name in it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import pyoxigraph as ox

from kg.graph.iris import argument_fragment, derived_iri, document_iri, mention_fragments
from kg.graph.nquads import TRUE, TYPE, Lines, plover_token, string_token
from kg.graph.vocabulary import (
    FOAF,
    KG,
    ORG,
    OWL,
    PREDICATES,
    RDF,
    RDFS,
    SEM,
    SHORTCUTS,
    SKOS,
    STATUS,
    class_token,
)
from kg.model import Document, Entity, EntityType, Event, Facts, Mention, Predicate, Relation, Report

__all__ = ["derived_nquads", "derived_quads"]

_ALIGNED: dict[EntityType, tuple[str, ...]] = {
    "Person": (FOAF.token.Person,),
    "Country": (SEM.token.Place,),
    "Government": (ORG.token.Organization,),
    "Place": (SEM.token.Place,),
    "Organization": (ORG.token.Organization,),
    "ArmedGroup": (ORG.token.Organization,),
    "Group": (FOAF.token.Group,),
    "Office": (ORG.token.Role,),
    "Work": (FOAF.token.Document,),
    "Concept": (SKOS.token.Concept,),
}
_ACTING: frozenset[EntityType] = frozenset({"Person", "Government", "Organization", "ArmedGroup", "Group"})
_BOTH_WAYS: frozenset[Predicate] = frozenset({"alliedWith", "opposedTo", "relativeOf"})


def derived_quads(facts: Facts, *, base: str) -> list[ox.Quad]:
    """The graph of all that linking made, as terms; see `derived_nquads`."""
    return list(ox.parse(derived_nquads(facts, base=base), ox.RdfFormat.N_QUADS))


def derived_nquads(facts: Facts, *, base: str) -> str:
    """Actors, merged events and relations, and whom local mentions, arguments and holders stand for."""
    graph = _DerivedGraph(facts.documents, base)
    for entity in facts.entities:
        graph.entity(entity)
    by_document: dict[str, list[Mention]] = {}
    for mention in facts.mentions:
        by_document.setdefault(mention.doc, []).append(mention)
    for mentions in by_document.values():
        for fragment, mention in mention_fragments(mentions):
            if mention.entity is not None:
                graph.add(graph.local(mention.doc, fragment), KG.token.entity, graph.node(mention.entity))
    for event in facts.events:
        graph.event(event)
    for relation in facts.relations:
        graph.relation(relation)
    for attribution in facts.attributions:
        if attribution.holder is not None:
            node = graph.local(attribution.doc, attribution.id)
            graph.add(node, KG.token.holder, graph.node(attribution.holder))
    return "".join(graph.lines)


class _DerivedGraph(Lines):
    """What linking made of all documents."""

    def __init__(self, documents: Iterable[Document], base: str) -> None:
        super().__init__(derived_iri(base))
        self._base = f"<{base}"
        self._root = base
        self._documents = {d.id: f"<{document_iri(d.id, base)}#" for d in documents}

    def node(self, id_: str) -> str:
        return f"{self._base}{id_}>"

    def local(self, doc: str, fragment: str) -> str:
        start = self._documents.get(doc)
        if start is None:
            start = self._documents[doc] = f"<{document_iri(doc, self._root)}#"
        return f"{start}{fragment}>"

    def entity(self, entity: Entity) -> None:
        k, node = KG.token, self.node(entity.id)
        self.add(node, TYPE, class_token(entity.type))
        for aligned in _ALIGNED[entity.type]:
            self.add(node, TYPE, aligned)
        self.add(node, RDFS.token.label, string_token(entity.label))
        for alias in entity.aliases:
            self.add(node, SKOS.token.altLabel, string_token(alias))
        for iri in entity.same_as:
            self.add(node, OWL.token.sameAs, f"<{iri}>")
        if entity.country is not None:
            self.add(node, k.country, self.node(entity.country))
            if entity.type in _ACTING and entity.country != entity.id:
                self.add(node, k.actsFor, self.node(entity.country))
        if entity.sector is not None:
            self.add(node, k.sector, string_token(entity.sector))
        for doc, chain in entity.merged_from:
            self.add(node, k.mergedFrom, self.local(doc, chain))

    def event(self, event: Event) -> None:
        k, node = KG.token, self.node(event.id)
        self.add(node, TYPE, class_token(event.type))
        self.add(node, TYPE, SEM.token.Event)
        self._fact(node, event)
        self.confidence(node, event.confidence)
        if event.plover is not None:
            self.add(node, k.plover, plover_token(event.plover))
        if event.cameo is not None:
            self.add(node, k.cameo, string_token(event.cameo))
        if event.reciprocal:
            self.add(node, k.reciprocal, TRUE)
        for role, entity in event.roles:
            if role in ("source", "target", "recipient", "instrument", "topic"):
                self.add(node, getattr(k, role), self.node(entity))
        if event.place is not None:
            self.add(node, SEM.token.hasPlace, self.node(event.place))
        if event.about is not None:
            self.add(node, k.about, self.node(event.about))
        if event.status == "asserted" and event.plover is not None:
            self._shortcuts(event, SHORTCUTS[event.plover])

    def _shortcuts(self, event: Event, predicate: str) -> None:
        """Plain edges, only between actors whom the author's own words name in it."""
        own = tuple(report for report in event.reports if _author_affirms(report))
        actors = replace(event, reports=own).roles
        sources = [entity for role, entity in actors if role == "source"]
        targets = [entity for role, entity in actors if role == "target"]
        targets = targets or [entity for role, entity in actors if role == "recipient"]
        pairs = {(source, target) for source in sources for target in targets if source != target}
        if event.reciprocal:
            pairs |= {(target, source) for source, target in pairs}
        for source, target in sorted(pairs):
            self.add(self.node(source), predicate, self.node(target))

    def relation(self, relation: Relation) -> None:
        node, predicate = self.node(relation.id), PREDICATES.term[relation.predicate]
        subject, object_ = self.node(relation.subject), self.node(relation.object)
        self.add(node, TYPE, KG.token.Relation)
        self.add(node, TYPE, RDF.token.Statement)
        self.add(node, RDF.token.subject, subject)
        self.add(node, RDF.token.predicate, predicate)
        self.add(node, RDF.token.object, object_)
        self._fact(node, relation)
        if relation.status != "asserted":
            return
        self.add(subject, predicate, object_)
        if relation.predicate in _BOTH_WAYS:
            self.add(object_, predicate, subject)
        if relation.predicate == "holdsOffice":
            self.add(node, TYPE, ORG.token.Membership)
            self.add(node, ORG.token.member, subject)
            self.add(node, ORG.token.role, object_)

    def _fact(self, node: str, fact: Event | Relation) -> None:
        k = KG.token
        if fact.label:
            self.add(node, RDFS.token.label, string_token(fact.label))
        if fact.status is not None:
            self.add(node, k.status, STATUS.term[fact.status])
        self.period(node, fact.date, k.earliest, k.latest)
        for report in fact.reports:
            here = self.local(report.doc, report.id)
            self.add(node, k.report, here)
            self.add(here, k.denotes, node)
            if report.holder is not None:
                self.add(here, k.holder, self.node(report.holder))
            for number, argument in enumerate(report.arguments, 1):
                if argument.entity is not None:
                    part = self.local(report.doc, argument_fragment(report, number))
                    self.add(part, k.entity, self.node(argument.entity))


def _author_affirms(report: Report) -> bool:
    return (
        report.holder is None
        and report.attribution is None
        and report.polarity == "positive"
        and report.certainty == "certain"
        and report.tense != "future"
        and not report.conditional
    )
