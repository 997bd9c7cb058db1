"""The data that passes between the steps: frozen dataclasses, nothing else.

`read` makes a `Document`; `extract` makes an `Extraction` of it (what this document alone says); `link`
makes `Facts` of many extractions (one node an actor, one node an event).

Spans are half-open, in Unicode code points of `Document.text`:

>>> Span(0, 5).of("Trump met Lavrov.")
'Trump'

The same classes serve before and after linking; only what an identifier points at changes. In an
`Extraction`, `Argument.entity`, `Report.holder`, `Event.place` and the ends of a `Relation` are ids of
`Chain` (`"actor-0-5"`, unique in the document) and every event or relation has exactly one report. In
`Facts` they are ids of `Entity` (`"actor/donald-trump"`), and an event has all the reports that were merged.

>>> Period(date(2017, 5, 1), date(2017, 5, 31)).overlaps(Period.day(date(2017, 5, 10)))
True
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

__all__ = [
    "QUAD",
    "Argument",
    "Attribution",
    "Certainty",
    "Chain",
    "Document",
    "Entity",
    "EntityType",
    "Event",
    "Extraction",
    "Facts",
    "Form",
    "Mention",
    "Period",
    "Plover",
    "Polarity",
    "Predicate",
    "Relation",
    "Report",
    "Role",
    "Span",
    "Stance",
    "Status",
    "Tense",
]

EntityType = Literal[
    "Person", "Country", "Government", "Place", "Organization", "ArmedGroup", "Group", "Office", "Work", "Concept"
]
Form = Literal["name", "nominal", "pronoun", "demonym"]
Plover = Literal[
    "AGREE", "CONSULT", "SUPPORT", "COOPERATE", "AID", "YIELD", "REQUEST", "ACCUSE",
    "REJECT", "THREATEN", "PROTEST", "MOBILIZE", "SANCTION", "COERCE", "ASSAULT",
]  # fmt: skip
Role = Literal["source", "target", "recipient", "instrument", "topic", "place", "subject", "object"]
Polarity = Literal["positive", "negative"]
Certainty = Literal["certain", "probable", "possible", "unknown"]
Tense = Literal["past", "present", "future"]
Status = Literal["asserted", "reported", "denied", "disputed", "expected", "hypothetical"]
Stance = Literal[
    "assert", "deny", "doubt", "believe", "want", "fear", "promise",
    "demand", "ask", "threaten", "praise", "blame", "suggest",
]  # fmt: skip
Predicate = Literal[
    "holdsOffice", "headOf", "memberOf", "partOf", "affiliatedWith", "alliedWith",
    "opposedTo", "citizenOf", "locatedIn", "relativeOf", "owns", "influences",
]  # fmt: skip

QUAD: Mapping[Plover, int] = {
    "AGREE": 1, "CONSULT": 1, "SUPPORT": 1,
    "COOPERATE": 2, "AID": 2, "YIELD": 2,
    "REQUEST": 3, "ACCUSE": 3, "REJECT": 3, "THREATEN": 3,
    "PROTEST": 4, "MOBILIZE": 4, "SANCTION": 4, "COERCE": 4, "ASSAULT": 4,
}  # fmt: skip
"""PLOVER type → quad class: 1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict."""


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Characters `start` up to, not including, `end` of a document's text."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The characters themselves."""
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        return self.start < other.end and other.start < self.end

    def contains(self, other: Span) -> bool:
        return self.start <= other.start and other.end <= self.end


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """From the day `start` to the day `end`, both included."""

    start: date
    end: date

    @classmethod
    def day(cls, day: date) -> Period:
        return cls(day, day)

    def overlaps(self, other: Period) -> bool:
        return self.start <= other.end and other.start <= self.end


@dataclass(frozen=True, slots=True)
class Document:
    """A text as it was read, kept exactly. `sha256` is of the text's UTF-8 bytes."""

    id: str
    text: str
    title: str | None = None
    published: date | None = None
    source: str | None = None
    author: str | None = None
    url: str | None = None
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class Chain:
    """All that one document says of one actor by name: the local node that its mentions point at.

    Attributes:
        id: `actor-START-END` of its first mention.
        name: the fullest name in this document, or the actor list's label.
        type: what kind of actor this is.
        names: every distinct surface form that names it, sorted.
        entry: id of its line in the actor list, or None.
        country: ISO 3166 alpha-3 of the country that it belongs to, or None.
        sector: GOV, MIL, COP, REB, OPP, LEG, JUD, CVL, MED, BUS, IGO, NGO …, or None.
        office: for descriptions such as "the Russian foreign minister": category of the office, or None.
    """

    id: str
    name: str
    type: EntityType
    names: tuple[str, ...] = ()
    entry: str | None = None
    country: str | None = None
    sector: str | None = None
    office: str | None = None


@dataclass(frozen=True, slots=True)
class Mention:
    """A span that refers to an actor."""

    doc: str
    start: int
    end: int
    entity: str | None
    form: Form
    rule: str

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)


@dataclass(frozen=True, slots=True)
class Argument:
    """A span that fills a role of an event or relation; `entity` is None where no actor stands behind it."""

    role: Role
    start: int
    end: int
    entity: str | None = None

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)


@dataclass(frozen=True, slots=True)
class Report:
    """One place where a text speaks of an event or relation, and how.

    Attributes:
        id: unique in the document: `report-START-END-KIND` of the trigger; the IRI's fragment.
        doc: id of the document.
        start, end: the sentence.
        trigger: the words that name the event.
        holder: whose statement or thought it is; None is the text's author.
        attribution: id of the attribution in whose content it stands, or None.
        conditional: under a condition, a question, a fear or a wish; then never more than hypothetical.
        words: the cues that decided polarity, certainty and tense, as (what they decided, span).
        rule: the line of the code book, list or pattern that made it.
    """

    id: str
    doc: str
    start: int
    end: int
    trigger: Span
    polarity: Polarity
    certainty: Certainty
    tense: Tense
    rule: str
    holder: str | None = None
    attribution: str | None = None
    conditional: bool = False
    arguments: tuple[Argument, ...] = ()
    words: tuple[tuple[str, Span], ...] = ()

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)


@dataclass(frozen=True, slots=True)
class Event:
    """Who did what to whom. `status` and `label` are given by `link`.

    Attributes:
        type: class in kg.ttl, such as Meeting or Airstrike.
        plover: PLOVER event type, or None outside the code book.
        cameo: two to four digits, the root always right, or None.
        confidence: 0 to 1, of the code.
        about: id of the event that is promised, demanded or threatened, or None.
    """

    id: str
    type: str
    plover: Plover | None
    cameo: str | None
    reports: tuple[Report, ...]
    reciprocal: bool = False
    confidence: float = 1.0
    date: Period | None = None
    place: str | None = None
    about: str | None = None
    status: Status | None = None
    label: str = ""

    @property
    def roles(self) -> tuple[tuple[Role, str], ...]:
        """Distinct (role, actor), in a fixed order; arguments without an actor left out.

        A party of a reciprocal event stands once, in the role of the first report that names it.
        """
        found: dict[tuple[Role, str], None] = {}
        placed: set[str] = set()
        for report in self.reports:
            for a in report.arguments:
                if a.entity is None or (a.role, a.entity) in found:
                    continue
                if self.reciprocal and a.role in ("source", "target"):
                    if a.entity in placed:
                        continue
                    placed.add(a.entity)
                found[a.role, a.entity] = None
        return tuple(sorted(found, key=lambda pair: (_ROLE_ORDER.index(pair[0]), pair[1])))


@dataclass(frozen=True, slots=True)
class Relation:
    """A state between two actors: an office, a membership, an alliance."""

    id: str
    subject: str
    predicate: Predicate
    object: str
    reports: tuple[Report, ...]
    date: Period | None = None
    status: Status | None = None
    label: str = ""


@dataclass(frozen=True, slots=True)
class Attribution:
    """Somebody's statement or thought: source, cue and content spans.

    `id` is `attribution-START-END` of its cue; `within` the attribution in whose content this one stands.
    """

    id: str
    doc: str
    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    stance: Stance
    rule: str
    holder: str | None = None
    within: str | None = None


@dataclass(frozen=True, slots=True)
class Extraction:
    """What one document says, alone: ids are local to the document."""

    document: Document
    chains: tuple[Chain, ...] = ()
    mentions: tuple[Mention, ...] = ()
    events: tuple[Event, ...] = ()
    relations: tuple[Relation, ...] = ()
    attributions: tuple[Attribution, ...] = ()


@dataclass(frozen=True, slots=True)
class Entity:
    """One actor of the graph, however it is named.

    Attributes:
        id: `actor/…`, readable and stable; the IRI without its base.
        same_as: Wikidata IRIs, only from the actor list.
        country: id of the country's entity, or None.
        merged_from: (document id, chain id) of each local node, sorted.
    """

    id: str
    label: str
    type: EntityType
    aliases: tuple[str, ...] = ()
    same_as: tuple[str, ...] = ()
    country: str | None = None
    sector: str | None = None
    merged_from: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Facts:
    """What all documents say together, each part sorted by id."""

    documents: tuple[Document, ...] = ()
    entities: tuple[Entity, ...] = ()
    mentions: tuple[Mention, ...] = ()
    events: tuple[Event, ...] = ()
    relations: tuple[Relation, ...] = ()
    attributions: tuple[Attribution, ...] = field(default=())


_ROLE_ORDER: tuple[Role, ...] = (
    "source", "target", "recipient", "instrument", "topic", "place", "subject", "object",
)  # fmt: skip
