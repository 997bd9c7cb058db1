"""Mentions, nodes and forms in sentences of all regions and several decades (tests/cases/actors.tsv)."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kg.extract.actors import Actors, find_actors
from kg.model import Document
from kg.text.annotate import annotate
from kg.text.gazetteer import Gazetteer
from kg.text.spelling import slug
from kg.text.structure import segments

if TYPE_CHECKING:
    from spacy.language import Language

_CASES = Path(__file__).parents[1] / "cases" / "actors.tsv"


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer.load()


def rows() -> list[tuple[str, str, str]]:
    lines = [line for line in _CASES.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    return [(published, text, expected) for published, text, expected in (line.split("\t") for line in lines[1:])]


def actors_of(text: str, published: str, nlp: Language, gazetteer: Gazetteer) -> Actors:
    document = Document("case", text, published=date.fromisoformat(published) if published else None)
    ((_, doc),) = annotate([document], nlp)
    return find_actors(document, doc, gazetteer, segments(text))


def span(text: str, surface: str) -> tuple[int, int]:
    words, _, number = surface.partition("#")
    starts = [m.start() for m in re.finditer(rf"(?<!\w){re.escape(words)}(?!\w)", text)]
    start = starts[int(number or 1) - 1]
    return start, start + len(words)


def found(actors: Actors) -> dict[tuple[int, int], tuple[str, str]]:
    out: dict[tuple[int, int], tuple[str, str]] = {}
    for mention in actors.mentions:
        chain = actors.chain(mention)
        assert chain is not None
        out[mention.start, mention.end] = (chain.entry or slug(chain.name), mention.form)
    return out


@pytest.mark.parametrize(("published", "text", "expected"), rows())
def test_mentions(published: str, text: str, expected: str, nlp: Language, gazetteer: Gazetteer) -> None:
    mentions = found(actors_of(text, published, nlp, gazetteer))
    wrong: list[tuple[str, tuple[str, str] | None]] = []
    for item in expected.split(" ; "):
        if item.startswith("!"):
            if span(text, item[1:]) in mentions:
                wrong.append((item, mentions[span(text, item[1:])]))
            continue
        surface, _, rest = item.partition("=")
        node, _, form = rest.partition(":")
        got = mentions.get(span(text, surface))
        if got != (node, form or "name"):
            wrong.append((item, got))
    assert not wrong, mentions
