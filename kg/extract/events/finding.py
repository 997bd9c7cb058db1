"""Events: which words tell who did what to whom, with their arguments, places and dates.

Each verb or noun that the code book knows is coded (`coding`), its roles are filled (`arguments`), and what the text
says of it (denied? threatened? by whom?) comes from the judge. An event without any
actor is none: "the storm hit the coast" gives nothing.

>>> [name for name in ("code_document", "find_events") if name in __all__]  # words coded, then events made of them
['code_document', 'find_events']
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kg.extract.events.arguments import Filler, Roles
from kg.extract.events.codebook import Codebook, Trigger
from kg.extract.events.coding import Coded, Coder
from kg.extract.events.dating import EventDates
from kg.extract.events.deciding import Decider
from kg.extract.events.intent import Intent, find_intents
from kg.extract.events.statements import uncoded_statements
from kg.extract.events.telling import completed, told_twice
from kg.extract.events.unlisted import LEARNED, unlisted_verbs
from kg.extract.factuality import Judgement
from kg.extract.syntax import Tree
from kg.model import Attribution, Document, Event, Report, Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Doc

    from kg.extract.actors import Actors
    from kg.extract.events.learned import LearnedCoder
    from kg.extract.factuality import Judge
    from kg.text.dates import DateExpression
    from kg.text.structure import Segment

__all__ = ["Coding", "code_document", "find_events"]

_SILENT = frozenset({"credit", "byline", "note"})
_LIKELY = 0.5  # confidence below which the learned coder's own verbs are no events


@dataclass(frozen=True, slots=True)
class Coding:
    """The coded words of a document, in order, before they become events.

    Attributes:
        told: words that tell the act of another word, each with that word.
    """

    tree: Tree
    coder: Coder
    filler: Filler
    coded: tuple[Coded, ...]
    intents: tuple[Intent, ...]
    told: Mapping[int, int]


def code_document(doc: Doc, actors: Actors, codebook: Codebook, learned: LearnedCoder | None = None) -> Coding:
    """Every word that the code book knows, coded, and the verbs that only the learned coder knows."""
    tree = Tree.of(doc)
    coder = Coder(tree, codebook, lambda i: _actor_type(actors, i))
    found: dict[int, Coded] = {}
    candidates = [i for i in range(len(tree.words)) if (rows := coder.rows(i)) and not _adjectival(tree, i, rows)]
    for i in candidates:
        coded = coder.code(i)
        if coded is not None:
            found.setdefault(coded.i, coded)
    part = {i for c in found.values() if c.inner is not None and c.trigger.inner == "part" for i in _chain(c.inner)}
    part |= {i for i in found if tree.deps[i] == "compound" and tree.heads[i] in found}
    part |= {o for c in found.values() for o in _said_twice(coder, c, found)}
    kept = tuple(found[i] for i in sorted(found) if i not in part and not _in_name(actors, tree, i))
    filler = Filler(coder, actors)
    if learned is not None:
        kept = tuple(sorted((*kept, *unlisted_verbs(doc, coder, filler, learned)), key=lambda coded: coded.i))
    kept = tuple(_without_sport(tree, codebook, kept))
    intents = tuple(find_intents(coder, filler, kept))
    return Coding(tree, coder, filler, kept, intents, told_twice(coder, filler, kept))


def _adjectival(tree: Tree, i: int, rows: Iterable[Trigger]) -> bool:
    """A participle that only describes ("the visiting king"), unless a line is made for such ("rebel-held areas")."""
    if tree.pos[i] != "VERB" or tree.deps[i] != "amod":
        return False
    return not (tree.words[i - 1] == "-" and any(c.slot == "front" for row in rows for c in row.conditions))


def _said_twice(coder: Coder, coded: Coded, found: Mapping[int, Coded]) -> Iterator[int]:
    """Objects that name the act of their verb again: "imposed a ban", "provided aid"."""
    if coder.slots.verbal(coded.i):
        for token in coder.counted(coder.objects(coded.i, coded.trigger.second)):
            other = found.get(token)
            if other is not None and other.trigger.plover == coded.trigger.plover:
                yield token


def _without_sport(tree: Tree, codebook: Codebook, coded: Iterable[Coded]) -> Iterator[Coded]:
    """No violence, and nothing by the learned coder alone, in a sentence about sport: "Brazil attacked late"."""
    sport = codebook.list("sport")
    for one in coded:
        if one.trigger.plover == "ASSAULT" or one.trigger.rule.startswith(LEARNED):
            first, last = tree.bounds[tree.sentences[one.i]]
            if not sport.isdisjoint(tree.lower[first:last]):
                continue
        yield one


def _actor_type(actors: Actors, i: int) -> str | None:
    mention = actors.headed_by(i)
    if mention is None:
        return None
    chain = actors.chain(mention)
    return "actor" if chain is None else chain.type


def _in_name(actors: Actors, tree: Tree, i: int) -> bool:
    """Whether the word is part of an actor ("war bloggers", "Strike Command")."""
    mention = actors.covering(i)
    return mention is not None and tree.pos[i] in ("NOUN", "PROPN", "ADJ")


def _chain(coded: Coded) -> Iterator[int]:
    """The act and the acts inside it."""
    yield coded.i
    if coded.inner is not None:
        yield from _chain(coded.inner)


def find_events(
    document: Document,
    doc: Doc,
    actors: Actors,
    dates: Iterable[DateExpression],
    judge: Judge,
    codebook: Codebook,
    segments: Sequence[Segment] = (),
    *,
    learned: LearnedCoder | None = None,
    attributions: Sequence[Attribution] = (),
) -> tuple[Event, ...]:
    """The events of one document, each with one report, in the order of their triggers.

    Args:
        learned: says how sure the type of each is; None: the rules alone.
        attributions: of the same document; one without a coded cue is a plain statement.
    """
    coding = code_document(doc, actors, codebook, learned)
    silent = [(s.start, s.end) for s in segments if s.kind in _SILENT]
    decider = None if learned is None else Decider(doc, coding.coder, learned)
    builder = _Builder(document, coding, judge, tuple(dates), decider)
    drafts = [*builder.plain(silent), *builder.intended(silent), *builder.stated(attributions)]
    return builder.finish(drafts)


@dataclass(frozen=True, slots=True)
class _Draft:
    """An event before it has its id: `about` is the token of the act inside."""

    i: int
    event: Event
    about: int | None


class _Builder:
    """Turns coded words into events."""

    __slots__ = ("_coding", "_dates", "_decider", "_document", "_judge")

    def __init__(
        self, document: Document, coding: Coding, judge: Judge, dates: tuple[DateExpression, ...],
        decider: Decider | None,
    ) -> None:  # fmt: skip
        self._decider = decider
        self._document = document
        self._coding = coding
        self._judge = judge
        self._dates = EventDates(coding.tree, coding.coder, dates, {c.i for c in coding.coded})

    def plain(self, silent: list[tuple[int, int]]) -> Iterator[_Draft]:
        """One event for each coded word with an actor."""
        for coded in self._coding.coded:
            if self._inside(coded.i, silent) or coded.i in self._coding.told:
                continue
            roles = self._roles(coded)
            if self._nameless(coded, roles):
                continue
            if not _complete(coded, roles) and not self._happened_somewhere(coded, roles):
                continue
            if self._eventless(coded, roles):
                continue
            if coded.trigger.rule.startswith(LEARNED) and self._confidence(coded, roles) < _LIKELY:
                continue
            judgement = self._judge.judge(self._judged(coded))
            about = coded.inner.i if coded.inner is not None and coded.trigger.inner == "about" else None
            yield self._draft(
                coded, roles, judgement, self._coding.told.get(about, about) if about is not None else None
            )

    def intended(self, silent: list[tuple[int, int]]) -> Iterator[_Draft]:
        """What somebody will, must or will not do, as an event of its own about the act."""
        for intent in self._coding.intents:
            if (
                self._inside(intent.coded.i, silent)
                or not intent.roles.named
                or self._eventless(intent.coded, intent.roles)
            ):
                continue
            judgement = self._judge.judge(intent.judged)
            if judgement.conditional:
                continue
            judgement = replace(judgement, polarity="positive", certainty="certain", tense="present")
            yield self._draft(intent.coded, intent.roles, judgement, intent.about)

    def stated(self, attributions: Sequence[Attribution]) -> Iterator[_Draft]:
        """Plain statements whose cue is no word of the code book."""
        coding = self._coding
        for said in uncoded_statements(coding.tree, coding.coder.codebook, coding.filler, coding.coded, attributions):
            yield self._draft(said.coded, said.roles, Judgement(), None)

    def finish(self, drafts: list[_Draft]) -> tuple[Event, ...]:
        """Unique ids, and `about` as the id of the act."""
        seen: dict[str, int] = {}
        ids: dict[int, str] = {}
        named: list[tuple[_Draft, str]] = []
        for draft in sorted(drafts, key=lambda d: (d.event.reports[0].trigger, d.event.type)):
            base = draft.event.id
            seen[base] = seen.get(base, 0) + 1
            name = base if seen[base] == 1 else f"{base}-{seen[base]}"
            ids.setdefault(draft.i, name)
            named.append((draft, name))
        return tuple(
            replace(
                draft.event,
                id=name,
                reports=tuple(replace(r, id=name) for r in draft.event.reports),
                about=ids.get(draft.about) if draft.about is not None and ids.get(draft.about) != name else None,
            )
            for draft, name in named
        )

    def _draft(self, coded: Coded, roles: Roles, judgement: Judgement, about: int | None) -> _Draft:
        tree, trigger = self._coding.tree, coded.trigger
        start, end = self._trigger_span(coded)
        first, last = tree.bounds[tree.sentences[coded.i]]
        kind = (trigger.plover or trigger.type).lower()
        place = self._coding.filler.place(coded)
        if place is not None and any(a.start == place.start and a.role != "target" for a in roles.all()):
            place = None
        arguments = roles.all() if place is None else (*roles.all(), place)
        name = f"report-{start}-{end}-{kind}"
        date = self._dates.of(coded.i)
        tense = judgement.tense
        published = self._document.published
        if (
            tense == "present"
            and date
            and published
            and date.end < published
            and not self._coding.coder.slots.verbal(coded.i)
        ):
            tense = "past"  # a noun has no tense of its own: "the attack in April"
        report = Report(
            id=name,
            doc=self._document.id,
            start=tree.starts[first],
            end=tree.ends[last - 1],
            trigger=Span(start, end),
            polarity=judgement.polarity,
            certainty=judgement.certainty,
            tense=tense,
            rule=trigger.rule,
            holder=judgement.holder,
            attribution=judgement.attribution,
            conditional=judgement.conditional,
            arguments=arguments,
            words=judgement.words,
        )
        event = Event(
            id=name,
            type=trigger.type,
            plover=trigger.plover,
            cameo=trigger.cameo,
            reports=(report,),
            reciprocal=trigger.frame.reciprocal,
            confidence=self._confidence(coded, roles),
            date=date,
            place=place.entity if place is not None else None,
        )
        return _Draft(coded.i, event, about if about is None else self._coding.told.get(about, about))

    def _roles(self, coded: Coded) -> Roles:
        """Who takes part, by the word itself and by those that tell the same act."""
        told, filler = self._coding.told, self._coding.filler
        inner = [filler.roles(other) for other in self._coding.coded if told.get(other.i) == coded.i]
        return completed(filler.roles(coded), inner)

    def _eventless(self, coded: Coded, roles: Roles) -> bool:
        """Whether the learned coder takes it for sport, weather, markets …; a plain statement may stand."""
        if self._decider is None or coded.trigger.plover is None:
            return False
        personal = not roles.source or any(a.entity is not None for a in roles.source)
        personal = personal or self._coding.filler.phrases.headed(roles.source, "people")
        return self._decider.silences(coded.i, _pair(roles), personal=personal)

    def _confidence(self, coded: Coded, roles: Roles) -> float:
        """How sure the type is: by rule and learned coder where there are two actors, else by how exact the line is."""
        trigger = coded.trigger
        exact = min(0.95, 0.7 + 0.1 * len(trigger.conditions) + (0.1 if roles.source and roles.target else 0))
        pair = _pair(roles)
        if self._decider is None or trigger.plover is None or pair is None:
            return exact
        return self._decider.support(*pair, rule=trigger.plover, confidence=exact)

    def _nameless(self, coded: Coded, roles: Roles) -> bool:
        """ "Establishing relations with Peru was a goal": by nobody; "experience shows that …": no voice."""
        named = any(a.entity is not None for a in roles.source)
        if coded.trigger.cameo == "01":
            return not named and not self._coding.filler.phrases.headed(roles.source, "voices")
        return not roles.source and self._coding.tree.deps[coded.i] == "csubj"

    def _happened_somewhere(self, coded: Coded, roles: Roles) -> bool:
        """A protest, or an arrest or killing of unnamed people, in a named place is worth telling too."""
        if coded.trigger.plover == "PROTEST" and self._coding.filler.place(coded) is not None:
            return True
        if coded.quad != 4 or not roles.target or roles.named:
            return False
        return (
            self._coding.filler.phrases.headed(roles.target, "people") and self._coding.filler.place(coded) is not None
        )

    def _trigger_span(self, coded: Coded) -> tuple[int, int]:
        tree, i = self._coding.tree, coded.i
        last = i
        if coded.trigger.second:
            near = [c for c in tree.children[i] if tree.lower[c] == coded.trigger.second and i < c <= i + 2]
            last = max([i, *near])
        return tree.starts[i], tree.ends[last]

    def _judged(self, coded: Coded) -> int:
        """Whose polarity and tense count: the light verb in "held no talks", not "seemed" in "seemed to talk"."""
        tree, light = self._coding.tree, self._coding.coder.slots.light_verb(coded.i)
        if light is None or self._coding.coder.slots.verbal(coded.i):
            return coded.i
        head = coded.i
        while tree.deps[head] == "conj":
            head = tree.heads[head]
        head = tree.heads[head]
        if tree.pos[head] == "ADP":
            head = tree.heads[head]
        return light if head == light else coded.i

    def _inside(self, i: int, silent: list[tuple[int, int]]) -> bool:
        start = self._coding.tree.starts[i]
        return any(a <= start < b for a, b in silent)


def _pair(roles: Roles) -> tuple[Span, Span] | None:
    """The first source and target."""
    if not roles.source or not roles.target:
        return None
    one, two = roles.source[0], roles.target[0]
    return Span(one.start, one.end), Span(two.start, two.end)


def _complete(coded: Coded, roles: Roles) -> bool:
    """A verb needs a source or target that is an actor; a statement a speaker."""
    if not roles.named:
        return False
    if coded.trigger.cameo == "01":
        return bool(roles.source)
    if coded.trigger.frame.transitive and not roles.target and coded.trigger.pos == "v":
        return False
    return any(a.entity is not None for a in (*roles.source, *roles.target, *roles.recipient))
