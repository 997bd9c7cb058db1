"""The example sentences: enough of each type, varied, and errors with their place."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import get_args

import pytest

from kg.errors import DataError
from kg.extract.events.examples import NONE, Example, load_examples, read_example
from kg.model import Plover

HEADER = "type\tstyle\tregion\tdecade\tregister\tsentence\n"


@pytest.fixture(scope="module")
def examples() -> tuple[Example, ...]:
    return load_examples()


def test_there_are_enough_of_each_type(examples: tuple[Example, ...]) -> None:
    counts = Counter(example.label for example in examples)
    assert all(counts[plover] >= 240 for plover in get_args(Plover)), counts
    assert counts[NONE] >= 300


@pytest.mark.parametrize("label", [*get_args(Plover), NONE])
def test_they_are_varied(examples: tuple[Example, ...], label: str) -> None:
    own = [example for example in examples if example.label == label]
    regions = Counter(example.region for example in own)
    decades = Counter(example.decade for example in own)
    assert len(regions) == 9
    assert max(regions.values()) <= 0.25 * len(own), regions
    assert len(decades) >= 8, decades
    assert len({example.register for example in own}) >= 7
    if label != NONE:
        words = Counter(example.triggers[0].of(example.text).lower() for example in own)
        assert len(words) >= 100, words.most_common(5)


def test_marks_lie_on_the_text(examples: tuple[Example, ...]) -> None:
    for example in examples:
        for span in (*example.sources, *example.targets, *example.triggers):
            assert span.of(example.text).strip() == span.of(example.text), example.place
        assert "{" not in example.text, example.place


def test_most_have_both_actors(examples: tuple[Example, ...]) -> None:
    marked = [bool(example.sources and example.targets) for example in examples if example.label != NONE]
    assert sum(marked) / len(marked) >= 0.95


@pytest.mark.parametrize(
    ("label", "sentence", "problem"),
    [
        ("AIDS", "{trigger Rain}", "unknown type"),
        ("AID", "{source Chad} fed {target Mali}.", "needs one"),
        ("AID", "{source Chad} {trigger fed} {victim Mali}.", "brace"),
        ("AID", "{trigger Chad} {trigger fed} Mali.", "needs one"),
    ],
)
def test_a_wrong_example_is_named(label: str, sentence: str, problem: str) -> None:
    with pytest.raises(DataError, match=problem):
        read_example(label, sentence)


@pytest.mark.parametrize(
    ("rows", "place"),
    [
        ("AID\tplain\tafrica\t1990s\tlead\n", "aid.tsv:2"),
        ("none\tplain\tafrica\t1990s\tlead\tIt rained.\nnone\tplain\tasia\t1990s\tlead\tIt rained!\n", "aid.tsv:3"),
    ],
)
def test_a_wrong_row_is_named(tmp_path: Path, rows: str, place: str) -> None:
    (tmp_path / "aid.tsv").write_text(HEADER + rows, encoding="utf-8")
    with pytest.raises(DataError) as caught:
        load_examples(tmp_path)
    assert caught.value.place.endswith(place)


def test_a_wrong_header_is_named(tmp_path: Path) -> None:
    (tmp_path / "aid.tsv").write_text("type\tsentence\n", encoding="utf-8")
    with pytest.raises(DataError, match="header"):
        load_examples(tmp_path)
