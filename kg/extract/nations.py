"""Countries named by an adjective inside a longer mention: "the Turkish foreign minister".

Such an adjective is no mention of its own; where a relation needs the country, it is given the country's chain of
the document, or a new one. Adjectives come from the list of countries.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from kg.extract.recorder import Recorder
from kg.model import Chain, Mention

if TYPE_CHECKING:
    from kg.extract.descriptions import Party, Scene

__all__ = ["Nations"]


class Nations:
    """Country nodes of one document by adjective.

    Args:
        names: (code, name, list id) of a country by adjective or alias in lower case.
        chains: the actors of the document.
        recorder: keeps the new nodes.
        doc: the document's id.
    """

    def __init__(
        self, names: Mapping[str, tuple[str, str, str]], chains: Sequence[Chain], recorder: Recorder, doc: str
    ) -> None:
        self._names = names
        self._known = {c.country: c for c in reversed(chains) if c.type == "Country" and c.country is not None}
        self._recorder = recorder
        self._doc = doc

    @property
    def codes(self) -> frozenset[str]:
        """Countries that the document mentions."""
        return frozenset(self._known)

    def at(self, scene: Scene, i: int) -> Party | None:
        """The country that the word at token `i`, or it and the word before, names."""
        from kg.extract.descriptions import Party

        tree = scene.tree
        start, found = i - 1, None
        if i and tree.sentences[i - 1] == tree.sentences[i]:
            found = self._names.get(f"{tree.lower[i - 1]} {tree.lower[i]}")
        if found is None:
            start, found = i, self._names.get(tree.lower[i])
        if found is None or not tree.words[start][:1].isupper():
            return None
        code, name, entry = found
        span = (tree.starts[start], tree.ends[i])
        chain = self._known.get(code)
        if chain is None:
            rule = f"adjective of {entry}"
            chain = self._recorder.node(name, "Country", *span, rule=rule, country=code, entry=entry, form="demonym")
            self._known[code] = chain
        return Party(Mention(self._doc, *span, chain.id, "demonym", "adjective"), chain, i)
