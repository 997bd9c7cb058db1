"""Tokens and sentences of news, as the parser gets them."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import DataError
from kg.model import Document
from kg.text import annotate as module
from kg.text.annotate import annotate
from kg.text.tokenize import plain

if TYPE_CHECKING:
    from spacy.language import Language


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("a U.S.-Russian truce", ["a", "U.S.", "-", "Russian", "truce"]),
        ("the U.S.–China pact", ["the", "U.S.", "–", "China", "pact"]),
        ("the Chad-Sudan border", ["the", "Chad", "-", "Sudan", "border"]),
        ("Carter–Sadat talks", ["Carter", "–", "Sadat", "talks"]),
        ("a U.N.-backed force", ["a", "U.N.", "-", "backed", "force"]),
        ("the 2011–2013 war", ["the", "2011", "–", "2013", "war"]),
        ("an F-16 and an S-400", ["an", "F-16", "and", "an", "S-400"]),
        ("Lt. Gen. Ann Lee", ["Lt.", "Gen.", "Ann", "Lee"]),
        ("Chad’s envoy", ["Chad", "'s", "envoy"]),
    ],
)
def test_tokens(nlp: Language, text: str, tokens: list[str]) -> None:
    assert [token.text for token in nlp.make_doc(text)] == tokens


@pytest.mark.parametrize(
    ("text", "starts"),
    [
        ("She was Ambassador to the U.S. Ann Lee said so.", ["She"]),
        ("He was born in the U.S. The war took him home.", ["He", "The"]),
        ("They met Lt. Gen. Ann Lee and Sen. Bo Ek. Both smiled.", ["They", "Both"]),
        ("They met Gov. Ralph S. Lee in town. Both smiled.", ["They", "Both"]),
        ("\n\nTalks stalled.", ["  "]),
        ('He left.\n"""Talks have stalled,"" she said."', ["He", '"']),
        ("It is Resolution No. 5 of the council. Nobody voted.", ["It", "Nobody"]),
        ("Envoys leave\nTalks have stalled in Bern.", ["Envoys", "Talks"]),
        ("BERN, May 3 (Reuters) - Envoys of Chad left.", ["BERN", "Envoys"]),
        ("The envoys left. (The Daily Herald)\nTalks stalled.", ["The", "(", "Talks"]),
        ("1) Talks have stalled in Bern.\n2) War is near.", ["1", "Talks", "2", "War"]),
        ("On May 15, 2017. National Guard chief Bo Ek denied it.", ["On"]),
        ('He shouted "Long live the king!" at the crowd. Nobody moved.', ["He", "Nobody"]),
        ("The king \u2014 who is old \u2014 spoke: War is near.", ["The"]),
    ],
)
def test_sentences(nlp: Language, text: str, starts: list[str]) -> None:
    ((_, doc),) = annotate([Document("d", text)], nlp)
    assert [sentence[0].text for sentence in doc.sents] == starts


def test_offsets_are_those_of_the_document(nlp: Language) -> None:
    text = "“Talks”\r\n\r\nended —\u00a0said\tChad’s\u202fenvoy … ''yes'' and \"\"no\"\"."
    ((_, doc),) = annotate([Document("d", text)], nlp)
    assert len(doc.text) == len(text)
    words = [token for token in doc if token.is_alpha]
    assert [text[word.idx : word.idx + len(word)] for word in words] == [word.text for word in words]


@given(st.text(max_size=80))
def test_plain_keeps_the_length(text: str) -> None:
    assert len(plain(text)) == len(text)


@given(st.text(alphabet=st.sampled_from("Ab.!?'\"()\n\t -–1U.S."), max_size=60))
def test_any_text_has_tokens(nlp: Language, text: str) -> None:
    assert nlp.make_doc(text).text == plain(text)


@pytest.mark.parametrize("transient", [False, True])
def test_order(nlp: Language, transient: bool) -> None:
    documents = [Document(str(n), f"Zorblat{n} met Quuxine{n} in Bern.") for n in range(5)]
    seen = []
    for document, doc in annotate(documents, nlp, batch=2, transient=transient):
        seen.append((document.id, doc[0].text, doc[1].lemma_))
    assert seen == [(str(n), f"Zorblat{n}", "meet") for n in range(5)]


def test_transient_forgets(nlp: Language) -> None:
    for _, doc in annotate([Document("d", "Flimbolq met Bo.")], nlp, transient=True):
        assert doc[0].text == "Flimbolq"
    assert "Flimbolq" not in nlp.vocab.strings


def test_weights_are_checked(tmp_path: Path) -> None:
    path = module._model_path()
    if not isinstance(path, Path):
        pytest.skip("an official model is installed")
    with pytest.raises(DataError, match="missing"):
        module._check(tmp_path)
    for name in module._WEIGHTS:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(b"0")
    with pytest.raises(DataError, match="not the one that was released"):
        module._check(tmp_path)
    module._check(path)


def test_no_model(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    with pytest.raises(DataError, match="pip install"):
        module.load_model()
