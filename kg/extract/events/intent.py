"""What somebody will, will not or must do: promises, threats, refusals and demands that an auxiliary verb makes.

"Turkey will send aid to Somalia" is a promise about aid, "said it would shell the town" a threat, "will not lift the
ban" a refusal, "said that Iran must withdraw" a demand. The table is ontologies/codebook/triggers/intent.tsv: its
words are the auxiliaries, its conditions speak of the act inside:

>>> from kg.extract.events.codebook import Codebook
>>> sorted({str(row.plover) for row in Codebook.load().triggers["x", "will"]})
['AGREE', 'REJECT', 'THREATEN']
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kg.extract.events.arguments import Filler, Roles
from kg.extract.events.codebook import Trigger
from kg.extract.events.coding import Coded, Coder
from kg.model import Argument

__all__ = ["Intent", "find_intents"]

_MAIN = frozenset({"ROOT", "ccomp", "conj", "parataxis"})


@dataclass(frozen=True, slots=True)
class Intent:
    """An auxiliary that makes an act a promise, threat, refusal or demand.

    Attributes:
        coded: of the auxiliary.
        judged: the word whose factuality is that of the intent.
        about: the token of the act, if the code book knows it.
    """

    coded: Coded
    roles: Roles
    judged: int
    about: int | None


def find_intents(coder: Coder, filler: Filler, coded: Iterable[Coded]) -> Iterator[Intent]:
    """The intents of a document, from its auxiliaries."""
    tree, triggers = coder.tree, coder.codebook.triggers
    by_verb: dict[int, Coded] = {}
    for one in coded:
        light = coder.slots.light_verb(one.i)
        if coder.slots.verbal(one.i):
            by_verb[one.i] = one
        elif light is not None:
            by_verb[light] = one
    for i in range(len(tree.words)):
        if tree.deps[i] != "aux":
            continue
        rows = triggers.get(("x", tree.lemmas[i]), ()) or triggers.get(("x", tree.lower[i]), ())
        verb = tree.heads[i]
        if not rows or tree.deps[verb] not in _MAIN or (not coder.slots.verbal(verb)):
            continue
        act = by_verb.get(verb)
        speaker = _speaker(coder, verb)
        row = next((r for r in rows if _fits(coder, r, verb, act, speaker)), None)
        if row is None:
            continue
        roles = _roles(coder, filler, row, verb, act, speaker)
        if roles is not None and roles.source:
            judged = speaker if speaker is not None else verb
            yield Intent(Coded(i, row, act), roles, judged, act.i if act else None)


def _speaker(coder: Coder, verb: int) -> int | None:
    """The verb of saying whose clause this is."""
    tree = coder.tree
    top = verb
    while tree.deps[top] == "conj" and tree.pos[tree.heads[top]] in ("VERB", "AUX"):
        top = tree.heads[top]
    head = tree.heads[top]
    if tree.deps[top] == "ccomp" and head != top and tree.pos[head] == "VERB":
        return head
    said = [c for c in tree.children[top] if tree.deps[c] in ("parataxis", "ccomp") and c > top]
    return next((c for c in said if any(r.cameo == "01" for r in coder.rows(c))), None)


def _fits(coder: Coder, row: Trigger, verb: int, act: Coded | None, speaker: int | None) -> bool:
    tree, kinds = coder.tree, set()
    if act is not None:
        kinds.add("any")
        if act.trigger.plover:
            kinds.add(act.trigger.plover)
        if act.quad is not None:
            kinds |= {f"quad{act.quad}", "hostile" if act.quad > 2 else "cooperative"}
    values = {
        "inner": kinds,
        "neg": {tree.lower[c] for c in tree.children[verb] if tree.deps[c] == "neg"},
        "speaker": set() if speaker is None else {tree.lemmas[speaker], "any"},
    }
    for condition in row.conditions:
        found = values.get(condition.slot, set())
        holds = bool(found) if "*" in condition.words else not condition.words.isdisjoint(found)
        if holds == condition.negated:
            return False
    return True


def _roles(
    coder: Coder, filler: Filler, row: Trigger, verb: int, act: Coded | None, speaker: int | None
) -> Roles | None:
    doers = filler.phrases.named_or_words("source", coder.slots.tokens(verb, "subj"))
    sayers = filler.phrases.named_or_words("source", coder.slots.tokens(speaker, "subj")) if speaker is not None else ()
    if row.plover == "REQUEST":
        told = tuple(_as_target(a) for a in filler.phrases.arguments("source", coder.slots.subjects(verb)))
        same = {a.entity for a in sayers} & {a.entity for a in told} - {None}
        same |= filler.phrases.countries(sayers) & filler.phrases.countries(told)
        return Roles(source=sayers, target=told) if sayers and told and not same else None
    if act is None:
        return None
    roles = filler.roles(act)
    if speaker is not None and coder.slots.passive(verb) and sayers:
        return Roles(source=sayers, target=roles.target, recipient=roles.recipient)
    if not doers:
        return None
    return Roles(source=roles.source or doers, target=roles.target, recipient=roles.recipient)


def _as_target(argument: Argument) -> Argument:
    return Argument("target", argument.start, argument.end, argument.entity)
