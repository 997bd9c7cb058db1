"""How events are meant: the table of sentences, the invariant, the status table."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kg.extract.actors import Actors
from kg.extract.attribution import find_attributions
from kg.extract.cues import Cues
from kg.extract.factuality import Judge, Judgement
from kg.extract.factuality.status import event_status, report_status
from kg.model import Attribution, Document, Report, Span, Stance, Status

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

CASES = Path(__file__).parent.parent / "cases"


def _rows(name: str, columns: int) -> list[list[str]]:
    lines = (CASES / name).read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return [(row + [""] * columns)[:columns] for row in rows[1:]]


def _table() -> list[object]:
    return [
        pytest.param(
            *row[:7],
            id=f"{row[1]}: {row[0][:60]}",
            marks=pytest.mark.xfail(strict=True, reason=row[7]) if row[7] else (),
        )
        for row in _rows("factuality.tsv", 8)
    ]


@pytest.fixture(scope="module")
def cues() -> Cues:
    return Cues.load()


@pytest.fixture(scope="module")
def parsed(nlp: Language) -> dict[str, Doc]:
    """Every sentence of the tables, parsed once."""
    texts = {row[0] for row in _rows("factuality.tsv", 8)}
    texts |= {text for row in _rows("turns.tsv", 4) for text in (row[0], row[1])}
    ordered = sorted(texts)
    return dict(zip(ordered, nlp.pipe(ordered), strict=True))


def judged(doc: Doc, trigger: str, cues: Cues) -> tuple[Judgement, Attribution | None]:
    """The judgement of a trigger word ("word" or "word#2"), and the attribution that it stands in."""
    word, _, number = trigger.partition("#")
    places = [token.i for token in doc if token.text == word]
    document = Document(id="case", text=doc.text)
    attributions = find_attributions(document, doc, Actors(), cues)
    judgement = Judge(doc, attributions, cues).judge(places[int(number or 1) - 1])
    return judgement, next((a for a in attributions if a.id == judgement.attribution), None)


@pytest.mark.parametrize(("sentence", "trigger", "polarity", "certainty", "tense", "conditional", "holder"), _table())
def test_table(
    sentence: str, trigger: str, polarity: str, certainty: str, tense: str, conditional: str, holder: str,
    parsed: dict[str, Doc], cues: Cues,
) -> None:  # fmt: skip
    judgement, attribution = judged(parsed[sentence], trigger, cues)
    found = (judgement.polarity, judgement.certainty, judgement.tense, "yes" if judgement.conditional else "no")
    assert found == (polarity, certainty, tense, conditional)
    source = "author" if attribution is None else " ".join(s.of(sentence) for s in attribution.source) or "somebody"
    assert holder in re.findall(r"[\w-]+", source)


def _asserted(judgement: Judgement) -> bool:
    return (
        judgement.attribution is None
        and (judgement.polarity, judgement.certainty) == ("positive", "certain")
        and judgement.tense != "future"
        and not judgement.conditional
    )


@pytest.mark.parametrize(
    ("plain", "turned", "trigger", "turned_trigger"),
    [pytest.param(*row, id=row[1][:70]) for row in _rows("turns.tsv", 4)],
)
def test_a_word_turns_an_assertion(
    plain: str, turned: str, trigger: str, turned_trigger: str, parsed: dict[str, Doc], cues: Cues
) -> None:
    assert _asserted(judged(parsed[plain], trigger, cues)[0])
    assert not _asserted(judged(parsed[turned], turned_trigger or trigger, cues)[0])


def test_decisive_words_are_named(nlp: Language, cues: Cues) -> None:
    doc = nlp("The mayor did not meet the strikers.")
    judgement, _ = judged(doc, "meet", cues)
    assert ("polarity", "not") in [(what, span.of(doc.text)) for what, span in judgement.words]


# -- the status table ------------------------------------------------------------------------------

SAID = Report("r", "d", 0, 9, Span(2, 5), "positive", "certain", "past", "rule")
HELD = replace(SAID, holder="actor-0-1", attribution="attribution-2-3")
DENIED = replace(HELD, polarity="negative")


@pytest.mark.parametrize(
    ("report", "stance", "status"),
    [
        (SAID, None, "asserted"),
        (replace(SAID, tense="present"), None, "asserted"),
        (replace(SAID, polarity="negative"), None, "denied"),
        (replace(SAID, polarity="negative", tense="future"), None, "denied"),
        (replace(SAID, tense="future"), None, "expected"),
        (replace(SAID, certainty="probable"), None, "expected"),
        (replace(SAID, certainty="possible"), None, "hypothetical"),
        (replace(SAID, certainty="unknown"), None, "reported"),
        (replace(SAID, conditional=True), None, "hypothetical"),
        (replace(SAID, conditional=True, polarity="negative"), None, "hypothetical"),
        (HELD, "assert", "reported"),
        (HELD, "believe", "reported"),
        (replace(SAID, attribution="attribution-2-3"), "believe", "reported"),
        (DENIED, "deny", "denied"),
        (replace(HELD, tense="future"), "promise", "expected"),
        (HELD, "demand", "expected"),
        (replace(DENIED, tense="future"), "demand", "hypothetical"),
        (replace(DENIED, tense="future"), "promise", "denied"),
        (replace(HELD, conditional=True), "fear", "hypothetical"),
    ],
)
def test_status_of_a_report(report: Report, stance: Stance | None, status: Status) -> None:
    assert report_status(report, stance) == status


@pytest.mark.parametrize(
    ("reports", "status"),
    [
        ([(SAID, None), (DENIED, "deny")], "disputed"),
        ([(HELD, "assert"), (replace(DENIED, holder="actor-5-6"), "deny")], "disputed"),
        ([(SAID, None), (replace(SAID, doc="e", polarity="negative"), None)], "disputed"),
        ([(DENIED, "deny"), (replace(HELD, tense="future"), "promise")], "denied"),
        ([(DENIED, "deny"), (replace(SAID, polarity="negative"), None)], "denied"),
        ([(HELD, "assert"), (SAID, None)], "asserted"),
        ([(replace(SAID, tense="future"), None), (replace(SAID, doc="e"), None)], "asserted"),
        ([(replace(SAID, tense="future"), None), (HELD, "assert")], "reported"),
        ([(replace(SAID, conditional=True), None), (replace(SAID, tense="future"), None)], "expected"),
        ([(replace(SAID, conditional=True), None)], "hypothetical"),
        ([(HELD, "assert"), (DENIED, "deny")], "reported"),
    ],
)
def test_status_of_an_event(reports: list[tuple[Report, Stance | None]], status: Status) -> None:
    assert event_status(reports) == status
    assert event_status(reversed(reports)) == status


def test_an_event_without_reports_has_no_status() -> None:
    with pytest.raises(ValueError, match="without a report"):
        event_status([])
