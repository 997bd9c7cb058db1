"""Events: a table of sentences, and what an event carries besides its code."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kg.model import Period
from tests.extract.coded import parsed, words

if TYPE_CHECKING:
    from spacy.language import Language

_TABLE = Path(__file__).parent.parent / "cases" / "events.tsv"


def _cases() -> list[tuple[str, str, str, str]]:
    lines = [line for line in _TABLE.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    rows = csv.reader(lines[1:], delimiter="\t", quoting=csv.QUOTE_NONE)
    return [(row[0], row[1], row[2], row[3]) for row in rows]


@pytest.mark.parametrize(("text", "kind", "source", "target"), _cases())
def test_who_does_what_to_whom(nlp: Language, text: str, kind: str, source: str, target: str) -> None:
    sentence = parsed(nlp, text)
    coded = [e for e in sentence.events if e.plover or e.cameo]
    if kind == "none":
        assert [(e.type, e.reports[0].rule) for e in coded] == []
        return
    found = []
    for event in coded:
        if kind in (event.type, event.plover):
            sources = " ".join(words(sentence, event, "source"))
            targets = " ".join([*words(sentence, event, "target"), *words(sentence, event, "recipient")])
            found.append((sources, targets))
    wanted = [[w for w in side.split("|") if w != "-"] for side in (source, target)]
    assert any(all(w in s for w in wanted[0]) and all(w in t for w in wanted[1]) for s, t in found), [
        (e.type, e.plover, [(a.role, text[a.start : a.end]) for a in e.reports[0].arguments]) for e in coded
    ]


def test_the_table_is_long_enough() -> None:
    cases = _cases()
    assert len(cases) >= 150
    assert sum(kind == "none" for _, kind, _, _ in cases) >= 20


@pytest.mark.parametrize(
    ("text", "kind", "start", "end"),
    [
        ("Barack Obama met Raúl Castro on 21 March 2016.", "Meeting", date(2016, 3, 21), date(2016, 3, 21)),
        ("Iraq's August 1990 invasion of Kuwait led to war.", "Invasion", date(1990, 8, 1), date(1990, 8, 31)),
        ("Turkey bombed Kurdish positions on Tuesday.", "Airstrike", date(2019, 3, 19), date(2019, 3, 19)),
        ("A March 10 meeting between Macron and Merkel was frosty.", "Meeting", date(2019, 3, 10), date(2019, 3, 10)),
    ],
)
def test_dates_come_from_the_events_own_clause(nlp: Language, text: str, kind: str, start: date, end: date) -> None:
    [event] = [e for e in parsed(nlp, text).events if e.type == kind]
    assert event.date == Period(start, end)


def test_a_date_of_saying_is_not_the_date_of_the_event(nlp: Language) -> None:
    events = parsed(nlp, "The ministry said on Monday that Libya had bombed a convoy in Chad.").events
    [event] = [e for e in events if e.plover == "ASSAULT"]
    assert event.date is None


@pytest.mark.parametrize(
    ("text", "kind", "place"),
    [
        ("Xi Jinping met Kim Jong Un in Beijing.", "Meeting", "Beijing"),
        ("John Kerry held talks with Javad Zarif in Vienna.", "Negotiation", "Vienna"),
        ("Police arrested two Chinese dissidents in Hong Kong.", "Arrest", "Hong Kong"),
    ],
)
def test_places_stand_in_the_events_own_clause(nlp: Language, text: str, kind: str, place: str) -> None:
    sentence = parsed(nlp, text)
    [event] = [e for e in sentence.events if e.type == kind]
    names = {chain.id: chain.name for chain in sentence.actors.chains}
    assert event.place is not None
    assert place in names[event.place]


@pytest.mark.parametrize(
    ("text", "outer", "inner"),
    [
        ("Hamas vowed to attack Israel.", "THREATEN", "ASSAULT"),
        ("Iran agreed to hold talks with France.", "AGREE", "CONSULT"),
        ("Putin demanded that Western sanctions be lifted.", "REQUEST", "YIELD"),
        ("Washington threatened to impose sanctions on Turkey.", "THREATEN", "SANCTION"),
        ("Germany promised to send tanks to Ukraine.", "AGREE", "AID"),
        ("Ankara said it would bomb Kurdish positions in Iraq.", "THREATEN", "ASSAULT"),
        ("Angela Merkel will meet Recep Tayyip Erdogan on Friday.", "AGREE", "CONSULT"),
    ],
)
def test_promises_demands_and_threats_are_about_the_act(nlp: Language, text: str, outer: str, inner: str) -> None:
    by_id = {e.id: e for e in parsed(nlp, text).events}
    pairs = [(e.plover, by_id[e.about].plover) for e in by_id.values() if e.about is not None]
    assert (outer, inner) in pairs


@pytest.mark.parametrize(
    "text",
    ["Trump and Lavrov met in Helsinki.", "U.S.-Russian talks began in Geneva.", "Armenia clashed with Azerbaijan."],
)
def test_reciprocal_events_name_their_parties_once(nlp: Language, text: str) -> None:
    sentence = parsed(nlp, text)
    [event] = [e for e in sentence.events if e.plover in ("CONSULT", "ASSAULT")]
    assert event.reciprocal
    assert (len(words(sentence, event, "source")), len(words(sentence, event, "target"))) == (1, 1)


@pytest.mark.parametrize(
    ("text", "plover"),
    [
        ("Protesters met the envoy in Tunis.", "CONSULT"),
        ("The company met the demands of workers in Peru.", "YIELD"),
        ("Ankara called for talks with Athens.", "REQUEST"),
        ("Ankara called off talks with Athens.", "SANCTION"),
        ("Ankara held talks with Athens.", "CONSULT"),
        ("Ankara refused talks with Athens.", "REJECT"),
        ("Cuba cut aid to Angola.", "SANCTION"),
        ("Cuba threatened to cut aid to Angola.", "THREATEN"),
        ("Cuba sent aid to Angola.", "AID"),
        ("Cuba promised aid to Angola.", "AGREE"),
        ("France imposed sanctions on Mali.", "SANCTION"),
        ("France lifted sanctions on Mali.", "YIELD"),
        ("France will not lift sanctions on Mali.", "REJECT"),
        ("France agreed to lift sanctions on Mali.", "AGREE"),
        ("France demanded sanctions against Mali.", "REQUEST"),
        ("Kenya ended its blockade of Somalia.", "YIELD"),
        ("Kenya ended its cooperation with Somalia.", "SANCTION"),
    ],
)
def test_what_stands_inside_changes_the_code(nlp: Language, text: str, plover: str) -> None:
    events = parsed(nlp, text).events
    inside = {e.about for e in events}
    assert plover in [e.plover for e in events if e.id not in inside and e.plover is not None]


@pytest.mark.parametrize(
    ("text", "polarity", "tense"),
    [
        ("Trump did not meet Lavrov.", "negative", "past"),
        ("Trump met Lavrov.", "positive", "past"),
        ("Merkel held no talks with Putin.", "negative", "past"),
    ],
)
def test_reports_carry_what_the_judge_says(nlp: Language, text: str, polarity: str, tense: str) -> None:
    [report] = [e.reports[0] for e in parsed(nlp, text).events if e.plover == "CONSULT"]
    assert (report.polarity, report.tense) == (polarity, tense)


def test_every_report_has_its_own_id_and_lies_in_its_sentence(nlp: Language) -> None:
    text = "Iran met France. France met Iran, and Iran attacked and bombed Iraq. Iraq condemned Iran's attack."
    sentence = parsed(nlp, text)
    reports = [r for e in sentence.events for r in e.reports]
    assert len({r.id for r in reports}) == len(reports) >= 4
    for report in reports:
        assert report.span.contains(report.trigger)
        assert report.rule.startswith("codebook/")
        for argument in report.arguments:
            assert 0 <= argument.start < argument.end <= len(text)


def test_the_same_text_gives_the_same_events(nlp: Language) -> None:
    text = "Sudan and Chad accused Libya and Egypt of arming rebels, and threatened to expel their ambassadors."
    assert parsed(nlp, text).events == parsed(nlp, text).events


@pytest.mark.parametrize("text", ["Well.", "12 34 56", "… — “”", "Iran", "attack attack attack"])
def test_odd_texts_are_no_error(nlp: Language, text: str) -> None:
    assert [e for e in parsed(nlp, text).events if e.plover] == []


@pytest.mark.parametrize(
    "text", ["He " + "said that he " * 300 + "left Iran.", "Iran attacked Iraq and " * 200, "attack of the " * 300]
)
def test_long_chains_are_no_error(nlp: Language, text: str) -> None:
    assert len(parsed(nlp, text).events) <= text.count("said") + text.count("attacked") + 1


def test_nothing_in_credits_and_bylines_is_an_event(nlp: Language) -> None:
    text = "Iran attacks Iraq\n\nBy Ann Meeting\n\nIran attacked Iraq on Monday.\n\n(Photo: Attack on Iraq / Reuters)"
    triggers = {text[r.trigger.start : r.trigger.end] for e in parsed(nlp, text).events for r in e.reports}
    assert triggers <= {"attacks", "attacked"}
