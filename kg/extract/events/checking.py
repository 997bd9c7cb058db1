"""Whether each line of the code book codes its own example, or another line does.

>>> [name for name in ("Miscoded", "miscoded") if name in __all__]
['Miscoded', 'miscoded']
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.extract.actors import find_actors
from kg.extract.events.codebook import LIGHT, NOTHING, UNDERGO, Trigger
from kg.extract.events.finding import Coding, code_document
from kg.model import Document
from kg.text.structure import segments

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from kg.extract import Extractor

__all__ = ["Miscoded", "miscoded"]


@dataclass(frozen=True, slots=True)
class Miscoded:
    """A line, and what codes its example in its place."""

    trigger: Trigger
    instead: tuple[Trigger, ...]


def miscoded(
    lines: Sequence[Trigger],
    extractor: Extractor,
    annotate: Callable[[Iterable[Document]], Iterable[tuple[Document, Doc]]],
) -> Iterator[Miscoded]:
    """The lines whose example gets another class than theirs.

    Args:
        lines: one trigger of each line, with its example.
        extractor: with the code book of these lines.
        annotate: parses documents.
    """
    documents = [Document(trigger.line, trigger.example) for trigger in lines]
    for trigger, (document, doc) in zip(lines, annotate(documents), strict=True):
        actors = find_actors(document, doc, extractor.gazetteer, segments(document.text))
        coding = code_document(doc, actors, extractor.codebook)
        found = [coded.trigger for coded in coding.coded] + [intent.coded.trigger for intent in coding.intents]
        if not _right(trigger, coding, found):
            yield Miscoded(trigger, tuple(found))


def _right(trigger: Trigger, coding: Coding, found: list[Trigger]) -> bool:
    if trigger.type == NOTHING:
        own = {i for i, lemma in enumerate(coding.tree.lemmas) if lemma == trigger.word}
        return not any(coded.i in own and coded.trigger.pos == trigger.pos for coded in coding.coded)
    if trigger.type in (LIGHT, UNDERGO):
        return bool(found)
    return any(other.type == trigger.type for other in found)
