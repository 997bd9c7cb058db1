"""Which node a country's name, adjective, capital or seat stands for in its place in the sentence.

A country that acts stays the country. A capital or a seat that acts ("the Kremlin denied", "Moscow's decision")
is its government; where something happens ("in Moscow", "at the White House") it is the place. An adjective
beside a deed ("Russian assistance") is the country.
"""

from __future__ import annotations

from kg.extract.mentions import Parse

__all__ = ["acts"]

_ACTING = frozenset({"nsubj", "agent", "poss", "dobj", "iobj", "dative", "nsubjpass"})
_PLACE_WORDS = frozenset({"in", "at", "near", "outside", "inside", "around", "across", "to", "from", "into", "through",
                          "toward", "towards", "over", "throughout", "via", "off", "within"})  # fmt: skip
_ACTOR_WORDS = frozenset({"with", "by", "against", "between", "of", "for", "on", "about", "under", "among"})
_TO_ACTOR = frozenset({"say", "give", "offer", "send", "return", "appeal", "signal", "apologize", "respond", "sell", "concession",
                       "message", "letter", "warning", "ambassador", "threat", "aid", "assistance", "loyal", "close", "opposed", "support",
                       "pressure", "demand", "relation", "tie"})  # fmt: skip
_PEOPLE = frozenset({"official", "leader", "diplomat", "policymaker", "authority", "government", "leadership", "hawk",
                     "politician", "regime", "ministry", "lawmaker", "minister"})  # fmt: skip
_THINGS_OF_PLACES = frozenset({"street", "airport", "suburb", "mayor", "resident", "station", "university", "hospital", "court", "hotel",
                               "mosque", "square", "stock", "exchange", "district", "museum", "subway", "metro", "police", "outskirt"})  # fmt: skip


def acts(parse: Parse, head: int) -> bool:
    """Whether what the token names does something or is dealt with, instead of being where something is."""
    dep, over = parse.dep[head], parse.head[head]
    hops = 0
    while dep in ("conj", "appos") and hops < 3:
        head = over
        dep, over = parse.dep[head], parse.head[head]
        hops += 1
    if dep == "poss":
        return parse.lemma[over] not in _THINGS_OF_PLACES
    if dep in ("nsubj", "agent", "iobj", "dative"):
        return True
    if dep == "nsubjpass":
        return True
    if dep == "dobj":
        return parse.lemma[over] not in ("leave", "visit", "reach", "enter", "bomb", "attack", "hit", "shell", "strike", "capture", "seize", "tour", "take")
    if dep == "pobj":
        word = parse.lower[over]
        if word in _ACTOR_WORDS:
            governor = parse.head[over]
            return not (word == "of" and parse.lemma[governor] in ("city", "north", "south", "east", "west", "capital", "mayor", "outskirt", "center", "centre", "mile", "street", "suburb", "siege", "battle", "town", "port"))
        governor = parse.head[over]
        if word == "in":
            return parse.lemma[governor] in _PEOPLE and parse.pos[governor] == "NOUN"
        if word == "to":
            return parse.lemma[governor] in _TO_ACTOR
        return False
    return False
