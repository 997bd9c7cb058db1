"""What the parts of actor finding pass to each other: spans of tokens that may be mentions.

`names` and `nominals` find them, `metonymy` says which entry of the list is meant, `coreference` puts
together those that are one actor. Nothing here is seen outside of `find_actors`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.model import EntityType, Form

if TYPE_CHECKING:
    from spacy.tokens import Doc

__all__ = ["Found", "Parse"]


@dataclass(frozen=True, slots=True)
class Found:
    """Tokens `start` up to, not including, `end` that name or describe an actor.

    Attributes:
        head: the token on which the rest hangs.
        name: the words as they name it, without title and article.
        entries: ids in the actor list that it may be; empty where the list does not know it.
        office: category of the office that a title or description tells.
        owner: token of a name that it belongs to ("UN" in "UN officials"), or None.
        appositive: head of the mention that it stands beside and means the same as, or None.
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
    owner: int | None = None
    appositive: int | None = None


class Parse:
    """A parsed document as lists, quicker to walk than its tokens."""

    __slots__ = ("dep", "doc", "ent", "head", "lemma", "lower", "pos", "idx", "sentence", "size", "string", "tag", "text")

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self.size = len(doc)
        self.string: str = doc.text
        strings = doc.vocab.strings
        columns = doc.to_array(["LOWER", "POS", "TAG", "DEP", "LEMMA", "ENT_TYPE", "SENT_START"]).T.tolist() if len(doc) else [[]] * 7
        words: dict[int, str] = {}

        def named(column: list[int]) -> list[str]:
            out = []
            for key in column:
                word = words.get(key)
                if word is None:
                    word = words[key] = strings[key] if key else ""
                out.append(word)
            return out

        self.text: list[str] = [token.text for token in doc]
        self.idx: list[int] = [token.idx for token in doc]
        self.lower = named(columns[0])
        self.pos = named(columns[1])
        self.tag = named(columns[2])
        self.dep = named(columns[3])
        self.lemma = named(columns[4])
        self.ent = named(columns[5])
        self.head: list[int] = [i + offset for i, offset in enumerate(_offsets(doc))]
        self.sentence: list[int] = []
        number = -1
        for start in columns[6]:
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


def _offsets(doc: Doc) -> list[int]:
    import numpy as np

    return doc.to_array("HEAD").astype(np.int64).tolist() if len(doc) else []  # type: ignore[no-any-return]
