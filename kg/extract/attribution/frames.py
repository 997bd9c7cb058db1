"""Attributions that the grammar shows: a cue, the frame that it opens, the content that stands in the frame.

Frames are tried in a fixed order, clauses before infinitives before objects; within a frame the rows of the cue
list count in their order. A content in quotation marks is the whole quotation.

>>> tree = Tree.of_rows([
...     ("Rome", "Rome", "PROPN", "NNP", "nsubj", 1), ("wants", "want", "VERB", "VBZ", "ROOT", 1),
...     ("to", "to", "PART", "TO", "aux", 3), ("talk", "talk", "VERB", "VB", "xcomp", 1),
... ])
>>> cues = Cues.load()
>>> draft = Frames(tree, cues, Voices(tree, cues)).match(1)
>>> draft.source, draft.cue, draft.content, draft.stance
([0], [1], [2, 3], 'want')
"""

from __future__ import annotations

from dataclasses import dataclass

from kg.extract.attribution.clauses import doing, gapped, in_front, listed
from kg.extract.attribution.voices import OBJECTS, Draft, Voices
from kg.extract.cues import Cue, Cues, Phrase
from kg.extract.syntax import Tree

__all__ = ["Frames"]

_VERBAL = frozenset({"VERB", "AUX"})
_REFLEXIVE = frozenset({"itself", "themselves", "himself", "herself", "myself", "ourselves", "yourself"})
_PREDICATE = ("oprd", "acomp", "attr")


@dataclass(frozen=True, slots=True)
class _Match:
    content: list[int]
    preposition: int | None = None


class Frames:
    """Matches the cue lists against one parse."""

    def __init__(self, tree: Tree, cues: Cues, voices: Voices) -> None:
        self.tree, self.cues, self.voices = tree, cues, voices

    def match(self, i: int) -> Draft | None:
        """The attribution whose cue is the token `i`, if it is one."""
        pos, lemma = self.tree.pos[i], self.tree.lemmas[i]
        if pos in _VERBAL:
            rows = self.cues.verbs.get(lemma)
            return None if rows is None else self._verb(i, rows)
        if pos == "NOUN":
            rows = self.cues.nouns.get(lemma)
            return None if rows is None else self._noun(i, rows)
        if pos == "ADJ":
            rows = self.cues.adjectives.get(lemma)
            return None if rows is None else self._adjective(i, rows)
        return None

    # -- verbs -------------------------------------------------------------------------------------

    def _verb(self, i: int, rows: tuple[Cue, ...]) -> Draft | None:
        if self.tree.deps[i] in ("amod", "aux", "auxpass"):
            return None
        for frame, find in (
            ("clause", self._clause),
            ("infinitive", self._infinitive),
            ("small", self._small),
            ("object-and", self._object_and),
            ("preposition", self._preposition),
            ("object", self._object),
        ):
            for cue in rows:
                match = find(i, cue)
                if match is not None:
                    return self._draft_verb(i, cue, match, frame)
        return None

    def _draft_verb(self, i: int, cue: Cue, match: _Match, frame: str) -> Draft:
        voices = self.voices
        head = voices.of_verb(i)
        group = voices.group(i)
        prep = match.preposition
        if prep is not None:
            group = sorted({*group, prep, *(range(i, prep) if 0 < prep - i <= 3 else ())})
        inside = set(match.content)
        if frame == "infinitive" and "passive-to" in cue.frames and not voices.passive(i):
            head, frame = None, "raised"
        if voices.empty(head) and "that" in cue.frames and voices.passive(i):
            head = None
        phrase = voices.phrase(head)
        if inside.intersection(phrase):
            # a reduced relative: "a letter saying …" has its clause inside its source
            phrase = [k for k in phrase if k < min(inside | set(group))]
        taken = {*group, *phrase}
        content = [k for k in match.content if k not in taken]
        return Draft(i, group, phrase, head, content, cue.stance, cue.rule, frame)

    def _clause(self, i: int, cue: Cue) -> _Match | None:
        if "that" not in cue.frames:
            return None
        tree = self.tree
        clauses = tree.all(i, ("ccomp", "parataxis"))
        if clauses and clauses[-1] < i:
            # "when it rains, they leave, he said": all that stands in front of the speaker
            behind = {k for c in tree.all(i, ("nsubj",))[:1] for k in tree.subtree(c)}
            first = self.voices.group(i)[0]
            clause = in_front(tree, i, first) or tree.subtree(i)
            return _Match([k for k in clause if k < first and k not in behind])
        content = {k for c in clauses for k in (*tree.subtree(c), *listed(tree, i))}
        head = tree.heads[i]
        if tree.deps[i] == "parataxis" and head != i:
            return _Match(sorted(content.union(tree.subtree(head, without={i}))))
        if clauses:
            content.update(k for c in self._fronted(i) for k in tree.subtree(c))
            return _Match(self._around(i) or sorted(content))
        if "hearer" in cue.frames:
            # "told workers that …" with the clause hung on the hearer
            hearer = tree.child(i, ("dobj",))
            for c in tree.all(hearer, ("relcl", "acl")) if hearer is not None else ():
                if any(tree.lower[k] == "that" for k in tree.all(c, ("mark",))):
                    return _Match(tree.subtree(c))
        if cue.effect == "report" and (gap := gapped(tree, i)):
            return _Match(gap)
        as_clause = tree.deps[i] == "advcl" and any(tree.lower[c] == "as" for c in tree.all(i, ("mark", "advmod")))
        told = cue.effect == "report" and tree.child(i, ("dobj", "acomp", "oprd", "prep", "xcomp")) is None
        if as_clause and told:
            return _Match(tree.subtree(head, without={i}))
        return None

    def _fronted(self, i: int) -> list[int]:
        """ "When she is ill, she said, …": a clause in the present in front of a past verb of saying is said too."""
        tree = self.tree
        if tree.tags[i] != "VBD":
            return []
        found = []
        for c in tree.all(i, ("advcl",)):
            forms = {tree.tags[k] for k in (c, *tree.all(c, ("aux", "auxpass")))}
            if c < i and forms & {"VBZ", "VBP", "MD"}:
                found.append(c)
        return found

    def _around(self, i: int) -> list[int]:
        """Both sides of a speaker between commas: "The talks, he said, were useful"."""
        tree, subject = self.tree, self.voices.subject(i)
        if subject is None or subject > i:
            return []
        inside = {*tree.subtree(subject), *self.voices.group(i)}
        first, last = min(inside), max(inside)
        closed = next((k for k in range(last + 1, min(last + 8, len(tree.words))) if tree.words[k] == ","), None)
        if first == 0 or tree.words[first - 1] not in (",", "—", "–") or closed is None:
            return []
        if any(tree.deps[k] in ("mark", "nsubj", "aux") for k in range(last + 1, closed)):
            return []
        return [k for k in tree.subtree(i) if k < first - 1 or k > closed]

    def _infinitive(self, i: int, cue: Cue) -> _Match | None:
        tree = self.tree
        if not (cue.frames & {"to", "ing", "passive-to"} or "to" in cue.objects):
            return None
        xcomp = tree.child(i, ("xcomp",))
        if xcomp is None:
            return self._hidden_infinitive(i, cue)
        to = self._to(xcomp)
        if self.voices.passive(i) or self._headline_passive(i, cue):
            if "passive-to" in cue.frames and to:
                subject = tree.child(i, ("nsubjpass", "nsubj"))
                named = subject is not None and not self.voices.empty(subject)
                content = tree.subtree(xcomp) + (tree.subtree(subject) if named and subject is not None else [])
                return _Match(sorted(content))
            return _Match(tree.subtree(xcomp)) if "to" in cue.objects and to else None
        if (to and "to" in cue.frames) or ("ing" in cue.frames and tree.tags[xcomp] == "VBG"):
            obj = tree.child(i, OBJECTS)
            return _Match(sorted({*tree.subtree(xcomp), *(tree.subtree(obj) if obj is not None else ())}))
        if to and "to" in cue.objects:
            obj = tree.child(i, OBJECTS)
            return _Match(sorted({*tree.subtree(xcomp), *(tree.subtree(obj) if obj is not None else ())}))
        return None

    def _headline_passive(self, i: int, cue: Cue) -> bool:
        """ "blast feared to have killed dozens": a verb that takes "to" only in the passive."""
        if "passive-to" not in cue.frames or self.tree.tags[i] not in ("VBD", "VBN"):
            return False
        return not any("to" in row.frames for row in self.cues.verbs[cue.lemma])

    def _hidden_infinitive(self, i: int, cue: Cue) -> _Match | None:
        """ "urged them to leave" parsed as a clause with the subject "them"; a gerund parsed as an object."""
        tree = self.tree
        for c in tree.all(i, ("ccomp", "pcomp")):
            if tree.pos[c] == "VERB" and ("to" in cue.objects or "to" in cue.frames) and self._to(c):
                return _Match(tree.subtree(c))
            if "ing" in cue.frames and tree.tags[c] == "VBG" and tree.child(c, ("nsubj",)) is None:
                return _Match(tree.subtree(c))
        return _Match(done) if "ing" in cue.frames and (done := doing(tree, i)) else None

    def _to(self, i: int) -> bool:
        return any(self.tree.lower[k] == "to" for k in self.tree.all(i, ("aux",)))

    def _patient(self, i: int) -> int | None:
        tree = self.tree
        return tree.child(i, ("nsubjpass",)) if self.voices.passive(i) else tree.child(i, ("dobj",))

    def _object_and(self, i: int, cue: Cue) -> _Match | None:
        """An object with the preposition that belongs to the frame: "accused them of lying"."""
        if not cue.objects:
            return None
        tree = self.tree
        patient = self._patient(i)
        if patient is None and tree.deps[i] != "relcl":
            return None
        for prep in tree.all(i, ("prep", "dative")):
            if tree.lower[prep] in cue.objects:
                return _Match(sorted({*(tree.subtree(patient) if patient is not None else ()), *tree.subtree(prep)}))
        if patient is None:
            return None
        for prep in tree.all(patient, ("prep",)):
            if tree.lower[prep] in cue.objects and tree.child(prep, ("pcomp",)) is not None:
                return _Match(tree.subtree(patient))
        return None

    def _object(self, i: int, cue: Cue) -> _Match | None:
        if "obj" not in cue.frames:
            return None
        tree = self.tree
        patient = self._patient(i)
        if patient is None:
            if tree.deps[i] == "acl" and tree.tags[i] == "VBN" and tree.child(i, ("agent",)) is not None:
                return _Match(tree.subtree(tree.heads[i], without={i}))
            return None
        if tree.lower[patient] in _REFLEXIVE or self.voices.empty(patient):
            return None
        if self.carried(patient) and any(
            self._complement(patient, row) for row in self.cues.nouns.get(tree.lemmas[patient], ())
        ):
            # "repeated its calls for …" belongs to the noun
            return None
        return _Match(sorted({*tree.subtree(patient), *listed(tree, i)}))

    def _preposition(self, i: int, cue: Cue) -> _Match | None:
        if not cue.prepositions:
            return None
        tree = self.tree
        for prep in tree.all(i, ("prep", "prt", "agent", "advmod", "dative")):
            if tree.lower[prep] not in cue.prepositions:
                continue
            if tree.deps[prep] == "prt":
                further = tree.child(i, ("dobj",))
                if further is not None:
                    return _Match(tree.subtree(further), prep)
                continue
            inner = tree.child(prep, ("pobj", "pcomp"))
            if inner is not None:
                return _Match(tree.subtree(inner), prep)
        return None

    def _small(self, i: int, cue: Cue) -> _Match | None:
        """ "called it a lie": object and predicate, which the parser also reads as a clause without a verb."""
        if "small" not in cue.frames:
            return None
        tree = self.tree
        predicate = tree.child(i, _PREDICATE)
        if predicate is not None:
            patient = self._patient(i)
            return _Match(sorted({*tree.subtree(predicate), *(tree.subtree(patient) if patient is not None else ())}))
        clause = tree.child(i, ("ccomp",))
        if clause is not None and tree.pos[clause] in ("NOUN", "ADJ", "PROPN"):
            return _Match(tree.subtree(clause))
        return None

    # -- nouns and adjectives ----------------------------------------------------------------------

    def _noun(self, i: int, rows: tuple[Cue, ...]) -> Draft | None:
        for cue in rows:
            match = self._complement(i, cue)
            if match is None:
                continue
            head = self.voices.of_noun(i, match.preposition)
            group = [i] if match.preposition is None else [i, match.preposition]
            if self.carried(i):
                verb = self.tree.heads[i]
                head = self.voices.of_verb(verb) or head
                group = [*self.voices.group(verb), *range(verb + 1, i), *group]
            if head is None:
                return None
            phrase = self.voices.phrase(head)
            if i in phrase:
                phrase = [head]
            return Draft(i, group, phrase, head, match.content, cue.stance, cue.rule, "noun")
        return None

    def carried(self, i: int) -> bool:
        """Whether a noun is the object of a verb that only carries it."""
        return self.tree.deps[i] == "dobj" and self.tree.heads[i] < i and self.voices.carries(self.tree.heads[i])

    def _complement(self, i: int, cue: Cue) -> _Match | None:
        tree = self.tree
        for c in tree.children[i]:
            dep = tree.deps[c]
            if c < i:
                continue
            if dep in ("acl", "ccomp", "relcl"):
                that = any(tree.lower[k] == "that" for k in tree.all(c, ("mark",)))
                own = tree.child(c, ("nsubj", "nsubjpass")) is not None
                if ("that" in cue.frames and that) or ("to" in cue.frames and self._to(c) and not own):
                    return _Match(tree.subtree(c))
            elif dep == "prep" and tree.lower[c] in cue.prepositions:
                inner = tree.child(c, ("pobj", "pcomp"))
                if inner is not None:
                    return _Match(tree.subtree(inner), c)
        return None

    def _adjective(self, i: int, rows: tuple[Cue, ...]) -> Draft | None:
        tree = self.tree
        verb = tree.heads[i]
        while tree.deps[i] == "conj" and tree.pos[verb] == "ADJ":
            verb = tree.heads[verb]
        if tree.pos[verb] not in _VERBAL or tree.deps[i] not in ("acomp", "oprd", "conj"):
            return None
        for cue in rows:
            match = self._beside(i, verb, cue)
            if match is None:
                continue
            head = self.voices.of_verb(verb)
            if self.voices.empty(head):
                head = None
            group = {k for k in self.voices.group(verb) if k < i} | {i}
            group.update(k for k in tree.all(i, ("advmod", "neg")) if k < i)
            if match.preposition is not None:
                group.add(match.preposition)
            return Draft(
                i, sorted(group), self.voices.phrase(head), head, match.content, cue.stance, cue.rule, "adjective"
            )
        return None

    def _beside(self, i: int, verb: int, cue: Cue) -> _Match | None:
        tree = self.tree
        for c in sorted({*tree.children[i], *tree.children[verb]}):
            if c <= i:
                continue
            dep = tree.deps[c]
            if (dep == "ccomp" and "that" in cue.frames) or (dep == "xcomp" and "to" in cue.frames and self._to(c)):
                return _Match(tree.subtree(c))
            if dep == "prep" and tree.heads[c] == i and tree.lower[c] in cue.prepositions:
                inner = tree.child(c, ("pobj", "pcomp"))
                if inner is not None:
                    return _Match(tree.subtree(inner), c)
        return None

    # -- fixed phrases -----------------------------------------------------------------------------

    def phrase(self, i: int) -> Draft | None:
        """ "according to X", "in X's view" beginning at the token `i`: the rest of its clause is the content."""
        for phrase in self.cues.phrases.get(self.tree.lower[i], ()):
            found = self._with_owner(i, phrase) if "x" in phrase.words else self._fixed(i, phrase)
            if found is None:
                continue
            cue, owner = found
            top = self._clause_above(i, set(cue))
            if top is None:
                return None
            source = self.voices.phrase(owner)
            taken = {*cue, *source, *self.tree.subtree(i)}
            content = [k for k in self.tree.subtree(top) if k not in taken and k != self.tree.child(top, ("mark",))]
            return Draft(i, cue, source, owner, content, phrase.stance, phrase.rule, "phrase")
        return None

    def _fixed(self, i: int, phrase: Phrase) -> tuple[list[int], int] | None:
        tree, n = self.tree, len(phrase.words)
        if "*" in phrase.words:
            inner = tree.child(i, ("pobj",))
            if inner is None or tree.lemmas[inner] != phrase.words[-1] or tree.lower[i] != phrase.words[0]:
                return None
            return [i], inner
        if tuple(tree.lower[i : i + n]) != phrase.words:
            return None
        cue = list(range(i, i + n))
        for k in reversed(cue):
            for c in tree.all(k, ("pobj",)):
                if c >= i + n:
                    return cue, c
        return None

    def _with_owner(self, i: int, phrase: Phrase) -> tuple[list[int], int] | None:
        tree = self.tree
        inner = tree.child(i, ("pobj",))
        if inner is None or tree.lower[inner] != phrase.words[-1]:
            return None
        owner = tree.child(inner, ("poss",))
        return None if owner is None else ([i, inner], owner)

    def _clause_above(self, i: int, cue: set[int]) -> int | None:
        """The clause that a phrase comments on."""
        tree = self.tree
        top = i
        while top in cue or tree.pos[top] not in _VERBAL:
            if tree.heads[top] == top:
                return top if top not in cue else None
            top = tree.heads[top]
        apart = i > 0 and tree.words[i - 1] in (",", "-", "–", "—")
        while tree.deps[top] == "conj" and tree.pos[tree.heads[top]] in _VERBAL and (apart or i < tree.heads[top]):
            top = tree.heads[top]
        return top
