"""Which line of the code book a word answers to: the most exact one whose conditions hold.

The code of a word depends on what stands around it and on what is inside: "lifted" is nothing, "lifted sanctions"
is YIELD, "refused to lift sanctions" REJECT. `Coder.code(i)` looks inside first, and remembers:

>>> tree = Tree.of_rows([
...     ("Chad", "Chad", "PROPN", "NNP", "nsubj", 1), ("refused", "refuse", "VERB", "VBD", "ROOT", 1),
...     ("to", "to", "PART", "TO", "aux", 3), ("lift", "lift", "VERB", "VB", "xcomp", 1),
...     ("sanctions", "sanction", "NOUN", "NNS", "dobj", 3)])
>>> coder = Coder(tree, Codebook.load(), lambda i: "Country" if i == 0 else None)
>>> coder.code(3).trigger.plover, coder.code(1).trigger.plover
('YIELD', 'REJECT')
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from kg.extract.events.codebook import LIGHT, NOTHING, UNDERGO, Codebook, Condition, Trigger, quad_class
from kg.extract.events.frames import Slots
from kg.extract.syntax import Tree

__all__ = ["Coded", "Coder"]

_POS = {"VERB": "v", "AUX": "v", "NOUN": "n", "PROPN": "n", "ADJ": "a"}
_DEEPEST = 6
_SECONDS = frozenset({"prt", "prep", "advmod", "agent", "acomp", "oprd", "dative", "ccomp", "advcl", "amod"})


@dataclass(frozen=True, slots=True)
class Coded:
    """The code of the word `i`; `inner` is the act inside ("vowed to [attack]"); `light` the verb that carries it."""

    i: int
    trigger: Trigger
    inner: Coded | None = None

    @property
    def quad(self) -> int | None:
        return quad_class(self.trigger.plover)


class Coder:
    """Codes the words of one document.

    Args:
        tree: the parse.
        codebook: the tables.
        actor_type: the type of the actor whose mention has this token as its head, or None.
    """

    __slots__ = ("_known", "actor_type", "codebook", "slots", "tree")

    def __init__(self, tree: Tree, codebook: Codebook, actor_type: Callable[[int], str | None]) -> None:
        self.tree = tree
        self.codebook = codebook
        self.slots = Slots(tree, codebook.list("object_control"), codebook.list("messages"))
        self.actor_type = actor_type
        self._known: dict[int, Coded | None] = {}

    def code(self, i: int, depth: int = 0) -> Coded | None:
        """The code of word `i`, of the noun inside if `i` is a light verb, or None."""
        if i in self._known:
            return self._known[i]
        rows = self.rows(i)
        if not rows or depth > _DEEPEST:
            return None
        self._known[i] = None
        inner = self._inside(i, depth)
        named = self._among_nouns(i, depth) if inner is not None and self.slots.verbal(inner.i) else inner
        found: Trigger | None = None
        for row in rows:
            carried = named if row.type in (LIGHT, UNDERGO) and _of_object(row) else inner
            if self._fits(i, row, carried):
                found, inner = row, carried
                break
        coded: Coded | None = None
        if found is None or found.type == NOTHING:
            coded = None
        elif found.type in (LIGHT, UNDERGO):
            coded = inner
            if inner is not None and not self.slots.verbal(inner.i):
                self.slots.lighten(inner.i, i, undergo=found.type == UNDERGO)
        else:
            coded = Coded(i, found, inner)
        self._known[i] = coded
        return coded

    def rows(self, i: int) -> tuple[Trigger, ...]:
        """Lines of the code book for this word, whatever their conditions."""
        pos = _POS.get(self.tree.pos[i])
        if pos == "v" and not self.slots.verbal(i):
            pos = "n"
        if pos is None:
            return ()
        triggers = self.codebook.triggers
        found = triggers.get((pos, self.tree.lemmas[i]), ())
        if not found and pos == "v":
            found = next((rows for stem in _stems(self.tree.lower[i]) if (rows := triggers.get(("v", stem)))), ())
        if not found and pos == "n" and self.tree.pos[i] == "PROPN":
            word = self.tree.lower[i]
            found = triggers.get(("n", word), ()) or triggers.get(("n", word.removesuffix("s")), ())
        if not found and pos == "a" and self.tree.tags[i].startswith("V"):
            found = triggers.get(("v", self.tree.lemmas[i]), ())
        return found

    def weak_row(self, i: int) -> Trigger | None:
        """The line that fits best though not all of its conditions hold; only for want of anything better."""
        inner = self._known.get(i)
        best: tuple[float, Trigger] | None = None
        for row in self.rows(i):
            if row.plover is None or (row.second and not self._has_second(i, row.second)):
                continue
            if self.tree.pos[i] == "AUX":
                continue
            met = sum(self._holds(i, row, c, inner) for c in row.conditions)
            share = (met + 1) / (len(row.conditions) + 1)
            if best is None or share > best[0]:
                best = (share, row)
        return None if best is None else best[1]

    def objects(self, i: int, second: str) -> list[int]:
        """The object; of "call for" what stands after "for"."""
        found = self.slots.tokens(i, "obj")
        if second and not found:
            found = self.slots.tokens(i, second)
        return found

    def _inside(self, i: int, depth: int) -> Coded | None:
        """The first act that completes the word: a clause, the object, what follows a preposition."""
        for clause in self.slots.clauses(i):
            coded = self.code(clause, depth + 1) or self._through(clause, depth)
            if coded:
                return coded
        return self._among_nouns(i, depth)

    def _among_nouns(self, i: int, depth: int) -> Coded | None:
        """The first act that a noun names: the object, or what follows a preposition."""
        slots, tree = self.slots, self.tree
        places = slots.tokens(i, "obj") if slots.verbal(i) else []
        places += slots.complements(i)
        for place in self.counted(places):
            if place != i and self.actor_type(place) is None:
                coded = self.code(place, depth + 1)
                if coded and coded.i != i:
                    return coded
                if tree.lemmas[place] in self.codebook.list("acts"):
                    coded = self._inside(place, depth + 1) if depth < _DEEPEST else None
                    if coded:
                        return coded
        return None

    def counted(self, places: list[int]) -> Iterator[int]:
        """The nouns themselves, and of "ten days of war games" the games too."""
        codebook, lemmas = self.codebook, self.tree.lemmas
        for place in places:
            yield place
            if lemmas[place] in codebook.list("quantities") or lemmas[place] in codebook.list("times"):
                yield from self.slots.tokens(place, "of")

    def _through(self, clause: int, depth: int) -> Coded | None:
        """A clause whose verb says nothing itself: "wants to continue bombing", "to be released"."""
        return self._inside(clause, depth + 1) if depth < _DEEPEST else None

    def _fits(self, i: int, row: Trigger, inner: Coded | None) -> bool:
        if row.second and not self._has_second(i, row.second):
            return False
        if row.type in (LIGHT, UNDERGO) and (inner is None or (_of_object(row) and self.slots.verbal(inner.i))):
            return False
        return all(self._holds(i, row, condition, inner) for condition in row.conditions)

    def _has_second(self, i: int, second: str) -> bool:
        tree = self.tree
        for c in tree.children[i]:
            if tree.lower[c] == second and tree.deps[c] in _SECONDS and not self._is_time(c):
                return True
        light = self.slots.light_verb(i)
        if light is not None and self.tree.child(light, ("prep",)) is not None:
            return any(tree.lower[c] == second for c in tree.all(light, ("prep",)))
        return False

    def _is_time(self, prep: int) -> bool:
        """ "called on Thursday" is no "call on"."""
        times = self.codebook.list("times")
        return any(self.tree.lemmas[p] in times for p in self.tree.all(prep, ("pobj",)))

    def _holds(self, i: int, row: Trigger, condition: Condition, inner: Coded | None) -> bool:
        found = self._values(i, row, condition.slot, inner)
        holds = bool(found) if "*" in condition.words else not condition.words.isdisjoint(found)
        return holds != condition.negated

    def _words(self, tokens: list[int]) -> set[str]:
        found = {word for t in tokens for word in (self.tree.lemmas[t], self.tree.lower[t])}
        kinds = {kind for t in tokens if (kind := self.actor_type(t)) is not None}
        return found | kinds | {"actor"} if kinds else found

    def _values(self, i: int, row: Trigger, slot: str, inner: Coded | None) -> set[str]:
        tree, slots = self.tree, self.slots
        if slot == "inner":
            return _kinds(inner)
        if slot == "prep":
            return {tree.lower[c] for c in tree.children[i] if tree.deps[c] in ("prep", "agent", "dative")}
        if slot == "prt":
            return {tree.lower[c] for c in tree.children[i] if tree.deps[c] in ("prt", "advmod")}
        if slot == "aux":
            return {tree.lemmas[c] for c in tree.children[i] if tree.deps[c] == "aux"}
        if slot == "neg":
            return {tree.lower[c] for c in tree.children[i] if tree.deps[c] == "neg"}
        if slot == "voice":
            return {"passive" if slots.verbal(i) and slots.passive(i) else "active"}
        if slot == "to":
            infinitives = {tree.lemmas[c] for c in slots.clauses(i) if _infinitive(tree, c)}
            return infinitives | self._words(slots.tokens(i, "to"))
        if slot == "that":
            return {tree.lemmas[c] for c in tree.children[i] if tree.deps[c] == "ccomp"}
        if slot == "sentence":
            first, last = tree.bounds[tree.sentences[i]]
            return set(tree.lower[first:last])
        if slot == "adv":
            return {tree.lower[c] for c in tree.children[i] if tree.deps[c] == "advmod"}
        if slot == "dep":
            return {tree.deps[i]}
        if slot == "form":
            return {tree.tags[i]}
        if slot == "governor":
            return {tree.lemmas[tree.heads[i]]} if tree.heads[i] != i else set()
        tokens = self.objects(i, row.second) if slot == "obj" else slots.tokens(i, "obj" if slot == "dobj" else slot)
        values = self._words(tokens) | ({"many"} if len(tokens) > 1 else set())
        for token in tokens:
            if tree.pos[token] == "NUM":
                values.add("number")
            if slot == "obj":
                for c in slots.tokens(token, "mod"):
                    values.add(f"{tree.lemmas[c]}-{tree.lemmas[token]}")
                    values.add(f"{tree.lower[c]}-{tree.lower[token]}")
                values.update(f"{tree.lemmas[token]}-of-{tree.lemmas[p]}" for p in slots.tokens(token, "of"))
                if tree.lemmas[token] in self.codebook.list("quantities"):
                    values.update(tree.lemmas[p] for p in slots.tokens(token, "of"))
        return values


def _stems(word: str) -> Iterator[str]:
    """Base forms that a verb form unknown to the lemmatizer may have: "unbanned", "travelled", "defunded"."""
    for ending in ("ed", "ing", "s"):
        if word.endswith(ending) and len(word) > len(ending) + 2:
            stem = word[: -len(ending)]
            yield from (stem, stem + "e")
            if stem[-1] == stem[-2]:
                yield stem[:-1]


def _of_object(row: Trigger) -> bool:
    """Whether the line speaks of the object: then a light verb carries a noun, not the act of a clause."""
    return any(condition.slot == "obj" and not condition.negated for condition in row.conditions)


def _infinitive(tree: Tree, i: int) -> bool:
    return any(tree.tags[c] == "TO" for c in tree.children[i])


def _kinds(inner: Coded | None) -> set[str]:
    if inner is None:
        return set()
    kinds = {"any", inner.trigger.type}
    if inner.trigger.plover is not None:
        kinds.add(inner.trigger.plover)
    if inner.quad is not None:
        kinds.add("hostile" if inner.quad > 2 else "cooperative")
        kinds.add(f"quad{inner.quad}")
    if inner.trigger.cameo == "01":
        kinds.add("statement")
    return kinds
