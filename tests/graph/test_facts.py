"""facts.jsonl: fields, their order, nulls, one object a line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings

from kg.errors import StoreError
from kg.graph.facts import facts_lines, write_facts
from kg.model import Attribution, Document, Entity, Facts, Mention, Span
from tests.graph.strategies import texts

_REPORT = [
    "doc", "start", "end", "trigger", "polarity", "certainty", "tense", "holder", "attribution", "arguments", "rule",
]  # fmt: skip
_FIELDS = {
    "document": ["kind", "id", "iri", "title", "published", "source", "author", "url", "sha256", "text"],
    "entity": ["kind", "id", "label", "type", "aliases", "same_as", "country", "sector"],
    "mention": ["kind", "doc", "start", "end", "entity", "form", "rule"],
    "event": [
        "kind", "id", "label", "type", "plover", "cameo", "status", "reciprocal", "confidence", "date", "place",
        "roles", "about", "reports",
    ],
    "relation": ["kind", "id", "subject", "predicate", "object", "status", "date", "label", "reports"],
    "attribution": ["kind", "id", "doc", "source", "cue", "content", "holder", "stance", "within"],
}  # fmt: skip


def _records(facts: Facts, *, text: bool = True) -> list[dict[str, Any]]:
    return [json.loads(line) for line in facts_lines(facts, text=text)]


def test_fields_stand_in_their_order(small_facts: Facts) -> None:
    records = _records(small_facts)
    assert {record["kind"] for record in records} == set(_FIELDS)
    for record in records:
        assert list(record) == _FIELDS[record["kind"]]
        for report in record.get("reports", ()):
            assert list(report) == _REPORT
            assert all(list(argument) == ["role", "start", "end", "entity"] for argument in report["arguments"])


def test_everything_is_there(small_facts: Facts) -> None:
    kinds = [record["kind"] for record in _records(small_facts)]
    assert [kinds.count(kind) for kind in _FIELDS] == [
        len(small_facts.documents),
        len(small_facts.entities),
        len(small_facts.mentions),
        len(small_facts.events),
        len(small_facts.relations),
        len(small_facts.attributions),
    ]


def test_what_refers_is_there(small_facts: Facts) -> None:
    records = _records(small_facts)
    ids = {record["id"] for record in records if "id" in record}
    assert len(ids) == sum("id" in record for record in records)
    for record in records:
        for report in record.get("reports", ()):
            assert report["attribution"] is None or report["attribution"] in ids
            assert report["holder"] is None or report["holder"] in ids
        if record["kind"] == "attribution":
            assert record["within"] is None or record["within"] in ids


def test_ids_of_attributions_are_unique_among_documents() -> None:
    said = [Attribution("attribution-0-1", doc, (), (Span(0, 1),), (), "deny", "r", within="attribution-0-1")
            for doc in ("a", "b c")]  # fmt: skip
    assert [(r["id"], r["within"]) for r in _records(Facts(attributions=tuple(said)))] == [
        ("doc/a#attribution-0-1", "doc/a#attribution-0-1"),
        ("doc/b%20c#attribution-0-1", "doc/b%20c#attribution-0-1"),
    ]


def test_without_text() -> None:
    facts = Facts(documents=(Document("a", "secret"),))
    assert list(_records(facts, text=False)[0]) == _FIELDS["document"][:-1]
    assert "secret" not in "".join(facts_lines(facts, text=False))


def test_nulls() -> None:
    facts = Facts(
        documents=(Document("a", "x"),),
        entities=(Entity("actor/x", "X", "Person"),),
        mentions=(Mention("a", 0, 1, None, "name", "r"),),
    )
    document, entity, mention = _records(facts)
    assert [k for k, v in document.items() if v is None] == ["title", "published", "source", "author", "url"]
    assert [k for k, v in entity.items() if v is None] == ["country", "sector"]
    assert mention["entity"] is None


@settings(deadline=None)
@given(texts)
def test_one_object_a_line_whatever_the_text(text: str) -> None:
    (line,) = facts_lines(Facts(documents=(Document("a", text),)))
    assert line.endswith("\n")
    assert len(line.splitlines()) == 1
    assert json.loads(line).get("text", "") == text  # a text that was not kept has no key


def test_written_whole_or_not_at_all(tmp_path: Path, small_facts: Facts) -> None:
    path = tmp_path / "new" / "facts.jsonl"
    write_facts(small_facts, path, base="https://example.org/")
    before = path.read_bytes()
    assert b"https://example.org/doc/" in before
    broken = Facts(documents=(*small_facts.documents, Document("bad", "\ud800")))
    with pytest.raises(UnicodeEncodeError):
        write_facts(broken, path)
    assert path.read_bytes() == before
    assert [p.name for p in path.parent.iterdir()] == ["facts.jsonl"]
    (tmp_path / "file").write_text("x")
    with pytest.raises(StoreError, match=r"facts\.jsonl"):
        write_facts(small_facts, tmp_path / "file" / "facts.jsonl")
