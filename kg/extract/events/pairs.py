"""The code of a given pair: what this source does to that target, for people who have their own pairs.

Every event of the text is weighed: do its participants overlap with the two spans, does its trigger stand between
them in the parse? The best one gives the code. Where no event relates the two, a trigger word on the path between
them does, and after it any trigger word of the sentence: weak evidence. The learned coder then weighs what the rules
said, and has the last word.

>>> PairCode()  # where nothing relates them
PairCode(plover=None, cameo=None, quad=None, polarity=None, certainty=None, tense=None, confidence=0.0, rule=None)
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kg.extract.events import Coding, code_document
from kg.extract.events.arguments import Roles
from kg.extract.events.codebook import Codebook, Trigger, quad_class
from kg.extract.events.deciding import Decider
from kg.extract.events.examples import NONE
from kg.extract.events.features import span_head
from kg.extract.events.learned import LearnedCoder
from kg.model import Argument, Certainty, Plover, Polarity, Span, Tense

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from kg.extract.actors import Actors
    from kg.extract.factuality import Judge

__all__ = ["PairCode", "code_pair", "rule_code"]

_KIND = frozenset({"AGREE", "CONSULT", "SUPPORT", "COOPERATE", "AID", "YIELD"})


@dataclass(frozen=True, slots=True)
class PairCode:
    """The code of one pair; all None where nothing relates the two."""

    plover: Plover | None = None
    cameo: str | None = None
    quad: int | None = None
    polarity: Polarity | None = None
    certainty: Certainty | None = None
    tense: Tense | None = None
    confidence: float = 0.0
    rule: str | None = None


@dataclass(frozen=True, slots=True)
class _Candidate:
    trigger: Trigger
    i: int
    judged: int
    roles: Roles
    about: int | None
    bonus: float


def code_pair(
    doc: Doc, source: Span, target: Span, *, actors: Actors, judge: Judge, codebook: Codebook,
    learned: LearnedCoder | None = None,
) -> PairCode:  # fmt: skip
    """What `source` does to `target` in a parsed text: rules and learned coder together.

    Args:
        doc: the parse.
        source, target: characters of the two actors.
        actors: of the same document.
        judge: of the same document.
        codebook: the tables.
        learned: the learned coder, or None for the rules alone.
    """
    coding = code_document(doc, actors, codebook, learned)
    ruled = rule_code(coding, source, target, judge=judge)
    if learned is None:
        return ruled
    decider = Decider(doc, coding.coder, learned)
    if decider.unrelated(source, target):
        return PairCode()
    guess = decider.guess(source, target, rule=ruled.plover, confidence=ruled.confidence)
    if guess is None or guess.label == NONE:
        return ruled
    if guess.label == ruled.plover:
        return replace(ruled, confidence=guess.probability)
    kind = codebook.plain_class(guess.label)
    at = decider.trigger(source, target)
    judgement = None if at is None else judge.judge(at)
    return PairCode(
        plover=kind.plover,
        cameo=kind.cameo[:2] if kind.cameo else None,
        quad=quad_class(kind.plover),
        polarity=judgement.polarity if judgement else ruled.polarity,
        certainty=judgement.certainty if judgement else ruled.certainty,
        tense=judgement.tense if judgement else ruled.tense,
        confidence=guess.probability,
        rule=guess.rule if ruled.rule is None else f"{guess.rule}; not {ruled.rule}",
    )


def rule_code(coding: Coding, source: Span, target: Span, *, judge: Judge) -> PairCode:
    """The code that the rules alone give a pair."""
    return _Pair(coding, source, target).code(judge)


class _Pair:
    __slots__ = ("_coding", "_path", "_source", "_target", "_tree")

    def __init__(self, coding: Coding, source: Span, target: Span) -> None:
        self._coding = coding
        self._tree = coding.tree
        self._source = coding.tree.within(source.start, source.end)
        self._target = coding.tree.within(target.start, target.end)
        self._path = self._between()

    def code(self, judge: Judge) -> PairCode:
        candidates = list(self._candidates())
        if not candidates:
            return self._weak(judge)
        weighed = [(self._weight(c), -n, c) for n, c in enumerate(candidates)]
        weight, _, best = max(weighed, key=lambda item: item[:2])
        if weight < 1.0:
            weak = self._weak(judge)
            if weak.plover is not None and weight <= 0.0:
                return weak
        return self._answer(best.trigger, best.judged, judge, min(0.95, 0.4 + 0.08 * max(weight, 0.0)))

    def _answer(self, trigger: Trigger, judged: int, judge: Judge, confidence: float) -> PairCode:
        judgement = judge.judge(judged)
        plover, cameo = trigger.plover, trigger.cameo
        rule = trigger.rule
        if judgement.polarity == "negative" and plover in _KIND:
            plover, cameo, rule = "REJECT", "12", f"{rule} (negated)"
        return PairCode(
            plover, cameo, quad_class(plover), judgement.polarity, judgement.certainty, judgement.tense,
            round(confidence, 2), rule,
        )  # fmt: skip

    def _candidates(self) -> Iterator[_Candidate]:
        coding = self._coding
        for intent in coding.intents:
            at = self._tree.heads[intent.coded.i]
            yield _Candidate(intent.coded.trigger, at, intent.judged, intent.roles, intent.about, 1.5)
        for coded in coding.coded:
            if coded.trigger.plover is not None:
                light = coding.coder.slots.light_verb(coded.i)
                about = coded.inner.i if coded.inner is not None and coded.trigger.inner != "apart" else None
                yield _Candidate(
                    coded.trigger, coded.i, coded.i if light is None else light, coding.filler.roles(coded), about,
                    0.5 if about is not None else 0.0,
                )  # fmt: skip

    def _weight(self, candidate: _Candidate) -> float:
        weight = candidate.bonus
        roles, i = candidate.roles, candidate.i
        subjects = set(self._coding.coder.slots.tokens(i, "subj"))
        weight += 3.0 * (self._touches(roles.source, self._source) or bool(subjects & self._source))
        others = (*roles.target, *roles.recipient, *roles.topic)
        weight += 3.0 * self._touches(others, self._target)
        weight += 0.7 * (self._touches(others, self._source) + self._touches(roles.source, self._target))
        light = self._coding.coder.slots.light_verb(i)
        tops = {i} if light is None else {i, light}
        if tops & self._path:
            weight += 1.5
        if any(self._under(t, i if light is None else light) for t in self._target):
            weight += 1.0
        if i in self._target or i in self._source:
            weight -= 2.5
        nearest = min((abs(i - s) for s in self._source | self._target), default=0)
        depth = sum(1 for _ in self._tree.up(i))
        return weight - 0.02 * nearest - 0.05 * depth

    def _weak(self, judge: Judge) -> PairCode:
        """A trigger word on the path, then any of the sentence, whatever its conditions."""
        tree, coder = self._tree, self._coding.coder
        sentences = {tree.sentences[t] for t in self._source | self._target}
        near = sorted(self._path) + [i for i in range(len(tree.words)) if tree.sentences[i] in sentences]
        for i in near:
            row = coder.weak_row(i)
            if row is not None:
                return self._answer(row, i, judge, 0.2)
        return PairCode()

    def _touches(self, arguments: tuple[Argument, ...], tokens: set[int]) -> bool:
        tree = self._tree
        return any(a.start < tree.ends[t] and tree.starts[t] < a.end for a in arguments for t in tokens)

    def _between(self) -> set[int]:
        """Words on the way from one head to the other in the parse."""
        one, two = span_head(self._tree, self._source), span_head(self._tree, self._target)
        if one is None or two is None:
            return set()
        left, right = [one, *self._tree.up(one)], [two, *self._tree.up(two)]
        shared = set(left) & set(right)
        top = next((t for t in left if t in shared), None)
        if top is None:
            return set(left) | set(right)
        return {*left[: left.index(top) + 1], *right[: right.index(top)]} - {one, two}

    def _under(self, i: int, top: int) -> bool:
        return i != top and self._tree.under(i, top)
