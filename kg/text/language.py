"""Is a text English? And if not, what does it look like?

Non-Latin texts are told by their letters, Latin ones by their small words; both are data
(`ontologies/text/languages.toml`). Too short a text, or one without small words (a headline, a list of names),
counts as English: only what is surely something else is turned away.

>>> not_english("PUTIN MEETS XI IN BEIJING") is None
True
>>> not_english("Le ministre des Affaires étrangères a déclaré que la situation dans la région est grave.")
'French'
>>> not_english("Президент заявил, что переговоры были успешными.")
'Russian'
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections import Counter
from dataclasses import dataclass
from functools import cache

from kg.data import data_path
from kg.errors import DataError

__all__ = ["not_english"]

_SAMPLE = 20_000
_WORD = re.compile(r"[^\W\d_]+")
_PARTICLES = re.compile(r"(?<=\w)(?: [^\W\d_A-Z]{1,3}){1,2} (?=[A-Z])")
# First word of a letter's Unicode name: what its text is written in, and its language where letters tell no more.
_SCRIPTS = {
    "CYRILLIC": "ru", "ARABIC": "ar", "CJK": "zh", "HIRAGANA": "ja", "KATAKANA": "ja", "HANGUL": "ko", "GREEK": "el",
    "HEBREW": "he", "DEVANAGARI": "hi", "THAI": "th",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Profiles:
    english: frozenset[str]
    names: dict[str, str]
    words: dict[str, frozenset[str]]
    letters: dict[str, dict[str, frozenset[str]]]


def not_english(text: str) -> str | None:
    """None for English, else the name of the language, or "another language" where it cannot be told.

    Raises:
        DataError: `languages.toml` is missing or is not as it should be.
    """
    profiles = _profiles()
    sample = text[:_SAMPLE]
    if not sample.isascii():
        other = _by_script(sample, profiles)
        if other is not None:
            return other
    return _by_words(sample, profiles)


def _by_script(text: str, profiles: _Profiles) -> str | None:
    """The language of a text most of whose letters are not Latin."""
    letters = Counter(c for c in text.lower() if c.isalpha())
    foreign = Counter[str]()
    for letter, count in letters.items():
        if ord(letter) > 0x36F:
            script = unicodedata.name(letter, "?").split(" ")[0]
            if script != "LATIN":
                foreign[script] += count
    total = letters.total()
    if foreign.total() * 2 <= total:
        return None
    if foreign["HIRAGANA"] + foreign["KATAKANA"] > 0.05 * total:
        return profiles.names["ja"]
    script = max(sorted(foreign), key=lambda name: foreign[name])
    for language, signs in profiles.letters.get(script.lower(), {}).items():
        if sum(letters[sign] for sign in signs) > 0.005 * total:
            return profiles.names[language]
    return profiles.names.get(_SCRIPTS.get(script, ""), "another language")


def _by_words(text: str, profiles: _Profiles) -> str | None:
    written = _WORD.findall(text)
    words = Counter(word.lower() for word in written)
    total = words.total()
    # "El Salvador", "Der Spiegel" and "Ursula von der Leyen" are names.
    unnamed = _WORD.findall(_PARTICLES.sub(" ", text))
    small = words if text.isupper() else Counter(word for word in unnamed if word.islower())
    english = sum(words[word] for word in profiles.english)
    best, hits, kinds = "", 0, 0
    for language, listed in profiles.words.items():
        found = [small[word] for word in listed if word in small]
        if sum(found) > hits:
            best, hits, kinds = language, sum(found), len(found)
    enough = kinds >= 3 or (kinds == 2 and hits >= 3 and hits > 3 * english)  # a sentence or two
    if enough and hits > 1.5 * english and hits >= 0.12 * total:
        return profiles.names[best]
    if total >= 80 and english < 0.025 * total:
        return "another language"
    return None


@cache
def _profiles() -> _Profiles:
    path = data_path("ontologies", "text", "languages.toml")
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
        return _Profiles(
            english=frozenset(table["english"]["words"]),
            names=table["names"],
            words={language: frozenset(words) for language, words in table["words"].items()},
            letters={
                script: {language: frozenset(signs) for language, signs in languages.items()}
                for script, languages in table["letters"].items()
            },
        )
    except (tomllib.TOMLDecodeError, KeyError) as error:
        raise DataError(str(path), f"not as it should be: {error}", remedy="see the comments in that file") from error
