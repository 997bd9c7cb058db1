"""Who a relational noun describes, and whose it is: the syntax of titles and appositions.

    Russia 's   [foreign minister]   Sergei Lavrov
    owner, poss  phrase              bearer, title

`bearing` finds the one that is described, in four frames:

    title        Foreign Minister Sergei Lavrov · NATO member Turkey
    apposition   Sergei Lavrov, the foreign minister · the foreign minister, Sergei Lavrov
    copula       Lavrov is (has become, will be) the foreign minister · Lavrov, who is …
    as           Lavrov served as (was appointed, resigned as) foreign minister
    part         jets flew as part of the coalition
    list         the ministers include Lavrov · Lavrov and other ministers (`kg.extract.relations.listing`)

`owning` finds what stands for the other end: a possessive, a word before the phrase, or a preposition after it.
What a title or an apposition says is taken for granted, whatever is denied or asked around it; a copula or an
"as" is stated, and judged at its verb.

>>> Bearing((), "title").verb is None
True
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from kg.extract.relations.listing import listed
from kg.extract.relations.scene import Party, Scene
from kg.extract.syntax import Tree

if TYPE_CHECKING:
    from kg.extract.relations.patterns import AsVerb, Modifier

__all__ = ["COPULAS", "Bearing", "Frame", "Owner", "bearing", "kept", "of_itself", "owning"]

Frame = Literal["title", "apposition", "copula", "as", "part", "list", "itself"]
COPULAS = frozenset({"be", "become", "remain", "stay"})
_INSIDE = frozenset(
    {"amod", "compound", "nmod", "poss", "npadvmod", "nummod", "advmod", "punct", "case", "det", "quantmod"}
)
_OWNERS = frozenset({"of", "at", "in", "for", "with", "from", "to"})


@dataclass(frozen=True, slots=True)
class Owner:
    """An actor and where it stands beside the noun; `through` if only by way of a part of it ("the board of")."""

    party: Party
    where: str
    through: bool = False


@dataclass(frozen=True, slots=True)
class Bearing:
    """Who a noun describes, in which frame; `verb` is where a copula or "as" is judged."""

    parties: tuple[Party, ...]
    frame: Frame
    verb: int | None = None
    as_verb: AsVerb | None = None


def bearing(
    scene: Scene, start: int, end: int, root: int, *, as_verbs: Mapping[str, AsVerb], plural: bool
) -> Bearing | None:
    """Who the noun phrase with the words `start` to `end` and head `root` describes, or None."""
    party = _titled(scene, start, end, root)
    if party is not None:
        named = tuple(scene.listed(party)) if plural else (party,)
        return Bearing(named, "title")
    if plural:
        parties, verb = listed(scene, root)
        if parties:
            return Bearing(parties, "list", verb)
    return _described(scene, root, as_verbs, plural)


def kept(scene: Scene, start: int, root: int) -> Bearing | None:
    """The name between a possessive and the noun: "the government and its Hezbollah allies"."""
    tree = scene.tree
    if start == 0 or not any(tree.deps[c] == "poss" for c in tree.children[root]) or tree.words[start - 1] == "'s":
        return None
    party = scene.at(start - 1)
    named = party is not None and party.mention.form == "name" and tree.deps[party.token] in ("compound", "nmod")
    return Bearing((party,), "itself") if party is not None and named else None


def of_itself(scene: Scene, root: int) -> Bearing | None:
    """Several without a name, who are themselves the actor: "fighters of the Islamic State"."""
    party = scene.at(root)
    several = party is not None and party.mention.form == "nominal" and party.chain.type in ("Group", "ArmedGroup")
    return Bearing((party,), "itself") if party is not None and several else None


def owning(
    scene: Scene, start: int, end: int, root: int, *, bearer: Party, modifiers: Mapping[str, Modifier],
    bodies: frozenset[str], apart: bool = False,
) -> list[Owner]:  # fmt: skip
    """What may be the other end of the relation, nearest to the noun first.

    `apart`: what stands beside the bearer does not count.
    """
    tree = scene.tree
    found: list[Owner] = []
    name = -1 if apart else bearer.token
    before_name = [name] if name >= end and tree.under(root, name) else []
    for k in dict.fromkeys((root, *range(start, end), *before_name)):
        for child in tree.all(k, ("poss",)):
            if child < start and (party := scene.at(child)) is not None:
                found.extend(Owner(p, "poss") for p in scene.coordinated(party) if p.token < start)
    if not found:
        found.extend(_before(scene, start, modifiers))
    found = [
        replace(owner, through=True) if _parted(tree, owner.party.token, start, modifiers) else owner for owner in found
    ]
    after = [owner for k in dict.fromkeys((root, end - 1)) for owner in _after(scene, k, bodies)]
    first = tree.child(root, ("prep",))
    if first is not None and tree.lower[first] == "of" and after and after[0].where not in ("of", "to"):
        after = [replace(owner, through=True) for owner in after]  # "director of debate at the university"
    if any(o.where == "pre" and o.party.chain.type == "Country" and o.party.mention.form == "name" for o in found):
        after = [replace(owner, through=True) for owner in after]  # "the Turkey head of Amnesty"
    found.extend(after)
    if name >= end and not any(owner.where in _OWNERS for owner in found):
        found = [*_after(scene, name, frozenset(), only=("of",)), *found]
    if end + 1 < len(tree.words) and _bare(tree, root) and tree.words[end] == "," and not found:
        party = scene.over(end + 1)  # "Gen. Ann Lee, commander, Fourth Fleet"
        if party is not None and party.chain.type == "Organization":
            return [Owner(party, "of")]
    if end + 1 < len(tree.words) and tree.lower[end] in _OWNERS and not any(o.where in _OWNERS for o in found):
        at = end + 2 if tree.lower[end + 1] in ("the", "its", "a") else end + 1
        party = scene.over(at) if at < len(tree.words) else None
        inside = party is not None and tree.sentences[party.token] == tree.sentences[root]
        if party is not None and inside and tree.deps[party.token] != "poss":
            found.append(Owner(party, tree.lower[end]))
    return found


def _bare(tree: Tree, root: int) -> bool:
    """Whether the noun stands alone in apposition."""
    return tree.deps[root] in ("appos", "conj") and not any(
        tree.deps[c] in ("det", "poss") for c in tree.children[root]
    )


def _parted(tree: Tree, owner: int, start: int, ranks: Mapping[str, Modifier]) -> bool:
    """Whether nouns stand between the owner and the noun: "the agency's human rights director"."""
    return any(
        tree.deps[k] in ("compound", "nmod") and tree.lower[k] not in ranks for k in range(owner + 1, start)
    )  # fmt: skip


def _titled(scene: Scene, start: int, end: int, root: int) -> Party | None:
    tree = scene.tree
    k = end
    if k < len(tree.words) and tree.lower[k] in ("to", "of"):  # Ambassador to the U.S. Sergey Kislyak
        at = k + 2 if k + 2 < len(tree.words) and tree.lower[k + 1] == "the" else k + 1
        owner = scene.over(at) if at < len(tree.words) else None
        if owner is None or owner.chain.type == "Person":
            return None
        k = scene.end(owner)
    for _ in range(5):
        if k >= len(tree.words) or tree.sentences[k] != tree.sentences[root]:
            return None
        party = scene.over(k)
        if party is not None and party.token >= k:
            return party if _belongs(scene, start, end, root, party) else None
        if (
            tree.words[k] != "-"
            and tree.lower[k] not in ("elect", "designate")
            and (tree.pos[k] != "PROPN" or tree.deps[k] not in ("compound", "nmod"))
        ):
            return None
        k += 1
    return None


def _belongs(scene: Scene, start: int, end: int, root: int, party: Party) -> bool:
    """Whether a name after the noun is what the noun is a title of."""
    tree = scene.tree
    name = party.token
    if (
        tree.deps[name] in ("nsubj", "nsubjpass")
        and tree.deps[tree.heads[name]] in ("relcl", "ccomp")
        and (root in (tree.heads[tree.heads[name]],))
    ):
        return False
    if tree.heads[name] == root and tree.deps[name] in ("appos", "nmod", "compound", "dep", "npadvmod"):
        return True
    if (
        root != name
        and tree.under(root, name)
        and tree.deps[root] in ("compound", "nmod", "amod", "appos", "dep", "poss")
    ):
        return True
    return party.chain.type == "Person" and tree.words[start][:1].isupper() and tree.words[end - 1][:1].isupper()


def _described(scene: Scene, root: int, as_verbs: Mapping[str, AsVerb], plural: bool) -> Bearing | None:
    tree = scene.tree
    dep, head = tree.deps[root], tree.heads[root]
    here = root
    while (
        tree.deps[here] == "conj"
        and tree.pos[tree.heads[here]] in ("NOUN", "PROPN")
        and ((before := scene.at(tree.heads[here])) is None or before.mention.form != "name")
    ):
        here = tree.heads[here]
        dep, head = tree.deps[here], tree.heads[here]
    if dep == "appos" and (party := scene.at(head)) is not None and not _quoted_apart(tree, head, root):
        return Bearing(tuple(_group(scene, party)) if plural else (party,), "apposition")
    near = [c for c in tree.all(root, ("appos",)) if not _quoted_apart(tree, root, c)]
    named = [party for c in near if (party := scene.at(c)) is not None]
    if not named:  # "the emir of Qatar, Sheikh Tamim, …": the parser often takes the name for another name of Qatar
        named = _after_owner(scene, root)
    if named:
        return Bearing(tuple(scene.coordinated(named[0])) if plural else (named[0],), "apposition")
    if dep in ("attr", "oprd", "dobj") and tree.lemmas[head] in COPULAS:
        subjects = _subjects(scene, head)
        if tree.deps[head] == "relcl" and not plural:  # "Gore or Kerry, who is": the nearest
            subjects = [party for party in subjects if party.token < head][-1:]
        return Bearing(tuple(subjects), "copula", head) if subjects else None
    verb = (
        tree.heads[head]
        if dep == "pobj" and tree.lower[head] == "as"
        else head
        if dep in ("oprd", "attr", "dobj")
        else None
    )
    if verb is not None and dep == "pobj" and tree.lower[root] == "part":  # "jets flew as part of the coalition"
        actors = [_patient(scene, verb)] if scene.slots.passive(verb) else _subjects(scene, verb)
        return Bearing(tuple(party for party in actors if party is not None), "part", verb)
    if verb is not None and (pattern := as_verbs.get(tree.lemmas[verb])) is not None:
        party = _patient(scene, verb) if pattern.bearer == "dobj" else next(iter(_subjects(scene, verb)), None)
        if party is not None and party.token != root:
            return Bearing((party,), "as", verb, pattern)
    return None


def _after_owner(scene: Scene, root: int) -> list[Party]:
    """A person between commas after "the emir of Qatar"."""
    tree = scene.tree
    for prep in tree.all(root, ("prep",)):
        inside = tree.child(prep, ("pobj",))
        owner = scene.named(inside) if inside is not None and tree.lower[prep] == "of" else None
        if owner is None or owner.chain.type == "Person":
            continue
        comma = scene.end(owner)
        start = comma + 1
        while start < len(tree.words) - 1 and tree.deps[start] == "compound" and scene.over(start) is None:
            start += 1
        person = scene.over(start) if start < len(tree.words) and tree.words[comma] == "," else None
        if person is not None and person.chain.type == "Person" and tree.heads[person.token] in (inside, root):
            after = scene.end(person)
            if after >= len(tree.words) or tree.words[after] in (",", ".", ";"):
                return [person]
    return []


def _quoted_apart(tree: Tree, one: int, other: int) -> bool:
    """Whether a quotation ends between two words that the parser takes for one another's name."""
    return '"' in tree.words[min(one, other) : max(one, other)]


def _group(scene: Scene, party: Party) -> Iterator[Party]:
    """The last of a coordination, and those before it."""
    tree = scene.tree
    found = [party]
    while tree.deps[found[-1].token] == "conj" and (before := scene.at(tree.heads[found[-1].token])) is not None:
        found.append(before)
    return reversed(found)


def _subjects(scene: Scene, verb: int) -> list[Party]:
    """The subjects of a verb, its own or those that it shares."""
    if scene.tree.child(verb, ("expl",)) is not None:
        return []
    found = scene.slots.subjects(verb)
    party = scene.at(found[0]) if found else None
    return [] if party is None else list(scene.coordinated(party))


def _patient(scene: Scene, verb: int) -> Party | None:
    """Whom somebody appoints, elects or names."""
    if scene.slots.passive(verb):
        return next(iter(_subjects(scene, verb)), None)
    found = scene.tree.child(verb, ("dobj",))
    return None if found is None else scene.at(found)


def _before(scene: Scene, start: int, modifiers: Mapping[str, Modifier]) -> Iterator[Owner]:
    """Names and adjectives of nationality that stand right before the phrase."""
    tree = scene.tree
    sentence = tree.sentences[start]
    k = start - 1
    for _ in range(7):
        if k < 0 or tree.sentences[k] != sentence or (k in scene.titled and not _body_name(scene, k)):
            return
        if tree.words[k] == "-" and tree.tags[k + 1] == "VBN":  # "Jordanian-born militant"
            return
        if k > 1 and tree.words[k - 1] == "-" and tree.lower[k - 2] in ("pro", "anti", "non"):
            return
        party = _standing(scene, k)
        if party is not None and party.mention.form != "pronoun":
            if tree.deps[k] in _INSIDE or k == start - 1:
                yield Owner(party, "pre")
            return
        if tree.lower[k] in modifiers or tree.words[k] in ("-", '"'):
            k -= 1
            continue
        if tree.deps[k] not in _INSIDE or tree.deps[k] in ("det", "case") or tree.words[k] == ",":
            return
        k -= 1


def _body_name(scene: Scene, k: int) -> bool:
    """Whether a token is a word of a body's name ("Communist Party chief")."""
    party = scene.at(k)
    return party is not None and party.mention.form == "name" and party.chain.type in ("Organization", "ArmedGroup")


def _standing(scene: Scene, k: int) -> Party | None:
    party = scene.at(k)
    if party is None or party.chain.type == "Group":
        return scene.party_word(k) or party or scene.nation(k) or scene.bloc(k)
    return party


def _after(scene: Scene, k: int, bodies: frozenset[str], *, only: tuple[str, ...] = ()) -> Iterator[Owner]:
    """What stands after prepositions below token `k`."""
    tree = scene.tree
    for prep in tree.all(k, ("prep",)):
        where = tree.lower[prep]
        if prep < k or where not in (only or _OWNERS):
            continue
        inside = tree.child(prep, ("pobj",))
        while inside is not None:
            party = scene.named(inside)
            if party is not None:
                yield Owner(party, where)
                if where == "at":
                    yield from _after(scene, party.token, bodies, only=("at",))
            elif tree.lower[inside] in bodies:
                for owner in _through(scene, inside, bodies):
                    yield Owner(owner.party, where, through=True)
            elif not only:  # "associate for education at the institute"
                for owner in _after(scene, inside, bodies, only=("at",)):
                    yield Owner(owner.party, "at", through=True)
            inside = tree.child(inside, ("conj",))


def _through(scene: Scene, noun: int, bodies: frozenset[str]) -> Iterator[Owner]:
    """Whose the department, board or office is."""
    tree = scene.tree
    found = list(_after(scene, noun, bodies, only=("at", "of", "in", "for")))
    for child in tree.all(noun, ("poss", "compound", "amod", "nmod")):
        party = scene.at(child)
        if party is not None:
            found.append(Owner(party, "poss"))
    yield from found
