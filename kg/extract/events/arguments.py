"""Who fills the roles of an event: the slots of its frame, turned into spans with the actors behind them.

A slot's head that is an actor's mention is that actor. Otherwise an actor inside the phrase stands for it ("Palestinian
homes", "Russia's annexation of Crimea", "thousands of refugees"); a phrase without any actor is kept as words alone.
The slots of a trigger are named by its frame:

>>> from kg.extract.events.codebook import Codebook
>>> frame = Codebook.load().triggers["n", "annexation"][0].frame
>>> frame.source[:3], frame.target[:2]
(('subj', 'poss', 'by'), ('of', 'against'))
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.extract.events.codebook import Slot
from kg.extract.events.coding import Coded, Coder
from kg.extract.events.phrases import Phrases, as_role
from kg.extract.syntax import Tree
from kg.model import Argument, Role

if TYPE_CHECKING:
    from kg.extract.actors import Actors

__all__ = ["Filler", "Roles"]

_WHERE = ("in", "at", "near", "outside", "across", "inside", "throughout", "around", "along", "off")
_LOCATIONS = frozenset({"in", "near", "across", "throughout"})
_DEEPEST = 12
_FORCES = frozenset({"police", "army", "rebel", "government", "gunman", "troop", "soldier"})
_FOR_OTHERS = frozenset({"support", "coordination", "cooperation", "solidarity", "consultation", "aid"})
_THIRD = frozenset({"it", "they", "he", "she"})


@dataclass(frozen=True, slots=True)
class Roles:
    """The arguments of one event, in the order of the text within a role."""

    source: tuple[Argument, ...] = ()
    target: tuple[Argument, ...] = ()
    recipient: tuple[Argument, ...] = ()
    topic: tuple[Argument, ...] = ()
    instrument: tuple[Argument, ...] = ()

    def all(self) -> tuple[Argument, ...]:
        return (*self.source, *self.target, *self.recipient, *self.topic, *self.instrument)

    @property
    def named(self) -> bool:
        """Whether an actor stands behind any of them."""
        return any(a.entity is not None for a in self.all())


class Filler:
    """Fills the roles of the coded words of one document; answers are remembered."""

    __slots__ = ("_actors", "_coder", "_known", "_open", "_tree", "phrases")

    def __init__(self, coder: Coder, actors: Actors) -> None:
        self._coder = coder
        self._tree: Tree = coder.tree
        self.phrases = Phrases(coder.tree, coder.slots, coder.codebook, actors)
        self._actors = actors
        self._known: dict[int, Roles] = {}
        self._open: set[int] = set()

    def roles(self, coded: Coded) -> Roles:
        """The participants of a coded word."""
        known = self._known.get(coded.i)
        if known is not None:
            return known
        if coded.i in self._open or len(self._open) > _DEEPEST:
            return Roles()
        self._open.add(coded.i)
        found = self._fill(coded)
        self._open.discard(coded.i)
        self._known[coded.i] = found
        return found

    def place(self, coded: Coded) -> Argument | None:
        """Where it happened, from the event's own clause."""
        slots, light = self._coder.slots, self._coder.slots.light_verb(coded.i)
        for i in (coded.i, light) if light is not None else (coded.i,):
            inside = slots.tokens(i, "obj") if i != light else []
            inside = [*inside, *slots.tokens(i, "with")]
            for name in _WHERE:
                for token in [t for j in (i, *inside) for t in slots.tokens(j, name)]:
                    mention = self._actors.headed_by(token)
                    if mention is not None and self.phrases.is_place(mention):
                        return self.phrases.argument("place", mention)
        for token in slots.tokens(coded.i, "mod"):
            mention = self._actors.headed_by(token)
            chain = self.phrases.chain(mention)
            if mention is not None and chain is not None and chain.type == "Place" and mention.form == "name":
                return self.phrases.argument("place", mention)
        return None

    def _fill(self, coded: Coded) -> Roles:
        frame = coded.trigger.frame
        source = self._role("source", frame.source, coded)
        own = frozenset(a.entity for a in source if a.entity is not None)
        taken = {(x.start, x.end) for x in source}
        target = self.phrases.arguments("target", self._coder.slots.undergoers(coded.i), without=own)
        target = target or self._role("target", frame.target, coded, taken, own)
        if frame.transitive and not target and source and self._bare_passive(coded.i):
            target = tuple(as_role(argument, "target") for argument in source)
            source = ()
        if frame.reciprocal and len(source) > 1 and not any(a.entity is not None for a in target):
            target = tuple(as_role(x, "target") for x in source[1:])
            source = source[:1]
        if frame.reciprocal and not source and len(target) > 1:
            source, target = (as_role(target[0], "source"),), target[1:]
        taken |= {(x.start, x.end) for x in target}
        rest = []
        for role, slots in (("recipient", frame.recipient), ("topic", frame.topic), ("instrument", frame.instrument)):
            found = self._role(role, slots, coded, taken, own) if slots else ()  # type: ignore[arg-type]
            rest.append(found)
            taken |= {(x.start, x.end) for x in found}
        return Roles(source, target, *rest)

    def _bare_passive(self, i: int) -> bool:
        """A headline's passive without auxiliary: "Two women arrested in Canada"."""
        tree = self._tree
        return (
            tree.tags[i] in ("VBD", "VBN")
            and self._coder.slots.verbal(i)
            and not self._coder.slots.passive(i)
            and not tree.all(i, ("dobj", "ccomp", "xcomp"))
            and not any(self._actors.heading(c) for c in tree.all(i, ("npadvmod",)))
            and (tree.tags[i] == "VBN" or self._headline(i))
        )

    def _headline(self, i: int) -> bool:
        """Whether the sentence has no full stop."""
        first, last = self._tree.bounds[self._tree.sentences[i]]
        return not any(word in (".", "!", "?") for word in self._tree.words[max(first, last - 2) : last])

    def _role(
        self,
        role: Role,
        slots: tuple[Slot, ...],
        coded: Coded,
        taken: set[tuple[int, int]] | None = None,
        own: frozenset[str] = frozenset(),
    ) -> tuple[Argument, ...]:
        """The first slot with an actor that is not yet taken, else the first with a phrase."""
        words: tuple[Argument, ...] = ()
        judged = "inner.source" in slots and role == "target"
        for slot in slots:
            found = self._slot(role, slot, coded, own)
            found = tuple(x for x in found if not taken or (x.start, x.end) not in taken)
            if any(a.entity is not None for a in found):
                if words and role == "target" and slot in ("effect", "mod", "mod.name"):
                    return words
                if words and slot in _LOCATIONS and self.phrases.headed(words, "people"):
                    return words
                return found
            words = words or found
            if judged and slot == "obj" and any(self._acts(t) for t in self._objects(coded)):
                break
        return words

    def _objects(self, coded: Coded) -> list[int]:
        return self._coder.objects(coded.i, coded.trigger.second)

    def _slot(self, role: Role, slot: Slot, coded: Coded, own: frozenset[str] = frozenset()) -> tuple[Argument, ...]:
        if slot.startswith("inner"):
            return self._inner(role, slot, coded)
        if slot == "content":
            return self._content(role, coded, own)
        if slot == "scene":
            return self._scene(role, coded)
        if slot == "purpose":
            return self._purpose(role, coded, own)
        i, coder = coded.i, self._coder
        name, _, kind = slot.partition(".")
        tokens = coder.objects(i, coded.trigger.second) if name == "obj" else coder.slots.tokens(i, name)
        if name == "obj" and not tokens and coder.slots.verbal(i) and not coder.slots.passive(i):
            tokens = [c for c in self._tree.all(i, ("npadvmod",)) if self._actors.heading(c)]
        if name.rpartition("/")[2] == "mod":
            return self._modifiers(role, tokens, kind)
        if name.rpartition("/")[2] in _LOCATIONS:
            tokens = [t for t in tokens if self._tree.lemmas[t] not in _FOR_OTHERS]
            tokens = [t for t in tokens if t > i]  # "In Brussels, ministers sanctioned …" is where, not whom
            return tuple(a for a in self.phrases.arguments(role, tokens, without=own) if self.phrases.placed(a))
        found: list[Argument] = []
        for token in tokens:
            found += self._filled(role, token, name, coded, own)
        return tuple(dict.fromkeys(found))

    def _filled(self, role: Role, token: int, name: str, coded: Coded, own: frozenset[str]) -> tuple[Argument, ...]:
        """One head of a slot: the actor, the one behind an event, the phrase with the actor in it, or words."""
        plain = self.phrases.arguments(role, [token], without=own, inside=False)
        if plain:
            return tuple(self.phrases.named_by_group(a, token) for a in plain)
        if self._tree.lower[token] in _THIRD:
            return self._speaker(role, token, own)
        if name == "subj" and self._tree.deps[coded.i] == "attr":
            return ()
        if name == "of" and role == "source":
            return ()
        if self._acts(token):
            if name == "subj":
                return self._through_event(role, token) or self.phrases.words(role, token)
            if "inner.source" in coded.trigger.frame.target and role == "target":
                found = tuple(a for a in self._through_event(role, token) if a.entity not in own)
                return found or self.phrases.words(role, token)
        inside = self.phrases.arguments(role, [token], without=own, shut=self._open)
        if inside and not self._acts(token):
            inside = tuple(self.phrases.widened(a, token) for a in inside)
        return inside or self.phrases.words(role, token)

    def _speaker(self, role: Role, token: int, own: frozenset[str]) -> tuple[Argument, ...]:
        """A pronoun that nothing was found for, under a verb of saying: its speaker ("said it would …")."""
        tree, slots = self._tree, self._coder.slots
        verb = tree.heads[token]
        if tree.deps[token] != "nsubj" or tree.deps[verb] != "ccomp":
            return ()
        sayers = slots.subjects(tree.heads[verb])
        return tuple(
            x for t in sayers for x in self.phrases.arguments(role, [t], without=own) or self.phrases.words(role, t)
        )

    def _scene(self, role: Role, coded: Coded) -> tuple[Argument, ...]:
        """Who takes part in the event in which it happened: "killed in a clash with rebels"."""
        slots = self._coder.slots
        hit = {a.entity for a in self._slot("target", "obj", coded)}
        for name in ("in", "during", "after"):
            for token in slots.tokens(coded.i, name):
                inner = self._coder.code(token)
                if inner is not None and inner.i == token:
                    roles = self.roles(inner)
                    found = tuple(as_role(a, role) for a in (*roles.source, *roles.target) if a.entity not in hit)
                    if found:
                        return found
        return ()

    def _purpose(self, role: Role, coded: Coded, own: frozenset[str]) -> tuple[Argument, ...]:
        """Whom the demand of a protest concerns: "marched to demand the resignation of the premier"."""
        for verb in self._coder.slots.purposes(coded.i):
            inner = self._coder.code(verb)
            if inner is not None:
                roles = self.roles(inner)
                found = tuple(as_role(x, role) for x in roles.target if x.entity is not None and x.entity not in own)
            else:
                found = self.phrases.arguments(role, self._coder.slots.tokens(verb, "obj"), without=own)
            if found:
                return found
        return ()

    def _modifiers(self, role: Role, tokens: list[int], kind: str) -> tuple[Argument, ...]:
        found: list[Argument] = []
        for token in tokens:
            if not self._actors.heading(token) and role == "source" and self._tree.lemmas[token] in _FORCES:
                found += self.phrases.words(role, token)
            for mention in self._actors.heading(token):
                demonym = mention.form == "demonym" or self._tree.pos[token] == "ADJ"
                if not kind or (kind == "demonym") == demonym:
                    found.append(self.phrases.argument(role, mention))
        return tuple(found)

    def _inner(self, role: Role, slot: Slot, coded: Coded) -> tuple[Argument, ...]:
        inner = coded.inner
        if inner is None:
            return ()
        roles = self.roles(inner)
        order = {
            "inner.source": (roles.source,),
            "inner.target": (roles.target, roles.recipient),
            "inner": (roles.target, roles.recipient, roles.source, roles.topic),
        }.get(slot, (roles.source, roles.target, roles.recipient))
        own = {a.entity for a in self._slot("source", "subj", coded)} - {None}
        for part in order:
            found = tuple(as_role(a, role) for a in part if a.entity is not None and a.entity not in own)
            if found:
                return found
        return ()

    def _content(self, role: Role, coded: Coded, own: frozenset[str]) -> tuple[Argument, ...]:
        """Whom a statement is about: the participants of what is said."""
        tree, slots, i = self._tree, self._coder.slots, coded.i
        head = tree.heads[i]
        verbs = [c for c in slots.clauses(i) if tree.deps[c] in ("ccomp", "xcomp", "pcomp")]
        if not verbs and tree.deps[i] in ("parataxis", "prep", "advcl", "ccomp") and slots.verbal(head):
            verbs = [head]
        return self.topics(verbs, role=role, without=own, coded=i)

    def topics(
        self, verbs: Iterable[int], *, role: Role = "topic", without: frozenset[str] = frozenset(), coded: int = -1
    ) -> tuple[Argument, ...]:
        """Whom clauses are about: their participants, and those of the acts that they tell, other than `coded`."""
        tree, slots = self._tree, self._coder.slots
        found: list[Argument] = []
        for verb in verbs:
            clauses = (verb, *tree.all(verb, ("xcomp", "advcl")))
            tokens = [*slots.tokens(verb, "subj"), *(o for clause in clauses for o in slots.tokens(clause, "obj"))]
            tokens += tree.all(verb, ("attr",))
            phrases = [p for c in tree.all(verb, ("prep", "agent")) for p in tree.all(c, ("pobj",))]
            tokens += [token for phrase in phrases for token in slots.spread(phrase)]
            found += self.phrases.arguments(role, tokens, without=without)
            inside = self._coder.code(verb)
            if inside is not None and inside.i != coded:
                found += [
                    as_role(a, role)
                    for a in (*self.roles(inside).source, *self.roles(inside).target)
                    if a.entity is not None and a.entity not in without
                ]
        return tuple(dict.fromkeys(found))

    def _through_event(self, role: Role, token: int) -> tuple[Argument, ...]:
        """The actor behind an event that acts: "attacks by rebels killed …"."""
        coded = self._coder.code(token)
        if coded is None or coded.i != token:
            return ()
        return tuple(as_role(a, role) for a in self.roles(coded).source if a.entity is not None)

    def _acts(self, token: int) -> bool:
        """Whether the word names an event itself ("the attacks killed …")."""
        coded = self._coder.code(token)
        return coded is not None and coded.i == token
