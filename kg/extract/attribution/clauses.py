"""Clauses that are said though the parse does not hang them on the verb of saying.

>>> tree = Tree.of_rows([
...     ("raids", "raid", "NOUN", "NNS", "ROOT", 0), ("which", "which", "PRON", "WDT", "dobj", 3),
...     ("Rome", "Rome", "PROPN", "NNP", "nsubj", 3), ("claimed", "claim", "VERB", "VBD", "relcl", 0),
...     ("stopped", "stop", "VERB", "VBD", "conj", 0), ("traffic", "traffic", "NOUN", "NN", "dobj", 4),
... ])
>>> gapped(tree, 3)
[1, 4, 5]
"""

from __future__ import annotations

from kg.extract.syntax import SUBJECTS, Tree

__all__ = ["doing", "gapped", "in_front", "listed"]

_FINITE = frozenset({"VBD", "VBZ", "VBP"})


def gapped(tree: Tree, i: int) -> list[int]:
    """ "the raid, which rebels claimed killed forty": a finite verb without a subject right behind a verb of saying."""
    if tree.deps[i] != "relcl" or tree.child(i, SUBJECTS) is None:
        return []
    _, end = tree.bounds[tree.sentences[i]]
    k = next((k for k in range(i + 1, min(i + 4, end)) if tree.pos[k] != "ADV"), None)
    if k is None or tree.tags[k] not in _FINITE or any(tree.deps[c] in SUBJECTS and c > i for c in tree.children[k]):
        return []
    pronoun = [c for c in tree.children[i] if c < i and tree.tags[c] in ("WDT", "WP")]
    return pronoun + [t for t in tree.subtree(k) if t > i]


def in_front(tree: Tree, i: int, first: int) -> list[int]:
    """ "He left, but she stayed, a friend said": the clauses that the last one before the speaker is joined to.

    `first` is the first token of the speaker's clause; only a speaker that ends the sentence speaks for all of it.
    """
    if tree.deps[i] != "conj":
        return []
    start, end = tree.bounds[tree.sentences[i]]
    if any(tree.deps[k] in SUBJECTS and tree.heads[k] != i for k in range(i + 1, end)):
        return []
    top = i
    while tree.deps[top] == "conj" and tree.heads[top] != top:
        top = tree.heads[top]
    return [k for k in tree.subtree(top) if start <= k < first]


def listed(tree: Tree, i: int) -> list[int]:
    """ "mentioned closing ports and expelling envoys": gerunds that the parse joins to the verb, not to its object."""
    if tree.tags[i] == "VBG":
        return []
    gerunds = [c for c in tree.all(i, ("conj",)) if tree.tags[c] == "VBG" and tree.child(c, ("aux",)) is None]
    return [k for c in gerunds for k in tree.subtree(c)]


def doing(tree: Tree, i: int) -> list[int]:
    """ "recalled the envoy talking about it": an object and, right behind it, what it was doing."""
    patient = tree.child(i, ("dobj",))
    if patient is None or patient < i:
        return []
    object_ = tree.subtree(patient)
    for c in tree.all(i, ("advcl",)):
        below = tree.subtree(c)
        if tree.tags[c] == "VBG" and below[0] == c == object_[-1] + 1:
            return object_ + below
    return []
