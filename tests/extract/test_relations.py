"""Relations: a table of sentences with what each says, and what stands behind one relation."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from _pytest.mark import ParameterSet

from kg.extract.actors import Actors, find_actors
from kg.extract.attribution import find_attributions
from kg.extract.concepts import Concepts, ConceptTable, find_concepts
from kg.extract.cues import Cues
from kg.extract.factuality import Judge
from kg.extract.relations import RelationPatterns, Relations, find_relations
from kg.extract.status import report_status
from kg.model import Attribution, Chain, Document, Relation
from kg.text.annotate import annotate
from kg.text.dates import find_dates
from kg.text.gazetteer import Gazetteer
from kg.text.structure import segments

if TYPE_CHECKING:
    from spacy.language import Language

CASES = Path(__file__).parent.parent / "cases" / "relations.tsv"


@dataclass(frozen=True)
class Reader:
    """The steps before relations, with their data loaded once."""

    nlp: Language
    gazetteer: Gazetteer
    cues: Cues
    patterns: RelationPatterns
    concepts: ConceptTable

    def read(self, text: str) -> tuple[Document, Actors, tuple[Attribution, ...], Relations, Concepts]:
        document = Document("doc", text, published=date(2017, 5, 17))
        ((_, doc),) = annotate([document], self.nlp)
        parts = segments(text)
        actors = find_actors(document, doc, self.gazetteer, parts)
        dates = find_dates(doc, document.published)
        attributions = find_attributions(document, doc, actors, self.cues)
        judge = Judge(doc, attributions, self.cues)
        relations = find_relations(document, doc, actors, dates, judge, self.patterns, parts)
        concepts = find_concepts(document, doc, actors, dates, judge, self.concepts)
        return document, actors, attributions, relations, concepts

    def said(self, text: str) -> list[str]:
        """Each relation as "subject | predicate | object | status", in the order of the text."""
        _, actors, attributions, relations, _ = self.read(text)
        return said(text, relations.relations, (*actors.chains, *relations.chains), attributions)


def said(
    text: str, relations: tuple[Relation, ...], chains: tuple[Chain, ...], attributions: tuple[Attribution, ...]
) -> list[str]:
    """Actors by the words that name them here, pronouns and offices by their node's name."""
    stances = {a.id: a.stance for a in attributions}
    known = {chain.id: chain for chain in chains}
    found = []
    for relation in relations:
        (report,) = relation.reports
        ends = []
        for argument in report.arguments[:2]:
            words, chain = argument.span.of(text), known[argument.entity or ""]
            pronoun = words.lower() in ("he", "his", "she", "her", "it", "its", "they", "their", "who", "whose")
            ends.append(chain.name if chain.type in ("Office", "Concept") or pronoun else words)
        status = report_status(report, stances.get(report.attribution or ""))
        found.append(f"{ends[0]} | {relation.predicate} | {ends[1]} | {status}")
    return found


@pytest.fixture(scope="module")
def reader(nlp: Language) -> Reader:
    return Reader(nlp, Gazetteer.load(), Cues.load(), RelationPatterns.load(), ConceptTable.load())


def _cases() -> list[ParameterSet]:
    rows = []
    for line in CASES.read_text(encoding="utf-8").splitlines()[2:]:
        if not line.strip() or line.startswith("#"):
            continue
        sentence, expected, *reason = line.split("\t")
        marks = [pytest.mark.xfail(strict=True, reason=reason[0])] if reason else []
        wanted = [] if expected == "-" else sorted(part.strip() for part in expected.split(" ; "))
        rows.append(pytest.param(sentence, wanted, marks=marks, id=sentence[:60]))
    return rows


@pytest.mark.parametrize(("sentence", "expected"), _cases())
def test_relations_of_a_sentence(reader: Reader, sentence: str, expected: list[str]) -> None:
    assert sorted(reader.said(sentence)) == expected


def test_an_office_is_one_node_whatever_names_it(reader: Reader) -> None:
    text = "Kenya's Foreign Minister Amina Mohamed left.\n\nHer successor as Kenyan foreign minister, Monica Juma, came."
    relations = reader.read(text)[3]
    assert [(c.name, c.type, c.country, c.office) for c in relations.chains if c.type == "Office"] == [
        ("Foreign Minister of Kenya", "Office", "KEN", "foreign minister")
    ]


def test_a_report_has_both_ends_its_trigger_and_its_rule(reader: Reader) -> None:
    text = "Officials waited. NATO member Turkey sent troops."
    document, _, _, relations, _ = reader.read(text)
    (relation,) = relations.relations
    (report,) = relation.reports
    assert relation.id == report.id == "report-23-29-memberof"
    assert [(a.role, a.span.of(text), a.entity) for a in report.arguments] == [
        ("subject", "Turkey", relation.subject),
        ("object", "NATO", relation.object),
    ]
    assert report.trigger.of(text) == "member"
    assert text[report.start : report.end] == "NATO member Turkey sent troops."
    assert report.rule == "relations/nouns.tsv:member"
    assert report.doc == document.id


def test_what_is_over_is_past_and_labelled(reader: Reader) -> None:
    text = "Former British Prime Minister Tony Blair wrote the preface."
    (relation,) = reader.read(text)[3].relations
    (report,) = relation.reports
    assert (relation.label, report.tense) == ("former", "past")
    assert [(what, span.of(text)) for what, span in report.words] == [("tense", "Former")]


def test_an_office_has_the_dates_that_stand_with_it(reader: Reader) -> None:
    text = "Gerhard Schroeder was chancellor of Germany from 1998 to 2005."
    (relation,) = reader.read(text)[3].relations
    assert relation.date is not None
    assert relation.date.start == date(1998, 1, 1)


def test_the_words_of_a_speaker_are_not_the_authors(reader: Reader) -> None:
    text = 'Sergei Lavrov said: "Qatar is an ally of Turkey, and the two states have nothing to hide from their friends in Moscow."'
    _, actors, attributions, relations, _ = reader.read(text)
    assert said(text, relations.relations, actors.chains, attributions) == ["Qatar | alliedWith | Turkey | reported"]


def test_the_same_text_gives_the_same_relations(reader: Reader) -> None:
    text = "Russia and its ally, Syrian President Bashar al-Assad, met Iran's Foreign Minister Javad Zarif in Tartus, Syria."
    assert reader.read(text)[3] == reader.read(text)[3]


def test_ids_are_unique(reader: Reader) -> None:
    text = "Presidents Vladimir Putin and Xi Jinping met Iran's Foreign Minister Javad Zarif and NATO member Turkey."
    relations = reader.read(text)[3]
    ids = [relation.id for relation in relations.relations]
    assert len(ids) == len(set(ids)) >= 4


def test_no_relations_in_the_weather(reader: Reader) -> None:
    assert reader.said("Rain fell.") == []
