"""Rules and the learned coder together: what stands between two actors of a parsed text, and how sure that is.

The rules speak first. The learned coder looks at the same pair, weighs what they said, and may say otherwise; it alone
speaks of verbs that no line of the code book has.

>>> [name for name in ("Decider", "plain_trigger") if name in __all__]
['Decider', 'plain_trigger']
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extract.events.codebook import Codebook, Trigger
from kg.extract.events.features import Features, pair_features, sentence_features
from kg.extract.events.learned import Guess, LearnedCoder, word_vectors
from kg.extract.events.regression import Array, mean_vector
from kg.model import Span

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from kg.extract.events.coding import Coder

__all__ = ["Decider", "plain_trigger"]


# Probabilities of "none" from which on the learned coder silences the rules: of a sentence alone; of a doubtful one, if
# nothing seems to relate the actors either; of one where no actor acts ("sleep ambushed the driver"); of a given pair.
_EVENTLESS, _DOUBTFUL, _UNRELATED, _IMPERSONAL, _GIVEN = 0.6, 0.4, 0.5, 0.15, 0.7


class Decider:
    """The learned coder at work on one document.

    Args:
        doc: the parse.
        coder: of the same document.
        learned: the fitted weights.
    """

    __slots__ = ("_coder", "_doc", "_learned", "_seen", "_sentences")

    def __init__(self, doc: Doc, coder: Coder, learned: LearnedCoder) -> None:
        self._doc = doc
        self._coder = coder
        self._learned = learned
        self._sentences: dict[int, float] = {}
        self._seen: dict[tuple[Span, Span], tuple[Features, Array]] = {}

    def guess(self, source: Span, target: Span, *, rule: str | None = None, confidence: float = 0.0) -> Guess | None:
        """The likeliest type between two spans; None where they overlap or hold no word."""
        features, vector = self._features(source, target)
        if not features.names:
            return None
        return self._learned.guess(features, vector, rule=rule, confidence=confidence)

    def silences(self, i: int, pair: tuple[Span, Span] | None, *, personal: bool) -> bool:
        """Whether the word `i`, with these actors, is no event: its sentence is about sport, weather or the like.

        Args:
            i: the trigger.
            pair: source and target, or None where one is missing.
            personal: an actor is the source, or nobody is.
        """
        sentence = self._eventless(self._coder.tree.sentences[i])
        if sentence < (_DOUBTFUL if personal else _IMPERSONAL):
            return False
        return sentence >= _EVENTLESS or not personal or pair is None or self._none(*pair) >= _UNRELATED

    def unrelated(self, source: Span, target: Span) -> bool:
        """Whether nothing relates two given actors, whatever the rules say."""
        return self._none(source, target) >= _GIVEN

    def _eventless(self, number: int) -> float:
        if number not in self._sentences:
            names, tokens = sentence_features(self._coder, number)
            self._sentences[number] = self._learned.eventless(names, mean_vector(self._doc, tokens))
        return self._sentences[number]

    def _none(self, source: Span, target: Span) -> float:
        features, vector = self._features(source, target)
        return self._learned.unrelated(features, vector) if features.names else 0.0

    def support(self, source: Span, target: Span, *, rule: str, confidence: float) -> float:
        """How likely the type that a rule gives is; the rule's own confidence where the spans overlap."""
        features, vector = self._features(source, target)
        return self._learned.support(features, vector, rule, confidence) if features.names else confidence

    def trigger(self, source: Span, target: Span) -> int | None:
        """The word that tells what is between the two."""
        return next(iter(self._features(source, target)[0].triggers), None)

    def _features(self, source: Span, target: Span) -> tuple[Features, Array]:
        known = self._seen.get((source, target))
        if known is None:
            one, two = self._tokens(source), self._tokens(target)
            features = pair_features(self._coder, set() if one & two else one, two)
            known = features, word_vectors(features, self._doc)
            self._seen[source, target] = known
        return known

    def _tokens(self, span: Span) -> set[int]:
        return self._coder.tree.within(span.start, span.end)


def plain_trigger(codebook: Codebook, plover: str, word: str, rule: str) -> Trigger:
    """A trigger of a type without any line: the plainest class of the type, the frame of a verb.

    Raises:
        DataError: lists.tsv has no plain class for the type.
    """
    kind = codebook.plain_class(plover)
    root = None if kind.cameo is None else kind.cameo[:2]
    return Trigger(
        word=word, second="", pos="v", type=kind.name, plover=kind.plover, cameo=root, frame=codebook.frames["verb"],
        conditions=(), inner="apart", rule=rule,
    )  # fmt: skip
