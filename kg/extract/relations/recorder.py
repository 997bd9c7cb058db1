"""Relations as they are found: each with its report, its ids, and new nodes (offices, concepts) made once.

A `Recorder` belongs to one document. `node` gives the chain of an office or concept by its name, making it the
first time; `relate` adds one relation with one report; `stated` and `granted` say how a report stands. Of two
recorders of one document each has a `part` of its own, so that the ids of their new nodes differ.

>>> Judged().certainty, Judged().tense
('certain', 'present')
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.extract.syntax import Tree
from kg.model import (
    Argument,
    Certainty,
    Chain,
    Document,
    EntityType,
    Form,
    Mention,
    Period,
    Polarity,
    Predicate,
    Relation,
    Report,
    Span,
    Tense,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.extract.factuality import Judge
    from kg.text.dates import DateExpression

__all__ = ["End", "Judged", "Recorder"]


@dataclass(frozen=True, slots=True)
class Judged:
    """How a relation is reported: as `kg.extract.factuality.judging` judges it, or as a title takes it for granted."""

    polarity: Polarity = "positive"
    certainty: Certainty = "certain"
    tense: Tense = "present"
    conditional: bool = False
    holder: str | None = None
    attribution: str | None = None
    words: tuple[tuple[str, Span], ...] = ()


@dataclass(frozen=True, slots=True)
class End:
    """One end of a relation: a chain and the words that name it here."""

    chain: Chain
    start: int
    end: int

    @classmethod
    def of(cls, chain: Chain, mention: Mention) -> End:
        return cls(chain, mention.start, mention.end)


class Recorder:
    """Collects the relations, new nodes and mentions of one document."""

    def __init__(
        self, document: Document, tree: Tree, taken: Iterable[str], judge: Judge, dates: Iterable[DateExpression],
        quoted: Iterable[tuple[int, int]], part: str = "",
    ) -> None:  # fmt: skip
        self.relations: list[Relation] = []
        self.chains: list[Chain] = []
        self.mentions: list[Mention] = []
        self._document = document
        self._tree = tree
        self._judge = judge
        self._taken = set(taken)
        self._named: dict[str, int] = {}
        self._reports: dict[str, int] = {}
        self._seen: set[tuple[str, str, str, str, int]] = set()
        self._dates = [(self._verb_over(d.start_token), d.start_token, d.period) for d in dates]
        self._quotes = sorted(quoted)
        self._part = part

    def node(
        self, name: str, type_: EntityType, start: int, end: int, *, rule: str, country: str | None = None,
        office: str | None = None, entry: str | None = None, sector: str | None = None, form: Form = "nominal",
    ) -> Chain:  # fmt: skip
        """The new node of this name; these characters are a mention of it."""
        at = self._named.get(name)
        surface = self._document.text[start:end]
        if at is None:
            id_ = self._free(f"actor-{start}-{end}{self._part}", type_.lower())
            chain = Chain(id_, name, type_, (surface,), entry, country, sector, office)
            self._named[name] = len(self.chains)
            self.chains.append(chain)
        else:
            chain = self.chains[at]
            if surface not in chain.names:
                names = tuple(sorted((*chain.names, surface)))
                chain = Chain(chain.id, name, type_, names, chain.entry, chain.country, chain.sector, chain.office)
                self.chains[at] = chain
        mention = Mention(self._document.id, start, end, chain.id, form, rule)
        if mention not in self.mentions[-4:]:
            self.mentions.append(mention)
        return chain

    def _free(self, id_: str, type_: str) -> str:
        choices = (id_, f"{id_}-{type_}", *(f"{id_}-{type_}-{number}" for number in range(2, len(self._taken) + 4)))
        found = next(choice for choice in choices if choice not in self._taken)
        self._taken.add(found)
        return found

    def stated(self, i: int) -> Judged:
        """How what the word `i` says is reported."""
        j = self._judge.judge(i)
        return Judged(j.polarity, j.certainty, j.tense, j.conditional, j.holder, j.attribution, tuple(j.words))

    def granted(self, i: int) -> Judged:
        """What a title or apposition at word `i` takes for granted: true, but for whoever is quoted."""
        if not self.quoted(i):
            return Judged()
        j = self._judge.judge(i)
        return Judged(holder=j.holder, attribution=j.attribution)

    def quoted(self, i: int) -> bool:
        """Whether token `i` stands in direct speech."""
        start = self._tree.starts[i]
        at = bisect_right(self._quotes, (start, start)) - 1
        return at >= 0 and start < self._quotes[at][1] and self._quotes[at][1] - self._quotes[at][0] > 60

    def date(self, i: int) -> Period | None:
        """The date in the clause of token `i`."""
        if not self._dates:
            return None
        verb = self._verb_over(i)
        return next((period for over, _, period in self._dates if over == verb), None)

    def dated(self, noun: int) -> Period | None:
        """A date that stands below the noun itself ("prime minister from 1997 to 2007")."""
        verb = self._verb_over(noun)
        return next((period for over, t, period in self._dates if over == verb and self._tree.under(t, noun)), None)

    def relate(
        self, predicate: Predicate, subject: End, object_: End, trigger: tuple[int, int], judged: Judged, *, rule: str,
        date: Period | None = None, label: str = "", more: tuple[Argument, ...] = (),
    ) -> Relation | None:  # fmt: skip
        """One relation, said by the tokens `trigger`; None where its sentence says it already."""
        if subject.chain.id == object_.chain.id:
            return None
        tree = self._tree
        key = (subject.chain.id, predicate, object_.chain.id, judged.polarity, tree.sentences[trigger[0]])
        if key in self._seen:
            return None
        self._seen.add(key)
        first, last = tree.bounds[tree.sentences[trigger[0]]]
        span = Span(tree.starts[trigger[0]], tree.ends[trigger[1] - 1])
        id_ = f"report-{span.start}-{span.end}-{predicate.lower()}"
        count = self._reports[id_] = self._reports.get(id_, 0) + 1
        if count > 1:
            id_ = f"{id_}-{count}"
        report = Report(
            id=id_,
            doc=self._document.id,
            start=tree.starts[first],
            end=tree.ends[last - 1],
            trigger=span,
            polarity=judged.polarity,
            certainty=judged.certainty,
            tense=judged.tense,
            rule=rule,
            holder=judged.holder,
            attribution=judged.attribution,
            conditional=judged.conditional,
            arguments=(
                Argument("subject", subject.start, subject.end, subject.chain.id),
                Argument("object", object_.start, object_.end, object_.chain.id),
                *more,
            ),
            words=judged.words,
        )
        relation = Relation(id_, subject.chain.id, predicate, object_.chain.id, (report,), date, label=label)
        self.relations.append(relation)
        return relation

    def _verb_over(self, i: int) -> int:
        tree = self._tree
        while tree.pos[i] not in ("VERB", "AUX") and tree.heads[i] != i:
            i = tree.heads[i]
        return i
