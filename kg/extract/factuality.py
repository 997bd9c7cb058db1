"""Did it happen, and who says so: polarity, certainty and tense of an event at the place that names it.

`Judge(doc, attributions, cues).judge(i)` walks from the trigger token `i` up the parse to the edge of the
innermost attribution that it stands in, and collects what each step says: negation, modals, conditions,
questions, governing verbs and nouns ("refused to hold talks", "calls for sanctions"), tense. Then the
attribution itself speaks ("denied that …"), and what stands around its cue ("did not say that …").

The rule above all rules: in doubt, a thing is not asserted. Words and forces: ontologies/cues/factuality.tsv.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.extract.cues import Cues, Effect, Force
from kg.extract.modality import RANK, Clauses, State
from kg.extract.quotation import quotations
from kg.extract.status import event_status, report_status
from kg.extract.syntax import Tree
from kg.model import Attribution, Certainty, Polarity, Span, Tense

if TYPE_CHECKING:
    from spacy.tokens import Doc

__all__ = ["Judge", "Judgement", "event_status", "report_status"]

_VERBAL = frozenset({"VERB", "AUX"})
_FINITE = frozenset({"VBD", "VBZ", "VBP"})
_OBJECT = frozenset({"dobj", "dative", "attr", "oprd", "acomp", "obj"})
_SUBJECT = frozenset({"nsubj", "nsubjpass"})
_TEMPORAL = frozenset({"when", "once", "after", "until", "till", "before", "as", "whenever"})
_DEFINITE = frozenset({"the", "this", "that", "these", "those"})
# Cues that comment on their content from beside it: nothing around them governs it.
_BESIDE = ("cues/phrases.tsv", "cues/speech")
# What each kind of cue word decides.
_DECIDES: Mapping[str, str] = {
    "negative": "polarity", "refused": "polarity", "end": "polarity", "doubtful": "polarity",
    "future": "tense", "past": "tense", "soon": "tense", "prospect": "tense", "purpose": "tense",
    "wish": "conditional", "condition": "conditional", "question": "conditional",
}  # fmt: skip
# What a noun of saying does to what it governs where it makes no attribution ("claims that …").
_FORCE_OF: dict[Effect, Force] = {
    "report": "hearsay", "false": "negative", "doubt": "question", "own": "fact",
    "future": "future", "wish": "wish", "question": "question",
}  # fmt: skip
_STEPS = 60
# More tokens than this, marks included, between quotation marks are speech, not a quoted word.
_SPEECH = 5


@dataclass(frozen=True, slots=True)
class Judgement:
    """How a trigger is meant, for its holder.

    Attributes:
        conditional: under a condition, a question, a fear or a wish.
        holder: chain of the source of the innermost attribution; None is the author, or somebody unnamed.
        attribution: id of that attribution; None is the author's own word.
        words: the cues that decided, as (what they decided, span).
    """

    polarity: Polarity = "positive"
    certainty: Certainty = "certain"
    tense: Tense = "present"
    conditional: bool = False
    holder: str | None = None
    attribution: str | None = None
    words: tuple[tuple[str, Span], ...] = ()


class Judge:
    """Judges the triggers of one document."""

    def __init__(
        self, doc: Doc, attributions: Sequence[Attribution], cues: Cues, *, text: str | None = None
    ) -> None:
        """`text` is the document's own, with its paragraphs; without it two spaces part paragraphs."""
        self._tree = Tree.of(doc)
        self._cues = cues
        self._clauses = Clauses(self._tree, cues)
        self._attributions = attributions
        self._number = {a.id: n for n, a in enumerate(attributions)}
        self._content: list[frozenset[int]] = []
        self._cue: list[int] = []
        self._inner = self._paint()
        self._questions = self._find_questions()
        self._quoted = self._find_quoted(doc.text.replace("  ", "\n\n") if text is None else text)
        self._cache: dict[int, Judgement] = {}

    def judge(self, i: int) -> Judgement:
        """How the token `i` (a verb, an event noun, a title) is meant."""
        if i not in self._cache:
            self._cache[i] = Judgement(conditional=True)  # ends a circle of attributions
            self._cache[i] = self._judge(i)
        return self._cache[i]

    # -- what is known of the document beforehand --------------------------------------------------

    def _tokens(self, spans: Sequence[Span]) -> list[int]:
        starts = self._tree.starts
        return [k for span in spans for k in range(bisect_left(starts, span.start), bisect_left(starts, span.end))]

    def _paint(self) -> list[int]:
        """The innermost attribution that each token is content of, or -1."""
        inner = [-1] * len(self._tree.words)
        for a in self._attributions:
            own = {*self._tokens(a.cue), *self._tokens(a.source)}
            self._content.append(frozenset(k for k in self._tokens(a.content) if k not in own))
            self._cue.append(self._word_of(a))
        for n in sorted(range(len(self._content)), key=lambda n: -len(self._content[n])):
            for k in self._content[n]:
                inner[k] = n
        return inner

    def _word_of(self, attribution: Attribution) -> int:
        """The token of a cue that the cue list names."""
        cue = self._tokens(attribution.cue)
        lemma = attribution.rule.rpartition(":")[2].split(" ")[0]
        return ([k for k in cue if self._tree.lemmas[k] == lemma] or cue)[-1]

    def _find_questions(self) -> list[bool]:
        tree, found = self._tree, []
        for first, last in tree.bounds:
            end = last - 1
            while end > first and (tree.words[end].isspace() or tree.words[end] in ('"', "'", "''", ")", "]")):
                end -= 1
            found.append(tree.words[end].endswith("?"))
        return found

    def _find_quoted(self, text: str) -> set[int]:
        """Tokens of direct speech, so that none of it is ever the author's, whoever says it."""
        tree, found = self._tree, set()
        for quote in quotations(text):
            first, last = bisect_left(tree.starts, quote.start), bisect_left(tree.starts, quote.end)
            if last - first > _SPEECH and any(tree.pos[k] in _VERBAL for k in range(first, last)):
                found.update(range(first, last))
        return found

    # -- one trigger -------------------------------------------------------------------------------

    def _judge(self, i: int) -> Judgement:
        tree, state = self._tree, State()
        a = -1 if self._is_title(i) else self._inner[i]
        while a >= 0 and self._effect(a) == "own":
            a = self._outer(a)
        self._walk(i, a, state)
        if a >= 0:
            self._attribute(a, state)
        elif i in self._quoted:
            state.words.append(("quotation", i))
            state.doubt("unknown")
        if self._questions[tree.sentences[i]] and (a < 0 or self._same_sentence(a, i)):
            state.words.append(("question", i))
            state.conditional = True
        if state.ended and (state.tense == "future" or state.certainty):
            state.conditional = True
        return Judgement(
            polarity="negative" if state.negative else "positive",
            certainty=RANK[state.certainty],
            tense=state.tense or "present",
            conditional=state.conditional,
            holder=None if a < 0 else self._attributions[a].holder,
            attribution=None if a < 0 else self._attributions[a].id,
            words=_cue_words(tree, state),
        )

    def _effect(self, a: int) -> Effect:
        return self._cues.effects.get(self._attributions[a].rule, "report")

    def _outer(self, a: int) -> int:
        within = self._attributions[a].within
        return -1 if within is None else self._number.get(within, -1)

    def _same_sentence(self, a: int, i: int) -> bool:
        """Whether a question mark belongs to the content of an attribution, or to all of the sentence."""
        tree, effect = self._tree, self._effect(a)
        if tree.sentences[self._cue[a]] != tree.sentences[i]:
            return True
        return effect in ("question", "report")

    def _is_title(self, i: int) -> bool:
        """A title before or behind a name ("Foreign Minister Lavrov said") is the author's own word."""
        tree = self._tree
        return (
            tree.deps[i] in ("compound", "appos", "nmod")
            and tree.pos[i] in ("NOUN", "PROPN")
            and tree.pos[tree.heads[i]] == "PROPN"
        )

    def _attribute(self, a: int, state: State) -> None:
        """What the attribution does to its content, and what stands around the attribution."""
        effect, cue = self._effect(a), self._cue[a]
        state.words.append(("attribution", cue))
        beside = self._attributions[a].rule.startswith(_BESIDE)
        outer = Judgement() if beside else self.judge(cue)
        if effect == "false":
            state.one_way, state.presupposed = False, False
            state.negate()
            state.certainty = 0 if RANK[state.certainty] == "unknown" else state.certainty
        elif effect == "doubt":
            if not state.conditional:
                state.doubt("possible")
        elif effect == "future":
            state.ahead()
        elif effect == "question":
            state.conditional = True
        elif effect == "wish":
            state.conditional = True
            if not state.finite:
                state.tense = "future"
        if (
            outer.polarity == "negative"
            or outer.conditional
            or outer.certainty == "possible"
            or (outer.tense == "future" and effect in ("report", "false"))
        ):
            state.conditional = True
        if state.tense is None and not beside:
            state.tense = outer.tense

    # -- the way up --------------------------------------------------------------------------------

    def _walk(self, i: int, a: int, state: State) -> None:
        tree, clauses = self._tree, self._clauses
        boundary = None if a < 0 else self._content[a]
        backshift = a >= 0 and tree.tags[self._cue[a]] != "MD"
        definite = self._definite(i)
        below, node, coordinated = -1, i, False
        for _ in range(_STEPS):
            if tree.pos[node] in _VERBAL and tree.deps[node] not in ("amod", "aux", "auxpass"):
                if coordinated:
                    clauses.marks(node, below, state)
                else:
                    clauses.verb(node, below, state, backshift=backshift)
            elif not coordinated:
                clauses.noun(node, state, own=node == i)
            head = tree.heads[node]
            if head == node or (boundary is not None and head not in boundary):
                return
            step = self._arc(node, head, state, definite=definite and node == i)
            if step == "stop":
                return
            coordinated = step == "marks"
            below, node = node, head

    def _definite(self, i: int) -> bool:
        tree = self._tree
        if tree.pos[i] == "PROPN":
            return True
        return tree.pos[i] == "NOUN" and any(
            tree.deps[c] == "poss" or (tree.deps[c] == "det" and tree.lower[c] in _DEFINITE) for c in tree.children[i]
        )

    def _arc(self, n: int, head: int, state: State, *, definite: bool) -> str:
        """What the arc above `n` says: "go" on, "stop" at the end of the scope, "marks" where it is only joined on."""
        tree, clauses, dep = self._tree, self._clauses, self._tree.deps[n]
        if dep == "conj":
            return self._conjunct(n, head)
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
            predicate = tree.child(head, ("acomp",))
            if predicate is not None:
                for word in clauses.words(predicate, "subj")[:1]:
                    state.apply(word.force, predicate)
            return self._govern(head, "subj" if dep == "nsubjpass" else "does", state, definite=definite)
        if dep in ("compound", "nmod", "amod", "poss"):
            return self._govern(head, "front", state, definite=definite)
        return "marks" if dep == "appos" else "go"

    def _conjunct(self, n: int, head: int) -> str:
        tree = self._tree
        if tree.pos[n] not in _VERBAL or tree.pos[head] not in _VERBAL:
            return "marks"
        own = tree.tags[n] in _FINITE or tree.child(n, ("aux", "auxpass", "nsubj", "nsubjpass")) is not None
        return "marks" if own else "go"

    def _noun_clause(self, n: int, head: int, state: State) -> str:
        tree, clauses = self._tree, self._clauses
        if clauses.infinitive(n):
            return self._govern(head, "to", state, definite=False)
        if tree.deps[n] == "relcl":
            told = self._noun_effect(head, "that")
            if told is not None and told != "own":
                # "reports that showed …", and complements that the parser reads as relative clauses
                state.apply(_FORCE_OF[told], head)
            return "stop"
        if clauses.marked(n, "that"):
            return self._govern(head, "that", state, definite=False)
        if tree.tags[n] in ("VBN", "VBD"):
            state.tense = state.tense or "past"
            return "stop"
        state.presupposed = True
        return "go"

    def _adverbial(self, n: int, head: int, state: State) -> str:
        tree, clauses = self._tree, self._clauses
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
            return "stop"
        state.presupposed = True
        return "go"

    def _temporal(self, n: int, head: int, state: State) -> None:
        """ "when he visits, he will sign": as open as its main clause."""
        tree = self._tree
        if state.tense != "present" or not any(tree.lower[k] in _TEMPORAL for k in tree.all(n, ("mark", "advmod"))):
            return
        main = State()
        self._clauses.verb(head, n, main, backshift=False)
        if main.tense == "future" or main.conditional or main.certainty:
            state.tense = "future"

    def _complement(self, n: int, head: int, state: State) -> str:
        tree, clauses = self._tree, self._clauses
        if tree.pos[head] in ("ADP", "SCONJ") or tree.deps[n] == "pcomp":
            return "go"
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
        tree, clauses = self._tree, self._clauses
        for word in clauses.words(n, "under"):
            state.apply(word.force, n)
            if word.force == "condition" and state.tense == "present":
                state.tense = "future"
        if any(tree.lower[k] == "instead" for k in tree.all(n, ("advmod",))):
            state.apply("negative", n)
        subject = tree.child(head, _SUBJECT)
        if subject is not None and n < subject:
            # in front of the clause, out of reach of its negation
            state.presupposed = True
        return self._govern(head, tree.lower[n], state, definite=definite)

    def _govern(self, head: int, place: str, state: State, *, definite: bool) -> str:
        """The force of a governing word, or what follows where the lists have none."""
        tree = self._tree
        words = self._clauses.words(head, place)
        force: Force | None = words[0].force if words else None
        if force is None and tree.pos[head] == "NOUN":
            effect = self._noun_effect(head, place)
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
            if force == "condition":
                state.tense = state.tense or "future"
            if place == "to" and force in ("probable", "possible", "doubtful") and tree.pos[head] == "ADJ":
                state.tense = state.tense or "future"
        elif place == "to":
            state.words.append(("prospect", head))
            state.ahead()
        elif definite and tree.pos[head] == "VERB":
            state.presupposed = True
        return "go"

    def _noun_effect(self, head: int, place: str) -> Effect | None:
        for cue in self._cues.nouns.get(self._tree.lemmas[head], ()):
            if place in cue.frames or place in cue.prepositions:
                return cue.effect
        return None


def _cue_words(tree: Tree, state: State) -> tuple[tuple[str, Span], ...]:
    """(what it decided, span) of each cue word; what is not polarity, tense or condition is certainty."""
    found = ((_DECIDES.get(what, "certainty"), Span(tree.starts[k], tree.ends[k])) for what, k in state.words)
    return tuple(dict.fromkeys(found))
