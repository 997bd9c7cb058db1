"""What the learned coder sees of a pair of actors: the way between them in the parse, and what hangs on it.

A feature is a short string such as `path=nsubj^dobj`; word vectors of the same words stand beside them, so that a verb
that no example has is near those that examples have. The lines of the code book that know a word are features too.

>>> from kg.extract.events.codebook import Codebook
>>> tree = Tree.of_rows([
...     ("Rebels", "rebel", "NOUN", "NNS", "nsubj", 1), ("shelled", "shell", "VERB", "VBD", "ROOT", 1),
...     ("Juba", "Juba", "PROPN", "NNP", "dobj", 1)])
>>> seen = pair_features(Coder(tree, Codebook.load(), lambda i: None), {0}, {2})
>>> seen.top, [name for name in seen.names if name.startswith(("path=", "code="))]
(1, ['path=nsubj^dobj', 'code=ASSAULT'])
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kg.extract.events.coding import Coder
from kg.extract.syntax import Tree

__all__ = ["BLOCKS", "Features", "pair_features", "sentence_features", "span_head"]

_CONTENT = frozenset({"VERB", "NOUN", "ADJ", "PROPN", "AUX"})
_MEANING = frozenset({"VERB", "NOUN", "ADJ", "ADV"})
_NAMED = frozenset({"NOUN", "PROPN", "PRON", "ADJ", "NUM"})
_MARKS = frozenset({"aux", "auxpass", "neg", "prt", "mark"})
_BELOW = frozenset(
    ["xcomp", "ccomp", "dobj", "advcl", "attr", "acomp", "prep", "conj", "amod", "compound", "oprd", "pobj"]
) | {"relcl", "acl"}
_INSIDE = frozenset({"dobj", "prep", "amod", "compound", "xcomp"})
_FARTHEST = 25  # words between the two that are still read
BLOCKS = ("path", "top", "ring", "between", "sentence")  # word vectors: the mean of each of these sets of words


@dataclass(frozen=True, slots=True)
class Features:
    """The features of a pair.

    Attributes:
        names: the strings, in a fixed order; a name may stand twice.
        words: for each of BLOCKS the tokens whose vectors count.
        top: the word where the ways from both actors meet, or None.
        triggers: content words on the way, the top first.
    """

    names: tuple[str, ...]
    words: tuple[tuple[int, ...], ...]
    top: int | None
    triggers: tuple[int, ...]


def span_head(tree: Tree, tokens: set[int]) -> int | None:
    """The word of a span that the others hang on."""
    heads = [t for t in sorted(tokens) if tree.heads[t] not in tokens or tree.heads[t] == t]
    named = [t for t in heads if tree.pos[t] in _NAMED]
    return next(iter(named or heads), None)


def pair_features(coder: Coder, source: set[int], target: set[int]) -> Features:
    """The features of `source` and `target`, sets of tokens of one sentence; none may be empty."""
    tree = coder.tree
    one, two = span_head(tree, source), span_head(tree, target)
    if one is None or two is None:
        return Features((), ((),) * len(BLOCKS), None, ())
    reader = _Reader(coder, source | target)
    left, right, top = _ways(tree, one, two)
    path = [i for i in (*left, *([] if top is None else [top]), *reversed(right)) if i not in (one, two)]
    content = [i for i in path if tree.pos[i] in _CONTENT]
    ring = [c for i in content for c in reader.below(i, path)]
    low, high = sorted((one, two))
    between = [i for i in range(low + 1, high) if i not in reader.spans]
    between = between if len(between) <= _FARTHEST else []
    first, last = tree.bounds[tree.sentences[one]]
    rest = [i for i in range(first, last) if i not in reader.spans and tree.pos[i] in _MEANING]
    names = [
        *_shape(tree, one, two, left, right, top),
        *reader.words("p", path),
        *(name for i in content for name in reader.predicate(i, path)),
        *reader.lines("", content), *reader.lines("r", ring),
        *reader.lines("s", sorted(source)), *reader.lines("t", sorted(target)), *reader.lines("w", rest),
        *reader.words("b", [i for i in between if tree.pos[i] in _MEANING or tree.pos[i] in ("ADP", "PART")]),
        *reader.words("w", rest),
    ]  # fmt: skip
    verbs = [i for i in content if tree.pos[i] in _MEANING]
    crown = [top] if top is not None and top not in (one, two) else verbs[:1]
    meant = [i for i in between if tree.pos[i] in _MEANING]
    triggers = dict.fromkeys([*crown, *content])
    return Features(
        tuple(names), (tuple(verbs), tuple(crown), tuple(sorted(set(ring))), tuple(meant), tuple(rest)), top,
        tuple(i for i in triggers if tree.pos[i] in _CONTENT),
    )  # fmt: skip


def sentence_features(coder: Coder, number: int) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """The features of a whole sentence, and the words whose vectors count; `number` of the sentence in the document."""
    tree = coder.tree
    first, last = tree.bounds[number]
    reader = _Reader(coder, set())
    meant = [i for i in range(first, last) if tree.pos[i] in _MEANING]
    kinds = [kind for i in range(first, last) if (kind := coder.actor_type(i)) is not None]
    names = [
        *reader.words("w", meant), *reader.lines("", meant), *(f"actor={kind}" for kind in kinds),
        f"actors={min(len(kinds), 4)}",
    ]  # fmt: skip
    return tuple(names), tuple(meant)


class _Reader:
    """Names of features about words of one sentence; words of the pair itself are left out."""

    __slots__ = ("coder", "spans", "tree")

    def __init__(self, coder: Coder, spans: set[int]) -> None:
        self.coder = coder
        self.tree = coder.tree
        self.spans = spans

    def words(self, kind: str, tokens: Iterable[int]) -> Iterator[str]:
        for i in tokens:
            yield f"{kind}={self.tree.lemmas[i]}"

    def below(self, i: int, path: list[int]) -> Iterator[int]:
        """What completes a word of the way: objects, clauses, what follows a preposition."""
        tree = self.tree
        for c in tree.children[i]:
            if c in self.spans or c in path or tree.deps[c] not in _BELOW:
                continue
            yield c
            inside = (
                _INSIDE if tree.deps[c] in ("xcomp", "dobj", "ccomp") else ("pobj",) if tree.deps[c] == "prep" else ()
            )
            for d in tree.children[c]:
                if d not in self.spans and tree.deps[d] in inside:
                    yield d

    def predicate(self, i: int, path: list[int]) -> Iterator[str]:
        """A word of the way with its auxiliaries, negation and complements."""
        tree = self.tree
        for c in tree.children[i]:
            if c in self.spans or c in path:
                continue
            dep = tree.deps[c]
            if dep in _MARKS or dep in _BELOW:
                yield f"{dep}={tree.lemmas[c]}"
        if tree.pos[i] == "VERB":
            particle = tree.particle(i)
            yield f"v={tree.lemmas[i]}_{particle}" if particle else f"v={tree.lemmas[i]}"
            yield f"tag={tree.tags[i]}"

    def lines(self, kind: str, tokens: Iterable[int]) -> Iterator[str]:
        """PLOVER types that the code book has for these words, whatever the conditions, and as coded."""
        for i in tokens:
            for plover in dict.fromkeys(row.plover for row in self.coder.rows(i) if row.plover):
                yield f"{kind}row={plover}"
            if kind in ("", "r"):
                coded = self.coder.code(i)
                if coded is not None and coded.trigger.plover:
                    yield f"{kind}code={coded.trigger.plover}"


def _ways(tree: Tree, one: int, two: int) -> tuple[list[int], list[int], int | None]:
    """The words above each of the two, up to the word where they meet."""
    left, right = [one, *tree.up(one)], [two, *tree.up(two)]
    shared = set(left) & set(right)
    top = next((i for i in left if i in shared), None)
    if top is None:
        return left[1:], right[1:], None
    return left[1 : left.index(top)], right[1 : right.index(top)], top


def _shape(tree: Tree, one: int, two: int, left: list[int], right: list[int], top: int | None) -> Iterator[str]:
    """The way itself: dependencies, prepositions, and what stands at its top."""
    deps, lemmas = tree.deps, tree.lemmas
    yield f"sdep={deps[one]}"
    yield f"tdep={deps[two]}"
    yield f"above={'source' if top == one else 'target' if top == two else 'other'}"
    yield from (f"sprep={lemmas[i]}" for i in left if tree.pos[i] == "ADP")
    prepositions = [lemmas[i] for i in right if tree.pos[i] == "ADP"]
    yield from (f"tprep={word}" for word in prepositions)
    if top is not None:
        yield f"top={lemmas[top]}"
        yield from (f"top={lemmas[top]}+{word}" for word in prepositions or ["-"])
        yield (
            "path="
            + "_".join([deps[one], *(deps[i] for i in left)])
            + "^"
            + "_".join([*(deps[i] for i in reversed(right)), deps[two]])
        )
