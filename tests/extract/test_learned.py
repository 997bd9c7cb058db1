"""The learned coder: what it adds to the rules, and that it keeps to what is an event."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from kg.data import data_path
from kg.errors import DataError
from kg.extract.events.finding import code_document
from kg.extract.events.learned import LearnedCoder, decide
from kg.extract.events.pairs import code_pair
from kg.model import Span
from tests.extract.coded import codebook, learned, parsed

if TYPE_CHECKING:
    from spacy.language import Language

EVENTLESS = Path(__file__).parent.parent / "cases" / "eventless.tsv"


def test_weights_are_small_and_survive_saving(tmp_path: Path) -> None:
    path = data_path("ontologies", "codebook", "weights.npz")
    assert path.stat().st_size < 5_000_000
    for name in ("one", "two"):
        learned().save(tmp_path / name)
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()
    again = LearnedCoder.load(tmp_path / "one")
    assert again.pairs.index == learned().pairs.index
    assert np.array_equal(again.sentences.weights, learned().sentences.weights)


@pytest.mark.parametrize("content", [b"", b"no weights"])
def test_a_broken_file_is_named(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "weights.npz"
    path.write_bytes(content)
    with pytest.raises(DataError, match="cannot be read") as caught:
        LearnedCoder.load(path)
    assert caught.value.place == str(path)
    with pytest.raises(DataError):
        LearnedCoder.load(tmp_path / "absent.npz")


def test_a_sure_rule_outweighs_and_a_weak_one_does_not() -> None:
    alone = np.log(np.array([0.75, 0.15, 0.1], dtype=np.float32))
    assert decide(alone, 1, 0.95, scale=1.0)[0] == 1
    assert decide(alone, 1, 0.2, scale=1.0)[0] == 0
    label, probability = decide(alone, None, 0.0, scale=1.0)
    assert (label, round(probability, 2)) == (0, 0.75)


@pytest.mark.parametrize(
    ("text", "verb", "plover"),
    [
        ("Gunmen mugged a French diplomat.", "mug", "ASSAULT"),
        ("Soldiers shackled a Kenyan senator in Nairobi.", "shackle", "COERCE"),
    ],
)
def test_a_verb_that_no_line_has_is_coded_by_its_meaning(nlp: Language, text: str, verb: str, plover: str) -> None:
    assert ("v", verb) not in codebook().triggers
    [event] = [e for e in parsed(nlp, text).events if e.plover]
    assert event.plover == plover
    assert event.reports[0].rule.startswith(f"learned coder: verb={verb}, ")


@pytest.mark.parametrize(
    "text",
    ["Zanzibar enchanted the Danish queen.", "Brazil outran Chile in the second half.", "Malta resembles Gozo."],
)
def test_other_verbs_that_no_line_has_stay_silent(nlp: Language, text: str) -> None:
    assert [e.plover for e in parsed(nlp, text).events if e.plover] == []


def test_the_rules_alone_can_be_asked(nlp: Language) -> None:
    text = "Gunmen mugged a French diplomat."
    sentence = parsed(nlp, text)
    coding = code_document(sentence.doc, sentence.actors, codebook())
    assert [coded.trigger.plover for coded in coding.coded] == []
    spans = Span(0, 6), Span(14, 31)
    parts = {"actors": sentence.actors, "judge": sentence.judge, "codebook": codebook()}
    both = code_pair(sentence.doc, *spans, **parts, learned=learned())  # type: ignore[arg-type]
    assert both.plover == "ASSAULT"
    assert both.rule is not None
    assert "learned coder" in both.rule


def test_confidence_is_a_probability(nlp: Language) -> None:
    sure = parsed(nlp, "Ukraine's army shelled Russian positions near Kherson on Monday.").events[0]
    unsure = parsed(nlp, "Turkey's army held Greek hopes in its hands.").events
    assert 0.9 <= sure.confidence <= 1
    assert all(event.confidence < sure.confidence for event in unsure)


def test_false_alarms_on_eventless_sentences(nlp: Language) -> None:
    rows = [line.split("\t") for line in EVENTLESS.read_text(encoding="utf-8").splitlines() if line[:1] != "#"]
    sentences = [sentence for _, sentence in rows[1:]]
    assert len(sentences) == 300
    false = [s for s in sentences if any(event.plover for event in parsed(nlp, s).events)]
    assert len(false) <= 15, false  # one in twenty
