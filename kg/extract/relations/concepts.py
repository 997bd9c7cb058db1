"""Political concepts as nodes: a sphere of influence, a nuclear programme, an alliance, a strategy.

    "a Russian sphere of influence in the Caucasus"
        node  Russian sphere of influence (Concept)
        Russia owns Russian sphere of influence · Russia influences the Caucasus (topic: the node)

A concept is a node only where the text says whose it is: by a possessive, an adjective, "of" or "between", or the
subject of a verb of having ("Libya gave up its nuclear arsenal"). "Its sphere of influence" takes for granted
that there is one; of "a sphere of influence" the words around it say whether there is, and no word that does means that
it is not asserted.

>>> Concepts().relations
()
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kg.extract.events.frames import Slots
from kg.extract.quotation import quotations
from kg.extract.relations.concept_table import ConceptPattern, ConceptTable, Kind
from kg.extract.relations.nations import Nations
from kg.extract.relations.patterns import Modifier
from kg.extract.relations.recorder import End, Judged, Recorder
from kg.extract.relations.scene import Party, Scene
from kg.extract.syntax import Tree
from kg.model import Argument, Chain, Document, Mention, Predicate, Relation

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from kg.extract.actors import Actors
    from kg.extract.factuality import Judge
    from kg.text.dates import DateExpression

__all__ = ["ConceptTable", "Concepts", "find_concepts"]

_HOLDERS = frozenset({"Person", "Country", "Government", "Organization", "ArmedGroup", "Group"})
_REGIONS = frozenset({"Country", "Place", "Government", "Group"})
_FRONT = ("amod", "compound", "nmod", "poss", "npadvmod")
_DEFINITE = frozenset({"the", "its", "their", "his", "her", "this", "these", "that", "those", "our"})
_EMPTY = frozenset({"so", "called", "new", "own", "-"})
_EXAMPLES = frozenset({"like", "including"})


@dataclass(frozen=True, slots=True)
class Concepts:
    """The concept nodes of a document, the words that name them, and whose they are."""

    chains: tuple[Chain, ...] = ()
    mentions: tuple[Mention, ...] = ()
    relations: tuple[Relation, ...] = ()


@dataclass(frozen=True, slots=True)
class _Found:
    start: int
    end: int
    root: int
    pattern: ConceptPattern


def find_concepts(
    document: Document, doc: Doc, actors: Actors, dates: Sequence[DateExpression], judge: Judge, table: ConceptTable,
    *, tree: Tree | None = None,
) -> Concepts:  # fmt: skip
    """All political concepts of a document that somebody has; `tree` is its parse as lists, if it is there already."""
    tree = tree or Tree.of(doc)
    found = list(_phrases(tree, table))
    if not found:
        return Concepts()
    quotes = [(q.start, q.end) for q in quotations(document.text)]
    recorder = Recorder(document, tree, (c.id for c in actors.chains), judge, dates, quotes, part="-concept")
    scene = Scene(tree, actors, Slots(tree), Nations(table.nations, actors.chains, recorder, document.id))
    for concept in found:
        name = actors.covering(concept.start)
        if name is None or name.form != "name" or name.start == tree.starts[concept.start]:
            _concept(scene, concept, table, recorder)
    relations = sorted(recorder.relations, key=lambda r: (r.reports[0].trigger, r.predicate, r.id))
    return Concepts(tuple(recorder.chains), tuple(recorder.mentions), tuple(relations))


def _phrases(tree: Tree, table: ConceptTable) -> Iterator[_Found]:
    lower, n = tree.lower, len(tree.lower)
    i = 0
    while i < n:
        for words, pattern in table.concepts.get(lower[i], ()):
            end = i + len(words)
            if end > n or (len(words) > 1 and tuple(lower[i:end]) != words):
                continue
            roots = [k for k in range(i, end) if not i <= tree.heads[k] < end or tree.heads[k] == k]
            if roots and tree.pos[roots[-1]] in ("NOUN", "PROPN"):
                yield _Found(i, end, roots[0], pattern)
                i = end - 1
            break
        i += 1


def _concept(scene: Scene, found: _Found, table: ConceptTable, recorder: Recorder) -> None:
    held = _held(scene, found, table)
    pattern, tree = found.pattern, scene.tree
    pair = pattern.kind in ("bond", "alliance", "rivalry")
    others, by_example = _around(scene, found, pattern.region)
    holders = [party for party in held.holders if party.chain.type in _HOLDERS]
    if pair:
        holders = _distinct([*holders, *(party for party in others if party.chain.type in _HOLDERS)])
    start = _first_word(tree, found, table)
    if pair:
        holders = [party for party in holders if party.chain.type != "Person"]
    if not holders or (pattern.modified and start == found.start):
        return
    if pair and len(holders) < 2 and (pattern.kind != "alliance" or not held.holders):
        return
    what = " ".join(tree.lower[start : found.end]).replace(" - ", "-") if pattern.name == "*" else pattern.name
    said = _Said(
        tuple(End.of(party.chain, party.mention) for party in holders), (found.start, found.end),
        (tree.starts[start], tree.ends[found.end - 1]), _judged(scene, found, held, table, recorder), pattern.rule,
    )  # fmt: skip
    if pair and len(holders) > 1:
        names = sorted(dict.fromkeys(_adjective(end.chain, table) for end in said.ends))
        _shared(said, f"{'–'.join(names)} {what}", pattern.kind, recorder)
        return
    regions = [End.of(p.chain, p.mention) for p in others if p.chain.type in _REGIONS and pattern.kind == "sphere"]
    over = recorder.stated(found.root) if by_example else said.judged
    for end in said.ends:
        concept = said.node(f"{_adjective(end.chain, table)} {what}", end.chain.country, recorder)
        recorder.relate("owns", end, concept, said.trigger, said.judged, rule=pattern.rule)
        topic = (Argument("topic", *said.span, concept.chain.id),)
        for region in regions:
            recorder.relate("influences", end, region, said.trigger, over, rule=pattern.rule, more=topic)


@dataclass(frozen=True, slots=True)
class _Said:
    """A concept as the text speaks of it: who has it, its tokens and characters, and how it is reported."""

    ends: tuple[End, ...]
    trigger: tuple[int, int]
    span: tuple[int, int]
    judged: Judged
    rule: str

    def node(self, name: str, country: str | None, recorder: Recorder) -> End:
        return End(recorder.node(name, "Concept", *self.span, rule=self.rule, country=country), *self.span)


def _shared(said: _Said, name: str, kind: Kind, recorder: Recorder) -> None:
    """A concept of two or more parties."""
    concept = said.node(name, None, recorder)
    for end in said.ends:
        recorder.relate("owns", end, concept, said.trigger, said.judged, rule=said.rule)
    if kind == "bond":
        return
    predicate: Predicate = "alliedWith" if kind == "alliance" else "opposedTo"
    topic = (Argument("topic", *said.span, concept.chain.id),)
    for end in said.ends[1:]:
        recorder.relate(predicate, said.ends[0], end, said.trigger, said.judged, rule=said.rule, more=topic)


def _distinct(parties: list[Party]) -> list[Party]:
    return list({party.chain.id: party for party in reversed(parties)}.values())[::-1]


def _first_word(tree: Tree, found: _Found, table: ConceptTable) -> int:
    """The first word of the noun phrase that says which one it is, its owner and articles left out."""
    start = found.start
    while start > 0 and tree.heads[start - 1] in range(start - 1, found.end) and (
        tree.deps[start - 1] in ("amod", "compound", "nmod", "punct") and tree.words[start - 1] not in (",", '"', "(")
    ) and tree.tags[start - 1] not in ("JJR", "JJS"):  # fmt: skip
        start -= 1
    while start < found.start and (
        tree.words[start][:1].isupper() or tree.lower[start] in _EMPTY or tree.lower[start] in table.modifiers
    ):
        start += 1
    return start


@dataclass(frozen=True, slots=True)
class _Held:
    """Whose a concept is; the verb that says so, if one does; whether the text takes for granted that it exists."""

    holders: tuple[Party, ...]
    verb: int | None
    granted: bool


def _held(scene: Scene, found: _Found, table: ConceptTable) -> _Held:
    tree = scene.tree
    definite = any(tree.lower[c] in _DEFINITE and tree.deps[c] in ("det", "poss") for c in tree.children[found.root])
    front = [c for k in range(found.start, found.end) for c in tree.children[k] if c < found.start]
    own = tuple(party for c in front if tree.deps[c] in _FRONT for party in _spread(scene, c))
    possessive = any(tree.deps[c] == "poss" for c in front)
    verb = _having(scene, found.root, table)
    if own:
        bare = not any(tree.deps[c] == "det" and tree.lower[c] in ("a", "an", "any", "no") for c in front)
        over = verb if verb is not None and table.verbs[tree.lemmas[verb]] == "past" else None
        return _Held(own, over, definite or possessive or bare)
    if possessive:
        return _Held((), None, True)
    maker = _maker(scene, found.root)
    if maker:
        return _Held(tuple(maker), None, False)
    if verb is None:
        return _Held((), None, definite)
    holders = tuple(party for token in _subjects(scene, verb) for party in _named(scene, token))
    return _Held(holders, verb, definite and table.verbs[tree.lemmas[verb]] != "future")


def _spread(scene: Scene, token: int) -> Iterator[Party]:
    """A modifier and what is joined to it: "U.S.-Russian", "Iran and Syria's"."""
    party = scene.at(token) or scene.over(token) or scene.nation(token)
    if party is not None and party.token <= token + 2:
        yield from scene.coordinated(party)
    for child in scene.tree.children[token]:
        if child < token and scene.tree.words[child + 1] == "-":
            yield from _spread(scene, child)


def _maker(scene: Scene, root: int) -> list[Party]:
    """Whose act the concept is the object of: "Russia's establishment of a sphere of influence"."""
    tree = scene.tree
    head = tree.heads[root]
    if tree.deps[root] != "pobj" or tree.lower[head] != "of":
        return []
    noun = tree.heads[head]
    if tree.pos[noun] != "NOUN":
        return []
    return [party for c in tree.children[noun] if c < noun and tree.deps[c] in _FRONT for party in _spread(scene, c)]


def _having(scene: Scene, root: int, table: ConceptTable) -> int | None:
    """The verb of having that the concept is the object of."""
    tree = scene.tree
    while tree.deps[root] == "conj":
        root = tree.heads[root]
    verb = tree.heads[root]
    return verb if tree.deps[root] in ("dobj", "nsubjpass") and tree.lemmas[verb] in table.verbs else None


def _subjects(scene: Scene, verb: int) -> list[int]:
    """Who has it; "stimulate Moscow to create": the object of the verb above, where there is one."""
    tree, top = scene.tree, verb
    while tree.deps[top] == "conj" and tree.child(top, ("nsubj",)) is None:
        top = tree.heads[top]
    if tree.deps[top] == "xcomp" and (given := tree.child(tree.heads[top], ("dobj",))) is not None:
        return [given]
    return scene.slots.tokens(verb, "subj")


def _named(scene: Scene, token: int) -> list[Party]:
    """The actor at a token, or those given as examples of it ("countries such as Ukraine")."""
    tree = scene.tree
    examples: list[Party] = []
    for prep in tree.all(token, ("prep",)):
        if tree.lower[prep] in _EXAMPLES or (tree.lower[prep] == "as" and tree.lower[prep - 1] == "such"):
            for inside in tree.all(prep, ("pobj",)):
                party = scene.at(inside)
                if party is not None:
                    examples.extend(scene.coordinated(party))
    if examples:
        return examples
    party = scene.at(token) or scene.over(token)
    return [] if party is None else list(scene.coordinated(party))


def _around(scene: Scene, found: _Found, prepositions: frozenset[str]) -> tuple[list[Party], bool]:
    """The region or the other parties: what stands after a preposition of the noun, or of the verb that governs it.

    The second answer is whether they are only examples further on in the clause.
    """
    tree = scene.tree
    result = [
        party
        for head in sorted({found.root, found.end - 1})
        for prep in tree.all(head, ("prep",))
        if prep >= found.end and tree.lower[prep] in prepositions
        for inside in tree.all(prep, ("pobj",))
        for party in _named(scene, inside)
    ]
    verb = tree.heads[found.root]
    if result or not prepositions or tree.pos[verb] != "VERB":
        return _distinct(result), False
    for prep in tree.all(verb, ("prep",)):
        if tree.lower[prep] in prepositions and prep > found.root:
            for inside in tree.all(prep, ("pobj",)):
                result.extend(_named(scene, inside))
    if result:
        return _distinct(result), False
    return _distinct(_examples_below(scene, verb, found.end)), True


def _examples_below(scene: Scene, verb: int, start: int) -> list[Party]:
    """Places given as examples further on in the clause ("its sphere of influence, in countries such as Georgia")."""
    tree = scene.tree
    last = tree.bounds[tree.sentences[start]][1] if start < len(tree.words) else start
    for k in range(start, min(last, start + 12)):
        if tree.lower[k] in ("in", "over", "across") and tree.deps[k] == "prep" and tree.under(k, verb):
            for inside in tree.all(k, ("pobj",)):
                if tree.lower[inside] in ("countries", "states", "places", "nations", "regions"):
                    return [p for p in _named(scene, inside) if p.chain.type in _REGIONS]
    return []


def _judged(scene: Scene, found: _Found, held: _Held, table: ConceptTable, recorder: Recorder) -> Judged:
    tree, root = scene.tree, found.root
    if held.verb is not None:
        judged = recorder.stated(held.verb)
        effect = table.verbs[tree.lemmas[held.verb]]
        if held.granted:  # "gave up its arsenal": it had one; "will not give up its arsenal": it has one
            over = judged.polarity == "positive" and judged.tense == "past" and not judged.conditional
            return replace(recorder.granted(root), tense="past" if over else "present")
        if effect == "future" and judged.polarity == "positive":
            return replace(judged, tense="future")
        return judged
    # A sphere is a claim, so that only the clause says whether there is one.
    if held.granted and found.pattern.kind != "sphere":
        judged = recorder.granted(root)
    else:
        judged = recorder.stated(root)
        # Only as the subject, object or complement of a verb does the clause of an indefinite say whether there is one.
        stated = held.granted or tree.deps[root] in ("nsubj", "nsubjpass", "dobj", "attr")
        if held.granted:
            judged = replace(judged, polarity="positive")
        if not stated and judged.polarity == "positive" and judged.tense != "future":
            judged = replace(judged, conditional=True)
    for k in range(max(found.start - 4, 0), found.start):
        modifier = table.modifiers.get(tree.lower[k])
        if modifier is not None and tree.heads[k] in range(found.start, found.end):
            judged = _modified(judged, modifier)
    return judged


def _modified(judged: Judged, modifier: Modifier) -> Judged:
    if modifier.effect == "past":
        return replace(judged, tense="past")
    if modifier.effect == "future":
        return replace(judged, tense="future")
    if modifier.effect == "possible" and judged.certainty == "certain":
        return replace(judged, certainty="possible")
    return judged


def _adjective(chain: Chain, table: ConceptTable) -> str:
    """How a holder stands before what it has: Russian, Western, NATO, Assad's."""
    key = chain.country if chain.type in ("Country", "Government") else chain.entry
    found = table.adjective(key) if key is not None else None
    return found or (f"{chain.name}'s" if chain.type == "Person" else chain.name)
