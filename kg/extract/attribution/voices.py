"""Whose voice it is: the source of a verb or noun, its phrase, and the words of the cue itself.

The source of a verb is its subject, its agent in the passive, or the subject that it shares with the verb above.
The source of a noun is its owner ("his pledge", "a report by Amnesty") or the subject of the verb that carries
it ("made the claim that …").

>>> tree = Tree.of_rows([
...     ("Rome", "Rome", "PROPN", "NNP", "nsubj", 1), ("went", "go", "VERB", "VBD", "ROOT", 1),
...     ("on", "on", "ADP", "RP", "prt", 1),
...     ("to", "to", "PART", "TO", "aux", 4), ("say", "say", "VERB", "VB", "xcomp", 1),
... ])
>>> voices = Voices(tree, Cues.load())
>>> tree.words[voices.of_verb(4)], [tree.words[k] for k in voices.group(4)]
('Rome', ['went', 'on', 'to', 'say'])
"""

from __future__ import annotations

from dataclasses import dataclass

from kg.extract.cues import Cues
from kg.extract.syntax import Tree
from kg.model import Stance

__all__ = ["DASHES", "Draft", "Voices"]

DASHES = frozenset({"—", "–", "―", "-", "--"})
PASSIVE = ("nsubjpass", "auxpass")
OBJECTS = ("dobj", "dative", "obj", "iobj")
RELATIVE = frozenset({"who", "which", "that", "whom", "whose"})
_VERBAL = frozenset({"VERB", "AUX"})
# Verbs that only carry another verb: the cue is both, the subject is shared.
_RAISING = frozenset(
    {"appear", "begin", "cease", "come", "continue", "go", "happen", "keep", "proceed", "seem", "start", "tend", "try"}
    | {"use", "have", "be", "need", "dare", "fail", "manage"}
)
_EMPTY = frozenset({"it", "there"})
_BEFORE = frozenset({"aux", "auxpass", "neg"})
_BETWEEN = frozenset({"aux", "auxpass", "neg", "advmod"})


@dataclass(slots=True)
class Draft:
    """The tokens of an attribution to be.

    Attributes:
        word: the token that the cue list names.
        cue, source, content: tokens of the three parts.
        head: head of the source, or None.
        frame: what shows it: clause, infinitive, raised ("feared to have"), small, object-and, preposition, object,
            noun, adjective, phrase, speech.
    """

    word: int
    cue: list[int]
    source: list[int]
    head: int | None
    content: list[int]
    stance: Stance
    rule: str
    frame: str


class Voices:
    """Sources and cue phrases in one parse."""

    def __init__(self, tree: Tree, cues: Cues) -> None:
        self.tree, self.cues = tree, cues

    def passive(self, i: int) -> bool:
        """Also a bare participle: "asked whether …, he said", "rebels believed to be armed"."""
        tree = self.tree
        if tree.child(i, PASSIVE) is not None:
            return True
        return tree.tags[i] == "VBN" and tree.deps[i] in ("acl", "advcl") and tree.child(i, ("aux",)) is None

    def of_verb(self, i: int) -> int | None:
        """Head of the source of a verb."""
        tree = self.tree
        if self.passive(i) or (tree.tags[i] == "VBN" and tree.child(i, ("agent",)) is not None):
            return self._agent(i)
        for _ in range(6):
            subject = self.subject(i)
            if subject is not None:
                return subject
            dep, head = tree.deps[i], tree.heads[i]
            if dep == "acl":
                return head if tree.tags[i] == "VBG" else self.of_noun(head, None)
            if dep == "relcl":
                return None
            if dep == "xcomp":
                obj = tree.child(head, OBJECTS)
                if obj is not None and obj < i:
                    return obj
                i = head
            elif dep in ("conj", "advcl", "ccomp", "dep"):
                i = head
            elif dep == "pcomp":
                i = tree.heads[head]
            else:
                return None
            if tree.pos[i] == "NOUN":
                return self.of_noun(i, None)
            if tree.pos[i] == "ADJ" and tree.deps[i] == "acomp":
                i = tree.heads[i]
            if tree.pos[i] not in _VERBAL:
                return None
        return None

    def subject(self, i: int) -> int | None:
        """The subject nearest to a verb, in front of it if there is one: "The talks, he said, failed"."""
        found = self.tree.all(i, ("nsubj", "nsubjpass"))
        before = [c for c in found if c < i]
        return before[-1] if before else found[0] if found else None

    def _agent(self, i: int) -> int | None:
        agent = self.tree.child(i, ("agent",))
        return None if agent is None else self.tree.child(agent, ("pobj",))

    def of_noun(self, i: int, used: int | None) -> int | None:
        """Head of the source of a noun; `used` is the preposition that its content stands after."""
        tree = self.tree
        owner = tree.child(i, ("poss",))
        if owner is not None:
            return owner
        for c in tree.children[i]:
            if c != used and tree.deps[c] == "prep" and tree.lower[c] in ("by", "from", "among", "of"):
                inner = tree.child(c, ("pobj",))
                if inner is not None and (tree.lower[c] != "of" or used is not None or tree.pos[inner] == "PROPN"):
                    return inner
        name = next(
            (c for c in tree.children[i] if tree.deps[c] in ("compound", "nmod") and tree.pos[c] == "PROPN"), None
        )
        if name is not None:
            return name
        head = tree.heads[i]
        if tree.deps[i] == "dobj" and self.carries(head):
            return self.of_verb(head)
        return None

    def carries(self, i: int) -> bool:
        """Whether a verb only carries a noun of saying ("issued a warning")."""
        return any(word.force == "carry" for word in self.cues.words.get((self.tree.lemmas[i], "VERB"), ()))

    def empty(self, head: int | None) -> bool:
        """Whether a source is only the "it" of "it is clear that"."""
        return head is not None and (self.tree.deps[head] == "expl" or self.tree.lower[head] in _EMPTY)

    def phrase(self, head: int | None, *, without: frozenset[int] = frozenset()) -> list[int]:
        """The noun phrase around the head of a source, its final "'s" left out."""
        if head is None:
            return []
        drop = {c for c in self.tree.children[head] if self.tree.deps[c] == "case"} | without
        return self.tree.subtree(head, without=drop)

    def antecedent(self, head: int) -> int:
        """What a relative pronoun stands for, else the head itself."""
        tree = self.tree
        if tree.lower[head] not in RELATIVE:
            return head
        for above in tree.up(head):
            if tree.deps[above] == "relcl":
                return tree.heads[above]
        return head

    def group(self, i: int) -> list[int]:
        """A verb with auxiliaries, negation, adverbs and particle, and with the verbs that only carry it."""
        tree = self.tree
        found: set[int] = set()
        for _ in range(4):
            part = {i}
            for c in tree.children[i]:
                dep = tree.deps[c]
                if (dep in _BEFORE and c < i) or (dep == "prt" and c - i < 3) or (dep == "advmod" and i - 3 < c < i):
                    part.add(c)
            part.update(k for k in range(max(min(part), i - 8), i) if tree.deps[k] in _BETWEEN)
            found.update(k for k in part if tree.tags[k] != "WRB")
            carried = tree.deps[i] == "xcomp" or (tree.deps[i] == "advcl" and tree.lemmas[tree.heads[i]] == "go")
            if not (carried and tree.lemmas[tree.heads[i]] in _RAISING and 0 < i - tree.heads[i] < 6):
                break
            i = tree.heads[i]
        return sorted(found)
