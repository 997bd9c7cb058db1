"""The first rule: no plain edge without the author's own word that it happened or holds.

First on real texts: every plain edge and every asserted event or relation has a report of the author that is positive,
certain, past or present, and under no condition. Then on sentences of tests/cases/wrappings.tsv: a word around a plain
sentence ("X said that", "allegedly", "if") takes its edge away, and without that word the edge is back.
"""

from __future__ import annotations

import json
import os
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

import pyoxigraph
import pytest
from _pytest.mark import ParameterSet
from hypothesis import given, settings
from hypothesis import strategies as st

import kg
from kg import pipeline
from kg.graph.derived_graph import derived_quads
from kg.graph.store import Store
from kg.graph.vocabulary import PREDICATES, PREFIXES, SHORTCUTS
from kg.library import Graph
from kg.link import link
from kg.model import Event, Extraction, Facts, Status
from kg.text.read import document

ROOT = Path(__file__).parent.parent
BASE = "https://example.org/"
PUBLISHED = date(2019, 3, 20)

Edge = tuple[str, str, str]

# ------------------------------------------------------------------------------------------- on real texts

# corpus → every n-th of its texts, so that all is done in half a minute
STRIDES: Mapping[str, int] = {"werner": 2, "gsr": 2, "polnear": 4}


def _texts(corpus: str) -> list[str]:
    if corpus == "seeds":
        return [path.read_text(encoding="utf-8") for path in sorted((ROOT / "seeds").glob("2*"))]
    path = ROOT.parent / "shared" / "bench" / "data" / f"{corpus}.jsonl"
    if not path.is_file():
        if os.environ.get("KG_NEEDS_ARTICLE"):
            pytest.fail(f"{path} should be here")
        pytest.skip("the texts are not beside this checkout")
    texts = [json.loads(line)["text"] for line in path.read_text(encoding="utf-8").splitlines()]
    return list(dict.fromkeys(texts))[:: STRIDES[corpus]]


@dataclass(frozen=True)
class Triples:
    """A graph as its RDF has it, read with nothing of kg but names."""

    values: Mapping[tuple[str, str], tuple[str, ...]]
    plain: frozenset[Edge]

    @classmethod
    def of(cls, graph: Graph) -> Triples:
        values: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
        plain = set()
        edges = _edge_names()
        for quad in graph.store.quads:
            subject, name, object_ = (_short(term) for term in (quad.subject, quad.predicate, quad.object))
            values[subject, name].append(object_)
            if name in edges:
                plain.add((subject, name, object_))
        return cls({key: tuple(sorted(set(found))) for key, found in values.items()}, frozenset(plain))

    def all(self, node: str, name: str) -> tuple[str, ...]:
        return self.values.get((node, name), ())

    def asserted(self) -> Iterator[str]:
        return (node for (node, name), found in self.values.items() if name == "kg:status" and "kg:Asserted" in found)

    def own(self, fact: str) -> list[str]:
        """The reports in which the author says that it happened or holds."""
        return [
            report
            for report in self.all(fact, "kg:report")
            if not any(self.all(report, name) for name in ("kg:holder", "kg:localHolder", "kg:attribution"))
            and self.all(report, "kg:polarity") == ("kg:Positive",)
            and self.all(report, "kg:certainty") == ("kg:Certain",)
            and self.all(report, "kg:tense") in (("kg:Past",), ("kg:Present",))
            and not self.all(report, "kg:conditional")
        ]

    def backed(self, fact: str) -> Iterator[Edge]:
        """The plain edges that the author's own reports of an asserted fact stand for."""
        for predicate in self.all(fact, "rdf:predicate") if self.own(fact) else ():
            for one in self.all(fact, "rdf:subject"):
                for other in self.all(fact, "rdf:object"):
                    yield one, predicate, other
                    if predicate in ("kg:alliedWith", "kg:opposedTo", "kg:relativeOf"):
                        yield other, predicate, one
        sides: defaultdict[str, set[str]] = defaultdict(set)
        for report in self.own(fact):
            for argument in self.all(report, "kg:argument"):
                for role in self.all(argument, "kg:role"):
                    sides[role].update(self.all(argument, "kg:entity"))
        targets = sides["kg:TargetRole"] | sides["kg:RecipientRole"]
        for plover in self.all(fact, "kg:plover"):
            edge = _shortcuts()[plover]
            for one in sides["kg:SourceRole"]:
                for other in targets:
                    yield one, edge, other
                    if self.all(fact, "kg:reciprocal"):
                        yield other, edge, one


def _short(term: object) -> str:
    text = term.value if isinstance(term, pyoxigraph.NamedNode | pyoxigraph.Literal) else str(term)
    for prefix in ("kg", "plover", "rdf"):
        if text.startswith(PREFIXES[prefix]):
            return f"{prefix}:{text.removeprefix(PREFIXES[prefix])}"
    return text


@cache
def _shortcuts() -> Mapping[str, str]:
    return {f"plover:{plover}": _short(term.strip("<>")) for plover, term in _stripped(SHORTCUTS).items()}


@cache
def _edge_names() -> frozenset[str]:
    return frozenset(_shortcuts().values()) | {
        f"kg:{term.rpartition('#')[2]}" for term in _stripped(PREDICATES.term).values()
    }


def _stripped(terms: Mapping[str, str]) -> dict[str, str]:
    return {name: f"{term.strip('<>')}" for name, term in terms.items()}


@pytest.fixture(scope="module", params=["seeds", *STRIDES])
def real(request: pytest.FixtureRequest) -> Triples:
    """The graph of one corpus; one day for all, so that its texts are joined wherever they can be."""
    graph = kg.build(documents=[document(text, published=PUBLISHED) for text in _texts(request.param)])
    assert not graph.problems
    return Triples.of(graph)


def test_every_asserted_fact_has_the_authors_word(real: Triples) -> None:
    asserted = list(real.asserted())
    assert len(asserted) > 10
    assert [fact for fact in asserted if not real.own(fact)] == []


def test_every_plain_edge_has_the_authors_word(real: Triples) -> None:
    assert len(real.plain) > 10
    backed = {edge for fact in real.asserted() for edge in real.backed(fact)}
    assert sorted(real.plain - backed) == []


# ---------------------------------------------------------------------------------------- on plain sentences


@dataclass(frozen=True)
class Sentence:
    """A line of wrappings.tsv; `fails` is the wrapping that is known to leave the edge, and why."""

    subject: str
    rest: str
    negated: str
    fails: tuple[str, str] | None

    @property
    def clause(self) -> str:
        return f"{self.subject} {self.rest}"

    @property
    def plain(self) -> str:
        return _capital(self.clause) + "."

    def wrapped(self, wrapping: str) -> str:
        """`{s}` stands for the clause, `{S}` for it with a capital, `{x} {v}` for its subject and the rest."""
        parts = {"s": self.clause, "S": _capital(self.clause), "x": self.subject, "v": self.rest}
        return _capital(wrapping.format(**parts))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _sentences() -> tuple[Sentence, ...]:
    lines = (ROOT / "tests" / "cases" / "wrappings.tsv").read_text(encoding="utf-8").splitlines()
    found = []
    for line in [line for line in lines if line and not line.startswith("#")][1:]:
        plain, negated, known = line.split("\t")
        subject, _, rest = plain.partition(" | ")
        name, _, reason = known.partition(": ")
        found.append(Sentence(subject, rest, negated, (name, reason) if known else None))
    return tuple(found)


SENTENCES = _sentences()

# Somebody else says it: what was asserted is reported.
SAID = (
    "A diplomat said that {s}.",
    "The opposition claims that {s}.",
    "The minister told reporters that {s}.",
    "Officials confirmed that {s}.",
    "The newspaper reported that {s}.",
    "The general believes that {s}.",
    "Witnesses said {s}.",
    "According to a diplomat, {s}.",
    "{S}, according to state media.",
    "{S}, a spokesman said.",
    "{x}, the army says, {v}.",
    '"{S}," the spokeswoman said.',
    "State media: {S}.",
    "It was said that {s}.",
    "Rumour has it that {s}.",
    "Legend has it that {s}.",
    "The claim is that {s}.",
    "The general made it clear that {s}.",
    "The spokesman lied that {s}.",
    "There are claims that {s}.",
    "There were unconfirmed reports that {s}.",
    "Allegedly, {s}.",
    "{x} allegedly {v}.",
    "{x} reportedly {v}.",
    "{x} supposedly {v}.",
    "{S}, so the story goes.",
)
# It is denied, doubted, open or unlikely: no edge, whatever else is kept.
OPEN = (
    "The spokesman denied that {s}.",
    "The minister dismissed reports that {s}.",
    "It is false that {s}.",
    "It is hardly true that {s}.",
    "It is a lie that {s}.",
    "That {s} is false.",
    "That {s} was denied by the minister.",
    "There is no evidence that {s}.",
    "The general spread the lie that {s}.",
    "The general invented that {s}.",
    "A source said that the minister denied that {s}.",
    "Nobody believes that {s}.",
    "The minister never said that {s}.",
    "The senator doubts that {s}.",
    "The union fears that {s}.",
    "The fear is that {s}.",
    "If {s}, the talks will stop.",
    "The talks will stop if {s}.",
    "Even if {s}, little would change.",
    "Unless {s}, the talks will go on.",
    "In case {s}, the army has a plan.",
    "Provided that {s}, the talks will go on.",
    "Were it true that {s}, the talks would stop.",
    "The envoy said that if {s}, the talks would stop.",
    "Imagine that {s}.",
    "In theory, {s}.",
    "It is unclear whether {s}.",
    "Reporters asked whether {s}.",
    "Is it true that {s}?",
    "{S}?",
    "It is possible that {s}.",
    "It is likely that {s}.",
    "It seems unlikely that {s}.",
    "It is far from certain that {s}.",
    "It appears that {s}.",
    "{x}, it seems, {v}.",
    "There is a risk that {s}.",
    "Perhaps {s}.",
    "{x} probably {v}.",
    "{x} almost {v}.",
    "{x} never {v}.",
)
UNREAD: tuple[ParameterSet, ...] = tuple(
    pytest.param(wrapping, marks=pytest.mark.xfail(strict=True, reason=reason))
    for wrapping, reason in (
        ("{S}, or so the story goes.", "the parse joins the comment to the sentence like any other clause"),
        ("Assume {s}.", "the parse takes the imperative for a name before the subject"),
    )
)


@dataclass(frozen=True)
class Reading:
    """What one text alone says: its plain edges, and the status of each of its facts by type, actors and roles."""

    edges: frozenset[Edge]
    statuses: Mapping[tuple[object, ...], Status]


@cache
def read(text: str) -> Reading:
    return _readings([text])[0]


def _readings(texts: Sequence[str]) -> list[Reading]:
    documents = [document(text, id=str(number), published=PUBLISHED) for number, text in enumerate(texts)]
    return [_reading(facts) for facts in map(_alone, pipeline.extractions(documents))]


def _alone(extraction: object) -> Facts:
    assert isinstance(extraction, Extraction)
    return link([extraction], pipeline.tools()[0].gazetteer)


def _reading(facts: Facts) -> Reading:
    labels = {entity.id: entity.label for entity in facts.entities}
    return Reading(
        frozenset(_edges(facts, labels)),
        {_identity(fact, labels): fact.status for fact in (*facts.events, *facts.relations) if fact.status},
    )


def _edges(facts: Facts, labels: Mapping[str, str]) -> Iterator[Edge]:
    names = _edge_names()
    for quad in derived_quads(facts, base=BASE):
        subject, name, object_ = (_short(term) for term in (quad.subject, quad.predicate, quad.object))
        if name in names:
            yield labels[subject.removeprefix(BASE)], name, labels[object_.removeprefix(BASE)]


def _identity(fact: object, labels: Mapping[str, str]) -> tuple[object, ...]:
    if isinstance(fact, Event):
        roles = [(role, labels[entity]) for role, entity in fact.roles if role in ("source", "target", "recipient")]
        return (fact.plover, *roles)
    return (fact.predicate, labels[fact.subject], labels[fact.object])  # type: ignore[attr-defined]


@pytest.fixture(scope="module")
def plain() -> Mapping[Sentence, Reading]:
    return dict(zip(SENTENCES, _readings([sentence.plain for sentence in SENTENCES]), strict=True))


def _wrapped(wrapping: str) -> list[tuple[Sentence, Reading]]:
    told = [s for s in SENTENCES if s.fails is None or not wrapping.startswith(s.fails[0])]
    return list(zip(told, _readings([sentence.wrapped(wrapping) for sentence in told]), strict=True))


def test_every_plain_sentence_has_an_edge(plain: Mapping[Sentence, Reading]) -> None:
    assert len(plain) == 40
    assert [sentence.plain for sentence, reading in plain.items() if not reading.edges] == []
    assert all("asserted" in reading.statuses.values() for reading in plain.values())


def test_a_negation_takes_the_edge_away(plain: Mapping[Sentence, Reading]) -> None:
    negated = _readings([sentence.negated for sentence in SENTENCES])
    kept = [s.negated for s, reading in zip(SENTENCES, negated, strict=True) if reading.edges & plain[s].edges]
    assert kept == []


@pytest.mark.parametrize("wrapping", [*SAID, *OPEN, *UNREAD])
def test_a_wrapping_takes_the_edge_away(wrapping: str, plain: Mapping[Sentence, Reading]) -> None:
    kept = [s.wrapped(wrapping) for s, reading in _wrapped(wrapping) if reading.edges & plain[s].edges]
    assert kept == []


@pytest.mark.parametrize("wrapping", SAID)
def test_what_somebody_says_is_reported(wrapping: str, plain: Mapping[Sentence, Reading]) -> None:
    wrong = []
    for sentence, reading in _wrapped(wrapping):
        asserted = [fact for fact, status in plain[sentence].statuses.items() if status == "asserted"]
        if any(reading.statuses.get(fact) != "reported" for fact in asserted):
            wrong.append(sentence.wrapped(wrapping))
    assert wrong == []


@pytest.mark.parametrize(
    ("sentence", "wrapping"),
    [
        pytest.param(s, wrapping, marks=pytest.mark.xfail(strict=True, reason=s.fails[1]), id=s.wrapped(wrapping))
        for s in SENTENCES
        for wrapping in (*SAID, *OPEN)
        if s.fails is not None and wrapping.startswith(s.fails[0])
    ],
)
def test_known_failures(sentence: Sentence, wrapping: str, plain: Mapping[Sentence, Reading]) -> None:
    assert not read(sentence.wrapped(wrapping)).edges & plain[sentence].edges
