"""Plain sentences and the words that take their edge away, and what texts say: for tests/test_invariant.py."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

import pyoxigraph

from kg import pipeline
from kg.graph.derived_graph import derived_quads
from kg.graph.vocabulary import DEFAULT_BASE, PREDICATES, PREFIXES, SHORTCUTS
from kg.link import link
from kg.model import Event, Extraction, Facts, Relation, Status
from kg.text.read import document

__all__ = [
    "ALWAYS",
    "NESTING",
    "OPEN",
    "PUBLISHED",
    "SAID",
    "SENTENCES",
    "Edge",
    "Reading",
    "Sentence",
    "edge_names",
    "edges_of",
    "read",
    "readings",
    "short",
    "shortcuts",
]

PUBLISHED = date(2019, 3, 20)

Edge = tuple[str, str, str]
Fact = tuple[object, ...]


@dataclass(frozen=True)
class Sentence:
    """A line of wrappings.tsv; `fails` is how the wrapping begins that is known to leave the edge, `why` its reason."""

    subject: str
    rest: str
    negated: str
    fails: str = ""
    why: str = ""

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

    def nested(self, wrappings: Sequence[str]) -> str:
        """The clause in the first wrapping, that in the next, and so on."""
        clause = self.clause
        for wrapping in wrappings:
            clause = wrapping.format(s=clause)
        return _capital(clause) + "."

    def fails_in(self, wrapping: str) -> bool:
        return bool(self.fails) and wrapping.startswith(self.fails)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _sentences() -> tuple[Sentence, ...]:
    lines = (Path(__file__).parent / "cases" / "wrappings.tsv").read_text(encoding="utf-8").splitlines()
    found = []
    for line in [line for line in lines if line and not line.startswith("#")][1:]:
        plain, negated, known = line.split("\t")
        subject, _, rest = plain.partition(" | ")
        name, _, reason = known.partition(": ")
        found.append(Sentence(subject, rest, negated, name, reason))
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
    '"{S}," the spokeswoman said.',
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
    "{S}, or so the theory goes.",
)
# It is denied, doubted, open or unlikely, or not well read: no edge, whatever else is kept.
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
    "{x}, the army says, {v}.",
    "State media: {S}.",
)

# Tried with every sentence.
ALWAYS = (
    "A diplomat said that {s}.",
    "Allegedly, {s}.",
    "{x} reportedly {v}.",
    "The spokesman denied that {s}.",
    "If {s}, the talks will stop.",
)

# Clauses to put into one another.
NESTING = (
    "a diplomat said that {s}",
    "the opposition claims that {s}",
    "officials told reporters that {s}",
    "the envoy insisted that {s}",
    "the newspaper reported that {s}",
    "the minister denied that {s}",
    "there are claims that {s}",
    "rumour has it that {s}",
    "the senator doubts that {s}",
    "the union fears that {s}",
    "nobody believes that {s}",
    "it is unclear whether {s}",
    "it is possible that {s}",
    "it is false that {s}",
    "the talks will stop if {s}",
)


def short(term: object) -> str:
    text = term.value if isinstance(term, pyoxigraph.NamedNode | pyoxigraph.Literal) else str(term).strip("<>")
    for prefix in ("kg", "plover", "rdf", "rdfs"):
        if text.startswith(PREFIXES[prefix]):
            return f"{prefix}:{text.removeprefix(PREFIXES[prefix])}"
    return text


@cache
def shortcuts() -> Mapping[str, str]:
    return {f"plover:{plover}": short(term) for plover, term in SHORTCUTS.items()}


@cache
def edge_names() -> frozenset[str]:
    return frozenset({*shortcuts().values(), *map(short, PREDICATES.term.values())})


@dataclass(frozen=True)
class Reading:
    """What texts say: their plain edges, and each of their facts, by type, actors and roles, with its status."""

    edges: frozenset[Edge]
    facts: frozenset[tuple[Fact, Status]]

    @property
    def statuses(self) -> set[Status]:
        return {status for _, status in self.facts}

    @classmethod
    def of(cls, facts: Facts) -> Reading:
        labels = {entity.id: entity.label.lower() for entity in facts.entities}
        found: list[Event | Relation] = [*facts.events, *facts.relations]
        return cls(
            edges_of(derived_quads(facts, base=DEFAULT_BASE)),
            frozenset((_fact(fact, labels), fact.status) for fact in found if fact.status),
        )


def edges_of(quads: Iterable[pyoxigraph.Quad]) -> frozenset[Edge]:
    """The plain edges by the labels of their ends, in lower case ("Rebels" begins a sentence)."""
    triples = [(short(quad.subject), short(quad.predicate), short(quad.object)) for quad in quads]
    labels = {subject: object_.lower() for subject, name, object_ in triples if name == "rdfs:label"}
    return frozenset((labels[one], name, labels[other]) for one, name, other in triples if name in edge_names())


def _fact(fact: Event | Relation, labels: Mapping[str, str]) -> Fact:
    if isinstance(fact, Event):
        roles = [(role, labels[entity]) for role, entity in fact.roles if role in ("source", "target", "recipient")]
        return (fact.plover, *roles)
    return (fact.predicate, labels[fact.subject], labels[fact.object])


def _extracted(texts: Sequence[str]) -> list[Extraction]:
    documents = [document(text, id=f"{number}: {text}", published=PUBLISHED) for number, text in enumerate(texts)]
    found = [extraction for extraction in pipeline.extractions(documents) if isinstance(extraction, Extraction)]
    assert len(found) == len(texts)
    return found


def readings(texts: Sequence[str]) -> list[Reading]:
    """What each text says alone."""
    return [Reading.of(link([extraction], pipeline.tools()[0].gazetteer)) for extraction in _extracted(texts)]


@cache
def read(*texts: str) -> Reading:
    """What the texts, a document each, say together."""
    return Reading.of(link(_extracted(texts), pipeline.tools()[0].gazetteer))
