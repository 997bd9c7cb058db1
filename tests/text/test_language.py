"""Texts that are English, and texts that are not."""

from __future__ import annotations

import pytest

from kg.text.language import not_english

ENGLISH = [
    "Putin meets Xi",
    "TRUMP BLASTS NATO ALLIES OVER DEFENCE SPENDING",
    "Mr. Nguyen, Ms. Szymańska and Señor Ibáñez flew from Łódź to Kraków.",
    "El Al flies to La Paz, Los Angeles and Las Palmas.",
    "Le Monde, Der Spiegel, El País and La Repubblica reported it.",
    "Ursula von der Leyen, Charles de Gaulle, Rutger van den Berg, Vasco da Gama.",
    "The slogan «Слава Україні» was painted on the wall, and the crowd sang until dawn.",
    "Kim Jong-un",
    "2014-03-18",
    "The paper, Frankfurter Allgemeine Zeitung, said the vote was lost.",
]

OTHERS = [
    ("Der Präsident sagte, dass die Verhandlungen mit dem Iran nicht im Mai stattfinden werden.", "German"),
    ("El presidente de la República dijo que no habrá negociaciones con el gobierno vecino.", "Spanish"),
    ("Il presidente del Consiglio ha detto che il governo non è in crisi.", "Italian"),
    ("O presidente do Brasil disse que não há crise em nenhuma região do país.", "Portuguese"),
    ("Le président a annoncé que la France et les autres pays de cette région vont signer.", "French"),
    ("LE PRÉSIDENT A ANNONCÉ QUE LA FRANCE ET LES AUTRES PAYS DE CETTE RÉGION VONT SIGNER.", "French"),
    ("Prezydent powiedział, że nie jest to decyzja, która została podjęta przez rząd.", "Polish"),
    ("Cumhurbaşkanı, bu konuda yeni bir açıklama için sonra konuşacak ve daha çok bilgi verecek.", "Turkish"),
    ("De president zei dat het overleg met Iran niet wordt hervat.", "Dutch"),
    ("Президент заявил, что эти переговоры были успешными.", "Russian"),
    ("Президент України заявив, що переговори відбудуться в Києві.", "Ukrainian"),
    ("قال الرئيس إن المفاوضات ستستمر", "Arabic"),
    ("外交部发言人表示,中方反对制裁。", "Chinese"),
    ("外務省は制裁に反対すると述べた。", "Japanese"),
    ("Η κυβέρνηση ανακοίνωσε νέα μέτρα.", "Greek"),
    ("Serikali imesema kuwa wananchi wote watapata chakula bora na maji safi mwaka huu. " * 8, "another language"),
]


@pytest.mark.parametrize("text", ENGLISH)
def test_english(text: str) -> None:
    assert not_english(text) is None


@pytest.mark.parametrize(("text", "language"), OTHERS)
def test_other(text: str, language: str) -> None:
    assert not_english(text) == language
