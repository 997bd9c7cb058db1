"""Did it happen, and who says so: polarity, certainty and tense of an event at the place that names it.

`Judge(doc, attributions, cues).judge(i)` walks from the trigger token `i` up the parse to the edge of the
innermost attribution that it stands in, and collects what each step says: negation, modals, conditions,
questions, governing verbs and nouns ("refused to hold talks", "calls for sanctions"), tense. Then the
attribution itself speaks ("denied that …"), and what stands around its cue ("did not say that …").

The rule above all rules: in doubt, a thing is not asserted. Words and forces: ontologies/cues/factuality.tsv.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kg.extract.cues import Cues, Effect, Force, Word
from kg.extract.status import event_status, report_status
from kg.extract.syntax import Tree
from kg.model import Attribution, Certainty, Polarity, Span, Tense

if TYPE_CHECKING:
    from spacy.tokens import Doc

__all__ = ["Judge", "Judgement", "event_status", "report_status"]

_RANK: tuple[Certainty, ...] = ("certain", "probable", "unknown", "possible")
_FINITE = frozenset({"VBD", "VBZ", "VBP"})
_OBJECT = frozenset({"dobj", "dative", "attr", "oprd", "acomp", "obj"})
_SUBJECT = frozenset({"nsubj", "nsubjpass", "csubj"})
_DEFINITE = frozenset({"the", "this", "that", "these", "those", "its", "their", "his", "her", "our"})
# What an attribution's effect does when the same word governs without an attribution ("claims that …").
# Cues that comment on their content from beside it, and are judged by nothing around them.
_BESIDE = ("cues/phrases.tsv", "cues/speech")
_FORCE_OF: dict[Effect, Force] = {
    "report": "hearsay", "false": "negative", "doubt": "question", "own": "fact",
    "future": "future", "wish": "wish", "question": "question",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Judgement:
    """How a trigger is meant, for its holder; `words` are the cues that decided, as (what, span)."""

    polarity: Polarity = "positive"
    certainty: Certainty = "certain"
    tense: Tense = "present"
    conditional: bool = False
    holder: str | None = None
    attribution: str | None = None
    words: tuple[tuple[str, Span], ...] = ()


@dataclass(slots=True)
class _State:
    negative: bool = False
    certainty: int = 0
    tense: Tense | None = None
    finite: bool = False
    conditional: bool = False
    one_way: bool = False
    ended: bool = False
    presupposed: bool = False
    words: list[tuple[str, int]] = field(default_factory=list)

    def doubt(self, certainty: Certainty) -> None:
        self.certainty = max(self.certainty, _RANK.index(certainty))

    def negate(self) -> None:
        if self.presupposed:
            return
        if self.one_way:
            self.conditional = True
        self.negative = not self.negative


class Judge:
    """Judges the triggers of one document."""

    def __init__(self, doc: Doc | Tree, attributions: Sequence[Attribution], cues: Cues) -> None:
        self._tree = doc if isinstance(doc, Tree) else Tree.of(doc)
        self._cues = cues
        self._attributions = attributions
        self._number = {a.id: n for n, a in enumerate(attributions)}
        self._content: list[frozenset[int]] = []
        self._cue: list[int] = []
        self._inner = self._paint()
        self._questions = self._find_questions()
        self._cache: dict[int, Judgement] = {}

    def judge(self, i: int) -> Judgement:
        """How the token `i` (a verb, an event noun, a title) is meant."""
        if i not in self._cache:
            self._cache[i] = Judgement(conditional=True)  # ends a circle of attributions
            self._cache[i] = self._judge(i)
        return self._cache[i]

    # -- what is known of the document beforehand --------------------------------------------------

    def _tokens(self, spans: Sequence[Span]) -> list[int]:
        from bisect import bisect_left

        starts = self._tree.starts
        return [k for span in spans for k in range(bisect_left(starts, span.start), bisect_left(starts, span.end))]

    def _paint(self) -> list[int]:
        """The innermost attribution that each token is content of, or -1."""
        inner = [-1] * len(self._tree.words)
        for a in self._attributions:
            own = {*self._tokens(a.cue), *self._tokens(a.source)}
            self._content.append(frozenset(k for k in self._tokens(a.content) if k not in own))
            self._cue.append(self._head(self._tokens(a.cue), a.rule))
        order = sorted(range(len(self._content)), key=lambda n: -len(self._content[n]))
        for n in order:
            for k in self._content[n]:
                inner[k] = n
        return inner

    def _head(self, cue: list[int], rule: str) -> int:
        lemma = rule.rpartition(":")[2].split(" ")[0]
        named = [k for k in cue if self._tree.lemmas[k] == lemma]
        return (named or cue or [0])[-1]

    def _find_questions(self) -> list[bool]:
        tree, found = self._tree, []
        for first, last in tree.bounds:
            end = last - 1
            while end > first and (tree.words[end].isspace() or tree.words[end] in "\"'”’)]"):
                end -= 1
            found.append(last > first and tree.words[end].endswith("?"))
        return found

    # -- one trigger -------------------------------------------------------------------------------

    def _judge(self, i: int) -> Judgement:
        tree, state = self._tree, _State()
        a = self._inner[i]
        while a >= 0 and self._effect(a) == "own":
            a = self._outer(a)
        if tree.deps[i] in ("compound", "appos", "nmod") and tree.pos[i] in ("NOUN", "PROPN") and self._is_title(i):
            a = -1
        self._walk(i, None if a < 0 else self._content[a], state, a)
        if a >= 0:
            self._attribute(a, state)
        elif self._questions[tree.sentences[i]]:
            state.conditional = True
        if state.ended and (state.tense == "future" or state.certainty):
            state.conditional = True
        spans = tuple((what, Span(tree.starts[k], tree.ends[k])) for what, k in dict.fromkeys(state.words))
        return Judgement(
            polarity="negative" if state.negative else "positive",
            certainty=_RANK[state.certainty],
            tense=state.tense or "present",
            conditional=state.conditional,
            holder=None if a < 0 else self._attributions[a].holder,
            attribution=None if a < 0 else self._attributions[a].id,
            words=spans,
        )

    def _effect(self, a: int) -> Effect:
        return self._cues.effects.get(self._attributions[a].rule, "report")

    def _outer(self, a: int) -> int:
        within = self._attributions[a].within
        return -1 if within is None else self._number.get(within, -1)

    def _is_title(self, i: int) -> bool:
        return self._tree.pos[self._tree.heads[i]] == "PROPN"

    def _attribute(self, a: int, state: _State) -> None:
        effect, cue = self._effect(a), self._cue[a]
        state.words.append(("attribution", cue))
        outer = Judgement() if self._attributions[a].rule.startswith(_BESIDE) else self.judge(cue)
        if effect == "false":
            state.one_way = False
            state.negative = not state.negative
        elif effect == "doubt":
            state.doubt("possible")
        elif effect == "future":
            if not (state.finite and state.tense == "past"):
                state.tense = "future"
        elif effect in ("wish", "question"):
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

    # -- the way up --------------------------------------------------------------------------------

    def _walk(self, i: int, boundary: frozenset[int] | None, state: _State, a: int) -> None:
        tree = self._tree
        definite = self._definite(i)
        below, node, skip = -1, i, False
        for _ in range(40):
            if tree.pos[node] in ("VERB", "AUX") and tree.deps[node] not in ("amod", "aux", "auxpass"):
                self._clause(node, below, state, a, marks_only=skip)
            elif not skip:
                self._nominal(node, state, own=node == i)
            head, dep = tree.heads[node], tree.deps[node]
            if head == node or (boundary is not None and head not in boundary):
                return
            step = self._arc(node, head, dep, state, definite=(definite and below < 0) or (definite and node == i))
            if step == "stop":
                return
            skip = step == "marks"
            below, node = node, head

    def _definite(self, i: int) -> bool:
        tree = self._tree
        if tree.pos[i] == "PROPN":
            return True
        if tree.pos[i] != "NOUN":
            return False
        return any(
            (tree.deps[c] == "det" and tree.lower[c] in _DEFINITE) or tree.deps[c] == "poss" for c in tree.children[i]
        )

    def _arc(self, n: int, head: int, dep: str, state: _State, *, definite: bool) -> str:
        """What the governor of `n` says of it; "stop" where its scope ends, "marks" where it is only coordinated."""
        tree = self._tree
        verbal = tree.pos[n] in ("VERB", "AUX")
        if dep == "conj":
            if verbal and tree.pos[head] in ("VERB", "AUX"):
                own = tree.tags[n] in _FINITE or tree.child(n, ("aux", "auxpass", "nsubj", "nsubjpass")) is not None
                return "marks" if (own and tree.tags[n] != tree.tags[head]) or (own and tree.tags[n] != "VB") else "go"
            return "marks"
        if dep == "relcl":
            infinitive = any(tree.lower[k] == "to" for k in tree.all(n, ("aux",)))
            if not infinitive:
                return "stop"
            return self._govern(n, head, "to", state, definite=False)
        if dep == "acl":
            if tree.tags[n] in ("VBN", "VBD"):
                if state.tense is None:
                    state.tense = "past"
                return "stop"
            place = "to" if self._infinitive(n) else "that" if self._marked(n, "that") else "ing"
            if place == "ing":
                state.presupposed = True
                return "go"
            return self._govern(n, head, place, state, definite=False)
        if dep == "advcl":
            return self._adverbial(n, head, state)
        if dep == "amod" and verbal:
            if state.tense is None:
                state.tense = "past" if tree.tags[n] in ("VBN", "VBD") else "present"
            return "stop"
        if dep in ("xcomp", "ccomp", "pcomp", "csubj"):
            if tree.pos[head] == "ADP":
                return "go"
            if self._infinitive(n):
                place = "to"
            elif tree.tags[n] == "VBG" and tree.child(n, ("aux",)) is None:
                place = "ing"
            else:
                place = "that"
            if dep == "csubj":
                place = "subj"
            return self._govern(n, head, place, state, definite=False)
        if dep in ("prep", "agent"):
            inner = tree.lower[n]
            if inner in ("without", "minus", "barring", "except"):
                self._apply("negative", n, state, definite=False)
            return self._govern(n, head, inner, state, definite=definite)
        if dep == "pobj":
            return "go"
        if dep in _OBJECT:
            return self._govern(n, head, "obj", state, definite=definite)
        if dep in _SUBJECT:
            return self._govern(n, head, "subj", state, definite=definite)
        if dep in ("compound", "nmod", "amod", "poss"):
            return self._govern(n, head, "front", state, definite=definite)
        if dep == "appos":
            return "marks"
        return "go"

    def _adverbial(self, n: int, head: int, state: _State) -> str:
        tree = self._tree
        if self._infinitive(n):
            words = self._words(head, "to")
            if words:
                self._apply(words[0].force, head, state, definite=False)
                return "go"
            state.words.append(("purpose", n))
            if state.tense != "past" or not state.finite:
                state.tense = "future"
            return "go"
        if tree.tags[n] in _FINITE or tree.child(n, ("aux", "auxpass")) is not None:
            temporal = any(
                tree.lower[k] in ("when", "once", "after", "until", "before", "as", "whenever")
                for k in tree.all(n, ("mark", "advmod"))
            )
            if temporal and state.tense == "present":
                main = _State()
                self._clause(head, n, main, -1)
                if main.tense == "future" or main.conditional or main.certainty:
                    state.tense = "future"
            return "stop"
        state.presupposed = True
        return "go"

    def _govern(self, n: int, head: int, place: str, state: _State, *, definite: bool) -> str:
        """The force of a governing word, or what follows where it has none."""
        tree = self._tree
        words = self._words(head, place)
        if words:
            self._apply(words[0].force, head, state, definite=definite)
            if words[0].force == "fact":
                if place in ("obj", "of") and not definite:
                    return "go"
                if state.tense is None:
                    state.tense = "past"
                return "stop"
            return "go"
        if tree.pos[head] in ("NOUN", "VERB"):
            effect = self._cue_effect(head, place)
            if effect is not None and tree.pos[head] == "NOUN":
                self._apply(_FORCE_OF[effect], head, state, definite=definite)
                return "stop" if effect == "fact" and definite else "go"
        if place == "to":
            state.words.append(("prospect", head))
            if not state.finite:
                state.tense = "future"
            return "go"
        if (definite and place in ("obj", "subj")) or (definite and tree.pos[head] in ("VERB", "AUX")):
            if tree.pos[head] == "VERB":
                state.presupposed = True
        return "go"

    def _words(self, head: int, place: str) -> list[Word]:
        tree = self._tree
        pos = tree.pos[head]
        lemma = tree.lemmas[head]
        key = (lemma, "VERB" if pos == "AUX" else "NOUN" if pos == "PROPN" else pos)
        particle = tree.particle(head)
        found = self._cues.words.get((f"{lemma}-{particle}", "VERB"), ()) if particle else ()
        return [w for w in (*found, *self._cues.words.get(key, ())) if place in w.places]

    def _cue_effect(self, head: int, place: str) -> Effect | None:
        table = self._cues.nouns if self._tree.pos[head] == "NOUN" else self._cues.verbs
        for cue in table.get(self._tree.lemmas[head], ()):
            if place in cue.frames or place in cue.prepositions:
                return cue.effect
        return None

    def _apply(self, force: Force, word: int, state: _State, *, definite: bool) -> None:
        if force in ("positive", "fact", "light"):
            return
        state.words.append((force, word))
        if force == "negative":
            state.negate()
        elif force == "refused":
            state.negate()
            state.one_way = True
        elif force == "end":
            state.presupposed = False
            state.negate()
            state.ended = True
        elif force == "future":
            if not (state.finite and state.tense == "past"):
                state.tense = "future"
        elif force == "wish":
            state.conditional = True
            if not state.finite:
                state.tense = "future"
        elif force in ("condition", "question"):
            state.conditional = True
        elif force == "probable":
            state.doubt("probable")
        elif force == "possible":
            state.doubt("possible")
        elif force == "doubtful":
            state.negate()
            state.doubt("possible")
        elif force == "hearsay":
            state.doubt("unknown")
        elif force == "past":
            state.tense = "past"

    # -- nouns and clauses -------------------------------------------------------------------------

    def _nominal(self, n: int, state: _State, *, own: bool) -> None:
        tree = self._tree
        for c in tree.children[n]:
            dep = tree.deps[c]
            if dep == "det" and tree.lower[c] in ("no", "neither"):
                state.words.append(("negative", c))
                state.negate()
            elif dep == "det" and tree.lower[c] == "any":
                state.conditional = state.conditional or own
            elif dep == "neg":
                state.words.append(("negative", c))
                state.negate()
            elif dep in ("amod", "compound", "nmod", "det", "advmod") and own:
                for word in self._words(c, "mod"):
                    self._apply(word.force, c, state, definite=False)
                    if word.force == "future":
                        state.finite = True
                    break

    def _clause(self, v: int, below: int, state: _State, a: int, *, marks_only: bool = False) -> None:
        """Auxiliaries, negation, adverbs and marks of a verb, and the tense that they give."""
        tree = self._tree
        past, modal, auxiliary, infinitive = False, "", "", False
        for c in tree.children[v]:
            dep, word, lemma = tree.deps[c], tree.lower[c], tree.lemmas[c]
            if (
                dep in ("mark", "advmod", "prep", "cc")
                and word in ("if", "unless", "whether", "provided", "lest", "assuming")
            ) or (dep == "advcl" and c != below and self._conditional_clause(c, v)):
                state.words.append(("condition", c))
                state.conditional = True
            if marks_only:
                continue
            if dep in ("aux", "auxpass"):
                if tree.tags[c] == "MD":
                    modal = (
                        lemma
                        if lemma
                        in ("will", "would", "shall", "should", "may", "might", "can", "could", "must", "ought")
                        else word
                    )
                    state.words.append(("modal", c))
                elif word == "to":
                    infinitive = True
                elif lemma == "have":
                    past = True
                    auxiliary = auxiliary or tree.tags[c]
                else:
                    auxiliary = auxiliary or tree.tags[c]
            elif dep == "neg" or (dep in ("advmod", "preconj", "cc", "det") and (word, "ADV") in self._cues.words):
                force = self._cues.words.get((word, "ADV"), (None,))[0]
                if dep == "neg" or (force is not None and force.force == "negative"):
                    if dep == "neg" or c < v:
                        state.words.append(("negative", c))
                        state.negate()
                elif force is not None and force.force != "soon":
                    self._apply(force.force, c, state, definite=False)
            elif dep == "advmod" and word == "longer" and c < v:
                state.negate()
            elif dep in (*_SUBJECT, *_OBJECT) and c != below:
                if (
                    word in ("nobody", "none", "nothing")
                    or any(tree.deps[k] == "det" and tree.lower[k] in ("no", "neither") for k in tree.children[c])
                    or (word == "one" and any(tree.lower[k] == "no" for k in tree.children[c]))
                ):
                    state.words.append(("negative", c))
                    state.negate()
        if marks_only:
            return
        self._modal(modal, past, v, state, a)
        if infinitive and tree.deps[v] == "ROOT" and not modal and state.tense is None:
            state.tense = "future"
        if state.tense is None and not infinitive:
            tag = auxiliary or tree.tags[v]
            if past or tag == "VBD":
                state.tense, state.finite = "past", True
            elif tag in ("VBZ", "VBP"):
                state.tense, state.finite = "present", True
            elif modal:
                state.tense = "present"
            elif tree.tags[v] == "VBN" and tree.deps[v] in ("acl", "ROOT", "advcl"):
                state.tense = "past"
            elif tree.tags[v] == "VB" and tree.deps[v] == "ROOT" and tree.child(v, _SUBJECT) is None:
                state.tense = "future"
                state.conditional = True
        if past and infinitive:
            state.tense, state.finite = "past", True
        if (
            tree.lemmas[v] == "go"
            and auxiliary
            and below >= 0
            and tree.deps[below] == "xcomp"
            and tree.tags[v] == "VBG"
        ):
            state.tense = "future"

    def _modal(self, modal: str, past: bool, v: int, state: _State, a: int) -> None:
        if not modal:
            return
        if modal in ("will", "shall", "'ll", "wo", "sha"):
            state.tense = state.tense or "future"
        elif modal in ("would", "'d"):
            if a >= 0 and not past and self._tree.tags[self._cue[a]] in ("VBD", "VBN", "VBG", "NN", "NNS", "IN"):
                state.tense = state.tense or "future"
            else:
                state.conditional = True
                state.tense = state.tense or ("past" if past else "future")
        elif modal in ("may", "might"):
            state.doubt("possible")
            state.tense = state.tense or ("past" if past else "future")
        elif modal in ("can", "could", "ca"):
            state.doubt("possible")
            state.conditional = state.conditional or modal == "could"
            state.tense = state.tense or ("past" if past else "present" if modal != "could" else "future")
        elif modal == "must" and past:
            state.doubt("probable")
            state.tense = state.tense or "past"
        elif past:
            state.conditional = True
            state.tense = state.tense or "past"
        else:
            state.doubt("probable")
            state.tense = state.tense or "future"

    def _conditional_clause(self, c: int, v: int) -> bool:
        tree = self._tree
        for k in tree.children[c]:
            if tree.deps[k] in ("mark", "advmod") and tree.lower[k] in ("if", "unless", "provided", "lest", "assuming"):
                return True
            if tree.deps[k] == "aux" and tree.lower[k] in ("should", "had", "were"):
                subject = tree.child(c, _SUBJECT)
                if subject is not None and k < subject and c < v:
                    return True
        return False

    def _infinitive(self, n: int) -> bool:
        tree = self._tree
        return any(tree.lower[k] == "to" for k in tree.all(n, ("aux",)))

    def _marked(self, n: int, word: str) -> bool:
        tree = self._tree
        return any(tree.lower[k] == word for k in tree.all(n, ("mark",)))
