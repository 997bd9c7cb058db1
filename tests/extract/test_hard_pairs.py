"""Hard pairs: a sentence in which an event happens, and its like in which the same words say something else."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Literal, get_args

import pytest

from kg.model import Plover
from tests.extract.coded import parsed

if TYPE_CHECKING:
    from _pytest.mark import ParameterSet
    from spacy.language import Language

_TABLE = Path(__file__).parent.parent / "cases" / "hard_pairs.tsv"
_COLUMNS = {"event": 2, "twin": 3}


def _rows() -> list[list[str]]:
    """Type, trap, event, twin, and what fails today: "event: why" or "twin: why", or nothing."""
    lines = [line for line in _TABLE.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    return [(line.split("\t") + [""] * 5)[:5] for line in lines[1:]]


def _half(name: Literal["event", "twin"]) -> list[ParameterSet]:
    found = []
    for row in _rows():
        half, _, reason = row[4].partition(": ")
        marks = [pytest.mark.xfail(strict=True, reason=reason)] if half == name else []
        text = row[_COLUMNS[name]]
        found.append(pytest.param(row[0], text, marks=marks, id=f"{row[0]} {row[1]}: {text[:50]}"))
    return found


def _coded(nlp: Language, text: str) -> list[tuple[str | None, str, str]]:
    """PLOVER type, trigger and rule of each event."""
    reports = [(event.plover, event.reports[0]) for event in parsed(nlp, text).events]
    return [(plover, text[r.trigger.start : r.trigger.end], r.rule) for plover, r in reports]


@pytest.mark.parametrize(("plover", "text"), _half("event"))
def test_the_event_is_found(nlp: Language, plover: str, text: str) -> None:
    coded = _coded(nlp, text)
    assert plover in [found for found, _, _ in coded], coded


@pytest.mark.parametrize(("plover", "text"), _half("twin"))
def test_its_twin_has_none_of_that_type(nlp: Language, plover: str, text: str) -> None:
    assert [found for found in _coded(nlp, text) if found[0] == plover] == []


def test_the_table_is_whole() -> None:
    rows = _rows()
    counts = Counter(row[0] for row in rows)
    assert set(counts) == set(get_args(Plover))
    assert min(counts.values()) >= 10
    assert len(rows) >= 200
    sentences = [sentence for row in rows for sentence in row[2:4]]
    assert len(set(sentences)) == len(sentences)
    assert [s for s in sentences if not 6 <= len(s.split()) <= 25] == []
    assert [row[4] for row in rows if row[4] and not row[4].startswith(("event: ", "twin: "))] == []
