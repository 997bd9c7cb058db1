"""One act told by two words is one event; two acts are two."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.extract.coded import parsed, words

if TYPE_CHECKING:
    from spacy.language import Language


@pytest.mark.parametrize(
    ("text", "plover", "target"),
    [
        ("Rebels shelled Malakal on Friday, killing nine villagers.", "ASSAULT", "villagers"),
        ("Three Kenyan soldiers were killed in an ambush near Lamu.", "ASSAULT", "soldiers"),
        ("A roadside bombing killed two Iraqi policemen.", "ASSAULT", "policemen"),
        ("Miners in Bolivia began a hunger strike to protest against the government.", "PROTEST", "government"),
        ("Police arrested forty students in a raid in Harare.", "COERCE", "students"),
    ],
)
def test_one_act(nlp: Language, text: str, plover: str, target: str) -> None:
    sentence = parsed(nlp, text)
    events = [event for event in sentence.events if event.plover == plover]
    assert len(events) == 1, [event.type for event in events]
    assert any(target in found for found in words(sentence, events[0], "target"))


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("A Danish nurse was wounded in the Iran-Iraq War.", 2),
        ("Rebels shelled Malakal and kidnapped a Swiss engineer.", 2),
        ("Serbia bombed Vukovar after Croatian gunmen killed two Serb policemen.", 2),
    ],
)
def test_two_acts(nlp: Language, text: str, count: int) -> None:
    assert len([event for event in parsed(nlp, text).events if event.plover == "ASSAULT"]) == count
