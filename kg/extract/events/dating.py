"""The date of an event, from its own clause: never the nearest in the sentence.

>>> from datetime import date
>>> from kg.extract.events.codebook import Codebook
>>> tree = Tree.of_rows([
...     ("Rebels", "rebel", "NOUN", "NNS", "nsubj", 1), ("shelled", "shell", "VERB", "VBD", "ROOT", 1),
...     ("Juba", "Juba", "PROPN", "NNP", "dobj", 1), ("today", "today", "NOUN", "NN", "npadvmod", 1)])
>>> day = Period.day(date(2014, 5, 2))
>>> found = DateExpression(3, 4, day, "today")
>>> EventDates(tree, Coder(tree, Codebook.load(), lambda i: None), [found], {1}).of(1) == day
True
"""

from __future__ import annotations

from collections.abc import Iterable

from kg.extract.events.coding import Coder
from kg.extract.syntax import Tree
from kg.model import Period
from kg.text.dates import DateExpression

__all__ = ["EventDates"]

_VERBS = frozenset({"VERB", "AUX"})


class EventDates:
    """The dates of one document, by the word that they belong to.

    Args:
        tree: the parse.
        coder: of the same document.
        dates: expressions found in it.
        events: words that are events.
    """

    __slots__ = ("_coder", "_starts", "_tree")

    def __init__(self, tree: Tree, coder: Coder, dates: Iterable[DateExpression], events: set[int]) -> None:
        self._tree = tree
        self._coder = coder
        self._starts = _date_anchors(tree, dates, events)

    def of(self, i: int) -> Period | None:
        """The date in the clause of the event word `i`: its own phrase first, then its verb's."""
        tree = self._tree
        light = self._coder.slots.light_verb(i)
        places = [i] if light is None else [i, light]
        if tree.pos[i] not in _VERBS and light is None:
            head = tree.heads[i]
            if tree.deps[i] in ("nsubj", "nsubjpass", "dobj", "pobj"):
                while tree.pos[head] == "ADP" and tree.heads[head] != head:
                    head = tree.heads[head]
                if tree.pos[head] in _VERBS and not self._statement(head):
                    places.append(head)
        for place in places:
            if place in self._starts:
                return self._starts[place]
        return None

    def _statement(self, i: int) -> bool:
        return any(row.cameo == "01" for row in self._coder.rows(i))


def _date_anchors(tree: Tree, dates: Iterable[DateExpression], events: set[int]) -> dict[int, Period]:
    """Each word that a date expression belongs to: its heads, up to and with the first verb or event."""
    anchors: dict[int, Period] = {}
    for date in dates:
        root = date.start_token
        while date.start_token <= tree.heads[root] < date.end_token and tree.heads[root] != root:
            root = tree.heads[root]
        for up in tree.up(root):
            anchors.setdefault(up, date.period)
            if tree.pos[up] in _VERBS or up in events:
                break
    return anchors
