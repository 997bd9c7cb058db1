"""The parse of a document as plain lists, for rules that walk it.

Every list has one item a token, so a rule reads `tree.deps[i]` instead of building `Token` objects:

>>> tree = Tree.of_rows([("Trump", "Trump", "PROPN", "NNP", "nsubj", 1), ("left", "leave", "VERB", "VBD", "ROOT", 1)])
>>> tree.heads, tree.children[1], tree.child(1, SUBJECTS)
([1, 1], [0], 0)
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc

__all__ = ["CLAUSES", "SUBJECTS", "Tree"]

_LONGEST = 1000  # tokens of a subtree: a chain of ten thousand nouns costs no more than a sentence
_KEY = "kg tree"  # in Doc.user_data
_OWN = frozenset({"nsubj", "nsubjpass", "aux", "auxpass", "expl"})
_ENDINGS = ("ed", "es", "ing")
# Verbs whose lemmas the model's rules get wrong ("hoped": "hop").
_LEMMAS = {
    **{stem + end: stem + "e" for stem in ("hop", "hat", "stag", "wag", "slat", "spar", "grip") for end in _ENDINGS},
    **{"retweeted": "retweet", "retweeting": "retweet", "texted": "text", "texting": "text", "blogged": "blog"},
}
SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "expl"})
CLAUSES = frozenset({"ROOT", "ccomp", "xcomp", "advcl", "relcl", "acl", "conj", "parataxis", "csubj", "pcomp"})


@dataclass(frozen=True, slots=True)
class Tree:
    """Tokens and dependencies (labels of the ClearNLP scheme, as in spaCy's English models).

    Attributes:
        words: the tokens; `lower` the same in lower case.
        lemmas: lemmas in lower case.
        pos, tags: coarse and fine part of speech.
        deps, heads: the arc to the head; a root is its own head.
        children: of each token, in order.
        starts, ends: character offsets.
        sentences: number of the sentence that each token is in; `bounds` has the (first, last + 1) token of each.
    """

    words: list[str]
    lower: list[str]
    lemmas: list[str]
    pos: list[str]
    tags: list[str]
    deps: list[str]
    heads: list[int]
    children: list[list[int]]
    starts: list[int]
    ends: list[int]
    sentences: list[int]
    bounds: list[tuple[int, int]]

    @classmethod
    def of(cls, doc: Doc) -> Tree:
        """Of a parsed document; made once for each, since every step asks for it."""
        known = doc.user_data.get(_KEY)
        if isinstance(known, cls):
            return known
        rows = [(t.text, t.lemma_, t.pos_, t.tag_, t.dep_, t.head.i) for t in doc]
        bounds = [(sent.start, sent.end) for sent in doc.sents]
        tree = cls.of_rows(rows, starts=[t.idx for t in doc], bounds=bounds)
        doc.user_data[_KEY] = tree
        return tree

    @classmethod
    def of_rows(
        cls,
        rows: Sequence[tuple[str, str, str, str, str, int]],
        *,
        starts: Sequence[int] = (),
        bounds: Sequence[tuple[int, int]] = (),
    ) -> Tree:
        """Of (word, lemma, pos, tag, dependency, head) rows; by default one sentence with single spaces."""
        words = [row[0] for row in rows]
        if not starts:
            counted, offset = [], 0
            for word in words:
                counted.append(offset)
                offset += len(word) + 1
            starts = counted
        bounds = list(bounds) or [(0, len(rows))]
        heads = [row[5] for row in rows]
        children: list[list[int]] = [[] for _ in rows]
        for i, head in enumerate(heads):
            if head != i:
                children[head].append(i)
        _regroup(rows, heads, children)
        sentences = [number for number, (first, last) in enumerate(bounds) for _ in range(first, last)]
        return cls(
            words=words,
            lower=[word.lower() for word in words],
            lemmas=[
                _LEMMAS.get(row[0].lower(), row[1].lower()) if row[2] == "VERB" else row[1].lower() for row in rows
            ],
            pos=[row[2] for row in rows],
            tags=[row[3] for row in rows],
            deps=[row[4] for row in rows],
            heads=heads,
            children=children,
            starts=list(starts),
            ends=[start + len(word) for start, word in zip(starts, words, strict=True)],
            sentences=sentences,
            bounds=bounds,
        )

    def child(self, i: int, deps: Iterable[str]) -> int | None:
        """The first child of `i` with one of these labels."""
        return next((c for c in self.children[i] if self.deps[c] in deps), None)

    def all(self, i: int, deps: Iterable[str]) -> list[int]:
        """Every child of `i` with one of these labels."""
        return [c for c in self.children[i] if self.deps[c] in deps]

    def up(self, i: int) -> Iterator[int]:
        """The heads of `i`, nearest first."""
        while self.heads[i] != i:
            i = self.heads[i]
            yield i

    def under(self, i: int, top: int) -> bool:
        """Whether `i` is `top` or stands below it."""
        while i != top:
            if self.heads[i] == i:
                return False
            i = self.heads[i]
        return True

    def subtree(self, i: int, *, without: frozenset[int] | set[int] = frozenset()) -> list[int]:
        """`i` and all below it, sorted, leaving out the subtrees of `without`; no more than a sentence can have."""
        found: list[int] = []
        open_ = [i]
        while open_ and len(found) < _LONGEST:
            here = open_.pop()
            found.append(here)
            open_.extend(c for c in self.children[here] if c not in without)
        found.sort()
        return found

    def within(self, start: int, end: int) -> set[int]:
        """The tokens that characters `start` to `end` touch."""
        first, last = bisect_right(self.ends, start), bisect_left(self.starts, end)
        return set(range(first, last))

    def particle(self, i: int) -> str:
        """Lower-case verb particle of `i`, or ''."""
        found = self.child(i, ("prt",))
        return "" if found is None else self.lower[found]


def _regroup(rows: Sequence[tuple[str, str, str, str, str, int]], heads: list[int], children: list[list[int]]) -> None:
    """Join a finite verb to the verb whose form it shares: in "said he had won and thanked them" to "said"."""
    for i, (_, _, pos, tag, dep, head) in enumerate(rows):
        if dep != "conj" or pos != "VERB" or tag not in ("VBD", "VBZ") or rows[head][3] not in ("VBN", "VB"):
            continue
        if not any(rows[c][4] == "aux" for c in children[head]) or any(rows[c][4] in _OWN for c in children[i]):
            continue
        above = head
        while rows[above][4] in ("ccomp", "xcomp", "conj") and heads[above] != above:
            above = heads[above]
            if rows[above][3] == tag and above < i:
                children[head].remove(i)
                heads[i] = above
                children[above].append(i)
                children[above].sort()
                break
