"""Who says what, in words that a reader can quote: the evidence behind a report, and what an actor says.

>>> from kg.model import *
>>> text = "Peru denied it, he said."
>>> said = Attribution("a", "d", (Span(16, 18),), (Span(19, 23),), (Span(0, 14),), "assert", "say", "actor/x")
>>> report = Report("r", "d", 0, 24, Span(5, 11), "negative", "certain", "past", "deny", "actor/x", "a")
>>> facts = Facts((Document("d", text),), (Entity("actor/x", "Pedro Cateriano", "Person"),), attributions=(said,))
>>> found = Witnesses(facts).evidence(report)
>>> found.says, found.cut()
('according to Pedro Cateriano', ('Peru ', 'denied', ' it, he said.'))
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from kg.graph.printable import wrapped
from kg.model import Attribution, Certainty, Document, Facts, Polarity, Report, Span, Stance, Tense

__all__ = ["AUTHOR", "HOW", "Evidence", "Statement", "Witnesses"]

AUTHOR = "the author"
_UNNAMED = "somebody unnamed"
_FIRST_PERSON = frozenset({"i", "we", "me", "us"})
_BEFORE, _AFTER = 300, 500  # characters of a very long sentence shown about its trigger
_LONGEST = 160  # characters of a source's words
HOW: Mapping[Stance, str] = {
    "assert": "according to",
    "deny": "denied by",
    "doubt": "doubted by",
    "believe": "believed by",
    "want": "wanted by",
    "fear": "feared by",
    "promise": "promised by",
    "demand": "demanded by",
    "ask": "asked for by",
    "threaten": "threatened by",
    "praise": "praised by",
    "blame": "blamed by",
    "suggest": "suggested by",
}


@dataclass(frozen=True, slots=True)
class Evidence:
    """A report with its words.

    Attributes:
        report: its id, unique in the document.
        document: id of the document.
        cited: the document as one cites it: title, source, date.
        start, end: the sentence in the document.
        sentence: its words; empty where the text was not kept.
        trigger: where in the sentence the event is named.
        says: who says so, such as "according to two officials (Reuters)", or "the author".
        holder: id of the actor who says so; None is the author, or somebody unnamed.
        words: (what it decided, the word) for polarity, certainty and tense.
    """

    report: str
    document: str
    title: str | None
    source: str | None
    published: date | None
    start: int
    end: int
    sentence: str
    trigger: Span
    says: str
    holder: str | None
    polarity: Polarity
    certainty: Certainty
    tense: Tense
    conditional: bool
    words: tuple[tuple[str, str], ...]
    rule: str

    @property
    def cited(self) -> str:
        parts = (self.title, self.source, self.published.isoformat() if self.published else None)
        return ", ".join(part for part in parts if part) or "a document without a title"

    @property
    def judged(self) -> tuple[str, ...]:
        """Polarity, certainty, tense, and whether under a condition."""
        plain = (self.polarity, self.certainty, self.tense)
        return (*plain, "conditional") if self.conditional else plain

    def cut(self) -> tuple[str, str, str]:
        """The sentence before, in and after its trigger; a very long one shortened, with "…"."""
        if not self.sentence:
            return "", "", ""
        start, end = max(0, self.trigger.start), max(0, self.trigger.end)
        before, trigger, after = self.sentence[:start], self.sentence[start:end], self.sentence[end:]
        if len(before) > _BEFORE:
            before = "…" + before[-_BEFORE:]
        if len(after) > _AFTER:
            after = after[:_AFTER] + "…"
        return before, trigger, after

    def lines(self, width: int, indent: str = "") -> list[str]:
        """Plain text: the sentence with its trigger in brackets, who says so, where, how sure, and the rule."""
        before, trigger, after = self.cut()
        sentence = f'"{before.lstrip()}[{trigger}]{after.rstrip()}"' if self.sentence else "(the text was not kept)"
        cues = "".join(f", {what} by {words!r}" for what, words in self.words)
        inner = indent + "  "
        return [
            *wrapped(sentence, width, indent, hang=indent + " "),
            *wrapped(self.says, width, inner, hang=inner + "  "),
            *wrapped(
                f"{self.cited} ({self.document}, characters {self.start} to {self.end})",
                width,
                inner,
                hang=inner + "  ",
            ),
            *wrapped(f"{', '.join(self.judged)}{cues}; rule {self.rule}", width, inner, hang=inner + "  "),
        ]


@dataclass(frozen=True, slots=True)
class Statement:
    """What somebody says, thinks, wants or fears: `words` are the content, `document` the id."""

    id: str
    document: str
    stance: Stance
    words: str
    start: int


class Witnesses:
    """The documents, attributions and names that it takes to say who says what."""

    def __init__(self, facts: Facts) -> None:
        self._documents = {document.id: document for document in facts.documents}
        self._attributions = {(a.doc, a.id): a for a in facts.attributions}
        self._labels = {entity.id: entity.label for entity in facts.entities}
        self._groups = frozenset(entity.id for entity in facts.entities if entity.type == "Group")

    def evidence(self, report: Report) -> Evidence:
        """The report with its words."""
        document = self._documents.get(report.doc, Document(report.doc, ""))
        shift = -report.start
        return Evidence(
            report.id,
            report.doc,
            document.title,
            document.source,
            document.published,
            report.start,
            report.end,
            report.span.of(document.text),
            Span(report.trigger.start + shift, report.trigger.end + shift),
            self.says(report),
            report.holder,
            report.polarity,
            report.certainty,
            report.tense,
            report.conditional,
            tuple((what, span.of(document.text)) for what, span in report.words if span.of(document.text)),
            report.rule,
        )

    def says(self, report: Report) -> str:
        """Who says so, through how many mouths: "promised by Lavrov, according to two officials (Northern Wire)"."""
        document = self._documents.get(report.doc, Document(report.doc, ""))
        voices: list[str] = []
        seen: set[str] = set()
        at = self._attributions.get((report.doc, report.attribution)) if report.attribution else None
        if at is None and report.holder is not None:
            voices.append(f"according to {self._labels.get(report.holder, report.holder)}")
        while at is not None and at.id not in seen:
            seen.add(at.id)
            if (named := self._named(at, document.text)) != AUTHOR:
                voices.append(f"{HOW[at.stance]} {named}")
            at = self._attributions.get((at.doc, at.within)) if at.within else None
        if not voices:
            return AUTHOR
        return ", ".join(voices) + (f" ({document.source})" if document.source else "")

    def statements(self, entity: str) -> tuple[Statement, ...]:
        """What the actor says, in the order of the documents and their texts."""
        found = []
        for attribution in self._attributions.values():
            document = self._documents.get(attribution.doc)
            if attribution.holder == entity and attribution.content and document is not None:
                words = " … ".join(span.of(document.text) for span in attribution.content)
                start = min(span.start for span in attribution.content)
                found.append(Statement(attribution.id, attribution.doc, attribution.stance, words, start))
        return tuple(sorted(found, key=lambda s: (s.document, s.start, s.id)))

    def _named(self, attribution: Attribution, text: str) -> str:
        """The holder's label; for a group, or nobody known, the words that the text has for it."""
        words = " ".join(" ".join(span.of(text) for span in attribution.source).split())
        if attribution.holder is not None and (attribution.holder not in self._groups or not words):
            return self._labels.get(attribution.holder, attribution.holder)
        if words.lower() in _FIRST_PERSON:
            return AUTHOR
        return (words if len(words) <= _LONGEST else words[: _LONGEST - 1] + "…") or _UNNAMED
