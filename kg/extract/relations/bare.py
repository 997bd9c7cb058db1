"""Relations that no word says: a name beside a name.

    nationals   Lebanon's Hezbollah · Turkey's Erdogan · CNN's Ann Lee
    partisans   Charlie King, a Democrat · Democrat Charlie King · Charlie King (D-N.Y.)
    sites       the Institute for Peace in Oslo · the Davis Center at Harvard University · Ann Lee of Oxfam
    instances   the Free Army, primarily the Northern Brigade · NATO allies, especially Denmark
    units       2nd Battalion, 5th Regiment · the 407th Group's 134th Squadron

>>> is_institution(Chain("actor-0-18", "Hofstra University", "Organization"))
True
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator

from kg.extract.relations.actor_kinds import fits, is_institution, kinds, unit_rank
from kg.extract.relations.descriptions import COPULAS
from kg.extract.relations.listing import ESPECIALLY, listed
from kg.extract.relations.recorder import End, Judged, Recorder
from kg.extract.relations.scene import Party, Scene
from kg.model import Chain, Mention, Predicate

__all__ = ["instances", "nationals", "partisans", "sites", "units"]

_WHOLES = frozenset({"Organization", "ArmedGroup", "Group"})
_JOINED = kinds("coalition")


def nationals(scene: Scene, recorder: Recorder) -> None:
    """A country or body that stands as the owner or the adjective of a name: "Lebanon's Hezbollah", "CNN's Ann Lee"."""
    tree = scene.tree
    for mention in scene.actors.mentions:
        chain = scene.actors.chain(mention) if mention.form in ("name", "demonym") else None
        if chain is None or chain.type not in ("Country", "Organization"):
            continue
        token = _head_of(scene, mention)
        name = None if token is None else _called_so(scene, tree.heads[token])
        if token is None or name is None or name.mention.form != "name" or name.token <= token:
            continue
        first = next(k for k in range(token + 1, name.token + 1) if tree.starts[k] >= name.mention.start)
        between = [k for k in range(token + 1, first) if tree.deps[k] not in ("case", "amod")]
        owned = tree.deps[token] == "poss"
        prefixed = token > 0 and tree.words[token - 1] == "-"  # "pro-Iranian Hezbollah"
        if between or prefixed or not (owned or tree.deps[token] == "amod"):
            continue
        person, body = name.chain.type == "Person", name.chain.type in ("Organization", "ArmedGroup")
        country = chain.type == "Country"
        if (person and owned) or (body and country):
            predicate: Predicate = "citizenOf" if person and country else "affiliatedWith"
            if country and is_institution(name.chain):
                predicate = "locatedIn"  # "Iraq's National Library"
            ends = (End.of(name.chain, name.mention), End.of(chain, mention))
            judged = recorder.granted(token)
            recorder.relate(predicate, *ends, (token, token + 1), judged, rule="nationals: owner's name")


def _called_so(scene: Scene, token: int) -> Party | None:
    """The actor at a token; of "the Hezbollah movement" the name."""
    party = scene.at(token)
    if party is not None and party.mention.form == "nominal" and scene.tree.lower[token] in scene.wholes:
        inside = (scene.at(c) for c in scene.tree.all(token, ("compound", "nmod")))
        return next((p for p in inside if p is not None and p.mention.form == "name"), party)
    return party


def sites(scene: Scene, recorder: Recorder) -> None:
    """Where an institution is, the institution that it is part of, and the body that somebody is "of"."""
    tree = scene.tree
    for prep, word in enumerate(tree.lower):
        if word not in ("in", "at", "of") or tree.deps[prep] != "prep":
            continue
        inside = tree.child(prep, ("pobj",))
        mention = scene.actors.covering(tree.heads[prep])
        if inside is None or mention is None or mention.form != "name" or tree.starts[prep] < mention.end:
            continue
        chain, other = scene.actors.chain(mention), scene.named(inside)
        if chain is None or other is None or other.mention.form != "name":
            continue
        predicate = _between(chain, word, other.chain)
        if predicate is not None:
            recorder.relate(
                predicate, End.of(chain, mention), End.of(other.chain, other.mention), (prep, prep + 1),
                recorder.granted(prep), rule=f"sites: {word}",
            )  # fmt: skip


def _between(one: Chain, word: str, other: Chain) -> Predicate | None:
    """What a preposition between two names says."""
    if word == "of":
        return "affiliatedWith" if one.type == "Person" and other.type == "Organization" else None
    if one.type not in ("Organization", "Place") or not is_institution(one):
        return None
    if word == "at":
        return "partOf" if other.type == "Organization" else None
    return "locatedIn" if other.type in ("Place", "Country") else None


def instances(scene: Scene, recorder: Recorder) -> None:
    """Those who are named after a body, or after a group that has a name, as what it is made of."""
    tree = scene.tree
    for mention in scene.actors.mentions:
        chain = scene.actors.chain(mention) if mention.form == "name" else None
        token = None if chain is None or chain.type not in _WHOLES else _head_of(scene, mention)
        if chain is None or token is None:
            continue
        if chain.type == "Group":
            parts, verb = listed(scene, token) if tree.tags[token] in ("NNS", "NNPS") else ((), None)
            rule = "instances: list"
        else:
            parts, verb, rule = tuple(_especially(scene, token)), None, "instances: especially"
        judged = recorder.granted(token) if verb is None else recorder.stated(verb)
        for part in parts:
            predicate = _part_of(part.chain, chain)
            if predicate is not None:
                ends = (End.of(part.chain, part.mention), End.of(chain, mention))
                recorder.relate(predicate, *ends, (part.token, part.token + 1), judged, rule=rule)


def _especially(scene: Scene, token: int) -> Iterator[Party]:
    """What a body is said to be for the most part: ", primarily Syrian Arab forces"."""
    tree = scene.tree
    for c in tree.all(token, ("appos",)):
        if any(tree.lower[d] in ESPECIALLY for d in tree.all(c, ("advmod",))):
            for t in scene.slots.spread(c):
                if (party := scene.named(t)) is not None:
                    yield party


def _part_of(part: Chain, whole: Chain) -> Predicate | None:
    if part.type in ("Country", "Government"):
        return "memberOf" if whole.type == "Group" or fits(_JOINED, whole) else None
    if whole.type == "Group":
        return "memberOf" if part.type in _WHOLES else None
    if part.type == "Group":
        return "memberOf" if whole.type == "ArmedGroup" else None
    return "partOf" if part.type in ("Organization", "ArmedGroup") else None


def units(scene: Scene, recorder: Recorder) -> None:
    """A military unit and, after a comma or a possessive, the larger one that it is part of."""
    tree = scene.tree
    for mention in scene.actors.mentions:
        chain = scene.actors.chain(mention) if mention.form == "name" else None
        rank = None if chain is None or chain.type not in ("Organization", "ArmedGroup") else unit_rank(chain)
        token = None if rank is None else _head_of(scene, mention)
        if chain is None or rank is None or token is None:
            continue
        comma = scene.end(Party(mention, chain, token))
        larger = scene.over(comma + 1) if comma + 1 < len(tree.words) and tree.words[comma] == "," else None
        if larger is None:
            owner = tree.child(token, ("poss",))
            larger = None if owner is None else scene.at(owner)
        other = None if larger is None else unit_rank(larger.chain)
        if larger is None or other is None or larger.mention.form != "name":
            continue
        if other > rank and not _row(scene, scene.end(larger), other):
            ends = (End.of(chain, mention), End.of(larger.chain, larger.mention))
            recorder.relate("partOf", *ends, (token, token + 1), recorder.granted(token), rule="units: smaller, larger")


def _row(scene: Scene, after: int, rank: int) -> bool:
    """Whether a list of units goes on: "12th Brigade, 4th Division and 6th Division"."""
    if after + 1 >= len(scene.tree.words) or scene.tree.lower[after] not in ("and", "or", ","):
        return False
    following = scene.over(after + 1)
    return following is not None and unit_rank(following.chain) == rank


def _head_of(scene: Scene, mention: Mention) -> int | None:
    tree = scene.tree
    k = bisect_left(tree.starts, mention.start)
    while k < len(tree.words) and tree.starts[k] < mention.end:
        if scene.actors.headed_by(k) == mention:
            return k
        k += 1
    return None


def partisans(scene: Scene, recorder: Recorder) -> None:
    """People who are called by the name of their party, or marked with it."""
    tree = scene.tree
    for i, word in enumerate(tree.words):
        if word == "(" and 0 < i < len(tree.words) - 1 and (party := scene.party_word(i + 1, kind="mark")) is not None:
            person = scene.at(i - 1)
            if person is not None and person.chain.type == "Person":
                _member(person, party, recorder.granted(i), party.mention.rule, recorder)
    for mention in scene.actors.mentions:
        chain = scene.actors.chain(mention)
        if chain is None or chain.type not in ("Organization", "Group"):
            continue
        token = _head_of(scene, mention)
        if token is None:
            continue
        named = Party(mention, chain, token) if chain.sector == "PTY" else scene.party_word(token)
        if named is not None:
            for person, judged in _called(scene, token, recorder):
                _member(person, named, judged, "partisans: a party's name", recorder)


def _member(person: Party, party: Party, judged: Judged, rule: str, recorder: Recorder) -> None:
    ends = (End.of(person.chain, person.mention), End.of(party.chain, party.mention))
    recorder.relate("memberOf", *ends, (party.token, party.token + 1), judged, rule=rule)


def _called(scene: Scene, token: int, recorder: Recorder) -> Iterator[tuple[Party, Judged]]:
    tree, head = scene.tree, scene.tree.heads[token]
    plain = tree.child(token, ("poss",)) is None and tree.child(token, ("det",)) is None
    article = any(tree.lower[c] in ("a", "an") for c in tree.all(token, ("det",)))
    party: Party | None = None
    if tree.deps[token] == "appos" and (plain or article):
        party, judged = scene.at(head), recorder.granted(token)
    elif tree.deps[token] == "compound" and head > token and plain and tree.tags[token] != "NNPS":
        party, judged = scene.over(token + 1), recorder.granted(token)
    elif tree.deps[token] == "attr" and tree.lemmas[head] in COPULAS and article:
        subjects = scene.slots.subjects(head)
        party, judged = (scene.at(subjects[0]) if subjects else None), recorder.stated(head)
    if party is not None and party.chain.type == "Person" and party.token != token:
        yield party, judged
