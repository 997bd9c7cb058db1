"""Plain statements that no trigger word tells: "Italy must leave — Conte", "Conte: …", "as Conte noted, …".

Who speaks is the source of the attribution, what it is about the participants of the content.

>>> [name for name in ("Stated", "uncoded_statements") if name in __all__]
['Stated', 'uncoded_statements']
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.extract.events.arguments import Filler, Roles
from kg.extract.events.codebook import Codebook, Trigger
from kg.extract.events.coding import Coded
from kg.extract.events.features import span_head
from kg.extract.syntax import Tree
from kg.model import Attribution

__all__ = ["Stated", "uncoded_statements"]

_CLASS = "Statement"


@dataclass(frozen=True, slots=True)
class Stated:
    """A statement: its cue as a coded word, and who takes part."""

    coded: Coded
    roles: Roles


def uncoded_statements(
    tree: Tree, codebook: Codebook, filler: Filler, coded: Sequence[Coded], attributions: Sequence[Attribution]
) -> Iterator[Stated]:
    """The statements of named sources about somebody, whose cue is no coded word."""
    taken = {one.i for one in coded}
    kind = codebook.types[_CLASS]
    for attribution in attributions:
        if attribution.stance != "assert" or attribution.holder is None or not attribution.source:
            continue
        cue = tree.within(attribution.cue[0].start, attribution.cue[0].end)
        speaker = span_head(tree, tree.within(attribution.source[0].start, attribution.source[0].end))
        if not cue or speaker is None or not taken.isdisjoint(cue):
            continue
        source = filler.phrases.arguments("source", [speaker], inside=False)
        topics = filler.topics(_roots(tree, attribution), without=frozenset({attribution.holder}))
        if source and topics:
            word = tree.lower[min(cue)]
            trigger = Trigger(
                word=word, second="", pos="v", type=kind.name, plover=None, cameo=kind.cameo,
                frame=codebook.frames["verb"], conditions=(), inner="apart", rule=f"attribution {attribution.rule}",
            )  # fmt: skip
            yield Stated(Coded(min(cue), trigger), Roles(source=source, topic=topics))


def _roots(tree: Tree, attribution: Attribution) -> list[int]:
    """The verbs at the top of the content."""
    inside = {i for span in attribution.content for i in tree.within(span.start, span.end)}
    tops = [i for i in sorted(inside) if tree.heads[i] not in inside or tree.heads[i] == i]
    return [i for i in tops if tree.pos[i] in ("VERB", "AUX")]
