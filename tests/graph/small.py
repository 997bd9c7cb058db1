"""A small graph made by hand: three documents, eleven events of every status, four relations.

`EXTRACTIONS` is what the documents say each alone, `FACTS` what they say together: the same objects with entities
for chains, merged as `link` merges them. Tests of what comes after linking start from here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from hashlib import sha256

from kg.model import (
    Argument,
    Attribution,
    Certainty,
    Chain,
    Document,
    Entity,
    EntityType,
    Event,
    Extraction,
    Facts,
    Form,
    Mention,
    Period,
    Plover,
    Polarity,
    Predicate,
    Relation,
    Report,
    Role,
    Span,
    Stance,
    Status,
    Tense,
)

__all__ = ["EXTRACTIONS", "FACTS"]

_MET = "Finnish President Sauli Niinisto met Russian Foreign Minister Sergei Lavrov in Helsinki on May 10."
_PROMISED = "According to two European officials, Lavrov promised to withdraw troops from Donbas."
_DENIED = "The Kremlin denied that Russia had shelled Avdiivka."
_SANCTIONED = "The European Union imposed sanctions on Russia in March 2014."
_SPHERE = "Analysts say that Belarus lies in Russia's sphere of influence."
_THREATENED = "The United States threatened to impose sanctions on Turkey."

_SHELLED = "Ukraine said that Russia shelled Avdiivka on May 14."
_TALKED = "In Helsinki, Lavrov held talks with Niinisto on May 10."
_EXPELLED = "Estonia did not expel any Russian diplomats."
_HELPED = "If Russia attacked Estonia, NATO would help it."

_HELD = "Almazbek Atambayev was president of Kyrgyzstan from December 2011 to November 2017."
_GREETED = "Merkel and Macron met."

_GOV = "GOV"


def _document(id_: str, *sentences: str, **known: object) -> Document:
    text = "\n".join(sentences)
    return replace(Document(id_, text, sha256=sha256(text.encode()).hexdigest()), **known)  # type: ignore[arg-type]


_TALKS = _document(
    "talks.txt", _MET, _PROMISED, _DENIED, _SANCTIONED, _SPHERE, _THREATENED,
    title="Talks in Helsinki", published=date(2017, 5, 16), source="Northern Wire", author="Aino Laine",
    url="https://example.org/talks",
)  # fmt: skip
_SHELLING = _document(
    "shelling.txt", _SHELLED, _TALKED, _EXPELLED, _HELPED,
    title="Shelling in Donbas", published=date(2017, 5, 15), source="Dnipro Daily",
)  # fmt: skip
_NOTE = _document("archive/old note.txt", _HELD, _GREETED, title="=1+1 <script>")

_MAY_10 = Period.day(date(2017, 5, 10))
_MAY_14 = Period.day(date(2017, 5, 14))
_MARCH_2014 = Period(date(2014, 3, 1), date(2014, 3, 31))
_TERM = Period(date(2011, 12, 1), date(2017, 11, 30))


def _entity(
    tail: str,
    label: str,
    type_: EntityType,
    country: str | None = None,
    sector: str | None = None,
    aliases: tuple[str, ...] = (),
    item: str | None = None,
) -> Entity:
    return Entity(
        f"actor/{tail}",
        label,
        type_,
        aliases=aliases,
        same_as=(f"http://www.wikidata.org/entity/{item}",) if item else (),
        country=f"actor/{country}" if country else None,
        sector=sector,
    )


_ENTITIES = (
    _entity("almazbek-atambayev", "Almazbek Atambayev", "Person", "kyrgyzstan", _GOV),
    _entity("analysts", "analysts", "Group"),
    _entity("angela-merkel", "Angela Merkel", "Person", None, _GOV, ("Merkel",)),
    _entity("avdiivka", "Avdiivka", "Place", "ukraine"),
    _entity("belarus", "Belarus", "Country", item="Q184"),
    _entity("donbas", "Donbas", "Place", "ukraine"),
    _entity("emmanuel-macron", "Emmanuel Macron", "Person", None, _GOV, ("Macron",)),
    _entity("estonia", "Estonia", "Country", item="Q191"),
    _entity("european-officials", "European officials", "Group", None, _GOV),
    _entity("european-union", "European Union", "Organization", None, "IGO", ("EU",), "Q458"),
    _entity("finland", "Finland", "Country", item="Q33"),
    _entity("foreign-minister-of-russia", "Foreign Minister of Russia", "Office", "russia", _GOV),
    _entity("government-of-russia", "Government of Russia", "Government", "russia", _GOV, ("the Kremlin",)),
    _entity("helsinki", "Helsinki", "Place", "finland"),
    _entity("kyrgyzstan", "Kyrgyzstan", "Country", item="Q813"),
    _entity("nato", "NATO", "Organization", None, "IGO", (), "Q7184"),
    _entity("president-of-finland", "President of Finland", "Office", "finland", _GOV),
    _entity("president-of-kyrgyzstan", "President of Kyrgyzstan", "Office", "kyrgyzstan", _GOV),
    _entity("russia", "Russia", "Country", aliases=("Russian Federation",), item="Q159"),
    _entity("russian-diplomats", "Russian diplomats", "Group", "russia", _GOV),
    _entity("sauli-niinisto", "Sauli Niinisto", "Person", "finland", _GOV, ("Niinisto", "Sauli Niinistö"), "Q29207"),
    _entity("sergei-lavrov", "Sergei Lavrov", "Person", "russia", _GOV, ("Lavrov",), "Q58217"),
    _entity("turkey", "Turkey", "Country", item="Q43"),
    _entity("ukraine", "Ukraine", "Country", item="Q212"),
    _entity("united-states", "United States", "Country", aliases=("U.S.",), item="Q30"),
)
_BY_ID = {entity.id: entity for entity in _ENTITIES}


@dataclass
class _Draft:
    """What one document says, as it is put together."""

    document: Document
    chains: dict[str, Chain] = field(default_factory=dict)
    mentions: list[Mention] = field(default_factory=list)
    events: dict[str, Event] = field(default_factory=dict)
    relations: dict[str, Relation] = field(default_factory=dict)
    attributions: dict[str, Attribution] = field(default_factory=dict)

    def find(self, sentence: str, words: str) -> Span:
        start = self.document.text.index(sentence) + sentence.index(words)
        return Span(start, start + len(words))

    def mention(self, sentence: str, words: str, tail: str, form: Form = "name") -> None:
        """A mention of the entity; its first one makes the chain."""
        span = self.find(sentence, words)
        entity = _BY_ID[f"actor/{tail}"]
        if tail not in self.chains:
            self.chains[tail] = Chain(
                f"actor-{span.start}-{span.end}", words, entity.type, (words,), sector=entity.sector
            )
        chain = self.chains[tail]
        if words not in chain.names:
            self.chains[tail] = replace(chain, names=tuple(sorted({*chain.names, words})))
        self.mentions.append(Mention(self.document.id, span.start, span.end, chain.id, form, "test:mention"))

    def attribution(
        self,
        key: str,
        sentence: str,
        source: str,
        cue: str,
        content: str,
        stance: Stance,
        holder: str,
        within: str = "",
    ) -> None:
        cued = self.find(sentence, cue)
        self.attributions[key] = Attribution(
            f"attribution-{cued.start}-{cued.end}",
            self.document.id,
            (self.find(sentence, source),),
            (cued,),
            (self.find(sentence, content),),
            stance,
            f"cues/verbs.tsv:{cue}",
            holder=self.chains[holder].id,
            within=self.attributions[within].id if within else None,
        )

    def report(
        self,
        kind: str,
        sentence: str,
        trigger: str,
        arguments: Sequence[tuple[Role, str, str]],
        polarity: Polarity = "positive",
        certainty: Certainty = "certain",
        tense: Tense = "past",
        holder: str = "",
        attribution: str = "",
        conditional: bool = False,
        words: Sequence[tuple[str, str]] = (),
    ) -> Report:
        whole, at = self.find(sentence, sentence), self.find(sentence, trigger)
        return Report(
            f"report-{at.start}-{at.end}-{kind}",
            self.document.id,
            whole.start,
            whole.end,
            at,
            polarity,
            certainty,
            tense,
            f"codebook/{kind}.toml:{trigger}",
            holder=self.chains[holder].id if holder else None,
            attribution=self.attributions[attribution].id if attribution else None,
            conditional=conditional,
            arguments=tuple(
                Argument(role, *self._ends(sentence, said), self.chains[tail].id) for role, said, tail in arguments
            ),
            words=tuple((what, self.find(sentence, cue)) for what, cue in words),
        )

    def event(
        self,
        key: str,
        type_: str,
        plover: Plover,
        cameo: str,
        report: Report,
        when: Period | None = None,
        place: str = "",
        reciprocal: bool = False,
        about: str = "",
    ) -> None:
        self.events[key] = Event(
            report.id,
            type_,
            plover,
            cameo,
            (report,),
            reciprocal=reciprocal,
            date=when,
            place=self.chains[place].id if place else None,
            about=self.events[about].id if about else None,
        )

    def relation(
        self, key: str, subject: str, predicate: Predicate, object_: str, report: Report, when: Period | None = None
    ) -> None:
        ends = self.chains[subject].id, self.chains[object_].id
        self.relations[key] = Relation(report.id, ends[0], predicate, ends[1], (report,), date=when)

    def extraction(self) -> Extraction:
        by_start = sorted(self.mentions, key=lambda m: (m.start, m.end))
        return Extraction(
            self.document,
            tuple(sorted(self.chains.values(), key=lambda c: c.id)),
            tuple(by_start),
            tuple(sorted(self.events.values(), key=lambda e: e.id)),
            tuple(sorted(self.relations.values(), key=lambda r: r.id)),
            tuple(sorted(self.attributions.values(), key=lambda a: a.id)),
        )

    def _ends(self, sentence: str, words: str) -> tuple[int, int]:
        span = self.find(sentence, words)
        return span.start, span.end


def _talks() -> _Draft:
    d = _Draft(_TALKS)
    d.mention(_MET, "Finnish", "finland", "demonym")
    d.mention(_MET, "President", "president-of-finland", "nominal")
    d.mention(_MET, "Sauli Niinisto", "sauli-niinisto")
    d.mention(_MET, "Russian", "russia", "demonym")
    d.mention(_MET, "Foreign Minister", "foreign-minister-of-russia", "nominal")
    d.mention(_MET, "Sergei Lavrov", "sergei-lavrov")
    d.mention(_MET, "Helsinki", "helsinki")
    d.mention(_PROMISED, "two European officials", "european-officials", "nominal")
    d.mention(_PROMISED, "Lavrov", "sergei-lavrov")
    d.mention(_PROMISED, "Donbas", "donbas")
    d.mention(_DENIED, "The Kremlin", "government-of-russia")
    d.mention(_DENIED, "Russia", "russia")
    d.mention(_DENIED, "Avdiivka", "avdiivka")
    d.mention(_SANCTIONED, "European Union", "european-union")
    d.mention(_SANCTIONED, "Russia", "russia")
    d.mention(_SPHERE, "Analysts", "analysts", "nominal")
    d.mention(_SPHERE, "Belarus", "belarus")
    d.mention(_SPHERE, "Russia", "russia")
    d.mention(_THREATENED, "United States", "united-states")
    d.mention(_THREATENED, "Turkey", "turkey")
    d.attribution(
        "officials", _PROMISED, "two European officials", "According to",
        "Lavrov promised to withdraw troops from Donbas", "assert", "european-officials",
    )  # fmt: skip
    d.attribution(
        "lavrov", _PROMISED, "Lavrov", "promised", "to withdraw troops from Donbas", "promise", "sergei-lavrov",
        "officials",
    )  # fmt: skip
    d.attribution(
        "kremlin", _DENIED, "The Kremlin", "denied", "that Russia had shelled Avdiivka", "deny", "government-of-russia"
    )
    d.attribution(
        "analysts",
        _SPHERE,
        "Analysts",
        "say",
        "that Belarus lies in Russia's sphere of influence",
        "assert",
        "analysts",
    )
    d.attribution(
        "washington", _THREATENED, "The United States", "threatened", "to impose sanctions on Turkey", "threaten",
        "united-states",
    )  # fmt: skip
    lavrov: tuple[Role, str, str] = ("source", "Lavrov", "sergei-lavrov")
    d.event(
        "meeting", "Meeting", "CONSULT", "04",
        d.report("consult", _MET, "met", [
            ("source", "Sauli Niinisto", "sauli-niinisto"),
            ("target", "Sergei Lavrov", "sergei-lavrov"),
            ("place", "Helsinki", "helsinki"),
        ], words=[("tense", "met")]),
        _MAY_10, "helsinki", reciprocal=True,
    )  # fmt: skip
    d.event(
        "withdrawal", "Withdrawal", "YIELD", "0874",
        d.report("yield", _PROMISED, "withdraw", [lavrov, ("place", "Donbas", "donbas")], tense="future",
                 holder="sergei-lavrov", attribution="lavrov", words=[("tense", "promised")]),
        place="donbas",
    )  # fmt: skip
    d.event(
        "promise", "Promise", "AGREE", "03",
        d.report("agree", _PROMISED, "promised", [lavrov], holder="european-officials", attribution="officials"),
        about="withdrawal",
    )  # fmt: skip
    d.event(
        "shelling", "Shelling", "ASSAULT", "194",
        d.report("assault", _DENIED, "shelled",
                 [("source", "Russia", "russia"), ("target", "Avdiivka", "avdiivka")], "negative",
                 holder="government-of-russia", attribution="kremlin", words=[("polarity", "denied")]),
    )  # fmt: skip
    d.event(
        "sanctions", "Sanction", "SANCTION", "163",
        d.report("sanction", _SANCTIONED, "sanctions",
                 [("source", "European Union", "european-union"), ("target", "Russia", "russia")]),
        _MARCH_2014,
    )  # fmt: skip
    parties: list[tuple[Role, str, str]] = [
        ("source", "United States", "united-states"),
        ("target", "Turkey", "turkey"),
    ]
    d.event(
        "new-sanctions", "Sanction", "SANCTION", "163",
        d.report("sanction", _THREATENED, "sanctions", parties, tense="future", holder="united-states",
                 attribution="washington", words=[("tense", "threatened")]),
    )  # fmt: skip
    d.event(
        "threat", "ThreatOfSanction", "THREATEN", "131", d.report("threaten", _THREATENED, "threatened", parties),
        about="new-sanctions",
    )  # fmt: skip
    d.relation(
        "niinisto", "sauli-niinisto", "holdsOffice", "president-of-finland",
        d.report("holdsoffice", _MET, "President", [("subject", "Sauli Niinisto", "sauli-niinisto"),
                 ("object", "President", "president-of-finland")], tense="present"),
    )  # fmt: skip
    d.relation(
        "lavrov", "sergei-lavrov", "holdsOffice", "foreign-minister-of-russia",
        d.report("holdsoffice", _MET, "Foreign Minister", [("subject", "Sergei Lavrov", "sergei-lavrov"),
                 ("object", "Foreign Minister", "foreign-minister-of-russia")], tense="present"),
    )  # fmt: skip
    d.relation(
        "sphere", "russia", "influences", "belarus",
        d.report("influences", _SPHERE, "sphere of influence", [("subject", "Russia", "russia"),
                 ("object", "Belarus", "belarus")], tense="present", holder="analysts", attribution="analysts"),
    )  # fmt: skip
    return d


def _shelling() -> _Draft:
    d = _Draft(_SHELLING)
    d.mention(_SHELLED, "Ukraine", "ukraine")
    d.mention(_SHELLED, "Russia", "russia")
    d.mention(_SHELLED, "Avdiivka", "avdiivka")
    d.mention(_TALKED, "Helsinki", "helsinki")
    d.mention(_TALKED, "Lavrov", "sergei-lavrov")
    d.mention(_TALKED, "Niinisto", "sauli-niinisto")
    d.mention(_EXPELLED, "Estonia", "estonia")
    d.mention(_EXPELLED, "Russian diplomats", "russian-diplomats", "nominal")
    d.mention(_HELPED, "Russia", "russia")
    d.mention(_HELPED, "Estonia", "estonia")
    d.mention(_HELPED, "NATO", "nato")
    d.mention(_HELPED, "it", "estonia", "pronoun")
    d.attribution("kyiv", _SHELLED, "Ukraine", "said", "that Russia shelled Avdiivka on May 14", "assert", "ukraine")
    d.event(
        "shelling", "Shelling", "ASSAULT", "194",
        d.report("assault", _SHELLED, "shelled",
                 [("source", "Russia", "russia"), ("target", "Avdiivka", "avdiivka")],
                 holder="ukraine", attribution="kyiv"),
        _MAY_14,
    )  # fmt: skip
    d.event(
        "meeting", "Meeting", "CONSULT", "04",
        d.report("consult", _TALKED, "talks", [
            ("source", "Lavrov", "sergei-lavrov"), ("target", "Niinisto", "sauli-niinisto"),
            ("place", "Helsinki", "helsinki"),
        ]),
        _MAY_10, "helsinki", reciprocal=True,
    )  # fmt: skip
    d.event(
        "expulsion", "DiplomaticBreak", "SANCTION", "161",
        d.report("sanction", _EXPELLED, "expel", [("source", "Estonia", "estonia"),
                 ("target", "Russian diplomats", "russian-diplomats")], "negative", words=[("polarity", "not")]),
    )  # fmt: skip
    d.event(
        "attack", "Attack", "ASSAULT", "19",
        d.report("assault", _HELPED, "attacked", [("source", "Russia", "russia"), ("target", "Estonia", "estonia")],
                 conditional=True, words=[("conditional", "If")]),
    )  # fmt: skip
    d.event(
        "help", "Aid", "AID", "07",
        d.report("aid", _HELPED, "help", [("source", "NATO", "nato"), ("target", "it", "estonia")],
                 certainty="possible", tense="future", conditional=True, words=[("certainty", "would")]),
    )  # fmt: skip
    return d


def _note() -> _Draft:
    d = _Draft(_NOTE)
    d.mention(_HELD, "Almazbek Atambayev", "almazbek-atambayev")
    d.mention(_HELD, "president of Kyrgyzstan", "president-of-kyrgyzstan", "nominal")
    d.mention(_HELD, "Kyrgyzstan", "kyrgyzstan")
    d.mention(_GREETED, "Merkel", "angela-merkel")
    d.mention(_GREETED, "Macron", "emmanuel-macron")
    d.relation(
        "atambayev", "almazbek-atambayev", "holdsOffice", "president-of-kyrgyzstan",
        d.report("holdsoffice", _HELD, "president", [("subject", "Almazbek Atambayev", "almazbek-atambayev"),
                 ("object", "president of Kyrgyzstan", "president-of-kyrgyzstan")]),
        _TERM,
    )  # fmt: skip
    d.event(
        "greeting", "Meeting", "CONSULT", "04",
        d.report("consult", _GREETED, "met", [("source", "Merkel", "angela-merkel"),
                 ("source", "Macron", "emmanuel-macron")]),
        reciprocal=True,
    )  # fmt: skip
    return d


_MERGED: Mapping[str, tuple[str, Status, str]] = {
    "meeting": ("event/2017-05-10-consult-0001", "asserted", "Sauli Niinisto meets Sergei Lavrov, 10 May 2017"),
    "sanctions": ("event/2014-03-sanction-0002", "asserted", "European Union imposes sanctions on Russia, March 2014"),
    "shelling": ("event/2017-05-14-assault-0003", "disputed", "disputed: Russia shells Avdiivka, 14 May 2017"),
    "promise": ("event/undated-agree-0004", "reported", "reported: Sergei Lavrov: promise"),
    "withdrawal": ("event/undated-yield-0005", "expected", "expected: Sergei Lavrov: withdrawal (Donbas)"),
    "threat": ("event/undated-threaten-0006", "asserted", "United States threatens Turkey with sanctions"),
    "new-sanctions": ("event/undated-sanction-0007", "expected", "expected: United States imposes sanctions on Turkey"),
    "expulsion": ("event/undated-sanction-0008", "denied", "denied: Estonia expels Russian diplomats"),
    "attack": ("event/undated-assault-0009", "hypothetical", "hypothetical: Russia attacks Estonia"),
    "help": ("event/undated-aid-0010", "hypothetical", "hypothetical: NATO gives aid to Estonia"),
    "greeting": ("event/undated-consult-0011", "asserted", "Angela Merkel meets Emmanuel Macron"),
    "niinisto": (
        "relation/sauli-niinisto-holds-office-president-of-finland", "asserted",
        "Sauli Niinisto is President of Finland",
    ),
    "lavrov": (
        "relation/sergei-lavrov-holds-office-foreign-minister-of-russia", "asserted",
        "Sergei Lavrov is Foreign Minister of Russia",
    ),
    "sphere": (
        "relation/russia-influences-belarus", "reported", "reported: Russia has influence over Belarus",
    ),
    "atambayev": (
        "relation/almazbek-atambayev-holds-office-president-of-kyrgyzstan-2011-12-01", "asserted",
        "Almazbek Atambayev is President of Kyrgyzstan, 2011-12-01 to 2017-11-30",
    ),
}  # fmt: skip


def _facts(drafts: Sequence[_Draft]) -> Facts:
    """What the drafts say together: a linker that is told what to merge."""
    entity_of = {(d.document.id, chain.id): f"actor/{tail}" for d in drafts for tail, chain in d.chains.items()}

    def to(doc: str, chain: str | None) -> str | None:
        return None if chain is None else entity_of[doc, chain]

    def linked(report: Report) -> Report:
        arguments = tuple(replace(a, entity=to(report.doc, a.entity)) for a in report.arguments)
        return replace(report, holder=to(report.doc, report.holder), arguments=arguments)

    def order(report: Report) -> tuple[str, Span, str]:
        return report.doc, report.trigger, report.id

    local_key = {(d.document.id, event.id): key for d in drafts for key, event in d.events.items()}
    events, relations = [], []
    for key, (id_, status, label) in _MERGED.items():
        same = [(d.document.id, d.events[key]) for d in drafts if key in d.events]
        if same:
            doc, first = same[0]
            about = _MERGED[local_key[doc, first.about]][0] if first.about else None
            events.append(replace(
                first, id=id_, status=status, label=label, about=about, place=to(doc, first.place),
                date=next((e.date for _, e in same if e.date), None),
                reports=tuple(sorted((linked(e.reports[0]) for _, e in same), key=order)),
            ))  # fmt: skip
        for d in drafts:
            if relation := d.relations.get(key):
                ends = entity_of[d.document.id, relation.subject], entity_of[d.document.id, relation.object]
                relations.append(replace(
                    relation, id=id_, status=status, label=label, subject=ends[0], object=ends[1],
                    reports=tuple(linked(report) for report in relation.reports),
                ))  # fmt: skip
    chains: dict[str, list[tuple[str, str]]] = {}
    for (doc, chain), entity in sorted(entity_of.items()):
        chains.setdefault(entity, []).append((doc, chain))
    extractions = [d.extraction() for d in drafts]
    return Facts(
        documents=tuple(x.document for x in extractions),
        entities=tuple(replace(e, merged_from=tuple(chains.get(e.id, ()))) for e in _ENTITIES),
        mentions=tuple(replace(m, entity=to(m.doc, m.entity)) for x in extractions for m in x.mentions),
        events=tuple(sorted(events, key=lambda e: e.id)),
        relations=tuple(sorted(relations, key=lambda r: r.id)),
        attributions=tuple(replace(a, holder=to(a.doc, a.holder)) for x in extractions for a in x.attributions),
    )


_DRAFTS = sorted((_talks(), _shelling(), _note()), key=lambda d: d.document.id)
EXTRACTIONS: tuple[Extraction, ...] = tuple(d.extraction() for d in _DRAFTS)
FACTS: Facts = _facts(_DRAFTS)
