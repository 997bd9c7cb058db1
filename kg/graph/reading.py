"""From the graph back to what was written: one document's extraction, or the facts of all.

>>> from kg.graph.document_graph import document_nquads
>>> from kg.model import Chain, Document, Extraction
>>> oslo = Extraction(Document("oslo", "Norway hosted talks."), (Chain("actor-0-6", "Norway", "Country"),))
>>> read_extraction(document_nquads(oslo, base="https://example.org/")) == oslo
True

What comes in are the lines that `document_graph` and `derived_graph` wrote; parts come out in the order of
`kg.graph.ordering`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import cast, get_args

from kg.errors import StoreError
from kg.graph.nquads import TYPE, Nodes, parsed
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

__all__ = ["read_extraction", "read_facts"]

K = KG.token
_KG = "<" + PREFIXES["kg"]
_TYPES = frozenset(get_args(EntityType))


def read_extraction(lines: str) -> Extraction:
    """What one document says, from the lines of its graph.

    Raises:
        StoreError: the graph lacks something.
    """
    local = _Local(parsed(lines))
    chains, mentions, attributions = [], [], []
    events, relations = [], []
    for name, node in local.nodes.items():
        kind = node.get(TYPE, ())
        if K.Mention in kind:
            mentions.append(local.mention(name, local.fragment(local.maybe(name, K.refersTo))))
        elif K.LocalActor in kind:
            chains.append(local.chain(name))
        elif K.Attribution in kind:
            attributions.append(local.attribution(name, local.fragment(local.maybe(name, K.localHolder))))
        elif K.Report in kind:
            entities = [local.fragment(local.maybe(part, K.refersTo)) for part in local.parts(name)]
            report = local.report(name, local.fragment(local.maybe(name, K.localHolder)), entities)
            if K.localPredicate in node:
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


def read_facts(documents: Iterable[str], derived: str, *, base: str) -> Facts:
    """What all documents say together.

    Args:
        documents: the lines of each document's graph.
        derived: the lines of the derived graph.

    Raises:
        StoreError: a graph lacks something.
    """
    made = _Derived(base, parsed(derived))
    locals_ = {local.node: local for local in (_Local(parsed(lines)) for lines in documents)}
    mentions, attributions = [], []
    for local in locals_.values():
        for name, node in local.nodes.items():
            kind = node.get(TYPE, ())
            if K.Mention in kind:
                mentions.append(local.mention(name, made.id(made.maybe(name, K.entity))))
            elif K.Attribution in kind:
                attributions.append(local.attribution(name, made.id(made.maybe(name, K.holder))))
    entities, events, relations = [], [], []
    for name, node in made.nodes.items():
        kind = node.get(TYPE, ())
        if K.Relation in kind:
            relations.append(made.relation(name, made.reports(name, locals_)))
        elif SEM.token.Event in kind:
            events.append(made.event(name, made.reports(name, locals_)))
        elif kind:
            entities.append(made.entity(name, locals_))
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


class _Reader:
    """The nodes of one graph, asked for one property at a time."""

    def __init__(self, nodes: Nodes) -> None:
        self.nodes = nodes

    def all(self, name: str, predicate: str) -> list[str]:
        node = self.nodes.get(name)
        return node.get(predicate, []) if node else []

    def maybe(self, name: str, predicate: str) -> str | None:
        values = self.all(name, predicate)
        return values[0] if values else None

    def value(self, name: str, predicate: str) -> str:
        values = self.all(name, predicate)
        if not values:
            remedy = "build the graph again from its documents"
            raise StoreError(name, f"this node of the store has no {predicate}", remedy=remedy)
        return values[0]

    def period(self, name: str, earliest: str, latest: str) -> Period | None:
        start = self.maybe(name, earliest)
        if start is None:
            return None
        return Period(date.fromisoformat(start), date.fromisoformat(self.value(name, latest)))


class _Local(_Reader):
    """The graph of one document."""

    def __init__(self, nodes: Nodes) -> None:
        super().__init__(nodes)
        self.node = next(name for name, node in nodes.items() if K.Document in node.get(TYPE, ()))
        self._start = len(self.node)
        self.id = self.value(self.node, DCTERMS.token.identifier)

    def name(self, token: str) -> str:
        """What follows # in a node of this document."""
        return token[self._start : -1]

    def fragment(self, token: str | None) -> str | None:
        return None if token is None else token[self._start : -1]

    def span(self, token: str) -> Span:
        start, _, end = token[self._start + len("char=") : -1].partition(",")
        return Span(int(start), int(end))

    def spans(self, name: str, predicate: str) -> tuple[Span, ...]:
        return tuple(sorted(self.span(iri) for iri in self.all(name, predicate)))

    def document(self) -> Document:
        issued = self.maybe(self.node, DCTERMS.token.issued)
        return Document(
            id=self.id,
            text=self.maybe(self.node, NIF.token.isString) or "",
            title=self.maybe(self.node, DCTERMS.token.title),
            published=None if issued is None else date.fromisoformat(issued),
            source=self.maybe(self.node, DCTERMS.token.publisher),
            author=self.maybe(self.node, DCTERMS.token.creator),
            url=self.maybe(self.node, DCTERMS.token.source),
            sha256=self.maybe(self.node, K.sha256) or "",
        )

    def chain(self, name: str) -> Chain:
        return Chain(
            id=self.name(name),
            name=self.value(name, K.localName),
            type=cast(EntityType, _class(self.value(name, K.localType))),
            names=tuple(sorted(self.all(name, K.surface))),
            entry=self.maybe(name, K.entry),
            country=self.maybe(name, K.localCountry),
            sector=self.maybe(name, K.localSector),
            office=self.maybe(name, K.localOffice),
        )

    def mention(self, name: str, entity: str | None) -> Mention:
        span = self.span(self.value(name, K.span))
        form, rule = FORM.read[self.value(name, K.form)], self.value(name, K.rule)
        return Mention(self.id, span.start, span.end, entity, form, rule)

    def parts(self, name: str) -> list[str]:
        """The arguments of a report, in their order."""
        return sorted(self.all(name, K.argument), key=lambda iri: int(iri.rpartition("-")[2][:-1]))

    def report(self, name: str, holder: str | None, entities: list[str | None]) -> Report:
        sentence = self.span(self.value(name, K.sentence))
        arguments = []
        for part, entity in zip(self.parts(name), entities, strict=True):
            span = self.span(self.value(part, K.span))
            arguments.append(Argument(ROLE.read[self.value(part, K.role)], span.start, span.end, entity))
        node = self.nodes[name]
        words = [(CUES.read[p], self.span(iri)) for p, iris in node.items() if p in CUES.read for iri in iris]
        return Report(
            id=self.name(name),
            doc=self.id,
            start=sentence.start,
            end=sentence.end,
            trigger=self.span(self.value(name, K.trigger)),
            polarity=POLARITY.read[self.value(name, K.polarity)],
            certainty=CERTAINTY.read[self.value(name, K.certainty)],
            tense=TENSE.read[self.value(name, K.tense)],
            rule=self.value(name, K.rule),
            holder=holder,
            attribution=self.fragment(self.maybe(name, K.attribution)),
            conditional=K.conditional in node,
            arguments=tuple(arguments),
            words=tuple(words),
        )

    def _identity(self, name: str) -> str:
        """The id of the event or relation that a report node stands for."""
        return self.maybe(name, K.localId) or self.name(name)

    def event(self, name: str, report: Report) -> Event:
        about = self.maybe(name, K.localAbout)
        return Event(
            id=self._identity(name),
            type=_class(self.value(name, K.localType)),
            plover=_plover(self.maybe(name, K.localPlover)),
            cameo=self.maybe(name, K.localCameo),
            reports=(report,),
            reciprocal=self.maybe(name, K.localReciprocal) is not None,
            confidence=float(self.value(name, K.confidence)),
            date=self.period(name, K.localEarliest, K.localLatest),
            place=self.fragment(self.maybe(name, K.localPlace)),
            about=None if about is None else self._identity(about),
        )

    def relation(self, name: str, report: Report) -> Relation:
        return Relation(
            id=self._identity(name),
            subject=self.name(self.value(name, K.localSubject)),
            predicate=PREDICATES.read[self.value(name, K.localPredicate)],
            object=self.name(self.value(name, K.localObject)),
            reports=(report,),
            date=self.period(name, K.localEarliest, K.localLatest),
        )

    def attribution(self, name: str, holder: str | None) -> Attribution:
        return Attribution(
            id=self.name(name),
            doc=self.id,
            source=self.spans(name, K.sourceSpan),
            cue=self.spans(name, K.cueSpan),
            content=self.spans(name, K.contentSpan),
            stance=STANCE.read[self.value(name, K.stance)],
            rule=self.value(name, K.rule),
            holder=holder,
            within=self.fragment(self.maybe(name, K.within)),
        )


class _Derived(_Reader):
    """The graph of all that linking made."""

    def __init__(self, base: str, nodes: Nodes) -> None:
        super().__init__(nodes)
        self._start = len(base) + 1

    def name(self, token: str) -> str:
        """An id: the IRI without its base."""
        return token[self._start : -1]

    def id(self, token: str | None) -> str | None:
        return None if token is None else token[self._start : -1]

    def reports(self, name: str, locals_: Mapping[str, _Local]) -> tuple[Report, ...]:
        return tuple(self._reports(name, locals_))

    def _reports(self, name: str, locals_: Mapping[str, _Local]) -> Iterator[Report]:
        for iri in self.all(name, K.report):
            local = locals_[iri.partition("#")[0] + ">"]
            entities = [self.id(self.maybe(part, K.entity)) for part in local.parts(iri)]
            yield local.report(iri, self.id(self.maybe(iri, K.holder)), entities)

    def entity(self, name: str, locals_: Mapping[str, _Local]) -> Entity:
        merged = [node.partition("#") for node in self.all(name, K.mergedFrom)]
        types = {_class(token) for token in self.all(name, TYPE)}
        return Entity(
            id=self.name(name),
            label=self.value(name, RDFS.token.label),
            type=cast(EntityType, next(iter(types & _TYPES))),
            aliases=tuple(self.all(name, SKOS.token.altLabel)),
            same_as=tuple(token[1:-1] for token in self.all(name, OWL.token.sameAs)),
            country=self.id(self.maybe(name, K.country)),
            sector=self.maybe(name, K.sector),
            merged_from=tuple((locals_[doc + ">"].id, fragment[:-1]) for doc, _, fragment in merged),
        )

    def event(self, name: str, reports: tuple[Report, ...]) -> Event:
        status = self.maybe(name, K.status)
        classes = [token for token in self.all(name, TYPE) if token.startswith(_KG)]
        return Event(
            id=self.name(name),
            type=_class(classes[0]),
            plover=_plover(self.maybe(name, K.plover)),
            cameo=self.maybe(name, K.cameo),
            reports=reports,
            reciprocal=self.maybe(name, K.reciprocal) is not None,
            confidence=float(self.value(name, K.confidence)),
            date=self.period(name, K.earliest, K.latest),
            place=self.id(self.maybe(name, SEM.token.hasPlace)),
            about=self.id(self.maybe(name, K.about)),
            status=None if status is None else STATUS.read[status],
            label=self.maybe(name, RDFS.token.label) or "",
        )

    def relation(self, name: str, reports: tuple[Report, ...]) -> Relation:
        status = self.maybe(name, K.status)
        return Relation(
            id=self.name(name),
            subject=self.name(self.value(name, RDF.token.subject)),
            predicate=PREDICATES.read[self.value(name, RDF.token.predicate)],
            object=self.name(self.value(name, RDF.token.object)),
            reports=reports,
            date=self.period(name, K.earliest, K.latest),
            status=None if status is None else STATUS.read[status],
            label=self.maybe(name, RDFS.token.label) or "",
        )


def _class(token: str) -> str:
    return token[len(_KG) : -1]


def _plover(token: str | None) -> Plover | None:
    if token is None:
        return None
    return cast(Plover, token[len(PREFIXES["plover"]) + 1 : -1])
