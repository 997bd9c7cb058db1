"""Whether the name of a capital or seat stands for its government, where it hangs in the sentence.

"The Kremlin denied", "Moscow's decision", "talks with Moscow": the government. "In Moscow", "bombed Damascus",
"at the White House": the place. Which relation reads how is a table, `ontologies/actors/metonymy.tsv`.
"""

from __future__ import annotations

from kg.extract.actors.lexicon import ActorWords
from kg.extract.actors.mentions import Parse

__all__ = ["acts"]

_SUBJECTS = frozenset({"nsubj", "nsubjpass", "agent", "csubj"})
_OBJECTS = frozenset({"dobj", "iobj", "dative", "oprd"})


def acts(parse: Parse, head: int, words: ActorWords) -> bool:
    """Whether what the token names acts or is dealt with, instead of being where something is."""
    if head + 2 < parse.size and parse.text[head + 1] == "-" and parse.lower[head + 2] in words.of("hyphen"):
        return words.reading("hyphen", parse.lower[head + 2]) == "actor"
    for _ in range(4):
        if parse.dep[head] not in ("conj", "appos") or parse.head[head] == head:
            break
        head = parse.head[head]
    dep, over = parse.dep[head], parse.head[head]
    if dep in _SUBJECTS:
        if dep == "nsubjpass":
            return words.reading("object", parse.lemma[over]) == "actor"
        if parse.lemma[over] == "be" and any(
            parse.head[j] == over and parse.dep[j] == "attr" and parse.lemma[j] in words.of("place")
            for j in range(over + 1, min(over + 8, parse.size))
        ):
            return False  # "Tehran is a city"
        return words.reading("subject", parse.lemma[over]) == "actor"
    if dep == "poss":
        return words.reading("possessive", parse.lemma[over].lower()) == "actor"
    if dep in _OBJECTS:
        return words.reading("object", parse.lemma[over]) == "actor"
    if dep in ("compound", "nmod", "amod"):
        return words.reading("compound", parse.lemma[over].lower()) == "actor"
    if dep == "pobj":
        return words.reading(parse.lower[over], parse.lemma[parse.head[over]].lower()) == "actor"
    return False
