"""The code of a given pair of actors."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kg.extract.events.pairs import PairCode, code_pair
from kg.model import Span
from tests.extract.coded import codebook, parsed

if TYPE_CHECKING:
    from spacy.language import Language


def _code(nlp: Language, marked: str) -> PairCode:
    """Of a sentence with [source] and {target}."""
    text = marked.translate({ord(c): None for c in "[]{}"})
    start = marked.index("[")
    spans = []
    for opening, closing in ("[]", "{}"):
        before = marked[: marked.index(opening)]
        inside = marked[marked.index(opening) + 1 : marked.index(closing)]
        start = len(before.translate({ord(c): None for c in "[]{}"}))
        spans.append(Span(start, start + len(inside)))
    sentence = parsed(nlp, text)
    return code_pair(
        sentence.doc, spans[0], spans[1], actors=sentence.actors, judge=sentence.judge, codebook=codebook()
    )


@pytest.mark.parametrize(
    ("marked", "plover"),
    [
        ("[Chad] has agreed to release {two Libyan pilots}.", "AGREE"),
        ("[Chad] said it will free {two Libyan pilots}.", "AGREE"),
        ("[The Iraqi prime minister] will meet {King Abdullah} on Sunday.", "AGREE"),
        ("[The Iraqi prime minister] met {King Abdullah} on Sunday.", "CONSULT"),
        ("[Gordon Brown] telephoned {Nicolas Sarkozy} to discuss banks.", "CONSULT"),
        ("[Ghana] and {Togo} signed an accord on fisheries.", "SUPPORT"),
        ("[The king] praised {Belgium}'s efforts in the Congo.", "SUPPORT"),
        ("[Peru] has established diplomatic ties with {Bhutan}.", "SUPPORT"),
        ("[The navies of India] and {Japan} held joint exercises.", "COOPERATE"),
        ("[Dutch police] shared evidence with {the FBI}.", "COOPERATE"),
        ("[Norway] sent blankets to {earthquake survivors in Nepal}.", "AID"),
        ("[Fiji] sent peacekeepers to {Sinai}.", "AID"),
        ("[Burundi] has freed {three opposition leaders}.", "YIELD"),
        ("[Russian troops] began withdrawing from {Kherson}.", "YIELD"),
        ("[Italy] lifted its ban on {Austrian beef}.", "YIELD"),
        ("[The mayor] accepted the demands of {the striking nurses}.", "YIELD"),
        ("[Estonia] urged {Finland} to close the border.", "REQUEST"),
        ("[The opposition] demands the resignation of {President Mnangagwa}.", "REQUEST"),
        ("[The governor] said {Nestlé} must pay.", "REQUEST"),
        ("[A court in Madrid] found {the banker} guilty of fraud.", "ACCUSE"),
        ("[Prosecutors] opened an inquiry into {Olympus}.", "ACCUSE"),
        ("{The minister} was criticised by [the union].", "ACCUSE"),
        ("[Ottawa] summoned {the Saudi ambassador}.", "ACCUSE"),
        ("[Zimbabwe] refused to meet {the British envoy}.", "REJECT"),
        ("[Spain] will not lift the embargo on {Venezuela}.", "REJECT"),
        ("[The court] threw out an appeal by {Jacob Zuma}.", "REJECT"),
        ("[Slovenia] vetoed {Croatia}'s accession.", "REJECT"),
        ("[Pretoria] did not release {the journalists}.", "REJECT"),
        ("[Algeria] threatened to cut gas supplies to {Spain}.", "THREATEN"),
        ("[The junta] issued an ultimatum to {the monks}.", "THREATEN"),
        ("[Miners] went on strike against {De Beers}.", "PROTEST"),
        ("[Thousands of teachers] marched against {the government of Honduras}.", "PROTEST"),
        ("[Egypt] massed troops on the border with {Libya}.", "MOBILIZE"),
        ("[Berlin] suspended aid to {Uganda}.", "SANCTION"),
        ("[Lithuania] expelled {four Belarusian diplomats}.", "SANCTION"),
        ("[Police in Lagos] arrested {ten union leaders}.", "COERCE"),
        ("{A blogger} was jailed by [a court in Hanoi].", "COERCE"),
        ("[Hungary] deported {an Afghan family}.", "COERCE"),
        ("[Al-Shabab] attacked {an army base in Lower Shabelle}.", "ASSAULT"),
        ("{Three nuns} were abducted by [gunmen in Nigeria].", "ASSAULT"),
        ("[A car bomb] killed {a Lebanese general}.", "ASSAULT"),
    ],
)
def test_pairs(nlp: Language, marked: str, plover: str) -> None:
    code = _code(nlp, marked)
    assert code.plover == plover, code


@pytest.mark.parametrize(
    ("marked", "quad", "polarity", "tense"),
    [
        ("[Chad] attacked {Sudan}.", 4, "positive", "past"),
        ("[Chad] did not attack {Sudan}.", 4, "negative", "past"),
        ("[Chad] is helping {Sudan}.", 2, "positive", "present"),
    ],
)
def test_a_code_carries_what_the_judge_says(nlp: Language, marked: str, quad: int, polarity: str, tense: str) -> None:
    code = _code(nlp, marked)
    assert (code.quad, code.polarity, code.tense) == (quad, polarity, tense)
    assert 0 < code.confidence <= 1
    assert code.rule is not None
    assert code.rule.startswith("codebook/")


def test_where_nothing_relates_the_pair_all_is_null(nlp: Language) -> None:
    assert _code(nlp, "[Chad] and {Sudan} are big.") == PairCode()
