"""Syntactic slots: where the participants of a verb or noun stand, whatever the construction.

`Slots(tree).tokens(i, "subj")` gives the heads of the logical subject of the word `i`: through passives, relative and
participial clauses, control ("vowed to attack") and coordination. Other slots are `obj`, `iobj`, `poss`, `mod`
(compounds and adjectives), `comp` (the subject of the clause inside), `front` and `above` ("rebel" and "areas" of
"rebel-held areas"), `using` ("strikes using jets"), `pair` ("the Iran-Iraq War") and every preposition by its name:

>>> tree = Tree.of_rows([
...     ("Rebels", "rebel", "NOUN", "NNS", "nsubj", 1), ("vowed", "vow", "VERB", "VBD", "ROOT", 1),
...     ("to", "to", "PART", "TO", "aux", 3), ("shell", "shell", "VERB", "VB", "xcomp", 1),
...     ("Juba", "Juba", "PROPN", "NNP", "dobj", 3)])
>>> slots = Slots(tree)
>>> slots.tokens(3, "subj"), slots.tokens(3, "obj")
([0], [4])
"""

from __future__ import annotations

from kg.extract.syntax import Tree

__all__ = ["CLAUSAL", "Slots"]

CLAUSAL = ("xcomp", "ccomp")
_PARTICLES = frozenset({"out", "away", "back", "along", "together", "up", "off"})
_HARD = frozenset({"easy", "easier", "hard", "harder", "difficult", "tough", "impossible", "dangerous", "simple"})
_NOMINAL = frozenset({"pobj", "dobj", "nsubj", "nsubjpass", "compound", "poss"})
_CONDITIONS = frozenset({"unless", "until", "if"})
_SCENE = frozenset({"during", "at", "in", "after", "following", "before"})
_OF_OBJECT = frozenset({"of", "from", "for", "into", "against", "with"})
_MODIFIERS = frozenset({"compound", "amod", "nmod", "nummod", "npadvmod"})
_DEEPEST = 40
_OWN = frozenset({"of", "by"})
_AFTER = {
    name: rank
    for rank, name in enumerate(
        ("for", "of", "to", "on", "about", "in", "over", "with", "against", "at", "from", "into", "by")
    )
}
_USING = frozenset({"use", "employ", "involve"})
_OWN_PRONOUNS = frozenset({"his", "her", "its", "their"})
_JOINTLY = frozenset({"together", "along", "jointly"})
_RELATIVE = frozenset({"WDT", "WP", "WP$"})


class Slots:
    """The slots of every word of one document; answers are remembered.

    Args:
        tree: the parse.
        control: verbs whose object does what follows ("urged Israel to withdraw").
        messages: nouns that speak for somebody ("issued a statement demanding …").
    """

    __slots__ = ("_control", "_depth", "_light", "_messages", "_subjects", "_undergone", "tree")

    def __init__(
        self, tree: Tree, control: frozenset[str] = frozenset(), messages: frozenset[str] = frozenset()
    ) -> None:
        self.tree = tree
        self._control = control
        self._messages = messages
        self._subjects: dict[int, list[int]] = {}
        self._light: dict[int, int] = {}
        self._undergone: set[int] = set()
        self._depth = 0

    def lighten(self, noun: int, verb: int, *, undergo: bool = False) -> None:
        """From now on the noun has the slots of its light verb too ("launched an attack", "faced criticism")."""
        self._light[noun] = verb
        if undergo:
            self._undergone.add(noun)

    def undergoers(self, noun: int) -> list[int]:
        """The subject of "faced criticism", "came under attack": whom it hits."""
        return self.subjects(self._light[noun]) if noun in self._undergone else []

    def light_verb(self, noun: int) -> int | None:
        """The verb that lends the noun its slots."""
        return self._light.get(noun)

    def tokens(self, i: int, slot: str) -> list[int]:
        """Head tokens of what stands in a slot, coordination spread out, in the order of the text."""
        tree, verbal = self.tree, self.verbal(i)
        light = self._light.get(i)
        name, _, inside = slot.partition("/")
        if inside:  # "obj/from": a preposition inside the object
            found = [t for o in self.tokens(i, name) for t in self.tokens(o, inside)]
        elif slot == "subj":
            found = self._agents(i) if verbal else self._subject_of_noun(i, light)
        elif slot == "obj":
            found = self._patients(i) if verbal else []
        elif slot == "iobj":
            found = tree.all(i, ("dative",))
            found = [c for d in found for c in (tree.all(d, ("pobj",)) or [d])]
            if not found and light is not None:
                return self.tokens(light, "iobj")
        elif slot == "poss":
            found = tree.all(i, ("poss",)) or (tree.all(tree.heads[i], ("poss",)) if tree.deps[i] == "compound" else [])
        elif slot == "mod":
            found = [c for c in tree.children[i] if tree.deps[c] in _MODIFIERS]
            found = sorted([*found, *(d for c in found for d in tree.children[c] if tree.deps[d] in _MODIFIERS)])
            if tree.deps[i] == "compound":
                found += [c for c in tree.children[tree.heads[i]] if tree.deps[c] in _MODIFIERS and c < i]
        elif slot == "clause":
            found = self._clause_subjects(i)
        elif slot == "condition":
            found = self._conditions(i)
        elif slot == "purpose":
            found = self.purposes(i)
        elif slot == "effect":
            found = self._effects(i)
        elif slot == "above":
            found = self._above(i)
        elif slot == "using":
            found = [o for word in (i, light) if word is not None for o in self._means(word)]
        elif slot == "pair":
            pairs = [c for c in tree.children[i] if c < i and c - 2 in tree.children[c] and tree.words[c - 1] == "-"]
            found = [j for c in pairs if tree.pos[c] == tree.pos[c - 2] == "PROPN" for j in (c - 2, c)]
        elif slot == "front":
            found = [c for c in tree.children[i] if c == i - 2 and tree.words[i - 1] == "-"]
        elif slot == "comp":
            found = [s for c in self.clauses(i) for s in tree.all(c, ("nsubj", "nsubjpass"))]
        else:
            found = self._preposition(i, slot)
            if not found and tree.deps[i] == "compound":
                found = self._preposition(tree.heads[i], slot)
            if not found and light is not None:
                found = self._preposition(light, slot)
            if not found and slot == "against" and not verbal:  # "raids and shelling against the rebels"
                found = [t for c in tree.all(i, ("conj",)) for t in self._preposition(c, slot)]
            if not found and verbal and slot not in _OWN:
                found = [t for o in tree.all(i, ("dobj", "nsubjpass")) for t in self._preposition(o, slot)]
        return [j for token in found for j in self.spread(token)]

    def verbal(self, i: int) -> bool:
        """Whether the word is used as a verb; the parser at times takes "airstrikes" for one."""
        tree = self.tree
        return tree.pos[i] in ("VERB", "AUX") and not (tree.tags[i] == "VBZ" and tree.deps[i] in _NOMINAL)

    def passive(self, i: int) -> bool:
        """Whether the verb's grammatical subject is what it is done to."""
        tree = self.tree
        for _ in range(_DEEPEST):
            known = self._passive(i)
            if known is not None:
                return known
            i = tree.heads[i]
        return False

    def _passive(self, i: int) -> bool | None:
        """None: as the verb that it is coordinated with."""
        tree = self.tree
        if any(tree.deps[c] in ("auxpass", "nsubjpass", "agent") for c in tree.children[i]):
            return True
        if tree.tags[i] != "VBN":
            return False
        if any(tree.deps[c] == "aux" for c in tree.children[i]):
            return False
        if tree.child(i, ("nsubj",)) is not None and tree.child(i, ("dobj",)) is not None:
            return False
        if tree.deps[i] == "conj" and not any(tree.deps[c] in ("dobj", "nsubj") for c in tree.children[i]):
            return None
        return tree.deps[i] in ("acl", "advcl", "amod") or not any(tree.deps[c] == "dobj" for c in tree.children[i])

    def clauses(self, i: int) -> list[int]:
        """Clauses that complete the word: "to …", "that …", "of …ing"."""
        tree = self.tree
        found = [c for c in tree.children[i] if tree.deps[c] in CLAUSAL]
        if not self.verbal(i):
            found += [c for c in tree.children[i] if tree.deps[c] == "acl" and tree.tags[c] in ("VB", "VBP")]
            light = self._light.get(i)
            if light is not None:
                found += [c for c in tree.children[light] if tree.deps[c] in ("xcomp", "ccomp")]
        for c in tree.children[i]:
            if tree.deps[c] == "prep":
                found += tree.all(c, ("pcomp",))
        return found

    def complements(self, i: int) -> list[int]:
        """What follows the word's prepositions, its light verb's, and its object's: "for …" and "of …" first."""
        tree, light, verbal = self.tree, self._light.get(i), self.verbal(i)
        words = [i] if light is None else [i, light]
        if verbal:
            words += tree.all(i, ("dobj", "nsubjpass"))
        found: list[tuple[int, int]] = []
        seen: set[str] = set()
        for word in words:
            here = [c for c in tree.children[word] if tree.deps[c] in ("prep", "agent", "dative")]
            here = [c for c in here if tree.lower[c] in _AFTER and tree.lower[c] not in seen]
            if verbal and word != i:
                here = [c for c in here if tree.lower[c] not in _OWN]
            seen.update(tree.lower[c] for c in here)
            found += [(_AFTER[tree.lower[c]], p) for c in here for p in tree.all(c, ("pobj",))]
        return [t for _, p in sorted(found) for t in self.spread(p)]

    def subjects(self, i: int) -> list[int]:
        """The grammatical subject of a verb, its own or the one that it shares."""
        known = self._subjects.get(i)
        if known is None:
            self._subjects[i] = []
            self._depth += 1
            known = self._subject(i) if self._depth <= _DEEPEST else []
            self._depth -= 1
            self._subjects[i] = known
        return known

    def spread(self, i: int) -> list[int]:
        """The token and what is coordinated with it."""
        found, open_ = [], [i]
        while open_:
            here = open_.pop(0)
            found.append(here)
            open_ += [c for c in self.tree.children[here] if self.tree.deps[c] == "conj" and not self._verb_form(c)]
            open_ += self._joined(here)
        return found

    def _joined(self, i: int) -> list[int]:
        """Who stands beside it with "together with" or "along with"."""
        tree = self.tree
        found = []
        for c in tree.children[i]:
            if c > i and tree.deps[c] == "prep" and tree.lower[c] in ("along", "with"):
                inner = tree.child(c, ("prep",)) if tree.lower[c] == "along" else c
                if inner is not None and tree.lower[inner] == "with" and tree.lower[inner - 1] in _JOINTLY:
                    found += tree.all(inner, ("pobj",))
        return [t for t in found if not any(tree.lower[d] in _OWN_PRONOUNS for d in tree.all(t, ("poss",)))]

    def referent(self, i: int) -> int:
        """The noun that a relative pronoun stands for; any other token stands for itself."""
        tree = self.tree
        if tree.tags[i] in _RELATIVE or (tree.lower[i] == "that" and tree.deps[i] in ("nsubj", "nsubjpass", "dobj")):
            for up in tree.up(i):
                if tree.deps[up] == "relcl":
                    return tree.heads[up]
        return i

    def _verb_form(self, i: int) -> bool:
        return self.tree.pos[i] in ("VERB", "AUX")

    def _agents(self, i: int) -> list[int]:
        tree = self.tree
        if not self.passive(i):
            return self.subjects(i)
        return [p for c in tree.children[i] if tree.deps[c] == "agent" for p in tree.all(c, ("pobj",))]

    def _clause_subjects(self, i: int) -> list[int]:
        """Who takes part in an event that only sets the scene: "At a meeting with Modi, Xi said …"."""
        tree, prep = self.tree, self.tree.heads[i]
        if tree.deps[i] != "pobj" or tree.lower[prep] not in _SCENE or not self._verb_form(tree.heads[prep]):
            return []
        return self.subjects(tree.heads[prep])

    def _conditions(self, i: int) -> list[int]:
        """Who can avert it: the subject of "unless …", "until …", "if …"."""
        tree, light = self.tree, self._light.get(i)
        verbs = [c for j in ([i] if light is None else [i, light]) for c in tree.children[j]]
        verbs += [d for c in verbs if tree.deps[c] == "xcomp" for d in tree.children[c]]
        marked = [c for c in verbs if tree.deps[c] == "advcl" and self._marks(c) & _CONDITIONS]
        return [s for c in marked for s in tree.all(c, ("nsubj", "nsubjpass"))]

    def _marks(self, i: int) -> set[str]:
        return {self.tree.lower[c] for c in self.tree.children[i] if self.tree.deps[c] == "mark"}

    def purposes(self, i: int) -> list[int]:
        """Verbs that say what it is for: "marched to demand …", "a rally calling for …"."""
        tree, light = self.tree, self._light.get(i)
        words = [i] if light is None else [i, light]
        return [
            c
            for j in words
            for c in tree.children[j]
            if tree.deps[c] in ("advcl", "xcomp", "acl") and self._verb_form(c) and not self._marks(c)
        ]

    def _means(self, i: int) -> list[int]:
        """The verb of using, and what is used: "strikes using jets"."""
        tree = self.tree
        verbs = [c for c in tree.children[i] if tree.tags[c] == "VBG" and tree.lemmas[c] in _USING]
        return [t for verb in verbs for t in (verb, *tree.all(verb, ("dobj",)))]

    def _above(self, i: int) -> list[int]:
        """What a participle or a prepositional phrase says more about: "rebel-held areas", "areas under control"."""
        tree, head = self.tree, self.tree.heads[i]
        if tree.deps[i] == "amod":
            return [head]
        if tree.deps[i] != "pobj" or tree.deps[head] != "prep":
            return []
        over = tree.heads[head]
        return self.subjects(over) if self._verb_form(over) else [over]

    def _effects(self, i: int) -> list[int]:
        """Whom the event hits: the object of what it does ("the blast killed a guard")."""
        tree = self.tree
        noun = tree.heads[i] if tree.deps[i] == "compound" else i
        verbs = [c for c in tree.children[noun] if tree.deps[c] in ("relcl", "acl") and tree.tags[c] != "VBN"]
        if tree.deps[noun] == "nsubj" and self._verb_form(tree.heads[noun]):
            verbs.append(tree.heads[noun])
        return [o for verb in verbs for o in tree.all(verb, ("dobj",))]

    def _subject_of_noun(self, i: int, light: int | None) -> list[int]:
        """The subject of a light verb, or of "is": "is willing to talk", "was the largest donor"."""
        if light is not None:
            return [] if i in self._undergone else self._agents(light)
        tree, head = self.tree, self.tree.heads[i]
        if tree.deps[i] in ("acomp", "attr", "oprd") and self._verb_form(head):
            return self.subjects(head)
        if tree.deps[i] == "conj" and tree.deps[head] in ("acomp", "attr"):
            return self.subjects(tree.heads[head])
        return []

    def _patients(self, i: int) -> list[int]:
        tree = self.tree
        if self.passive(i):
            return self.subjects(i)
        own = tree.all(i, ("dobj", "obj"))
        if own:
            return [self.referent(o) for o in own]
        if tree.deps[i] == "relcl" and not any(tree.tags[s] in _RELATIVE for s in tree.all(i, ("nsubj", "nsubjpass"))):
            return [tree.heads[i]] if tree.all(i, ("nsubj",)) else []
        if tree.deps[i] == "conj" and self._verb_form(tree.heads[i]):
            after = tree.all(tree.heads[i], ("dobj",))
            return [] if not after else [o for o in after if o > i]
        following = [c for c in tree.children[i] if tree.deps[c] == "conj" and self._verb_form(c)]
        for verb in following:  # "freed and deported the men": the object stands with the last verb
            if not tree.all(i, ("prep", "ccomp", "xcomp", "prt", "agent")) and verb - i <= 3:
                return tree.all(verb, ("dobj",))
        return []

    def _preposition(self, i: int, name: str) -> list[int]:
        tree, found = self.tree, []
        for c in tree.children[i]:
            if tree.deps[c] in ("prep", "agent", "dative") and tree.lower[c] == name:
                found += tree.all(c, ("pobj",))
            elif (tree.deps[c] == "prep" and tree.lower[c] in _PARTICLES) or tree.deps[c] == "prt":
                for d in tree.children[c]:
                    if tree.deps[d] == "prep" and tree.lower[d] == name:
                        found += tree.all(d, ("pobj",))
        return found

    def _subject(self, i: int) -> list[int]:
        tree = self.tree
        own = tree.all(i, ("nsubj", "nsubjpass"))
        if own:  # of two the one beside the verb: "Near Kunduz, two strikes destroyed …", misread
            return [self.referent(own[-1])]
        dep, head = tree.deps[i], tree.heads[i]
        if dep == "conj":
            return self.subjects(head) if self._verb_form(head) else []
        if dep in ("xcomp", "ccomp"):
            if not self._verb_form(head):
                return [] if tree.lemmas[head] in _HARD else self._holder(head)
            objects = tree.all(head, ("dobj", "dative"))
            if objects and (tree.lemmas[head] in self._control or tree.tags[i] == "VBG"):
                return objects
            if tree.lemmas[head] in ("call", "appeal"):
                return self._preposition(head, "on") or self._preposition(head, "to") or self._preposition(head, "for")
            return self.subjects(head)
        if dep == "advcl":
            return self.subjects(head) if self._verb_form(head) else []
        if dep == "relcl":
            return [] if tree.all(i, ("dobj",)) else [head]
        if dep == "acl":
            spoken = tree.lemmas[head] in self._messages and tree.tags[i] != "VBN"
            return self._holder(head) if spoken or tree.tags[i] in ("VB", "VBP") else [head]
        if dep == "pcomp":
            return self._above_preposition(head)
        return []

    def _above_preposition(self, prep: int) -> list[int]:
        tree, top = self.tree, self.tree.heads[prep]
        if not self._verb_form(top):
            return self._holder(top)
        objects = tree.all(top, ("dobj",))
        if self.passive(top):
            return self.subjects(top)
        if objects and tree.lower[prep] in _OF_OBJECT:
            return objects
        return self.subjects(top)

    def _holder(self, noun: int) -> list[int]:
        """Whose act it is: "Iran's plan to test", "imposed a plan to test"."""
        tree = self.tree
        own = tree.all(noun, ("poss",))
        if own:
            return own
        by = self._preposition(noun, "by") or self._preposition(noun, "of")
        if by:
            return by
        head = tree.heads[noun]
        if tree.deps[noun] in ("dobj", "attr", "acomp", "nsubj", "oprd") and self._verb_form(head):
            return self.subjects(head) if tree.deps[noun] != "nsubj" else []
        if tree.deps[noun] == "pobj" and self._verb_form(tree.heads[head]):
            return self.subjects(tree.heads[head])
        return []
