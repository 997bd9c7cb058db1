"""The parts of news texts."""

from __future__ import annotations

from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.text.structure import segments

BODY = "The envoys left town before dawn, and nobody saw them."

# text, its parts as (kind, words)
ROWS: list[tuple[str, list[tuple[str, str]]]] = [
    # titles and headings
    (f"Talks stall\n\n{BODY}", [("title", "Talks stall"), ("body", BODY)]),
    (f"Envoys Leave; Talks Stall.\n{BODY}", [("title", "Envoys Leave; Talks Stall."), ("body", BODY)]),
    ("They are gone.\n\n" + f"{BODY}\n\n" * 3, [("title", "They are gone."), *[("body", BODY)] * 3]),
    (f"They are gone.\n\n{BODY}", [("body", "They are gone."), ("body", BODY)]),
    (f"{BODY}\n\nA long night\n\n{BODY}", [("body", BODY), ("heading", "A long night"), ("body", BODY)]),
    ("Envoys leave the town", [("body", "Envoys leave the town")]),
    (f"{BODY}\n\n1) Rebels gain by it.", [("body", BODY), ("marker", "1)"), ("body", "Rebels gain by it.")]),
    (f"{BODY}\n\n2. Who gains\n\n{BODY}", [("body", BODY), ("marker", "2."), ("heading", "Who gains"), ("body", BODY)]),
    (f"# Who gains\n\n{BODY}", [("marker", "#"), ("title", "Who gains"), ("body", BODY)]),
    (f"{BODY}\n- It deters raids.\n• It opens roads.", [
        ("body", BODY), ("marker", "-"), ("body", "It deters raids."), ("marker", "•"), ("body", "It opens roads."),
    ]),
    # datelines
    (f"MOSCOW, May 3 (Reuters) - {BODY}", [("dateline", "MOSCOW, May 3 (Reuters) -"), ("body", BODY)]),
    (f"HARARE, Zimbabwe (AP) \u2014 {BODY}", [("dateline", "HARARE, Zimbabwe (AP) \u2014"), ("body", BODY)]),
    (f"Lima (AFP) - {BODY}", [("dateline", "Lima (AFP) -"), ("body", BODY)]),
    (f"KHAN YOUNIS, Gaza Strip -- {BODY}", [("dateline", "KHAN YOUNIS, Gaza Strip --"), ("body", BODY)]),
    (f"Kyiv, 3 May 2014 \u2013 {BODY}", [("dateline", "Kyiv, 3 May 2014 \u2013"), ("body", BODY)]),
    (f"NEW DELHI: {BODY}", [("dateline", "NEW DELHI:"), ("body", BODY)]),
    (f"OSLO, May 7 /PRNewswire/ -- {BODY}", [("dateline", "OSLO, May 7 /PRNewswire/ --"), ("body", BODY)]),
    (f"(Reuters) - {BODY}", [("dateline", "(Reuters) -"), ("body", BODY)]),
    (f"Tuesday, 3 May 2014\n{BODY}", [("dateline", "Tuesday, 3 May 2014"), ("body", BODY)]),
    (f"{BODY}\n2:45 p.m.\n{BODY}", [("body", BODY), ("dateline", "2:45 p.m."), ("body", BODY)]),
    ("NATO - the pact of 28 states - met in Wales.", [("body", "NATO - the pact of 28 states - met in Wales.")]),
    (f"Talks stall\nLAHORE: {BODY}", [("title", "Talks stall"), ("dateline", "LAHORE:"), ("body", BODY)]),
    ("HOST: Who left?\nGUEST: They did.", [("body", "HOST: Who left?"), ("body", "GUEST: They did.")]),
    (f"May 5, 2014 -- Updated 2011 GMT\n{BODY}", [("dateline", "May 5, 2014 -- Updated 2011 GMT"), ("body", BODY)]),
    ("Iran - once an ally - is now a foe, he said.", [("body", "Iran - once an ally - is now a foe, he said.")]),
    # markers
    (f"FULL TEXT.\n{BODY}", [("marker", "FULL TEXT."), ("body", BODY)]),
    (f"BREAKING: {BODY}", [("marker", "BREAKING:"), ("body", BODY)]),
    # credits
    (f"{BODY} (The Daily Herald)", [("body", BODY), ("credit", "(The Daily Herald)")]),
    (f"{BODY} (EPA/PALACE HANDOUT)", [("body", BODY), ("credit", "(EPA/PALACE HANDOUT)")]),
    (f"{BODY}\n(Reuters)", [("body", BODY), ("credit", "(Reuters)")]),
    (f"{BODY}\nReporting by Ann Lee; Editing by Bo Ek", [
        ("body", BODY), ("credit", "Reporting by Ann Lee; Editing by Bo Ek"),
    ]),
    (f"{BODY}\n(Reporting by Ann Lee; Editing by Bo Ek.)", [
        ("body", BODY), ("credit", "(Reporting by Ann Lee; Editing by Bo Ek.)"),
    ]),
    (f"{BODY}\n\u00a9 AFP 2019", [("body", BODY), ("credit", "\u00a9 AFP 2019")]),
    (f"{BODY}\nCopyright 2009 The Herald. All rights reserved.", [
        ("body", BODY), ("credit", "Copyright 2009 The Herald. All rights reserved."),
    ]),
    (f"{BODY}\nSOURCE Bank of Chad", [("body", BODY), ("credit", "SOURCE Bank of Chad")]),
    (f"{BODY}\nPhoto: Bo Ek", [("body", BODY), ("credit", "Photo: Bo Ek")]),
    ("He leads the Arab League (AL).", [("body", "He leads the Arab League (AL).")]),
    ("Sources said the minister would resign.", [("body", "Sources said the minister would resign.")]),
    # bylines
    (f"Talks stall\nBy Jane Doe\n{BODY}", [("title", "Talks stall"), ("byline", "By Jane Doe"), ("body", BODY)]),
    (f"By ANN LEE and Bo Ek, Staff writer\n{BODY}", [("byline", "By ANN LEE and Bo Ek, Staff writer"), ("body", BODY)]),
    ("By Tuesday the rebels had left, and the army marched in unopposed.\nNobody was hurt.", [
        ("body", "By Tuesday the rebels had left, and the army marched in unopposed."), ("body", "Nobody was hurt."),
    ]),
    # captions
    (f"{BODY}\n(FILE) \u2013 A file photo made available by the palace shows King Bo in Oslo. (EPA/PALACE HANDOUT)", [
        ("body", BODY), ("marker", "(FILE) \u2013"),
        ("caption", "A file photo made available by the palace shows King Bo in Oslo."),
        ("credit", "(EPA/PALACE HANDOUT)"),
    ]),
    (f"{BODY}\nIn this photo taken on May 3, 2011, troops cross the river Aras.", [
        ("body", BODY), ("caption", "In this photo taken on May 3, 2011, troops cross the river Aras."),
    ]),
    (f"{BODY}\nThe king waves to a crowd in Oslo. REUTERS/Bo Ek", [
        ("body", BODY), ("body", "The king waves to a crowd in Oslo."), ("credit", "REUTERS/Bo Ek"),
    ]),
    # notes
    (f"{BODY}\nAnn Lee is a research fellow at a college in Oslo.", [
        ("body", BODY), ("note", "Ann Lee is a research fellow at a college in Oslo."),
    ]),
    (f"By Ann Lee\n{BODY}\nAnn Lee is the author of two books on Chad.", [
        ("byline", "By Ann Lee"), ("body", BODY), ("note", "Ann Lee is the author of two books on Chad."),
    ]),
    (f"Envoy Ann Lee leaves\n{BODY}\n\nLee, 50, quarrelled with him.\nAnn Lee is the director of the bank.", [
        ("title", "Envoy Ann Lee leaves"), ("body", BODY), ("body", "Lee, 50, quarrelled with him."),
        ("body", "Ann Lee is the director of the bank."),
    ]),
    (f"{BODY}\nThe writer is a former ambassador to Peru.", [
        ("body", BODY), ("note", "The writer is a former ambassador to Peru."),
    ]),
    (f"{BODY}\nAnn Lee was forced to quit as chair on Friday.", [
        ("body", BODY), ("body", "Ann Lee was forced to quit as chair on Friday."),
    ]),
    # nothing
    ("", []),
    (" \n\t\n", []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), ROWS)
def test_segments(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(part.kind, text[part.start : part.end]) for part in segments(text)] == expected


def test_wrapped_lines_are_one_paragraph() -> None:
    lines = [
        "The envoys of four states met on Monday in the old town hall of Bern to",
        "speak about the border, the prisoners and the price of grain, which has",
        "risen since the harvest failed. They parted without a word to the press",
        "and will meet again.",
    ]
    text = "\n".join(lines) + "\n\n" + "\n".join(lines)
    assert [(part.kind, part.end - part.start) for part in segments(text)] == [("body", len("\n".join(lines)))] * 2


def test_line_that_goes_on_in_small_letters() -> None:
    text = f"{BODY}\nThe minister, who was\nangry, left the hall.\n{BODY}"
    assert [text[part.start : part.end] for part in segments(text)][1] == "The minister, who was\nangry, left the hall."


@pytest.mark.parametrize("piece", ["A-", "A, ", "A of ", "(a", "Dr. ", "1) ", "A-\n", "\r\n", " ", "'", "January "])
def test_hostile_text_takes_no_time(piece: str) -> None:
    text = piece * (60_000 // len(piece))
    started = process_time()
    segments(f"Title\n\n{text}\n\nAnn {text} is a fellow")
    assert process_time() - started < 5


LINES = st.sampled_from(
    [
        "By Jane Doe",
        "(Reuters)",
        "",
        "  ",
        "1) ",
        "MOSCOW (AP) - ",
        BODY,
        "(FILE) – ",
        "© AFP",
        "A b",
        "...",
        "May 3, 2014",
    ]
)


@given(st.lists(LINES | st.text(max_size=40), max_size=8).map("\n".join))
def test_segments_cover_the_text_once(text: str) -> None:
    end = 0
    for part in segments(text):
        assert end <= part.start < part.end <= len(text)
        assert not text[end : part.start].strip()
        assert text[part.start : part.end] == text[part.start : part.end].strip()
        end = part.end
    assert not text[end:].strip()
