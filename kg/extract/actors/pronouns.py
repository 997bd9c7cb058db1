"""Pronouns: he and she to the nearest person of that gender, they to a group, it to a country or organisation.

The subject of the same or the sentence before is preferred, then what was named last; "it" and "they" only to a
subject or to what stands in the same sentence, and never where "it" points at nothing ("it is clear that").
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from kg.extract.actors.mentions import Found, Parse

if TYPE_CHECKING:
    from kg.extract.actors.clusters import Cluster, Linked

__all__ = ["resolve_pronouns"]

_GENDER = {
    "he": "m", "him": "m", "his": "m", "himself": "m", "she": "f", "her": "f", "hers": "f", "herself": "f",
}  # fmt: skip
_PLURAL = frozenset({"they", "them", "their", "theirs", "themselves"})
_THING = frozenset({"it", "its", "itself"})
_THINGS = frozenset({"Country", "Government", "Organization", "ArmedGroup"})
_EMPTY_HEADS = frozenset({"be", "seem", "appear", "take", "turn", "make", "rain", "remain", "become", "happen"})
_SAYING = frozenset({"say", "tell", "add", "ask", "argue", "note", "write", "explain", "declare", "warn", "insist"})
_BACK = 3  # sentences


def resolve_pronouns(
    parse: Parse, clusters: Sequence[Cluster], links: Sequence[Linked], skipped: frozenset[int]
) -> Iterator[tuple[Found, int, str]]:
    """Each pronoun that has an antecedent, with the number of the cluster and the rule."""
    history: list[tuple[int, int, int, bool]] = []  # token, sentence, cluster, subject
    waiting = list(links)
    at = 0
    quoted = _quoted(parse)
    speakers = _speakers(parse, links, quoted) if quoted else {}
    for i in range(parse.size):
        while at < len(waiting) and waiting[at].found.start <= i:
            link = waiting[at]
            if link.found.form != "demonym" or clusters[link.cluster].plural:
                history.append(
                    (link.found.head, parse.sentence[link.found.head], link.cluster, parse.subject(link.found.head))
                )
            at += 1
        if parse.pos[i] != "PRON" or i in skipped:
            continue
        word = parse.lower[i]
        gender = _GENDER.get(word)
        if gender is None and word not in _PLURAL and word not in _THING:
            continue
        if word == "it" and _empty(parse, i):
            continue
        barred = speakers.get(parse.sentence[i]) if i in quoted else None
        number = _antecedent(parse, clusters, history, i, gender, word, barred)
        if number is None:
            continue
        rule = f"pronoun: {word}"
        cluster = clusters[number]
        yield Found(i, i + 1, i, "pronoun", rule, cluster.type, parse.text[i]), number, rule
        history.append((i, parse.sentence[i], number, parse.subject(i)))


def _quoted(parse: Parse) -> frozenset[int]:
    """Tokens between quotation marks."""
    if '"' not in parse.text:
        return frozenset()
    inside, found = False, []
    for i, word in enumerate(parse.text):
        if word == '"':
            inside = not inside
        elif inside:
            found.append(i)
    return frozenset(found)


def _speakers(parse: Parse, links: Sequence[Linked], quoted: frozenset[int]) -> dict[int, int]:
    """By sentence, who speaks in its quotation: the subject of a verb of saying outside of it, else who spoke last."""
    said: dict[int, int] = {}
    for link in links:
        head = link.found.head
        if head not in quoted and parse.dep[head] == "nsubj" and parse.lemma[parse.head[head]] in _SAYING:
            said[parse.sentence[head]] = link.cluster
    last: int | None = None
    out: dict[int, int] = {}
    for sentence in range(parse.sentence[-1] + 1):
        last = said.get(sentence, last)
        if last is not None:
            out[sentence] = last
    return out


def _antecedent(
    parse: Parse, clusters: Sequence[Cluster], history: Sequence[tuple[int, int, int, bool]], i: int,
    gender: str | None, word: str, barred: int | None,
) -> int | None:  # fmt: skip
    here = parse.sentence[i]
    best: tuple[int, int] | None = None
    chosen: int | None = None
    reflexive = word.endswith(("self", "selves"))
    possessive = parse.dep[i] == "poss"
    for token, sentence, number, subject in reversed(history):
        if here - sentence > _BACK:
            break
        cluster = clusters[number]
        if number == barred or not _fits(cluster, gender, word):
            continue
        if sentence == here and not possessive and not reflexive and _same_clause(parse, token, i):
            continue
        score = 4 * (here - sentence) - (3 if subject else 0) + (0 if cluster.named else 1)
        if gender and cluster.gender == gender:
            score -= 2
        if (word in _THING or word in _PLURAL) and not subject and sentence != here:
            continue
        key = (score, -token)
        if best is None or key < best:
            best, chosen = key, number
    return chosen


def _fits(cluster: Cluster, gender: str | None, word: str) -> bool:
    if gender is not None:
        return cluster.type == "Person" and not cluster.plural and cluster.gender in (None, gender)
    if word in _PLURAL:
        return cluster.plural or cluster.type in ("Group", "ArmedGroup")
    return cluster.type in _THINGS and not cluster.plural


def _same_clause(parse: Parse, token: int, i: int) -> bool:
    """Whether both hang on the same verb: then they are two ("Putin told him")."""
    return _verb(parse, token) == _verb(parse, i)


def _verb(parse: Parse, i: int) -> int:
    for _ in range(8):
        over = parse.head[i]
        if over == i:
            return i
        i = over
        if parse.pos[i] in ("VERB", "AUX"):
            return i
    return i


def _empty(parse: Parse, i: int) -> bool:
    if parse.dep[i] == "expl":
        return True
    return parse.dep[i] in ("nsubj", "nsubjpass") and parse.lemma[parse.head[i]] in _EMPTY_HEADS
