"""One parsed document in, all that it says out: `Extractor.load().extract(document, doc)`.

Actors come first, then who says what, then relations and events, each judged by what stands around it.
Nothing here looks at another document.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.extract.actors import find_actors
from kg.extract.attribution import find_attributions
from kg.extract.cues import Cues
from kg.extract.events import find_events
from kg.extract.events.codebook import Codebook
from kg.extract.events.learned import LearnedCoder
from kg.extract.events.pairs import PairCode, code_pair
from kg.extract.factuality import Judge
from kg.extract.relations import RelationPatterns, find_relations
from kg.extract.relations.concepts import ConceptTable, find_concepts
from kg.model import Document, Extraction, Span
from kg.text.dates import find_dates
from kg.text.gazetteer import Gazetteer
from kg.text.structure import segments

if TYPE_CHECKING:
    from spacy.tokens import Doc

__all__ = ["Extractor", "PairCode"]


@dataclass(frozen=True, slots=True)
class Extractor:
    """The data that extraction interprets, loaded once."""

    gazetteer: Gazetteer
    cues: Cues
    codebook: Codebook
    patterns: RelationPatterns
    concepts: ConceptTable
    learned: LearnedCoder | None = None

    @classmethod
    def load(cls, *, learned: bool = True) -> Extractor:
        """Everything from ontologies/; without `learned`, events are coded by rules alone.

        Raises:
            DataError: a file there is missing or not as it should be.
        """
        return cls(
            Gazetteer.load(), Cues.load(), Codebook.load(), RelationPatterns.load(), ConceptTable.load(),
            LearnedCoder.load() if learned else None,
        )  # fmt: skip

    def extract(self, document: Document, doc: Doc) -> Extraction:
        """What the document says, with ids of its own."""
        parts = segments(document.text)
        actors = find_actors(document, doc, self.gazetteer, parts)
        dates = find_dates(doc, document.published)
        attributions = find_attributions(document, doc, actors, self.cues)
        judge = Judge(doc, attributions, self.cues, text=document.text)
        events = find_events(
            document, doc, actors, dates, judge, self.codebook, parts, learned=self.learned, attributions=attributions
        )
        relations = find_relations(document, doc, actors, dates, judge, self.patterns, parts)
        concepts = find_concepts(document, doc, actors, dates, judge, self.concepts)
        return Extraction(
            document=document,
            chains=(*actors.chains, *relations.chains, *concepts.chains),
            mentions=(*actors.mentions, *relations.mentions, *concepts.mentions),
            events=events,
            relations=(*relations.relations, *concepts.relations),
            attributions=attributions,
        )

    def code(self, document: Document, doc: Doc, pairs: Sequence[tuple[Span, Span]]) -> list[PairCode]:
        """What the first of each pair of spans does to the second."""
        actors = find_actors(document, doc, self.gazetteer, segments(document.text))
        judge = Judge(doc, find_attributions(document, doc, actors, self.cues), self.cues, text=document.text)
        return [
            code_pair(doc, source, target, actors=actors, judge=judge, codebook=self.codebook, learned=self.learned)
            for source, target in pairs
        ]
