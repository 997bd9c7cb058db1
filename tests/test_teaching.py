"""The weights in the repository are what the example sentences teach, and teach well."""

from __future__ import annotations

import numpy as np
import pytest

from kg.extract.events.learned import LearnedCoder
from kg.extract.events.regression import Regression
from kg.teaching import Lesson, teach

_TOLERANCE = 0.05  # of a weight: other processors round otherwise, and the file holds half floats


@pytest.fixture(scope="module")
def lesson() -> Lesson:
    return teach()


@pytest.mark.parametrize("part", ["pairs", "verbs", "sentences"])
def test_the_weights_are_those_of_the_examples(lesson: Lesson, part: str) -> None:
    kept: Regression = getattr(LearnedCoder.load(), part)
    taught: Regression = getattr(lesson.coder, part)
    assert taught.index == kept.index, "the examples or the code book changed: run make train"
    for name in ("weights", "vectors", "bias"):
        assert np.allclose(getattr(taught, name), getattr(kept, name), atol=_TOLERANCE), "run make train"


def test_the_lesson_is_learned(lesson: Lesson) -> None:
    assert lesson.pairs >= 4000
    assert lesson.both.right >= 0.75
    assert lesson.both.types >= 0.75
    assert lesson.both.right > lesson.rules.right + 0.05
    assert lesson.model.right > lesson.rules.right
    assert lesson.error <= 0.1
