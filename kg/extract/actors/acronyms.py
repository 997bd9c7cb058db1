"""Acronyms that a text explains itself: "Center for Strategic Research (CSR)", "artificial pancreas (AP)".

The first is a further name of what stands before it. The second, of common words, makes "AP" mean no actor in
this text, whatever the list says.
"""

from __future__ import annotations

from collections.abc import Iterator

from kg.extract.actors.mentions import Parse

__all__ = ["defined_acronyms", "given_aliases", "undefined_acronyms"]

_CALLED = frozenset({"known", "called", "aka", "a.k.a.", "dubbed", "nicknamed", "alias"})
_SMALL = frozenset({"of", "the", "and", "for", "in", "on", "to", "de", "&", "-", "'s", "a"})


def defined_acronyms(parse: Parse) -> Iterator[tuple[int, int, int]]:
    """(first token, token after the last, token of the acronym) of each expansion whose initials spell it."""
    for i in range(1, parse.size - 1):
        if parse.text[i - 1] in "([" and parse.text[i + 1] in ")]" and parse.text[i - 1] and parse.text[i + 1]:
            start = _expansion(parse, i)
            if start is not None:
                yield start, i - 1, i


def given_aliases(parse: Parse) -> Iterator[tuple[int, int, str]]:
    """(token after a name, first token of its other name, rule): "X (Y)", "X, also known as Y"."""
    for i in range(1, parse.size - 2):
        if parse.text[i] == "(":
            close = next((j for j in range(i + 2, min(i + 9, parse.size)) if parse.text[j] == ")"), None)
            if close is None or not parse.text[i + 1][0].isupper():
                continue
            end = i - 1 if parse.lower[i - 1] == "'s" else i
            if close == i + 2 and parse.text[i + 1].isupper() and _spelled_by(parse, i, parse.lower[i + 1]):
                yield end, i + 1, "acronym in brackets"
            elif close > i + 2 and all(
                parse.text[j][0].isupper() or parse.lower[j] in _SMALL for j in range(i + 1, close)
            ):
                yield end, i + 1, "name in brackets"
        elif parse.lower[i] in _CALLED:
            before = i - 1 if parse.lower[i - 1] != "also" else i - 2
            end = before if parse.text[before] == "," else before + 1
            after = i + 2 if parse.lower[i + 1] == "as" else i + 1
            if parse.lower[i] == "known" and parse.lower[i + 1] != "as":
                continue
            if (
                parse.dep[i] != "acl"
                and parse.lower[i - 1] != "also"
                and parse.lower[i] not in ("aka", "a.k.a.", "alias")
            ):
                continue
            after += parse.text[min(after, parse.size - 1)] == '"'
            if end > 0 and after < parse.size and parse.text[after][0].isupper():
                yield end, after, "also known as"


def _spelled_by(parse: Parse, i: int, acronym: str) -> bool:
    """Whether the letters of the acronym come in that order in the capitalised words before token i."""
    j = i
    while j > 0 and i - j < 10 and (parse.text[j - 1][0].isupper() or parse.lower[j - 1] in _SMALL):
        j -= 1
    letters = iter("".join(parse.lower[j:i]))
    return j < i and all(c in letters for c in acronym if c.isalpha())


def undefined_acronyms(parse: Parse) -> frozenset[str]:
    """Acronyms that stand for common words in this text."""
    if "(" not in parse.string:
        return frozenset()
    return frozenset(
        parse.text[i]
        for start, end, i in defined_acronyms(parse)
        if not any(parse.text[j][0].isupper() and parse.pos[j] == "PROPN" for j in range(start, end))
    )


def _expansion(parse: Parse, i: int) -> int | None:
    letters = [c.lower() for c in parse.text[i] if c.isalpha()]
    if not 2 <= len(letters) <= 8 or not parse.text[i].isupper():
        return None
    j = i - 2
    for letter in reversed(letters):
        while j >= 0 and parse.lower[j] in _SMALL and not parse.lower[j].startswith(letter):
            j -= 1
        if j < 0 or not parse.lower[j].startswith(letter) or parse.sentence[j] != parse.sentence[i]:
            return None
        j -= 1
    return j + 1
