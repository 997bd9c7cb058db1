"""Which node a user means."""

from __future__ import annotations

import pytest

from kg.errors import NameNotFoundError
from kg.graph.names import Name, nearest, others, resolve

NAMES = (
    Name("actor/turkey", "Turkey", ("Türkiye", "Republic of Turkey")),
    Name("actor/recep-tayyip-erdogan", "Recep Tayyip Erdoğan", ()),
    Name("actor/bilal-erdogan", "Bilal Erdoğan", ("the son",)),
    Name("actor/lech-walesa", "Lech Wałęsa", ("Walesa",)),
    Name("actor/georgia", "Georgia", ()),
    Name("actor/georgia-us", "Georgia", ("State of Georgia",)),
    Name("actor/peoples-party", "People’s Party", ()),
    Name("actor/party", "Party", ()),
)


@pytest.mark.parametrize(
    ("text", "id_"),
    [
        ("Turkey", "actor/turkey"),
        ("turkiye", "actor/turkey"),
        ("the  Republic of Turkey", "actor/turkey"),
        ("Recep Tayyip Erdogan", "actor/recep-tayyip-erdogan"),
        ("walesa", "actor/lech-walesa"),
        ("State of Georgia", "actor/georgia-us"),
        ("https://example.org/id/actor/georgia", "actor/georgia"),
        ("actor/georgia", "actor/georgia"),
        ("people's party", "actor/peoples-party"),
        ("Party", "actor/party"),
        ("son", "actor/bilal-erdogan"),
    ],
)
def test_found(text: str, id_: str) -> None:
    assert resolve(text, NAMES) == id_


@pytest.mark.parametrize(
    ("text", "problem", "remedy"),
    [
        ("Erdogan", "2 of the graph are called so", "Bilal Erdoğan (actor/bilal-erdogan); Recep Tayyip Erdoğan"),
        ("Georgia", "2 of the graph are called so", "actor/georgia-us"),
        ("Erdogen", "no actor is called so", "Erdoğan"),
        ("", "no actor is called so", "give the label"),
        ("  ", "no actor is called so", "give the label"),
        ("the", "no actor is called so", ""),
        ("zzz", "no actor is called so", "give the label"),
    ],
)
def test_not_found(text: str, problem: str, remedy: str) -> None:
    with pytest.raises(NameNotFoundError) as caught:
        resolve(text, NAMES)
    assert caught.value.problem == problem
    assert remedy in caught.value.remedy


def test_nearest_is_the_same_whatever_the_order() -> None:
    labels = [name.label for name in NAMES]
    assert nearest("Georgi", labels) == nearest("Georgi", labels[::-1])
    assert nearest("Georgi", labels)[0] == "Georgia"


def test_others_that_the_name_may_mean() -> None:
    found = others("Party", NAMES, but="actor/party")
    assert [name.id for name in found] == ["actor/peoples-party"]
