"""Who is named as one of several that a noun describes.

    include     Members of the bloc include Ghana and Togo · the members of the council are Oman and Qatar
    others      Poland, Hungary and other EU members
    examples    allies such as Chad · members, including Ghana · partners like Niger
    one of      Jordan, one of the coalition's members · Ghana is among the members of the union

`listed` gives those that are named; `examples` finds them for a name too ("NATO allies, especially Denmark").

>>> sorted(INCLUDING)
['comprise', 'encompass', 'include']
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from kg.extract.relations.scene import Party, Scene

if TYPE_CHECKING:
    from kg.extract.syntax import Tree

__all__ = ["ESPECIALLY", "INCLUDING", "examples", "listed"]

INCLUDING = frozenset({"include", "comprise", "encompass"})
ESPECIALLY = frozenset(
    {"especially", "particularly", "primarily", "mainly", "mostly", "notably", "chiefly", "principally", "largely",
     "predominantly"}
)  # fmt: skip
_DEEPEST = 12


def listed(scene: Scene, root: int) -> tuple[tuple[Party, ...], int | None]:
    """Those that the plural noun at token `root` describes, and the verb that says so (None: taken for granted)."""
    tree, dep, head = scene.tree, scene.tree.deps[root], scene.tree.heads[root]
    if dep == "nsubj":
        if tree.lemmas[head] in INCLUDING and tree.pos[head] == "VERB":
            return _parties(scene, scene.slots.tokens(head, "obj"), root), head
        complement = tree.child(head, ("attr",)) if tree.lemmas[head] == "be" else None
        found = () if complement is None else _parties(scene, scene.slots.spread(complement), root)
        if found and all(party.mention.form == "name" for party in found):
            return found, head
    if dep == "conj" and any(tree.lower[c] == "other" for c in tree.children[root]):
        before: list[int] = []
        while tree.deps[root] == "conj" and len(before) < _DEEPEST:
            root = tree.heads[root]
            before.append(root)
        return _parties(scene, before[::-1], -1), None
    if dep == "pobj":
        one = tree.heads[head]
        of_one = tree.lower[head] == "of" and tree.lower[one] == "one"
        if tree.lower[head] == "among" and tree.lemmas[one] == "be":
            return _parties(scene, scene.slots.subjects(one)[:1], root), one
        if of_one and tree.deps[one] == "appos":
            return _parties(scene, [tree.heads[one]], root), None
        if of_one and tree.deps[one] == "attr" and tree.lemmas[tree.heads[one]] in ("be", "become", "remain"):
            return _parties(scene, scene.slots.subjects(tree.heads[one])[:1], root), tree.heads[one]
    return _parties(scene, examples(scene, root), root), None


def examples(scene: Scene, root: int) -> list[int]:
    """Heads of what stands after "such as", "including", "like" or ", especially" below the noun at token `root`."""
    tree, found = scene.tree, []
    for c in tree.children[root]:
        if c < root:
            continue
        if tree.deps[c] == "prep" and (tree.lower[c] in ("including", "like") or _such_as(tree, c)):
            found += tree.all(c, ("pobj",))
        elif tree.deps[c] == "appos" and any(tree.lower[d] in ESPECIALLY for d in tree.all(c, ("advmod",))):
            found.append(c)
    return [t for token in found for t in scene.slots.spread(token)]


def _such_as(tree: Tree, prep: int) -> bool:
    return tree.lower[prep] == "as" and any(tree.lower[c] == "such" for c in tree.children[prep])


def _parties(scene: Scene, tokens: Sequence[int], root: int) -> tuple[Party, ...]:
    """The actors with a name at these tokens."""
    found = (scene.named(token) for token in tokens if token != root)
    return tuple(party for party in found if party is not None and party.mention.form != "pronoun")
