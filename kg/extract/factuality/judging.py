"""Did it happen, and who says so: polarity, certainty and tense of an event at the place that names it.

`Judge(doc, attributions, cues).judge(i)` walks from the trigger token `i` up the parse to the edge of the
innermost attribution that it stands in, and collects what each step says: negation, modals, conditions,
questions, governing verbs and nouns ("refused to hold talks", "calls for sanctions"), tense. Then the
attribution itself speaks ("denied that …"), and what stands around its cue ("did not say that …").

The rule above all rules: in doubt, a thing is not asserted. Words and forces: ontologies/cues/factuality.tsv.

>>> from spacy.tokens import Doc
>>> from spacy.vocab import Vocab
>>> doc = Doc(Vocab(), words=["Rome", "denied", "lying"], lemmas=["Rome", "deny", "lie"], heads=[1, 1, 1],
...           deps=["nsubj", "ROOT", "xcomp"], pos=["PROPN", "VERB", "VERB"], tags=["NNP", "VBD", "VBG"])
>>> from kg.extract.actors import Actors
>>> from kg.extract.attribution import find_attributions
>>> from kg.model import Document
>>> cues = Cues.load()
>>> attributions = find_attributions(Document("d", doc.text), doc, Actors(), cues)
>>> judgement = Judge(doc, attributions, cues).judge(2)
>>> judgement.polarity, judgement.tense, judgement.attribution
('negative', 'past', 'attribution-5-11')
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.extract.cues import Cues, Effect
from kg.extract.factuality.modality import RANK, Clauses, State
from kg.extract.factuality.scope import Scope
from kg.extract.factuality.status import event_status, report_status
from kg.extract.quotation import quotations
from kg.extract.syntax import Tree
from kg.model import Attribution, Certainty, Polarity, Span, Tense

if TYPE_CHECKING:
    from spacy.tokens import Doc

__all__ = ["Judge", "Judgement", "event_status", "report_status"]

_VERBAL = frozenset({"VERB", "AUX"})
# Cues that comment on their content from beside it: nothing around them governs it.
_BESIDE = ("cues/phrases.tsv", "cues/speech")
# What each kind of cue word decides.
_DECIDES: Mapping[str, str] = {
    "negative": "polarity", "refused": "polarity", "end": "polarity", "doubtful": "polarity",
    "future": "tense", "past": "tense", "soon": "tense", "prospect": "tense", "purpose": "tense",
    "wish": "conditional", "condition": "conditional", "question": "conditional",
}  # fmt: skip
_STEPS = 60
# Attributions inside attributions that are followed outwards.
_DEPTH = 40
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

    def __init__(self, doc: Doc, attributions: Sequence[Attribution], cues: Cues, *, text: str | None = None) -> None:
        """`text` is the document's own, with its paragraphs; without it two spaces part paragraphs."""
        self._tree = Tree.of(doc)
        self._cues = cues
        self._clauses = Clauses(self._tree, cues)
        self._scope = Scope(self._tree, cues, self._clauses)
        self._attributions = attributions
        self._number = {a.id: n for n, a in enumerate(attributions)}
        self._content: list[frozenset[int]] = []
        self._cue: list[int] = []
        self._inner = self._paint()
        self._claims = frozenset(self._cue[n] for n in range(len(attributions)) if self._is_claim(n))
        self._questions = self._find_questions()
        self._quoted = self._find_quoted(doc.text.replace("  ", "\n\n") if text is None else text)
        self._cache: dict[int, Judgement] = {}
        self._depth = 0

    def judge(self, i: int) -> Judgement:
        """How the token `i` (a verb, an event noun, a title) is meant."""
        if i not in self._cache:
            if self._depth >= _DEPTH:
                return Judgement(conditional=True)
            self._cache[i] = Judgement(conditional=True)  # ends a circle of attributions
            self._depth += 1
            self._cache[i] = self._judge(i)
            self._depth -= 1
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
        tree = self._tree
        found: set[int] = set()
        for quote in quotations(text):
            first, last = bisect_left(tree.starts, quote.start), bisect_left(tree.starts, quote.end)
            tokens = range(first, last)
            if len(tokens) > _SPEECH and (not quote.single or any(tree.pos[k] in _VERBAL for k in tokens)):
                found.update(tokens)
            elif any(tree.deps[k] == "nsubj" and tree.heads[k] in tokens for k in tokens):
                # a clause of three words is speech too
                found.update(tokens)
        return found

    # -- one trigger -------------------------------------------------------------------------------

    def _judge(self, i: int) -> Judgement:
        tree, state = self._tree, State()
        a = -1 if self._is_title(i) and i not in self._quoted else self._inner[i]
        while a >= 0:
            if self._mentioned(i, a):
                state.presupposed = True
            elif self._voiced(i, a):
                break
            a = self._outer(a)
        self._walk(i, a, state)
        if a >= 0:
            self._attribute(a, state, direct=tree.heads[i] == self._cue[a])
        elif self._unfounded(i):
            state.doubt("possible")
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

    def _voiced(self, i: int, a: int) -> bool:
        """Whether an attribution speaks for what stands in it, so that neither the author does nor one around it."""
        if self._effect(a) == "own":
            # "slammed the raid" is the author's word, "slammed “the raid on our homes”" is not
            return i in self._quoted and self._cue[a] not in self._quoted
        outer = self._outer(a)
        # "denied Peru's claim that": whoever denies it is the last to speak
        return outer < 0 or not (self._is_claim(a) and self._effect(outer) in ("false", "doubt"))

    def _is_claim(self, a: int) -> bool:
        """Whether an attribution is made by a noun: "Peru's claim that"."""
        return self._attributions[a].rule.startswith("cues/nouns.tsv")

    def _outer(self, a: int) -> int:
        within = self._attributions[a].within
        return -1 if within is None else self._number.get(within, -1)

    def _mentioned(self, i: int, a: int) -> bool:
        """ "claimed responsibility for the attack": a definite event beside the noun that is claimed is given."""
        tree, effect = self._tree, self._effect(a)
        if effect in ("false", "doubt") and i in self._claims:
            # "rejected Peru's accusation that": the accusation was made
            return True
        if tree.pos[i] != "NOUN" or effect not in ("report", "false", "doubt") or not self._scope.definite(i):
            return False
        cue, last, place = self._cue[a], i, ""
        for above in tree.up(i):
            if above == cue:
                return last != i and tree.deps[last] == "dobj" and tree.pos[last] == "NOUN"
            if tree.pos[above] == "ADP":
                place = tree.lower[above]
            elif tree.pos[above] != "NOUN" or self._governs(above, place):
                return False
            last = above
        return False

    def _unfounded(self, i: int) -> bool:
        """A gerund in a sentence that the parse found no verb for: nothing says that it happened."""
        tree = self._tree
        if tree.tags[i] != "VBG" or tree.deps[i] not in ("pcomp", "xcomp", "advcl"):
            return False
        return not any(tree.pos[k] in _VERBAL and tree.tags[k] != "VBG" for k in tree.up(i))

    def _governs(self, i: int, place: str) -> bool:
        """Whether a noun decides over what stands in this place of it."""
        return self._scope.noun_effect(i, place) is not None or bool(self._clauses.words(i, place))

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

    def _attribute(self, a: int, state: State, *, direct: bool) -> None:
        """What the attribution does to its content, and what stands around it; `direct`: on its very clause."""
        effect, cue = self._effect(a), self._cue[a]
        state.words.append(("attribution", cue))
        beside = self._attributions[a].rule.startswith(_BESIDE)
        outer = Judgement() if beside else self.judge(cue)
        if state.apart and effect != "report":
            # in a clause of its own inside the content: held by the source, not wanted or denied
            effect = "report"
        if effect == "false":
            state.one_way, state.presupposed = False, False
            state.negate()
            state.certainty = 0 if RANK[state.certainty] == "unknown" else state.certainty
        elif effect == "doubt":
            if not state.conditional:
                state.doubt("possible")
        elif effect == "future":
            if self._attributions[a].stance == "demand" and direct:
                # "demanded that it cut": the form is no past
                state.finite = False
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
        definite = self._scope.definite(i)
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
            given = definite and (node == i or (below == i and tree.deps[i] == "pobj"))
            step = self._scope.arc(node, head, state, definite=given)
            if step in ("stop", "apart"):
                state.apart = step == "apart"
                return
            coordinated = step == "marks"
            below, node = node, head


def _cue_words(tree: Tree, state: State) -> tuple[tuple[str, Span], ...]:
    """(what it decided, span) of each cue word; what is not polarity, tense or condition is certainty."""
    found = ((_DECIDES.get(what, "certainty"), Span(tree.starts[k], tree.ends[k])) for what, k in state.words)
    return tuple(dict.fromkeys(found))
