"""How well events are coded by rules, by the learned coder, and by both; and whether more examples would help.

Run `python -m benchmarks.coder`. Every figure is out of fold: a sentence is coded by a coder that never saw it. The
learning curve fits on a share of the other sentences and counts the pairs coded right by the learned coder alone.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence

from kg.extract import Extractor
from kg.extract.events.examples import NONE, load_examples
from kg.extract.events.training import (
    FOLDS,
    LABELS,
    TrainingSentence,
    Weighed,
    eventless_out_of_fold,
    out_of_fold,
    read_examples,
)  # fmt: skip
from kg.teaching import Score
from kg.text.annotate import annotate, load_model

__all__ = ["main"]

SHARES = (10, 25, 50, 75, 100)
STYLES = ("plain", "dense")


def main() -> None:
    """Print the three tables."""
    nlp = load_model()
    sentences = list(read_examples(load_examples(), Extractor.load(learned=False), lambda texts: annotate(texts, nlp)))
    pairs, scores = out_of_fold(sentences)
    weighed = Weighed.of(pairs, scores)
    print(f"{len(sentences)} sentences, {len(pairs)} pairs: share right and mean F1 of the types")
    for style in (*STYLES, "all"):
        chosen = [i for i, pair in enumerate(pairs) if style in (pair.style, "all")]
        gold = [pairs[i].label for i in chosen]
        answers = {
            "rules": [pairs[i].rule or NONE for i in chosen],
            "learned": [LABELS[int(scores[i].argmax())] for i in chosen],
            "both": [weighed.answers[i][0] for i in chosen],
        }
        told = (
            f"{name} {(score := Score.of(gold, found)).right:.3f} {score.types:.3f}" for name, found in answers.items()
        )
        print(f"  {style:6}", "   ".join(told))
    print(f"  confidence off by {weighed.calibration_error([pair.label for pair in pairs]):.3f}")
    found = eventless_out_of_fold(sentences)
    silent = [p for p, s in zip(found, sentences, strict=True) if s.example.label == NONE]
    told_off = [p for p, s in zip(found, sentences, strict=True) if s.example.label != NONE]
    print("eventless sentences known as such, and others taken for them")
    for least in (0.3, 0.4, 0.5, 0.7):
        print(f"  from {least}: {_share(silent, least):.3f} {_share(told_off, least):.3f}")
    print("learning curve: share of the examples, pairs right")
    for share in SHARES:
        print(f"  {share:3} %  {_learned_from(sentences, share):.3f}")


def _share(values: Sequence[float], least: float) -> float:
    return sum(value >= least for value in values) / len(values)


def _learned_from(sentences: Sequence[TrainingSentence], share: int) -> float:
    """The share of pairs right when only `share` per cent of each training part is used."""
    right = total = 0
    for fold in range(FOLDS):
        few = [s for s in sentences if s.fold == fold or zlib.crc32(s.example.text[::-1].encode()) % 100 < share]
        pairs, scores = out_of_fold(few, folds=(fold,))
        right += sum(LABELS[int(row.argmax())] == pair.label for pair, row in zip(pairs, scores, strict=True))
        total += len(pairs)
    return right / total


if __name__ == "__main__":
    main()
