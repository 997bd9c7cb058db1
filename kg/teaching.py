"""Teaches the learned coder from the example sentences of the code book, and says how well it learned them.

`teach()` parses the examples, fits the weights and measures them on sentences that were left out (`Lesson`);
`kg codebook train` writes them to ontologies/codebook/weights.npz.

>>> Score.of(["AID", "AID", "none"], ["AID", None, "none"])
Score(right=0.667, types=0.833)
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.data import data_path
from kg.extract import Extractor
from kg.extract.events.examples import NONE, load_examples
from kg.extract.events.learned import LearnedCoder
from kg.extract.events.training import LABELS, Weighed, fit, out_of_fold, read_examples
from kg.text.annotate import annotate, load_model

__all__ = ["Lesson", "Score", "teach", "weights_path"]


@dataclass(frozen=True, slots=True)
class Score:
    """How many labels are right, and the mean F1 of the labels."""

    right: float
    types: float

    @classmethod
    def of(cls, gold: Sequence[str], found: Sequence[str | None]) -> Score:
        """Of labels beside each other."""
        pairs = list(zip(gold, found, strict=True))
        f1 = []
        for label in sorted(set(gold)):
            hit = sum(g == f == label for g, f in pairs)
            f1.append(2 * hit / (sum(g == label for g, _ in pairs) + sum(f == label for _, f in pairs)))
        return cls(round(sum(g == f for g, f in pairs) / len(pairs), 3), round(sum(f1) / len(f1), 3))


@dataclass(frozen=True, slots=True)
class Lesson:
    """The fitted coder, and how the examples are coded out of fold.

    Attributes:
        rules, model, both: scores of the rules alone, the learned coder alone, and the two together.
        error: mean difference between the confidence of the answers and the share that is right, in ten bins.
    """

    coder: LearnedCoder
    pairs: int
    rules: Score
    model: Score
    both: Score
    error: float


def teach() -> Lesson:
    """Fit the learned coder to all examples.

    Raises:
        DataError: an example or a table cannot be read.
        KGError: scikit-learn is not installed.
    """
    nlp = load_model()
    extractor = Extractor.load(learned=False)
    sentences = list(read_examples(load_examples(), extractor, lambda texts: annotate(texts, nlp)))
    pairs, left_out = out_of_fold(sentences)
    weighed = Weighed.of(pairs, left_out)
    coder = fit(sentences, weighed)
    gold = [pair.label for pair in pairs]
    return Lesson(
        coder=coder,
        pairs=len(pairs),
        rules=Score.of(gold, [pair.rule or NONE for pair in pairs]),
        model=Score.of(gold, [LABELS[i] for i in left_out.argmax(axis=1)]),
        both=Score.of(gold, [label for label, _ in weighed.answers]),
        error=weighed.calibration_error(gold),
    )


def weights_path() -> Path:
    """Where the weights are read from and written to."""
    return data_path("ontologies", "codebook") / "weights.npz"
