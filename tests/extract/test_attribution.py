"""Source, cue and content: the table, quotations over paragraphs, holders, nesting, the cue lists."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.errors import DataError
from kg.extract.actors import Actors, find_actors
from kg.extract.attribution import find_attributions
from kg.extract.cues import Cues
from kg.extract.quotation import quotations
from kg.model import Attribution, Document
from kg.text.annotate import annotate
from kg.text.gazetteer import Gazetteer
from kg.text.structure import segments

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

CASES = Path(__file__).parent.parent / "cases"


def _rows() -> list[list[str]]:
    lines = (CASES / "attribution.tsv").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return [(row + [""] * 6)[:6] for row in rows[1:]]


def _table() -> list[object]:
    return [
        pytest.param(
            *row[:5],
            id=f"{row[2]}: {row[0][:60]}",
            marks=[pytest.mark.xfail(strict=True, reason=row[5])] if row[5] else [],
        )
        for row in _rows()
    ]


@pytest.fixture(scope="module")
def cues() -> Cues:
    return Cues.load()


@pytest.fixture(scope="module")
def parsed(nlp: Language) -> dict[str, Doc]:
    documents = [Document(id="case", text=text) for text in sorted({row[0] for row in _rows()})]
    return {document.text: doc for document, doc in annotate(documents, nlp)}


def _parts(attribution: Attribution, text: str) -> tuple[str, str, str]:
    source, cue, content = (
        " // ".join(span.of(text) for span in spans) or "-"
        for spans in (attribution.source, attribution.cue, attribution.content)
    )
    return source, cue, content


@pytest.mark.parametrize(("text", "source", "cue", "content", "stance"), _table())
def test_table(text: str, source: str, cue: str, content: str, stance: str, parsed: dict[str, Doc], cues: Cues) -> None:
    found = find_attributions(Document(id="case", text=text), parsed[text], Actors(), cues)
    ours = [(*_parts(a, text), a.stance) for a in found]
    if source == "none":
        assert ours == []
    else:
        assert (source, cue, content, stance) in ours


def _attributions(text: str, nlp: Language, cues: Cues) -> tuple[Attribution, ...]:
    document = Document(id="case", text=text)
    [(_, doc)] = annotate([document], nlp)
    actors = find_actors(document, doc, Gazetteer.load(), segments(text))
    return find_attributions(document, doc, actors, cues)


def test_quotation_over_paragraphs(nlp: Language, cues: Cues) -> None:
    text = (
        "The prime minister continued:\n\n“The harvest failed twice. We imported grain.\n\n"
        "“Nobody starved, and nobody will.”\n\nThe market reopened on Tuesday."
    )
    [found] = _attributions(text, nlp, cues)
    assert (found.source[0].of(text), found.cue[0].of(text)) == ("The prime minister", "continued")
    said = "".join(span.of(text) for span in found.content)
    assert said.startswith("“The harvest failed twice.")
    assert said.endswith("“Nobody starved, and nobody will.”")


def test_holders(nlp: Language, cues: Cues) -> None:
    text = (
        "Sergei Lavrov met reporters in Sochi. He said the talks were useful. "
        "A recent Amnesty International report says that prisons are full."
    )
    document = Document(id="case", text=text)
    [(_, doc)] = annotate([document], nlp)
    actors = find_actors(document, doc, Gazetteer.load(), segments(text))
    names = {chain.id: chain.name for chain in actors.chains}
    found = {a.cue[0].of(text): names.get(a.holder or "") for a in find_attributions(document, doc, actors, cues)}
    assert found["said"] in ("Sergei Lavrov", "Sergey Lavrov")
    assert found["says"] == "Amnesty International"


def test_attributions_nest(nlp: Language, cues: Cues) -> None:
    text = "Officials said that Vladimir Putin believes that NATO broke its promise."
    outer, inner = _attributions(text, nlp, cues)
    assert (outer.within, inner.within) == (None, outer.id)
    assert inner.id == "attribution-35-43"


def test_ids_are_unique_and_spans_lie_in_the_text(nlp: Language, cues: Cues) -> None:
    text = " ".join(row[0] for row in _rows())
    found = _attributions(text, nlp, cues)
    assert len({a.id for a in found}) == len(found)
    spans = [span for a in found for part in (a.source, a.cue, a.content) for span in part]
    assert all(0 <= span.start < span.end <= len(text) for span in spans)


_PIECES = (
    "Ann Lee said", "he denied that", "the army left", ".", ",", ":", '"', "“", "”", "\n\n", "’", "according to",
    "police", "if", "the claim that", "wants to", "rebels attacked", "—", "MODERATOR:", "he believes", "reports of",
    "(", "?", "it is unclear whether",
)  # fmt: skip


@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(pieces=st.lists(st.sampled_from(_PIECES), max_size=40))
def test_any_text_gives_sound_attributions(pieces: list[str], nlp: Language, cues: Cues) -> None:
    text = " ".join(pieces)
    found = {a.id: a for a in _attributions(text, nlp, cues)}
    for attribution in found.values():
        for span in (*attribution.source, *attribution.cue, *attribution.content):
            assert 0 <= span.start < span.end <= len(text)
        seen, above = {attribution.id}, attribution.within
        while above is not None:
            assert above not in seen
            seen.add(above)
            above = found[above].within


@pytest.mark.parametrize("text", ["", "\n", '"', "“”", ":", "said", '" " " " "', "«", "according to"])
def test_odd_texts(text: str, nlp: Language, cues: Cues) -> None:
    for attribution in _attributions(text, nlp, cues):
        assert attribution.content


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ('He said "no" and left.', ['"no"']),
        ("“One.” Then “two.”", ["“One.”", "“two.”"]),
        ("The '90s were hard.", []),
        ("Minister calls plan 'a fraud' in Rome", ["'a fraud'"]),
        ("‘It is over,’ she said.", ["‘It is over,’"]),
        ("The workers' rights and the miners' pay.", []),
        ('5" pipes', []),
        ("«Non», dit-il.", ["«Non»"]),
    ],
)
def test_quotations(text: str, quoted: list[str]) -> None:
    assert [text[q.start : q.end] for q in quotations(text)] == quoted


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("say\tthat\tassert", "3 columns"),
        ("say\tthat\tmumble\treport", "unknown stance 'mumble'"),
        ("say\tthat\tassert\tmaybe", "unknown effect 'maybe'"),
        ("say\tsideways\tassert\treport", "unknown frame 'sideways'"),
    ],
)
def test_a_wrong_cue_list_says_where(line: str, problem: str, tmp_path: Path) -> None:
    (tmp_path / "verbs.tsv").write_text(f"verbs\tframes\tstance\teffect\n{line}\n", encoding="utf-8")
    with pytest.raises(DataError) as error:
        Cues.load(tmp_path)
    assert problem in str(error.value)
    assert "verbs.tsv, line 2" in str(error.value)


def test_a_missing_cue_list_is_named(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"verbs\.tsv"):
        Cues.load(tmp_path)
