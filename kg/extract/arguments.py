"""Who fills the roles of an event: the slots of its frame, turned into spans with the actors behind them.

A slot's head that is an actor's mention is that actor. Otherwise an actor inside the phrase stands for it ("Palestinian
homes", "Russia's annexation of Crimea", "thousands of refugees"); a phrase without any actor is kept as words alone.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.extract.codebook import Codebook, Slot
from kg.extract.coding import Coded, Coder
from kg.extract.syntax import Tree
from kg.model import Argument, Chain, Mention, Role

if TYPE_CHECKING:
    from kg.extract.actors import Actors

__all__ = ["Filler", "Roles"]

_INSIDE = ("of", "by", "in", "on", "against", "from", "with", "to", "between", "for", "near", "at", "among", "over")
_CLOSE = frozenset({"det", "amod", "compound", "nummod", "poss", "nmod", "advmod", "quantmod"})
_PLACES = frozenset({"Country", "Place", "Government"})
_WHERE = ("in", "at", "near", "outside", "across", "inside", "throughout", "around", "along", "off")
_DEEPEST = 4


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

    __slots__ = ("_actors", "_coder", "_known", "_open", "_tree")

    def __init__(self, coder: Coder, actors: Actors) -> None:
        self._coder = coder
        self._tree: Tree = coder.tree
        self._actors = actors
        self._known: dict[int, Roles] = {}
        self._open: set[int] = set()

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
            for name in _WHERE:
                for token in slots.tokens(i, name):
                    mention = self._actors.headed_by(token)
                    if mention is not None and self._is_place(mention):
                        return _argument("place", mention)
        for token in slots.tokens(coded.i, "mod"):
            mention = self._actors.headed_by(token)
            chain = self._chain(mention)
            if mention is not None and chain is not None and chain.type == "Place" and mention.form == "name":
                return _argument("place", mention)
        return None

    def actor_at(self, token: int) -> Mention | None:
        """The mention with this head."""
        return self._actors.headed_by(token)

    def arguments(self, role: Role, tokens: Iterable[int], *, inside: bool = True) -> tuple[Argument, ...]:
        """Actors at, or inside, the phrases with these heads."""
        found: dict[tuple[int, int], Argument] = {}
        for token in tokens:
            for mention in self._actors_of(token, inside=inside):
                argument = _argument(role, mention)
                found.setdefault((argument.start, argument.end), argument)
        return tuple(found.values())

    def _fill(self, coded: Coded) -> Roles:
        frame = coded.trigger.frame
        source = self._role("source", frame.source, coded)
        taken = {(a.start, a.end) for a in source}
        target = tuple(a for a in self._role("target", frame.target, coded, taken) if (a.start, a.end) not in taken)
        if frame.transitive and not target and source and self._bare_passive(coded.i):
            source, target = (), tuple(_as(a, "target") for a in source)
        if frame.reciprocal and not target:
            target = tuple(_as(a, "target") for a in source[1:])
            source = source[:1]
        if frame.reciprocal and not source and len(target) > 1:
            source, target = (_as(target[0], "source"),), target[1:]
        taken |= {(a.start, a.end) for a in target}
        rest = []
        for role, slots in (("recipient", frame.recipient), ("topic", frame.topic), ("instrument", frame.instrument)):
            found = self._role(role, slots, coded, taken) if slots else ()  # type: ignore[arg-type]
            rest.append(tuple(a for a in found if (a.start, a.end) not in taken))
            taken |= {(a.start, a.end) for a in found}
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
        self, role: Role, slots: tuple[Slot, ...], coded: Coded, taken: set[tuple[int, int]] | None = None
    ) -> tuple[Argument, ...]:
        """The first slot with an actor that is not yet taken, else the first with a phrase."""
        words: tuple[Argument, ...] = ()
        for slot in slots:
            found = self._slot(role, slot, coded)
            if taken:
                found = tuple(a for a in found if (a.start, a.end) not in taken)
            if any(a.entity is not None for a in found):
                return found
            words = words or found
        return words

    def _slot(self, role: Role, slot: Slot, coded: Coded) -> tuple[Argument, ...]:
        if slot.startswith("inner"):
            return self._inner(role, slot, coded)
        i, coder = coded.i, self._coder
        name, _, kind = slot.partition(".")
        tokens = coder.objects(i, coded.trigger.second) if name == "obj" else coder.slots.tokens(i, name)
        if name == "mod":
            return self._modifiers(role, tokens, kind)
        if name in ("in", "at", "near", "across", "throughout") and kind != "any":
            return tuple(a for a in self.arguments(role, tokens) if self._placed(a))
        found: list[Argument] = []
        for token in tokens:
            named = self.arguments(role, [token])
            if not named and name == "subj":
                named = self._through_event(role, token)
            found += named or self._phrase(role, token)
        return tuple(dict.fromkeys(found))

    def _modifiers(self, role: Role, tokens: list[int], kind: str) -> tuple[Argument, ...]:
        found = []
        for token in tokens:
            mention = self._actors.headed_by(token)
            if mention is None:
                continue
            demonym = mention.form == "demonym" or self._tree.pos[token] == "ADJ"
            if not kind or (kind == "demonym") == demonym:
                found.append(_argument(role, mention))
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
        own = {a.entity for a in self._slot("source", "subj", coded)} - {None} if slot != "inner.source" else set()
        for part in order:
            found = tuple(_as(a, role) for a in part if a.entity is not None and a.entity not in own)
            if found:
                return found
        return ()

    def _through_event(self, role: Role, token: int) -> tuple[Argument, ...]:
        """The actor behind an event that acts: "attacks by rebels killed …"."""
        coded = self._coder.code(token)
        if coded is None or coded.i != token:
            return ()
        return tuple(_as(a, role) for a in self.roles(coded).source if a.entity is not None)

    def _actors_of(self, token: int, *, inside: bool) -> list[Mention]:
        token = self._coder.slots.referent(token)
        mention = self._actors.headed_by(token)
        if mention is not None:
            return [mention]
        return self._search(token, 0) if inside else []

    def _search(self, token: int, depth: int) -> list[Mention]:
        """Actors inside a phrase: possessor and modifiers first, then what its prepositions bring."""
        if depth > _DEEPEST:
            return []
        tree, slots, headed = self._tree, self._coder.slots, self._actors.headed_by
        if tree.lemmas[token] in self._coder.codebook.list("quantities"):
            found = [m for t in slots.tokens(token, "of") for m in self._actors_of(t, inside=True)]
            if found:
                return found
        for slot in ("poss", "mod"):
            found = [m for t in slots.tokens(token, slot) for m in [headed(t)] if m is not None]
            if found:
                return found
            for t in slots.tokens(token, slot):
                found = self._search(t, depth + 1)
                if found:
                    return found
        for name in _INSIDE:
            for t in slots.tokens(token, name):
                mention = headed(t)
                found = [mention] if mention is not None else self._search(t, depth + 1)
                if found:
                    return found
        return []

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
        chain = next((c for c in self._actors.chains if c.id == argument.entity), None)
        return chain is not None and chain.type in _PLACES

    def _is_place(self, mention: Mention) -> bool:
        chain = self._chain(mention)
        return chain is not None and chain.type in _PLACES | {"Organization"} and mention.form in ("name", "nominal")

    def _chain(self, mention: Mention | None) -> Chain | None:
        return None if mention is None else self._actors.chain(mention)


def _argument(role: Role, mention: Mention) -> Argument:
    return Argument(role, mention.start, mention.end, mention.entity)


def _as(argument: Argument, role: Role) -> Argument:
    return Argument(role, argument.start, argument.end, argument.entity)
