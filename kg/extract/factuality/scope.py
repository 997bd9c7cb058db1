"""The way up from a trigger: what each arc of the parse says of what hangs on it.

`Scope.arc(n, head, state, definite=…)` applies the force of the governing word to the `State` and tells how the walk
goes on: "go"; "stop" where the scope ends; "apart" where it ends at the edge of a clause of its own; "marks" where
only the conditions of the next verb count, because it is merely coordinated.

>>> tree = Tree.of_rows([
...     ("Rome", "Rome", "PROPN", "NNP", "nsubj", 1), ("refused", "refuse", "VERB", "VBD", "ROOT", 1),
...     ("to", "to", "PART", "TO", "aux", 3), ("sign", "sign", "VERB", "VB", "xcomp", 1),
... ])
>>> cues, state = Cues.load(), State()
>>> Scope(tree, cues, Clauses(tree, cues)).arc(3, 1, state, definite=False), state.negative
('go', True)
"""

from __future__ import annotations

from kg.extract.cues import Cues, Effect, Force
from kg.extract.factuality.modality import Clauses, State
from kg.extract.syntax import Tree

__all__ = ["Scope"]

_VERBAL = frozenset({"VERB", "AUX"})
_FINITE = frozenset({"VBD", "VBZ", "VBP"})
_OBJECT = frozenset({"dobj", "dative", "attr", "oprd", "acomp", "obj"})
_SUBJECT = frozenset({"nsubj", "nsubjpass"})
_TEMPORAL = frozenset({"when", "once", "after", "until", "till", "before", "as", "whenever"})
_DEFINITE = frozenset({"the", "this", "that", "these", "those"})
# What a noun of saying does to what it governs where it makes no attribution ("claims that …").
_FORCE_OF: dict[Effect, Force] = {
    "report": "hearsay", "false": "negative", "doubt": "question", "own": "fact",
    "future": "future", "wish": "wish", "question": "question",
}  # fmt: skip


class Scope:
    """Reads the arcs of one parse."""

    def __init__(self, tree: Tree, cues: Cues, clauses: Clauses) -> None:
        self.tree, self.cues, self.clauses = tree, cues, clauses

    def definite(self, i: int) -> bool:
        """Whether a noun speaks of a certain one: named, owned, or with "the" or "this"."""
        tree = self.tree
        if tree.pos[i] == "PROPN":
            return True
        return tree.pos[i] == "NOUN" and any(
            tree.deps[c] == "poss" or (tree.deps[c] == "det" and tree.lower[c] in _DEFINITE) for c in tree.children[i]
        )

    def arc(self, n: int, head: int, state: State, *, definite: bool) -> str:
        """What the arc above `n` says.

        "go" on, "stop" or "apart" at the end of the scope, "marks" where it is only joined on.
        """
        tree, clauses, dep = self.tree, self.clauses, self.tree.deps[n]
        if dep == "conj":
            return self._conjunct(n, head, state)
        if dep in ("relcl", "acl"):
            return self._noun_clause(n, head, state)
        if dep == "advcl":
            return self._adverbial(n, head, state)
        if dep == "amod" and tree.pos[n] in _VERBAL:
            state.tense = state.tense or ("past" if tree.tags[n] in ("VBN", "VBD") else "present")
            return "stop"
        if dep in ("xcomp", "ccomp", "pcomp", "csubj"):
            return self._complement(n, head, state)
        if dep in ("prep", "agent"):
            return self._prepositional(n, head, state, definite=definite)
        if dep in _OBJECT:
            return self._govern(head, "obj", state, definite=definite)
        if dep in _SUBJECT:
            if not definite and any(tree.lower[k] == "would" for k in tree.all(head, ("aux",))):
                state.words.append(("condition", head))
                state.conditional = True
            predicate = tree.child(head, ("acomp",))
            if predicate is not None:
                for word in clauses.words(predicate, "subj")[:1]:
                    state.apply(word.force, predicate)
            return self._govern(head, "subj" if dep == "nsubjpass" else "does", state, definite=definite)
        if dep in ("compound", "nmod", "amod", "poss"):
            return self._govern(head, "front", state, definite=definite)
        return "marks" if dep == "appos" else "go"

    def _conjunct(self, n: int, head: int, state: State) -> str:
        tree = self.tree
        if tree.pos[n] not in _VERBAL or tree.pos[head] not in _VERBAL:
            return "marks"
        if any(tree.lower[k] in ("than", "not") for k in (n - 1, n - 2) if k > head):
            state.apply("negative", n - 1)
            state.presupposed = True
            return "go"
        own = tree.tags[n] in _FINITE or tree.child(n, ("aux", "auxpass", "nsubj", "nsubjpass")) is not None
        return "marks" if own else "go"

    def _noun_clause(self, n: int, head: int, state: State) -> str:
        tree, clauses = self.tree, self.clauses
        if clauses.infinitive(n):
            return self._govern(head, "to", state, definite=False)
        if not clauses.marked(n, "that") and (tree.deps[n] == "relcl" or tree.child(n, _SUBJECT) is not None):
            told = self.noun_effect(head, "that")
            if told is not None and told != "own":
                # "reports that showed …", and complements that the parser reads as relative clauses
                state.apply(_FORCE_OF[told], head)
                return "go"
            return "apart"
        if clauses.marked(n, "that"):
            return self._govern(head, "that", state, definite=False)
        if tree.tags[n] in ("VBN", "VBD"):
            state.tense = state.tense or "past"
            return "apart"
        state.presupposed = True
        return "go"

    def _adverbial(self, n: int, head: int, state: State) -> str:
        tree, clauses = self.tree, self.clauses
        if any(tree.lower[k] == "than" for k in tree.all(n, ("mark",))) and any(
            tree.lower[k] == "rather" for k in tree.all(n, ("advmod",))
        ):
            state.apply("negative", n)
            return "go"
        if clauses.infinitive(n):
            words = clauses.words(head, "to")
            if words:
                state.apply(words[0].force, head)
            else:
                state.words.append(("purpose", n))
                state.ahead()
            return "go"
        if tree.tags[n] in _FINITE or tree.child(n, ("aux", "auxpass")) is not None:
            self._temporal(n, head, state)
            return "apart"
        state.presupposed = True
        return "go"

    def _temporal(self, n: int, head: int, state: State) -> None:
        """ "when he visits, he will sign": as open as its main clause."""
        tree = self.tree
        if state.tense != "present" or not any(tree.lower[k] in _TEMPORAL for k in tree.all(n, ("mark", "advmod"))):
            return
        main = State()
        self.clauses.verb(head, n, main, backshift=False)
        if main.tense == "future" or main.conditional or main.certainty:
            state.tense = "future"

    def _complement(self, n: int, head: int, state: State) -> str:
        tree, clauses = self.tree, self.clauses
        if tree.pos[head] in ("ADP", "SCONJ") or tree.deps[n] == "pcomp":
            return "go"
        if n < head and ";" in tree.words[n:head]:
            return "stop"
        if tree.deps[n] == "csubj":
            place = "subj"
        elif clauses.infinitive(n):
            place = "to"
        elif tree.tags[n] == "VBG" and tree.child(n, ("aux",)) is None:
            place = "ing"
        else:
            place = "that"
        if place == "to" and any(tree.lower[k] == "yet" for k in tree.all(head, ("advmod",))):
            state.words.append(("negative", head))
            state.negate()
            state.tense = "past"
            return "go"
        return self._govern(head, place, state, definite=False)

    def _prepositional(self, n: int, head: int, state: State, *, definite: bool) -> str:
        tree, clauses = self.tree, self.clauses
        for word in clauses.words(n, "under"):
            state.apply(word.force, n)
            if word.force == "condition" and state.tense == "present":
                state.tense = "future"
        if any(tree.lower[k] == "instead" for k in tree.all(n, ("advmod",))):
            state.apply("negative", n)
        if tree.deps[head] == "dobj" and not clauses.words(head, tree.lower[n]):
            # "acquitted the general of …": the parser often hangs the preposition on the object
            for word in clauses.words(tree.heads[head], tree.lower[n])[:1]:
                state.apply(word.force, tree.heads[head])
        subject = tree.child(head, _SUBJECT)
        if subject is not None and n < subject:
            # in front of the clause, out of reach of its negation
            state.presupposed = True
        return self._govern(head, tree.lower[n], state, definite=definite)

    def _govern(self, head: int, place: str, state: State, *, definite: bool) -> str:
        """The force of a governing word, or what follows where the lists have none."""
        tree = self.tree
        words = self.clauses.words(head, place)
        force: Force | None = words[0].force if words else None
        if force is None and tree.pos[head] == "NOUN":
            effect = self.noun_effect(head, place)
            force = None if effect is None else _FORCE_OF[effect]
        if force == "topic":
            force = "fact" if definite else "wish"
        if force == "fact":
            if place in ("obj", "of", "to") and not definite:
                return "go"
            state.tense = state.tense or "past"
            return "stop"
        if force is not None:
            state.apply(force, head)
            if force == "condition" and state.tense in (None, "present"):
                state.tense = "future"
            if place == "to" and force in ("probable", "possible", "doubtful") and tree.pos[head] == "ADJ":
                state.tense = state.tense or "future"
        elif place == "to":
            state.words.append(("prospect", head))
            state.ahead()
        elif place in ("obj", "that") and tree.pos[head] == "VERB" and self._tells(head, place):
            state.told = not definite or place == "that"
        elif definite and tree.pos[head] in ("VERB", "NOUN"):
            state.presupposed = True
        return "go"

    def _tells(self, head: int, place: str) -> bool:
        rows = self.cues.verbs.get(self.tree.lemmas[head], ())
        return any(place in cue.frames and cue.effect == "report" for cue in rows)

    def noun_effect(self, head: int, place: str) -> Effect | None:
        """What a noun of saying does to what stands in this place of it."""
        for cue in self.cues.nouns.get(self.tree.lemmas[head], ()):
            if place in cue.frames or place in cue.prepositions:
                return cue.effect
        return None
