"""One node an actor over documents, whatever their order."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.link.entities import link_entities
from kg.model import Chain, Document, Entity, Extraction
from kg.text.gazetteer import Gazetteer

_GAZETTEER = Gazetteer.load()
_DAY = date(2017, 5, 17)


def document(id_: str, *chains: Chain, published: date | None = _DAY) -> Extraction:
    return Extraction(Document(id_, "", published=published), tuple(chains))


def linked(*extractions: Extraction) -> dict[tuple[str, str], Entity]:
    entities, of = link_entities(extractions, _GAZETTEER)
    by_id = {entity.id: entity for entity in entities}
    return {pair: by_id[id_] for pair, id_ in of.items()}


TRUMP = Chain("actor-0-5", "Donald Trump", "Person", ("Donald J. Trump", "Trump"), "donald-trump", "USA")
OFFICIALS = Chain("actor-9-20", "Russian officials", "Group", ("Russian officials",), None, "RUS", "GOV")
PROTESTERS = Chain("actor-30-40", "protesters", "Group", ("protesters",), None, None, "CVL")
OKELLO = Chain("actor-50-60", "Daniel Okello", "Person", ("Daniel Okello", "Okello"))


def test_an_entry_is_one_node_with_its_wikidata_item() -> None:
    found = linked(
        document("a", TRUMP), document("b", Chain("actor-3-8", "Trump", "Person", ("Trump",), "donald-trump"))
    )
    assert {e.id for e in found.values()} == {"actor/donald-trump"}
    trump = found["a", "actor-0-5"]
    assert trump.same_as == ("http://www.wikidata.org/entity/Q22686",)
    assert trump.country == "actor/united-states"
    assert trump.merged_from == (("a", "actor-0-5"), ("b", "actor-3-8"))
    assert {"Trump", "Donald J. Trump"} <= set(trump.aliases)
    assert trump.aliases == tuple(sorted(trump.aliases))


def test_a_countrys_group_is_one_node_over_documents() -> None:
    found = linked(document("a", OFFICIALS), document("b", OFFICIALS))
    assert {e.id for e in found.values()} == {"actor/russian-officials"}
    assert found["a", OFFICIALS.id].country == "actor/russia"
    assert found["a", OFFICIALS.id].sector == "GOV"


def test_a_group_of_nobody_stays_in_its_document() -> None:
    found = linked(document("a", PROTESTERS), document("b", PROTESTERS))
    ids = {e.id for e in found.values()}
    assert len(ids) == 2
    assert all(re.fullmatch(r"actor/protesters-[0-9a-f]{8}", id_) for id_ in ids)


def test_a_name_is_one_node_over_documents_whatever_its_spelling() -> None:
    other = Chain("actor-1-9", "Daniél Okello", "Person", ("Daniél Okello",))
    found = linked(document("a", OKELLO), document("b", other), document("c", OKELLO))
    assert {e.id for e in found.values()} == {"actor/daniel-okello"}
    assert found["b", other.id].label == "Daniel Okello"


def test_a_person_and_a_place_of_one_name_are_two() -> None:
    place = Chain("actor-1-9", "Daniel Okello", "Place", ("Daniel Okello",))
    found = linked(document("a", OKELLO), document("b", place))
    assert len({e.id for e in found.values()}) == 2


def test_a_name_that_is_another_entrys_id_gets_one_of_its_own() -> None:
    stranger = Chain("actor-1-9", "Syria", "Person", ("Syria",))
    found = linked(document("a", stranger))
    assert found["a", stranger.id].id.startswith("actor/syria-")


def test_each_country_spoken_of_has_a_node() -> None:
    entities, _ = link_entities([document("a", OFFICIALS)], _GAZETTEER)
    assert "actor/russia" in {e.id for e in entities}


@pytest.mark.parametrize(
    ("name", "office", "country", "published", "entity"),
    [
        ("Russian foreign minister", "foreign minister", "RUS", _DAY, "actor/sergei-lavrov"),
        ("Russian foreign minister", "foreign minister", "RUS", date(2003, 5, 1), "actor/igor-ivanov"),
        ("Iranian president", "head of state", "IRN", _DAY, "actor/hassan-rouhani"),
        ("former American president", "head of state", "USA", _DAY, "actor/barack-obama"),
        ("Russian foreign minister", "foreign minister", "RUS", None, "actor/russian-foreign-minister"),
    ],
)
def test_an_office_on_the_documents_day(
    name: str, office: str, country: str, published: date | None, entity: str
) -> None:
    chain = Chain("actor-1-9", name, "Person", (name,), None, country, "GOV", office)
    assert linked(document("a", chain, published=published))["a", chain.id].id == entity


@pytest.mark.parametrize(
    "name", ["<script>alert(1)</script>", "../..", "习近平", "\u202e\u202d", "a" * 500, "?#[]@", "--"]
)
def test_hostile_names_give_safe_ids(name: str) -> None:
    chain = Chain("actor-1-9", name, "Person", (name,))
    entity = linked(document("a", chain))["a", chain.id]
    assert re.fullmatch(r"actor/[a-z0-9]+(-[a-z0-9]+)*", entity.id)
    assert len(entity.id) <= 80


_CHAINS = st.builds(
    Chain,
    id=st.integers(0, 30).map(lambda n: f"actor-{n}-{n + 3}"),
    name=st.sampled_from(["Daniel Okello", "Okello", "rebels", "Syrian rebels", "Moscow", "<b>", "Ünal", "Unal"]),
    type=st.sampled_from(["Person", "Group", "Place", "Organization"]),
    names=st.sampled_from([(), ("Okello",), ("Syrian rebels", "rebels")]),
    entry=st.sampled_from([None, None, "syria", "donald-trump", "no-such-entry"]),
    country=st.sampled_from([None, "SYR", "RUS", "ZZZ"]),
)
_EXTRACTIONS = st.lists(
    st.tuples(st.sampled_from("abcde"), st.lists(_CHAINS, max_size=4, unique_by=lambda c: c.id)), max_size=5,
    unique_by=lambda pair: pair[0],
)  # fmt: skip


@settings(max_examples=80, deadline=None)
@given(_EXTRACTIONS, st.randoms(use_true_random=False))
def test_order_does_not_matter(parts: list[tuple[str, list[Chain]]], random: object) -> None:
    extractions = [document(id_, *chains) for id_, chains in parts]
    entities, of = link_entities(extractions, _GAZETTEER)
    again = list(extractions)
    random.shuffle(again)  # type: ignore[attr-defined]
    assert link_entities(again, _GAZETTEER) == (entities, of)
    assert len({e.id for e in entities}) == len(entities)
    assert set(of) == {(x.document.id, c.id) for x in extractions for c in x.chains}
