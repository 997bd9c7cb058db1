"""Bad input: a clear error, nothing lost."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

import kg
from kg.errors import StoreError
from kg.graph.store import Store
from tests.running import Done, run

GOOD = "Norway imposed sanctions on Belarus on Monday."
Kg = Callable[..., Done]


@pytest.fixture
def cli(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Kg:
    return lambda *args: run(capsys, monkeypatch, *args)


@pytest.fixture
def built(tmp_path: Path) -> Path:
    """A folder with a graph of one document."""
    kg.build(documents=[kg.Document("good", GOOD)], output=tmp_path / "out")
    return tmp_path / "out"


def _records(*records: dict[str, str] | str) -> bytes:
    lines = [r if isinstance(r, str) else json.dumps(r) for r in records]
    return ("\n".join(lines) + "\n").encode()


SIX_GOOD = [{"id": f"r{i}", "text": f"{GOOD} Report {i}."} for i in range(6)]
# name, content, words of the message, documents that are built all the same
BAD: list[tuple[str, bytes, tuple[str, ...], int]] = [
    ("empty.txt", b"", ("empty.txt",), 0),
    ("blank.txt", b"  \n\n \t", ("blank.txt",), 0),
    ("binary.txt", b"\x7fELF\x00\x01\x02\x00" * 40, ("binary.txt",), 0),
    ("broken.jsonl", _records(*SIX_GOOD, '{"id": "r7", "text": ', {"id": "r8", "text": GOOD}), ("line 7",), 7),
    ("empty-text.jsonl", _records({"id": "a", "text": ""}, {"id": "b", "text": GOOD}), ("line 1",), 1),
    ("no-text.jsonl", _records({"id": "a", "text": GOOD}, {"id": "b", "title": "x"}), ("line 2", "text"), 1),
    ("nothing.html", b"<html><body><script>var a = 1;</script></body></html>", ("nothing.html",), 0),
    ("long.txt", b"a word " * 1_500_000, ("long.txt", "8,000,000 bytes"), 0),
    ("zero.pdf", b"", ("zero.pdf",), 0),
    (
        "french.txt",
        ("Le président a rencontré le ministre des affaires étrangères à Paris hier. " * 3).encode(),
        ("French",),
        0,
    ),
]


@pytest.mark.parametrize(("name", "content", "words", "good"), BAD, ids=[b[0] for b in BAD])
def test_a_bad_document_is_reported_and_the_others_are_built(
    name: str, content: bytes, words: tuple[str, ...], good: int, cli: Kg, tmp_path: Path
) -> None:
    (tmp_path / name).write_bytes(content)
    (tmp_path / "good.txt").write_text(GOOD, encoding="utf-8")
    done = cli("build", tmp_path / name, tmp_path / "good.txt", "-o", tmp_path / "out")
    assert done.code == 1
    message = " ".join(done.err.split())
    assert all(word in message for word in words), message
    with kg.open(tmp_path / "out").store as store:
        assert len(store.documents()) == good + 1


def test_the_second_of_two_records_with_one_id_replaces_the_first(cli: Kg, tmp_path: Path) -> None:
    (tmp_path / "twice.jsonl").write_bytes(_records({"id": "a", "text": GOOD}, {"id": "a", "text": GOOD + " Again."}))
    done = cli("build", tmp_path / "twice.jsonl", "-o", tmp_path / "out")
    assert done.code == 0 and "line 2" in done.err and "takes the place" in done.err
    assert [d.text for d in kg.open(tmp_path / "out").facts.documents] == [GOOD + " Again."]


def test_strict_stops_before_anything_is_written(cli: Kg, built: Path, tmp_path: Path) -> None:
    before = {p: p.read_bytes() for p in built.rglob("*") if p.is_file() and "store" not in p.parts}
    (tmp_path / "broken.jsonl").write_bytes(_records(*SIX_GOOD, "{"))
    done = cli("build", tmp_path / "broken.jsonl", "-o", built, "--strict")
    assert done.code == 2 and "line 7" in done.err
    assert {p: p.read_bytes() for p in before} == before
    with kg.open(built).store as store:
        assert store.documents() == ("good",)


def test_a_missing_path(cli: Kg, tmp_path: Path) -> None:
    done = cli("build", tmp_path / "nowhere", "-o", tmp_path / "out")
    assert done.code == 2 and "nowhere" in done.err
    assert not (tmp_path / "out").exists()


def test_windows_1252_is_read_as_what_it_is(cli: Kg, tmp_path: Path) -> None:
    text = "The president met François Hollande in Málaga on Monday, and the two leaders signed an agreement."
    (tmp_path / "old.txt").write_bytes(text.encode("cp1252"))
    assert cli("build", tmp_path / "old.txt", "-o", tmp_path / "out").code == 0
    assert kg.open(tmp_path / "out").facts.documents[0].text == text


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="permissions of another kind")
def test_a_folder_that_cannot_be_written(cli: Kg, tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text(GOOD, encoding="utf-8")
    (tmp_path / "file").write_text("not a folder", encoding="utf-8")
    done = cli("build", tmp_path / "good.txt", "-o", tmp_path / "file" / "out")
    assert done.code == 2 and "file" in done.err
    if os.geteuid() != 0:
        (tmp_path / "locked").mkdir(mode=0o500)
        assert cli("build", tmp_path / "good.txt", "-o", tmp_path / "locked" / "out").code == 2


def test_a_full_disk(cli: Kg, built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    before = (built / "graph.ttl").read_bytes()
    (tmp_path / "more.txt").write_text("Japan promised aid to Kenya.", encoding="utf-8")
    monkeypatch.setattr(os, "replace", full)
    done = cli("build", tmp_path / "more.txt", "-o", built)
    monkeypatch.undo()
    assert done.code == 2 and "space" in done.err
    assert (built / "graph.ttl").read_bytes() == before
    with kg.open(built).store as store:
        assert store.documents() == ("good",)


def test_a_store_that_another_process_holds(cli: Kg, built: Path, tmp_path: Path) -> None:
    (tmp_path / "more.txt").write_text("Japan promised aid to Kenya.", encoding="utf-8")
    with Store.write(built / "store"):
        done = cli("build", tmp_path / "more.txt", "-o", built)
    assert done.code == 2 and "process" in done.err


def test_a_store_of_another_format(cli: Kg, built: Path) -> None:
    about = built / "store" / "store.json"
    content = json.loads(about.read_text(encoding="utf-8"))
    about.write_text(json.dumps({**content, "format": 0}), encoding="utf-8")
    done = cli("stats", "-g", built)
    assert done.code == 2 and "format" in done.err
    with pytest.raises(StoreError):
        kg.open(built)


def test_no_graph_there(cli: Kg, tmp_path: Path) -> None:
    assert cli("stats", "-g", tmp_path / "none").code == 2


def test_a_syntax_error_has_line_and_column(cli: Kg, built: Path) -> None:
    done = cli("query", "SELECT ?a WHERE {\n  ?a a }", "-g", built)
    assert done.code == 2 and "line 2" in done.err and "column" in done.err


def test_an_unknown_query_names_the_nearest(cli: Kg, built: Path) -> None:
    done = cli("query", "who-met-who", "-g", built)
    assert done.code == 2 and "who-met-whom" in done.err


def test_an_unknown_actor_names_the_nearest(cli: Kg, built: Path) -> None:
    done = cli("explain", "Norwai", "-g", built)
    assert done.code == 2 and "Norway" in done.err


def test_an_update_is_refused(cli: Kg, built: Path) -> None:
    assert cli("query", "DELETE WHERE { ?s ?p ?o }", "-g", built).code == 2


def test_a_document_that_is_not_there_cannot_be_removed(cli: Kg, built: Path) -> None:
    done = cli("remove", "other", "-g", built)
    assert done.code == 2 and "other" in done.err
