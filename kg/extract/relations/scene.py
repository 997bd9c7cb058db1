"""The parse and the actors of a document, together: who stands at a token.

>>> from kg.extract.actors import Actors
>>> tree = Tree.of_rows([("Rain", "rain", "NOUN", "NN", "nsubj", 1), ("fell", "fall", "VERB", "VBD", "ROOT", 1)])
>>> Scene(tree, Actors(), Slots(tree)).at(0) is None
True
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.extract.events.frames import Slots
from kg.extract.syntax import Tree
from kg.model import Chain, Mention

if TYPE_CHECKING:
    from kg.extract.actors import Actors
    from kg.extract.relations.nations import Nations

__all__ = ["Party", "Scene"]


@dataclass(frozen=True, slots=True)
class Party:
    """An actor at a token: the head of its mention."""

    mention: Mention
    chain: Chain
    token: int


@dataclass(frozen=True, slots=True)
class Scene:
    """The parse and the actors of a document, together."""

    tree: Tree
    actors: Actors
    slots: Slots
    nations: Nations | None = None
    titled: frozenset[int] = frozenset()
    wholes: frozenset[str] = frozenset()

    def at(self, i: int) -> Party | None:
        """The actor whose mention has its head at token `i`."""
        mention = self.actors.headed_by(i)
        chain = None if mention is None else self.actors.chain(mention)
        return None if mention is None or chain is None else Party(mention, chain, i)

    def nation(self, i: int) -> Party | None:
        """The country that an adjective names which is no mention of its own ("the Russian minister")."""
        return None if self.nations is None else self.nations.at(self, i)

    def party_word(self, i: int, *, kind: str = "word") -> Party | None:
        """The party that a word stands for without being its name ("Democratic nominee")."""
        return None if self.nations is None else self.nations.party(self, i, kind=kind)

    def bloc(self, i: int) -> Party | None:
        """The coalition that a word stands for without being a mention of it ("Coalition nations")."""
        return None if self.nations is None else self.nations.bloc(self, i)

    def over(self, i: int) -> Party | None:
        """The actor whose longest name covers token `i`, where its head is not before `i`."""
        mention = self.actors.covering(i)
        if mention is None or mention.form != "name":
            return None
        for k in range(i, len(self.tree.words)):
            if self.tree.starts[k] >= mention.end:
                break
            if self.actors.headed_by(k) == mention:
                return self.at(k)
        return None

    def named(self, i: int) -> Party | None:
        """The actor at token `i`, by a name that ends there or that says which one it is ("the Hamas movement")."""
        party = self.at(i) or self.over(i)
        if party is None and self.tree.lower[i] in self.wholes:
            names = (self.at(c) for c in self.tree.all(i, ("compound", "nmod")))
            party = next((p for p in names if p is not None and p.mention.form == "name"), None)
        return party

    def end(self, party: Party) -> int:
        """The token after the mention of `party`."""
        k = party.token
        while k < len(self.tree.words) and self.tree.starts[k] < party.mention.end:
            k += 1
        return k

    def coordinated(self, party: Party) -> Iterator[Party]:
        """`party` and those that stand beside it, with "and"."""
        yield party
        here = party.token
        while (following := self.tree.child(here, ("conj",))) is not None:
            found = self.at(following)
            if found is not None:
                yield found
            here = following

    def listed(self, party: Party) -> Iterator[Party]:
        """`party` and those in the same list, "Lavrov of Russia and Zarif of Iran" too."""
        yield from self.coordinated(party)
        for prep in self.tree.all(party.token, ("prep",)):
            for inside in self.tree.all(prep, ("pobj",)):
                if (place := self.at(inside)) is not None:
                    yield from (p for p in self.coordinated(place) if p.chain.type == party.chain.type)
