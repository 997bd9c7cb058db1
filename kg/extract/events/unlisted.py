"""Verbs that no line of the code book has, coded by what they mean and what they govern: "strafed", "waterboarded".

The learned coder sees the verb's word vector, those of its objects, and its frame. Only a verb with one actor that does
it and another to whom it is done can become an event, and only where the coder is sure.

>>> [name for name in ("VerbFeatures", "unlisted_verbs", "verb_features") if name in __all__]
['VerbFeatures', 'unlisted_verbs', 'verb_features']
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from kg.extract.events.arguments import Filler, Roles
from kg.extract.events.codebook import Trigger
from kg.extract.events.coding import Coded, Coder
from kg.extract.events.deciding import plain_trigger
from kg.extract.events.examples import NONE
from kg.extract.events.learned import LearnedCoder
from kg.extract.events.regression import Array, mean_vector

if TYPE_CHECKING:
    from spacy.tokens import Doc

__all__ = ["LEARNED", "VerbFeatures", "is_verb", "unlisted_verbs", "verb_features"]

LEARNED = "learned coder: "  # how the rule of such an event begins
_SURE = 0.7  # probability from which on a verb is an event; 9 of 10 unseen verbs were right at it
_PREPOSITIONS = frozenset({"prep", "agent", "dative"})
_MARKS = frozenset({"aux", "neg"})
_GOVERNED = frozenset({"xcomp", "ccomp", "acl", "advcl"})


@dataclass(frozen=True, slots=True, eq=False)
class VerbFeatures:
    """Names, and the vectors of the verb and of its objects that are no actors."""

    names: tuple[str, ...]
    vector: Array


def is_verb(coder: Coder, i: int) -> bool:
    """A verb at the head of a clause; a participle that only describes is none."""
    return coder.tree.pos[i] == "VERB" and coder.tree.deps[i] != "amod"


def verb_features(doc: Doc, coder: Coder, i: int) -> VerbFeatures:
    """What the learned coder sees of the verb `i`."""
    tree, slots = coder.tree, coder.slots
    objects = slots.tokens(i, "obj")
    names = [f"object={bool(objects)}", f"passive={slots.passive(i)}", f"tag={tree.tags[i]}"]
    if particle := tree.particle(i):
        names.append(f"prt={particle}")
    for c in tree.children[i]:
        if tree.deps[c] in _PREPOSITIONS:
            names.append(f"prep={tree.lower[c]}")
        elif tree.deps[c] in _MARKS:
            names.append(f"{tree.deps[c]}={tree.lemmas[c]}")
    names += [f"subj={coder.actor_type(t)}" for t in slots.tokens(i, "subj")[:1]]
    names += [f"obj={coder.actor_type(t)}" for t in objects[:1]]
    things = [t for t in objects if coder.actor_type(t) is None]
    return VerbFeatures(tuple(names), np.concatenate([mean_vector(doc, [i]), mean_vector(doc, things)]))


def unlisted_verbs(doc: Doc, coder: Coder, filler: Filler, learned: LearnedCoder) -> Iterator[Coded]:
    """The verbs of a document that are events though the code book does not know them."""
    tree, codebook = coder.tree, coder.codebook
    for i in range(len(tree.words)):
        if not is_verb(coder, i) or tree.deps[i] in _GOVERNED or coder.rows(i):
            continue
        if not any(coder.actor_type(t) for t in coder.slots.tokens(i, "subj")):
            continue
        features = verb_features(doc, coder, i)
        guess = learned.verb(features.names, features.vector)
        if guess.label == NONE or guess.probability < _SURE:
            continue
        rule = f"{LEARNED}{', '.join((f'verb={tree.lemmas[i]}', *guess.reasons))}"
        trigger: Trigger = plain_trigger(codebook, guess.label, tree.lemmas[i], rule)
        coded = Coded(i, trigger)
        if _two_actors(filler.roles(coded)):
            yield coded


def _two_actors(roles: Roles) -> bool:
    sources = {a.entity for a in roles.source} - {None}
    targets = {a.entity for a in roles.target} - {None}
    return bool(sources and targets and not targets <= sources)
