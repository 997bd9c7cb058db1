"""The learned coder: how likely each PLOVER type is, and which features say so.

Three logistic regressions, fitted on the example sentences of the code book (`training`). One sees a pair of actors and
the way between them: it speaks where the rules are silent, and overrules a weak rule, seldom a sure one. One sees a
verb that no line of the code book has, with its subject and object. One sees a whole sentence, and knows sport, weather
and markets from politics. The confidence weighs rule and coder: the log-odds of a rule's type are raised by as
rules of that strength proved right on plain examples.

>>> coder = LearnedCoder.load()
>>> len(coder.pairs.labels), coder.pairs.labels[-1]
(16, 'none')
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zipfile import BadZipFile

import numpy as np

from kg.data import data_path
from kg.errors import DataError
from kg.extract.events.examples import NONE
from kg.extract.events.features import Features
from kg.extract.events.regression import Array, Regression, mean_vector, normal

if TYPE_CHECKING:
    from spacy.tokens import Doc

__all__ = ["STRENGTHS", "Guess", "LearnedCoder", "decide", "strength", "word_vectors"]

STRENGTHS = (0.0, 0.25, 0.6, 0.85)  # confidence of a rule from which on it counts as weak, fair, firm, sure
TRUST = (0.5, 1.5, 2.5, 3.5)  # log-odds that a rule of each strength adds to its type
_FILE = ("ontologies", "codebook", "weights.npz")


@dataclass(frozen=True, slots=True)
class Guess:
    """What the coder makes of a pair or a verb.

    Attributes:
        label: PLOVER type, or "none".
        probability: of that label; calibrated on sentences that it was not fitted on.
        reasons: the features that speak most for it, with their weights.
    """

    label: str
    probability: float
    reasons: tuple[str, ...]

    @property
    def rule(self) -> str:
        """To be named as evidence."""
        return f"learned coder: {', '.join(self.reasons)}"


@dataclass(frozen=True, slots=True, eq=False)
class LearnedCoder:
    """The fitted weights.

    Attributes:
        pairs: of pairs of actors; `verbs`: of verbs that the code book does not have; `sentences`: of whole sentences.
        scale: of rules and coder together, so that a confidence is the share of such answers that is right.
    """

    pairs: Regression
    verbs: Regression
    sentences: Regression
    scale: float

    @classmethod
    def load(cls, path: Path | None = None) -> LearnedCoder:
        """From ontologies/codebook/weights.npz, or another file.

        Raises:
            DataError: the file is missing or no such file.
        """
        path = path or data_path(*_FILE[:-1]) / _FILE[-1]
        try:
            with np.load(path, allow_pickle=False) as file:
                labels = tuple(file["labels"].tobytes().decode().split("\n"))
                return cls(
                    pairs=Regression.of_arrays(labels, file, "pair_"),
                    verbs=Regression.of_arrays(labels, file, "verb_"),
                    sentences=Regression.of_arrays(labels, file, "sentence_"),
                    scale=float(file["scale"]),
                )
        except (OSError, EOFError, ValueError, KeyError, BadZipFile) as error:
            raise DataError(str(path), f"cannot be read: {error}", remedy="kg codebook train writes it") from error

    def save(self, path: Path) -> None:
        """Write the weights; the same weights give the same bytes."""
        arrays: dict[str, Any] = {
            "labels": np.frombuffer("\n".join(self.pairs.labels).encode(), dtype=np.uint8),
            "scale": np.float32(self.scale),
            **self.pairs.arrays("pair_"),
            **self.verbs.arrays("verb_"),
            **self.sentences.arrays("sentence_"),
        }
        with path.open("wb") as file:
            np.savez_compressed(file, **arrays)

    def guess(self, features: Features, vector: Array, *, rule: str | None = None, confidence: float = 0.0) -> Guess:
        """The likeliest label of a pair, the rule weighed in.

        Args:
            features, vector: of the pair.
            rule: the type that the rules give, or None.
            confidence: how sure the rule is.
        """
        alone = self.pairs.log_probabilities(features.names, vector)
        ruled = None if rule is None else self.pairs.labels.index(rule)
        label, probability = decide(alone, ruled, confidence, scale=self.scale)
        return Guess(self.pairs.labels[label], round(probability, 2), self.pairs.reasons(features.names, label))

    def support(self, features: Features, vector: Array, rule: str, confidence: float) -> float:
        """The probability of the type that a rule gives."""
        ruled = self.pairs.labels.index(rule)
        scores = _weighed(self.pairs.log_probabilities(features.names, vector), ruled, confidence, self.scale)
        return round(float(np.exp(scores[ruled])), 2)

    def eventless(self, names: Sequence[str], vector: Array) -> float:
        """The probability that a sentence holds no event at all."""
        return _none(self.sentences, names, vector)

    def unrelated(self, features: Features, vector: Array) -> float:
        """The probability that nothing relates a pair, whatever the rules say."""
        return _none(self.pairs, features.names, vector)

    def verb(self, names: Sequence[str], vector: Array) -> Guess:
        """The label of a verb that the code book does not have."""
        scores = self.verbs.log_probabilities(names, vector)
        best = int(scores.argmax())
        return Guess(self.verbs.labels[best], round(float(np.exp(scores[best])), 2), self.verbs.reasons(names, best))


def _none(regression: Regression, names: Sequence[str], vector: Array) -> float:
    scores = regression.log_probabilities(names, vector)
    return float(np.exp(scores[regression.labels.index(NONE)]))


def decide(alone: Array, rule: int | None, confidence: float, *, scale: float) -> tuple[int, float]:
    """A label and its probability.

    Args:
        alone: log-probabilities of the learned coder.
        rule: label of the rules, or None; `confidence`: how sure they are.
        scale: of both together.
    """
    scores = _weighed(alone, rule, confidence, scale)
    best = int(scores.argmax())
    return best, float(np.exp(scores[best]))


def _weighed(alone: Array, rule: int | None, confidence: float, scale: float) -> Array:
    scores = alone.copy()
    if rule is not None:
        scores[rule] += TRUST[strength(confidence)]
    return normal(np.float32(scale) * scores)


def strength(confidence: float) -> int:
    """0 weak, 1 fair, 2 firm, 3 sure.

    >>> [strength(c) for c in (0.2, 0.5, 0.8, 0.95)]
    [0, 1, 2, 3]
    """
    return sum(confidence >= least for least in STRENGTHS) - 1


def word_vectors(features: Features, doc: Doc) -> Array:
    """The mean unit vector of each block of words, one after the other; zeros for an empty block."""
    return np.concatenate([mean_vector(doc, block) for block in features.words]).astype(np.float32)
