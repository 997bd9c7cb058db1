"""Labels: readable, and never a claim that the texts do not make."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from kg.errors import DataError
from kg.link.labels import label_events, label_relations, load_phrases
from kg.model import (
    Argument,
    Entity,
    EntityType,
    Event,
    Period,
    Plover,
    Predicate,
    Relation,
    Report,
    Role,
    Span,
    Status,
)

DAY = Period.day(date(1998, 4, 10))
TYPES: dict[str, EntityType] = {
    "Kenya": "Country",
    "Uganda": "Country",
    "Chad": "Country",
    "Sudan": "Country",
    "Mali": "Country",
    "Ana Ruiz": "Person",
    "Bo Lind": "Person",
    "Oslo": "Place",
    "protesters": "Group",
    "the army": "Group",
    "Kenyan officials": "Group",
    "Foreign Minister of Chad": "Office",
    "oil fields": "Concept",
}
ENTITIES = {label.lower(): Entity(label.lower(), label, type_) for label, type_ in TYPES.items()}


def event(
    type_: str,
    *roles: tuple[Role, str],
    plover: Plover | None = None,
    cameo: str | None = None,
    status: Status | None = "asserted",
    reciprocal: bool = False,
    when: Period | None = None,
    place: str | None = None,
) -> Event:
    arguments = tuple(Argument(role, i, i + 1, name.lower()) for i, (role, name) in enumerate(roles))
    report = Report("r", "d", 0, 9, Span(0, 1), "positive", "certain", "past", "rule", arguments=arguments)
    return Event(
        "event/1", type_, plover, cameo, (report,), reciprocal=reciprocal, date=when,
        place=place.lower() if place else None, status=status,
    )  # fmt: skip


def label(event: Event) -> str:
    (labelled,) = label_events([event], ENTITIES, load_phrases())
    return labelled.label


KENYA: tuple[Role, str] = ("source", "Kenya")
UGANDA: tuple[Role, str] = ("target", "Uganda")
EVENTS = [
    (event("Sanction", KENYA, UGANDA), "Kenya sanctions Uganda"),
    (event("Sanction", KENYA), "Kenya: sanctions"),
    (event("Sanction", UGANDA), "sanctions against Uganda"),
    (event("Sanction"), "sanctions"),
    (event("Meeting", KENYA, UGANDA, ("target", "Chad"), reciprocal=True), "Kenya meets Chad and Uganda"),
    (event("Meeting", KENYA, ("source", "Chad"), reciprocal=True), "Chad meets Kenya"),
    (event("Meeting", KENYA, ("source", "Chad"), UGANDA), "Chad and Kenya meet Uganda"),
    (event("Attack", ("source", "protesters"), ("target", "the army")), "protesters attack the army"),
    (event("Attack", ("source", "the army"), ("target", "protesters")), "the army attacks protesters"),
    (event("Veto", ("source", "Chad"), KENYA, UGANDA), "Chad and Kenya veto"),
    (event("NewKind", KENYA, UGANDA, plover="AID"), "Kenya gives aid to Uganda"),
    (event("NewKind", KENYA, UGANDA), "Kenya → Uganda"),
    (event("NewKind", KENYA), "Kenya: new kind"),
    (event("NewKind", UGANDA), "new kind: Uganda"),
    (event("Aid", KENYA, ("recipient", "Chad")), "Kenya gives aid to Chad"),
    (event("Statement", KENYA, ("topic", "Chad"), cameo="01"), "Kenya speaks of Chad"),
    (event("Statement", KENYA, UGANDA, ("topic", "Chad"), cameo="01"), "Kenya speaks to Uganda"),
    (event("Aid", KENYA, ("target", "Kenya"), UGANDA), "Kenya gives aid to Uganda"),
    (
        event("Aid", KENYA, UGANDA, ("target", "Chad"), ("target", "Sudan"), ("target", "Mali"), ("target", "Oslo")),
        "Kenya gives aid to Chad, Mali, Oslo and 2 others",
    ),
    (
        event("Aid", KENYA, UGANDA, ("target", "Chad"), ("target", "Sudan"), ("target", "Mali")),
        "Kenya gives aid to Chad, Mali, Sudan and Uganda",
    ),
    (event("Attack", KENYA, UGANDA, place="Oslo"), "Kenya attacks Uganda (Oslo)"),
    (event("Attack", KENYA, UGANDA, place="Uganda"), "Kenya attacks Uganda"),
    (event("Arrest", ("target", "Kenyan officials"), place="Kenya"), "arrest of Kenyan officials (Kenya)"),
    (event("Sanction", KENYA, UGANDA, when=DAY), "Kenya sanctions Uganda, 10 April 1998"),
    (event("Sanction", KENYA, UGANDA, when=DAY, status="denied"), "denied: Kenya sanctions Uganda, 10 April 1998"),
]


@pytest.mark.parametrize(("given", "expected"), EVENTS, ids=[e[1] for e in EVENTS])
def test_events(given: Event, expected: str) -> None:
    found = label(given)
    assert found.startswith(expected) if expected.endswith("veto") else found == expected


@pytest.mark.parametrize("status", ["reported", "denied", "disputed", "expected", "hypothetical"])
def test_what_is_not_asserted_says_so(status: Status) -> None:
    assert label(event("Sanction", KENYA, UGANDA, status=status)) == f"{status}: Kenya sanctions Uganda"


DATES = [
    (DAY, "10 April 1998"),
    (Period(date(1998, 4, 1), date(1998, 4, 30)), "April 1998"),
    (Period(date(2000, 2, 1), date(2000, 2, 29)), "February 2000"),
    (Period(date(1998, 1, 1), date(1998, 12, 31)), "1998"),
    (Period(date(1990, 1, 1), date(1999, 12, 31)), "1990–1999"),
    (Period(date(1998, 4, 2), date(1998, 5, 1)), "1998-04-02 to 1998-05-01"),
    (Period(date(1998, 4, 1), date(1998, 4, 29)), "1998-04-01 to 1998-04-29"),
]


@pytest.mark.parametrize(("period", "words"), DATES, ids=[d[1] for d in DATES])
def test_dates(period: Period, words: str) -> None:
    assert label(event("Sanction", KENYA, UGANDA, when=period)) == f"Kenya sanctions Uganda, {words}"


def relation(
    subject: str, predicate: Predicate, object_: str, *, tense: str = "present", status: Status = "asserted"
) -> Relation:
    report = Report("r", "d", 0, 9, Span(0, 1), "positive", "certain", tense, "rule")  # type: ignore[arg-type]
    return Relation("relation/1", subject.lower(), predicate, object_.lower(), (report,), status=status)


RELATIONS = [
    (relation("Ana Ruiz", "holdsOffice", "Foreign Minister of Chad"), "Ana Ruiz is Foreign Minister of Chad"),
    (
        relation("Ana Ruiz", "holdsOffice", "Foreign Minister of Chad", tense="past"),
        "Ana Ruiz is Foreign Minister of Chad (former)",
    ),
    (relation("Kenya", "alliedWith", "Uganda", status="reported"), "reported: Kenya is allied with Uganda"),
    (relation("Bo Lind", "owns", "oil fields"), "Bo Lind has a part in oil fields"),
    (relation("Bo Lind", "owns", "Oslo"), "Bo Lind owns Oslo"),
]


@pytest.mark.parametrize(("given", "expected"), RELATIONS, ids=[r[1] for r in RELATIONS])
def test_relations(given: Relation, expected: str) -> None:
    (labelled,) = label_relations([given], ENTITIES, load_phrases())
    assert labelled.label == expected


def test_every_verb_has_a_plural() -> None:
    from kg.link.labels import _plural

    for active, _, _ in load_phrases().by_name.values():
        many = _plural(active).split()[0]
        assert not many.endswith("s") or many.endswith("ss"), active
        assert not many.endswith("oe"), active


def test_every_code_and_predicate_has_words() -> None:
    from typing import get_args

    names = load_phrases().by_name
    assert [name for name in (*get_args(Plover), *get_args(Predicate)) if name not in names] == []


def test_a_broken_row_is_reported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "labels.tsv").write_text("name\ta\tb\tc\nMeeting\tmeets\n", encoding="utf-8")
    monkeypatch.setattr("kg.link.labels.data_path", lambda *_: tmp_path / "labels.tsv")
    with pytest.raises(DataError, match="2 columns"):
        load_phrases()
