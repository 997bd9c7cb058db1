"""Which node a user means: a label, an alias, the last words of a label, an id or an IRI.

>>> names = [
...     Name("actor/sergei-lavrov", "Sergei Lavrov", ("Russia's top diplomat",)),
...     Name("actor/russia", "Russia", ("Russian Federation",)),
... ]
>>> resolve("russian federation", names)
'actor/russia'
>>> resolve("Lavrov", names)
'actor/sergei-lavrov'
>>> resolve("Sergey Lavrow", names)
Traceback (most recent call last):
kg.errors.NameNotFoundError: Sergey Lavrow: no actor is called so (nearest: Sergei Lavrov)

Case, accents, quotation marks and a leading "the" make no difference. A label goes before an alias, and an alias
before a part of a label; where two nodes answer at the same level, the name is ambiguous and nothing is guessed.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kg.errors import NameNotFoundError

__all__ = ["Name", "find", "nearest", "others", "resolve", "unknown"]

_SHOWN = 5
_QUOTES = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"'})


@dataclass(frozen=True, slots=True)
class Name:
    """A node and what it may be called. `id` is what `resolve` gives back: an id or a whole IRI."""

    id: str
    label: str
    aliases: tuple[str, ...] = ()


def resolve(text: str, names: Iterable[Name], *, what: str = "actor") -> str:
    """The id of the one node that `text` names.

    Args:
        what: the kind of thing, for messages.

    Raises:
        NameNotFoundError: nothing answers to it (the remedy gives the nearest labels), or more than one does.
    """
    known = list(names)
    found = find(text, known)
    if found is None:
        raise unknown(text, known, what=what)
    return found


def find(text: str, names: Iterable[Name]) -> str | None:
    """The id of the one node that `text` names, or None where nothing does.

    Raises:
        NameNotFoundError: more than one answers to it.
    """
    known, asked = list(names), text.strip()
    for found in (
        [n for n in known if n.id == asked or asked.endswith("/" + n.id)],
        [n for n in known if n.id.endswith("/" + asked)] if "/" in asked else [],
        *_by_words(_folded(asked), known),
    ):
        labels = {n.id: n.label for n in found}
        if len(labels) > 1:
            choice = "; ".join(f"{labels[id_]} ({id_})" for id_ in sorted(labels)[:_SHOWN])
            raise NameNotFoundError(
                asked, f"{len(labels)} of the graph are called so", remedy=f"give the id of one: {choice}"
            )
        if labels:
            return next(iter(labels))
    return None


def others(text: str, names: Iterable[Name], *, but: str) -> tuple[Name, ...]:
    """The nodes other than `but` that the name may mean as well: by an alias, or as the last words of a label."""
    levels = _by_words(_folded(text.strip()), list(names))
    return tuple({n.id: n for found in levels for n in found if n.id != but}.values())


def unknown(text: str, names: Iterable[Name], *, what: str) -> NameNotFoundError:
    """The error for a name that nothing answers to, with the nearest labels."""
    labels = {called: name.label for name in names for called in (*name.aliases, name.label)}
    near = tuple(dict.fromkeys(labels[called] for called in nearest(text, list(labels), limit=4 * _SHOWN)))[:_SHOWN]
    article = "an" if what[:1] in "aeiou" else "a"
    remedy = f"nearest: {', '.join(near)}" if near else f"give the label or the IRI of {article} {what} of this graph"
    return NameNotFoundError(text.strip() or "(nothing)", f"no {what} is called so", remedy=remedy)


def nearest(text: str, choices: Sequence[str], *, limit: int = _SHOWN) -> tuple[str, ...]:
    """The choices most like `text`, the most alike first; what is not alike at all is left out."""
    from rapidfuzz import fuzz, process

    folded = {choice: _folded(choice) for choice in choices}
    scored = process.extract(_folded(text), folded, scorer=fuzz.WRatio, limit=limit * 2, score_cutoff=55)
    ranked = sorted(scored, key=lambda hit: (-hit[1], hit[2]))
    return tuple(choice for _, _, choice in ranked[:limit])


def _by_words(asked: str, known: Sequence[Name]) -> Iterable[list[Name]]:
    """The candidates at each level: label, alias, last words of a label."""
    if not asked:
        return
    labels = [(_folded(n.label), n) for n in known]
    yield [n for label, n in labels if label == asked]
    yield [n for n in known if any(_folded(alias) == asked for alias in n.aliases)]
    ending = " " + asked
    yield [n for label, n in labels if label.endswith(ending)]


def _folded(text: str) -> str:
    """Without case, accents, doubled spaces and a leading "the"."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", text.translate(_QUOTES)) if not unicodedata.combining(c))
    words = plain.casefold().split()
    return " ".join(words[1:] if len(words) > 1 and words[0] == "the" else words)
