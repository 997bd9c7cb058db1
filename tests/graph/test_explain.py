"""What is known of something, and why."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kg.errors import NameNotFoundError
from kg.graph.explain import explain
from kg.graph.iris import document_iri
from kg.graph.testimony import Evidence
from kg.graph.vocabulary import DEFAULT_BASE
from kg.model import Attribution, Document, Facts, Span


def _evidence(facts: Facts, name: str) -> list[Evidence]:
    return [evidence for finding in explain(facts, name).findings for evidence in finding.evidence]


def test_an_actor(small_facts: Facts) -> None:
    found = explain(small_facts, "lavrov")
    assert (found.id, found.kind, found.label, found.type) == (
        "actor/sergei-lavrov",
        "actor",
        "Sergei Lavrov",
        "Person",
    )
    assert (found.country, found.sector, found.mentions, found.documents) == ("Russia", "GOV", 3, 2)
    assert [(finding.status, finding.type) for finding in found.findings] == [
        ("asserted", "Meeting"),
        ("asserted", "holdsOffice"),
        ("reported", "Promise"),
        ("expected", "Withdrawal"),
    ]
    assert [(said.stance, said.words) for said in found.statements] == [("promise", "to withdraw troops from Donbas")]


@pytest.mark.parametrize(
    ("name", "says"),
    [
        (
            "event/2017-05-14-assault-0003",
            ["according to Ukraine (Dnipro Daily)", "denied by Government of Russia (Northern Wire)"],
        ),
        ("event/undated-agree-0004", ["according to two European officials (Northern Wire)"]),
        (
            "event/undated-yield-0005",
            ["promised by Sergei Lavrov, according to two European officials (Northern Wire)"],
        ),
        ("event/undated-sanction-0008", ["the author"]),
        ("relation/russia-influences-belarus", ["according to Analysts (Northern Wire)"]),
    ],
)
def test_who_says_so(small_facts: Facts, name: str, says: list[str]) -> None:
    assert [evidence.says for evidence in _evidence(small_facts, name)] == says


@pytest.mark.parametrize(
    ("source", "holder", "says"),
    [
        ("Analysts", None, "according to Analysts (Northern Wire)"),
        ("", None, "according to somebody unnamed (Northern Wire)"),
        ("", "actor/analysts", "according to analysts (Northern Wire)"),
        ("I", None, "the author"),
    ],
)
def test_voices_without_a_name(small_facts: Facts, source: str, holder: str | None, says: str) -> None:
    text = next(d for d in small_facts.documents if d.id == "talks.txt").text + " I"
    at = text.rindex(source)
    spans = (Span(at, at + len(source)),) if source else ()

    def changed(attribution: Attribution) -> Attribution:
        analysts = attribution.holder == "actor/analysts"
        return replace(attribution, holder=holder, source=spans) if analysts else attribution

    documents = tuple(replace(d, text=text) if d.id == "talks.txt" else d for d in small_facts.documents)
    attributions = tuple(changed(a) for a in small_facts.attributions)
    facts = replace(small_facts, documents=documents, attributions=attributions)
    assert [evidence.says for evidence in _evidence(facts, "relation/russia-influences-belarus")] == [says]


def test_the_words_behind_a_judgement(small_facts: Facts) -> None:
    affirmed, denied = _evidence(small_facts, "disputed: Russia shells Avdiivka, 14 May 2017")
    assert denied.cut() == ("The Kremlin denied that Russia had ", "shelled", " Avdiivka.")
    assert denied.judged == ("negative", "certain", "past")
    assert denied.words == (("polarity", "denied"),)
    assert denied.rule == "codebook/assault.toml:shelled"
    assert denied.cited == "Talks in Helsinki, Northern Wire, 2017-05-16"
    assert affirmed.sentence[affirmed.trigger.start : affirmed.trigger.end] == "shelled"


def test_one_report_alone(small_facts: Facts) -> None:
    event = next(e for e in small_facts.events if e.type == "Meeting" and len(e.reports) == 2)
    report = event.reports[1]
    iri = f"{document_iri(report.doc, DEFAULT_BASE)}#{report.id}"
    for name in (iri, f"{report.doc}#{report.id}"):
        found = explain(small_facts, name)
        assert (found.kind, found.id) == ("report", event.id)
        assert [evidence.report for evidence in found.findings[0].evidence] == [report.id]


@pytest.mark.parametrize("name", ["Niinistö", "actor/sauli-niinisto", DEFAULT_BASE + "actor/sauli-niinisto"])
def test_by_any_name(small_facts: Facts, name: str) -> None:
    assert explain(small_facts, name).id == "actor/sauli-niinisto"


def test_by_the_iri_of_another_base(small_facts: Facts) -> None:
    found = explain(small_facts, "https://example.org/x/actor/russia", base="https://example.org/x/")
    assert found.id == "actor/russia"


@pytest.mark.parametrize(("name", "near"), [("Sergey Lavrof", "Sergei Lavrov"), ("Belorus", "Belarus"), ("", "")])
def test_unknown(small_facts: Facts, name: str, near: str) -> None:
    with pytest.raises(NameNotFoundError) as caught:
        explain(small_facts, name)
    assert near in caught.value.remedy


def test_the_text_is_eighty_columns_wide(small_facts: Facts) -> None:
    for entity in small_facts.entities:
        for line in explain(small_facts, entity.id).to_text().splitlines():
            assert len(line) <= 80 or len(line.split()) <= 2, line


def test_plain_text(small_facts: Facts) -> None:
    lines = str(explain(small_facts, "relation/russia-influences-belarus")).splitlines()
    assert lines[:4] == [
        "reported: Russia has influence over Belarus (influences)",
        "relation/russia-influences-belarus",
        "",
        "REPORTED",
    ]
    assert '''  "Analysts say that Belarus lies in Russia's [sphere of influence]."''' in lines
    assert "    according to Analysts (Northern Wire)" in lines


def test_without_texts(small_facts: Facts) -> None:
    """A graph that was built with --no-text still says what it knows."""
    bare = replace(small_facts, documents=tuple(replace(d, text="") for d in small_facts.documents))
    text = str(explain(bare, "Lavrov"))
    assert "(the text was not kept)" in text
    assert "promised by Sergei Lavrov, according to European officials (Northern Wire)" in text.replace("\n      ", " ")


def test_a_hostile_text_is_shown_as_text(small_facts: Facts) -> None:
    def hostile(document: Document) -> Document:
        return replace(document, text=document.text.replace("Merkel and", "<i>\x1b[2J</i>"))

    facts = replace(small_facts, documents=tuple(hostile(d) for d in small_facts.documents))
    found = explain(facts, "event/undated-consult-0011")
    assert "\x1b" not in str(found)
    assert "<i>" not in found._repr_html_()
    assert "&lt;i&gt;" in found._repr_html_()


def test_a_very_long_sentence_is_shortened() -> None:
    sentence = "a " * 5000 + "met" + " b" * 5000
    start = sentence.index("met")
    evidence = Evidence(
        "r", "d", None, None, None, 0, len(sentence), sentence, Span(start, start + 3), "the author", None,
        "positive", "certain", "past", False, (), "rule",
    )  # fmt: skip
    before, trigger, after = evidence.cut()
    assert (before[0], trigger, after[-1]) == ("…", "met", "…")
    assert len(before) + len(after) < 1000
