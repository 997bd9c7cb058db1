"""Arguments: where the participants stand, construction by construction."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.extract.coded import parsed, words

if TYPE_CHECKING:
    from spacy.language import Language


@pytest.mark.parametrize(
    ("text", "kind", "source", "target"),
    [
        # active and passive
        ("Chad bombed Sudan.", "Airstrike", ["Chad"], ["Sudan"]),
        ("Sudan was bombed by Chad.", "Airstrike", ["Chad"], ["Sudan"]),
        ("Sudan has been accused by Chad.", "Accusation", ["Chad"], ["Sudan"]),
        # relative and participial clauses
        ("Chad, which bombed Sudan, apologised to Egypt.", "Airstrike", ["Chad"], ["Sudan"]),
        ("Libya praised Chad, accusing Sudan of lies.", "Accusation", ["Libya"], ["Sudan"]),
        ("The troops, withdrawn from Georgia by Russia, went home.", "Withdrawal", ["Russia"], ["Georgia"]),
        # control
        ("Chad vowed to attack Sudan.", "Attack", ["Chad"], ["Sudan"]),
        ("Chad urged Libya to attack Sudan.", "Attack", ["Libya"], ["Sudan"]),
        ("Chad promised Libya to attack Sudan.", "Attack", ["Chad"], ["Sudan"]),
        # coordination
        ("Chad and Libya accused Sudan and Egypt.", "Accusation", ["Chad", "Libya"], ["Sudan", "Egypt"]),
        ("Chad bombed Sudan and condemned Egypt.", "Condemnation", ["Chad"], ["Egypt"]),
        # possessives, compounds, demonyms
        ("Sudan's invasion of Chad failed.", "Invasion", ["Sudan"], ["Chad"]),
        ("The Sudanese invasion of Chad failed.", "Invasion", ["Sudanese"], ["Chad"]),
        ("The Crimea annexation was illegal.", "Annexation", [], ["Crimea"]),
        ("Western sanctions hurt.", "Sanction", ["Western"], []),
        ("The arrest of Alexei Navalny came late.", "Arrest", [], ["Alexei Navalny"]),
        # chains of nouns
        ("The suspension of aid to Ethiopia came late.", "AidCut", [], ["Ethiopia"]),
        ("The lifting of sanctions on Cuba by Washington helped.", "SanctionsRelief", ["Washington"], ["Cuba"]),
        # light verbs
        ("Chad launched an attack on Sudan.", "Attack", ["Chad"], ["Sudan"]),
        ("Chad carried out an attack against Sudan.", "Attack", ["Chad"], ["Sudan"]),
        ("Chad imposed sanctions on Sudan.", "Sanction", ["Chad"], ["Sudan"]),
        ("Pope Francis paid a visit to Cuba.", "Visit", ["Pope Francis"], ["Cuba"]),
        ("Hungary faced criticism from Germany.", "Criticism", ["Germany"], ["Hungary"]),
        # an event that acts: who is behind it
        ("Airstrikes by Turkey killed two Kurdish fighters.", "Killing", ["Turkey"], ["two Kurdish fighters"]),
        # an actor inside the phrase
        ("Canada condemned Russia's invasion of Ukraine.", "Condemnation", ["Canada"], ["Russia"]),
        ("Israeli bulldozers razed Palestinian homes.", "Destruction", ["Israeli bulldozers"], ["Palestinian homes"]),
        ("Tehran praised groups such as Hezbollah.", "Praise", ["Tehran"], ["Hezbollah"]),
        # a pronoun is shown by its name
        ("Chad said it would bomb Sudan.", "Airstrike", ["Chad"], ["Sudan"]),
        # what happened to whom in an event with unknown source is no fault of the country
        ("Norway condemned the bombing in Kabul.", "Condemnation", ["Norway"], ["the bombing"]),
        # unless, until: who can avert it
        ("Druze leaders threatened to strike unless Israel left.", "ThreatOfProtest", ["Druze leaders"], ["Israel"]),
        # who is called on
        ("Oslo called on Khartoum to free the men.", "Appeal", ["Oslo"], ["Khartoum"]),
        ("Oslo called for talks with Khartoum.", "Appeal", ["Oslo"], ["Khartoum"]),
        # two objects
        ("Finland gave Tanzania a grant.", "EconomicAid", ["Finland"], ["Tanzania"]),
        ("Finland gave a grant to Tanzania.", "EconomicAid", ["Finland"], ["Tanzania"]),
    ],
)  # fmt: skip
def test_roles(nlp: Language, text: str, kind: str, source: list[str], target: list[str]) -> None:
    sentence = parsed(nlp, text)
    found = [(words(sentence, e, "source"), words(sentence, e, "target")) for e in sentence.events if e.type == kind]
    assert (source, target) in found, [
        (e.type, words(sentence, e, "source"), words(sentence, e, "target")) for e in sentence.events
    ]


def test_a_statement_has_speaker_hearer_and_topic(nlp: Language) -> None:
    sentence = parsed(nlp, "Angela Merkel told Vladimir Putin that Ukraine had moved tanks.")
    [event] = [e for e in sentence.events if e.cameo == "01"]
    assert words(sentence, event, "source") == ["Angela Merkel"]
    assert words(sentence, event, "target") == ["Vladimir Putin"]
    assert "Ukraine" in words(sentence, event, "topic")


@pytest.mark.parametrize(
    "text", ["A storm destroyed houses.", "The committee discussed the weather.", "Attacks were launched."]
)
def test_without_an_actor_there_is_no_event(nlp: Language, text: str) -> None:
    assert parsed(nlp, text).events == ()
