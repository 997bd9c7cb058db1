"""Countries, parties and coalitions named by a word that is no mention of them.

    Turkish foreign minister · Democratic nominee · Coalition nations

Where a relation needs one, it is given its chain of the document, or a new one. The words come from the list of
countries and from party_marks.tsv and bodies.tsv (kind bloc) of ontologies/relations.

>>> from kg.extract.relations.patterns import nation_table
>>> nation_table()["kenyan"]
('KEN', 'Kenya', 'kenya')
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kg.extract.relations.patterns import PartyWord
from kg.extract.relations.recorder import Recorder
from kg.extract.relations.scene import Party, Scene
from kg.model import Chain, Mention

__all__ = ["Nations"]


class Nations:
    """Country and party nodes of one document by word.

    Args:
        names: (code, name, list id) of a country by adjective or alias in lower case.
        parties: party words by (kind, word).
        blocs: words of coalitions.
        chains: the actors of the document.
        recorder: keeps the new nodes.
        doc: the document's id.
    """

    def __init__(
        self, names: Mapping[str, tuple[str, str, str]], chains: Sequence[Chain], recorder: Recorder, doc: str, *,
        parties: Mapping[tuple[str, str], PartyWord] | None = None, blocs: frozenset[str] = frozenset(),
    ) -> None:  # fmt: skip
        self._names = names
        self._parties = parties or {}
        self._blocs = blocs
        self._by_entry = {c.entry: c for c in reversed(chains) if c.entry is not None}
        self._known = {c.country: c for c in reversed(chains) if c.type == "Country" and c.country is not None}
        self._spoken_of = frozenset(c.country for c in chains if c.country is not None)
        self._recorder = recorder
        self._doc = doc

    @property
    def codes(self) -> frozenset[str]:
        """Countries that the document speaks of, if only of their people."""
        return self._spoken_of

    def at(self, scene: Scene, i: int) -> Party | None:
        """The country that the word at token `i`, or it and the word before, names."""
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

    def party(self, scene: Scene, i: int, *, kind: str = "word") -> Party | None:
        """The party that the word at token `i` stands for."""
        found = self._parties.get((kind, scene.tree.words[i]))
        if found is None or found.country not in self._spoken_of:
            return None
        span = (scene.tree.starts[i], scene.tree.ends[i])
        chain = self._by_entry.get(found.entry)
        if chain is None:
            chain = self._recorder.node(
                found.name, "Organization", *span, rule=found.rule, country=found.country, entry=found.entry,
                sector="PTY", form="demonym",
            )  # fmt: skip
            self._by_entry[found.entry] = chain
        return Party(Mention(self._doc, *span, chain.id, "demonym", found.rule), chain, i)

    def bloc(self, scene: Scene, i: int) -> Party | None:
        """The coalition that the word at token `i` stands for: the last one spoken of, or a new one with a capital."""
        tree = scene.tree
        word = tree.lower[i]
        if word not in self._blocs or tree.deps[i] not in ("compound", "nmod"):
            return None
        span = (tree.starts[i], tree.ends[max(i, tree.heads[i])])  # with its noun: the nations are the coalition
        chain: Chain | None = None
        for mention in scene.actors.mentions:
            if chain is not None and mention.start > span[0]:
                break
            known = scene.actors.chain(mention) if mention.form in ("name", "nominal") else None
            if known is not None and known.type == "Organization" and known.name.lower().split()[-1] == word:
                chain = known
        if chain is None and tree.words[i][:1].isupper():
            chain = self._recorder.node(word, "Organization", *span, rule="relations/bodies.tsv:bloc")
        return None if chain is None else Party(Mention(self._doc, *span, chain.id, "nominal", "bloc"), chain, i)
