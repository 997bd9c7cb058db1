"""Relations that verbs, word pairs and the order of place names say.

    verbs    the party, led by Marine Le Pen · he belongs to Hamas · a charity based in Geneva
    parts    the Saudi-led coalition · state-owned Rosneft · the London-based Observatory
    places   Aleppo, Syria

Which verbs and word pairs do so is said in verbs.tsv and participles.tsv of ontologies/relations:

>>> [pattern.predicate for pattern in RelationPatterns.load().verbs["join"]]
['memberOf']
"""

from __future__ import annotations

from dataclasses import replace

from kg.extract.relations.actor_kinds import fits
from kg.extract.relations.patterns import PartPattern, RelationPatterns, VerbPattern
from kg.extract.relations.recorder import End, Recorder
from kg.extract.relations.scene import Party, Scene
from kg.extract.syntax import Tree

__all__ = ["parts", "places", "verbs"]

_SLOTS = {"nsubj": "subj", "dobj": "obj"}


def verbs(scene: Scene, patterns: RelationPatterns, recorder: Recorder) -> None:
    """Relations of verbs.tsv; each is judged at its verb."""
    tree = scene.tree
    for i, lemma in enumerate(tree.lemmas):
        if tree.pos[i] == "ADJ":
            lemma = _verb_of(tree.lower[i], patterns)
        elif tree.pos[i] != "VERB":
            continue
        for pattern in patterns.verbs.get(lemma, ()):
            if _verb(scene, i, pattern, recorder):
                break


def _verb_of(word: str, patterns: RelationPatterns) -> str:
    """The verb of a participle that was read as an adjective ("allied")."""
    if not word.endswith("ed"):
        return ""
    return next((verb for verb in (word[:-2], word[:-1], word[:-3] + "y") if verb in patterns.verbs), "")


def _verb(scene: Scene, i: int, pattern: VerbPattern, recorder: Recorder) -> bool:
    tree = scene.tree
    adjective = tree.pos[i] == "ADJ"
    if pattern.passive and not adjective and not scene.slots.passive(i):
        return False
    at = i
    if pattern.particle:
        found = tree.child(i, ("dobj", "prt"))
        if found is None or tree.lower[found] != pattern.particle:
            return False
        at = found
    subjects = _parties(scene, i, pattern.subject, pattern.subject_types, at)
    objects = _parties(scene, i, pattern.object, pattern.object_types, at)
    judged = recorder.stated(i) if subjects and objects else None
    if judged is None:
        return False
    label = ""
    if pattern.tense == "past" and judged.tense != "future":
        judged, label = replace(judged, tense="past"), "former"
    for subject in subjects:
        for object_ in objects:
            recorder.relate(
                pattern.predicate, End.of(subject.chain, subject.mention), End.of(object_.chain, object_.mention),
                (i, i + 1), judged, rule=pattern.rule, date=recorder.date(i), label=label,
            )  # fmt: skip
    return True


def _parties(scene: Scene, i: int, place: str, kinds: frozenset[str], at: int) -> list[Party]:
    tree = scene.tree
    if tree.pos[i] == "ADJ" and place in _SLOTS:
        if tree.deps[i] == "acomp":
            tokens = scene.slots.subjects(tree.heads[i])
        else:
            tokens = [tree.heads[i]] if tree.deps[i] in ("amod", "relcl", "acl") else []
    else:
        tokens = scene.slots.tokens(i, _SLOTS.get(place, place))
        if not tokens and at != i:
            tokens = scene.slots.tokens(at, place)
    found = [party for token in tokens if (party := scene.named(token)) is not None]
    return [party for party in found if fits(kinds, party.chain) and not _it(tree, party)]


def _it(tree: Tree, party: Party) -> bool:
    """What "it" stands for is too unsure to state a relation of it; "join forces" names nobody."""
    word = tree.lower[party.token]
    bare = all(c > party.token for c in tree.children[party.token])
    return word in ("it", "this", "that") or (word == "forces" and bare)


def parts(scene: Scene, patterns: RelationPatterns, recorder: Recorder) -> None:
    """Relations of participles.tsv; what such a word says is taken for granted."""
    tree = scene.tree
    for hyphen in range(1, len(tree.words) - 1):
        if tree.words[hyphen] != "-":
            continue
        first, second = hyphen - 1, hyphen + 1
        for pattern in patterns.parts.get(tree.lower[second], ()):
            if _part(scene, pattern, first, second, second, recorder):
                break
        for pattern in patterns.parts.get(f"{tree.lower[first]}-", ()):
            if _part(scene, pattern, second, first, second, recorder):
                break


def _part(scene: Scene, pattern: PartPattern, at: int, part: int, last: int, recorder: Recorder) -> bool:
    """The relation of the owner at token `at` to the noun after `last`; `part` is the word that says it."""
    tree = scene.tree
    bearer = _bearer(scene, last, pattern)
    if bearer is None:
        return False
    owner = scene.at(at) or scene.nation(at)
    if owner is None and tree.lower[at] == "state" and pattern.predicate == "owns":
        owner = _state(scene, bearer, at)
    if owner is None or owner.mention.form == "pronoun" or not fits(pattern.owner, owner.chain):
        return False
    one, two = End.of(owner.chain, owner.mention), End.of(bearer.chain, bearer.mention)
    ends = (one, two) if pattern.inverse else (two, one)
    recorder.relate(pattern.predicate, *ends, (part, part + 1), recorder.granted(part), rule=pattern.rule)
    return True


def _bearer(scene: Scene, i: int, pattern: PartPattern) -> Party | None:
    """The noun after the word: the nearest one that is an actor of the right kind."""
    tree = scene.tree
    k = i + 1
    while k < len(tree.words) and k <= i + 5 and tree.pos[k] in ("ADJ", "NOUN", "PROPN", "PUNCT", "NUM"):
        if tree.words[k] in (",", ".", ";", ":"):
            return None
        party = scene.at(k) or scene.over(k)
        if party is not None and party.token >= k and party.mention.form != "demonym":
            modifies = tree.deps[party.token] in ("compound", "nmod", "amod") and tree.heads[party.token] > party.token
            whole = tree.lower[tree.heads[party.token]] in scene.wholes  # "the pro-Iranian Hezbollah party"
            return party if fits(pattern.bearer, party.chain) and (whole or not modifies) else None
        k += 1
    return None


def _state(scene: Scene, bearer: Party, at: int) -> Party | None:
    """The country of a state-owned company: named before it, or known of it."""
    tree = scene.tree
    for k in range(at - 1, max(at - 5, -1), -1):
        if tree.sentences[k] != tree.sentences[at] or tree.words[k] == ",":
            break
        party = scene.at(k)
        if party is not None:
            return party if party.chain.type in ("Country", "Government") else None
    if bearer.chain.country is None:
        return None
    for mention in scene.actors.mentions:
        chain = scene.actors.chain(mention)
        if chain is not None and chain.type == "Country" and chain.country == bearer.chain.country:
            return Party(mention, chain, bearer.token)
    return None


def places(scene: Scene, recorder: Recorder) -> None:
    """A place name, a comma, and the country or region that it is in."""
    tree = scene.tree
    for comma in range(1, len(tree.words) - 1):
        if tree.words[comma] != ",":
            continue
        inner, outer = scene.at(comma - 1), scene.over(comma + 1)
        if inner is None or outer is None or inner.mention.form != "name" or inner.chain.type != "Place":
            continue
        if outer.chain.type not in ("Country", "Place") or not _inside(tree, inner, outer, scene):
            continue
        trigger = (inner.token, outer.token + 1)
        recorder.relate(
            "locatedIn", End.of(inner.chain, inner.mention), End.of(outer.chain, outer.mention), trigger,
            recorder.granted(inner.token), rule="places: inner, outer",
        )  # fmt: skip


def _inside(tree: Tree, inner: Party, outer: Party, scene: Scene) -> bool:
    """Whether two place names with a comma between are one place and its region, not a list."""
    if tree.deps[outer.token] in ("nsubj", "nsubjpass", "ROOT", "poss"):
        return False
    after = scene.end(outer)
    if any(tree.deps[c] in ("cc", "conj") for c in (*tree.children[inner.token], *tree.children[outer.token])):
        return False
    if outer.chain.type == "Country":
        return inner.chain.country in (None, outer.chain.country)
    closed = after >= len(tree.words) or tree.words[after] in (",", ".", ")", ";", "-", "—", "–")
    same = inner.chain.country is not None and inner.chain.country == outer.chain.country
    return closed and same and tree.deps[outer.token] in ("appos", "npadvmod", "nmod")
