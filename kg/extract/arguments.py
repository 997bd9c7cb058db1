"""Who fills the roles of an event: the slots of its frame, turned into spans with the actors behind them.

A slot's head that is an actor's mention is that actor. Otherwise an actor inside the phrase stands for it ("Palestinian
homes", "Russia's annexation of Crimea", "thousands of refugees"); a phrase without any actor is kept as words alone.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.extract.codebook import Slot
from kg.extract.coding import Coded, Coder
from kg.extract.syntax import Tree
from kg.model import Argument, Chain, Mention, Role

if TYPE_CHECKING:
    from kg.extract.actors import Actors

__all__ = ["Filler", "Roles"]

_OUTSIDE = frozenset({"punct", "cc", "det", "aux", "auxpass", "neg"})
_NEARNESS = (
    frozenset({"poss"}), frozenset({"compound", "amod", "nmod"}), frozenset({"pobj", "dobj", "nsubj", "nsubjpass"}),
    frozenset({"appos", "conj", "attr", "npadvmod"}),
)  # fmt: skip
_CLOSE = frozenset({"det", "amod", "compound", "nummod", "poss", "nmod", "advmod", "quantmod"})
_PLACES = frozenset({"Country", "Place", "Government"})
_WHERE = ("in", "at", "near", "outside", "across", "inside", "throughout", "around", "along", "off")
_DEEPEST = 7
_LONG = 6


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

    __slots__ = ("_actors", "_coder", "_countries", "_known", "_named", "_open", "_tree", "_types")

    def __init__(self, coder: Coder, actors: Actors) -> None:
        self._coder = coder
        self._tree: Tree = coder.tree
        self._actors = actors
        self._known: dict[int, Roles] = {}
        self._open: set[int] = set()
        self._countries = {chain.id: chain.country for chain in actors.chains}
        self._types = {chain.id: chain.type for chain in actors.chains}
        self._named: dict[str, list[Mention]] = {}
        for mention in actors.mentions:
            if mention.entity is not None and mention.form in ("name", "nominal", "demonym"):
                self._named.setdefault(mention.entity, []).append(mention)

    def roles(self, coded: Coded) -> Roles:
        """The participants of a coded word."""
        known = self._known.get(coded.i)
        if known is not None:
            return known
        if coded.i in self._open:
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
            for name in _WHERE:
                for token in [t for j in (i, *inside) for t in slots.tokens(j, name)]:
                    mention = self._actors.headed_by(token)
                    if mention is not None and self._is_place(mention):
                        return self._argument("place", mention)
        for token in slots.tokens(coded.i, "mod"):
            mention = self._actors.headed_by(token)
            chain = self._chain(mention)
            if mention is not None and chain is not None and chain.type == "Place" and mention.form == "name":
                return self._argument("place", mention)
        return None

    def actor_at(self, token: int) -> Mention | None:
        """The mention with this head."""
        return self._actors.headed_by(token)

    def arguments(
        self, role: Role, tokens: Iterable[int], *, inside: bool = True, without: frozenset[str] = frozenset()
    ) -> tuple[Argument, ...]:
        """Actors at, or inside, the phrases with these heads; those in `without` are passed over."""
        found: dict[tuple[int, int], Argument] = {}
        for token in tokens:
            for mention in self._actors_of(token, inside=inside, without=without):
                argument = self._argument(role, mention)
                found.setdefault((argument.start, argument.end), argument)
        return tuple(found.values())

    def countries(self, arguments: Iterable[Argument]) -> set[str]:
        """The countries that these actors are, or belong to."""
        return {c for a in arguments if a.entity is not None for c in [self._countries.get(a.entity)] if c is not None}

    def _fill(self, coded: Coded) -> Roles:
        frame = coded.trigger.frame
        source = self._role("source", frame.source, coded)
        own = frozenset(a.entity for a in source if a.entity is not None)
        taken = {(x.start, x.end) for x in source}
        target = self.arguments("target", self._coder.slots.undergoers(coded.i), without=own)
        target = target or self._role("target", frame.target, coded, taken, own)
        if frame.transitive and not target and source and self._bare_passive(coded.i):
            source, target = (), tuple(_as(a, "target") for a in source)
        if frame.reciprocal and len(source) > 1 and not any(a.entity is not None for a in target):
            target = tuple(_as(a, "target") for a in source[1:])
            source = source[:1]
        if frame.reciprocal and not source and len(target) > 1:
            source, target = (_as(target[0], "source"),), target[1:]
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
        )

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
        for slot in slots:
            found = self._slot(role, slot, coded, own)
            found = tuple(x for x in found if not taken or (x.start, x.end) not in taken)
            if any(a.entity is not None for a in found):
                return found
            words = words or found
        return words

    def _slot(self, role: Role, slot: Slot, coded: Coded, own: frozenset[str] = frozenset()) -> tuple[Argument, ...]:
        if slot.startswith("inner"):
            return self._inner(role, slot, coded)
        if slot == "content":
            return self._content(role, coded, own)
        if slot == "scene":
            return self._scene(role, coded)
        i, coder = coded.i, self._coder
        name, _, kind = slot.partition(".")
        tokens = coder.objects(i, coded.trigger.second) if name == "obj" else coder.slots.tokens(i, name)
        if name.rpartition("/")[2] == "mod":
            return self._modifiers(role, tokens, kind)
        if name.rpartition("/")[2] in ("in", "at", "near", "across", "throughout"):
            return tuple(a for a in self.arguments(role, tokens, without=own) if self._placed(a))
        found: list[Argument] = []
        for token in tokens:
            found += self._filled(role, token, name, coded, own)
        return tuple(dict.fromkeys(found))

    def _filled(self, role: Role, token: int, name: str, coded: Coded, own: frozenset[str]) -> tuple[Argument, ...]:
        """One head of a slot: the actor, the one behind an event, the phrase with the actor in it, or words."""
        plain = self.arguments(role, [token], without=own, inside=False)
        if plain:
            return plain
        if self._acts(token):
            if name == "subj":
                return self._through_event(role, token) or self._phrase(role, token)
            if "inner.source" in coded.trigger.frame.target and role == "target":
                found = tuple(a for a in self._through_event(role, token) if a.entity not in own)
                return found or self._phrase(role, token)
        inside = self.arguments(role, [token], without=own)
        return tuple(self._widened(a, token) for a in inside) or self._phrase(role, token)

    def _widened(self, argument: Argument, token: int) -> Argument:
        """ "Palestinian homes", "Haiti's efforts", "a shrine in Iran": the whole phrase, where it is short."""
        tree = self._tree
        start, end = min(argument.start, tree.starts[token]), max(argument.end, tree.ends[token])
        words = sum(1 for a in tree.starts if start <= a < end) if end - start < 60 else _LONG
        return argument if words >= _LONG else Argument(argument.role, start, end, argument.entity)

    def _scene(self, role: Role, coded: Coded) -> tuple[Argument, ...]:
        """Who takes part in the event in which it happened: "killed in a clash with rebels"."""
        slots = self._coder.slots
        hit = {a.entity for a in self._slot("target", "obj", coded)}
        for name in ("in", "during", "after"):
            for token in slots.tokens(coded.i, name):
                inner = self._coder.code(token)
                if inner is not None and inner.i == token:
                    roles = self.roles(inner)
                    found = tuple(_as(a, role) for a in (*roles.source, *roles.target) if a.entity not in hit)
                    if found:
                        return found
        return ()

    def _modifiers(self, role: Role, tokens: list[int], kind: str) -> tuple[Argument, ...]:
        found = []
        for token in tokens:
            for mention in self._actors.heading(token):
                demonym = mention.form == "demonym" or self._tree.pos[token] == "ADJ"
                if not kind or (kind == "demonym") == demonym:
                    found.append(self._argument(role, mention))
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
            found = tuple(_as(a, role) for a in part if a.entity is not None and a.entity not in own)
            if found:
                return found
        return ()

    def _content(self, role: Role, coded: Coded, own: frozenset[str]) -> tuple[Argument, ...]:
        """Whom a statement is about: the subject and the participants of what is said."""
        tree, slots, i = self._tree, self._coder.slots, coded.i
        head = tree.heads[i]
        verbs = [c for c in slots.clauses(i) if tree.deps[c] in ("ccomp", "xcomp", "pcomp")]
        if not verbs and tree.deps[i] in ("parataxis", "prep", "advcl", "ccomp") and slots.verbal(head):
            verbs = [head]
        found: list[Argument] = []
        for verb in verbs:
            tokens = [*slots.subjects(verb), *slots.tokens(verb, "obj")]
            found += self.arguments(role, tokens, without=own)
            inside = self._coder.code(verb)
            if inside is not None and inside.i != i:
                found += [
                    _as(a, role)
                    for a in (*self.roles(inside).source, *self.roles(inside).target)
                    if a.entity is not None and a.entity not in own
                ]
        return tuple(dict.fromkeys(found))

    def _through_event(self, role: Role, token: int) -> tuple[Argument, ...]:
        """The actor behind an event that acts: "attacks by rebels killed …"."""
        coded = self._coder.code(token)
        if coded is None or coded.i != token:
            return ()
        return tuple(_as(a, role) for a in self.roles(coded).source if a.entity is not None)

    def _acts(self, token: int) -> bool:
        """Whether the word names an event itself ("the attacks killed …")."""
        coded = self._coder.code(token)
        return coded is not None and coded.i == token

    def _actors_of(self, token: int, *, inside: bool, without: frozenset[str]) -> list[Mention]:
        token = self._coder.slots.referent(token)
        found = [m for m in self._actors.heading(token) if m.entity not in without]
        if found or not inside:
            return found
        return self._search(token, without)

    def _search(self, token: int, without: frozenset[str]) -> list[Mention]:
        """The nearest actors inside a phrase: possessor and modifiers, then what prepositions and clauses bring."""
        tree, slots = self._tree, self._coder.slots
        level = [token]
        for _ in range(_DEEPEST):
            children = [c for i in level for c in tree.children[i] if tree.deps[c] not in _OUTSIDE]
            for group in _NEARNESS:
                found = [
                    m
                    for c in children
                    if tree.deps[c] in group
                    for t in slots.spread(c)
                    for m in self._actors.heading(t)
                    if m.entity not in without
                ]
                if found:
                    return found
            own = any(tree.deps[c] == "poss" for c in children)
            level = [c for c in children if tree.pos[c] != "PRON" and not (own and tree.deps[c] in ("acl", "relcl"))]
        return []

    def _argument(self, role: Role, mention: Mention) -> Argument:
        """A pronoun is shown by the name or description that the sentence has for it, where there is one."""
        if mention.form == "pronoun" and mention.entity is not None:
            named = [m for m in self._named.get(mention.entity, ()) if m.start < mention.start]
            first = self._sentence_start(mention.start)
            if named and named[-1].start >= first:
                return Argument(role, named[-1].start, named[-1].end, mention.entity)
        return Argument(role, mention.start, mention.end, mention.entity)

    def _sentence_start(self, offset: int) -> int:
        tree = self._tree
        return max((tree.starts[a] for a, _ in tree.bounds if tree.starts[a] <= offset), default=0)

    def _phrase(self, role: Role, token: int) -> tuple[Argument, ...]:
        """A phrase without an actor, as words: the head and its close modifiers."""
        tree = self._tree
        token = self._coder.slots.referent(token)
        if tree.pos[token] not in ("NOUN", "PROPN") or tree.lemmas[token] in self._coder.codebook.list("times"):
            return ()
        first = token
        for child in reversed(tree.children[token]):
            if child < token and tree.deps[child] in _CLOSE and child >= first - 4:
                first = min(first, child)
        return (Argument(role, tree.starts[first], tree.ends[token]),)

    def _placed(self, argument: Argument) -> bool:
        return argument.entity is not None and self._types.get(argument.entity) in _PLACES

    def _is_place(self, mention: Mention) -> bool:
        chain = self._chain(mention)
        return chain is not None and chain.type in _PLACES | {"Organization"} and mention.form in ("name", "nominal")

    def _chain(self, mention: Mention | None) -> Chain | None:
        return None if mention is None else self._actors.chain(mention)


def _as(argument: Argument, role: Role) -> Argument:
    return Argument(role, argument.start, argument.end, argument.entity)
