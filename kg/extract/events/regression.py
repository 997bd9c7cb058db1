"""A fitted multinomial logistic regression over named features and word vectors.

>>> import numpy as np
>>> fitted = Regression(("AID", "none"), {"v=feed": 0}, np.array([[2.0, 0.0]]), np.zeros((1, 2)), np.zeros(2))
>>> (np.exp(fitted.log_probabilities(("v=feed", "v=sing"), np.zeros(1))) * 100).round().tolist()
[88.0, 12.0]
>>> fitted.reasons(("v=feed",), 0)
('v=feed +1.0',)
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from spacy.tokens import Doc

__all__ = ["Array", "Regression", "mean_vector", "normal"]

Array = NDArray[np.float32]
_REASONS = 3


@dataclass(frozen=True, slots=True, eq=False)
class Regression:
    """Weights of named features and of vector dimensions.

    Attributes:
        labels: in order of the columns.
        index: row of `weights` for each name.
        weights: (names, labels); `vectors`: (dimensions, labels); `bias`: (labels,).
    """

    labels: tuple[str, ...]
    index: Mapping[str, int]
    weights: Array
    vectors: Array
    bias: Array

    def log_probabilities(self, names: Iterable[str], vector: Array) -> Array:
        """Of each label."""
        rows = sorted({self.index[name] for name in names if name in self.index})
        scores = self.bias + vector @ self.vectors
        if rows:
            scores = scores + self.weights[rows].sum(axis=0)
        return normal(scores)

    def reasons(self, names: Iterable[str], label: int) -> tuple[str, ...]:
        """The names that speak most for a label, against the mean of the others."""
        found = []
        for name in dict.fromkeys(names):
            row = self.index.get(name)
            if row is not None:
                weights = self.weights[row]
                found.append((float(weights[label] - weights.mean()), name))
        found.sort(key=lambda item: (-item[0], item[1]))
        return tuple(f"{name} {weight:+.1f}" for weight, name in found[:_REASONS] if weight > 0)

    def arrays(self, prefix: str) -> dict[str, NDArray[np.generic]]:
        """To be saved, names first; `of_arrays` reads them back."""
        names = "\n".join(sorted(self.index, key=self.index.__getitem__))
        return {
            f"{prefix}names": np.frombuffer(names.encode(), dtype=np.uint8),
            f"{prefix}weights": self.weights.astype(np.float16),
            f"{prefix}vectors": self.vectors.astype(np.float16),
            f"{prefix}bias": self.bias.astype(np.float32),
        }

    @classmethod
    def of_arrays(cls, labels: tuple[str, ...], file: Mapping[str, NDArray[np.generic]], prefix: str) -> Regression:
        """What `arrays` gave.

        Raises:
            KeyError: an array is missing.
        """
        names = file[f"{prefix}names"].tobytes().decode().split("\n")
        return cls(
            labels,
            {name: row for row, name in enumerate(names)},
            np.asarray(file[f"{prefix}weights"], dtype=np.float32),
            np.asarray(file[f"{prefix}vectors"], dtype=np.float32),
            np.asarray(file[f"{prefix}bias"], dtype=np.float32),
        )


def mean_vector(doc: Doc, tokens: Sequence[int]) -> Array:
    """The mean of the unit vectors of some words; zeros where none has a vector."""
    total, count = np.zeros(doc.vocab.vectors_length, dtype=np.float32), 0
    for i in tokens:
        vector = np.asarray(doc[i].vector, dtype=np.float32)
        norm = float(vector @ vector) ** 0.5
        if norm:
            total += vector / norm
            count += 1
    return total / np.float32(count) if count else total


def normal(scores: Array) -> Array:
    """Log-probabilities of scores."""
    shifted = scores - scores.max()
    return np.asarray(shifted - np.log(np.exp(shifted).sum()), dtype=np.float32)
