"""What the tests of relations and concepts share: a sentence in, "subject | predicate | object | status" out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from _pytest.mark import ParameterSet

from kg.extract.actors import Actors, find_actors
from kg.extract.attribution import find_attributions
from kg.extract.cues import Cues
from kg.extract.factuality import Judge
from kg.extract.factuality.status import report_status
from kg.extract.relations.concepts import Concepts, ConceptTable, find_concepts
from kg.extract.relations.finding import RelationPatterns, Relations, find_relations
from kg.model import Attribution, Chain, Document, Relation
from kg.text.annotate import annotate
from kg.text.dates import find_dates
from kg.text.gazetteer import Gazetteer
from kg.text.structure import segments

if TYPE_CHECKING:
    from spacy.language import Language

CASES = Path(__file__).parent.parent / "cases"


@dataclass(frozen=True)
class Read:
    """What a text says."""

    document: Document
    actors: Actors
    attributions: tuple[Attribution, ...]
    relations: Relations
    concepts: Concepts


@dataclass(frozen=True)
class Reader:
    """The steps before relations, with their data loaded once."""

    nlp: Language
    gazetteer: Gazetteer
    cues: Cues
    patterns: RelationPatterns
    table: ConceptTable

    @classmethod
    def load(cls, nlp: Language) -> Reader:
        return cls(nlp, Gazetteer.load(), Cues.load(), RelationPatterns.load(), ConceptTable.load())

    def read(self, text: str) -> Read:
        document = Document("doc", text, published=date(2017, 5, 17))
        ((_, doc),) = annotate([document], self.nlp)
        parts = segments(text)
        actors = find_actors(document, doc, self.gazetteer, parts)
        dates = find_dates(doc, document.published)
        attributions = find_attributions(document, doc, actors, self.cues)
        judge = Judge(doc, attributions, self.cues)
        relations = find_relations(document, doc, actors, dates, judge, self.patterns, parts)
        concepts = find_concepts(document, doc, actors, dates, judge, self.table)
        return Read(document, actors, attributions, relations, concepts)


def said(read: Read, relations: tuple[Relation, ...]) -> list[str]:
    """Each relation as "subject | predicate | object | status", in the order of the text.

    Actors by the words that name them here; pronouns, offices and concepts by the name of their node.
    """
    stances = {a.id: a.stance for a in read.attributions}
    chains = (*read.actors.chains, *read.relations.chains, *read.concepts.chains)
    known = {chain.id: chain for chain in chains}
    found = []
    for relation in relations:
        (report,) = relation.reports
        ends = [_words(read, known[a.entity or ""], a.span.of(read.document.text)) for a in report.arguments[:2]]
        status = report_status(report, stances.get(report.attribution or ""))
        found.append(f"{ends[0]} | {relation.predicate} | {ends[1]} | {status}")
    return found


def cases(name: str) -> list[ParameterSet]:
    """The rows of a table of cases: (sentence, sorted relations); a third cell is the reason of a known failure."""
    rows = []
    lines = (line for line in (CASES / name).read_text(encoding="utf-8").splitlines() if line[:1] not in ("", "#"))
    next(lines)
    for line in lines:
        sentence, expected, *reason = line.split("\t")
        marks = [pytest.mark.xfail(strict=True, reason=reason[0])] if reason else []
        wanted = [] if expected == "-" else sorted(part.strip() for part in expected.split(" ; "))
        rows.append(pytest.param(sentence, wanted, marks=marks, id=sentence[:60]))
    return rows


def _words(read: Read, chain: Chain, words: str) -> str:
    pronoun = words.lower() in ("he", "his", "she", "her", "it", "its", "they", "their", "who", "whose")
    return chain.name if chain.type in ("Office", "Concept") or pronoun else words
