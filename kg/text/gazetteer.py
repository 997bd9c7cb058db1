"""The actor list in text: `Gazetteer.load().find(doc)` gives each name of the list, longest match first.

The list is a set of tables in ontologies/actors. Its names go into a tree over words: "Federal" → "Security" →
"Service". Words are compared by `kg.text.spelling`, so accents, hyphens and (of people) transliterations do not
matter; capitals do: "US" is not "us", "WHO" is not "Who".

>>> gazetteer = Gazetteer.load()
>>> gazetteer.lookup("Sergey Lavrov"), gazetteer.lookup("F.S.B."), gazetteer.lookup("Westerners")
(('sergei-lavrov',), (), ('the-west',))
>>> gazetteer.entry("russia").label, gazetteer.government("RUS").label
('Russia', 'Russian government')
>>> gazetteer.government_of_seat("moscow", 19870101).id
'soviet-union-government'
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from kg.text.listing import Entry, Name, read_entries
from kg.text.spelling import fold, loose, words_of
from kg.text.terms import Terms

if TYPE_CHECKING:
    from spacy.strings import StringStore
    from spacy.tokens import Doc

__all__ = ["Entry", "Gazetteer", "Match"]

_HYPHENS = frozenset({"-", "–", "—"})
_WORDLIKE = frozenset({"us", "who", "is", "ice", "sec", "un", "au", "it", "pace", "eta", "morena", "vox"})
_ARTICLES = frozenset({"Al", "El", "The", "De", "Van", "Von", "Bin"})
_FAMILY_FIRST = frozenset({"CHN", "PRK", "KOR", "TWN", "VNM", "HKG", "KHM"})
_PARTICLES = frozenset(
    {"al", "bin", "von", "van", "de", "der", "den", "da", "di", "du", "la", "le", "dos", "abu", "ould", "zu", "ter"}
)
_NOT_SURNAMES = frozenset({"jr", "sr", "ii", "iii", "iv", "v", "vi", "x", "i"})


@dataclass(frozen=True, slots=True)
class Match:
    """Tokens `start` up to, not including, `end` name one of `entries` (more than one: the name is ambiguous).

    `form`: name ("Russia"), adjective ("Russian") or people ("Russians"). `local`: only where the text speaks of
    the country of the entry ("the Senate").
    """

    start: int
    end: int
    entries: tuple[str, ...]
    form: Literal["name", "adjective", "people"]
    local: bool = False


class _Node:
    """A place in the tree of names: the names that end here, and the words that may come after."""

    __slots__ = ("after", "names")

    def __init__(self) -> None:
        self.after: dict[str, _Node] = {}
        self.names: list[Name] = []


class Gazetteer:
    """The actor list: entries by id, names in a tree, surnames, governments, terms of office."""

    __slots__ = ("_entries", "_governments", "_keys", "_root", "_surnames", "_words", "terms")

    def __init__(self, entries: Sequence[Entry], names: Iterable[Name], terms: Terms) -> None:
        self._entries: dict[str, Entry] = {entry.id: entry for entry in entries}
        self.terms = terms
        self._root = _Node()
        self._surnames: dict[str, list[str]] = defaultdict(list)
        self._governments: dict[str, Entry] = {}
        self._keys: dict[int, str] = {}
        self._words: dict[str, str] = {}
        for name in names:
            self._add(name)
        for entry in entries:
            if entry.type == "Person":
                self._add_surnames(entry)
            elif entry.type == "Government" and entry.country:
                self._governments[entry.country] = entry

    @classmethod
    def load(cls) -> Gazetteer:
        """The list of the project.

        Raises:
            DataError: a table is missing or not as it should be.
        """
        entries, names = read_entries()
        return cls(entries, names, Terms.load())

    def entry(self, id_: str) -> Entry:
        """The entry of that id (KeyError if there is none)."""
        return self._entries[id_]

    def __contains__(self, id_: object) -> bool:
        return id_ in self._entries

    def __iter__(self) -> Iterator[Entry]:
        return iter(self._entries.values())

    def __len__(self) -> int:
        return len(self._entries)

    def country(self, code: str) -> Entry | None:
        """The country of that code."""
        found = self._governments.get(code)
        return self._entries[found.seat_of[0]] if found else None

    def government(self, code: str) -> Entry | None:
        """The government of the country of that code."""
        return self._governments.get(code)

    def government_of_seat(self, id_: str, day: int | None, spoken_of: Container[str] = ()) -> Entry | None:
        """The government that sits in a capital or building on that day (today's, without a day).

        An organisation that sits in a capital is meant unless the country is spoken of (ids in `spoken_of`).
        """
        found = [self._entries[g] for g in self._entries[id_].seat_of]
        alive = [g for g in found if _alive(g, day)] or found
        national = [g for g in alive if g.type == "Government"]
        if any(country in spoken_of for g in national for country in g.seat_of):
            alive = national
        return next(iter(alive), None)

    def alive(self, ids: Iterable[str], day: int | None) -> tuple[str, ...]:
        """Those of the entries that there were on that day; all if none was."""
        ids = tuple(ids)
        return tuple(i for i in ids if _alive(self._entries[i], day)) or ids

    def surname(self, words: str) -> tuple[str, ...]:
        """Ids of the people with that surname (or single name)."""
        return tuple(self._surnames.get(" ".join(loose(w) for w in words_of(words)), ()))

    def lookup(self, name: str) -> tuple[str, ...]:
        """Ids of the entries of exactly that name."""
        words = words_of(name)
        node: _Node | None = self._root
        for word in words:
            node = node.after.get(loose(word)) if node is not None else None
        if node is None:
            return ()
        return tuple(dict.fromkeys(n.entry for n in node.names if _agrees(n, words, ())))

    def find(self, doc: Doc) -> list[Match]:
        """The names of the list in the text, left to right, longest first, not overlapping."""
        orths: list[int] = doc.to_array("ORTH").tolist()
        strings = doc.vocab.strings
        keys = [self._key(orth, strings) for orth in orths]
        texts = _Texts(orths, strings)
        root, last = self._root.after, len(keys)
        found: list[Match] = []
        i = 0
        while i < last:
            node = root.get(keys[i])
            if node is None:
                i += 1
                continue
            match = self._longest(texts, keys, i, node)
            if match is not None and keys[i] == "the" and i + 1 < last and keys[i + 1] in root:
                other = self._longest(texts, keys, i + 1, root[keys[i + 1]])
                match = other if other is not None and other.end > match.end else match
            if match is None:
                i += 1
            else:
                found.append(match)
                i = match.end
        return found

    def _longest(self, texts: _Texts, keys: list[str], i: int, node: _Node) -> Match | None:
        best: Match | None = None
        words = [texts[i]]
        j, last = i + 1, len(keys)
        while True:
            if node.names:
                around = (texts[i - 1] if i else "", texts[j] if j < last else "")
                good = [n for n in node.names if _agrees(n, words, around)]
                if good:
                    form = next((n.form for n in good if n.form == "name"), good[0].form)
                    ids = tuple(dict.fromkeys(n.entry for n in good if n.form == form))
                    best = Match(i, j, ids, form, all(n.local for n in good))
            if j >= last:
                return best
            step = 1
            child = node.after.get(keys[j])
            if child is None and j + 1 < last and (keys[j] in _HYPHENS or (len(words) == 1 and _initial(texts[j]))):
                child, step = node.after.get(keys[j + 1]), 2
            if child is None:
                return best
            words.append(texts[j + step - 1])
            node, j = child, j + step

    def _key(self, orth: int, strings: StringStore) -> str:
        key = self._keys.get(orth)
        if key is None:
            if len(self._keys) > 200_000:
                self._keys.clear()
            text = strings[orth]
            key = self._keys[orth] = text if text in _HYPHENS else loose(text)
        return key

    def _add(self, name: Name) -> None:
        node = self._root
        for word in name.words:
            key = self._loose(word)
            child = node.after.get(key)
            if child is None:
                child = node.after[key] = _Node()
            node = child
        node.names.append(name)

    def _loose(self, word: str) -> str:
        key = self._words.get(word)
        if key is None:
            key = self._words[word] = loose(word)
        return key

    def _add_surnames(self, entry: Entry) -> None:
        found: dict[str, None] = {}
        for name in (entry.label, *entry.names):
            words = words_of(name)
            if "of" in words[1:]:  # "Abdullah II of Jordan"
                words = words[: words.index("of")]
            keys = [k for k in map(self._loose, words) if k not in _NOT_SURNAMES]
            if not keys:
                continue
            if entry.country in _FAMILY_FIRST and len(keys) > 1:
                found[keys[0]] = None
                continue
            cut = len(keys) - 1
            found[keys[cut]] = None
            while cut > 1 and keys[cut - 1] in _PARTICLES:
                cut -= 1
                found[" ".join(keys[cut:])] = None
            if len(keys) > 2 and cut > 1:
                found[" ".join(keys[-2:])] = None
        for key in found:
            self._surnames[key].append(entry.id)


class _Texts:
    """The words of a document by position, looked up when asked for."""

    __slots__ = ("_orths", "_strings")

    def __init__(self, orths: list[int], strings: StringStore) -> None:
        self._orths = orths
        self._strings = strings

    def __getitem__(self, i: int) -> str:
        return self._strings[self._orths[i]]


def _alive(entry: Entry, day: int | None) -> bool:
    if day is None:
        return not entry.end
    return entry.start <= day <= (entry.end or 99999999)


def _initial(word: str) -> bool:
    return len(word) <= 2 and word[0].isupper() and word[1:] in ("", ".")


def _agrees(name: Name, words: Sequence[str], around: Sequence[str]) -> bool:
    """Whether words of the text are this name: capitals where it has them, and its own spelling if not a person's."""
    if len(words) != len(name.words):
        return False
    for word, wanted in zip(words, name.words, strict=True):
        first = wanted[0]
        if name.exact and word != wanted:
            if len(wanted) > 1 and wanted.isupper() and word.replace("-", "") != wanted:
                return False
            if fold(word) != fold(wanted):
                return False
        if first.isupper() and not word[0].isupper() and wanted not in _ARTICLES:
            return False
    if len(words) == 1 and around and fold(words[0]) in _WORDLIKE:
        return not any(len(w) > 1 and w.isalpha() and w.isupper() for w in around)
    return True
