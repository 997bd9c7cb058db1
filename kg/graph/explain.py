"""What is known of an actor, an event or a relation, and why: each report with its sentence, voice and rule.

>>> from datetime import date
>>> from kg.model import *
>>> text = "Bolivia recalled its envoy, two officials said."
>>> said = Attribution("attribution-42-46", "d", (Span(28, 41),), (Span(42, 46),), (Span(0, 26),), "assert", "say")
>>> report = Report("report-8-16-sanction", "d", 0, 47, Span(8, 16), "positive", "certain", "past", "recall",
...                 attribution=said.id, arguments=(Argument("source", 0, 7, "actor/bolivia"),))
>>> facts = Facts(
...     documents=(Document("d", text, title="Envoy leaves", source="Andes Wire", published=date(2008, 9, 12)),),
...     entities=(Entity("actor/bolivia", "Bolivia", "Country"),),
...     events=(Event("event/1", "DiplomaticBreak", "SANCTION", "161", (report,), status="reported",
...                   label="reported: Bolivia breaks relations"),),
...     attributions=(said,),
... )
>>> print(explain(facts, "bolivia"))
Bolivia (Country)
actor/bolivia
0 mentions in 0 documents
<BLANKLINE>
REPORTED
<BLANKLINE>
reported: Bolivia breaks relations
  SANCTION, DiplomaticBreak; event/1
  "Bolivia [recalled] its envoy, two officials said."
    according to two officials (Andes Wire)
    Envoy leaves, Andes Wire, 2008-09-12 (d, characters 0 to 47)
    positive, certain, past; rule recall
<BLANKLINE>
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from html import escape
from typing import Literal, get_args

from kg.graph.iris import document_iri
from kg.graph.names import Name, find, others, unknown
from kg.graph.printable import printable, wrapped
from kg.graph.testimony import Evidence, Statement, Witnesses
from kg.graph.vocabulary import DEFAULT_BASE
from kg.model import Entity, Event, Facts, Period, Relation, Role, Status

__all__ = ["Explanation", "Finding", "entity_names", "events_and_relations", "explain"]

_WIDTH = 80
_ORDER: dict[Status | None, int] = {status: i for i, status in enumerate(get_args(Status))}


@dataclass(frozen=True, slots=True)
class Finding:
    """An event or relation, with the evidence for it.

    Attributes:
        kind: "event" or "relation".
        type: the class of the event, or the predicate.
        roles: (role, label of the actor), in a fixed order.
        place: label of the place, or None.
        about: label of the event that this one promises, demands or threatens, or None.
    """

    id: str
    kind: Literal["event", "relation"]
    label: str
    status: Status | None
    date: Period | None
    type: str
    plover: str | None
    cameo: str | None
    roles: tuple[tuple[Role, str], ...]
    place: str | None
    about: str | None
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """What is known of one thing.

    Attributes:
        id: of the actor, event or relation (of a report: of what it reports).
        kind: "actor", "event", "relation", or "report".
        type: kind of actor, class of event, or predicate.
        country: label of the actor's country, or None.
        mentions, documents: how often, and in how many documents, the actor is mentioned.
        findings: events and relations: the asserted first, each status in order of time.
        statements: what the actor says, thinks, wants or fears.
        see_also: (id, label) of other actors that the name may mean.
    """

    id: str
    kind: Literal["actor", "event", "relation", "report"]
    label: str
    type: str
    aliases: tuple[str, ...] = ()
    same_as: tuple[str, ...] = ()
    country: str | None = None
    sector: str | None = None
    mentions: int = 0
    documents: int = 0
    findings: tuple[Finding, ...] = ()
    statements: tuple[Statement, ...] = ()
    see_also: tuple[tuple[str, str], ...] = ()

    def to_text(self, *, width: int = _WIDTH) -> str:
        """All of it as plain text, lines of at most `width` characters, the trigger of each sentence in brackets."""
        return "\n".join(_lines(self, width)) + "\n"

    def __str__(self) -> str:
        return self.to_text()

    def _repr_html_(self) -> str:
        """The same for notebooks, the triggers marked."""
        parts = [f"<h4>{escape(printable(self.label))} ({escape(self.type)})</h4>"]
        for finding in self.findings:
            parts.append(f"<p><b>{escape(printable(finding.label))}</b></p><ul>")
            parts += [
                f"<li>{_sentence_html(e)}<br><small>{escape(_voice_line(e))}</small></li>" for e in finding.evidence
            ]
            parts.append("</ul>")
        return "".join(parts)


def explain(facts: Facts, name: str, *, base: str = DEFAULT_BASE) -> Explanation:
    """What is known of what `name` names: a label, alias, id or IRI of an actor, event, relation or report.

    Args:
        base: what IRIs begin with.

    Raises:
        NameNotFoundError: nothing is called so (the remedy gives the nearest labels), or more than one is.
    """
    asked = name.strip().removeprefix(base)
    if "#report-" in asked and (reported := _of_report(facts, name.strip(), base)) is not None:
        return reported
    actors = entity_names(facts)
    found = find(asked, actors)
    if found is not None:
        also = tuple((n.id, n.label) for n in others(asked, actors, but=found))
        return replace(_of_actor(facts, next(e for e in facts.entities if e.id == found)), see_also=also)
    found = find(asked, [Name(fact.id, fact.label) for fact in events_and_relations(facts)])
    if found is None:
        raise unknown(name, actors, what="actor, event or relation")
    fact = next(f for f in events_and_relations(facts) if f.id == found)
    return _of_fact(facts, fact)


def entity_names(facts: Facts) -> list[Name]:
    """What each actor may be called."""
    return [Name(entity.id, entity.label, entity.aliases) for entity in facts.entities]


def _of_actor(facts: Facts, entity: Entity) -> Explanation:
    mentions = [m for m in facts.mentions if m.entity == entity.id]
    witnesses = Witnesses(facts)
    labels = {e.id: e.label for e in facts.entities}
    return Explanation(
        entity.id,
        "actor",
        entity.label,
        entity.type,
        aliases=entity.aliases,
        same_as=entity.same_as,
        country=labels.get(entity.country, entity.country) if entity.country else None,
        sector=entity.sector,
        mentions=len(mentions),
        documents=len({m.doc for m in mentions}),
        findings=_findings(facts, [f for f in events_and_relations(facts) if _involves(f, entity.id)], witnesses),
        statements=witnesses.statements(entity.id),
    )


def _of_fact(facts: Facts, fact: Event | Relation) -> Explanation:
    (finding,) = _findings(facts, [fact], Witnesses(facts))
    return Explanation(fact.id, finding.kind, fact.label, finding.type, findings=(finding,))


def _of_report(facts: Facts, asked: str, base: str) -> Explanation | None:
    """The fact that a report speaks of, with this report alone; `asked` is its IRI or DOCUMENT#report-…."""
    document, _, fragment = asked.partition("#")
    for fact in events_and_relations(facts):
        for report in fact.reports:
            if report.id == fragment and document in (report.doc, document_iri(report.doc, base)):
                return replace(_of_fact(facts, replace(fact, reports=(report,))), kind="report")
    return None


def events_and_relations(facts: Facts) -> Iterator[Event | Relation]:
    """The events, then the relations."""
    yield from facts.events
    yield from facts.relations


def _involves(fact: Event | Relation, entity: str) -> bool:
    if isinstance(fact, Relation):
        return entity in (fact.subject, fact.object)
    return fact.place == entity or any(actor == entity for _, actor in fact.roles)


def _findings(facts: Facts, chosen: Sequence[Event | Relation], witnesses: Witnesses) -> tuple[Finding, ...]:
    labels = {e.id: e.label for e in facts.entities}
    events = {e.id: e.label for e in facts.events}
    found = []
    for fact in chosen:
        evidence = tuple(witnesses.evidence(report) for report in fact.reports)
        if isinstance(fact, Relation):
            ends: tuple[tuple[Role, str], ...] = (
                ("subject", labels.get(fact.subject, fact.subject)),
                ("object", labels.get(fact.object, fact.object)),
            )
            found.append(
                Finding(
                    fact.id, "relation", fact.label, fact.status, fact.date, fact.predicate, None, None, ends, None,
                    None, evidence,
                )
            )  # fmt: skip
            continue
        roles = tuple((role, labels.get(actor, actor)) for role, actor in fact.roles)
        place = labels.get(fact.place, fact.place) if fact.place else None
        about = events.get(fact.about) if fact.about else None
        found.append(
            Finding(
                fact.id, "event", fact.label, fact.status, fact.date, fact.type, fact.plover, fact.cameo, roles, place,
                about, evidence,
            )
        )  # fmt: skip
    return tuple(sorted(found, key=_rank))


def _rank(finding: Finding) -> tuple[int, bool, str, str, str]:
    when = finding.date.start.isoformat() if finding.date else ""
    return _ORDER.get(finding.status, len(_ORDER)), not when, when, finding.label, finding.id


# ---------------------------------------------------------------------------------------------- as plain text


def _lines(explanation: Explanation, width: int) -> Iterator[str]:
    yield from wrapped(f"{explanation.label} ({', '.join(_kinds(explanation))})", width)
    yield explanation.id
    if explanation.kind == "actor":
        if explanation.aliases:
            yield from wrapped("also called " + ", ".join(explanation.aliases), width)
        yield from explanation.same_as
        for id_, label in explanation.see_also:
            yield from wrapped(f"see also {label} ({id_})", width)
        yield f"{_counted(explanation.mentions, 'mention')} in {_counted(explanation.documents, 'document')}"
    by_status: dict[Status | None, list[Finding]] = defaultdict(list)
    for finding in explanation.findings:
        by_status[finding.status].append(finding)
    for status, findings in by_status.items():
        yield from ("", (status or "of no status").upper())
        for finding in findings:
            yield ""
            yield from _finding_lines(finding, width)
    if explanation.statements:
        yield from ("", "STATEMENTS", "")
        for said in explanation.statements:
            yield from wrapped(f'{said.stance}: "{said.words}" ({said.document})', width, hang="  ")


def _kinds(explanation: Explanation) -> list[str]:
    return [kind for kind in (explanation.type, explanation.country, explanation.sector) if kind]


def _finding_lines(finding: Finding, width: int) -> Iterator[str]:
    yield from wrapped(finding.label, width)
    kind = ", ".join(part for part in (finding.plover, finding.type) if part)
    yield from wrapped(f"{kind}; {finding.id}", width, "  ")
    if finding.about:
        yield from wrapped(f"about: {finding.about}", width, "  ", hang="    ")
    for evidence in finding.evidence:
        yield from evidence.lines(width, "  ")


def _voice_line(evidence: Evidence) -> str:
    return printable(f"{evidence.says}. {evidence.cited}. {', '.join(evidence.judged)}. Rule: {evidence.rule}")


def _sentence_html(evidence: Evidence) -> str:
    before, trigger, after = (escape(printable(part)) for part in evidence.cut())
    return f"{before}<mark>{trigger}</mark>{after}"


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" + ("" if number == 1 else "s")
