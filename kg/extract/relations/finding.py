"""States between actors: who holds which office, heads, belongs to, is allied with, stands where.

    Document, Doc, Actors, dates, Judge, RelationPatterns ──find_relations──▶ Relations(relations, chains, mentions)

Nouns ("Russia's Foreign Minister Sergei Lavrov", "NATO member Turkey", "his wife, Ana"), verbs ("the party, led
by Marine Le Pen"), word pairs ("the Saudi-led coalition") and places ("Aleppo, Syria") relate two actors as the
tables of ontologies/relations say. An office is a node of its own, so that all who held it meet there.

>>> Relations().relations
()

What a title says is taken for granted ("did not meet President Assad": he is president all the same), what a
verb says is judged at the verb. A former office is in the past tense, and its relation has the label "former".
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kg.extract.events.frames import Slots
from kg.extract.quotation import quotations
from kg.extract.relations.actor_kinds import fits
from kg.extract.relations.bare import instances, nationals, partisans, sites, units
from kg.extract.relations.descriptions import Bearing, Owner, bearing, kept, of_itself, owning
from kg.extract.relations.nations import Nations
from kg.extract.relations.offices import Offices, Title
from kg.extract.relations.patterns import Modifier, NounPattern, RelationPatterns
from kg.extract.relations.recorder import End, Judged, Recorder
from kg.extract.relations.scene import Party, Scene
from kg.extract.relations.verbs import parts, places, verbs
from kg.extract.syntax import Tree
from kg.model import Chain, Document, Mention, Predicate, Relation, Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from spacy.tokens import Doc

    from kg.extract.actors import Actors
    from kg.extract.factuality import Judge
    from kg.text.dates import DateExpression
    from kg.text.structure import Segment

__all__ = ["RelationPatterns", "Relations", "find_relations"]

_BESIDE = frozenset({"amod", "compound", "nmod", "poss", "npadvmod"})


@dataclass(frozen=True, slots=True)
class Relations:
    """What a document says about states between actors, and the office nodes made for it.

    Attributes:
        relations: one report each, in the order of the text.
        chains: the new nodes, of type Office.
        mentions: the words that name them.
    """

    relations: tuple[Relation, ...] = ()
    chains: tuple[Chain, ...] = ()
    mentions: tuple[Mention, ...] = ()


@dataclass(frozen=True, slots=True)
class _Noun:
    """A relational noun in the text: its words, its head, and what the words around it change."""

    start: int
    end: int
    root: int
    patterns: tuple[NounPattern, ...]
    effects: frozenset[str]
    cues: tuple[tuple[str, Span], ...]
    rank: str
    words: str
    then: bool

    @property
    def weak(self) -> bool:
        """Whether it is one of several ("a senior leader of")."""
        return "weak" in self.effects or bool(self.rank)


def find_relations(
    document: Document,
    doc: Doc,
    actors: Actors,
    dates: Sequence[DateExpression],
    judge: Judge,
    patterns: RelationPatterns,
    segments: Sequence[Segment] = (),
    *,
    tree: Tree | None = None,
) -> Relations:
    """All relations of a document.

    Args:
        document: for its text and id.
        doc: its parse.
        actors: its chains and mentions.
        dates: its date expressions.
        judge: says how a word's clause is reported.
        patterns: the tables.
        segments: parts of the text; nothing is read from credits.
        tree: the parse as lists, if it is there already.
    """
    tree = tree or Tree.of(doc)
    nouns = list(_nouns(tree, patterns))
    quotes = [(q.start, q.end) for q in quotations(document.text)]
    recorder = Recorder(document, tree, (c.id for c in actors.chains), judge, dates, quotes)
    credits_ = [(s.start, s.end) for s in segments if s.kind in ("credit", "marker")]
    nations = Nations(
        patterns.nations, actors.chains, recorder, document.id, parties=patterns.parties, blocs=patterns.blocs
    )
    titled = frozenset(k for noun in nouns for k in range(noun.start, noun.end))
    scene = Scene(tree, actors, Slots(tree), nations, titled, patterns.wholes)
    offices = Offices(scene, recorder, patterns.countries)
    for noun in nouns:
        start = tree.starts[noun.start]
        if not any(a <= start < b for a, b in credits_) and not _named_so(scene, noun):
            _relate(scene, noun, patterns, recorder, offices)
    verbs(scene, patterns, recorder)
    parts(scene, patterns, recorder)
    places(scene, recorder)
    nationals(scene, recorder)
    partisans(scene, recorder)
    sites(scene, recorder)
    instances(scene, recorder)
    units(scene, recorder)
    relations = sorted(recorder.relations, key=lambda r: (r.reports[0].trigger, r.predicate, r.id))
    return Relations(tuple(relations), tuple(recorder.chains), tuple(recorder.mentions))


def _nouns(tree: Tree, patterns: RelationPatterns) -> Iterator[_Noun]:
    table, lower, n = patterns.nouns, tree.lower, len(tree.lower)
    i = 0
    while i < n:
        phrases = table.get(lower[i])
        if phrases is not None:
            for words, found in phrases:
                end = i + len(words)
                if end > n or (len(words) > 1 and tuple(lower[i:end]) != words):
                    continue
                root = _root(tree, i, end)
                if tree.pos[root] in ("NOUN", "PROPN", "ADJ") and tree.sentences[i] == tree.sentences[end - 1]:
                    yield _noun(tree, i, end, root, found, patterns)
                    i = end - 1
                break
        i += 1


def _named_so(scene: Scene, noun: _Noun) -> bool:
    """Whether the noun is only a word of a longer name ("All India Students' Association", "the Ahwal Brigades")."""
    tree, mention = scene.tree, scene.actors.covering(noun.start)
    if mention is None or mention.form != "name":
        return False
    chain = scene.actors.chain(mention)
    inside = mention.start < tree.starts[noun.start] and mention.end >= tree.ends[noun.end - 1]
    return inside and chain is not None and chain.type != "Person"


def _root(tree: Tree, start: int, end: int) -> int:
    roots = [k for k in range(start, end) if not start <= tree.heads[k] < end or tree.heads[k] == k]
    return roots[0] if roots else end - 1


def _noun(
    tree: Tree, start: int, end: int, root: int, found: tuple[NounPattern, ...], patterns: RelationPatterns
) -> _Noun:
    effects: set[str] = set()
    cues: list[tuple[str, Span]] = []
    rank: list[str] = []
    for k, modifier in _modifiers(tree, start, end, patterns):
        effects.add(modifier.effect)
        if modifier.effect in ("past", "future", "possible", "negative"):
            what = {"possible": "certainty", "negative": "polarity"}.get(modifier.effect, "tense")
            cues.append((what, Span(tree.starts[k], tree.ends[k])))
        elif modifier.effect == "rank":
            rank.insert(0, tree.words[k])
    before = tree.heads[root]
    if tree.deps[root] == "conj" and before < root and tree.child(root, ("det", "poss")) is None:
        # "a former governor and ambassador"
        shared = (patterns.modifiers.get(tree.lower[c]) for c in tree.all(before, ("amod",)))
        effects.update(modifier.effect for modifier in shared if modifier is not None and modifier.effect == "past")
    if any(tree.lower[c] in ("a", "an") for c in tree.children[root] if tree.deps[c] == "det"):
        effects.add("weak")
    if any(pattern.plural for pattern in found):
        effects.add("weak")
    then = any(tree.lower[k] == "then" for k in range(max(start - 4, 0), start))
    return _Noun(
        start, end, root, found, frozenset(effects), tuple(cues), " ".join(rank), " ".join(tree.lower[start:end]), then
    )


def _modifiers(tree: Tree, start: int, end: int, patterns: RelationPatterns) -> Iterator[tuple[int, Modifier]]:
    k = start - 1
    for _ in range(6):
        if k < 0 or tree.sentences[k] != tree.sentences[start]:
            break
        modifier = patterns.modifiers.get(tree.lower[k])
        if modifier is None and k > 1 and tree.words[k - 1] == "-":  # "self-proclaimed"
            modifier = patterns.modifiers.get(f"{tree.lower[k - 2]}-{tree.lower[k]}")
        if modifier is not None and not modifier.after:
            yield k, modifier
        elif tree.words[k] not in ("-", '"', "'s", "'") and tree.deps[k] not in _BESIDE:
            break
        k -= 1
    after = end + 1 if end < len(tree.words) and tree.words[end] == "-" else end
    if after < len(tree.words):
        modifier = patterns.modifiers.get(tree.lower[after])
        if modifier is not None and modifier.after:
            yield after, modifier


def _relate(scene: Scene, noun: _Noun, patterns: RelationPatterns, recorder: Recorder, offices: Offices) -> None:
    plural = any(pattern.plural for pattern in noun.patterns)
    borne = bearing(scene, noun.start, noun.end, noun.root, as_verbs=patterns.as_verbs, plural=plural)
    mutual = any(pattern.predicate in ("alliedWith", "opposedTo") for pattern in noun.patterns)
    if borne is None and mutual:
        borne = kept(scene, noun.start, noun.root)
    if borne is None and plural and not mutual:
        borne = of_itself(scene, noun.root)
    if borne is None:
        return
    judged, label = _judged(scene.tree, noun, borne, recorder)
    date = recorder.dated(noun.root)
    if date is None and (borne.verb is not None or noun.then):
        date = recorder.date(noun.root if borne.verb is None else borne.verb)
    # "Minister of Expatriates Ann Lee": several describe one only where they are the actor themselves.
    alone = (
        len(borne.parties) == 1 and borne.frame not in ("itself", "list") and borne.parties[0].chain.type == "Person"
    )
    for party in borne.parties:
        owners = [
            owner
            for owner in owning(scene, noun.start, noun.end, noun.root, bearer=party, modifiers=patterns.modifiers,
                                bodies=patterns.bodies, apart=borne.frame == "list")
            if all(owner.party.token != other.token for other in borne.parties)
        ]  # fmt: skip
        for pattern, predicate, other in _pairs(noun, party, owners, offices, alone=alone):
            if borne.frame == "part" and predicate == "partOf" and party.chain.type == "Country":
                continue  # "Norway sent troops as part of a force"
            ends = (End.of(party.chain, party.mention), other)
            if pattern.inverse:
                ends = ends[::-1]
            trigger = (noun.start, noun.end)
            recorder.relate(predicate, *ends, trigger, judged, rule=pattern.rule, date=date, label=label)


def _judged(tree: Tree, noun: _Noun, borne: Bearing, recorder: Recorder) -> tuple[Judged, str]:
    judged = recorder.granted(noun.root) if borne.verb is None else recorder.stated(borne.verb)
    effects = set(noun.effects)
    if borne.as_verb is not None:
        effects.add(borne.as_verb.tense)
    elif borne.frame == "copula" and borne.verb is not None and tree.lemmas[borne.verb] == "become":
        judged = replace(judged, tense="future" if judged.tense == "future" else "present")
    elif borne.frame == "copula" and borne.verb is not None and tree.tags[borne.verb] == "VBD":
        effects.add("past")
    label = ""
    if "past" in effects:
        judged, label = replace(judged, tense="past"), "former"
    elif "future" in effects:
        judged = replace(judged, tense="future")
    if "possible" in effects and judged.certainty == "certain":
        judged = replace(judged, certainty="possible")
    if "negative" in effects:
        judged = replace(judged, polarity="negative")
    return replace(judged, words=(*judged.words, *noun.cues)), label


def _pairs(
    noun: _Noun, party: Party, owners: list[Owner], offices: Offices, *, alone: bool
) -> Iterator[tuple[NounPattern, Predicate, End]]:
    """What a noun says of one of those that it describes: the line that says it, the predicate and the other end."""
    for pattern in noun.patterns:
        if not fits(pattern.bearer, party.chain):
            continue
        fitting = [o for o in owners if _stands(o, pattern) and fits(pattern.owner, o.party.chain)]
        fitting = [o for o in fitting if o.party.chain.id != party.chain.id]
        if pattern.plural and pattern.office is None and alone:
            continue
        fitting.sort(key=lambda owner: _place(owner, pattern))
        if pattern.office is not None:
            supplied = not fitting and not _elsewhere(noun, pattern, party, owners)
            title = Title(pattern, pattern.office, noun.start, noun.end, noun.root, noun.rank, noun.words)
            office = offices.of(title, party, owners=fitting, beside=owners, supplied=supplied)
            if office is None:
                continue
            yield pattern, "holdsOffice", office
            if fitting and fitting[0].party.chain.type in ("Organization", "ArmedGroup"):
                continue
            return
        for owner in fitting:
            if owner.where != fitting[0].where:
                continue
            predicate = pattern.weak if owner.through or noun.weak else pattern.predicate
            if predicate is not None:
                yield pattern, predicate, End.of(owner.party.chain, owner.party.mention)
        if fitting:
            return


def _stands(owner: Owner, pattern: NounPattern) -> bool:
    if owner.where in pattern.where:
        return True
    mention = owner.party.mention
    adjective = mention.form == "demonym" or mention.end - mention.start <= len("U.S.")
    return "demonym" in pattern.where and owner.where == "pre" and adjective


def _place(owner: Owner, pattern: NounPattern) -> int:
    return pattern.where.index(owner.where) if owner.where in pattern.where else len(pattern.where)


def _elsewhere(noun: _Noun, office: NounPattern, party: Party, owners: list[Owner]) -> bool:
    """Whether another line finds an owner that stands there, so that no country need be supplied."""
    return any(
        _stands(owner, pattern) and fits(pattern.owner, owner.party.chain) and fits(pattern.bearer, party.chain)
        for pattern in noun.patterns
        if pattern is not office and pattern.office is None
        for owner in owners
    )
