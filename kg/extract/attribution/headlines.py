"""Lines that name their source beside a sign, without a verb of saying: headlines, transcripts, quoted voices.

"Minister: no talks were held", a transcript's "SMITH: …", "Army shelled camp – report", "Army shelled camp: UN",
and a paragraph in quotation marks that ends in a dash and a name. Which nouns speak in headlines is data: the lines
of ontologies/cues/nouns.tsv with the frame "quote".

>>> rows = [("ANN", "Ann", "PROPN", "NNP", "ROOT", 0), (":", ":", "PUNCT", ":", "punct", 0)]
>>> rows += [("We", "we", "PRON", "PRP", "nsubj", 3), ("left", "leave", "VERB", "VBD", "ROOT", 3)]
>>> drafts = []
>>> Headlines(Tree.of_rows(rows), Cues.load(), [0, 0, 0, 0], Names()).attribute(drafts)
>>> [(draft.source, draft.content) for draft in drafts]
[([0], [2, 3])]
"""

from __future__ import annotations

from dataclasses import dataclass

from kg.extract.attribution.voices import DASHES, Draft
from kg.extract.cues import Cues
from kg.extract.syntax import Tree

__all__ = ["Headlines", "Names"]

_VERBAL = frozenset({"VERB", "AUX"})
_MARKS = frozenset({'"', "“", "”", "„", "«", "»", "``", "''"})
_STOPS = frozenset({".", "!", "?", ";"})
_COLON, _DASH = "cues/speech:colon", "cues/speech:dash"
# The longest source behind a sign at the end of a headline, and behind a dash after speech.
_TAIL, _SIGNATURE = 4, 14


@dataclass(frozen=True, slots=True)
class Names:
    """Tokens of names: of people and organisations, and of bodies alone (no person, no place)."""

    all: frozenset[int] = frozenset()
    bodies: frozenset[int] = frozenset()


class Headlines:
    """Reads the paragraphs of one document, each once; `paragraphs` has the number of each token's."""

    def __init__(self, tree: Tree, cues: Cues, paragraphs: list[int], names: Names) -> None:
        self.tree, self.cues, self.names = tree, cues, names
        self.paragraphs = paragraphs

    def attribute(self, drafts: list[Draft]) -> None:
        """Add what the signs attribute to what the grammar found."""
        by_word = {draft.word: draft for draft in drafts}
        taken = {k for draft in drafts for k in draft.cue}
        for first, last in self._bounds():
            signed = self._signed(first, last)
            if signed is not None:
                known = by_word.get(signed.word)
                if known is not None:
                    known.content = sorted({*known.content, *signed.content})
                elif not any(self._interposed(k, first) for k in taken if first <= k < last):
                    drafts.append(signed)
                continue
            for draft in (self._front(first, last), self._behind(first, last)):
                if draft is not None and draft.word not in taken:
                    drafts.append(draft)
                    break

    def _bounds(self) -> list[tuple[int, int]]:
        """First token and the end of each paragraph, without the space and the marks around it."""
        tree, found, first = self.tree, [], 0
        size = len(tree.words)
        for last in (*(k for k in range(1, size) if self.paragraphs[k] != self.paragraphs[k - 1]), size):
            end = last
            while first < end and tree.pos[first] == "SPACE":
                first += 1
            while first < end and tree.pos[end - 1] == "SPACE":
                end -= 1
            if first < end:
                found.append((first, end))
            first = last
        return found

    def _verbs(self, first: int, last: int) -> bool:
        return any(self.tree.pos[k] in _VERBAL for k in range(first, last))

    def _role(self, i: int) -> bool:
        """Whether a noun is one that speaks in headlines."""
        return any("quote" in cue.frames for cue in self.cues.nouns.get(self.tree.lemmas[i], ()))

    def _speaks(self, source: list[int]) -> bool:
        """Whether such a noun is what a phrase is about, with words before it alone."""
        return self._role(source[-1]) and not any(self.tree.pos[k] in ("ADP", "PUNCT") for k in source)

    def _interposed(self, k: int, first: int) -> bool:
        """Whether a cue follows a mark that closes behind a comma: "…," she said, "…"."""
        words = self.tree.words
        return any(words[m] in _MARKS and words[m - 1] in (",", "?", "!") for m in range(max(k - 4, first + 1), k))

    def _front(self, first: int, last: int) -> Draft | None:
        """A name or noun, a colon, what it says."""
        tree, names = self.tree, self.names.all
        while first < last and tree.words[first] in _MARKS:
            first += 1
        colon = next((k for k in range(first, min(first + 9, last)) if tree.words[k] == ":"), None)
        if colon is None or colon == first or colon + 3 > last:
            return None
        source = list(range(first, colon))
        if self._verbs(first, colon) and not all(tree.words[k].isupper() for k in source):
            return None
        shouted = tree.words[first].isupper() and len(tree.words[first]) > 2
        known = colon - 1 in names
        noun = len(source) <= 4 and tree.lemmas[colon - 1] in self.cues.nouns
        if noun and self._role(colon - 1):
            # not "Foreign minister: Jane Roe", nor "Anger at police: residents marched"
            noun = self._verbs(colon + 1, last) and self._speaks(source)
        if known and {tree.words[k] for k in source if k in names} & set(tree.words[colon + 1 : last]):
            # "Lee Jae-yong: Samsung appoints Lee": what it is about, not who says it
            return None
        if not (shouted or known or noun):
            return None
        head = next((k for k in reversed(source) if tree.pos[k] in ("PROPN", "NOUN") and k in names), source[-1])
        return Draft(colon, [colon], source, head, list(range(colon + 1, last)), "assert", _COLON, "speech")

    def _behind(self, first: int, last: int) -> Draft | None:
        """What is said, a colon or dash, who says it, at the end of a line that is no sentence."""
        tree = self.tree
        if tree.words[last - 1] in _STOPS:
            return None
        sign = next((k for k in range(last - 2, max(first + 1, last - 2 - _TAIL), -1) if self._parts(k)), None)
        if sign is None or not self._verbs(first, sign) or any(k in _STOPS for k in tree.words[first:sign]):
            return None
        source = list(range(sign + 1, last))
        body = tree.words[sign] == ":" and all(k in self.names.bodies for k in source)
        if not (self._speaks(source) or (body and "," not in tree.words[sign:last])):
            return None
        rule = _COLON if tree.words[sign] == ":" else _DASH
        return Draft(sign, [sign], source, last - 1, list(range(first, sign)), "assert", rule, "speech")

    def _parts(self, k: int) -> bool:
        """A colon, or a dash between spaces."""
        tree = self.tree
        if tree.words[k] == ":":
            return True
        return tree.words[k] in DASHES and tree.ends[k - 1] < tree.starts[k] and tree.ends[k] < tree.starts[k + 1]

    def _signed(self, first: int, last: int) -> Draft | None:
        """`"…" — Jane Roe, mayor`: a paragraph that begins with a mark, whatever other marks stand in it."""
        tree = self.tree
        if tree.words[first] not in _MARKS:
            return None
        near = range(last - 2, max(first + 2, last - _SIGNATURE), -1)
        dash = next((k for k in near if tree.words[k] in DASHES), None)
        if dash is None or tree.words[dash - 1] not in _MARKS or self._verbs(dash + 1, last):
            return None
        rest = list(range(dash + 1, last))
        if tree.pos[rest[0]] not in ("PROPN", "DET"):
            return None
        head = next((k for k in rest if tree.pos[k] == "PROPN" and tree.deps[k] != "compound"), rest[0])
        return Draft(dash, [dash], rest, head, list(range(first, dash)), "assert", _DASH, "speech")
