"""Political concepts: whose they are, over what, and whether the text says that they exist."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kg.extract.relations.concepts import Concepts
from tests.extract.saying import Reader, cases, said

if TYPE_CHECKING:
    from spacy.language import Language


@pytest.fixture(scope="module")
def reader(nlp: Language) -> Reader:
    return Reader.load(nlp)


@pytest.mark.parametrize(("sentence", "expected"), cases("concepts.tsv"))
def test_concepts_of_a_sentence(reader: Reader, sentence: str, expected: list[str]) -> None:
    read = reader.read(sentence)
    assert sorted(said(read, read.concepts.relations)) == expected


def test_a_concept_is_one_node_with_its_holder_in_the_name(reader: Reader) -> None:
    text = "Iran's nuclear program is old. Some praised the Iranian nuclear programme. Iran kept its nuclear program."
    concepts = reader.read(text).concepts
    assert [(c.name, c.type, c.country) for c in concepts.chains] == [("Iranian nuclear programme", "Concept", "IRN")]
    assert [m.entity for m in concepts.mentions] == [concepts.chains[0].id] * 3


def test_the_influence_names_its_concept_as_topic(reader: Reader) -> None:
    text = "Iran's influence in Iraq has grown."
    concepts = reader.read(text).concepts
    (influences,) = (r for r in concepts.relations if r.predicate == "influences")
    topic = next(a for a in influences.reports[0].arguments if a.role == "topic")
    assert (topic.entity, topic.span.of(text)) == (concepts.chains[0].id, "influence")


def test_nothing_without_a_holder(reader: Reader) -> None:
    assert reader.read("Spheres of influence are an old idea.").concepts == Concepts()
