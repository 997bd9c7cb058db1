"""One act told by two words of a sentence: "shelled the town, killing two", "died in the attack", "struck in protest".

The second word adds to the first what it knows (whom, by whom) and is no event of its own. Acts of another code, and
acts with both their actors ("wounded in the Iran-Iraq War"), stay apart.

>>> [name for name in ("completed", "told_twice") if name in __all__]
['completed', 'told_twice']
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from kg.extract.events.arguments import Filler, Roles
from kg.extract.events.coding import Coded, Coder
from kg.model import Argument

__all__ = ["completed", "told_twice"]

_TOLD = frozenset({"ASSAULT", "COERCE", "PROTEST"})  # told by the deed and its outcome, or by its form and its aim
_SCENES = frozenset({"in", "during", "amid"})
_UNDER = frozenset({"advcl", "xcomp", "acl", "relcl"})


def told_twice(coder: Coder, filler: Filler, coded: Sequence[Coded]) -> dict[int, int]:
    """Which words tell the act of another: the word, and that other word."""
    by_word = {one.i: one for one in coded if one.trigger.plover in _TOLD}
    for one in list(by_word.values()):
        light = coder.slots.light_verb(one.i)
        if light is not None:
            by_word.setdefault(light, one)
    found: dict[int, int] = {}
    for inner in coded:
        if inner.trigger.plover not in _TOLD:
            continue
        outer = _outer(coder, inner, by_word)
        if outer is None or outer.i == inner.i or outer.i in found or outer.trigger.plover != inner.trigger.plover:
            continue
        own = filler.roles(inner)
        scene = not coder.slots.verbal(inner.i) and _named(own.source) and _named(own.target)
        if not scene and not _apart(filler.roles(outer), own):
            found[inner.i] = outer.i
    return found


def completed(roles: Roles, inner: Sequence[Roles]) -> Roles:
    """The roles of an act with what the words beside it add."""
    for other in inner:
        if not any(a.entity for a in roles.source) and any(a.entity for a in other.source):
            roles = replace(roles, source=other.source)
        known = {a.entity for a in (*roles.source, *roles.target) if a.entity}
        new = tuple(a for a in other.target if a.entity is not None and a.entity not in known)
        named = tuple(a for a in roles.target if a.entity is not None)
        if new:
            roles = replace(roles, target=(*named, *new))
        elif not roles.target:
            roles = replace(roles, target=other.target)
    return roles


def _outer(coder: Coder, inner: Coded, by_word: Mapping[int, Coded]) -> Coded | None:
    tree, i = coder.tree, inner.i
    head = tree.heads[i]
    if coder.slots.verbal(i):
        if tree.deps[i] not in _UNDER:
            return None
        result = tree.tags[i] == "VBG" and inner.trigger.type in coder.codebook.list("outcomes")
        aim = inner.trigger.plover == "PROTEST" and any(tree.tags[c] == "TO" for c in tree.children[i])
        above = tree.heads[head] if tree.deps[head] == "dobj" else head
        return by_word.get(head) or by_word.get(above) if result or aim else None
    if tree.deps[i] == "pobj" and tree.lower[head] in _SCENES:
        above = tree.heads[head]
        return by_word.get(above) or by_word.get(tree.heads[above] if tree.deps[above] == "dobj" else above)
    if tree.deps[i] in ("nsubj", "pobj"):  # "an attack killed two", "two were killed by a bombing"
        verb = head if tree.deps[i] == "nsubj" else tree.heads[head] if tree.deps[head] == "agent" else None
        return None if verb is None else by_word.get(verb)
    return None


def _apart(one: Roles, other: Roles) -> bool:
    """Whether both say who did it, and say different things."""
    mine, theirs = _named(one.source), _named(other.source)
    return bool(mine and theirs) and mine.isdisjoint(theirs)


def _named(arguments: Iterable[Argument]) -> set[str]:
    return {a.entity for a in arguments if a.entity is not None}
