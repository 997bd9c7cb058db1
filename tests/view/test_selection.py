"""Which actors and events a page shows."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from kg.errors import NameNotFoundError
from kg.model import Facts, Period
from kg.view.selection import choose, parties


def _labels(facts: Facts, ids: tuple[str, ...]) -> list[str]:
    names = {entity.id: entity.label for entity in facts.entities}
    return [names[one] for one in ids]


def test_the_most_linked_come_first(story: Any) -> None:
    facts = story.facts()
    chosen = choose(facts)
    assert _labels(facts, chosen.ranked)[0] == "Bolivia"
    assert (len(chosen.ranked), chosen.first, chosen.total) == (8, 8, 9)  # the lake stands in no event


def test_a_limit_keeps_what_is_connected(story: Any) -> None:
    facts = story.facts()
    chosen = choose(facts, limit=3)
    first = set(chosen.ranked[: chosen.first])
    assert len(first) == 3
    for one in first:
        assert any({one} < {e for _, e in parties(fact)} and len({e for _, e in parties(fact)} & first) > 1
                   for fact in chosen.facts)  # fmt: skip


def test_around_an_actor(story: Any) -> None:
    facts = story.facts()
    quispe = next(entity.id for entity in facts.entities if entity.label == "Tomás Quispe")
    chosen = choose(facts, around=quispe)
    assert _labels(facts, chosen.ranked[: chosen.first]) == [
        "Tomás Quispe",
        "Lucía Vargas",
        "Organization of Andean States",
    ]
    assert "Bolivia" not in _labels(facts, chosen.ranked)


def test_an_unknown_actor_is_an_error_that_names_the_nearest(story: Any) -> None:
    with pytest.raises(NameNotFoundError, match="actor/000-peru"):
        choose(story.facts(), around="actor/peru")


@pytest.mark.parametrize(
    ("options", "triggers"),
    [
        ({"event_types": ["Meeting"]}, ["met"]),
        ({"event_types": ["ASSAULT"]}, ["attacked", "shelled"]),
        ({"statuses": ["denied", "reported"]}, ["armed", "shelled"]),
        ({"period": Period(date(2019, 3, 1), date(2019, 3, 5))}, ["met", "shelled"]),
        ({"period": Period(date(2019, 4, 2), date(2019, 4, 2))}, ["sanctions"]),
        ({"statuses": ["denied"], "event_types": ["Meeting"]}, []),
    ],
)
def test_filters(story: Any, options: dict[str, Any], triggers: list[str]) -> None:
    facts = story.facts()
    text = facts.documents[0].text
    chosen = choose(facts, **options)
    assert sorted(fact.reports[0].trigger.of(text) for fact in chosen.facts) == triggers


def test_a_lone_party_is_joined_to_its_topic_or_place(empty_story: Callable[..., Any]) -> None:
    story = empty_story()
    story.actor("students", "Group")
    story.actor("Santiago", "Place")
    event = story.event(
        "In Santiago students marched.",
        "marched",
        (("source", "students"), ("place", "Santiago")),
        type_="March",
        plover="PROTEST",
    )
    assert [role for role, _ in parties(event)] == ["source", "place"]


def test_nothing_at_all() -> None:
    chosen = choose(Facts())
    assert (chosen.ranked, chosen.first, chosen.total, chosen.facts) == ((), 0, 0, ())
