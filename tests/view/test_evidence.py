"""Sentences cut into pieces, and who says them."""

from __future__ import annotations

from typing import Any

import pytest

from kg.model import Argument, Attribution, Report, Span, Stance
from kg.view.evidence import judgement, pieces, voice

TEXT = "Angola may not have told the French ministers that talks failed, Luanda's envoy said."


def _report(trigger: str = "told", text: str = TEXT, **more: Any) -> Report:
    start = text.index(trigger)
    span = Span(start, start + len(trigger))
    return Report("r", "d", 0, len(text), span, "positive", "certain", "past", "rule", **more)


def _argument(words: str, entity: str | None, text: str = TEXT, role: Any = "target") -> Argument:
    start = text.index(words)
    return Argument(role, start, start + len(words), entity)


@pytest.mark.parametrize(
    ("arguments", "words", "expected"),
    [
        ((), (), [["told", "trigger"]]),
        ((_argument("Angola", "a", role="source"),), (), [["Angola", "source", 1], ["told", "trigger"]]),
        ((_argument("talks", None, role="topic"),), (), [["told", "trigger"], ["talks", "topic"]]),
        ((_argument("talks", "not on the page"),), (), [["told", "trigger"], ["talks", "target"]]),
        # one inside the other: the shorter is not swallowed
        (
            (_argument("the French ministers", "m"), _argument("French", "f")),
            (),
            [["told", "trigger"], ["the ", "target", 2], ["French", "target", 3], [" ministers", "target", 2]],
        ),
        # a span that covers the trigger leaves it to the trigger
        ((_argument("have told the", "a"),), (), [["have ", "target", 1], ["told", "trigger"], [" the", "target", 1]]),
        (
            (),
            (("certainty", Span(7, 10)), ("polarity", Span(11, 14))),
            [["may", "cue certainty"], ["not", "cue polarity"], ["told", "trigger"]],
        ),
    ],
)
def test_marks(arguments: tuple[Argument, ...], words: Any, expected: list[Any]) -> None:
    found = pieces(_report(arguments=arguments, words=words), TEXT, {"a": 1, "m": 2, "f": 3})
    assert [piece for piece in found if len(piece) > 1] == expected
    assert "".join(str(piece[0]) for piece in found) == TEXT


def test_a_very_long_sentence_is_cut_about_its_trigger() -> None:
    text = "so on and " * 400 + "fled" + " and so on" * 400
    found = pieces(_report("fled", text), text, {})
    assert found[0] == ["…"] and found[-1] == ["…"]
    assert ["fled", "trigger"] in found
    assert len("".join(str(piece[0]) for piece in found)) < 800


def test_a_span_beyond_the_text_does_no_harm() -> None:
    assert pieces(_report(), "", {}) == []
    assert pieces(_report(), TEXT[:10], {}) == [[TEXT[:10]], ["…"]]


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({}, []),
        ({"polarity": "negative"}, ["said not to be so"]),
        ({"certainty": "probable", "tense": "future"}, ["probable", "yet to come"]),
        ({"certainty": "unknown", "conditional": True}, ["not known", "under a condition"]),
    ],
)
def test_judgement(more: dict[str, Any], expected: list[str]) -> None:
    report = Report("r", "d", 0, 9, Span(0, 1), **({"polarity": "positive", "certainty": "certain", "tense": "past",
                                                    "rule": "rule"} | more))  # fmt: skip
    assert judgement(report) == expected


@pytest.mark.parametrize(
    ("stance", "how"),
    [("assert", "according to"), ("deny", "denied by"), ("fear", "feared by"), ("ask", "asked for by")],
)
def test_voice(stance: Stance, how: str) -> None:
    source, cue = TEXT.index("Luanda's envoy"), TEXT.index("said")
    attribution = Attribution(
        "a", "d", (Span(source, source + 14),), (Span(cue, cue + 4),), (Span(0, 9),), stance, "rule", "actor/envoy"
    )
    assert voice(_report(attribution="a"), attribution, TEXT, {}) == (how, "Luanda's envoy", "actor/envoy", "said")


def test_voice_without_words() -> None:
    silent = Attribution("a", "d", (), (), (Span(0, 9),), "believe", "rule")
    assert voice(_report(), None, TEXT, {}) == ("", "", None, "")
    assert voice(_report(holder="actor/x"), None, TEXT, {"actor/x": "X"}) == ("according to", "X", "actor/x", "")
    assert voice(_report(), silent, TEXT, {}) == ("believed by", "somebody not named", None, "")
