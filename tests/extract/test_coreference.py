"""Which mentions of a document are one actor: each case lists the mentions of one chain, and of another."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from kg.extract.actors import Actors, find_actors
from kg.model import Document
from kg.text.annotate import annotate
from kg.text.gazetteer import Gazetteer
from kg.text.structure import segments

if TYPE_CHECKING:
    from spacy.language import Language


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer.load()


def actors_of(text: str, nlp: Language, gazetteer: Gazetteer, published: date | None = None) -> Actors:
    document = Document("case", text, published=published)
    ((_, doc),) = annotate([document], nlp)
    return find_actors(document, doc, gazetteer, segments(text))


def chains(actors: Actors, text: str) -> dict[str, list[str]]:
    out: dict[str, list[str]] = {}
    for mention in actors.mentions:
        chain = actors.chain(mention)
        assert chain is not None
        out.setdefault(chain.name, []).append(text[mention.start : mention.end])
    return out


@pytest.mark.parametrize(
    ("text", "name", "mentions"),
    [
        # parts of names, before and after the full name
        ("Okello resigned. Daniel Okello had led the party since 1998.", "Daniel Okello", ["Okello", "Daniel Okello"]),
        ("Maria Silva thanked voters. Silva won.", "Maria Silva", ["Maria Silva", "Silva"]),
        ("Tariq al-Masri spoke. Masri was angry.", "Tariq al-Masri", ["Tariq al-Masri", "Masri"]),
        ("Mr. Janos Varga left. Varga did not return.", "Janos Varga", ["Janos Varga", "Varga"]),
        # pronouns by gender and number
        ("Ana Petrova met Ivan Horvat. She smiled.", "Ana Petrova", ["Ana Petrova", "She"]),
        ("Ana Petrova met Ivan Horvat. He smiled.", "Ivan Horvat", ["Ivan Horvat", "He"]),
        ("Ms. Lindgren met Mr. Olsen. She praised him.", "Olsen", ["Olsen", "him"]),
        ("The rebels fled. They left their weapons.", "rebels", ["The rebels", "They", "their"]),
        ("Kenya closed its border.", "Kenya", ["Kenya", "its"]),
        ("The African Union met on Monday. It sent troops.", "African Union", ["The African Union", "It"]),
        # acronyms and other names
        (
            "The Front for Rural Justice (FRJ) marched. The FRJ wants land.",
            "Front for Rural Justice",
            ["Front for Rural Justice", "FRJ", "FRJ"],
        ),
        ("Karim Haddad, also known as Abu Walid, was arrested.", "Karim Haddad", ["Karim Haddad", "Abu Walid"]),
        # offices and appositions
        (
            "Foreign Minister Lena Aalto arrived. The foreign minister was tired.",
            "Lena Aalto",
            ["Lena Aalto", "The foreign minister"],
        ),
        ("Paul Nkosi, the head of the union, spoke.", "Paul Nkosi", ["Paul Nkosi", "the head"]),
        ("Gen. Omar Sesay won. The general celebrated.", "Omar Sesay", ["Omar Sesay", "The general"]),
        # descriptions
        ("Peru signed the treaty in Lima. The country had waited for years.", "Peru", ["Peru", "The country"]),
        ("Hezbollah fired rockets. The group claimed victory.", "Hezbollah", ["Hezbollah", "The group"]),
        (
            "The Kenyan government resigned. The government had lost a vote.",
            "Kenyan government",
            ["The Kenyan government", "The government"],
        ),
        ("Police arrested ten men. The police gave no reason.", "police", ["Police", "The police"]),
    ],
)  # fmt: skip
def test_one_chain(text: str, name: str, mentions: list[str], nlp: Language, gazetteer: Gazetteer) -> None:
    found = chains(actors_of(text, nlp, gazetteer), text)
    wanted = [m.removeprefix("The ") if name == "African Union" else m for m in mentions]
    assert found.get(name) == wanted, found


@pytest.mark.parametrize(
    ("text", "one", "other"),
    [
        ("Bill Clinton and Hillary Clinton left together.", "Bill Clinton", "Hillary Clinton"),
        ("Lech Kaczynski and his brother Jaroslaw Kaczynski founded a party.", "Lech Kaczyński", "Jarosław Kaczyński"),
        ("Fidel Castro gave way to Raul Castro.", "Fidel Castro", "Raúl Castro"),
        ("Syrian rebels shot at Iraqi rebels.", "Syrian rebels", "Iraqi rebels"),
        ("Moscow denied it in Moscow.", "Russian government", "Moscow"),
    ],
)
def test_two_chains(text: str, one: str, other: str, nlp: Language, gazetteer: Gazetteer) -> None:
    found = chains(actors_of(text, nlp, gazetteer, date(2010, 1, 1)), text)
    assert one in found, found
    assert other in found, found


@pytest.mark.parametrize(
    "text",
    [
        "It rained all night.",
        "It is clear that peace is far away.",
        "He left early.",
        "The group left.",
        "They say so.",
    ],
)
def test_nothing_to_point_at(text: str, nlp: Language, gazetteer: Gazetteer) -> None:
    assert actors_of(text, nlp, gazetteer).mentions == ()


@pytest.mark.parametrize(
    ("published", "entry"),
    [(date(2003, 5, 1), "george-w-bush"), (date(1990, 5, 1), "george-h-w-bush"), (date(1880, 5, 1), None)],
)
def test_a_surname_by_date(published: date, entry: str | None, nlp: Language, gazetteer: Gazetteer) -> None:
    actors = actors_of("Bush flew to Texas on Monday, and the crowd cheered.", nlp, gazetteer, published)
    assert [c.entry for c in actors.chains if c.type == "Person"] == ([entry] if entry else [None])


def test_pairs_are_two_mentions(nlp: Language, gazetteer: Gazetteer) -> None:
    text = "Chad and Sudan signed. Both countries withdrew."
    actors = actors_of(text, nlp, gazetteer)
    head = next(i for i in range(20) if len(actors.heading(i)) == 2)
    pair = [actors.chain(m) for m in actors.heading(head)]
    assert sorted(c.name for c in pair if c is not None) == ["Chad", "Sudan"]


def test_lookups_by_token(nlp: Language, gazetteer: Gazetteer) -> None:
    text = "Russian Foreign Minister Sergei Lavrov met European and U.S. officials."
    document = Document("case", text)
    ((_, doc),) = annotate([document], nlp)
    actors = find_actors(document, doc, gazetteer, segments(text))
    at = {token.text: token.i for token in doc}
    lavrov = actors.headed_by(at["Lavrov"])
    assert lavrov is not None
    assert text[lavrov.start : lavrov.end] == "Sergei Lavrov"
    assert actors.headed_by(at["Sergei"]) is None
    assert actors.covering(at["Sergei"]) == lavrov
    officials = actors.headed_by(at["officials"])
    assert officials is not None
    assert text[officials.start : officials.end] == "U.S. officials"
    european = actors.covering(at["European"])
    assert european is not None
    assert actors.heading(at["officials"]) == (officials, european)
    assert actors.chain(european) != actors.chain(officials)
    assert actors.covering(at["met"]) is None


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "\n", "?", "()", "(A)", "((((", "'s", "the the the", "\u202e<script>alert(1)</script> Trump said",
        "Trump " * 40, "Dr. " * 20, "of of of", "\"He\" \"she\" \"", "U.S.-U.S.-U.S.", "- - -", "known as", "(NATO)",
        "also known as X", "both", "both countries", "The two", "A (B) (C) (D)", "🇺🇦 said", "said Putin said Putin",
    ],
)  # fmt: skip
def test_hostile_text_does_no_harm(text: str, nlp: Language, gazetteer: Gazetteer) -> None:
    document = Document("case", text)
    for _, doc in annotate([document], nlp):
        actors = find_actors(document, doc, gazetteer, segments(text))
        ids = [c.id for c in actors.chains]
        assert len(ids) == len(set(ids))
        for mention in actors.mentions:
            assert 0 <= mention.start < mention.end <= len(text)
            assert mention.entity in ids


def test_spans_of_mentions_are_distinct(nlp: Language, gazetteer: Gazetteer) -> None:
    text = "Trump met Putin. Both leaders smiled. The two sides agreed. European and U.S. officials and diplomats left."
    actors = actors_of(text, nlp, gazetteer, date(2017, 7, 7))
    spans = [(m.start, m.end) for m in actors.mentions]
    assert len(spans) == len(set(spans))
    assert spans == sorted(spans)


def test_credits_name_no_actor(nlp: Language, gazetteer: Gazetteer) -> None:
    text = (
        "The talks in Geneva failed on Friday, and the envoys left.\n\n(Reuters)\n\nReporting by Jane Okoro in Geneva"
    )
    actors = actors_of(text, nlp, gazetteer)
    assert {c.name for c in actors.chains} & {"Reuters", "Jane Okoro"} == set()
