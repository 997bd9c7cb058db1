"""Actors inside phrases: which mention a head, a phrase or a pronoun stands for, and with which words it is shown.

A head that is an actor's mention is that actor. Otherwise the nearest actor inside the phrase stands for it
("Palestinian homes", "thousands of refugees"); a phrase without any actor is words alone.

>>> as_role(Argument("source", 0, 4, "actor-0-4"), "target")
Argument(role='target', start=0, end=4, entity='actor-0-4')
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from typing import TYPE_CHECKING

from kg.extract.events.codebook import Codebook
from kg.extract.events.frames import Slots
from kg.extract.syntax import Tree
from kg.model import Argument, Chain, Mention, Role

if TYPE_CHECKING:
    from kg.extract.actors import Actors

__all__ = ["Phrases", "as_role"]

_OUTSIDE = frozenset({"punct", "cc", "det", "aux", "auxpass", "neg"})
_NEARNESS = (
    frozenset({"poss"}), frozenset({"compound", "amod", "nmod"}), frozenset({"pobj", "dobj", "nsubj", "nsubjpass"}),
    frozenset({"appos", "conj", "attr", "npadvmod"}),
)  # fmt: skip
_CLOSE = frozenset({"det", "amod", "compound", "nummod", "poss", "nmod", "advmod", "quantmod"})
_PLACES = frozenset({"Country", "Place", "Government"})
_NOBODY: frozenset[str] = frozenset()
_DEEPEST = 7
_LONG = 6


def as_role(argument: Argument, role: Role) -> Argument:
    """The same words and actor in another role."""
    return Argument(role, argument.start, argument.end, argument.entity)


class Phrases:
    """The phrases of one document, and who is in them."""

    __slots__ = ("_codebook", "_countries", "_heads", "_named", "_slots", "_tree", "_types", "actors")

    def __init__(self, tree: Tree, slots: Slots, codebook: Codebook, actors: Actors) -> None:
        self._tree = tree
        self._slots = slots
        self._codebook = codebook
        self.actors = actors
        self._countries = {chain.id: chain.country for chain in actors.chains}
        self._types = {chain.id: chain.type for chain in actors.chains}
        self._heads: dict[tuple[int, int], str] = {}
        self._named: dict[str, list[Mention]] = {}
        for mention in actors.mentions:
            if mention.entity is not None and mention.form in ("name", "nominal", "demonym"):
                self._named.setdefault(mention.entity, []).append(mention)

    def arguments(
        self,
        role: Role,
        tokens: Iterable[int],
        *,
        inside: bool = True,
        without: frozenset[str] = _NOBODY,
        shut: frozenset[int] | set[int] = frozenset(),
    ) -> tuple[Argument, ...]:
        """Actors at, or inside, the phrases with these heads.

        Args:
            role: of the arguments made.
            tokens: heads of phrases.
            inside: look into a phrase whose head is no actor.
            without: actors to pass over.
            shut: words below which nothing is looked for.
        """
        found: dict[tuple[int, int], Argument] = {}
        for token in tokens:
            for mention in self._actors_of(token, inside, without, shut):
                argument = self.argument(role, mention)
                found.setdefault((argument.start, argument.end), argument)
        return tuple(found.values())

    def named_or_words(self, role: Role, tokens: Iterable[int]) -> tuple[Argument, ...]:
        """Actors at these heads, else the phrases as words."""
        return tuple(x for t in tokens for x in self.arguments(role, [t], inside=False) or self.words(role, t))

    def countries(self, arguments: Iterable[Argument]) -> set[str]:
        """The countries that these actors are, or belong to."""
        found = {self._countries.get(a.entity) for a in arguments if a.entity is not None}
        return {country for country in found if country is not None}

    def headed(self, words: tuple[Argument, ...], name: str) -> bool:
        """Whether the head of a phrase without an actor is on a list of the code book, such as people."""
        known = self._codebook.list(name)
        return any(self._heads.get((a.start, a.end), "") in known for a in words)

    def widened(self, argument: Argument, token: int) -> Argument:
        """ "Palestinian homes", "Haiti's efforts", "a shrine in Iran": the whole phrase, where it is short."""
        tree = self._tree
        start, end = min(argument.start, tree.starts[token]), max(argument.end, tree.ends[token])
        after = end > tree.ends[token]
        if after and tree.child(token, ("acl", "relcl")) is not None:
            return argument
        words = bisect_left(tree.starts, end) - bisect_left(tree.starts, start)
        return argument if words >= _LONG else Argument(argument.role, start, end, argument.entity)

    def named_by_group(self, argument: Argument, token: int) -> Argument:
        """ "Leaders of the coalition", "activists from the party": with the group that says who they are."""
        mention = self.actors.headed_by(token)
        if mention is None or mention.form != "nominal" or argument.end != mention.end:
            return argument
        for name in ("of", "from"):
            for t in self._slots.tokens(token, name):
                group = self.actors.headed_by(t)
                if group is not None and argument.end <= group.start <= argument.end + 12:
                    return Argument(argument.role, argument.start, group.end, argument.entity)
        return argument

    def _actors_of(
        self, token: int, inside: bool, without: frozenset[str], shut: frozenset[int] | set[int]
    ) -> list[Mention]:
        token = self._slots.referent(token)
        if self._tree.lemmas[token] in self._codebook.list("quantities"):
            counted = [m for t in self._slots.tokens(token, "of") for m in self.actors.heading(t)]
            if counted and self._tree.pos[token] != "PROPN":
                return [m for m in counted if m.entity not in without]
        here = self._examples(token) or self.actors.heading(token)
        if here or not inside:
            return [m for m in here if m.entity not in without]
        return self._search(token, without, shut)

    def _examples(self, token: int) -> list[Mention]:
        """ "countries such as Ukraine", "groups like Hamas": those that are named."""
        tree = self._tree
        if tree.tags[token] not in ("NNS", "NN"):
            return []
        found: list[Mention] = []
        for c in tree.children[token]:
            if tree.deps[c] == "prep" and (
                tree.lower[c] == "like"
                or (tree.lower[c] == "as" and any(tree.lower[d] == "such" for d in tree.children[c]))
            ):
                tokens = [t for p in tree.all(c, ("pobj",)) for t in self._slots.spread(p)]
                found += [m for t in tokens for m in self.actors.heading(t)]
        return found

    def _search(self, token: int, without: frozenset[str], shut: frozenset[int] | set[int]) -> list[Mention]:
        """The nearest actors inside a phrase: possessor and modifiers, then what prepositions and clauses bring."""
        tree, slots = self._tree, self._slots
        level = [token]
        for _ in range(_DEEPEST):
            children = [c for i in level for c in tree.children[i] if tree.deps[c] not in _OUTSIDE and c not in shut]
            for group in _NEARNESS:
                found = [
                    m
                    for c in children
                    if tree.deps[c] in group
                    for t in slots.spread(c)
                    for m in self.actors.heading(t)
                    if m.entity not in without
                ]
                if found:
                    return found
            own = any(tree.deps[c] == "poss" for c in children)
            closed = ("acl", "relcl") if own else ("relcl",)
            level = [c for c in children if tree.pos[c] != "PRON" and tree.deps[c] not in closed and not self._told(c)]
        return []

    def _told(self, i: int) -> bool:
        """Whether it is a clause with a subject of its own: "reports that Trump left"."""
        return self._tree.deps[i] == "acl" and self._tree.child(i, ("nsubj", "nsubjpass")) is not None

    def argument(self, role: Role, mention: Mention) -> Argument:
        """A pronoun is shown by the name or description that the sentence has for it, where there is one."""
        if mention.form == "pronoun" and mention.entity is not None:
            named = [m for m in self._named.get(mention.entity, ()) if m.start < mention.start]
            first = self._sentence_start(mention.start)
            if named and named[-1].start >= first:
                return Argument(role, named[-1].start, named[-1].end, mention.entity)
        return Argument(role, mention.start, mention.end, mention.entity)

    def _sentence_start(self, offset: int) -> int:
        tree = self._tree
        token = min(bisect_left(tree.starts, offset), len(tree.starts) - 1)
        return tree.starts[tree.bounds[tree.sentences[token]][0]]

    def words(self, role: Role, token: int) -> tuple[Argument, ...]:
        """A phrase without an actor, as words: the head and its close modifiers."""
        tree = self._tree
        token = self._slots.referent(token)
        if tree.pos[token] not in ("NOUN", "PROPN") or tree.lemmas[token] in self._codebook.list("times"):
            return ()
        if tree.lemmas[token] in self._codebook.list("quantities"):
            counted = [t for t in self._slots.tokens(token, "of") if tree.pos[t] in ("NOUN", "PROPN")]
            if counted and counted[0] - token <= 5:
                self._heads[tree.starts[token], tree.ends[counted[0]]] = tree.lemmas[counted[0]]
                return (Argument(role, tree.starts[token], tree.ends[counted[0]]),)
        first = token
        for child in reversed(tree.children[token]):
            if child < token and tree.deps[child] in _CLOSE and child >= first - 4:
                first = min(first, child)
        self._heads[tree.starts[first], tree.ends[token]] = tree.lemmas[token]
        return (Argument(role, tree.starts[first], tree.ends[token]),)

    def placed(self, argument: Argument) -> bool:
        return argument.entity is not None and self._types.get(argument.entity) in _PLACES

    def is_place(self, mention: Mention) -> bool:
        chain = self.chain(mention)
        return chain is not None and chain.type in _PLACES | {"Organization"} and mention.form in ("name", "nominal")

    def chain(self, mention: Mention | None) -> Chain | None:
        return None if mention is None else self.actors.chain(mention)
