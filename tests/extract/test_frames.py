"""Who holds a territory, and slots that reach over a hyphen, an instrument or "together with"."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kg.extract.events.frames import Slots
from kg.extract.syntax import Tree
from tests.extract.coded import parsed, words

if TYPE_CHECKING:
    from spacy.language import Language


@pytest.mark.parametrize(
    ("text", "holder", "land"),
    [
        ("The junta controls the north of Myanmar.", "junta", "Myanmar"),
        ("Boko Haram holds the town of Gwoza.", "Boko Haram", "Gwoza"),
        ("The Taliban hold most of Helmand.", "Taliban", "Helmand"),
        ("Civilians fled to Houthi-held areas of Yemen.", "Houthi", "Yemen"),
        ("Russian-controlled Crimea has two airports.", "Russian", "Crimea"),
        ("The Islamic State has had control of Palmyra for a year.", "Islamic State", "Palmyra"),
        ("Haftar's control of Benghazi worried Rome.", "Haftar", "Benghazi"),
        ("The port of Hodeidah is still under Houthi control.", "Houthi", "Hodeidah"),
        ("Sirte remained under the control of the Islamic State.", "Islamic State", "Sirte"),
    ],
)
def test_who_holds_which_territory(nlp: Language, text: str, holder: str, land: str) -> None:
    sentence = parsed(nlp, text)
    held = [e for e in sentence.events if e.type == "Control"]
    assert [(e.plover, e.cameo) for e in held] == [(None, None)]
    assert holder in " ".join(words(sentence, held[0], "source"))
    assert land in " ".join(words(sentence, held[0], "target"))


@pytest.mark.parametrize(
    "text",
    [
        "The senator wants gun control.",
        "Republicans won control of the Senate.",
        "Putin controls the media.",
        "Germany holds the presidency of the European Union.",
        "France holds Syria responsible for the attack.",
        "The army took control of the city of Taiz.",
        "The visiting king left Rabat.",
    ],
)
def test_other_control_is_no_territory(nlp: Language, text: str) -> None:
    assert "Control" not in {e.type for e in parsed(nlp, text).events}


def test_nobody_is_hit_by_what_is_done_in_his_support(nlp: Language) -> None:
    sentence = parsed(nlp, "British forces conducted ten strikes in support of the government of Mali.")
    attacks = [e for e in sentence.events if e.plover == "ASSAULT"]
    assert [words(sentence, e, "target") for e in attacks] == [[]]


def test_of_two_subjects_the_one_beside_the_verb_counts() -> None:
    tree = Tree.of_rows([
        ("Kunduz", "Kunduz", "PROPN", "NNP", "nsubj", 3), (",", ",", "PUNCT", ",", "punct", 3),
        ("strikes", "strike", "NOUN", "NNS", "nsubj", 3), ("began", "begin", "VERB", "VBD", "ROOT", 3)])  # fmt: skip
    assert Slots(tree).subjects(3) == [2]
