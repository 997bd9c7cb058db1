"""Fits the learned coder to the example sentences of the code book.

`read_examples` turns each example into pairs of actors, with their features, label and the rules' answer, and into
verbs; `fit` makes a `LearnedCoder` of them. `out_of_fold` codes each pair with a coder that was fitted without its
sentence, which is what accuracy and calibration are measured on (`Weighed`). scikit-learn is needed here (the extra
`train`), not for coding.

>>> fold_of("Rebels shelled Juba.") == fold_of("Rebels shelled Juba.") < FOLDS
True
"""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise
from typing import TYPE_CHECKING, get_args

import numpy as np
from numpy.typing import NDArray

from kg.errors import KGError
from kg.extract.actors import find_actors
from kg.extract.attribution import find_attributions
from kg.extract.events.examples import NONE, Example
from kg.extract.events.features import Features, pair_features, sentence_features
from kg.extract.events.finding import Coding, code_document
from kg.extract.events.learned import LearnedCoder, decide, word_vectors
from kg.extract.events.pairs import rule_code
from kg.extract.events.regression import Array, Regression, mean_vector
from kg.extract.events.unlisted import VerbFeatures, is_verb, verb_features
from kg.extract.factuality import Judge
from kg.model import Document, Plover, Span
from kg.text.structure import segments

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from kg.extract import Extractor

__all__ = [
    "FOLDS", "TrainingPair", "TrainingSentence", "Weighed", "eventless_out_of_fold", "fit", "fold_of", "out_of_fold",
    "read_examples",
]  # fmt: skip

FOLDS = 5
LABELS = (*get_args(Plover), NONE)
_PENALTY = 0.1  # inverse strength of the L2 penalty; chosen by the accuracy out of fold
_VECTORS = 2.0  # how much a word vector weighs beside a name
_VERB_PENALTY, _VERB_VECTORS = 0.3, 3.0
_UNSEEN = -9.0  # bias of a label without any example
_RARE = 2  # names that fewer sentences have are left out
_NONE_PAIRS = 2  # pairs of actors taken from a sentence without an event
_BINS = 10
Annotate = Callable[[Iterable[Document]], Iterable[tuple["Document", "Doc"]]]


@dataclass(frozen=True, slots=True, eq=False)
class TrainingPair:
    """A pair of actors of an example.

    Attributes:
        label: PLOVER type or "none".
        style: of the example.
        rule, confidence: what the rules say of the pair alone.
    """

    label: str
    style: str
    features: Features
    vector: Array
    rule: str | None
    confidence: float


@dataclass(frozen=True, slots=True, eq=False)
class TrainingSentence:
    """An example with its pairs and verbs, and the features of the whole.

    Attributes:
        fold: which part of the examples it belongs to.
    """

    example: Example
    fold: int
    pairs: tuple[TrainingPair, ...]
    verbs: tuple[tuple[str, VerbFeatures], ...]
    names: tuple[str, ...]
    vector: Array


@dataclass(frozen=True, slots=True, eq=False)
class Weighed:
    """Rules and model together, out of fold.

    Attributes:
        scale: that makes the probabilities fit the labels of the plain examples best.
        answers: label and probability of each pair.
    """

    scale: float
    answers: tuple[tuple[str, float], ...]

    @classmethod
    def of(cls, pairs: Sequence[TrainingPair], scores: Array) -> Weighed:
        """Of log-probabilities (pairs, labels) of the model, out of fold."""
        from scipy.optimize import minimize_scalar

        rows = [
            (alone, None if pair.rule is None else LABELS.index(pair.rule), pair.confidence)
            for pair, alone in zip(pairs, scores, strict=True)
        ]
        plain = [number for number, pair in enumerate(pairs) if pair.style == "plain"]

        def loss(scale: float) -> float:
            total = 0.0
            for number in plain:
                label, probability = decide(*rows[number], scale=scale)
                right = LABELS[label] == pairs[number].label
                total -= float(np.log(max(probability if right else 1 - probability, 1e-9)))
            return total

        scale = round(float(minimize_scalar(loss, bounds=(0.2, 3.0), method="bounded").x), 3)
        found = [decide(*row, scale=scale) for row in rows]
        return cls(scale, tuple((LABELS[label], probability) for label, probability in found))

    def calibration_error(self, gold: Sequence[str]) -> float:
        """Mean distance between confidence and the share that is right, over bins of confidence."""
        sure = np.array([probability for _, probability in self.answers])
        right = np.array([label == wanted for (label, _), wanted in zip(self.answers, gold, strict=True)])
        bins = np.minimum((sure * _BINS).astype(int), _BINS - 1)
        gaps = (abs(sure[bins == b].sum() - right[bins == b].sum()) for b in range(_BINS))
        return round(float(sum(gaps)) / len(right), 3)


def fold_of(text: str) -> int:
    """The part that a sentence belongs to, whatever else there is."""
    return zlib.crc32(text.encode()) % FOLDS


def read_examples(examples: Sequence[Example], extractor: Extractor, annotate: Annotate) -> Iterator[TrainingSentence]:
    """The pairs of every example (the marked one, or the first actors of an eventless sentence), and its verbs."""
    documents = [Document(f"{number}", example.text) for number, example in enumerate(examples)]
    for example, (document, doc) in zip(examples, annotate(documents), strict=True):
        actors = find_actors(document, doc, extractor.gazetteer, segments(document.text))
        judge = Judge(doc, find_attributions(document, doc, actors, extractor.cues), extractor.cues, text=document.text)
        coding = code_document(doc, actors, extractor.codebook)
        pairs = []
        spans = _marked(example) if example.label != NONE else _first([Span(m.start, m.end) for m in actors.mentions])
        for source, target in spans:
            one, two = coding.tree.within(source.start, source.end), coding.tree.within(target.start, target.end)
            if not one or not two or one & two:
                continue
            features = pair_features(coding.coder, one, two)
            rule = rule_code(coding, source, target, judge=judge)
            vector = word_vectors(features, doc)
            pairs.append(TrainingPair(example.label, example.style, features, vector, rule.plover, rule.confidence))
        names, tokens = sentence_features(coding.coder, 0)
        yield TrainingSentence(
            example, fold_of(example.text), tuple(pairs), tuple(_verbs(example, doc, coding)), names,
            mean_vector(doc, tokens),
        )  # fmt: skip


def fit(sentences: Sequence[TrainingSentence], weighed: Weighed) -> LearnedCoder:
    """The coder of these sentences, with the scale that fitted best out of fold.

    Raises:
        KGError: scikit-learn is not installed.
    """
    verbs = [verb for sentence in sentences for verb in sentence.verbs]
    return LearnedCoder(
        pairs=_fit_pairs([pair for sentence in sentences for pair in sentence.pairs]),
        verbs=_regression(
            [label for label, _ in verbs], [seen.names for _, seen in verbs], [seen.vector for _, seen in verbs],
            penalty=_VERB_PENALTY, scale=_VERB_VECTORS,
        ),
        sentences=_fit_sentences(sentences),
        scale=weighed.scale,
    )  # fmt: skip


def eventless_out_of_fold(sentences: Sequence[TrainingSentence]) -> NDArray[np.float64]:
    """How probable it is that each sentence holds no event, by a coder that did not see its part."""
    found = np.zeros(len(sentences))
    for fold in range(FOLDS):
        coder = _fit_sentences([s for s in sentences if s.fold != fold])
        for number, sentence in enumerate(sentences):
            if sentence.fold == fold:
                found[number] = np.exp(coder.log_probabilities(sentence.names, sentence.vector)[LABELS.index(NONE)])
    return found


def out_of_fold(
    sentences: Sequence[TrainingSentence], *, folds: Iterable[int] = range(FOLDS)
) -> tuple[list[TrainingPair], Array]:
    """The pairs of some parts, and log-probabilities (pairs, labels) by a coder that did not see their part."""
    pairs: list[TrainingPair] = []
    scores: list[Array] = []
    for fold in folds:
        coder = _fit_pairs([pair for s in sentences if s.fold != fold for pair in s.pairs])
        for pair in (pair for s in sentences if s.fold == fold for pair in s.pairs):
            pairs.append(pair)
            scores.append(coder.log_probabilities(pair.features.names, pair.vector))
    return pairs, np.array(scores, dtype=np.float32)


def _verbs(example: Example, doc: Doc, coding: Coding) -> Iterator[tuple[str, VerbFeatures]]:
    """The marked verb with its type; verbs of eventless sentences, and unlisted ones beside a plain event, as none."""
    coder = coding.coder
    marked = {i for span in example.triggers for i in coding.tree.within(span.start, span.end)}
    for i in range(len(coding.tree.words)):
        if not is_verb(coder, i):
            continue
        if i in marked:
            yield example.label, verb_features(doc, coder, i)
        elif example.label == NONE or (example.style == "plain" and not coder.rows(i)):
            yield NONE, verb_features(doc, coder, i)


def _marked(example: Example) -> Iterator[tuple[Span, Span]]:
    if example.sources and example.targets:
        yield example.sources[0], example.targets[0]


def _first(mentions: Sequence[Span]) -> Iterator[tuple[Span, Span]]:
    for one, two in islice(pairwise(mentions), _NONE_PAIRS):
        if one.end <= two.start:
            yield one, two


def _fit_pairs(pairs: Sequence[TrainingPair]) -> Regression:
    return _regression(
        [pair.label for pair in pairs], [pair.features.names for pair in pairs], [pair.vector for pair in pairs],
        penalty=_PENALTY, scale=_VECTORS,
    )  # fmt: skip


def _fit_sentences(sentences: Sequence[TrainingSentence]) -> Regression:
    return _regression(
        [s.example.label for s in sentences], [s.names for s in sentences], [s.vector for s in sentences],
        penalty=_PENALTY, scale=_VECTORS,
    )  # fmt: skip


def _regression(
    labels: Sequence[str], names: Sequence[Sequence[str]], vectors: Sequence[Array], *, penalty: float, scale: float
) -> Regression:
    try:
        from scipy.sparse import csr_matrix, hstack
        from sklearn.linear_model import LogisticRegression
    except ImportError as error:
        remedy = "pip install kg-politics[train]"
        raise KGError("kg codebook train", "scikit-learn is not installed", remedy=remedy) from error
    counts = Counter(name for row in names for name in set(row))
    kept = sorted(name for name, count in counts.items() if count >= _RARE)
    index = {name: column for column, name in enumerate(kept)}
    rows, columns = [], []
    for row, found in enumerate(names):
        known = sorted({index[name] for name in found if name in index})
        rows += [row] * len(known)
        columns += known
    strings = csr_matrix((np.ones(len(rows)), (rows, columns)), shape=(len(labels), len(kept)))
    model = LogisticRegression(C=penalty, max_iter=500, tol=1e-3)
    model.fit(hstack([strings, csr_matrix(np.array(vectors) * scale)]).tocsr(), labels)
    weights = np.zeros((model.coef_.shape[1], len(LABELS)), dtype=np.float32)
    bias = np.full(len(LABELS), _UNSEEN, dtype=np.float32)
    for column, label in enumerate(model.classes_):
        weights[:, LABELS.index(label)] = model.coef_[column]
        bias[LABELS.index(label)] = model.intercept_[column]
    return Regression(LABELS, index, weights[: len(kept)], weights[len(kept) :] * np.float32(scale), bias)
