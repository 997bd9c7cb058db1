"""Text to tokens: the model's own tokenizer, told where sentences begin and which hyphens join two names.

The tokenizer of a spaCy pipeline is a callable from text to Doc; `NewsTokenizer` stands in its place, so that
`nlp(text)` and `nlp.pipe` see paragraphs and abbreviations without a further pipe. It

- replaces characters that the model does not know by one character each, so that offsets stay,
- sets a sentence start at each segment of the text (`kg.text.structure`); the parser keeps it,
- forbids one inside "Lt. Gen. Ann Lee", "Ambassador to the U.S. Ann Lee" and "No. 5",
- takes "U.S.-Russian" apart as the model does with "Iran-Russian".

>>> plain("Iran’s\\u00a0“yes”\\n")
'Iran\\'s "yes" '
>>> plain("On May 15, 2017. Officials denied it.")
'On May 15, 2017, Officials denied it.'
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable, Iterator
from re import Pattern
from typing import TYPE_CHECKING, Any, Protocol, cast

import numpy as np

from kg.data import data_path
from kg.errors import DataError
from kg.text.structure import segments

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from spacy.tokens import Doc
    from spacy.vocab import Vocab
    from thinc.types import Ints2d

__all__ = ["NewsTokenizer", "plain"]

_PLAIN = str.maketrans(
    "\n\t\r\u000b\u000c\u0085\u00a0\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u200b\u200e\u200f\u2028\u2029\u202f\u205f\u3000\ufeff"
    "\u2018\u2019\u201a\u201b\u2032\u00b4\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb\u2010\u2011\u2015",
    " " * 25 + "'" * 6 + '"' * 7 + "--—",
)
# "On May 15, 2017. The adviser …": a date cut off by a full stop where a comma belongs.
_CUT_DATE = re.compile(
    r"(?:^|(?<=[.!?\s]\s))(?:On|In|By) (?:[A-Z][a-z]{2,8}\.? (?:\d{1,2}, )?|\d{1,2} [A-Z][a-z]{2,8} )"
    r"\d{4}(\.)(?= [A-Z])"
)
# A quote written as two characters: ''yes'' or, out of a CSV file, ""yes"".
_DOUBLED = re.compile(r"''|\"{2,3}|``")
_FINAL = np.array([ord(mark) for mark in ".!?…"], dtype=np.uint32)
_CLOSING = np.array([ord(mark) for mark in "\"')]"], dtype=np.uint32)
# Between a name with full stops and a word, two numbers, a word and a year: "U.S.-led", "2011–2013", "mid-1990s".
_HYPHENS = r"(?<=[A-Z]\.)(?:-|–|—|--)(?=[A-Za-z])|(?<=[0-9])[–—](?=[0-9])|(?<=[a-z])-(?=[0-9]{4})"


def plain(text: str) -> str:
    """`text` in characters that the model knows, of the same length."""
    text = _DOUBLED.sub(_one_quote, text.translate(_PLAIN))
    cuts = [found.start(1) for found in _CUT_DATE.finditer(text)]
    for cut in cuts:
        text = f"{text[:cut]},{text[cut + 1 :]}"
    return text


def _one_quote(found: re.Match[str]) -> str:
    width = found.end() - found.start()
    opening = found.end() < len(found.string) and not found.string[found.end()].isspace()
    return '"'.rjust(width) if opening else '"'.ljust(width)


class _Tokenizer(Protocol):
    """What is used of `spacy.tokenizer.Tokenizer`, which has no type information."""

    infix_finditer: Callable[[str], Iterator[re.Match[str]]]

    @property
    def vocab(self) -> Vocab: ...

    def add_special_case(self, string: str, substrings: list[dict[str, str]], /) -> None: ...

    def __call__(self, string: str, /) -> Doc: ...


class NewsTokenizer:
    """A spaCy tokenizer that knows paragraphs and the abbreviations of news.

    Args:
        tokenizer: the model's own; it is changed and kept.
        infixes: patterns of what divides a word, such as `nlp.Defaults.infixes`.

    Raises:
        DataError: `abbreviations.toml` is missing or is not as it should be.
    """

    def __init__(self, tokenizer: _Tokenizer, *, infixes: Iterable[str | Pattern[Any]]) -> None:
        from spacy.util import compile_infix_regex

        titles, states, numbered, self._openers = _abbreviations()
        tokenizer.infix_finditer = compile_infix_regex([*infixes, _HYPHENS]).finditer
        for word in sorted(titles | states):
            tokenizer.add_special_case(word, [{"ORTH": word}])
        self._tokenizer = tokenizer
        strings = tokenizer.vocab.strings
        self._titles, self._states, self._numbered = (
            frozenset(strings.add(word) for word in sorted(words)) for words in (titles, states, numbered)
        )
        self._stop = strings.add(".")
        self._initial = strings.add("X.")  # the shape of "S." in "Ralph S. Lee"
        self._watched = np.array(sorted(self._titles | self._states | self._numbered), dtype=np.uint64)

    @property
    def vocab(self) -> Vocab:
        return self._tokenizer.vocab

    def __call__(self, text: str) -> Doc:
        """The tokens of `text`, with sentence boundaries set where they are certain."""
        clean = plain(text)
        doc = self._tokenizer(clean)
        if len(doc) == 0:
            return doc
        columns = doc.to_array(["ORTH", "IDX", "LENGTH", "IS_SPACE", "IS_LOWER", "SHAPE"]).T
        orths, offsets, lengths, spaces, lower, shapes = columns
        marks = _possible_starts(clean, offsets, lengths, spaces > 0, lower > 0)
        self._keep_together(doc, orths, shapes, marks)
        words = np.flatnonzero(spaces == 0)
        starts = np.searchsorted(offsets[words], [segment.start for segment in segments(text)])
        marks[words[starts[starts < len(words)]]] = 1
        if len(words) and words[0] > 0:
            marks[words[0]] = -1  # blank space before the text is no sentence
        doc.from_array(["SENT_START"], cast("Ints2d", marks.astype(np.uint64).reshape(-1, 1)))
        return doc

    def pipe(self, texts: Iterable[str], batch_size: int = 1000) -> Iterator[Doc]:
        """Each text's tokens, in order; `batch_size` is there for spaCy's sake."""
        del batch_size
        return map(self, texts)

    def _keep_together(
        self, doc: Doc, orths: NDArray[np.uint64], shapes: NDArray[np.uint64], marks: NDArray[np.int64]
    ) -> None:
        """Forbid a sentence start after abbreviations that belong to what follows."""
        last = len(doc) - 1
        for i in np.flatnonzero(np.isin(orths, self._watched) | (shapes == self._initial)).tolist():
            orth = int(orths[i])
            if orth in self._numbered:
                if i + 2 <= last and orths[i + 1] == self._stop and doc[i + 2].like_num:
                    marks[i + 2] = -1
            elif i < last and (orth in self._titles or self._goes_on(doc[i + 1].text)):
                if int(shapes[i]) == self._initial and not (i and doc[i - 1].is_title):  # "vitamin C. Nobody"
                    continue
                marks[i + 1] = -1

    def _goes_on(self, word: str) -> bool:
        return word[0].isupper() and word.lower() not in self._openers


def _possible_starts(
    text: str,
    offsets: NDArray[np.uint64],
    lengths: NDArray[np.uint64],
    spaces: NDArray[np.bool_],
    lower: NDArray[np.bool_],
) -> NDArray[np.int64]:
    """0 where a sentence may start, -1 where it may not: it may after a final mark and the quotes and brackets that
    close behind it, but before a small letter only directly after the mark."""
    marks = np.full(len(offsets), -1, dtype=np.int64)
    words = np.flatnonzero(~spaces)
    if len(words) == 0:
        return marks
    letters = np.frombuffer(text.encode("utf-32-le"), dtype=np.uint32)
    first = offsets[words].astype(np.int64)
    last = letters[first + lengths[words].astype(np.int64) - 1]
    final = np.isin(last, _FINAL)
    closing = np.isin(last, _CLOSING) & (letters[np.maximum(first - 1, 0)] != ord(" "))
    behind = final.copy()
    for _ in range(2):
        behind[1:] |= closing[1:] & behind[:-1]
    plain_final = final & (lengths[words] == 1)
    may = behind[:-1] & (plain_final[:-1] | ~lower[words][1:])
    marks[words[1:][may]] = 0
    marks[words[0]] = 1
    return marks


def _abbreviations() -> list[frozenset[str]]:
    path = data_path("ontologies", "text", "abbreviations.toml")
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
        return [frozenset(map(str, table[key])) for key in ("titles", "states", "numbered", "openers")]
    except (tomllib.TOMLDecodeError, KeyError) as error:
        raise DataError(str(path), f"not as it should be: {error}", remedy="see the comments in that file") from error
