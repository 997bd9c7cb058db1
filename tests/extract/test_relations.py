"""Relations: a table of sentences with what each says, and what stands behind one relation."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from kg.errors import DataError
from kg.extract.relations import patterns as relation_patterns
from kg.extract.relations.finding import RelationPatterns, Relations
from kg.text.tables import read_table
from tests.extract.saying import Reader, cases, said

if TYPE_CHECKING:
    from spacy.language import Language


@pytest.fixture(scope="module")
def reader(nlp: Language) -> Reader:
    return Reader.load(nlp)


@pytest.mark.parametrize(("sentence", "expected"), cases("relations.tsv"))
def test_relations_of_a_sentence(reader: Reader, sentence: str, expected: list[str]) -> None:
    read = reader.read(sentence)
    assert sorted(said(read, read.relations.relations)) == expected


def test_an_office_is_one_node_whatever_names_it(reader: Reader) -> None:
    text = "Kenya's Foreign Minister Amina Mohamed left. The Kenyan foreign minister, Monica Juma, came."
    relations = reader.read(text).relations
    assert [(c.name, c.type, c.country, c.office) for c in relations.chains if c.type == "Office"] == [
        ("Foreign Minister of Kenya", "Office", "KEN", "foreign minister")
    ]


def test_a_report_has_both_ends_its_trigger_and_its_rule(reader: Reader) -> None:
    text = "Officials waited. NATO member Turkey sent troops."
    (relation,) = reader.read(text).relations.relations
    (report,) = relation.reports
    assert relation.id == report.id == "report-23-29-memberof"
    assert [(a.role, a.span.of(text), a.entity) for a in report.arguments] == [
        ("subject", "Turkey", relation.subject),
        ("object", "NATO", relation.object),
    ]
    assert report.trigger.of(text) == "member"
    assert text[report.start : report.end] == "NATO member Turkey sent troops."
    assert report.rule == "relations/nouns.tsv:member"
    assert report.doc == "doc"


def test_what_is_over_is_past_and_labelled(reader: Reader) -> None:
    text = "Former British Prime Minister Tony Blair wrote the preface."
    (relation,) = reader.read(text).relations.relations
    (report,) = relation.reports
    assert (relation.label, report.tense) == ("former", "past")
    assert [(what, span.of(text)) for what, span in report.words] == [("tense", "Former")]


def test_an_office_has_the_dates_that_stand_with_it(reader: Reader) -> None:
    text = "Gerhard Schroeder was chancellor of Germany from 1998 to 2005."
    (relation,) = reader.read(text).relations.relations
    assert relation.date is not None
    assert relation.date.start == date(1998, 1, 1)


def test_the_words_of_a_speaker_are_not_the_authors(reader: Reader) -> None:
    text = 'Sergei Lavrov said: "Qatar is an ally of Turkey, and both states have nothing to hide from Moscow."'
    read = reader.read(text)
    assert said(read, read.relations.relations) == ["Qatar | alliedWith | Turkey | reported"]


def test_the_same_text_gives_the_same_relations(reader: Reader) -> None:
    text = "Iran and its close ally, Syrian President Bashar al-Assad, met Iran's Foreign Minister Javad Zarif."
    assert reader.read(text).relations == reader.read(text).relations


def test_ids_are_unique(reader: Reader) -> None:
    text = "Presidents Vladimir Putin and Xi Jinping met Iran's Foreign Minister Javad Zarif and NATO member Turkey."
    relations = reader.read(text).relations
    ids = [relation.id for relation in relations.relations]
    assert len(ids) == len(set(ids)) >= 4


def test_no_relations_in_the_weather(reader: Reader) -> None:
    assert reader.read("Rain fell.").relations == Relations()


def test_no_noun_is_both_a_relation_and_a_concept(reader: Reader) -> None:
    nouns = {words for phrases in reader.patterns.nouns.values() for words, _ in phrases}
    concepts = {words for phrases in reader.table.concepts.values() for words, _ in phrases}
    assert not nouns & concepts


@pytest.mark.parametrize(
    ("table", "row", "problem"),
    [
        ("relations/nouns.tsv", ("ally", "befriends", "", "actor", "actor", "poss"), "unknown predicate 'befriends'"),
        ("relations/nouns.tsv", ("ally", "alliedWith", "-", "wizard", "actor", "poss"), "unknown kind of actor"),
        ("relations/modifiers.tsv", ("former", "gone", "before"), "unknown effect 'gone'"),
        ("relations/offices.tsv", ("tsar", "tsar", "Tsar", "", "moon", ""), "unknown owner of an office 'moon'"),
        ("relations/party_marks.tsv", ("X", "mark", "no-such-party", "USA"), "unknown party 'no-such-party'"),
    ],
)
def test_a_wrong_table_is_refused_by_name(
    monkeypatch: pytest.MonkeyPatch, table: str, row: tuple[str, ...], problem: str
) -> None:
    def wrong(name: str, columns: tuple[str, ...]) -> list[tuple[str, ...]]:
        return [row] if name == table else read_table(name, columns)

    monkeypatch.setattr(relation_patterns, "read_table", wrong)
    with pytest.raises(DataError, match=problem) as raised:
        RelationPatterns.load()
    assert raised.value.place.startswith(table)
