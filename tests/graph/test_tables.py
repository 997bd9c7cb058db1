"""Frames and event data."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import replace
from typing import get_args

import pandas
import pytest

from kg.errors import NameNotFoundError
from kg.graph.query import bundled
from kg.graph.tables import Table, event_rows, events_tsv, frame
from kg.model import QUAD, Document, Facts, Plover

ROWS = {
    "events": 11, "relations": 4, "entities": 25, "mentions": 37, "attributions": 6, "documents": 3, "reports": 17,
}  # fmt: skip


@pytest.mark.parametrize("table", get_args(Table))
def test_columns_do_not_depend_on_the_facts(small_facts: Facts, table: str) -> None:
    made, empty = frame(small_facts, table), frame(Facts(), table)
    assert list(made.columns) == list(empty.columns)
    assert (len(made), len(empty)) == (ROWS[table], 0)


def test_events(small_facts: Facts) -> None:
    events = frame(small_facts, "events").set_index("id")
    meeting = events.loc["event/2017-05-10-consult-0001"]
    assert meeting["date"] == pandas.Timestamp("2017-05-10")
    assert meeting["target"] == "Sauli Niinisto"
    assert (meeting["place"], meeting["reports"], meeting["documents"], meeting["quad"]) == ("Helsinki", 2, 2, 1)
    assert events.loc["event/undated-threaten-0006", "about"] == "expected: United States imposes sanctions on Turkey"
    assert events["date"].isna().sum() == 8
    assert events.groupby("status").size().to_dict() == {
        "asserted": 4, "denied": 1, "disputed": 1, "expected": 2, "hypothetical": 2, "reported": 1,
    }  # fmt: skip


def test_reports_say_who(small_facts: Facts) -> None:
    reports = frame(small_facts, "reports")
    denied = reports[reports["polarity"] == "negative"]
    assert list(denied["says"]) == ["denied by Government of Russia (Northern Wire)", "the author"]
    assert list(denied["trigger"]) == ["shelled", "expel"]


def test_mentions_have_their_words(small_facts: Facts) -> None:
    mentions = frame(small_facts, "mentions")
    lavrov = mentions[mentions["label"] == "Sergei Lavrov"]
    assert sorted(lavrov["words"]) == ["Lavrov", "Lavrov", "Sergei Lavrov"]


def test_unknown_table(small_facts: Facts) -> None:
    with pytest.raises(NameNotFoundError, match="take events"):
        frame(small_facts, "event")


def test_event_rows(small_facts: Facts) -> None:
    rows = event_rows(small_facts)
    assert [(r.date, r.source, r.target, r.root, r.quad, r.source_country, r.target_country) for r in rows] == [
        ("2014-03-01", "European Union", "Russia", "16", 4, "", "Russia"),
        ("2017-05-10", "Sauli Niinisto", "Sergei Lavrov", "04", 1, "Finland", "Russia"),
        ("2017-05-10", "Sergei Lavrov", "Sauli Niinisto", "04", 1, "Russia", "Finland"),
        ("", "Angela Merkel", "Emmanuel Macron", "04", 1, "", ""),
        ("", "Emmanuel Macron", "Angela Merkel", "04", 1, "", ""),
        ("", "United States", "Turkey", "13", 3, "United States", "Turkey"),
    ]
    assert rows[0].text == "The European Union imposed sanctions on Russia in March 2014."
    assert (rows[0].published, rows[3].published) == ("2017-05-16", "")


def test_event_rows_of_every_status(small_facts: Facts) -> None:
    rows = {row.id: row for row in event_rows(small_facts, statuses=None)}
    shelling = rows["event/2017-05-14-assault-0003"]
    assert (shelling.status, shelling.target, shelling.target_country) == ("disputed", "Avdiivka", "Ukraine")
    assert shelling.text.startswith("Ukraine said"), "the affirmation goes before the denial"
    assert "event/undated-yield-0005" not in rows, "nobody is the target of it"


def test_tsv(small_facts: Facts) -> None:
    def hostile(document: Document) -> Document:
        return replace(document, text=document.text.replace("The European", "=1\t\n+2 European"[: len("The European")]))

    facts = replace(small_facts, documents=tuple(hostile(d) for d in small_facts.documents))
    lines = events_tsv(facts).splitlines()
    assert lines[0].split("\t")[:7] == ["date", "source", "target", "root", "quad", "text", "id"]
    assert len(lines) == 7
    cells = next(csv.DictReader(io.StringIO(events_tsv(facts)), delimiter="\t", quoting=csv.QUOTE_NONE))
    assert cells["text"].startswith("'=1 +2")
    assert {line.count("\t") for line in lines} == {lines[0].count("\t")}


def test_quad_classes_are_those_of_the_query() -> None:
    assert set(QUAD) == set(get_args(Plover))
    dyads = next(query for query in bundled() if query.name == "dyads")
    assert {code: int(quad) for code, quad in re.findall(r"\(plover:([A-Z]+) (\d)\)", dyads.text)} == QUAD
