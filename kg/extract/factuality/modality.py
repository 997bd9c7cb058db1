"""What a clause says of its own verb: negation, modals, conditions, adverbs, tense; and the state that sums it up.

`State` collects on the way from a trigger to the top of its scope; `Clauses` adds what one verb or noun says, and
what a governing word does to it (its force, ontologies/cues/factuality.tsv).

>>> tree = Tree.of_rows([
...     ("Rome", "Rome", "PROPN", "NNP", "nsubj", 3), ("did", "do", "AUX", "VBD", "aux", 3),
...     ("not", "not", "PART", "RB", "neg", 3), ("sign", "sign", "VERB", "VB", "ROOT", 3),
... ])
>>> state = State()
>>> Clauses(tree, Cues.load()).verb(3, -1, state, backshift=False)
>>> state.negative, state.tense
(True, 'past')
"""

from __future__ import annotations

from dataclasses import dataclass, field

from kg.extract.cues import Cues, Force, Word
from kg.extract.syntax import Tree
from kg.model import Certainty, Tense

__all__ = ["RANK", "Clauses", "State"]

# From sure to open: the most open word on the way decides.
RANK: tuple[Certainty, ...] = ("certain", "probable", "unknown", "possible")
_VERBAL = frozenset({"VERB", "AUX"})
_IF = frozenset({"if", "unless", "whether", "provided", "providing", "lest", "assuming", "supposing"})
_NOBODY = frozenset({"nobody", "none", "nothing", "neither"})
_NO = frozenset({"no", "neither"})
_PARTS = frozenset({"nsubj", "nsubjpass", "dobj", "attr", "dative"})
_BACKSHIFTED = frozenset({"VBD", "VBN", "VBG", "NN", "NNS", "IN", "VBP", "VBZ"})


@dataclass(slots=True)
class State:
    """What is known of a trigger so far.

    Attributes:
        finite: its tense comes from a verb form of its own.
        one_way: it is negative only as long as nothing negates the word that made it so ("refuse").
        ended: it is spoken of as over.
        told: a verb of saying above it is negated with it, so that nobody says anything.
        apart: it stands in a clause of its own (a relative, an "after …") inside an attribution.
        presupposed: taken for granted, so that negation above it does not touch it.
        words: (what it decided, token).
    """

    negative: bool = False
    certainty: int = 0
    tense: Tense | None = None
    finite: bool = False
    conditional: bool = False
    one_way: bool = False
    ended: bool = False
    told: bool = False
    apart: bool = False
    presupposed: bool = False
    words: list[tuple[str, int]] = field(default_factory=list)

    def doubt(self, certainty: Certainty) -> None:
        self.certainty = max(self.certainty, RANK.index(certainty))

    def negate(self) -> None:
        if self.presupposed:
            return
        if self.told:
            self.conditional = True
            return
        if self.one_way:
            self.conditional = True
        self.negative = not self.negative

    def ahead(self) -> None:
        """It lies in the future, unless its own verb form says that it is past."""
        if not (self.finite and self.tense == "past"):
            self.tense = "future"

    def apply(self, force: Force, word: int) -> None:
        """What a governing word of this force does."""
        if force in ("positive", "fact", "light", "carry", "soon"):
            return
        self.words.append((force, word))
        if force in ("negative", "refused", "doubtful"):
            self.negate()
            self.one_way = self.one_way or force == "refused"
            if force == "doubtful":
                self.doubt("possible")
        elif force == "end":
            self.presupposed = False
            self.negate()
            self.ended = True
        elif force == "future":
            self.ahead()
        elif force == "wish":
            self.conditional = True
            if not self.finite:
                self.tense = "future"
        elif force in ("condition", "question"):
            self.conditional = True
        elif force == "past":
            self.tense, self.finite = "past", True
        elif force == "hearsay":
            self.doubt("unknown")
        elif force in ("probable", "possible"):
            self.doubt("probable" if force == "probable" else "possible")


class Clauses:
    """Reads verbs and nouns of one parse."""

    def __init__(self, tree: Tree, cues: Cues) -> None:
        self.tree, self.cues = tree, cues

    def words(self, i: int, place: str) -> list[Word]:
        """The entries of the token's lemma (with its particle first) that govern this place."""
        tree = self.tree
        pos, lemma = tree.pos[i], tree.lemmas[i]
        if lemma == "call" and i and tree.lower[i - 1] in ("-", "so"):
            lemma = "so-called"
        pos = "VERB" if pos == "AUX" else "NOUN" if pos == "PROPN" else pos
        particle = tree.particle(i)
        first = self.cues.words.get((f"{lemma}-{particle}", "VERB"), ()) if particle else ()
        found = [*first, *self.cues.words.get((lemma, pos), ())]
        return [word for word in found if place in word.places and word.force != "carry"]

    def infinitive(self, i: int) -> bool:
        return any(self.tree.lower[k] == "to" for k in self.tree.all(i, ("aux",)))

    def marked(self, i: int, word: str) -> bool:
        return any(self.tree.lower[k] == word for k in self.tree.all(i, ("mark",)))

    # -- nouns -------------------------------------------------------------------------------------

    def noun(self, n: int, state: State, *, own: bool) -> None:
        """Determiners of a noun; for the trigger `own` also the words before it ("alleged", "planned")."""
        tree = self.tree
        for c in tree.children[n]:
            dep, lower = tree.deps[c], tree.lower[c]
            if dep == "neg" or (dep == "det" and lower in _NO):
                state.words.append(("negative", c))
                state.negate()
            elif dep == "det" and lower == "any" and own:
                state.words.append(("condition", c))
                state.conditional = True
            elif own and dep in ("amod", "compound", "nmod", "advmod", "nummod"):
                self._modifier(c, state)
        if own and self.distanced(n):
            state.words.append(("quotation marks", n))
            state.doubt("unknown")

    def _modifier(self, c: int, state: State) -> None:
        for word in self.words(c, "mod")[:1]:
            state.apply(word.force, c)
            if word.force == "future":
                state.finite = True

    def distanced(self, n: int) -> bool:
        """Whether a noun stands, with two words at most, in quotation marks of its own."""
        tree, marks = self.tree, ('"', "''", "``")
        left = next((k for k in range(n - 1, max(n - 4, -1), -1) if tree.words[k] in marks), None)
        right = next((k for k in range(n + 1, min(n + 4, len(tree.words))) if tree.words[k] in marks), None)
        return left is not None and right is not None and right - left <= 4 and tree.words[right - 1] not in (",", ".")

    # -- verbs -------------------------------------------------------------------------------------

    def verb(self, v: int, below: int, state: State, *, backshift: bool) -> None:
        """Auxiliaries, negation, adverbs and marks of `v`, and its tense.

        `below` is the child that the way came from.
        """
        tree = self.tree
        past, modal, auxiliary, infinitive, condition = False, "", "", False, self.marks(v, below, state)
        for c in tree.children[v]:
            dep, lower = tree.deps[c], tree.lower[c]
            if dep in ("aux", "auxpass"):
                if tree.tags[c] == "MD" and not condition:
                    modal = lower
                    state.words.append(("modal", c))
                elif lower == "to":
                    infinitive = True
                elif tree.lemmas[c] == "have":
                    past = True
                    auxiliary = auxiliary or tree.tags[c]
                else:
                    auxiliary = auxiliary or tree.tags[c]
            elif dep in ("neg", "advmod", "preconj", "cc", "det", "intj"):
                self._adverb(c, v, state)
            elif dep in _PARTS and c != below and self._nobody(c):
                state.words.append(("negative", c))
                state.negate()
            else:
                self._comment(c, state)
        if tree.deps[v] == "ROOT" and self.marked(v, "that"):
            # "That they fled is false", parsed without its main clause
            state.apply("hearsay", v)
        self._modal(modal, state, past=past, backshift=backshift)
        self._tense(v, below, state, past=past, auxiliary=auxiliary, infinitive=infinitive)
        if condition and state.tense in (None, "present"):
            state.tense = "future"

    def marks(self, v: int, below: int, state: State) -> bool:
        """Conditions over a clause; whether the clause is itself the condition."""
        tree, own = self.tree, False
        for c in tree.children[v]:
            dep = tree.deps[c]
            if dep in ("mark", "advmod", "prep", "cc") and tree.lower[c] in _IF:
                own = own or tree.lower[c] != "whether"
            elif dep == "prep" and self._in_case(c):
                own = True
            elif not (dep == "advcl" and c != below and self._condition(c, v)):
                continue
            state.words.append(("condition", c))
            state.conditional = True
        if tree.deps[v] == "advcl" and self._inverted(v):
            state.words.append(("condition", v))
            state.conditional = own = True
        return own

    def _condition(self, c: int, v: int) -> bool:
        tree = self.tree
        marked = any(tree.deps[k] in ("mark", "advmod") and tree.lower[k] in _IF for k in tree.children[c])
        return marked or (c < v and self._inverted(c))

    def _inverted(self, c: int) -> bool:
        """ "Should it rain", "Had they known", "Were it true"."""
        tree = self.tree
        subject = tree.child(c, ("nsubj", "nsubjpass"))
        first = tree.child(c, ("aux", "auxpass"))
        first = c if first is None and tree.lower[c] == "were" else first
        return (
            first is not None
            and tree.lower[first] in ("should", "had", "were")
            and subject is not None
            and first < subject
        )

    def _in_case(self, c: int) -> bool:
        """ "In case they attacked": a bare "case", which no comma parts from its clause."""
        tree = self.tree
        case = tree.child(c, ("pobj",))
        if tree.lower[c] != "in" or case != c + 1 or tree.lower[case] != "case" or tree.children[case]:
            return False
        return case + 1 < len(tree.words) and tree.pos[case + 1] != "PUNCT"

    def _adverb(self, c: int, v: int, state: State) -> None:
        tree = self.tree
        lower = tree.lower[c]
        if tree.deps[c] == "neg":
            state.words.append(("negative", c))
            state.negate()
            return
        never = c < v and lower != "only" and self.tree.child(c, ("neg",)) is not None  # "not once did they"
        if never or (lower == "longer" and c < v):
            state.words.append(("negative", c))
            state.negate()
            return
        for word in self.cues.words.get((lower, "ADV"), ()):
            if "child" in word.places and (word.force != "negative" or c < v):
                state.apply(word.force, c)

    def _comment(self, c: int, state: State) -> None:
        """Words beside the clause: "possibly rebels fled", "rebels, it seems, fled", "in theory, rebels fled", …"""
        tree, dep = self.tree, self.tree.deps[c]
        found: list[Word] = []
        first = tree.children[c][0] if tree.children[c] else c
        if dep in ("nsubj", "nsubjpass") and tree.deps[first] == "advmod":
            adverbs = self.cues.words.get((tree.lower[first], "ADV"), ())
            found = [word for word in adverbs if word.force in ("hearsay", "probable", "possible")]
        elif dep == "nsubj" and tree.pos[c] == "PROPN" and tree.lower[first] == "that" and tree.deps[first] == "det":
            # "That Rome fled is false", parsed as "that Rome"
            state.apply("hearsay", first)
        elif dep == "parataxis" and any(tree.lower[k] == "it" for k in tree.all(c, ("nsubj",))):
            found = self.words(c, "that")
        elif dep == "prep" and tree.lower[c] == "in":
            found = [word for k in tree.all(c, ("pobj",)) for word in self.words(k, "clause")]
        elif dep in ("conj", "ccomp") and tree.lemmas[c] == "go" and self._story(c):
            state.apply("hearsay", c)
        for word in found[:1]:
            state.apply(word.force, c)

    def _story(self, c: int) -> bool:
        """ "(or) so the story goes"."""
        tree = self.tree
        teller = tree.child(c, ("nsubj",))
        if teller is None or not any("that" in cue.frames for cue in self.cues.nouns.get(tree.lemmas[teller], ())):
            return False
        return any(tree.lower[k] == "so" for k in range(max(teller - 3, 0), teller))

    def _nobody(self, c: int) -> bool:
        tree = self.tree
        if tree.lower[c] in _NOBODY:
            return True
        return any(
            (tree.deps[k] in ("det", "preconj", "cc") and tree.lower[k] in _NO) or tree.deps[k] == "neg"
            for k in tree.children[c]
        )

    def _modal(self, modal: str, state: State, *, past: bool, backshift: bool) -> None:
        """`backshift`: "said that it would" is the "will" of a past report."""
        if not modal:
            return
        done: Tense = "past" if past else "future"
        if modal in ("will", "shall", "'ll", "wo", "sha", "’ll"):
            state.tense = state.tense or "future"
        elif modal in ("would", "'d", "’d"):
            if not (backshift and not past):
                state.conditional = True
            state.tense = state.tense or done
        elif modal in ("may", "might"):
            state.doubt("possible")
            state.tense = state.tense or done
        elif modal == "could":
            state.doubt("possible")
            state.conditional = True
            state.tense = state.tense or done
        elif modal in ("can", "ca"):
            state.doubt("possible")
            state.tense = state.tense or "present"
        elif past and modal != "must":
            state.conditional = True
            state.tense = state.tense or "past"
        else:
            state.doubt("probable")
            state.tense = state.tense or done

    def _tense(self, v: int, below: int, state: State, *, past: bool, auxiliary: str, infinitive: bool) -> None:
        tree, tag = self.tree, auxiliary or self.tree.tags[v]
        if infinitive:
            if past:
                state.tense, state.finite = "past", True
            elif tree.deps[v] == "ROOT":
                state.tense = state.tense or "future"
        elif state.tense is None:
            if past or tag == "VBD":
                state.tense, state.finite = "past", True
            elif tag in ("VBZ", "VBP"):
                state.tense, state.finite = "present", True
            elif tree.tags[v] == "VBN" and tree.deps[v] in ("acl", "ROOT", "advcl"):
                state.tense = "past"
            elif not auxiliary and not state.presupposed and self._imperative(v):
                state.tense, state.conditional = "future", True
        going = tree.lemmas[v] == "go" and tree.tags[v] == "VBG" and auxiliary
        if going and below >= 0 and tree.deps[below] == "xcomp" and self.infinitive(below):
            state.tense = "future"

    def _imperative(self, v: int) -> bool:
        tree = self.tree
        return tree.tags[v] == "VB" and tree.deps[v] == "ROOT" and tree.child(v, ("nsubj",)) is None
