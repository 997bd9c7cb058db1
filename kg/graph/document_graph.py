"""What one document says, as a named graph of its own.

>>> from kg.model import Document, Extraction
>>> oslo = Extraction(Document("oslo", "Norway hosted talks."))
>>> print(document_nquads(oslo, base="https://example.org/").splitlines()[2])
<https://example.org/doc/oslo> <http://purl.org/dc/terms/identifier> "oslo" <https://example.org/doc/oslo> .

Local events, mentions, arguments and attributions are nodes at fragments of the document's IRI; offsets and words
hang on `#char=START,END` nodes only. All of an `Extraction` is there, so that it can be read back.
"""

from __future__ import annotations

from collections.abc import Iterable

import pyoxigraph as ox

from kg.graph.iris import argument_fragment, document_iri, mention_fragments
from kg.graph.nquads import TRUE, TYPE, Lines, day_token, integer_token, plover_token, string_token, uri_token
from kg.graph.vocabulary import (
    CERTAINTY,
    CUES,
    DCTERMS,
    FORM,
    GRASP,
    KG,
    NIF,
    POLARITY,
    PREDICATES,
    PROV,
    ROLE,
    STANCE,
    TENSE,
    class_token,
)
from kg.model import Attribution, Chain, Document, Event, Extraction, Mention, Relation, Report, Span

__all__ = ["document_nquads", "document_quads"]


def document_quads(extraction: Extraction, *, base: str, text: bool = True) -> list[ox.Quad]:
    """The graph of one document, as terms; see `document_nquads`."""
    return list(ox.parse(document_nquads(extraction, base=base, text=text), ox.RdfFormat.N_QUADS))


def document_nquads(extraction: Extraction, *, base: str, text: bool = True) -> str:
    """All of one extraction, enough to read it back.

    Args:
        text: write the whole text; the words of spans are written either way.
    """
    graph = _LocalGraph(extraction.document, base)
    graph.document(extraction.document, text=text)
    for chain in extraction.chains:
        graph.chain(chain)
    for fragment, mention in mention_fragments(extraction.mentions):
        graph.mention(fragment, mention)
    nodes = {fact.id: fact.reports[0].id for fact in extraction.events}
    for event in extraction.events:
        graph.event(event, nodes)
    for relation in extraction.relations:
        graph.relation(relation)
    for attribution in extraction.attributions:
        graph.attribution(attribution)
    graph.write_spans()
    return "".join(graph.lines)


class _LocalGraph(Lines):
    """What one document says. Spans are named as they are used, and described at the end."""

    def __init__(self, document: Document, base: str) -> None:
        iri = document_iri(document.id, base)
        super().__init__(iri)
        self._document = f"<{iri}>"
        self._start = f"<{iri}#"
        self._text = document.text
        self._spans: dict[tuple[int, int], str] = {}

    def local(self, fragment: str) -> str:
        return f"{self._start}{fragment}>"

    def span(self, start: int, end: int) -> str:
        node = self._spans.get((start, end))
        if node is None:
            node = self._spans[start, end] = f"{self._start}char={start},{end}>"
        return node

    def write_spans(self) -> None:
        n = NIF.token
        for (start, end), node in self._spans.items():
            self.add(node, TYPE, n.RFC5147String)
            self.add(node, n.referenceContext, self._document)
            self.add(node, n.beginIndex, integer_token(start))
            self.add(node, n.endIndex, integer_token(end))
            self.add(node, n.anchorOf, string_token(self._text[start:end]))

    def document(self, document: Document, *, text: bool) -> None:
        d, node = DCTERMS.token, self._document
        self.add(node, TYPE, KG.token.Document)
        self.add(node, TYPE, PROV.token.Entity)
        self.add(node, d.identifier, string_token(document.id))
        for predicate, value in (
            (d.title, document.title),
            (d.publisher, document.source),
            (d.creator, document.author),
        ):
            if value is not None:
                self.add(node, predicate, string_token(value))
        if document.published is not None:
            self.add(node, d.issued, day_token(document.published))
        if document.url is not None:
            self.add(node, d.source, uri_token(document.url))
        if document.sha256:
            self.add(node, KG.token.sha256, string_token(document.sha256))
        if text:
            self.add(node, NIF.token.isString, string_token(document.text))

    def chain(self, chain: Chain) -> None:
        k, node = KG.token, self.local(chain.id)
        self.add(node, TYPE, k.LocalActor)
        self.add(node, k.localName, string_token(chain.name))
        self.add(node, k.localType, class_token(chain.type))
        for name in chain.names:
            self.add(node, k.surface, string_token(name))
        for predicate, value in (
            (k.entry, chain.entry),
            (k.localCountry, chain.country),
            (k.localSector, chain.sector),
            (k.localOffice, chain.office),
        ):
            if value is not None:
                self.add(node, predicate, string_token(value))

    def mention(self, fragment: str, mention: Mention) -> None:
        k, node = KG.token, self.local(fragment)
        self.add(node, TYPE, k.Mention)
        self.add(node, k.span, self.span(mention.start, mention.end))
        self.add(node, k.form, FORM.term[mention.form])
        self.add(node, k.rule, string_token(mention.rule))
        if mention.entity is not None:
            self.add(node, k.refersTo, self.local(mention.entity))

    def event(self, event: Event, nodes: dict[str, str]) -> None:
        k, node = KG.token, self.report(event.reports[0])
        self._identity(node, event.id, event.reports[0])
        self.add(node, k.localType, class_token(event.type))
        self.confidence(node, event.confidence)
        if event.plover is not None:
            self.add(node, k.localPlover, plover_token(event.plover))
        if event.cameo is not None:
            self.add(node, k.localCameo, string_token(event.cameo))
        if event.reciprocal:
            self.add(node, k.localReciprocal, TRUE)
        if event.place is not None:
            self.add(node, k.localPlace, self.local(event.place))
        if event.about is not None:
            self.add(node, k.localAbout, self.local(nodes.get(event.about, event.about)))
        self.period(node, event.date, k.localEarliest, k.localLatest)

    def relation(self, relation: Relation) -> None:
        k, node = KG.token, self.report(relation.reports[0])
        self._identity(node, relation.id, relation.reports[0])
        self.add(node, k.localPredicate, PREDICATES.term[relation.predicate])
        self.add(node, k.localSubject, self.local(relation.subject))
        self.add(node, k.localObject, self.local(relation.object))
        self.period(node, relation.date, k.localEarliest, k.localLatest)

    def _identity(self, node: str, id_: str, report: Report) -> None:
        if id_ != report.id:
            self.add(node, KG.token.localId, string_token(id_))

    def report(self, report: Report) -> str:
        k, node = KG.token, self.local(report.id)
        self.add(node, TYPE, k.Report)
        self.add(node, k.sentence, self.span(report.start, report.end))
        self.add(node, k.trigger, self.span(report.trigger.start, report.trigger.end))
        self.add(node, k.polarity, POLARITY.term[report.polarity])
        self.add(node, k.certainty, CERTAINTY.term[report.certainty])
        self.add(node, k.tense, TENSE.term[report.tense])
        self.add(node, k.rule, string_token(report.rule))
        if report.conditional:
            self.add(node, k.conditional, TRUE)
        if report.holder is not None:
            self.add(node, k.localHolder, self.local(report.holder))
        if report.attribution is not None:
            self.add(node, k.attribution, self.local(report.attribution))
        for what, span in report.words:
            self.add(node, CUES.term[what], self.span(span.start, span.end))
        for number, argument in enumerate(report.arguments, 1):
            part = self.local(argument_fragment(report, number))
            self.add(node, k.argument, part)
            self.add(part, TYPE, k.Argument)
            self.add(part, k.role, ROLE.term[argument.role])
            self.add(part, k.span, self.span(argument.start, argument.end))
            if argument.entity is not None:
                self.add(part, k.refersTo, self.local(argument.entity))
        return node

    def attribution(self, attribution: Attribution) -> None:
        k, node = KG.token, self.local(attribution.id)
        self.add(node, TYPE, k.Attribution)
        self.add(node, TYPE, GRASP.token.Attribution)
        self.add(node, k.stance, STANCE.term[attribution.stance])
        self.add(node, k.rule, string_token(attribution.rule))
        self._spans_of(node, k.sourceSpan, attribution.source)
        self._spans_of(node, k.cueSpan, attribution.cue)
        self._spans_of(node, k.contentSpan, attribution.content)
        if attribution.holder is not None:
            self.add(node, k.localHolder, self.local(attribution.holder))
        if attribution.within is not None:
            self.add(node, k.within, self.local(attribution.within))

    def _spans_of(self, node: str, predicate: str, spans: Iterable[Span]) -> None:
        for span in spans:
            self.add(node, predicate, self.span(span.start, span.end))
