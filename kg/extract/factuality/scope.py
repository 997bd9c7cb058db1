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

from kg.extract.cues import Cue, Cues, Effect, Force
from kg.extract.factuality.modality import Clauses, State
from kg.extract.syntax import Tree

__all__ = ["Scope"]

_VERBAL = frozenset({"VERB", "AUX"})
_FINITE = frozenset({"VBD", "VBZ", "VBP"})
_OBJECT = frozenset({"dobj", "dative", "attr", "oprd", "acomp", "obj"})
_SUBJECT = frozenset({"nsubj", "nsubjpass"})
_TEMPORAL = frozenset({"when", "once", "after", "until", "till", "before", "as", "whenever"})
_DEFINITE = frozenset({"the", "this", "that", "these", "those"})
# Verbs that only join a subject to what is said of it.
_LINKING = frozenset({"be", "seem", "appear", "remain", "look", "sound", "become", "prove"})
_HARDLY = frozenset({"hardly", "scarcely", "barely", "not", "never"})
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
        if dep in ("xcomp", "ccomp", "pcomp", "csubj", "csubjpass"):
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
        if not own and tree.tags[n] == "VB" and tree.tags[head] in ("VBD", "VBZ", "VBN") and self._after_to(n, head):
            # "a chance to fix prices, cut debt and leave": no form of its own, joined over the head of its governor
            state.words.append(("prospect", n))
            state.ahead()
        elif not own and tree.tags[n] == "VBG" and tree.tags[head] != "VBG":
            # "mentioned closing ports and expelling envoys": as open as what it is listed with
            place = next((p for p in ("ing", "obj") if self.clauses.words(head, p)), "")
            return self._govern(head, place, state, definite=False) if place else "go"
        return "marks" if own else "go"

    def _after_to(self, n: int, head: int) -> bool:
        """Whether an infinitive stands between a verb and the first of those that it is joined to."""
        tree = self.tree
        while tree.deps[head] == "conj" and tree.pos[tree.heads[head]] in _VERBAL:
            head = tree.heads[head]
        return any(tree.lower[k] == "to" and tree.deps[k] == "aux" for k in range(head + 1, n))

    def _noun_clause(self, n: int, head: int, state: State) -> str:
        tree, clauses = self.tree, self.clauses
        if clauses.infinitive(n):
            return self._govern(head, "to", state, definite=False)
        that = self._that_clause(n, head)
        if not that and (tree.deps[n] == "relcl" or tree.child(n, _SUBJECT) is not None):
            told = self.noun_effect(head, "that")
            if told is not None and told != "own":
                # "reports that showed …", and complements that the parser reads as relative clauses
                state.apply(_FORCE_OF[told], head)
                return "go"
            return "apart"
        if that:
            if self._whole(n) and not self._read(head) and not self._so(head):
                # no list has the noun
                state.apply("hearsay", head)
            return self._govern(head, "that", state, definite=False)
        if tree.tags[n] in ("VBN", "VBD"):
            state.tense = state.tense or "past"
            return "apart"
        state.presupposed = True
        return "go"

    def _that_clause(self, n: int, head: int) -> bool:
        """ "the claim that Rome fell", which the parser also takes for "the claim that Rome made"."""
        tree = self.tree
        if self.clauses.marked(n, "that"):
            return True
        inner = [k for c in (n, *tree.all(n, ("xcomp",))) for k in tree.all(c, ("advmod", "dobj", "dative"))]
        that = next((k for k in inner if tree.lower[k] == "that"), None)
        if that is None:
            return False
        untrue = any(word.force == "negative" for word in self.clauses.words(head, "that"))
        return untrue or tree.deps[that] == "advmod" or self._whole(n)

    def _whole(self, n: int) -> bool:
        """Whether a clause has an object beside its "that", so that it is no relative one."""
        return any(self.tree.lower[k] != "that" for k in self.tree.all(n, _OBJECT))

    def _adverbial(self, n: int, head: int, state: State) -> str:
        tree, clauses = self.tree, self.clauses
        first = tree.bounds[tree.sentences[n]][0]
        if clauses.marked(n, "that") and (tree.pos[head] == "ADJ" or (tree.lower[first] == "that" and n < head)):
            # "made it clear that", "that they left the town is false"
            return self._complement(n, head, state)
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
        if n < head and tree.lemmas[head] == "go":
            # "so the story goes"
            teller = tree.child(head, _SUBJECT)
            effect = None if teller is None else self.noun_effect(teller, "that")
            state.apply("fact" if effect is None else _FORCE_OF[effect], head)
            return "go"
        if tree.deps[n] in ("csubj", "csubjpass") or (tree.deps[n] == "advcl" and n < head):
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
        linking = tree.pos[head] == "ADJ" or tree.lemmas[head] in _LINKING
        if linking and (place == "subj" or (place == "that" and n > head)):
            return self._predicated(n, head, state)
        if clauses.marked(n, "that") or (place == "subj" and tree.lower[tree.subtree(n)[0]] == "that"):
            if place == "subj" and tree.child(head, ("auxpass",)) is not None:
                told: Effect = next((cue.effect for cue in self._telling(head)), "own")
                state.apply(_FORCE_OF[told], head)
            elif place == "that" and tree.pos[head] in ("VERB", "NOUN") and not self._read(head) and not self._so(head):
                state.apply("hearsay", head)
        return self._govern(head, place, state, definite=False)

    def _predicated(self, n: int, head: int, state: State) -> str:
        """ "It is false that …", "that … is a lie", "the claim is that …": what the predicate or the subject says."""
        tree, clauses = self.tree, self.clauses
        said = head if tree.pos[head] == "ADJ" else tree.child(head, ("acomp", "attr", "oprd"))
        predicate = said is not None
        if said is None and tree.deps[n] == "ccomp":
            said = tree.child(head, _SUBJECT)
        if said is None or tree.pos[said] not in ("ADJ", "NOUN", "VERB"):
            if any(tree.lower[k] == "far" for k in tree.all(head, ("advmod",))):
                state.apply("hearsay", head)
            return self._govern(head, "that", state, definite=False)
        place = next((place for place in ("that", "subj") if clauses.words(said, place)), "that")
        if clauses.marked(n, "that") and not self._so(said):
            effects = [cue.effect for cue in self._telling(said)]
            if not self._read(said, place):
                state.apply("hearsay", said)
            elif effects and tree.deps[said] == "ccomp":
                # "made it clear that"
                state.apply(_FORCE_OF[effects[0]], said)
        step = self._govern(said, place, state, definite=False)
        if step == "go" and predicate:
            if tree.pos[said] == "NOUN":
                clauses.noun(said, state, own=False)
            elif any(tree.lower[k] in _HARDLY for k in tree.all(said, ("advmod", "neg"))):
                state.apply("negative", said)
            if said != head:
                self._govern(head, "that", state, definite=False)
        return step

    def _read(self, i: int, place: str = "that") -> bool:
        """Whether a list says what becomes of what stands in this place of a word."""
        return bool(self.clauses.words(i, place) or self._telling(i))

    def _telling(self, i: int) -> list[Cue]:
        """The uses of a word, as one that attributes, with a clause."""
        table = {"NOUN": self.cues.nouns, "ADJ": self.cues.adjectives}.get(self.tree.pos[i], self.cues.verbs)
        return [cue for cue in table.get(self.tree.lemmas[i], ()) if "that" in cue.frames]

    def _so(self, i: int) -> bool:
        """ "so loud that …", "such a crowd that …": what follows from it."""
        tree = self.tree
        first = min((c for c in tree.children[i] if c < i), default=i)
        return any(tree.lower[k] in ("so", "such") for k in range(max(first, i - 6), i))

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
