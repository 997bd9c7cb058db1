"""The whole way on real texts: what is built does not depend on how it came to be."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc

import kg
from kg import pipeline
from kg.errors import ExtractError, KGError, ReadError, ReadNotice
from kg.extract import Extractor
from kg.graph.query import bundled
from kg.graph.store import Store, Writer
from kg.library import Graph
from kg.model import Document, Event, Extraction, Relation
from kg.text.read import document

SEEDS = Path(__file__).parent.parent / "seeds"

# Several documents speak of the same meeting, sanctions and office; each has two versions.
VERSIONS: Mapping[str, tuple[str, str]] = {
    "wire": (
        "Norwegian Prime Minister Erna Solberg met German Chancellor Angela Merkel in Oslo on May 6, 2019.",
        "Norwegian Prime Minister Erna Solberg met German Chancellor Angela Merkel and French President Emmanuel "
        "Macron in Oslo on May 6, 2019.",
    ),
    "paper": (
        "Merkel met Erna Solberg in Oslo on May 6, 2019. Germany imposed sanctions on Belarus on May 7, 2019.",
        "Germany imposed sanctions on Belarus on May 7, 2019.",
    ),
    "denial": (
        "Germany did not impose sanctions on Belarus on May 7, 2019.",
        "The Kremlin said that Germany would impose sanctions on Belarus.",
    ),
    "weekly": (
        "Erna Solberg met Angela Merkel. Protesters marched in Minsk. The protesters accused the police of torture.",
        "Protesters marched in Minsk. Sudan expelled the ambassador of Chad.",
    ),
}
PUBLISHED = date(2019, 5, 8)


def article(name: str, version: int = 0) -> Document:
    return document(VERSIONS[name][version], id=name, published=PUBLISHED)


def bytes_of(store: Store) -> tuple[bytes, bytes]:
    """graph.ttl and facts.jsonl, as `kg build` writes them."""
    graph = Graph(store)
    return graph.export("turtle"), graph.export("facts")


def built(documents: Sequence[Document]) -> tuple[bytes, bytes]:
    store = Store.memory()
    pipeline.build(documents, store)
    return bytes_of(store)


@pytest.fixture(scope="module")
def seeds() -> Graph:
    return kg.build([SEEDS])


# ---------------------------------------------------------------------------- retraction


class Step(NamedTuple):
    """Documents that one build reads (by name, with a version), or that are removed."""

    removed: bool
    names: tuple[str, ...]
    version: int


STEPS = st.lists(
    st.builds(
        Step,
        st.booleans(),
        st.lists(st.sampled_from(sorted(VERSIONS)), min_size=1, max_size=3, unique=True).map(tuple),
        st.integers(0, 1),
    ),
    min_size=1,
    max_size=5,
)


def _take(store: Writer, there: dict[str, int], step: Step) -> None:
    if not step.removed:
        pipeline.build([article(name, step.version) for name in step.names], store)
        there.update(dict.fromkeys(step.names, step.version))
        return
    for name in step.names:
        if name in there:
            store.remove(name)
            del there[name]
    pipeline.relink(store)


@settings(max_examples=20, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(steps=STEPS)
def test_only_what_is_there_counts_not_how_it_came(steps: list[Step]) -> None:
    store, there = Store.memory(), dict[str, int]()
    for step in steps:
        _take(store, there, step)
    assert bytes_of(store) == built([article(name, version) for name, version in sorted(there.items())])


@settings(max_examples=8, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(order=st.permutations(sorted(VERSIONS)))
def test_the_order_of_documents_does_not_matter(order: list[str]) -> None:
    assert built([article(name) for name in order]) == built([article(name) for name in sorted(order)])


def test_one_after_the_other_is_all_at_once(tmp_path: Path) -> None:
    """On disk, the seeds: each in a build of its own, in two orders, and in one build of the folder."""
    files = sorted(p for p in SEEDS.iterdir() if p.name != "README.md")
    for name, order in (("forth", files), ("back", files[::-1])):
        for file in order:
            kg.build(file, output=tmp_path / name).store.close()
    kg.build(SEEDS, output=tmp_path / "once").store.close()
    for name in ("graph.ttl", "facts.jsonl", "graph.html"):
        whole = (tmp_path / "once" / name).read_bytes()
        assert (tmp_path / "forth" / name).read_bytes() == whole
        assert (tmp_path / "back" / name).read_bytes() == whole
    assert kg.open(tmp_path / "once").export("turtle") == (tmp_path / "once" / "graph.ttl").read_bytes()


def test_what_only_a_removed_document_says_is_gone() -> None:
    store = Store.memory()
    pipeline.build([article("wire", 1), article("paper")], store)
    assert "Macron" in str(store.facts().entities)
    (meeting,) = (e for e in store.facts().events if e.type == "Meeting")
    assert {r.doc for r in meeting.reports} == {"wire", "paper"}
    store.remove("wire")
    facts = pipeline.relink(store)
    assert "Macron" not in str(facts.entities)
    assert {r.doc for e in facts.events for r in e.reports} == {"paper"}


def test_the_same_document_again_changes_nothing(tmp_path: Path) -> None:
    def files() -> dict[str, bytes]:
        return {p.name: p.read_bytes() for p in tmp_path.iterdir() if p.is_file()}

    kg.build(documents=[article("paper")], output=tmp_path).store.close()
    before = files()
    kg.build(documents=[article("paper")], output=tmp_path).store.close()
    assert files() == before


def test_a_document_that_denies_makes_it_disputed() -> None:
    store = Store.memory()
    pipeline.build([article("paper")], store)
    (before,) = (e for e in store.facts().events if e.plover == "SANCTION")
    pipeline.build([article("denial")], store)
    (after,) = (e for e in store.facts().events if e.plover == "SANCTION")
    assert (before.status, after.status) == ("asserted", "disputed")
    assert after.label.startswith("disputed: ")


# ---------------------------------------------------------------------------- processes


def test_several_processes_give_the_same_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    documents = [article(name) for name in VERSIONS] + [
        document(f"{VERSIONS['paper'][0]} Report {i} of Deutsche Welle.", id=f"copy-{i}") for i in range(16)
    ]
    alone = built(documents)
    monkeypatch.setattr(pipeline, "_ALONE", 100)
    store = Store.memory()
    done = pipeline.build(documents, store, jobs=2)
    assert done.documents == tuple(d.id for d in documents)
    assert bytes_of(store) == alone


SCRIPT = """
import sys
from pathlib import Path
from kg.library import build_folder
build_folder(sys.argv[2:], Path(sys.argv[1]))
"""


def test_two_processes_with_other_hashes_give_the_same_bytes(tmp_path: Path) -> None:
    files = sorted(str(p) for p in SEEDS.iterdir() if p.name != "README.md")
    running = [
        subprocess.Popen(
            [sys.executable, "-c", SCRIPT, str(tmp_path / seed), *order],
            env={**os.environ, "PYTHONHASHSEED": seed, "TZ": zone},
        )
        for seed, order, zone in (("1", files, "UTC"), ("271828", files[::-1], "Asia/Tokyo"))
    ]
    assert [process.wait() for process in running] == [0, 0]
    for name in ("graph.ttl", "facts.jsonl", "graph.html"):
        assert (tmp_path / "1" / name).read_bytes() == (tmp_path / "271828" / name).read_bytes()


# ---------------------------------------------------------------------------- what goes wrong


def _breaking(monkeypatch: pytest.MonkeyPatch, broken: str, error: Exception) -> None:
    extract = Extractor.extract

    def breaks(self: Extractor, document: Document, doc: Doc) -> Extraction:
        if document.id == broken:
            raise error
        return extract(self, document, doc)

    monkeypatch.setattr(Extractor, "extract", breaks)


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (ValueError("no such token"), "the extraction broke: ValueError: no such token"),
        (ExtractError("paper", "too odd"), "too odd"),
    ],
)
def test_a_document_that_breaks_is_reported_and_the_others_are_built(
    error: Exception, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    _breaking(monkeypatch, "paper", error)
    store = Store.memory()
    done = pipeline.build([article(name) for name in VERSIONS], store)
    monkeypatch.undo()
    (problem,) = done.problems
    assert isinstance(problem, ExtractError)
    assert problem.place == "paper" and words in problem.problem
    assert store.documents() == ("denial", "weekly", "wire")
    assert bytes_of(store) == built([article(name) for name in VERSIONS if name != "paper"])


def test_a_fault_outside_of_errors_is_not_swallowed(monkeypatch: pytest.MonkeyPatch) -> None:
    _breaking(monkeypatch, "paper", KeyboardInterrupt())  # type: ignore[arg-type]
    with pytest.raises(KeyboardInterrupt):
        pipeline.build([article("paper")], Store.memory())


def test_strict_raises_the_first_problem(monkeypatch: pytest.MonkeyPatch) -> None:
    _breaking(monkeypatch, "paper", ValueError("no such token"))
    with pytest.raises(ExtractError, match="no such token"):
        pipeline.build([article("wire"), article("paper")], Store.memory(), strict=True)


def parsing() -> bool:
    return bool(pipeline.tools()[1].vocab.in_memory_zone)  # type: ignore[attr-defined]


def test_a_build_that_stopped_does_not_disturb_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its parse ends with it, not when the error is forgotten."""
    _breaking(monkeypatch, "paper", ValueError("no such token"))
    documents = [article(name) for name in VERSIONS]
    kept = []
    for _ in range(3):
        with pytest.raises(ExtractError) as error:
            pipeline.build(documents, Store.memory(), strict=True)
        kept.append(error)
    assert not parsing()
    unfinished = pipeline.extractions(documents)
    next(unfinished)
    assert parsing()
    unfinished.close()
    assert not parsing()


def test_problems_and_notices_are_told_apart() -> None:
    items: list[Document | ReadError] = [
        ReadError("line 7", "not JSON"),
        article("wire"),
        ReadNotice("line 9", "again"),
        article("paper"),
    ]
    seen: list[str] = []
    done = pipeline.build(items, Store.memory(), progress=seen.append)
    assert [str(p) for p in done.problems] == ["line 7: not JSON"]
    assert [str(n) for n in done.notices] == ["line 9: again"]
    assert tuple(seen) == done.documents == ("wire", "paper")


def test_items_come_out_in_order() -> None:
    items: list[Document | ReadError] = [
        ReadError("a", "bad"),
        article("wire"),
        ReadError("b", "bad"),
        article("paper"),
    ]
    found = list(pipeline.extractions(items))
    assert [x.place if isinstance(x, KGError) else x.document.id for x in found] == ["a", "wire", "b", "paper"]


def test_nothing_to_read_is_an_empty_graph(tmp_path: Path) -> None:
    done = pipeline.build([], Store.memory())
    assert not done.documents and not done.facts.entities
    pipeline.write_outputs(done.facts, Store.memory(), tmp_path)
    assert (tmp_path / "facts.jsonl").read_bytes() == b""


def test_without_texts(tmp_path: Path) -> None:
    """No text of a document leaves, in whatever order they came; the words of spans do."""
    sentence = "A dull line about the weather in Bergen."
    one = document(f"{VERSIONS['paper'][0]} {sentence}", id="one", published=PUBLISHED)
    for name, batches in (("once", [[one, article("wire")]]), ("twice", [[article("wire")], [one]])):
        for batch in batches:
            with Store.write(tmp_path / name / "store") as store:
                done = pipeline.build(batch, store, text=False)
                pipeline.write_outputs(done.facts, store, tmp_path / name, text=False)
    for file in ("graph.ttl", "facts.jsonl"):
        written = (tmp_path / "once" / file).read_text(encoding="utf-8")
        assert sentence not in written and '"text"' not in written
        assert written == (tmp_path / "twice" / file).read_text(encoding="utf-8")


def test_event_data_stays_up_to_date(tmp_path: Path) -> None:
    """A folder with events.tsv keeps it in step with the graph, also where --events is not given again."""

    def write(events: bool) -> str:
        with Store.write(tmp_path / "store") as store:
            done = pipeline.build([article("paper", 0 if events else 1)], store)
            pipeline.write_outputs(done.facts, store, tmp_path, events=events)
        return (tmp_path / "events.tsv").read_text(encoding="utf-8")

    assert "CONSULT" in write(events=True)
    again = write(events=False)
    assert "SANCTION" in again and "CONSULT" not in again


# ---------------------------------------------------------------------------- what the seeds give

PARAMS = {
    "actor": "Donald Trump",
    "one": "Donald Trump",
    "other": "Sergei Lavrov",
    "date": "2017-05-17",
    "country": "Russia",
    "place": "White House",
}


def test_every_bundled_query_runs(seeds: Graph) -> None:
    event = next(e.id for e in seeds.facts.events if len(e.reports) == 1)
    empty = []
    for query in bundled():
        params = {
            p.name: event if p.type == "event" else PARAMS[p.name] for p in query.params if p.default == "required"
        }
        if not len(seeds.query(query.name, **params)):
            empty.append(query.name)
    assert set(empty) <= {"anonymous", "denies", "disagreements"}


PLAIN_EDGES = """
PREFIX kg: <https://w3id.org/kg-politics/ns#>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX org: <http://www.w3.org/ns/org#>
SELECT ?s ?p ?o WHERE {
  GRAPH <https://w3id.org/kg-politics/id/graph/derived> { ?s ?p ?o }
  VALUES ?p {
    kg:agreesWith kg:consultsWith kg:supports kg:cooperatesWith kg:aids kg:yieldsTo
    kg:requestsFrom kg:accuses kg:rejects kg:threatens kg:protestsAgainst kg:mobilizesAgainst
    kg:sanctions kg:coerces kg:assaults kg:holdsOffice kg:headOf kg:memberOf
    kg:partOf kg:affiliatedWith kg:alliedWith kg:opposedTo kg:citizenOf kg:locatedIn
    kg:relativeOf kg:owns kg:influences
  }
}
"""
ASSERTED = """
PREFIX kg: <https://w3id.org/kg-politics/ns#>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
ASK {
  { ?fact rdf:subject <%(s)s> ; rdf:predicate <%(p)s> ; rdf:object <%(o)s> }
  UNION { ?fact rdf:subject <%(o)s> ; rdf:predicate <%(p)s> ; rdf:object <%(s)s>
          FILTER (<%(p)s> IN (kg:alliedWith, kg:opposedTo, kg:relativeOf)) }
  UNION { ?fact kg:source <%(s)s> ; kg:target|kg:recipient <%(o)s> }
  UNION { ?fact kg:reciprocal true ; kg:source|kg:target|kg:recipient <%(s)s> , <%(o)s> }
  ?fact kg:status kg:Asserted ; kg:report ?report .
}
"""


def test_every_plain_edge_has_an_asserted_fact(seeds: Graph) -> None:
    edges = seeds.query(PLAIN_EDGES).rows
    assert len(edges) > 10
    lone = [edge for edge in edges if not seeds.query(ASSERTED % dict(zip("spo", edge, strict=True)))]
    assert not lone


def test_each_fact_has_its_sentence(seeds: Graph) -> None:
    texts = {d.id: d.text for d in seeds.facts.documents}
    facts: list[Event | Relation] = [*seeds.facts.events, *seeds.facts.relations]
    for fact in facts:
        assert fact.reports
        for report in fact.reports:
            sentence = report.span.of(texts[report.doc])
            assert report.trigger.of(texts[report.doc]) in sentence
            assert report.rule
        assert fact.status == "asserted" or fact.label.startswith(f"{fact.status}: ")


def test_what_is_read_back_is_what_was_built(seeds: Graph) -> None:
    assert seeds.store.facts() == seeds.facts


def test_confidence_is_short(seeds: Graph) -> None:
    assert all(len(str(e.confidence)) <= 4 for e in seeds.facts.events)


def test_the_act_inside_a_denial_is_kept_as_denied() -> None:
    """What somebody denies is an event of its own, and never a plain one."""
    found = kg.build(documents=["The Kremlin denied that Germany had imposed sanctions on Belarus."]).facts.events
    assert {e.plover: e.status for e in found} == {"REJECT": "asserted", "SANCTION": "denied"}
    assert {e.plover: bool(e.about) for e in found} == {"REJECT": True, "SANCTION": False}


@pytest.mark.parametrize(
    ("text", "plover", "status"),
    [
        ("The army shelled Homs.", "ASSAULT", "asserted"),
        ("The army appeared to shell Homs.", "ASSAULT", "expected"),
        ("The army continued to shell Homs.", "ASSAULT", "asserted"),
        ("Iran held talks with Oman.", "CONSULT", "asserted"),
        ("Iran held no talks with Oman.", "CONSULT", "denied"),
        ("The crisis left little room for talks between Iran and Oman.", "CONSULT", "hypothetical"),
        ("Iran said that Oman had attacked Yemen.", "ASSAULT", "reported"),
    ],
)
def test_the_status_of_an_event(text: str, plover: str, status: str) -> None:
    found = kg.build(documents=[text]).facts.events
    assert [e.status for e in found if e.plover == plover] == [status]
