"""The store on disk: what is written is there, what fails leaves no trace, one writes at a time."""

from __future__ import annotations

import json
import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.errors import StoreError
from kg.graph.ordering import ordered, ordered_facts
from kg.graph.store import Store, Writer
from kg.model import Document, Extraction, Facts
from tests.graph.strategies import document_ids, extractions, linked

ROOT = Path(__file__).parents[2]


def _one(id_: str, text: str = "Norway hosted talks.") -> Extraction:
    return Extraction(Document(id_, text))


def _lines(store: Store) -> set[str]:
    """What the database holds, as it would write it."""
    return {f"{quad} ." for quad in store.quads}


def _filled(path: Path, *ids: str) -> Path:
    with Store.write(path) as writer:
        for id_ in ids:
            writer.put(_one(id_))
    return path


def _ids(path: Path) -> tuple[str, ...]:
    with Store.open(path) as store:
        return store.documents()


def test_what_is_written_is_read(tmp_path: Path, small_extractions: tuple[Extraction, ...], small_facts: Facts) -> None:
    with Store.write(tmp_path / "store") as writer:
        for extraction in small_extractions:
            writer.put(extraction)
        writer.replace_derived(small_facts)
        inside = writer.facts()
    with Store.open(tmp_path / "store") as store:
        assert store.facts() == inside == ordered_facts(small_facts)
        assert {x.document.id: x for x in store.extractions()} == {x.document.id: ordered(x) for x in small_extractions}
        first = small_extractions[0].document.id
        assert store.extraction(first) == ordered(small_extractions[0])
        assert first not in {x.document.id for x in store.extractions(skip=[first])}


def test_the_database_and_the_archive_hold_the_same(
    tmp_path: Path, small_extractions: tuple[Extraction, ...], small_facts: Facts
) -> None:
    with Store.write(tmp_path / "store") as writer:
        for extraction in small_extractions:
            writer.put(extraction)
        writer.replace_derived(small_facts)
        writer.put(small_extractions[0])
        writer.remove(small_extractions[1].document.id)
        writer.replace_derived(replace(small_facts, events=small_facts.events[:3]))
    with Store.open(tmp_path / "store") as store:
        archived = ox.Store()
        for name in store.archive.names():
            archived.load(store.archive.lines(name), ox.RdfFormat.N_QUADS)
        assert {f"{quad} ." for quad in archived} == _lines(store)
        assert len(store.archive.names()) == len(small_extractions)


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.sets(document_ids, min_size=2, max_size=3).flatmap(lambda ids: st.tuples(*map(extractions, sorted(ids)))))
def test_no_order_and_no_removed_document_leaves_a_trace(given_: tuple[Extraction, ...]) -> None:
    *kept, removed = given_
    plain, other, undone = Store.memory(), Store.memory(), Store.memory()
    for extraction in kept:
        plain.put(extraction)
    for extraction in reversed(kept):
        other.put(extraction)
    for extraction in given_:
        undone.put(extraction)
    undone.replace_derived(linked(given_))
    undone.remove(removed.document.id)
    for store in (plain, other, undone):
        store.replace_derived(linked(kept))
    assert _lines(plain) == _lines(other) == _lines(undone)
    assert plain.archive.names() == undone.archive.names()


def test_a_document_takes_the_place_of_the_one_before(tmp_path: Path) -> None:
    path = _filled(tmp_path / "store", "a", "b")
    with Store.write(path) as writer:
        writer.put(_one("a", "Sweden did."))
        writer.put(_one("a", "Denmark did."))
    with Store.open(path) as store:
        assert store.documents() == ("a", "b")
        assert store.extraction("a").document.text == "Denmark did."
        assert sum("Sweden" in line for line in _lines(store)) == 0


def test_without_text(tmp_path: Path) -> None:
    with Store.write(tmp_path / "store") as writer:
        writer.put(_one("a"), text=False)
    with Store.open(tmp_path / "store") as store:
        assert not any("Norway" in line for line in _lines(store))


@pytest.mark.parametrize("act", [lambda w: w.remove("b"), lambda w: w.extraction("b")])
def test_a_document_that_is_not_there(act: Callable[[Writer], object]) -> None:
    with pytest.raises(StoreError, match="no such document"):
        act(Store.memory())


def test_an_error_leaves_the_store_as_it_was(tmp_path: Path) -> None:
    path = _filled(tmp_path / "store", "a")
    before = sorted(p.name for p in path.iterdir())
    with pytest.raises(ZeroDivisionError), Store.write(path) as writer:
        writer.put(_one("b"))
        writer.remove("a")
        _ = 1 / 0
    assert _ids(path) == ("a",)
    assert sorted(p.name for p in path.iterdir()) == before


def test_a_first_build_that_fails_leaves_no_store(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), Store.write(tmp_path / "store") as writer:
        writer.put(_one("b"))
        _ = 1 / 0
    with pytest.raises(StoreError, match="no graph here"):
        Store.open(tmp_path / "store")
    assert _ids(_filled(tmp_path / "store", "a")) == ("a",)


def test_readers_keep_what_they_opened(tmp_path: Path) -> None:
    path = _filled(tmp_path / "store", "a")
    with Store.open(path) as reader:
        for id_ in ("b", "c", "d"):
            _filled(path, id_)
            assert reader.documents() == ("a",)
            assert reader.extraction("a").document.text == "Norway hosted talks."
        assert _ids(path) == ("a", "b", "c", "d")
    _filled(path, "e")
    assert len([p for p in path.iterdir() if p.is_dir()]) == 1


def test_one_process_writes(tmp_path: Path) -> None:
    path = _filled(tmp_path / "store", "a")
    code = (
        "import sys; from pathlib import Path; from kg.graph.store import Store\n"
        "with Store.write(Path(sys.argv[1])): print('in', flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT
    ) as other:
        assert other.stdout is not None and other.stdout.readline() == "in\n"
        with pytest.raises(StoreError, match=f"process {other.pid} is writing") as caught, Store.write(path):
            pass
        assert caught.value.remedy
        assert _ids(path) == ("a",)
        other.communicate("", timeout=60)
    assert _ids(_filled(path, "b")) == ("a", "b")


@pytest.mark.parametrize("delay", [0.0, 0.02, 0.05, 0.1, 0.2, 0.4])
def test_a_killed_writer_leaves_whole_documents(tmp_path: Path, delay: float) -> None:
    path = _filled(tmp_path / "store", "a")
    code = (
        "import sys; from pathlib import Path; from kg.graph.store import Store\n"
        "from kg.model import Document, Extraction\n"
        "print('go', flush=True)\n"
        "for n in range(10_000):\n"
        "    with Store.write(Path(sys.argv[1])) as writer:\n"
        "        writer.put(Extraction(Document(f'new-{n}', 'x' * 2000)))\n"
        "        writer.put(Extraction(Document(f'twin-{n}', 'x' * 2000)))\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code, str(path)], stdout=subprocess.PIPE, text=True, cwd=ROOT
    ) as writer:
        assert writer.stdout is not None and writer.stdout.readline() == "go\n"
        time.sleep(delay)
        writer.send_signal(signal.SIGKILL)
    ids = _ids(path)
    assert "a" in ids
    assert {i.removeprefix("new-") for i in ids if i[0] == "n"} == {i.removeprefix("twin-") for i in ids if i[0] == "t"}
    with Store.open(path) as store:
        assert len(list(store.extractions())) == len(ids)
    assert _ids(_filled(path, "z")) == (*ids, "z")
    assert len([p for p in path.iterdir() if p.is_dir()]) == 1


def test_a_full_disk_is_a_clear_error(tmp_path: Path) -> None:
    path = _filled(tmp_path / "store", "a")
    code = (
        "import resource, sys; from pathlib import Path; from kg.graph.store import Store\n"
        "from kg.model import Document, Extraction; from kg.errors import StoreError\n"
        "import random; r = random.Random(1)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, resource.RLIM_INFINITY))\n"
        "try:\n"
        "    with Store.write(Path(sys.argv[1])) as writer:\n"
        "        for n in range(300):\n"
        "            writer.put(Extraction(Document(f'new-{n}', ''.join(r.choices('abcdefgh', k=5000)))))\n"
        "except StoreError as error:\n"
        "    print('refused', error)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(path)], capture_output=True, text=True, check=True, cwd=ROOT, timeout=120
    )
    assert done.stdout.startswith("refused"), done.stderr
    assert str(path) in done.stdout
    assert _ids(path) == ("a",)
    assert resource.getrlimit(resource.RLIMIT_FSIZE)[0] == resource.RLIM_INFINITY


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ('{"format": 0, "base": "https://x.org/", "generation": "gen-1"}', "format 0"),
        ('{"format": 99, "base": "https://x.org/", "generation": "gen-1"}', "format 99"),
        ("not json", "not the description"),
        ("[]", "not the description"),
        ('{"format": 1, "base": "https://x.org/", "generation": "gen-7"}', "cannot be read|not there"),
    ],
)
def test_a_store_of_another_format_is_refused(tmp_path: Path, content: str, problem: str) -> None:
    path = _filled(tmp_path / "store", "a")
    (path / "store.json").write_text(content)
    with pytest.raises(StoreError, match=problem) as caught:
        Store.open(path)
    assert caught.value.remedy
    with pytest.raises(StoreError, match=problem) as caught, Store.write(path):
        pass
    assert caught.value.remedy


def test_a_folder_of_something_else_is_refused_and_left_alone(tmp_path: Path) -> None:
    (tmp_path / "CURRENT").write_text("MANIFEST-000005\n")
    with pytest.raises(StoreError, match="CURRENT"), Store.write(tmp_path):
        pass
    with pytest.raises(StoreError, match="CURRENT"):
        Store.open(tmp_path)
    assert (tmp_path / "CURRENT").read_text() == "MANIFEST-000005\n"


def test_a_file_where_the_folder_should_be(tmp_path: Path) -> None:
    (tmp_path / "store").write_text("x")
    with pytest.raises(StoreError), Store.write(tmp_path / "store"):
        pass
    with pytest.raises(StoreError):
        Store.open(tmp_path / "store")


def test_a_folder_that_may_not_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = _filled(tmp_path / "store", "a")
    if os.geteuid() == 0:  # root may write everywhere

        def refuse(self: Path, *_: object, **__: object) -> None:
            raise PermissionError(13, "Permission denied", str(self))

        monkeypatch.setattr(Path, "mkdir", refuse)
    else:
        for folder in (path, *path.rglob("*")):
            folder.chmod(0o555 if folder.is_dir() else 0o444)
    with pytest.raises(StoreError, match="Permission denied") as caught, Store.write(path):
        pass
    assert "--output" in caught.value.remedy
    assert _ids(path) == ("a",)
    if os.geteuid() != 0:
        for folder in (path, *path.rglob("*")):
            folder.chmod(0o755)


def test_the_base_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "store"
    with Store.write(path, base="https://example.org/kg/") as writer:
        writer.put(_one("a"))
    assert json.loads((path / "store.json").read_text())["base"] == "https://example.org/kg/"
    with Store.write(path) as writer:
        assert writer.base == "https://example.org/kg/"
    with Store.write(path, base="https://example.org/kg/") as writer:
        writer.put(_one("b"))
    with pytest.raises(StoreError, match="the base of this store"), Store.write(path, base="https://other.org/"):
        pass
    with Store.open(path) as store:
        assert store.base == "https://example.org/kg/"
        assert {str(name)[1:].startswith(store.base) for name in store.quads.named_graphs()} == {True}


def test_a_closed_store_says_so(tmp_path: Path) -> None:
    store = Store.open(_filled(tmp_path / "store", "a"))
    store.close()
    with pytest.raises(StoreError, match="closed"):
        store.documents()


def test_nothing_written_changes_nothing(tmp_path: Path) -> None:
    path = _filled(tmp_path / "store", "a")
    before = (path / "store.json").read_bytes()
    with Store.write(path) as writer:
        assert writer.documents() == ("a",)
    assert (path / "store.json").read_bytes() == before


def test_a_large_change_of_what_is_derived(small_extractions: tuple[Extraction, ...], small_facts: Facts) -> None:
    store = Store.memory()
    for extraction in small_extractions:
        store.put(extraction)
    store.replace_derived(small_facts)
    whole = _lines(store)
    store.replace_derived(replace(small_facts, events=(), relations=()))
    assert len(_lines(store)) < len(whole)
    store.replace_derived(small_facts)
    assert _lines(store) == whole
    store.replace_derived(replace(small_facts, events=small_facts.events[1:]))
    store.replace_derived(small_facts)
    assert _lines(store) == whole
