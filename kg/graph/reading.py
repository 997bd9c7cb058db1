"""From the graph back to what was written: one document's extraction, or the facts of all.

>>> from kg.graph.document_graph import document_quads
>>> from kg.model import Chain, Document, Extraction
>>> oslo = Extraction(Document("oslo", "Norway hosted talks."), (Chain("actor-0-6", "Norway", "Country"),))
>>> store = ox.Store()
>>> store.extend(document_quads(oslo, base="https://example.org/"))
>>> read_extraction(store, "https://example.org/doc/oslo") == oslo
True

Parts come in the order of `kg.graph.ordering`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import cast

import pyoxigraph as ox

from kg.errors import StoreError
from kg.graph.iris import derived_iri
from kg.graph.ordering import ordered, ordered_facts
from kg.graph.vocabulary import (
    CERTAINTY,
    CUES,
    DCTERMS,
    FORM,
    KG,
    NIF,
    OWL,
    POLARITY,
    PREDICATES,
    PREFIXES,
    RDF,
    RDFS,
    ROLE,
    SEM,
    SKOS,
    STANCE,
    STATUS,
    TENSE,
)
from kg.model import (
    Argument,
    Attribution,
    Chain,
    Document,
    Entity,
    EntityType,
    Event,
    Extraction,
    Facts,
    Mention,
    Period,
    Plover,
    Relation,
    Report,
    Span,
)

__all__ = ["document_iris", "read_extraction", "read_facts"]

_KG = PREFIXES["kg"]
_A = RDF.type.value
_TYPES = frozenset(cast(tuple[str, ...], EntityType.__args__))  # type: ignore[attr-defined]
_Nodes = dict[str, dict[str, list[str]]]


def document_iris(store: ox.Store) -> dict[str, str]:
    """document id → IRI, sorted by id."""
    found = {
        quad.object.value: quad.subject.value
        for quad in store.quads_for_pattern(None, DCTERMS.identifier, None, None)
        if isinstance(quad.object, ox.Literal) and isinstance(quad.subject, ox.NamedNode)
    }
    return dict(sorted(found.items()))


def read_extraction(store: ox.Store, iri: str) -> Extraction:
    """What one document says, from its graph.

    Raises:
        StoreError: the graph is not there, or lacks something.
    """
    local = _Local(iri, _nodes(store, iri))
    if iri not in local.nodes:
        raise StoreError(iri, "the store has no such document", remedy="kg query documents lists them")
    chains, mentions, attributions = [], [], []
    events, relations = [], []
    for name, node in local.nodes.items():
        kind = node.get(_A, ())
        if KG.Mention.value in kind:
            mentions.append(local.mention(name, local.fragment(local.maybe(name, KG.refersTo))))
        elif KG.LocalActor.value in kind:
            chains.append(local.chain(name))
        elif KG.Attribution.value in kind:
            holder = local.fragment(local.maybe(name, KG.localHolder))
            attributions.append(local.attribution(name, holder))
        elif KG.Report.value in kind:
            entities = [local.fragment(local.maybe(part, KG.refersTo)) for part in local.parts(name)]
            report = local.report(name, local.fragment(local.maybe(name, KG.localHolder)), entities)
            if KG.localPredicate.value in node:
                relations.append(local.relation(name, report))
            else:
                events.append(local.event(name, report))
    return ordered(
        Extraction(
            document=local.document(),
            chains=tuple(chains),
            mentions=tuple(mentions),
            events=tuple(events),
            relations=tuple(relations),
            attributions=tuple(attributions),
        )
    )


def read_facts(store: ox.Store, *, base: str) -> Facts:
    """What all documents say together.

    Raises:
        StoreError: a graph lacks something.
    """
    made = _Derived(base, _nodes(store, derived_iri(base)))
    locals_ = {iri: _Local(iri, _nodes(store, iri)) for iri in document_iris(store).values()}
    ids = {iri: local.value(iri, DCTERMS.identifier) for iri, local in locals_.items()}
    mentions, attributions = [], []
    for local in locals_.values():
        for name, node in local.nodes.items():
            kind = node.get(_A, ())
            if KG.Mention.value in kind:
                mentions.append(local.mention(name, made.id(made.maybe(name, KG.entity))))
            elif KG.Attribution.value in kind:
                attributions.append(local.attribution(name, made.id(made.maybe(name, KG.holder))))
    entities, events, relations = [], [], []
    for name, node in made.nodes.items():
        kind = node.get(_A, ())
        if KG.Relation.value in kind:
            relations.append(made.relation(name, made.reports(name, locals_)))
        elif SEM.Event.value in kind:
            events.append(made.event(name, made.reports(name, locals_)))
        elif kind:
            entities.append(made.entity(name, ids))
    return ordered_facts(
        Facts(
            documents=tuple(local.document() for local in locals_.values()),
            entities=tuple(entities),
            mentions=tuple(mentions),
            events=tuple(events),
            relations=tuple(relations),
            attributions=tuple(attributions),
        )
    )


def _nodes(store: ox.Store, graph: str) -> _Nodes:
    """subject → predicate → objects, of one graph."""
    nodes: _Nodes = {}
    for quad in store.quads_for_pattern(None, None, None, ox.NamedNode(graph)):
        subject, predicate, object_ = cast(tuple[ox.NamedNode, ox.NamedNode, ox.Literal], quad.triple)
        nodes.setdefault(subject.value, {}).setdefault(predicate.value, []).append(object_.value)
    return nodes


class _Reader:
    """The nodes of one graph, asked for one property at a time."""

    def __init__(self, nodes: _Nodes) -> None:
        self.nodes = nodes

    def all(self, name: str, predicate: ox.NamedNode) -> list[str]:
        return self.nodes.get(name, {}).get(predicate.value, [])

    def maybe(self, name: str, predicate: ox.NamedNode) -> str | None:
        values = self.all(name, predicate)
        return values[0] if values else None

    def value(self, name: str, predicate: ox.NamedNode) -> str:
        values = self.all(name, predicate)
        if not values:
            remedy = "build the graph again from its documents"
            raise StoreError(name, f"this node of the store has no {predicate.value}", remedy=remedy)
        return values[0]

    def period(self, name: str, earliest: ox.NamedNode, latest: ox.NamedNode) -> Period | None:
        start = self.maybe(name, earliest)
        if start is None:
            return None
        return Period(date.fromisoformat(start), date.fromisoformat(self.value(name, latest)))


class _Local(_Reader):
    """The graph of one document."""

    def __init__(self, iri: str, nodes: _Nodes) -> None:
        super().__init__(nodes)
        self.iri = iri
        self._start = len(iri) + 1
        self._id = self.value(iri, DCTERMS.identifier) if iri in nodes else ""

    def fragment(self, iri: str | None) -> str | None:
        return None if iri is None else iri[self._start :]

    def span(self, iri: str) -> Span:
        start, _, end = iri[self._start + len("char=") :].partition(",")
        return Span(int(start), int(end))

    def spans(self, name: str, predicate: ox.NamedNode) -> tuple[Span, ...]:
        return tuple(sorted(self.span(iri) for iri in self.all(name, predicate)))

    def document(self) -> Document:
        issued = self.maybe(self.iri, DCTERMS.issued)
        return Document(
            id=self._id,
            text=self.maybe(self.iri, NIF.isString) or "",
            title=self.maybe(self.iri, DCTERMS.title),
            published=None if issued is None else date.fromisoformat(issued),
            source=self.maybe(self.iri, DCTERMS.publisher),
            author=self.maybe(self.iri, DCTERMS.creator),
            url=self.maybe(self.iri, DCTERMS.source),
            sha256=self.maybe(self.iri, KG.sha256) or "",
        )

    def chain(self, name: str) -> Chain:
        return Chain(
            id=name[self._start :],
            name=self.value(name, KG.localName),
            type=cast(EntityType, self.value(name, KG.localType).removeprefix(_KG)),
            names=tuple(sorted(self.all(name, KG.surface))),
            entry=self.maybe(name, KG.entry),
            country=self.maybe(name, KG.localCountry),
            sector=self.maybe(name, KG.localSector),
            office=self.maybe(name, KG.localOffice),
        )

    def mention(self, name: str, entity: str | None) -> Mention:
        span = self.span(self.value(name, KG.span))
        form, rule = FORM.value[self.value(name, KG.form)], self.value(name, KG.rule)
        return Mention(self._id, span.start, span.end, entity, form, rule)

    def parts(self, name: str) -> list[str]:
        """The arguments of a report, in their order."""
        return sorted(self.all(name, KG.argument), key=lambda iri: int(iri.rpartition("-")[2]))

    def report(self, name: str, holder: str | None, entities: list[str | None]) -> Report:
        sentence = self.span(self.value(name, KG.sentence))
        arguments = []
        for part, entity in zip(self.parts(name), entities, strict=True):
            span = self.span(self.value(part, KG.span))
            arguments.append(Argument(ROLE.value[self.value(part, KG.role)], span.start, span.end, entity))
        node = self.nodes[name]
        words = [(CUES.value[p], self.span(iri)) for p, iris in node.items() if p in CUES.value for iri in iris]
        return Report(
            id=name[self._start :],
            doc=self._id,
            start=sentence.start,
            end=sentence.end,
            trigger=self.span(self.value(name, KG.trigger)),
            polarity=POLARITY.value[self.value(name, KG.polarity)],
            certainty=CERTAINTY.value[self.value(name, KG.certainty)],
            tense=TENSE.value[self.value(name, KG.tense)],
            rule=self.value(name, KG.rule),
            holder=holder,
            attribution=self.fragment(self.maybe(name, KG.attribution)),
            conditional=KG.conditional.value in node,
            arguments=tuple(arguments),
            words=tuple(words),
        )

    def _name(self, name: str) -> str:
        """The id of the event or relation that a report node stands for."""
        return self.maybe(name, KG.localId) or name[self._start :]

    def event(self, name: str, report: Report) -> Event:
        about = self.maybe(name, KG.localAbout)
        return Event(
            id=self._name(name),
            type=self.value(name, KG.localType).removeprefix(_KG),
            plover=_plover(self.maybe(name, KG.localPlover)),
            cameo=self.maybe(name, KG.localCameo),
            reports=(report,),
            reciprocal=self.maybe(name, KG.localReciprocal) is not None,
            confidence=float(self.value(name, KG.confidence)),
            date=self.period(name, KG.localEarliest, KG.localLatest),
            place=self.fragment(self.maybe(name, KG.localPlace)),
            about=None if about is None else self._name(about),
        )

    def relation(self, name: str, report: Report) -> Relation:
        return Relation(
            id=self._name(name),
            subject=self.value(name, KG.localSubject)[self._start :],
            predicate=PREDICATES.value[self.value(name, KG.localPredicate)],
            object=self.value(name, KG.localObject)[self._start :],
            reports=(report,),
            date=self.period(name, KG.localEarliest, KG.localLatest),
        )

    def attribution(self, name: str, holder: str | None) -> Attribution:
        return Attribution(
            id=name[self._start :],
            doc=self._id,
            source=self.spans(name, KG.sourceSpan),
            cue=self.spans(name, KG.cueSpan),
            content=self.spans(name, KG.contentSpan),
            stance=STANCE.value[self.value(name, KG.stance)],
            rule=self.value(name, KG.rule),
            holder=holder,
            within=self.fragment(self.maybe(name, KG.within)),
        )


class _Derived(_Reader):
    """The graph of all that linking made."""

    def __init__(self, base: str, nodes: _Nodes) -> None:
        super().__init__(nodes)
        self._base = base

    def id(self, iri: str | None) -> str | None:
        return None if iri is None else iri.removeprefix(self._base)

    def reports(self, name: str, locals_: Mapping[str, _Local]) -> tuple[Report, ...]:
        return tuple(self._reports(name, locals_))

    def _reports(self, name: str, locals_: Mapping[str, _Local]) -> Iterator[Report]:
        for iri in self.all(name, KG.report):
            local = locals_[iri.partition("#")[0]]
            entities = [self.id(self.maybe(part, KG.entity)) for part in local.parts(iri)]
            yield local.report(iri, self.id(self.maybe(iri, KG.holder)), entities)

    def entity(self, name: str, ids: Mapping[str, str]) -> Entity:
        merged = [iri.partition("#") for iri in self.all(name, KG.mergedFrom)]
        types = {iri.removeprefix(_KG) for iri in self.all(name, RDF.type)}
        return Entity(
            id=name.removeprefix(self._base),
            label=self.value(name, RDFS.label),
            type=cast(EntityType, next(iter(types & _TYPES))),
            aliases=tuple(self.all(name, SKOS.altLabel)),
            same_as=tuple(self.all(name, OWL.sameAs)),
            country=self.id(self.maybe(name, KG.country)),
            sector=self.maybe(name, KG.sector),
            merged_from=tuple((ids[doc], fragment) for doc, _, fragment in merged),
        )

    def event(self, name: str, reports: tuple[Report, ...]) -> Event:
        status = self.maybe(name, KG.status)
        types = {iri for iri in self.all(name, RDF.type) if iri.startswith(_KG)}
        return Event(
            id=name.removeprefix(self._base),
            type=next(iter(types)).removeprefix(_KG),
            plover=_plover(self.maybe(name, KG.plover)),
            cameo=self.maybe(name, KG.cameo),
            reports=reports,
            reciprocal=self.maybe(name, KG.reciprocal) is not None,
            confidence=float(self.value(name, KG.confidence)),
            date=self.period(name, KG.earliest, KG.latest),
            place=self.id(self.maybe(name, SEM.hasPlace)),
            about=self.id(self.maybe(name, KG.about)),
            status=None if status is None else STATUS.value[status],
            label=self.maybe(name, RDFS.label) or "",
        )

    def relation(self, name: str, reports: tuple[Report, ...]) -> Relation:
        status = self.maybe(name, KG.status)
        return Relation(
            id=name.removeprefix(self._base),
            subject=self.value(name, RDF.subject).removeprefix(self._base),
            predicate=PREDICATES.value[self.value(name, RDF.predicate)],
            object=self.value(name, RDF.object).removeprefix(self._base),
            reports=reports,
            date=self.period(name, KG.earliest, KG.latest),
            status=None if status is None else STATUS.value[status],
            label=self.maybe(name, RDFS.label) or "",
        )


def _plover(iri: str | None) -> Plover | None:
    if iri is None:
        return None
    return cast(Plover, iri.removeprefix(PREFIXES["plover"]))
