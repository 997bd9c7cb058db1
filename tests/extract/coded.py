"""Sentences parsed and coded, for the tests of the coder."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

from kg.extract.actors import Actors, find_actors
from kg.extract.attribution import find_attributions
from kg.extract.cues import Cues
from kg.extract.events import find_events
from kg.extract.events.codebook import Codebook
from kg.extract.events.learned import LearnedCoder
from kg.extract.factuality import Judge
from kg.model import Document, Event, Role
from kg.text.annotate import annotate
from kg.text.dates import find_dates
from kg.text.gazetteer import Gazetteer
from kg.text.structure import segments

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

__all__ = ["Sentence", "codebook", "learned", "parsed", "words"]


@dataclass(frozen=True, slots=True)
class Sentence:
    """A text with all that the coder needs and says."""

    document: Document
    doc: Doc
    actors: Actors
    judge: Judge
    events: tuple[Event, ...]


@cache
def codebook() -> Codebook:
    return Codebook.load()


@cache
def learned() -> LearnedCoder:
    return LearnedCoder.load()


@cache
def _gazetteer() -> Gazetteer:
    return Gazetteer.load()


@cache
def _cues() -> Cues:
    return Cues.load()


def parsed(nlp: Language, text: str, *, published: date = date(2019, 3, 20)) -> Sentence:
    """The events of a text that appeared on 20 March 2019, a Wednesday."""
    [(document, doc)] = annotate([Document("test", text, published=published)], nlp)
    parts = segments(text)
    actors = find_actors(document, doc, _gazetteer(), parts)
    judge = Judge(doc, find_attributions(document, doc, actors, _cues()), _cues())
    events = find_events(document, doc, actors, find_dates(doc, published), judge, codebook(), parts, learned=learned())
    return Sentence(document, doc, actors, judge, events)


def words(sentence: Sentence, event: Event, role: Role) -> list[str]:
    """What fills a role of an event, as it stands in the text."""
    return [sentence.document.text[a.start : a.end] for a in event.reports[0].arguments if a.role == role]
