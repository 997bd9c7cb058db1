"""What the parts of actor finding pass to each other: spans of tokens that may be mentions, and the parse as lists.

`names` and `nominals` find them, `metonymy` says which entry of the list is meant, `coreference` puts
together those that are one actor. Nothing here is seen outside of `find_actors`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from kg.model import EntityType, Form

if TYPE_CHECKING:
    from spacy.tokens import Doc

__all__ = ["Found", "Parse"]

_COLUMNS = ("ORTH", "LOWER", "POS", "TAG", "DEP", "LEMMA", "ENT_TYPE", "SENT_START", "HEAD", "IDX")


@dataclass(frozen=True, slots=True)
class Found:
    """Tokens `start` up to, not including, `end` that name or describe an actor.

    Attributes:
        head: the token on which the rest hangs.
        name: the words as they name it, without title and article.
        entries: ids in the actor list that it may be; empty where the list does not know it.
        office: category of the office that a title or description tells.
        former: the title or description says that it is no more.
        noun: the title as a noun, by which the text may come back to the person ("the general").
        owner: token of a name that it belongs to ("UN" in "UN officials"), or None.
        appositive: head of the mention that it stands beside and means the same as, or None.
        anaphor: only a mention if it points back at one ("the group").
        pair: means two that were named before ("both countries").
        label: what the model calls it.
    """

    start: int
    end: int
    head: int
    form: Form
    rule: str
    type: EntityType
    name: str
    entries: tuple[str, ...] = ()
    country: str | None = None
    sector: str | None = None
    gender: str | None = None
    plural: bool = False
    definite: bool = False
    office: str | None = None
    former: bool = False
    noun: str | None = None
    owner: int | None = None
    appositive: int | None = None
    anaphor: bool = False
    pair: bool = False
    label: str = ""


class Parse:
    """A parsed document as lists, quicker to walk than its tokens.

    `string` is the text as the parser saw it, character for character that of the document.
    """

    __slots__ = (
        "dep", "doc", "ent", "head", "idx", "lemma", "lower", "pos", "sentence", "size", "string", "tag", "text",
    )  # fmt: skip

    def __init__(self, doc: Doc, text: str) -> None:
        self.doc = doc
        self.size = len(doc)
        self.string = text
        strings = doc.vocab.strings
        words: dict[int, str] = {0: ""}
        columns = doc.to_array(list(_COLUMNS)).T if len(doc) else np.zeros((len(_COLUMNS), 0), dtype=np.uint64)

        def named(column: int) -> list[str]:
            keys = columns[column].tolist()
            for key in set(keys):
                if key not in words:
                    words[key] = strings[key]
            return [words[key] for key in keys]

        self.text, self.lower, self.pos, self.tag, self.dep, self.lemma, self.ent = (named(c) for c in range(7))
        starts = columns[7].astype(np.int64).tolist()
        self.head: list[int] = (columns[8].astype(np.int64) + np.arange(self.size)).tolist()
        self.idx: list[int] = columns[9].tolist()
        self.sentence: list[int] = []
        number = -1
        for start in starts:
            number += start == 1
            self.sentence.append(max(number, 0))

    def words(self, start: int, end: int) -> str:
        """The text of tokens `start` up to, not including, `end`."""
        return self.string[self.idx[start] : self.idx[end - 1] + len(self.text[end - 1])]

    def root_of(self, start: int, end: int) -> int:
        """The token of a span whose head is outside of it (the last such token)."""
        for i in range(end - 1, start - 1, -1):
            if not start <= self.head[i] < end or self.head[i] == i:
                return i
        return end - 1

    def subject(self, i: int) -> bool:
        """Whether the token, or what it stands beside or belongs to, is a subject."""
        for _ in range(3):
            if self.dep[i] in ("nsubj", "nsubjpass"):
                return True
            if self.dep[i] not in ("appos", "poss", "compound"):
                return False
            i = self.head[i]
        return False
